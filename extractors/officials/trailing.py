"""The role that an item of a committee's list ends with: ``- Đ/c A, CC Văn hóa xã, ủy viên``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.names import NameMention
from extractors.officials.links import HONORIFIC
from extractors.officials.posts import Post, Reading
from extractors.officials.preceding import COMMITTEE

#: How an item begins before the name, and what may stand between a name and the role: words of no known post.
_OPENS = re.compile(rf"(?:(?:mời|đề nghị|giao) )?{HONORIFIC}")
_BETWEEN = re.compile(r" ?[,:(-][^;.:\n]{2,90}(?:,| -|:|\)) ?(?:làm |là )?")
_CLOSES = re.compile(r" ?[.;,]?$")
#: What only somebody's work or a sentence tells.
_TELLS = re.compile(r"(?<!\w)(?:đã|được|sẽ|đang|đạt|phát biểu|báo cáo|chịu|phối hợp|không|cùng với)(?!\w)")


def roles_at_end(reading: Reading, claimed: set[int]) -> Iterator[tuple[NameMention, Post]]:
    """Those who open an item that ends with a role in a committee, where no other rule has read it."""
    document = reading.document
    by_block: dict[int, list[Post]] = {}
    for post in reading.posts.values():
        if post.entry.id in COMMITTEE and post.start not in claimed:
            by_block.setdefault(document.block_at(post.start).index, []).append(post)
    for index, posts in by_block.items():
        block, post = document.blocks[index], posts[-1]
        name = _opener(reading, block) if block.cell is None and block.marker is not None else None
        if name is None or name.child or not _CLOSES.match(document.lower, post.end, block.end):
            continue
        between = document.lower[name.end : post.start]
        others = any(name.end <= other.start < post.start for other in reading.names)
        if not others and _BETWEEN.fullmatch(between) and not _TELLS.search(between):
            yield name, post


def _opener(reading: Reading, block: Block) -> NameMention | None:
    """The person with whom an item opens."""
    opening = _OPENS.match(reading.document.lower, block.body)
    return reading.name_at.get(opening.end()) if opening else None
