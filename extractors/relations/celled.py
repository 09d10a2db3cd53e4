"""Percentages that stand in one cell with their counts: ``634 (78,7%)``, as in the forms of public disclosure.

Their whole is the count at the head of their group in the same column, or that of a total column in the same row; which
of both is known where nearly all of them say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.relations.grids import TOTAL_ROW, Column, Grid
from schemas.relation import Relation

_Place = tuple[int, int]
#: So near what follows must be, and so many of them agree at least, of all of them this share.
_CLOSE, _FEWEST, _MOST = 0.15, 3, 0.75
_ROMAN = re.compile(r"[ivx]+[.)]?")


def find_celled_rates(grid: Grid, columns: Sequence[Column]) -> Iterator[Relation]:
    """The percentages of a table's cells with their counts and wholes, group by group."""
    cells = [(row, c.index) for c in columns[1:] for row in range(grid.first, grid.rows) if grid.rate(row, c.index)]
    if len(cells) < _FEWEST:
        return
    totals = [c.index for c in columns[1:] if c.total]
    for group in _groups(grid, cells):
        wholes = [{cell: _head(grid, cell) for cell in group}]
        wholes += [{cell: (cell[0], total) for cell in group if cell[1] != total} for total in totals[:1]]
        for whole in wholes:
            yield from _of_wholes(grid, whole)


def _groups(grid: Grid, cells: Sequence[_Place]) -> list[list[_Place]]:
    """The cells by the rows that open their groups."""
    found: dict[int, list[_Place]] = {}
    for cell in cells:
        head = _head(grid, cell)
        found.setdefault(-1 if head is None else head[0], []).append(cell)
    return list(found.values())


def _head(grid: Grid, cell: _Place) -> _Place | None:
    """The count that opens the group of a cell: the nearest one above without a percentage, or of a total row."""
    row, col = cell
    for above in range(row - 1, grid.first - 1, -1):
        if grid.value(above, col) is not None and grid.rate(above, col) is None:
            return above, col
        if _ROMAN.fullmatch(grid.text(above, 0)):
            return None
    below = [r for r in range(row + 1, grid.rows) if TOTAL_ROW.fullmatch(grid.label(r))]
    return (below[0], col) if below and grid.value(below[0], col) is not None else None


def _of_wholes(grid: Grid, wholes: dict[_Place, _Place | None]) -> Iterator[Relation]:
    """The percentages of such wholes, where all but a few agree with them."""
    rows = []
    for (row, col), whole in wholes.items():
        base, count, rate = grid.value(*whole) if whole else None, grid.value(row, col), grid.rate(row, col)
        if whole is not None and base and count is not None and rate is not None:
            rows.append((whole, (row, col), rate, 100 * count / base))
    agree = [whole for whole, _, rate, follows in rows if abs(rate.value - follows) <= _CLOSE]
    if len(agree) < max(_FEWEST, _MOST * len(rows)):
        return
    for whole, place, rate, _ in rows:
        if 2 * agree.count(whole) <= sum(other == whole for other, *_ in rows):
            continue  # it is the whole that is wrong
        parts = rate, grid.quantity(*place, grid.label(place[0]))
        head = grid.quantity(*whole, grid.label(whole[0]))
        yield Relation(kind="percentage", whole=head, parts=parts, exhaustive=True, cue=grid.label(place[0]))
