"""Spreadsheets on their way into a text layer: what of a sheet is a table, and what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.readers.builder import LayerBuilder, clean
from pipelines.readers.grid import GridCell, has_figures
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.runs import OldFonts, Run

#: Rows beside which a row of fewer cells still belongs to the table: sums, group headings, remarks.
_TABLE_CELLS = 3
_DATE_PARTS = re.compile(r"(?<![\[\\])[dmyhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True)
class SheetCell:
    """A cell that prints something, or spans others. Rows and columns count from 0."""

    row: int
    col: int
    runs: tuple[Run, ...]
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True)
class TextBox:
    """A paragraph that lies on a sheet, its upper edge in a row."""

    row: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Sheet:
    """A visible sheet with its cells in reading order, and the texts that lie on it."""

    name: str
    cells: Sequence[SheetCell]
    boxes: Sequence[TextBox] = ()


def add_sheets(builder: LayerBuilder, sheets: Iterable[Sheet]) -> None:
    """Adds the sheets one after the other, under their names where several hold something.

    Raises: UnreadableError.
    """
    filled = [sheet for sheet in sheets if sheet.cells or sheet.boxes]
    if sum(len(sheet.cells) for sheet in filled) > MAX_CELLS:
        raise UnreadableError(f"has more than {MAX_CELLS} cells; split it into reports")
    texts = [each.runs for sheet in filled for each in sheet.cells] + [
        each.runs for sheet in filled for each in sheet.boxes
    ]
    fonts = OldFonts(run for runs in texts for run in (*runs, ("", "\n")))
    for sheet in filled:
        if len(filled) > 1:
            builder.add(sheet.name, kind="heading", level=1)
        # What lies above the cells is a letterhead or a title, what lies on them a remark or a signature.
        top = min((cell.row for cell in sheet.cells), default=0)
        for box in sheet.boxes:
            if box.row <= top:
                builder.add(clean(fonts.join(box.runs)))
        for is_table, cells in _parts(sheet.cells, fonts):
            if is_table:
                builder.add_table(_shifted(cells))
            else:
                for cell in _reading_order(cells):
                    builder.add(cell.text)
        for box in sheet.boxes:
            if box.row > top:
                builder.add(clean(fonts.join(box.runs)))


def _parts(cells: Iterable[SheetCell], fonts: OldFonts) -> Iterator[tuple[bool, list[GridCell]]]:
    """The sheet from top to bottom in parts: tables, and the lines above, between and below them."""
    rows: defaultdict[int, list[GridCell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(GridCell(cell.row, cell.col, clean(fonts.join(cell.runs)), cell.row_span, cell.col_span))
    numbers = sorted(number for number, row in rows.items() if any(cell.text for cell in row))
    start = 0
    lines = [
        _Row(number, sum(bool(cell.text) for cell in rows[number]), has_figures(rows[number])) for number in numbers
    ]
    for first, last in _tables(lines):
        if first > start:
            yield False, [cell for number in numbers[start:first] for cell in rows[number] if cell.text]
        # Cells without text keep their places, also in rows that hold nothing else.
        inside = [number for number in sorted(rows) if numbers[first] <= number <= numbers[last]]
        yield True, [cell for number in inside for cell in rows[number]]
        start = last + 1
    if start < len(numbers):
        yield False, [cell for number in numbers[start:] for cell in rows[number] if cell.text]


@dataclass(frozen=True)
class _Row:
    """A row that holds something: how many cells do, and whether one is a figure."""

    number: int
    count: int
    has_figures: bool


def _tables(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """First and last row of each table, as places in the list of rows.

    A table begins with a row of three cells or more, or of two above others of two, and goes on as
    long as such rows follow; rows of fewer cells between them belong to it. It ends where, below its
    figures, another row of headings begins.
    """
    at = 0
    while at < len(rows):
        enough = _TABLE_CELLS
        if rows[at].count < _TABLE_CELLS:
            if not _is_run_of_pairs(rows[at : at + 4]):
                at += 1
                continue
            enough = 2
        last = _end(rows, at, enough)
        if last > at:
            yield at, last
        at = last + 1


def _end(rows: Sequence[_Row], first: int, enough: int) -> int:
    """The last row of the table that begins with a row."""
    last = first
    has_figures = False
    for index in range(first, len(rows)):
        row, gap = rows[index], rows[index].number - rows[max(index - 1, first)].number
        if gap > 2:
            break
        is_parted = index - last > 1 or gap > 1
        if row.count >= enough:
            if has_figures and is_parted and not row.has_figures:
                break
            last = index
        elif row.count > 1 and row.has_figures and not is_parted:
            last = index  # a sum under some columns only
        has_figures = has_figures or (row.has_figures and last == index)
    return last


def _is_run_of_pairs(rows: Sequence[_Row]) -> bool:
    """Whether four rows or more of two cells follow each other: a letterhead has fewer before it ends."""
    return len(rows) == 4 and all(row.count == 2 for row in rows) and rows[-1].number - rows[0].number == 3


def _shifted(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a table counted from its own corner, without rows and columns in which nothing stands."""
    rows = sorted({cell.row for cell in cells if cell.text})
    cols = sorted({cell.col for cell in cells if cell.text})
    placed: list[GridCell] = []
    for cell in cells:
        row, height = _inside(rows, cell.row, cell.row_span)
        col, width = _inside(cols, cell.col, cell.col_span)
        if height and width:
            placed.append(GridCell(row, col, cell.text, height, width))
    return [*placed, *_empty(placed, len(rows), len(cols))]


def _empty(placed: Sequence[GridCell], rows: int, cols: int) -> Iterator[GridCell]:
    """A cell for each place of a table that no other takes, as other formats have them."""
    if rows * cols > MAX_CELLS:
        return
    taken = {
        (row, col)
        for cell in placed
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    for row in range(rows):
        for col in range(cols):
            if (row, col) not in taken:
                yield GridCell(row, col, "")


def _inside(places: Sequence[int], start: int, span: int) -> tuple[int, int]:
    """Which of the places a span covers: the first, by its number, and how many."""
    first = bisect_left(places, start)
    return first, bisect_left(places, start + span) - first


def _reading_order(cells: Sequence[GridCell]) -> list[GridCell]:
    """Lines around a table: rows of two cells under each other are two columns, a letterhead or signatures."""
    ordered: list[GridCell] = []
    group: list[GridCell] = []
    by_row: defaultdict[int, list[GridCell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.row].append(cell)
    for _, row in sorted(by_row.items()):
        if len(row) == 2:
            group.extend(row)
            continue
        ordered.extend(_by_columns(group))
        group = []
        ordered.extend(sorted(row, key=lambda cell: cell.col))
    return [*ordered, *_by_columns(group)]


def _by_columns(group: Sequence[GridCell]) -> list[GridCell]:
    """Rows of two cells: everything on the left, then everything on the right."""
    pairs = [sorted(group[index : index + 2], key=lambda cell: cell.col) for index in range(0, len(group), 2)]
    return [pair[0] for pair in pairs] + [pair[1] for pair in pairs]


def print_number(value: float, code: str) -> str:
    """A number as its cell shows it, with a decimal comma and without marks between thousands.

    ``code`` is the number format: ``0.0%``, ``#,##0.00``, ``General``. The marks between thousands
    depend on the machine on which a sheet is opened, and would make ``1.234`` out of 1234.
    """
    section = code.split(";")[0]
    plain = _QUOTED.sub("", section)
    if "%" in plain:
        return _decimal(value * 100, _decimals(plain)) + "%"
    if re.search(r"[0#]", plain) and "E" not in plain.upper().replace("GENERAL", ""):
        return _decimal(value, _decimals(plain))
    return _decimal(value, None)


def is_date_format(code: str) -> bool:
    """Whether a number format prints a date or a time: ``dd/mm/yyyy``, not ``#,##0`` or ``General``."""
    plain = _QUOTED.sub("", code.split(";")[0])
    return "general" not in plain.lower() and _DATE_PARTS.search(plain) is not None and "#" not in plain


def print_date(value: datetime, code: str) -> str:
    """A date or time as a Vietnamese office prints it: ``03/06/2021``, with the time where the format has one."""
    plain = _QUOTED.sub("", code).lower()
    if "h" in plain and not ("d" in plain or "y" in plain):
        return value.strftime("%H:%M")
    date = value.strftime("%d/%m/%Y") if "d" in plain else value.strftime("%m/%Y" if "m" in plain else "%Y")
    return f"{date} {value:%H:%M}" if "h" in plain else date


def _decimals(plain: str) -> int:
    match = re.search(r"\.([0#?]+)", plain)
    return len(match[1]) if match else 0


def _decimal(value: float, decimals: int | None) -> str:
    if decimals is None:
        text = f"{value:.10g}" if abs(value) < 1e15 else f"{value:.0f}"
        if "e" in text:
            text = f"{value:.15f}".rstrip("0").rstrip(".")
    else:
        # Half away from zero, as spreadsheets round; a float's own rounding is to even.
        text = f"{value + (1e-9 if value > 0 else -1e-9 if value < 0 else 0):.{min(decimals, 15)}f}"
    return text.replace(".", ",")
