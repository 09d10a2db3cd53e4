"""Percentages in a sentence against the rows of the table above: ``cấp mầm non 91,9%; cấp tiểu học 88,7%``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.grids import Grid, find_grids
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_PERCENT = Words(("%",))
_ALL, _HAIR = 100.0, 1e-9
_FEWEST, _AGREE, _REACH, _DIGITS = 3, 2, 8, 2
_SPACE = re.compile(r"\s+")


def find_rates_of_rows(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The one percentage of a sentence that does not follow from its row, where all others follow from two columns."""
    if not holds(_PERCENT, reading.lower, 0, len(reading.lower)):
        return
    grids = list(find_grids(reading))
    for block, level in rows if grids else ():
        above = [grid for grid in grids if 0 < block.index - grid.blocks[-1].index <= _REACH]
        for run in by_sentence(level.segments) if above else ():
            rates = [(a, s) for s in run for a in s.amounts if a.percent and not a.change and not a.vague]
            if len(rates) >= _FEWEST:
                yield from _told(reading, above[-1], rates)


def _told(reading: Reading, grid: Grid, rates: Sequence[tuple[Amount, Segment]]) -> Iterator[Relation]:
    placed = [(rate, row) for rate in rates if (row := _row_of(reading, grid, rate)) is not None]
    if len(placed) < _FEWEST or len({row for _, row in placed}) < len(placed):
        return
    for whole in range(1, grid.cols):
        for count in range(1, grid.cols):
            if whole == count:
                continue
            wrong = [(rate, row) for rate, row in placed if not _follows(reading, grid, rate[0], (row, count, whole))]
            if len(wrong) != 1 or len(placed) - 1 < _AGREE:
                continue
            rate, row = wrong[0]
            part, base = grid.value(row, count), grid.value(row, whole)
            if part is None or not base or part > base:
                continue
            places = _places(reading, rate[0])
            if not differ_by_slip(round(_ALL * part / base, places), rate[0].value, _DIGITS):
                continue
            yield Relation(
                kind="percentage",
                whole=grid.quantity(row, whole, grid.label(row)),
                parts=(quantity(reading, *rate), grid.quantity(row, count, grid.label(row))),
                exhaustive=True,
                cue="named",
            )
            return


def _row_of(reading: Reading, grid: Grid, rate: tuple[Amount, Segment]) -> int | None:
    """The row whose heading stands right before a percentage."""
    amount, segment = rate
    said = _SPACE.sub(" ", reading.lower[segment.start : amount.start])
    fitting = []
    for row in range(grid.first, grid.rows):
        label = _SPACE.sub(" ", grid.label(row)).strip(" .:")
        if label and re.search(rf"(?<!\w){re.escape(label)}(?: (?:là|đạt|có|chiếm))*:? $", said):
            fitting.append((len(label), row))
    return max(fitting)[1] if fitting else None


def _places(reading: Reading, rate: Amount) -> int:
    return len(reading.text[rate.start : rate.end].rstrip("% ").partition(",")[2])


def _follows(reading: Reading, grid: Grid, rate: Amount, cells: tuple[int, int, int]) -> bool:
    row, count, whole = cells
    part, base = grid.value(row, count), grid.value(row, whole)
    if part is None or not base:
        return False
    return abs(_ALL * part / base - rate.value) <= 0.5 * 10.0 ** -_places(reading, rate) + _HAIR
