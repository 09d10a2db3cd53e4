"""The level of titles that are honoured at an event of a district or a province: a congress, a day of praise."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.scan import Words, holds

_LEVELS = {"tỉnh": "tinh", "sở": "tinh", "huyện": "huyen", "quận": "huyen", "thị": "huyen", "phòng": "huyen"}
_LEVELS |= {"xã": "xa", "phường": "xa"}
#: Who holds an event at which pupils are honoured, told in the opening of a report.
_HELD = re.compile(
    r"(?<!\w)(?:(?:hội đồng đội|ubnd|ủy ban nhân dân|hội khuyến học|công đoàn giáo dục|ngành giáo dục(?: và đào tạo)?"
    r"|đoàn thanh niên) (?P<area>tỉnh|huyện|quận|thị(?= xã)|xã|phường|thành phố)"
    r"|(?P<youth>tỉnh|huyện|quận|thị) đoàn|(?P<office>sở|phòng) (?:gd|giáo dục))(?!\w)[^.;\n]{0,110}?"
    r" (?:tổ chức|khai mạc|phối hợp tổ chức|long trọng tổ chức|đã diễn ra)(?!\w)[^.;\n]{0,20}?(?:đại hội|liên hoan"
    r"|gặp mặt|(?:lễ|hội nghị|chương trình|buổi lễ) (?:tuyên dương|biểu dương|vinh danh|khen thưởng|trao thưởng"
    r"|tôn vinh))(?!\w)"
)
_EVENT = Words(("đại hội", "tuyên dương", "biểu dương", "vinh danh", "khen thưởng", "gặp mặt", "liên hoan"))
#: What tells that holders are those honoured there.
_HONOURED = Words(("tuyên dương", "biểu dương", "vinh danh", "khen thưởng", "đại biểu", "gương", "tiêu biểu", "về dự"))
#: Characters of the opening.
_OPENING = 1200


def level_of_event(document: Document, block: Block, at: int, *, city: str) -> str | None:
    """The level of who holds the event that a report tells of, for a title of those honoured there; else None.

    ``city`` is the level of ``thành phố``.
    """
    lowered = document.lower
    opening = min(len(lowered), _OPENING)
    first, last = document.sentence_at(at)
    if not holds(_HONOURED, lowered, max(first, block.body), min(last, block.end)):
        return None
    if not holds(_EVENT, lowered, 0, opening) or (match := _HELD.search(lowered, 0, opening)) is None:
        return None
    body = match["area"] or match["youth"] or match["office"]
    return city if body == "thành phố" else _LEVELS[body]
