"""Columns of a table whose arithmetic its own rows tell: all but one of them agree on what is made of what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from extractors.relations.grids import TOTAL_ROW, Grid, find_grids, read_column
from extractors.relations.reading import Reading
from schemas.relation import Relation

#: So many rows must agree before one that does not is a slip.
_LEAST = 3
_ALL = 100
_CLOSE = 0.06
_MOST_PARTS = 6


def find_voted(reading: Reading) -> Iterator[Relation]:
    """Percentages of one column against two others, and a column that is the sum of those right before it.

    No heading has to say so: where all rows but one agree to the digit, the columns mean it. Columns that agree in two
    ways are left alone where only one of them has a slip.
    """
    for grid in find_grids(reading):
        columns = [read_column(grid, col) for col in range(grid.cols)]
        rows = list(range(grid.first, grid.rows))
        counts = [c.index for c in columns[1:] if not c.rate and _is_counted(grid, rows, c.index)]
        for rate in columns[1:]:
            if rate.rate or _has_decimals(grid, rows, rate.index):
                yield from _rates(grid, rows, [col for col in counts if col != rate.index], rate.index)
        yield from _sums(grid, rows, counts)


def _is_counted(grid: Grid, rows: list[int], col: int) -> bool:
    """Whether a column holds whole numbers, and not the numbers of its rows."""
    values = [value for row in rows if (value := grid.value(row, col)) is not None]
    if len(values) < _LEAST or not all(float(value).is_integer() for value in values):
        return False
    return values != list(range(1, len(values) + 1))


def _has_decimals(grid: Grid, rows: list[int], col: int) -> bool:
    values = [value for row in rows if (value := grid.value(row, col)) is not None]
    return len(values) >= _LEAST and any(not float(value).is_integer() for value in values)


def _rates(grid: Grid, rows: list[int], counts: list[int], rate: int) -> Iterator[Relation]:
    best: list[tuple[int, int, list[int]]] = []
    for whole, part in permutations([col for col in counts if col < rate], 2):
        known = [row for row in rows if all(grid.value(row, col) is not None for col in (whole, part, rate))]
        slips = [row for row in known if not _follows(grid, row, whole, part, rate)]
        if len(known) > _LEAST and len(slips) <= 1:
            best.append((whole, part, slips))
    if not best or any(not slips for *_, slips in best):
        return
    whole, part, slips = best[0]
    for row in slips:
        parts = (grid.quantity(row, rate, _name(grid, rate)), grid.quantity(row, part, _name(grid, part)))
        base = grid.quantity(row, whole, _name(grid, whole))
        yield Relation(kind="percentage", whole=base, parts=parts, exhaustive=True, cue=grid.label(row))


def _follows(grid: Grid, row: int, whole: int, part: int, rate: int) -> bool:
    base, made, printed = (float(grid.value(row, col) or 0) for col in (whole, part, rate))
    return base > 0 and abs(_ALL * made / base - printed) <= _CLOSE


def _sums(grid: Grid, rows: list[int], counts: list[int]) -> Iterator[Relation]:
    for total in counts:
        for size in range(2, _MOST_PARTS):
            for parts in (counts_before(counts, total, size), counts_behind(counts, total, size)):
                known = [row for row in rows if parts and all(grid.value(row, c) is not None for c in (*parts, total))]
                known = [row for row in known if grid.value(row, total)]
                slips = [r for r in known if sum(grid.value(r, c) or 0 for c in parts) != grid.value(r, total)]
                told = len(known) > _LEAST and len(slips) == 1 and not TOTAL_ROW.fullmatch(grid.label(slips[0]))
                if told and _is_made_of_all(grid, known, parts):
                    row = slips[0]
                    yield Relation(
                        kind="sum",
                        whole=grid.quantity(row, total, f"{grid.label(row)}: {_name(grid, total)}"),
                        parts=tuple(grid.quantity(row, col, _name(grid, col)) for col in parts),
                        exhaustive=True,
                        disjoint=True,
                        cue=grid.label(row),
                    )


def _is_made_of_all(grid: Grid, rows: list[int], parts: list[int]) -> bool:
    """Whether each part counts something in most rows: columns of noughts add nothing to tell."""
    return all(2 * sum(bool(grid.value(row, col)) for row in rows) >= len(rows) for col in parts)


def counts_before(counts: list[int], total: int, size: int) -> list[int]:
    """As many columns of counts right before one; none where there are not so many."""
    wanted = list(range(total - size, total))
    return wanted if all(col in counts for col in wanted) else []


def counts_behind(counts: list[int], total: int, size: int) -> list[int]:
    """As many columns of counts right behind one; none where there are not so many."""
    wanted = list(range(total + 1, total + 1 + size))
    return wanted if all(col in counts for col in wanted) else []


def _name(grid: Grid, col: int) -> str:
    return read_column(grid, col).heading
