"""Tables in plain text: rows of one line each, their cells parted by tabs, bars, semicolons or columns of blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.readers.grid import GridCell, is_year, mark_headers
from schemas import Cell, Table

#: Stands for a tab until the cells are found; the canonical text has a blank in its place.
TAB = "\ue000"
_RULE = re.compile(r"[ |+:=\-─│┼├┤┌┐└┘┬┴━]*[-─=━]{3}[ |+:=\-─│┼├┤┌┐└┘┬┴━]*$")
_BAR = re.compile(r"[|│¦]")
_WIDE = re.compile(r"(?<=\S) {3,}(?=\S)")
#: What two blanks part.
_CLOSE = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"[-–—./x]|\d[\d.,]*(?: ?%)?|\d+/\d+")
_SECTION = 60
_TOTAL = re.compile(r"(?:tổng|cộng|toàn )")
_BARS = "|│¦"
#: Semicolons part cells only below a row of headings that opens with that of the rows' numbers.
_SEMICOLON = re.compile(r" ?;(?: |$)")
_NUMBERED = re.compile(r"(?:s?tt|số tt|số thứ tự)\s*", re.I)
#: Fewer columns are a letterhead or a signature block, unless bars frame every row or a rule parts the headings.
_MIN_COLUMNS = 3
_MIN_ROWS = 2
#: A heading stands over two others at least.
_PAIR = 2

Range = tuple[int, int]


@dataclass(frozen=True)
class _Row:
    """One line as a row: its sign, its cells' ranges, its own range, and whether bars stand at its ends."""

    sign: str
    cells: tuple[Range, ...]
    start: int
    end: int
    opened: bool = False
    closed: bool = False

    @property
    def framed(self) -> bool:
        return self.opened and self.closed


def find_text_tables(text: str) -> tuple[Table, ...]:
    """The tables of a text in which `TAB` stands for each tab, in order.

    A table is a run of at least two lines with at least three cells each, parted by tabs, by bars
    (rules of dashes between rows are no rows), below a heading ``TT`` by semicolons, or, in at least three lines
    with equally many cells, by three blanks or more; rows of figures below a line of headings by two.
    """
    aligned = list(_aligned(text))
    taken = {row.start for rows in aligned for row in rows}
    tables = []
    runs = [*((rows, False) for rows in aligned), *_with_sections(text, _runs(text, taken))]
    for rows, ruled in sorted(runs, key=lambda run: run[0][0].start):
        if (table := _table(text, rows, ruled=ruled)) is not None:
            tables.append(table)
    return tuple(tables)


def _with_sections(text: str, runs: Iterable[tuple[list[_Row], bool]]) -> Iterator[tuple[list[_Row], bool]]:
    """The runs, those with bars joined that a line of a section parts: it has figures below it and no headings."""
    before: tuple[list[_Row], bool] | None = None
    for rows, ruled in runs:
        if before is not None:
            between = text[before[0][-1].end : rows[0].start]
            if _goes_on(text, before[0], rows) and between.count("\n") == 2 and len(between.strip()) <= _SECTION:
                at = _stripped(between, 0, len(between), before[0][-1].end)
                before = [*before[0], _Row("|", (at,), *at), *rows], before[1]
                continue
            yield before
        before = rows, ruled
    if before is not None:
        yield before


def _goes_on(text: str, before: Sequence[_Row], rows: Sequence[_Row]) -> bool:
    """Whether rows with bars have no headings of their own: as many cells, and figures where those above have them."""
    if rows[0].sign != "|" or before[0].sign != "|" or len(before) < _MIN_ROWS:
        return False
    figures = [col for col, cell in enumerate(before[-1].cells) if text[slice(*cell)].isdigit()]
    if not figures or len(before[0].cells) != len(rows[0].cells) or figures[-1] >= len(rows[0].cells):
        return False
    headed = not any(text[slice(*cell)].isdigit() for cell in before[0].cells)
    return headed and all(text[slice(*rows[0].cells[col])].isdigit() for col in figures)


def _aligned(text: str) -> Iterator[list[_Row]]:
    """Rows of figures, or numbered ones, that stand in columns below a line of headings, two blanks between them."""
    run: list[_Row] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        row = _columns(line, start) if "  " in line else None
        start += len(line) + 1
        under = _under(text, run, row) if run and row is not None else None
        if under is not None:
            run.append(under)
            continue
        if len(run) > _MIN_ROWS:
            yield run
        wide = row is not None and len(row.cells) >= _MIN_COLUMNS
        run = [row] if row is not None and wide and not any(_is_figure(text, cell) for cell in row.cells) else []


def _columns(line: str, start: int) -> _Row | None:
    """A line as a row of cells between which two blanks stand or more; None for a line without such blanks."""
    cells = tuple((start + m.start(), start + m.end()) for m in _CLOSE.finditer(line))
    bare = TAB not in line and _BAR.search(line) is None
    return _Row(" ", cells, start, start + len(line)) if bare and len(cells) >= _PAIR else None


def _under(text: str, run: Sequence[_Row], row: _Row) -> _Row | None:
    """A row of figures, or a numbered one, with a cell for each heading, those missing empty; None for any other.

    Which are missing is told by where the others stand, for a total by which columns hold figures.
    """
    heads, figures = run[0], sum(_is_figure(text, cell) for cell in row.cells)
    missing = len(heads.cells) - len(row.cells)
    counted = _NUMBERED.fullmatch(text, *heads.cells[0]) and text[slice(*row.cells[0])].rstrip(".)").isdigit()
    if counted and not missing:
        return row
    total = len(run) > 1 and _TOTAL.match(text[slice(*row.cells[0])].lower()) is not None
    if figures < max(_PAIR - total, len(row.cells) - _PAIR) or not 0 <= missing <= len(heads.cells) // _PAIR:
        return None
    if not missing:
        return row
    columns = [_nearest(heads, cell, row.start - heads.start) for cell in row.cells]
    if total:
        added = [col for col, cell in enumerate(run[-1].cells) if col and _is_figure(text, cell)]
        columns = [0, *added] if len(added) == len(row.cells) - 1 else columns
    if any(a >= b for a, b in pairwise(columns)):
        return None
    placed = dict(zip(columns, row.cells, strict=True))
    filled: list[Range] = []
    for column in range(len(heads.cells)):
        at = filled[-1][1] if filled else row.start
        filled.append(placed.get(column, (at, at)))
    return replace(row, cells=tuple(filled))


def _is_figure(text: str, cell: Range) -> bool:
    return _FIGURE.fullmatch(text, *cell) is not None


def _nearest(heads: _Row, cell: Range, shift: int) -> int:
    """The column whose heading stands nearest over a cell, ``shift`` characters before it in the text."""
    middle = sum(cell) / 2 - shift
    return min(range(len(heads.cells)), key=lambda col: abs(sum(heads.cells[col]) / 2 - middle))


def _runs(text: str, taken: set[int]) -> Iterator[tuple[list[_Row], bool]]:
    """Consecutive rows with the same sign, and whether a rule with bars stands below the first.

    Lines that begin at places ``taken`` are rows of other tables.
    """
    run: list[_Row] = []
    ruled = False
    start = 0
    for line in text.split("\n"):
        row = _row(line, start) if start not in taken else None
        start += len(line) + 1
        if row is not None and row.sign == ";" and not run and not _NUMBERED.fullmatch(text, *row.cells[0]):
            row = None
        if row is None and run and _RULE.match(line):
            ruled = ruled or (len(run) == 1 and _BAR.search(line) is not None)
            continue
        if run and (row is None or row.sign != run[-1].sign or not _fits(text, run, row)):
            yield run, ruled
            run, ruled = [], False
        if row is not None:
            run.append(row)
    if run:
        yield run, ruled


def _fits(text: str, run: Sequence[_Row], row: _Row) -> bool:
    """Whether a row may go on a table: with blanks or semicolons as signs it has as many cells, a total one less."""
    missing = len(run[0].cells) - len(row.cells)
    if row.sign == ";" and missing == 1:
        return _TOTAL.match(text[slice(*row.cells[0])].lower()) is not None
    return row.sign not in " ;" or not missing


def _row(line: str, start: int) -> _Row | None:
    if TAB in line.strip(TAB + " "):
        sign, bounds = TAB, [-1, *(m.start() for m in re.finditer(TAB, line)), len(line)]
    elif len(bars := [m.start() for m in _BAR.finditer(line)]) >= _MIN_COLUMNS - 1 and not _RULE.match(line):
        sign, bounds = "|", [-1, *bars, len(line)]
    elif len(signs := [m.start() + m[0].index(";") for m in _SEMICOLON.finditer(line)]) >= _MIN_COLUMNS - 1:
        sign, bounds = ";", [-1, *signs, len(line)]
    elif _WIDE.search(line):
        cells = tuple((start + m.start(), start + m.end()) for m in re.finditer(r"\S+(?: {1,2}\S+)*", line))
        return _Row(" ", cells, start, start + len(line)) if len(cells) >= _MIN_COLUMNS else None
    else:
        return None
    ranges = [_stripped(line, a + 1, b, start) for a, b in pairwise(bounds)]
    opened, closed = (line.strip()[end] in _BARS for end in (0, -1)) if sign == "|" else (False, False)
    ranges = ranges[opened : len(ranges) - closed]
    return _Row(sign, tuple(ranges), start, start + len(line), opened, closed) if len(ranges) > 1 else None


def _stripped(line: str, first: int, last: int, start: int) -> Range:
    raw = line[first:last]
    at = first + len(raw) - len(raw.lstrip())
    return start + at, start + max(at, first + len(raw.rstrip()))


def _with_empty_ends(rows: Sequence[_Row]) -> list[_Row]:
    """The rows; one that begins or ends with a bar where that of the headings does not has an empty cell there."""
    head, filled = rows[0], []
    for row in rows:
        missing = len(head.cells) - len(row.cells)
        first = ((row.start, row.start),) if row.opened and not head.opened and missing > 0 else ()
        last = ((row.end, row.end),) if row.closed and not head.closed and missing > len(first) else ()
        filled.append(replace(row, cells=(*first, *row.cells, *last)))
    return filled


def _table(text: str, rows: Sequence[_Row], *, ruled: bool) -> Table | None:
    """The table of a run of rows; None where they are too few or too narrow to be one."""
    rows = _with_empty_ends(rows)
    width = max(len(row.cells) for row in rows)
    least = _MIN_COLUMNS - (ruled or all(row.framed for row in rows))
    full = sum(len(row.cells) >= least for row in rows)
    if width < least or full < _MIN_ROWS + (rows[0].sign == " ") or full * 2 < len(rows):
        return None
    placed = [cell for number, row in enumerate(rows) for cell in _placed(text, number, row, width)]
    placed = _side_by_side(placed, width) or _two_rows_of_headings(placed, width)
    headers = {(cell.row, cell.col) for cell in mark_headers([cell for cell, _ in placed]) if cell.header}
    cells = tuple(
        Cell(
            row=cell.row,
            col=cell.col,
            col_span=cell.col_span,
            row_span=cell.row_span,
            start=a,
            end=b,
            header=(cell.row, cell.col) in headers,
        )
        for cell, (a, b) in placed
    )
    return Table(start=rows[0].start, end=rows[-1].end, cells=cells)


def _two_rows_of_headings(placed: list[tuple[GridCell, Range]], width: int) -> list[tuple[GridCell, Range]]:
    """The cells with the spans of merged headings, where the second row only goes on the first.

    It does where it opens with an empty cell and holds no figures besides years: an empty cell below a heading is
    that heading's, a missing or empty one beside a heading is spanned by it.
    """
    upper = [item for item in placed if item[0].row == 0]
    lower = {item[0].col: item for item in placed if item[0].row == 1}
    words = [cell.text for cell, _ in lower.values() if cell.text]
    figures = any(char.isdigit() for word in words if not is_year(word) for char in word)
    if not upper or not lower or lower[0][0].text or not words or figures:
        return placed
    merged: list[tuple[GridCell, Range]] = []
    for cell, where in upper:
        if cell.text or not merged:
            merged.append((cell, where))
    for index, (cell, where) in enumerate(merged):
        after = merged[index + 1][0].col if index + 1 < len(merged) else width
        alone = not any(lower[col][0].text for col in range(cell.col, after) if col in lower)
        merged[index] = replace(cell, col_span=after - cell.col, row_span=2 if alone else 1), where
    covered = {col for cell, _ in merged if cell.row_span == 2 for col in range(cell.col, cell.col + cell.col_span)}
    below = [item for col, item in lower.items() if col not in covered]
    return [*merged, *below, *(item for item in placed if item[0].row > 1)]


def _side_by_side(placed: list[tuple[GridCell, Range]], width: int) -> list[tuple[GridCell, Range]] | None:
    """The cells with two rows of headings set over the columns, where nothing stands for what is merged.

    ``TT | Môn | Huy chương | Ghi chú`` / ``Vàng | Bạc | Đồng`` above rows of six cells: which heading is above the
    others is told by what they say. None where the first two rows are no such headings.
    """
    upper, lower = ([item for item in placed if item[0].row == row] for row in (0, 1))
    heads = [*upper, *lower]
    words = all(cell.text and not any(char.isdigit() for char in cell.text) for cell, _ in heads)
    filled = sum(cell.row > 1 and cell.col == width - 1 for cell, _ in placed)
    if not words or not _PAIR <= len(lower) < width or len(upper) >= width or not filled:
        return None
    # Loaded here: most texts have no such table, and the lexicons take longer than reading them.
    from extractors._shared.flat_headings import Line, arrange

    lines = [Line(number, number, cell.text) for number, (cell, _) in enumerate(heads)]
    ways = [way for _, way in arrange(lines, [width]) if sum(head.row for head in way) == len(lower)]
    if not ways:
        return None
    places = {head.start: head for head in ways[0]}
    return [
        (
            replace(cell, col=at.col, row=at.row, col_span=at.span, row_span=at.rows)
            if (at := places.get(number))
            else cell,
            where,
        )
        for number, (cell, where) in enumerate(placed)
    ]


def _placed(text: str, number: int, row: _Row, width: int) -> Iterator[tuple[GridCell, Range]]:
    """The cells of a row at their columns; of a short row that opens with a total, that cell spans what is missing."""
    missing = width - len(row.cells)
    first = text[slice(*row.cells[0])]
    span = missing + 1 if missing and (len(row.cells) == 1 or _TOTAL.match(first.lower())) else 1
    col = 0
    for index, (start, end) in enumerate(row.cells):
        wide = span if index == 0 else 1
        yield GridCell(number, col, text[start:end], col_span=wide), (start, end)
        col += wide
