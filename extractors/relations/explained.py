"""Percentages with their counts in a bracket or in words: ``86,7% (39/45 em)``, ``19 trên 25 trường, bằng 76%``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.rates import may_be_day
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

_PERCENT = Words(("%",))
#: Between a count and the whole that words tell of it: ``470 trên tổng số 500 trẻ``.
_OUT_OF = re.compile(r"[^\d,;.:()]{0,16}(?<!\w)(?:trên|trong) (?:tổng (?:số )?|số )?")
_RANKED = re.compile(r"(?<!\w)(?:thứ|hạng|vị trí|tỷ số|tỉ số)(?!\w)")
_REACH = 80
#: What misses the percentage by more points explains another one, unless by a slip.
_FAR, _ALL = 15.0, 100.0


def find_explained(reading: Reading, level: Level) -> Iterator[Relation]:
    """Percentages with the count and its whole in the bracket behind them, or right before them in words.

    Reads ``98,5% học sinh (197/200 em)``, ``đạt 94% (tức 470 trên tổng số 500 trẻ)``, ``19 trên 25 trường, bằng 76%``.
    """
    if not holds(_PERCENT, reading.lower, level.start, level.end):
        return
    for inner in level.walk():
        for index, segment in enumerate(inner.segments):
            yield from _by_brackets(reading, inner.segments, index)
            yield from _by_words(reading, inner.segments, segment)
            yield from _by_named(reading, inner.segments, index)


def _by_brackets(reading: Reading, segments: Sequence[Segment], index: int) -> Iterator[Relation]:
    segment = segments[index]
    for group in segment.groups[:1]:
        row = _share_before(segments, index, group.start)
        if row is None or group.start - row[0].end > _REACH or _RANKED.search(reading.lower, group.start, group.end):
            continue
        if (pair := _pair_in(reading, group)) is not None:
            yield from _relation(reading, quantity(reading, *row), *pair)


def _share_before(segments: Sequence[Segment], index: int, end: int) -> tuple[Amount, Segment] | None:
    """The percentage that is the last number before a bracket; a noun of several words may lie between."""
    for segment in reversed(segments[: index + 1]):
        before = [amount for amount in segment.amounts if amount.end <= end]
        if before:
            last = before[-1]
            plain = last.percent and not last.change and not last.vague and last.of is None
            return (last, segment) if plain else None
        if segment.separator not in (",", "và") or (segment.groups and segment is not segments[index]):
            return None
    return None


def _pair_in(reading: Reading, group: Level) -> tuple[Quantity, Quantity] | None:
    """The count and its whole where a bracket holds nothing but these, as a ratio or in words."""
    rows = [(amount, segment) for segment in group.segments for amount in segment.amounts]
    if any(segment.groups for segment in group.segments) or any(amount.family == "time" for amount, _ in rows):
        return None
    if len(rows) == 1:
        ratio, segment = rows[0]
        if ratio.of is None or ratio.percent or ratio.change or may_be_day(ratio):
            return None
        part = quantity(reading, ratio, segment)
        return part, part.model_copy(update={"value": ratio.of})
    if len(rows) == 2 and _are_pair(reading, rows[0][0], rows[1][0]):
        return quantity(reading, *rows[0]), quantity(reading, *rows[1])
    return None


def _are_pair(reading: Reading, part: Amount, whole: Amount) -> bool:
    if part.percent or whole.percent or part.change or part.of is not None or whole.of is not None:
        return False
    counted = usable(part) and float(whole.value).is_integer() and whole.family is not None
    between = (max(part.end, part.unit_end), whole.start)
    return counted and part.family in (None, whole.family) and bool(_OUT_OF.fullmatch(reading.lower, *between))


def _by_words(reading: Reading, segments: Sequence[Segment], segment: Segment) -> Iterator[Relation]:
    """``Thư viện đạt chuẩn: 19 trên 25 trường, bằng 76%``: the count lacks the noun that its whole has."""
    for part, whole in pairwise(segment.amounts):
        if part.family is not None or part.end + 1 >= whole.start or not _are_pair(reading, part, whole):
            continue
        share = share_after(reading, segments, segments.index(segment), whole)
        if share is not None:
            count, base = quantity(reading, part, segment), quantity(reading, whole, segment)
            yield from _relation(reading, quantity(reading, *share), count, base)


#: Between a percentage and the bracket with the size of what it is of: ``phụ nữ từ 18 tuổi trở lên``.
_NAMED = re.compile(r" (?:[^\d,;.:()%]|\d{1,2}(?= tuổi)|(?<=\d)-(?=\d)){4,48}\( ?")
_JOINED = re.compile(r"(?<!\w)(?:chiếm|bằng|tương đương)(?: (?:tỷ lệ|tỉ lệ))? $")
#: Before a number: where those counted are.
_WHERE = re.compile(r"(?<!\w)(?:ở|tại|thuộc|trong|của|trên) $")


def _by_named(reading: Reading, segments: Sequence[Segment], index: int) -> Iterator[Relation]:
    """``1.488 hội viên ở 9 chi hội, bằng 81,3% phụ nữ từ 18 tuổi (1.831 người)``: the whole stands behind its name."""
    segment = segments[index]
    for group in segment.groups[:1]:
        inside = [(a, part) for part in group.segments for a in part.amounts]
        before = [a for a in segment.amounts if a.percent and a.end <= group.start]
        if len(inside) != 1 or not before or not usable(inside[0][0]) or inside[0][0].of is not None:
            continue
        share, (whole, where) = before[-1], inside[0]
        plain = not share.change and not share.vague and share.of is None
        if not plain or not _NAMED.fullmatch(reading.lower, share.end, whole.start):
            continue
        count = _counted(reading, segments[: index + 1], share, whole)
        if count is not None and _JOINED.search(reading.lower, count[0].end, share.start):
            rate, base = quantity(reading, share, segment), quantity(reading, whole, where)
            yield from _relation(reading, rate, quantity(reading, *count), base)


def _counted(
    reading: Reading, segments: Sequence[Segment], share: Amount, whole: Amount
) -> tuple[Amount, Segment] | None:
    """The last number before a percentage that counts what its whole does, but for those that tell a place."""
    for segment in reversed(segments):
        for amount in reversed([a for a in segment.amounts if a.end <= share.start and not a.percent]):
            if _WHERE.search(reading.lower, segment.start, amount.start) or amount.unit == "tuổi":
                continue
            alike = usable(amount) and amount.of is None and fits(whole, amount)
            return (amount, segment) if alike and share.start - amount.end <= _REACH else None
        if segment.separator == ".":
            return None
    return None


def _relation(reading: Reading, rate: Quantity, count: Quantity, whole: Quantity) -> Iterator[Relation]:
    if whole.value <= 0 or rate.value > _ALL or count.value > whole.value:
        return
    follows = _ALL * count.value / whole.value
    places = len(rate.printed.rstrip("% ").partition(",")[2])
    if abs(follows - rate.value) <= _FAR or differ_by_slip(rate.value, round(follows, places), 2):
        yield Relation(kind="percentage", whole=whole, parts=(rate, count), exhaustive=True, cue="(%)")
