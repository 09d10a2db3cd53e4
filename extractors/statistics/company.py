"""Those counted behind persons who are named: ``ông Lê Văn Tú - Chủ tịch UBND xã cùng 48 đại biểu``."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors._shared.document import Block, Document
from extractors._shared.names import find_names

#: What leads from a person to those who were with them.
_WITH = re.compile(
    r"(?<!\w)(?:cùng|và|cùng với|với|cùng toàn thể)(?: (?:các|toàn thể|hơn|gần|trên|khoảng|sự tham dự của))* $"
)
#: With what that ends: asked first, since hardly any number stands behind it.
_ENDS = ("cùng ", "và ", "với ", "các ", "thể ", "hơn ", "gần ", "trên ", "khoảng ", "của ")
_ATTENDED = re.compile(r"(?<!\w)(?:dự|tham dự|đến dự|về dự|có mặt|tham gia|thành phần)(?!\w)")
_REACH = 110
#: How many lines a list of guests may have.
_GUESTS = 12


def in_company(document: Document, start: int, position: int) -> str | None:
    """What is said of those counted at a position by the words before it, where these name a person with whom they
    were: that they attended, or nothing; None where no person is named. ``start`` is where the sentence begins."""
    first = max(start, position - _REACH)
    if not document.lower.endswith(_ENDS, first, position):
        return None
    if not _WITH.search(document.lower, first, position):
        return None
    block = document.block_at(position)
    if not names_person(document, first, position) and not _WITH.fullmatch(document.lower, block.body, position):
        return None
    said = _ATTENDED.search(document.lower, block.start, position) is not None or _below_guests(document, block)
    return "tham dự" if said else ""


def _below_guests(document: Document, block: Block) -> bool:
    """Whether a block goes on with a list of those who attended: ``cùng 24/25 đảng viên`` below the guests."""
    for other in reversed(document.blocks[max(0, block.index - _GUESTS) : block.index]):
        if document.text.endswith(":", other.body, other.end):
            return _ATTENDED.search(document.lower, other.body, other.end) is not None
        if not names_person(document, other.body, other.end):
            return False
    return False


def names_person(document: Document, start: int, end: int) -> bool:
    """Whether a person is named in a range."""
    names = find_names(document)
    at = bisect_left(names, start, key=lambda name: name.start)
    return at < len(names) and names[at].end <= end
