"""Tables on their way into a text layer: cells with spans, what is a heading, what is only layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

#: A cell that holds a figure: digits with separators, a sign, a percent sign, brackets.
_FIGURE = re.compile(r"[-–+(]?\s*\d[\d.,\s/:]*\s*%?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?(?:\s*=.*)?")
#: What stands in a letterhead or beside a signature, and in no table of figures: motto and recipients.
_PLACED = re.compile(
    r"^\W*(?:cộng\s+h(?:òa|oà)\s+xã\s+hội|độc\s+lập\W+tự\s+do|nơi\s+(?:nhận|gửi))", re.IGNORECASE | re.MULTILINE
)
_MOST_PLACED_ROWS = 10


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


def only_places(cells: Sequence[GridCell], filled: Sequence[int], text_of: Callable[[int], str]) -> bool:
    """Whether a table only places text on the page, a letterhead or a signature block.

    ``filled`` are the places of the cells that print something, ``text_of`` gives the text of one. Empty
    rows do not count: hands leave them in letterheads and below signatures. A block with a line in
    each row, or with an empty column in its middle, is told by the motto or the recipients in it.
    """
    cols = shape(cells)[1]
    shown = [cells[index] for index in filled]
    rows = len({cell.row for cell in shown})
    if cols <= 1 or (cols <= 2 and rows <= 2):
        return True
    if len({cell.col for cell in shown}) > 2 or rows > _MOST_PLACED_ROWS:
        return False
    texts = [text_of(index) for index in filled]
    return any(map(_PLACED.search, texts)) and not any(map(_is_figure, texts))


def by_columns(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a layout table in the order they are read: down each column, between cells over all of them."""
    cols = shape(cells)[1]
    across = sorted(cell.row for cell in cells if cell.col_span == cols)
    return sorted(
        cells,
        key=lambda cell: (bisect_right(across, cell.row - 1) + bisect_right(across, cell.row), cell.col, cell.row),
    )


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
    return any(_is_figure(cell.text) for cell in row)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None and not is_year(text)


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
