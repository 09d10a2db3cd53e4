"""Those counted behind persons who are named: ``ông Lê Văn Tú - Chủ tịch UBND xã cùng 48 đại biểu``."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors._shared.document import Document
from extractors._shared.names import find_names

#: What leads from a person to those who were with them.
_WITH = re.compile(
    r"(?:^|[ ,;])(?:cùng|và|cùng với|với|cùng toàn thể)(?: (?:các|toàn thể|hơn|gần|trên|khoảng|sự tham dự của))* $"
)
#: With what that ends: asked first, since hardly any number stands behind it.
_ENDS = ("cùng ", "và ", "với ", "các ", "thể ", "hơn ", "gần ", "trên ", "khoảng ", "của ")
_ATTENDED = re.compile(r"(?<!\w)(?:dự|tham dự|đến dự|về dự|có mặt|tham gia)(?!\w)")
_REACH = 110


def in_company(document: Document, start: int, position: int) -> str | None:
    """What is said of those counted at a position by the words before it, where these name a person with whom they
    were: that they attended, or nothing; None where no person is named. ``start`` is where the sentence begins."""
    first = max(start, position - _REACH)
    if not document.lower.endswith(_ENDS, first, position):
        return None
    if not _WITH.search(document.lower, first, position) or not names_person(document, first, position):
        return None
    said = document.lower[document.block_at(position).start : position]
    return "tham dự" if _ATTENDED.search(said) else ""


def names_person(document: Document, start: int, end: int) -> bool:
    """Whether a person is named in a range."""
    names = find_names(document)
    at = bisect_left(names, start, key=lambda name: name.start)
    return at < len(names) and names[at].end <= end
