"""Tables of a page that no line parts: rows of figures set in columns, told by the strips between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mode

from pipelines.readers.pdf_lines import Line, Word
from pipelines.readers.pdf_tables import RuledCell, RuledTable

#: Space between two columns, and most space between two rows, in sizes of their letters.
_BETWEEN, _APART = 1.2, 1.6
#: Space between the lines of one cell.
_CLOSE = 0.35
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_MOST_HEADINGS = 4
_FIGURE = re.compile(r"[-–+(]?\d[\d.,/]*%?\)?|-|–|x|X")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class _Part:
    """Words of a line that stand together, between two strips."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def is_figure(self) -> bool:
        return len(self.words) == 1 and _FIGURE.fullmatch(self.words[0].text) is not None


@dataclass
class _Row:
    """A line in parts, or several whose parts are cells of one row."""

    line: Line
    parts: list[_Part]

    @property
    def figures(self) -> int:
        return sum(part.is_figure for part in self.parts)


#: Left and right edge of a column's letters.
_Strip = tuple[float, float]
#: Of each line of a row the column and the number of columns of each part.
_Placed = list[tuple[int, int, _Part]]


def find_row_tables(lines: Sequence[Line]) -> tuple[list[RuledTable], list[Line]]:
    """The tables that lines make by standing in columns, and the other lines.

    Such a table has three columns or more and two rows or more with as many cells each, in which
    figures stand behind the first column or the rows are numbered in it; the rows of headings above
    and sums below belong to it.
    """
    # Most pages have no such line at all.
    if sum(len(line.holes()) >= _LEAST_COLUMNS - 1 for line in lines) < _LEAST_ROWS:
        return [], [*lines]
    rows = [_Row(line, _parts(line)) for line in lines]
    tables: list[RuledTable] = []
    rest: list[Line] = []
    at = 0
    for first, last in _bodies(rows):
        table = _table(rows, at, first, last)
        if table is None:
            continue
        start, end, found = table
        rest.extend(row.line for row in rows[at:start])
        tables.append(found)
        at = end
    return tables, [*rest, *(row.line for row in rows[at:])]


def _parts(line: Line) -> list[_Part]:
    # Nearly every line is one part, and its holes are asked for by others too.
    starts = {right for left, right in line.holes() if right - left >= _BETWEEN * line.size}
    if not starts:
        return [_Part(line.words)]
    groups: list[list[Word]] = [[]]
    for word in line.words:
        if word.x0 in starts and groups[-1]:
            groups.append([])
        groups[-1].append(word)
    return [_Part(tuple(group)) for group in groups]


def _bodies(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """First and last row of each run of rows that have figures in several columns, or are numbered."""
    at = 0
    while at < len(rows):
        if not _is_body(rows[at]):
            at += 1
            continue
        last = at
        for index in range(at + 1, len(rows)):
            if not _is_near(rows[index - 1].line, rows[index].line):
                break
            if _is_body(rows[index]):
                last = index
            elif index - last > 2:
                break
        yield at, last
        at = last + 1


def _is_body(row: _Row) -> bool:
    return len(row.parts) >= _LEAST_COLUMNS and row.figures > 0


def _is_near(above: Line, line: Line) -> bool:
    return line.top - above.bottom <= _APART * max(above.size, line.size)


def _table(rows: Sequence[_Row], least: int, first: int, last: int) -> tuple[int, int, RuledTable] | None:
    """The table around a run of rows, and the rows (from, to) that it takes; None where they make none."""
    body = [row for row in rows[first : last + 1] if _is_body(row)]
    count = mode(len(row.parts) for row in body)
    full = [row for row in body if len(row.parts) == count]
    strips = _strips(full)
    if strips is None or len(full) < _LEAST_ROWS or not (_has_figures(full) or _is_numbered(full)):
        return None
    placed = [_places(row, strips) for row in rows[first : last + 1]]
    if any(each is None for each in placed):
        return None
    start, end = first, last + 1
    while start > least and first - start < _MOST_HEADINGS and _is_heading(rows[start - 1], rows[start], strips):
        start -= 1
    while end < len(rows) and _is_near(rows[end - 1].line, rows[end].line) and _is_rest(rows[end], strips):
        end += 1
    if start == first and len(full) <= _LEAST_ROWS:
        return None
    return start, end, _built(rows[start:end], strips, first - start)


def _strips(rows: Sequence[_Row]) -> list[_Strip] | None:
    """Where the columns stand; None where the cells of one reach into the next."""
    strips = [
        (min(row.parts[col].x0 for row in rows), max(row.parts[col].x1 for row in rows))
        for col in range(len(rows[0].parts))
    ]
    return strips if all(a[1] < b[0] for a, b in pairwise(strips)) else None


def _has_figures(rows: Sequence[_Row]) -> bool:
    return sum(any(part.is_figure for part in row.parts[1:]) for row in rows) * 3 >= len(rows) * 2


def _is_numbered(rows: Sequence[_Row]) -> bool:
    numbers = [row.parts[0].words[0].text for row in rows]
    return all(map(str.isdecimal, numbers)) and [int(n) - int(numbers[0]) for n in numbers] == list(range(len(numbers)))


def _places(row: _Row, strips: Sequence[_Strip]) -> _Placed | None:
    """The column of each part and how many columns it spans; None where one stands in none or two in the same."""
    placed: _Placed = []
    taken = -1
    for part in row.parts:
        inside = [col for col, (x0, x1) in enumerate(strips) if part.x0 < x1 and part.x1 > x0]
        if not inside:
            # A short heading over short figures may miss them by little.
            near = min(range(len(strips)), key=lambda col: max(strips[col][0] - part.x1, part.x0 - strips[col][1]))
            if max(strips[near][0] - part.x1, part.x0 - strips[near][1]) > _BETWEEN * row.line.size:
                return None
            inside = [near]
        if inside[0] <= taken:
            return None
        placed.append((inside[0], len(inside), part))
        taken = inside[-1]
    return placed


def _is_heading(row: _Row, below: _Row, strips: Sequence[_Strip]) -> bool:
    """Whether the row above a table heads it: two cells or more, each over a column of its own, none a figure."""
    figures = [part for part in row.parts if part.is_figure and not _YEAR.fullmatch(part.words[0].text)]
    return len(row.parts) > 1 and not figures and _is_near(row.line, below.line) and _places(row, strips) is not None


def _is_rest(row: _Row, strips: Sequence[_Strip]) -> bool:
    """Whether a row below a table is its sum: figures under columns behind the first."""
    placed = _places(row, strips)
    return placed is not None and len(placed) > 1 and all(part.is_figure for _, _, part in placed[1:])


def _built(rows: Sequence[_Row], strips: Sequence[_Strip], headings: int) -> RuledTable:
    cells: dict[tuple[int, int], tuple[int, list[Line]]] = {}
    number = -1
    for index, row in enumerate(rows):
        placed = _places(row, strips) or []
        above = rows[index - 1].line if index else None
        close = above is not None and row.line.top - above.bottom < _CLOSE * row.line.size
        # A cell's second line goes on with it: among headings always, below them where it holds no figure.
        goes_on = close and (index < headings or (index > headings and not row.figures))
        number += not goes_on
        for col, span, part in placed:
            old = cells.get((number, col))
            lines = [*(old[1] if old else ()), Line(part.words)]
            cells[number, col] = max(span, old[0] if old else 1), lines
    covered = {(row, col + by) for (row, col), (span, _) in cells.items() for by in range(span)}
    found = [RuledCell(row, col, 1, span, (tuple(lines),)) for (row, col), (span, lines) in cells.items()]
    found += [
        RuledCell(row, col, 1, 1, ())
        for row in range(number + 1)
        for col in range(len(strips))
        if (row, col) not in covered
    ]
    found.sort(key=lambda cell: (cell.row, cell.col))
    edges = [strips[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(strips)), strips[-1][1]]
    top, bottom = rows[0].line.top, max(row.line.bottom for row in rows)
    return RuledTable(edges[0], top, edges[-1], bottom, tuple(edges), tuple(found), is_drawn=False)
