"""Percentages whose digits are turned: ``87 giáo viên … đạt chuẩn 69 người (73,9%)``, where 69 of 87 are 79,3%.

Which number a percentage is of is often told far off, and then nothing can be reckoned. But where a number that counts
all there are makes the very percentage with two neighbouring digits turned, or with one of four digits another one, and
no other makes it as it is printed, the slip is beyond doubt. Of a percentage of two digits (``7,4%``) others beside it
must follow from that whole: chance turns two digits more easily than three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.twins import are_turned
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_ALL = 100.0
#: A percentage with one digit at least behind the comma.
_PRINTED = re.compile(r"(?P<whole>\d{1,2}),(?P<part>\d{1,2})(?!\d)")
#: So far before a percentage its whole may stand, so small it may be; so far around it others follow from that whole.
_REACH, _LEAST, _BESIDE = 1500, 30, 400
#: Of so many digits one may be another one, and no other number is likely to make the rest of them.
_PRECISE = 4
#: With fewer digits turned others beside must follow from the whole; with so many of them one digit may be wrong.
_SURE, _MANY = 3, 2
#: Behind a percentage: it names its own whole.
_OWN = re.compile(r"(?: ?%)? (?:(?:tổng )?số (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)|(?:tổng|của|trong|so với|trên)(?!\w))")
#: Before a number that counts all there are.
_WHOLE = re.compile(
    r"(?<!\w)(?:tổng (?:số|cộng)|toàn (?:trường|xã|phường|huyện|tỉnh|ngành|thị xã|thành phố|khối|cụm|quận)|có|với|được|"
    r"gồm|sĩ số|quy mô|số [^\d;.:()]{2,24}|khám|cho|đến lớp|ra lớp)[^\d;.]{0,30}$"
)
#: A percentage at the end of a sentence, of those with whom it began: ``287 em đạt giải, gồm …; tỷ lệ đạt giải 42,3%``.
_OF_SENTENCE = re.compile(r"\s*(?:đạt |chiếm )?(?:tỷ|tỉ) lệ(?: (?:đạt|đoạt|có) giải| đạt| đỗ)?:? $")
_NUMBER = re.compile(r"(?<![\d.,-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\d,]|\.\d)")


@dataclass(frozen=True)
class _Rate:
    """A percentage, the count that it says again, and the digits behind its comma."""

    count: _Row
    share: _Row
    places: int

    @property
    def at(self) -> int:
        return self.share[0].start

    def follows(self, whole: float) -> float:
        return _ALL * self.count[0].value / whole

    def is_of(self, whole: float) -> bool:
        """Whether it follows from a whole, to its last digit."""
        return (
            whole >= self.count[0].value and abs(self.follows(whole) - self.share[0].value) <= 0.6 * 10.0**-self.places
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
    rates: list[_Rate] = []
    for inner in (inner for _, level in rows for inner in level.walk()):
        rates += _rates(reading, inner)
        for segment in inner.segments:
            for amount in segment.amounts:
                if usable(amount) and amount.of in (None, amount.value) and amount.value >= _LEAST:
                    counts.append((replace(amount, of=None), segment))  # khám 384/384 cháu
    for rate in rates:
        quoted = quantity(reading, *rate.share)
        if (quoted.evidence.start, quoted.printed) not in told:
            yield from _turned(reading, rate, counts, rates)


def _rates(reading: Reading, level: Level) -> Iterator[_Rate]:
    for run in by_sentence(level.segments):
        opening: _Row | None = None
        named: list[Amount] = []
        for segment in run:
            index = level.segments.index(segment)
            for amount in segment.amounts:
                if amount.percent or not usable(amount):
                    continue
                opening = opening or (amount, segment)
                if (share := share_after(reading, level.segments, index, amount)) is not None:
                    named.append(share[0])
                    yield from _rate(reading, (amount, segment), share)
            alone = segment.amounts[0] if len(segment.amounts) == 1 else None
            if opening is None or alone is None or not alone.percent or alone.start < opening[0].end:
                continue
            if alone not in named and _OF_SENTENCE.fullmatch(reading.lower, segment.start, alone.start):
                yield from _rate(reading, opening, (alone, segment))


def _rate(reading: Reading, count: _Row, share: _Row) -> Iterator[_Rate]:
    amount = share[0]
    printed = _PRINTED.match(reading.text, amount.start, amount.end + 1)
    if printed is not None and not amount.vague and not amount.change:
        yield _Rate(count, share, len(printed["part"]))


def _turned(reading: Reading, rate: _Rate, counts: Sequence[_Row], rates: Sequence[_Rate]) -> Iterator[Relation]:
    count, share = rate.count[0], rate.share[0]
    own = _OWN.match(reading.lower, share.end)
    if own is not None and own["noun"] is None:
        return
    near = [r for r in counts if 0 < count.start - r[0].start <= _REACH and r[0].value > count.value]
    near = [r for r in near if _are_alike(r[0], count)]
    if not near or any(rate.is_of(whole) for whole in _numbers(reading, rate)):
        return
    for whole, where in reversed(near):
        if own is not None and not _is_named(reading, own, whole):
            continue
        if _is_slip(rate, whole, rates) and _is_whole(reading, whole):
            parts = (quantity(reading, *rate.share), quantity(reading, *rate.count))
            yield Relation(
                kind="percentage", whole=quantity(reading, whole, where), parts=parts, exhaustive=True, cue="turned"
            )
            return


#: Behind the noun by which a percentage names its whole: nothing narrows it.
_PLAIN = re.compile(r"(?: (?:dự thi|tham gia|toàn (?:trường|huyện|xã|tỉnh|ngành)|của trường))*\s*(?:[),;]|\.(?!\d)|$)")


def _is_named(reading: Reading, own: re.Match[str], whole: Amount) -> bool:
    """Whether a percentage names a whole by the noun that it is counted by."""
    end = own.start("noun") + len(whole.unit or "")
    named = whole.unit is not None and own["noun"].startswith(whole.unit)
    return named and _PLAIN.match(reading.lower, end) is not None


def _numbers(reading: Reading, rate: _Rate) -> Iterator[float]:
    """All numbers around a percentage that may be its whole."""
    first, last = max(0, rate.at - _REACH), min(len(reading.text), rate.at + _BESIDE)
    for match in _NUMBER.finditer(reading.text, first, last):
        yield float(match[0].replace(".", ""))


def _are_alike(whole: Amount, part: Amount) -> bool:
    """Whether a number may be some of a whole: both count people, or one noun names both."""
    if whole.family in PEOPLE:
        return part.family is None or part.family in PEOPLE or part.family == "prize"
    return whole.unit is not None and whole.unit == part.unit and whole.family not in ("time", "money", "topic")


def _is_slip(rate: _Rate, whole: Amount, rates: Sequence[_Rate]) -> bool:
    """Whether a percentage is that of a whole but for two digits turned, or one of many."""
    digits = round(rate.share[0].value * 10**rate.places), round(rate.follows(whole.value) * 10**rate.places)
    turned, long = are_turned(*digits), min(digits) >= 10 ** (_SURE - 1)
    if (turned and long) or (rate.places > 1 and differ_by_slip(*digits, _PRECISE)):
        return True
    beside = [other for other in rates if other is not rate and abs(other.at - rate.at) <= _BESIDE]
    beside = [other for other in beside if other.at > whole.end and other.is_of(whole.value)]
    if turned or (len(beside) >= _MANY and differ_by_slip(*digits, 2)):
        return bool(beside)
    return False


def _is_whole(reading: Reading, amount: Amount) -> bool:
    start, _ = reading.document.sentence_at(amount.start)
    return _WHOLE.search(reading.lower, max(start, amount.start - 60), amount.start) is not None
