"""Percentages whose digits are turned: ``87 giáo viên … đạt chuẩn 69 người (73,9%)``, where 69 of 87 are 79,3%.

Which number a percentage is of is often told far off, and then nothing can be reckoned. But where a number that counts
all there are makes the very percentage with two neighbouring digits turned, or with one of four digits another one, and
no other makes it as it is printed, the slip is beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.rates import share_after
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from extractors.relations.twins import are_turned
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_ALL = 100.0
#: A percentage of three digits at least, one of them behind the comma.
_PRINTED = re.compile(r"(?P<whole>\d{2}),(?P<part>\d{1,2})(?!\d)")
#: So far before a percentage its whole may stand, so small it may be.
_REACH, _LEAST = 1500, 30
#: Of so many digits one may be another one, and no other number is likely to make the rest of them.
_PRECISE = 4
#: Behind a percentage: it names its own whole.
_OWN = re.compile(r"(?: ?%)? (?:tổng )?(?:số|của|trong|so với|trên)(?!\w)")
#: Before a number that counts all there are.
_WHOLE = re.compile(
    r"(?<!\w)(?:tổng (?:số|cộng)|toàn (?:trường|xã|phường|huyện|tỉnh|ngành|thị xã|thành phố|khối|cụm|quận)|có|được|gồm|"
    r"sĩ số|quy mô|số [^\d;.:()]{2,24}|khám|cho)[^\d;.]{0,30}$"
)


def find_turned_rates(
    reading: Reading, rows: Iterable[tuple[Block, Level]], known: Sequence[Relation]
) -> Iterator[Relation]:
    """The percentages with turned digits, beside the count that they are told of; those whose whole is ``known`` are
    left out."""
    told = {
        (relation.parts[0].evidence.start, relation.parts[0].printed)
        for relation in known
        if relation.kind == "percentage" and relation.exhaustive
    }
    counts: list[_Row] = []
    for inner in (inner for _, level in rows for inner in level.walk()):
        for index, segment in enumerate(inner.segments):
            for amount in segment.amounts:
                if amount.percent or not usable(amount):
                    continue
                share = share_after(reading, inner.segments, index, amount)
                if share is not None:
                    yield from _turned(reading, (amount, segment), share, counts, told)
                if amount.of in (None, amount.value) and amount.value >= _LEAST and amount.family in PEOPLE:
                    counts.append((replace(amount, of=None), segment))  # khám 384/384 cháu


def _turned(
    reading: Reading, row: _Row, stated: _Row, counts: Sequence[_Row], told: set[tuple[int, str]]
) -> Iterator[Relation]:
    (count, segment), (share, place) = row, stated
    printed = _PRINTED.match(reading.text, share.start, share.end + 1)
    rate = quantity(reading, share, place)
    if _OWN.match(reading.lower, share.end):
        return
    if printed is None or share.vague or share.change or (rate.evidence.start, rate.printed) in told:
        return
    places = len(printed["part"])
    near = [r for r in counts if count.start - r[0].start <= _REACH and r[0].value > count.value]
    made = [(r, _ALL * count.value / r[0].value) for r in near]
    if any(abs(follows - share.value) <= 0.6 * 10.0**-places for _, follows in made):
        return
    for (whole, where), follows in reversed(made):
        digits = round(share.value * 10**places), round(follows * 10**places)
        slip = places > 1 and differ_by_slip(*digits, _PRECISE)
        if (are_turned(*digits) or slip) and _is_whole(reading, whole):
            parts = (rate, quantity(reading, count, segment))
            yield Relation(
                kind="percentage", whole=quantity(reading, whole, where), parts=parts, exhaustive=True, cue="turned"
            )
            return


def _is_whole(reading: Reading, amount: Amount) -> bool:
    start, _ = reading.document.sentence_at(amount.start)
    return _WHOLE.search(reading.lower, max(start, amount.start - 60), amount.start) is not None
