"""Percentages of a whole that an earlier sentence of their paragraph states without saying so.

``Lớp nghề có 356 người. … Có việc làm 285 người, đạt 83,1%``; ``189/202 giáo viên (93,6%); 13 người còn lại (7,4%)``;
``Huyện bố trí 6,5 tỷ đồng. … Đã giải ngân 5,2 tỷ đồng, đạt 85,0% kế hoạch``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

_Row = tuple[Amount, Segment]

_ALL, _HAIR = 100.0, 1e-9
_PERCENT = Words(("%",))
#: A percentage of fewer digits follows from many wholes, unless another one of the paragraph is of the same.
_DIGITS, _BESIDE_DIGITS, _LEAST = 3, 2, 20
#: A whole that no count of the report is, or that stands behind.
_ELSEWHERE = re.compile(
    r"[^\w;.()]*(?:so với |của |trong |trên )?(?:tổng )?(?:số )?[^\d;.(),]{0,30}?(?<!\w)(?:độ tuổi|dân số|kế hoạch|"
    r"chỉ tiêu|dự toán|năm trước|cùng kỳ|diện tích|ngân sách|toàn (?:trường|huyện|tỉnh|xã|ngành|khối)|cả nước|tổng số)"
)
#: Behind a percentage of money: it is of what was granted before.
_OF_PLAN = re.compile(r" (?:so với )?(?:kế hoạch|kh|dự toán|tổng (?:vốn|kinh phí|mức|số)|vốn|số vốn|kinh phí)(?!\w)")
_GRANTED = re.compile(
    r"(?<!\w)(?:bố trí|được giao|giao|phân bổ|cấp|dự toán|kế hoạch|tổng (?:vốn|kinh phí|mức đầu tư)|kinh phí|vốn)(?!\w)"
)
_NUMBER = re.compile(r"(?<![\d.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d,]|\.\d)")
_OTHER = re.compile(
    r"(?<!\w)(?:năm (?:học )?(?:trước|ngoái)|cùng kỳ|phấn đấu|dự kiến|mục tiêu|tăng|giảm|"
    r"bình quân)(?!\w)"
)


class _Rate(NamedTuple):
    """A count with the percentage behind it."""

    counted: _Row
    share: _Row


def find_near_rates(
    reading: Reading, rows: Sequence[tuple[Block, Level]], known: Iterable[Relation]
) -> Iterator[Relation]:
    """The percentages that are of the last count of their noun, or of a ratio beside them, but for a slip.

    Nothing is said where any number of the report agrees with one, nor of those that ``known`` tells the whole of.
    """
    if not holds(_PERCENT, reading.lower, 0, len(reading.lower)):
        return
    taken = {r.parts[0].evidence.end for r in known if r.kind == "percentage" and r.exhaustive}
    printed: list[float] | None = None
    for _, level in rows:
        if not holds(_PERCENT, reading.lower, level.start, level.end):
            continue
        rates = list(_rates(reading, level))
        if not rates:
            continue
        wholes = sorted(_wholes(level), key=lambda row: row[0].start)
        for rate in rates:
            share = quantity(reading, *rate.share)
            if share.evidence.end in taken or not 0 < rate.share[0].value < _ALL:
                continue
            printed = printed or [_value(m.group()) for m in _NUMBER.finditer(reading.text)]
            scale = 1.0 if rate.counted[0].family != "money" else _scale(reading, rate.counted[0])
            if any(_follows(rate.counted[0].value / scale, other, rate.share[0], reading) for other in printed):
                continue
            whole = _whole(reading, rate, wholes, rates)
            if whole is not None:
                yield Relation(
                    kind="percentage",
                    whole=_as_whole(reading, whole),
                    parts=(share, quantity(reading, *rate.counted)),
                    exhaustive=True,
                    cue="named",
                )


def _as_whole(reading: Reading, whole: _Row) -> Quantity:
    """The number itself, of a ratio what it is out of."""
    told = quantity(reading, *whole)
    return told.model_copy(update={"value": whole[0].of}) if whole[0].of is not None else told


def _value(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _scale(reading: Reading, amount: Amount) -> float:
    """By how much the words behind a sum of money multiply what is printed."""
    match = _NUMBER.match(reading.text, amount.start)
    return amount.value / (_value(match.group()) or 1.0) if match is not None else 1.0


def _rates(reading: Reading, level: Level) -> Iterator[_Rate]:
    for inner in level.walk():
        for index, segment in enumerate(inner.segments):
            counts = [a for a in segment.amounts if not a.percent and a.of is None and not a.change and not a.vague]
            if not counts or counts[-1].family == "time":
                continue
            share = share_after(reading, inner.segments, index, counts[-1])
            if share is not None and not _OTHER.search(reading.lower, counts[-1].start, share[0].start):
                yield _Rate((counts[-1], segment), share)


def _wholes(level: Level) -> Iterator[_Row]:
    for inner in level.walk():
        for segment in inner.segments:
            yield from ((a, segment) for a in segment.amounts if not a.percent and not a.change and not a.vague)


def _places(reading: Reading, share: Amount) -> int:
    return len(reading.text[share.start : share.end].rstrip("% ").partition(",")[2])


def _follows(count: float, whole: float, share: Amount, reading: Reading) -> bool:
    if whole < count or not whole:
        return False
    return abs(_ALL * count / whole - share.value) <= 10.0 ** -_places(reading, share) + _HAIR


def _slipped(reading: Reading, count: float, whole: float, share: Amount, least: int) -> bool:
    places = _places(reading, share)
    if whole <= count:
        return False
    follows = round(_ALL * count / whole * 10**places)
    return differ_by_slip(follows, round(share.value * 10**places), least)


def _whole(reading: Reading, rate: _Rate, wholes: Sequence[_Row], rates: Sequence[_Rate]) -> _Row | None:
    """The last number before a count that it can be a part of, where its percentage is of it but for a slip."""
    (count, _), (share, where) = rate.counted, rate.share
    behind = reading.lower[share.end : min(where.end + 40, share.end + 60)]
    if count.family == "money":
        if not _OF_PLAN.match(behind):
            return None
        before = [row for row in wholes if row[0].end < count.start and row[0].family == "money" and row[0].of is None]
        granted = [row for row in before if _GRANTED.search(reading.lower, row[1].start, row[0].start)]
        told = [row for row in granted if row[0].value > count.value][-1:]
        told = [row for row in told if not _of_other_years(reading, row[1], rate.counted[1])]
        fitting = [row for row in told if _slipped(reading, count.value, row[0].value, share, _BESIDE_DIGITS)]
        return fitting[0] if fitting else None
    if _ELSEWHERE.match(behind) or count.unit is None:
        return None
    parts = {other.counted[0].start for other in rates}  # with percentages of their own
    before = [r for r in wholes if r[0].end <= count.start and r[0].start not in parts and _holds(r[0], count)]
    if not before:
        return None
    for whole in reversed(before):
        size = float(whole[0].of or whole[0].value)
        if size < _LEAST:
            continue
        beside = any(
            other is not rate and other.counted[0].unit == count.unit
            and _exactly(reading, other.counted[0].value, size, other.share[0])
            for other in rates
        ) or whole[0].of is not None  # fmt: skip
        if _slipped(reading, count.value, size, share, _BESIDE_DIGITS if beside else _DIGITS):
            nearest = beside or whole is before[-1]
            return whole if nearest else None
    return None


_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?!\d)")


def _of_other_years(reading: Reading, one: Segment, other: Segment) -> bool:
    """Whether two pieces name years, and no common one."""
    years = [set(_YEAR.findall(reading.text[segment.start : segment.end])) for segment in (one, other)]
    return all(years) and not years[0] & years[1]


def _exactly(reading: Reading, count: float, whole: float, share: Amount) -> bool:
    half = 0.5 * 10.0 ** -_places(reading, share) + _HAIR
    return whole > count and abs(_ALL * count / whole - share.value) <= half


def _holds(whole: Amount, count: Amount) -> bool:
    """Whether a number is of the noun that a count is of; people are called by several."""
    size = whole.of if whole.of is not None else whole.value
    alike = whole.unit == count.unit or (whole.family in PEOPLE and whole.family == count.family)
    if whole.of is not None and whole.unit is None:
        alike = count.family in PEOPLE
    return alike and size > count.value
