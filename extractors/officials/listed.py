"""Who holds which post, in lists: a heading that is the post (``Hiệu trưởng qua các thời kỳ:``), a name a line."""

from __future__ import annotations

import re

from extractors.officials.chains import HONORIFIC, YEARS, Holding
from extractors.officials.posts import Post, Reading

_HEAD_OPENING = re.compile(
    r"(?:[a-zđ][.)] |[ivx]+[.)/-] ?)?(?:danh sách |các |đồng chí |thầy |cô |nhà giáo |đã |từng |"
    r"giữ |chức vụ |thế hệ |làm |là |thầy, cô |"
    r"thầy cô giáo |ông |bà )*"
)
_HEAD_REST = re.compile(
    r"(?:của (?:nhà )?trường|qua (?:các|từng) thời k[ỳì]|các thời k[ỳì]|từ .{0,30}|nhà trường|đương nhiệm|"
    r"tiền nhiệm|\(.*\)|\s)*"
)
_ENTRY_END = re.compile(r" ?(?:$|\n|[(:,;.]|- )")
_LISTED = re.compile(rf"{YEARS}?{HONORIFIC}")


def find_listed(reading: Reading, held: dict[int, set[str]]) -> list[Holding]:
    """Names below a heading that is a post: ``Hiệu trưởng qua các thời kỳ:`` and a name a line.

    ``held`` are the posts by lexicon id that a name has of its own.
    """
    document, found = reading.document, list[Holding]()
    heads: dict[int, Post | None] = {}
    above: int | None = None  # the last line that is no entry of a list of names
    for block in document.blocks:
        if block.cell is not None or block.kind in ("junk", "caption"):
            continue
        opening = _LISTED.match(document.lower, block.body)
        name = reading.name_at.get(opening.end()) if opening else None
        alone = name is not None and _ENTRY_END.match(document.text, name.end, block.end + 1) is not None
        listed = name is not None and (alone or block.marker is not None or document.text[block.body].isdigit())
        if name is None or not listed:
            above = block.index
            continue
        post = None
        for head in (block.parent, above):
            if head is not None and head not in heads:
                heads[head] = _heading_post(reading, head)
            post = post or (heads[head] if head is not None else None)
        if post is not None and post.entry.id not in held.get(name.start, ()):
            found.append(Holding(name, post, name.end, name.start))
    return found


def _heading_post(reading: Reading, index: int) -> Post | None:
    """The post of which a heading speaks, where it speaks of nothing else."""
    block = reading.document.blocks[index]
    text = reading.document.lower[block.body : block.end].rstrip()
    listed = text.endswith(":") or text.startswith(("các ", "danh sách "))
    if not listed or len(text) > 110 or block.kind not in ("heading", "item", "paragraph", "title"):
        return None
    opening = _HEAD_OPENING.match(reading.document.lower, block.body)
    post = reading.post_at(opening.end()) if opening else None
    if post is None or post.rank is not None:
        return None
    rest = reading.document.lower[post.end : block.end].strip(" :.")
    return post if _HEAD_REST.fullmatch(rest) else None
