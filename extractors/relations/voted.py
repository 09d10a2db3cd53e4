"""Columns of a table whose arithmetic its own rows tell: all but one of them agree on what is made of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations, product

from extractors.relations.grids import TOTAL_ROW, Grid, find_grids, read_column
from extractors.relations.reading import Reading
from schemas.relation import Relation

#: So many rows must agree before one that does not is a slip.
_LEAST = 3
_ALL = 100
_CLOSE = 0.06
_MOST_PARTS = 6
#: What a rate is made of stands among the first columns of counts or right before it: a table of hundreds is read too.
_FIRST = 3
_NEAR = 12


def find_voted(reading: Reading) -> Iterator[Relation]:
    """Percentages and averages of one column against two others, and a column that is the sum of those before it.

    No heading has to say so: where all rows but one agree to the digit, the columns mean it. Columns that agree in two
    ways are left alone where only one of them has a slip.
    """
    for grid in find_grids(reading):
        columns = [read_column(grid, col) for col in grid.distinct_columns()]
        rows = list(range(grid.first, grid.rows))
        counts = [c.index for c in columns[1:] if not c.rate and _is_counted(grid, rows, c.index)]
        for rate in columns[1:]:
            if rate.rate or _has_decimals(grid, rows, rate.index):
                yield from _rates(grid, rows, [col for col in counts if col != rate.index], rate.index)
        yield from _sums(grid, rows, counts)
        yield from _exceeding(grid, rows, counts)


#: Who took part, and who of them came through: of registrations and plans more may come through.
_TOOK_PART = re.compile(r"(?<!\w)(?:dự (?:thi|tuyển|xét|vòng \d|kiểm tra)|tham dự|được khám|được kiểm tra)(?!\w)")
_CAME_THROUGH = re.compile(r"(?<!\w)(?:trúng tuyển|đỗ|đậu|đạt(?: giải| yêu cầu)?|đoạt giải|mắc bệnh)(?!\w)")


def _exceeding(grid: Grid, rows: list[int], counts: list[int]) -> Iterator[Relation]:
    """The one row in which more came through than took part, where in all others no more did."""
    bases = [col for col in counts if _TOOK_PART.search(_name(grid, col))]
    parts = [col for col in counts if _CAME_THROUGH.search(_name(grid, col))]
    for whole, part in ((base, col) for base in bases for col in parts if base != col):
        known = [row for row in rows if grid.value(row, whole) is not None and grid.value(row, part) is not None]
        over = [row for row in known if (grid.value(row, part) or 0) > (grid.value(row, whole) or 0)]
        if len(known) > _LEAST and len(over) == 1:
            row = over[0]
            name = f"{grid.label(row)}: {_name(grid, part)}"
            base = grid.quantity(row, whole, _name(grid, whole))
            yield Relation(
                kind="ratio", whole=base, parts=(grid.quantity(row, part, name),), exhaustive=True, cue="apart"
            )


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
    best: list[tuple[int, int, int, list[int]]] = []
    before = [col for col in counts if col < rate]
    near = before[:_FIRST] + before[_FIRST:][-_NEAR:]
    for (whole, part), times in product(permutations(near, 2), (_ALL, 1)):
        slips = _slips(grid, rows, (whole, part, rate), times)
        if slips is not None:
            best.append((whole, part, times, slips))
    if not best or any(not slips for *_, slips in best):
        return
    whole, part, times, slips = best[0]
    for row in slips:
        printed, made = grid.quantity(row, rate, _name(grid, rate)), grid.quantity(row, part, _name(grid, part))
        base, cue = grid.quantity(row, whole, _name(grid, whole)), grid.label(row)
        if times == _ALL:
            yield Relation(kind="percentage", whole=base, parts=(printed, made), exhaustive=True, cue=cue)
        else:
            yield Relation(kind="average", whole=printed, parts=(made, base), exhaustive=True, cue=cue)


def _slips(grid: Grid, rows: list[int], columns: tuple[int, int, int], times: int) -> list[int] | None:
    """The one row that does not follow, or none; None where more rows do not, or too few have the numbers."""
    known, slips = 0, []
    for row in rows:
        if any(grid.value(row, col) is None for col in columns):
            continue
        known += 1
        if not _follows(grid, row, columns, times):
            slips.append(row)
            if len(slips) > 1:
                return None
    return slips if known > _LEAST else None


def _follows(grid: Grid, row: int, columns: tuple[int, int, int], times: int) -> bool:
    """Whether a row's rate is so many ``times`` the second of its columns by the first."""
    base, made, printed = (float(grid.value(row, col) or 0) for col in columns)
    return base > 0 and abs(times * made / base - printed) <= _CLOSE


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
