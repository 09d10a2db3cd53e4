"""Counts with percentages of one scale, and the whole of which all of them are percentages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import categories, common_dimension, fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.rates import OF_SUM, share_after
from extractors.relations.reading import Reading
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


def find_common_bases(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The percentages of a scale against the one whole with which all of them agree, or all but one.

    The whole is a count stated before the scale, or the sum of its counts; the scale stands in one paragraph or in the
    items of one list. Where more than one percentage disagrees there is no such whole.
    """
    stated: list[tuple[Amount, Segment]] = []
    runs: list[_Pair] = []
    last: Block | None = None
    for block, level in rows:
        pairs = list(_pairs(reading, level))
        goes_on = last is not None and block.marker is not None and last.marker is not None
        goes_on = goes_on and block.marker.style == last.marker.style and len(pairs) == 1  # type: ignore[union-attr]
        if not goes_on:
            yield from _against_whole(reading, runs, stated)
            runs = []
        runs += pairs
        last = block if pairs else None
        counted = {id(pair.count) for pair in pairs}
        stated += [
            (amount, segment)
            for inner in level.walk()
            for segment in inner.segments
            for amount in segment.amounts
            if usable(amount) and amount.of is None and id(amount) not in counted
        ]
        stated = stated[-_TRIED:]
    yield from _against_whole(reading, runs, stated)


def _pairs(reading: Reading, level: Level) -> Iterator[_Pair]:
    for index, segment in enumerate(level.segments):
        counts = [amount for amount in segment.amounts if usable(amount) and amount.of is None]
        if not counts:
            continue
        share = share_after(reading, level.segments, index, counts[-1])
        if share is not None:
            labels = categories(reading, segment, counts[-1])
            yield _Pair(segment, counts[-1], share[1], share[0], labels)


def _against_whole(
    reading: Reading, pairs: Sequence[_Pair], stated: Sequence[tuple[Amount, Segment]]
) -> Iterator[Relation]:
    if len(pairs) < _MIN_PAIRS or common_dimension([pair.labels for pair in pairs]) is None:
        return
    whole = _whole(reading, pairs, stated)
    if whole is None:
        return
    for pair in pairs:
        parts = quantity(reading, pair.share, pair.where), quantity(reading, pair.count, pair.segment)
        yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=OF_SUM)


def _whole(reading: Reading, pairs: Sequence[_Pair], stated: Sequence[tuple[Amount, Segment]]) -> Quantity | None:
    """The nearest stated count with which the percentages agree, else the sum of their counts; None for neither."""
    first = pairs[0]
    for amount, segment in reversed(stated):
        if amount.start < first.count.start and fits(amount, first.count) and _agree(pairs, amount.value):
            return quantity(reading, amount, segment)
    made = sum(pair.count.value for pair in pairs)
    if not _agree(pairs, made):
        return None
    return quantity(reading, first.count, first.segment).model_copy(
        update={
            "value": made,
            "printed": " + ".join(reading.document.value(pair.count.start, pair.count.end) for pair in pairs),
            "evidence": reading.evidence(first.count.start, pairs[-1].count.end),
        }
    )


def _agree(pairs: Sequence[_Pair], whole: int | float) -> bool:
    """Whether all percentages but one at most follow from a whole, to their last digit."""
    if whole < max(pair.count.value for pair in pairs) or whole <= 0:
        return False
    return sum(_follows(pair, whole) for pair in pairs) >= len(pairs) - 1


def _follows(pair: _Pair, whole: int | float) -> bool:
    printed = f"{pair.share.value:.6f}".rstrip("0")
    digit = 10.0 ** -len(printed.split(".")[1])
    return abs(_ALL * pair.count.value / whole - pair.share.value) <= digit / 2 + 1e-9
