"""Meetings announced by a number and told by their days: ``4 buổi sinh hoạt: 8/3, 1/6, 20/10 và 20/11``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import WholeWords, holds
from extractors.relations.reading import Reading
from schemas.relation import Relation

_AT = WholeWords(("buổi", "đợt", "lần", "cuộc", "phiên", "kỳ", "ngày"))
_DAY = r"(?:ngày )?\d{1,2}/\d{1,2}(?:/(?:19|20)\d\d)?"
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
#: One day each: neither a span of days nor two meetings of one day, and nothing that leaves some out.
_LIST = re.compile(
    r"(?<![\d.,/-])(?P<n>\d{1,2}|hai|ba|bốn|năm|sáu) (?:buổi|đợt|lần|cuộc|phiên|kỳ|ngày)(?!\w)"
    r"(?P<what>[^\d,;.:()\n]{0,60}?)(?:: ?|\(| (?:vào|nhân|là) (?:các |dịp )?(?:ngày (?:lễ )?|dịp )?)"
    rf"(?P<days>{_DAY}(?:(?:, ?|; ?| và ){_DAY})+)(?=\s*(?:[.;)\n]|$))"
)
_SOME = re.compile(r"(?<!\w)(?:như|trong đó|nhất là|riêng|chẳng hạn|tiêu biểu|khác|mỗi|tuần|tháng)(?!\w)")
_ONE = re.compile(_DAY)


def find_day_lists(reading: Reading, block: Block) -> Iterator[Relation]:
    """The numbers of meetings with the days on which they were."""
    if not holds(_AT, reading.lower, block.body, block.end):
        return
    for match in _LIST.finditer(reading.lower, block.body, block.end):
        if _SOME.search(match["what"]):
            continue
        days = [m.span() for m in _ONE.finditer(reading.lower, match.start("days"), match.end("days"))]
        value = _WORDS.get(match["n"]) or int(match["n"])
        whole = reading.quantity(value, match.span("n"), (match.start(), match.start("days")))
        parts = tuple(reading.thing(*day) for day in days)
        yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue=":")
