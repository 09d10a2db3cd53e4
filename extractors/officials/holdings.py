"""Who holds which post, in prose: ``Tên - chức vụ - chức vụ``, ``Trưởng phòng Tên``, ``Hiệu trưởng: A, B``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.names import NameMention
from extractors.officials.chains import find_chains
from extractors.officials.grouped import heads_of_groups
from extractors.officials.posts import Post, Reading
from extractors.officials.preceding import posts_before
from extractors.officials.trailing import roles_at_end

#: A post that somebody had before: ``Hiệu trưởng: ông A (Hiệu trưởng cũ Trường B)``.
_FORMER = re.compile(r"(?<!\w)(?:cũ|tiền nhiệm)(?!\w)")


@dataclass(frozen=True)
class Holding:
    """A name, a post given with it and where the posts end. Holdings of one ``chain`` are different posts.

    Of a given name (``cô Mai``) ``of`` is where the report names the person in full.
    """

    name: NameMention
    post: Post
    end: int
    chain: int
    of: NameMention | None = None


def find_holdings(reading: Reading) -> list[Holding]:
    """Every name in running text with each post that stands with it, in order of the names."""
    found: list[Holding] = []
    claimed: set[int] = set()
    lowered = reading.document.lower
    for name, posts, end in find_chains(reading):
        claimed.update(post.start for post in posts)
        found.extend(Holding(name, post, end, name.start, reading.full_name(name)) for post in posts)
    for name, post in (*posts_before(reading, claimed), *heads_of_groups(reading), *roles_at_end(reading, claimed)):
        own = [h.post for h in found if h.name == name and not _FORMER.search(lowered, h.post.start, h.end)]
        # ``bổ nhiệm 02 hiệu trưởng: bà A - Hiệu trưởng trường B`` says her post once, the second time in full.
        if not any(other.entry.id == post.entry.id and not _of_two(lowered, post, other) for other in own):
            found.append(Holding(name, post, name.end, name.start, reading.full_name(name)))
    return sorted(found, key=lambda holding: (holding.name.start, holding.post.start))


def _of_two(lowered: str, one: Post, other: Post) -> bool:
    """Whether two posts of one role are of two bodies: ``Chủ tịch UBND tỉnh A - Chủ tịch Hội đồng thi đua``.

    Of those of employees each has a word of its own: ``Thủ quỹ kiêm văn thư``.
    """
    if one.entry.id == "nhan_vien":
        return lowered[one.role_start : one.role_end] != lowered[other.role_start : other.role_end]
    body, second = (set(lowered[post.body_start : post.end].split()) for post in (one, other))
    of_schools = "trường" in body and "trường" in second  # nobody heads two
    return bool(body and second) and not (of_schools or body <= second or second <= body)
