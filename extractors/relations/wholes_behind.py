"""Percentages whose whole is printed behind them: ``118 em (1,53%) trong số 7.713 em``, ``đạt 34,2% (5.123 cháu)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.rates import OF_NAMED
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level
from schemas.relation import Relation

_PERCENT = Words(("%",))
_ALL = 100.0
#: Between a count and the percentage that says it again.
_JOINED = re.compile(
    r"[^\d;.:()%]{0,30}?(?: ?\((?:tỷ lệ |tỉ lệ |chiếm |đạt )?|,? ?(?:chiếm|đạt|bằng)?(?: (?:tỷ|tỉ) lệ)? ?|=)"
)
#: Between a percentage and its whole.
_OUT_OF = re.compile(r"\)?,? (?:trong|trên) (?:tổng )?(?:số )?(?:là )?")
#: The same where the whole stands alone in a bracket, with what it counts before it.
_BRACKET = re.compile(r"\)?(?: (?:so với )?(?:tổng )?(?:số )?[^\d;.:()%]{2,50})? \((?:tổng (?:số )?|trên |trong )?$")
_CLOSED = re.compile(r" ?\)")
#: So far behind the percentage.
_REACH = 90


def find_wholes_behind(reading: Reading, level: Level) -> Iterator[Relation]:
    """Percentages beside a count with the whole behind them.

    What words make the whole is one whatever it comes to; a number that only stands in a bracket is one where the
    percentage follows from it, or does but for one digit or two turned.
    """
    if not holds(_PERCENT, reading.lower, level.start, level.end):
        return
    rows = [(a, s) for inner in level.walk() for s in inner.segments for a in s.amounts]
    rows.sort(key=lambda row: row[0].start)
    for count, share, whole in zip(rows, rows[1:], rows[2:], strict=False):
        if _is_share(reading, count[0], share[0]) and _is_whole(reading, count[0], share[0], whole[0]):
            parts = quantity(reading, *share), quantity(reading, *count)
            yield Relation(
                kind="percentage", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue=OF_NAMED
            )


def _is_share(reading: Reading, count: Amount, share: Amount) -> bool:
    """Whether a percentage says again what the count before it says."""
    plain = share.percent and not share.change and not share.vague and 0 < share.value <= _ALL
    return (
        plain
        and usable(count)
        and count.of is None
        and _JOINED.fullmatch(reading.lower, max(count.end, count.unit_end), share.start) is not None
    )


def _is_whole(reading: Reading, count: Amount, share: Amount, whole: Amount) -> bool:
    if not usable(whole) or whole.of is not None or whole.value < count.value or not fits(whole, count):
        return False
    if whole.start - share.end > _REACH or whole.family == "time":
        return False
    if _OUT_OF.fullmatch(reading.lower, share.end, whole.start):
        return whole.unit is not None
    if not _BRACKET.fullmatch(reading.lower, share.end, whole.start) or whole.unit is None:
        return False
    if not _CLOSED.match(reading.lower, max(whole.end, whole.unit_end)):
        return False
    places = len(reading.text[share.start : share.end].rstrip("% ").partition(",")[2])
    follows = round(_ALL * count.value / whole.value, places)
    return follows == share.value or differ_by_slip(follows, share.value, 2)
