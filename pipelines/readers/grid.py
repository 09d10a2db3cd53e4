"""Tables on their way into a text layer: cells with spans, what is a heading, what is only layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

#: A cell that holds a figure: digits with separators, a sign, a percent sign, brackets.
_FIGURE = re.compile(r"[-–+(]?\s*\d[\d.,\s/:]*\s*%?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?(?:\s*=.*)?")


@dataclass(frozen=True)
class GridCell:
    """A cell before it has a place in the text: rows and columns count from 0, spans from 1.

    ``header`` is None where the format does not say whether the cell is a heading.
    """

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    header: bool | None = None


def shape(cells: Sequence[GridCell]) -> tuple[int, int]:
    """Number of rows and of columns, spans included."""
    rows = max((cell.row + cell.row_span for cell in cells), default=0)
    cols = max((cell.col + cell.col_span for cell in cells), default=0)
    return rows, cols


def is_layout(cells: Sequence[GridCell]) -> bool:
    """Whether a table only places text on the page: at most two rows and two columns, or one column.

    Letterheads and signature blocks are set this way.
    """
    rows, cols = shape(cells)
    return cols <= 1 or (rows <= 2 and cols <= 2)


def without_empty_rows(cells: Sequence[GridCell], filled: Collection[int]) -> list[GridCell]:
    """The cells that stand in rows which print something; ``filled`` are the places of the cells that do.

    Hands leave empty rows in letterheads and below signatures, by which no table becomes a table.
    """
    rows = {cells[index].row for index in filled}
    numbers = {row: number for number, row in enumerate(sorted(rows))}
    return [replace(cell, row=numbers[cell.row], row_span=1) for cell in cells if cell.row in rows]


def by_columns(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a layout table in the order they are read: down each column."""
    return sorted(cells, key=lambda cell: (cell.col, cell.row))


def mark_headers(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells in reading order, each with ``header`` decided.

    What the format says holds. Where it says nothing, the first rows are headings as long as they
    hold no figures (years and column numbers are no figures): a caption over all columns, the row
    below it with what its merged cells reach down to, a second row under merged headings, and a
    row of column numbers.
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.col))
    if any(cell.header for cell in ordered):
        # Tables come here twice: where they are found, and where they are written.
        return [cell if isinstance(cell.header, bool) else replace(cell, header=False) for cell in ordered]
    depth = _header_depth(ordered)
    return [replace(cell, header=cell.row < depth) for cell in ordered]


def _header_depth(cells: Sequence[GridCell]) -> int:
    rows, cols = shape(cells)
    by_row: list[list[GridCell]] = [[] for _ in range(rows)]
    for cell in cells:
        by_row[cell.row].append(cell)
    depth = 0
    while depth < rows and _is_caption(by_row[depth], cols):
        depth += 1
    if depth >= rows or has_figures(by_row[depth]):
        return 0
    first = depth
    depth += max((cell.row_span for cell in by_row[first]), default=1)
    if any(has_figures(by_row[row]) for row in range(first, min(depth, rows))):
        return first + 1
    merged = any(cell.col_span > 1 for cell in by_row[first])
    if merged and depth == first + 1 and depth < rows and not has_figures(by_row[depth]):
        depth += 1
    if depth < rows and _is_column_numbers(by_row[depth]):
        depth += 1
    # A table that is all headings is none: its first row alone names the columns.
    return depth if depth < rows else min(first + 1, rows - 1)


def _is_caption(row: Sequence[GridCell], cols: int) -> bool:
    return len(row) == 1 and row[0].col_span == cols and cols > 1 and not has_figures(row)


def has_figures(row: Sequence[GridCell]) -> bool:
    """Whether a row holds a figure; years and numbers of columns are none."""
    texts = [cell.text.strip() for cell in row]
    return any(_FIGURE.fullmatch(text) and not is_year(text) for text in texts)


def is_year(text: str) -> bool:
    """Whether a cell holds a year or a school year and nothing else: ``2021``, ``2021 - 2022``."""
    return _YEAR.fullmatch(text.strip()) is not None


def _is_column_numbers(row: Sequence[GridCell]) -> bool:
    """Whether a row only numbers the columns: ``A B 1 2 3``, ``(1) (2) (3)=(1)+(2)``."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    if len(texts) < 3 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(match[0]) for text in texts if (match := re.search(r"\d+", text.split("=")[0]))]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)
