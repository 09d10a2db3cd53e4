"""Counts with percentages of one scale, and the whole of which all of them are percentages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import categories, common_dimension, fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.rates import OF_SUM
from extractors.relations.reading import Reading, attribute
from extractors.relations.restated import share_after
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

_ALL = 100
_MIN_PAIRS = 3
#: As many counts before a scale are tried as its whole.
_TRIED = 60


@dataclass(frozen=True)
class _Pair:
    """``Khá: 723 em (23,7%)``: a count, its percentage and its category by dimension."""

    segment: Segment
    count: Amount
    where: Segment
    share: Amount
    labels: dict[str, str]


@dataclass(frozen=True)
class _Scale:
    """The pairs of one scale, and its counts without a percentage: ``Yếu: 76 em``."""

    pairs: list[_Pair] = field(default_factory=list)
    others: list[tuple[Amount, Segment, dict[str, str]]] = field(default_factory=list)


def find_common_bases(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The percentages of a scale against the one whole with which all of them agree, or all but one.

    The whole is a count stated before the scale, or the sum of its counts; the scale stands in one paragraph or in the
    items of one list. Where more than one percentage disagrees there is no such whole.
    """
    stated: list[tuple[Amount, Segment]] = []
    scale = _Scale()
    last: Block | None = None
    for block, level in rows:
        pairs = list(_pairs(reading, level))
        other = _other(reading, level) if last is not None and not pairs else None
        goes_on = last is not None and (other is not None or len(pairs) == 1) and _is_next(block, last)
        if not goes_on:
            yield from _against_whole(reading, scale, stated)
            scale, other = _Scale(), None
        scale.pairs.extend(pairs)
        if other is not None:
            scale.others.append(other)
        last = block if pairs or other is not None else None
        counted = {id(pair.count) for pair in pairs}
        stated += [
            (amount, segment)
            for inner in level.walk()
            for segment in inner.segments
            for amount in segment.amounts
            if usable(amount) and amount.of is None and id(amount) not in counted
        ]
        stated = stated[-_TRIED:]
    yield from _against_whole(reading, scale, stated)


def _is_next(block: Block, last: Block) -> bool:
    """Whether a line goes on with the list of the last one: with the same sign before it, or none as that one."""
    if block.marker is None or last.marker is None:
        return block.marker is None and last.marker is None
    return block.marker.style == last.marker.style


def _other(reading: Reading, level: Level) -> tuple[Amount, Segment, dict[str, str]] | None:
    """The count of a line without a percentage: ``Học sinh yếu: 76 em``."""
    amounts = [(a, s) for inner in level.walk() for s in inner.segments for a in s.amounts]
    if len(amounts) != 1 or not usable(amounts[0][0]) or amounts[0][0].of is not None:
        return None
    amount, segment = amounts[0]
    return amount, segment, _labels(reading, segment, amount)


def _pairs(reading: Reading, level: Level) -> Iterator[_Pair]:
    for index, segment in enumerate(level.segments):
        counts = [amount for amount in segment.amounts if usable(amount) and amount.of is None]
        if not counts or _AMONG.search(reading.lower, segment.start, counts[-1].start):
            continue  # ``186 em trong 312 em (59,6%)``: that is the whole of another share
        share = share_after(reading, level.segments, index, counts[-1])
        if share is not None:
            labels = _labels(reading, segment, counts[-1])
            yield _Pair(segment, counts[-1], share[1], share[0], labels)
    for segment in level.segments:
        # Học sinh giỏi: 9,7% (295 HS)
        shares = [a for a in segment.amounts if a.percent and not a.change and not a.vague]
        inside = [(a, part) for group in segment.groups for part in group.segments for a in part.amounts]
        if len(shares) == len(segment.amounts) == len(inside) == 1 and usable(inside[0][0]) and inside[0][0].of is None:
            labels = _labels(reading, segment, shares[0])
            yield _Pair(inside[0][1], inside[0][0], segment, shares[0], labels)


_AMONG = re.compile(r"(?<!\w)(?:trong|trên) (?:tổng )?(?:số )?$")
#: Elsewhere these are pupils of a contest; before a colon at the head of a line a grade.
_GOOD = re.compile(r"\s*(?:học sinh|hs) giỏi ?:")


def _labels(reading: Reading, segment: Segment, amount: Amount) -> dict[str, str]:
    found = categories(reading, segment, amount)
    return found or ({"dim_grade": "gioi"} if _GOOD.match(reading.lower, segment.start) else {})


def _against_whole(reading: Reading, scale: _Scale, stated: Sequence[tuple[Amount, Segment]]) -> Iterator[Relation]:
    pairs = scale.pairs
    labels = [pair.labels for pair in pairs] + [own for _, _, own in scale.others]
    dimension = common_dimension(labels)
    if scale.others and dimension is None:  # the counts behind are none of the scale
        scale = _Scale(pairs)
        labels = labels[: len(pairs)]
        dimension = common_dimension(labels)
    # Of what is no scale as many must agree before one that does not is a slip.
    if len(pairs) < 2 or len(labels) < _MIN_PAIRS or (dimension is None and len(pairs) <= _MIN_PAIRS):
        return
    whole = _whole(reading, scale, stated)
    if whole is None and dimension is not None and attribute(dimension, labels[0][dimension], "shares"):
        whole = _implied(reading, pairs)
    if whole is None:
        return
    for pair in pairs:
        parts = quantity(reading, pair.share, pair.where), quantity(reading, pair.count, pair.segment)
        yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=OF_SUM)


def _whole(reading: Reading, scale: _Scale, stated: Sequence[tuple[Amount, Segment]]) -> Quantity | None:
    """The nearest stated count with which the percentages agree, else the sum of their counts; None for neither.

    Two pairs are enough beside the other counts of the scale; they are too few for a number that only stands before.
    """
    pairs = scale.pairs
    first = pairs[0]
    for amount, segment in reversed(stated) if len(pairs) >= _MIN_PAIRS else ():
        if amount.start < first.count.start and fits(amount, first.count) and _agree(pairs, amount.value):
            return quantity(reading, amount, segment)
    counts = [pair.count for pair in pairs] + [amount for amount, _, _ in scale.others]
    counts.sort(key=lambda amount: amount.start)
    made = sum(amount.value for amount in counts)
    if not _agree(pairs, made):
        return None
    return quantity(reading, first.count, first.segment).model_copy(
        update={
            "value": made,
            "printed": " + ".join(reading.document.value(amount.start, amount.end) for amount in counts),
            "evidence": reading.evidence(counts[0].start, counts[-1].end),
        }
    )


#: So narrow the wholes must be with which all percentages but one agree.
_NARROW = 0.03


def _implied(reading: Reading, pairs: Sequence[_Pair]) -> Quantity | None:
    """The whole that all percentages but one imply, where these leave one out and it can be no other."""
    if len(pairs) < _MIN_PAIRS or any(pair.share.value <= 0 or pair.count.value <= 0 for pair in pairs):
        return None
    found = []
    for left_out in pairs:
        kept = [_bases(pair) for pair in pairs if pair is not left_out]
        low, high = max(low for low, _ in kept), min(high for _, high in kept)
        own = _bases(left_out)
        whole = math.ceil(low)
        if low <= whole <= high and high - low <= _NARROW * low and (own[1] < low or own[0] > high):
            found.append((low, high))
    if len(found) != 1 or found[0][0] < max(pair.count.value for pair in pairs):
        return None
    low, high = found[0]
    first = pairs[0]
    return quantity(reading, first.count, first.segment).model_copy(
        update={
            "value": round((low + high) / 2),
            "printed": str(round((low + high) / 2)),
            "evidence": reading.evidence(
                min(pair.count.start for pair in pairs), max(max(pair.count.end, pair.share.end) for pair in pairs)
            ),
        }
    )


def _bases(pair: _Pair) -> tuple[float, float]:
    """The wholes of which a count may be its percentage."""
    half = 0.5 * 10.0 ** -len(f"{pair.share.value:.6f}".rstrip("0").split(".")[1])
    return _ALL * pair.count.value / (pair.share.value + half), _ALL * pair.count.value / (pair.share.value - half)


def _agree(pairs: Sequence[_Pair], whole: int | float) -> bool:
    """Whether all percentages but one at most follow from a whole, to their last digit."""
    if whole < max(pair.count.value for pair in pairs) or whole <= 0:
        return False
    return sum(_follows(pair, whole) for pair in pairs) >= len(pairs) - 1


def _follows(pair: _Pair, whole: int | float) -> bool:
    printed = f"{pair.share.value:.6f}".rstrip("0")
    digit = 10.0 ** -len(printed.split(".")[1])
    return abs(_ALL * pair.count.value / whole - pair.share.value) <= digit / 2 + 1e-9
