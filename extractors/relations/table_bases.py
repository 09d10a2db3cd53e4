"""Percentages of a table whose whole stands above it: ``… (1.146 học sinh dự thi)``, columns ``SL`` and ``TL%``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from extractors.relations.amounts import Amount, find_amounts
from extractors.relations.grids import Column, Grid
from extractors.relations.parts import usable
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_ALL = 100.0
#: So far above a table its whole may stand, so small it may be, and so many rows must tell of it.
_REACH, _LEAST, _MIN_ROWS = 500, 20, 4
_SLACK = 1e-9
#: A row's count and percentage, and how far this is rounded.
_Row = tuple[int, float, float, float]


def find_table_bases(grid: Grid, columns: Sequence[Column], known: Collection[Relation]) -> Iterator[Relation]:
    """Percentages of the number above a table that makes a column but for one, where ``known`` tells none of them."""
    taken = {relation.parts[0].evidence.start for relation in known if relation.kind == "percentage"}
    above = _above(grid)
    for rate in columns[2:]:
        count = columns[rate.index - 1]
        if not rate.rate or count.rate or not above:
            continue
        rows = list(_rows(grid, rate, count))
        if len(rows) < _MIN_ROWS or any(grid.cells[row[0], rate.index].start in taken for row in rows):
            continue
        for amount in reversed(above):
            odd = [row for row in rows if not _follows(row, amount.value)]
            if len(odd) == 1 and len({row[2] for row in rows}) == len(rows):
                parts = tuple(grid.quantity(odd[0][0], column.index, column.heading) for column in (rate, count))
                whole = _whole(grid.reading, amount)
                yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=grid.label(odd[0][0]))
                break


def _rows(grid: Grid, rate: Column, count: Column) -> Iterator[_Row]:
    for row in range(grid.first, grid.rows):
        printed, made = grid.value(row, rate.index), grid.value(row, count.index)
        if printed is not None and made is not None and made > 0:
            decimals = grid.text(row, rate.index).rstrip("% ").replace(".", ",").partition(",")[2]
            yield row, float(made), float(printed), 0.5 * 10.0 ** -len(decimals) + _SLACK


def _follows(row: _Row, whole: float) -> bool:
    _, made, printed, half = row
    return abs(_ALL * made / whole - printed) <= half


def _above(grid: Grid) -> list[Amount]:
    """The counts of the text right above a table, in order."""
    reading, first = grid.reading, grid.blocks[0].start
    blocks = [b for b in reading.document.blocks if b.table is None and first - _REACH <= b.start < first]
    found = find_amounts(reading, blocks[0].start, first) if blocks else []
    return [a for a in found if usable(a) and a.of is None and a.value >= _LEAST and a.family != "time"]


def _whole(reading: Reading, amount: Amount) -> Quantity:
    start, end = amount.start, max(amount.end, amount.unit_end)
    return reading.quantity(amount.value, (amount.start, amount.end), (start, end), unit=amount.unit)
