"""A table as rows and columns: what heads a column, what names a row, which rows are totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractors._shared.document import Block, Document

_NUMERIC = re.compile(r"[-+]?\d[\d., ]*(?:/\d+)? ?%?|[-–.…x]|")
_FIGURES = re.compile(r"\d[\d.,]*$")
_COUNTER = re.compile(r"(?:tt|stt|số tt|số thứ tự|no)\.?")
_NUMBERED = re.compile(r"khối|lớp|khối lớp|năm|năm học|tháng|đợt")
_TOTAL = re.compile(
    r"(?:tổng(?: cộng| số| toàn \w+)?|cộng|toàn (?:huyện|tỉnh|trường|ngành|quận|thị xã|thành phố|cụm|khối))"
    r"(?: (?:cộng|chung|toàn \w+|số))?:?"
)


@dataclass(frozen=True)
class Grid:
    """One table of a document. Rows and columns count from 0."""

    document: Document
    number: int

    @cached_property
    def cells(self) -> dict[tuple[int, int], Block]:
        """The block at each row and column; a spanning cell stands at every place that it covers."""
        places: dict[tuple[int, int], Block] = {}
        for block in self.document.cells(self.number):
            cell = block.cell
            if cell is None:
                continue
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    places.setdefault((row, col), block)
        return places

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.document.tables[self.number].shape

    def text(self, row: int, col: int) -> str:
        """A cell's text in the view; "" where it is empty."""
        return self._texts.get((row, col), "")

    @cached_property
    def _texts(self) -> dict[tuple[int, int], str]:
        text = self.document.text
        return {place: " ".join(text[slice(*self.span(block))].split()) for place, block in self.cells.items()}

    def span(self, block: Block) -> tuple[int, int]:
        """The range of a cell that begins with a block; one of several lines has a block for each."""
        cell = block.cell
        return (block.start, self._ends[cell.row, cell.col]) if cell else (block.start, block.end)

    @cached_property
    def _ends(self) -> dict[tuple[int, int], int]:
        blocks = self.document.cells(self.number)
        return {(block.cell.row, block.cell.col): block.end for block in blocks if block.cell is not None}

    @cached_property
    def header_rows(self) -> int:
        """How many rows at the top are headings: those the reader marks, else those without figures."""
        marked = [c.row + c.row_span for c in self.document.tables[self.number].cells if c.header]
        rows, cols = self.shape
        if marked:
            return self._with_subheads(max(marked))
        if self.text(0, 0).strip(" .") == "1" and self.text(1, 0).strip(" .") == "2":
            return 0  # numbered from its first row: a list without headings
        for row in range(min(rows, 4)):
            texts = [self.text(row, col) for col in range(cols)]
            figures = [t for t in texts[1:] if t and is_numeric(t)]
            if figures and len(figures) * 2 >= sum(bool(t) for t in texts[1:]):
                return row
        return min(1, rows)

    def _with_subheads(self, rows: int) -> int:
        """The number of heading rows, with those below that go on with them: nothing in front, words behind."""
        while rows < self.shape[0] - 1:
            texts = [self.text(rows, col) for col in range(self.shape[1])]
            if texts[0] or not any(texts) or any(_FIGURES.search(t) for t in texts):
                break
            rows += 1
        return rows

    def _heading(self, row: int, col: int) -> str:
        """The heading at a place; above a subheading an empty one is that of its group, to the left."""
        text = self.text(row, col)
        if text or row + 1 >= self.header_rows or not self.text(row + 1, col):
            return text
        while col and not text and self.text(row + 1, col - 1):
            col -= 1
            text = self.text(row, col)
        return text

    def header_path(self, col: int) -> list[str]:
        """The headings above a column, the outermost first, each once."""
        if col not in self._paths:
            self._paths[col] = self._path(col)
        return self._paths[col]

    @cached_property
    def _paths(self) -> dict[int, list[str]]:
        return {}

    def _path(self, col: int) -> list[str]:
        path: list[str] = []
        for row in range(self.header_rows):
            text = self._heading(row, col)
            if text and (not path or path[-1] != text) and not is_numeric(text):
                path.append(text)
        return path

    def is_counter(self, col: int) -> bool:
        """Whether a column only numbers the rows (``TT``)."""
        path = self.header_path(col)
        if path:
            return bool(_COUNTER.fullmatch(path[-1].lower().strip()))
        texts = [self.text(row, col).strip(" .") for row in range(self.header_rows, self.shape[0])]
        return col == 0 and len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]

    @cached_property
    def label_col(self) -> int | None:
        """The column that names the rows: the first that is no counter and holds words."""
        rows, cols = self.shape
        for col in range(cols):
            texts = [self.text(row, col) for row in range(self.header_rows, rows)]
            words = [t for t in texts if t and not is_numeric(t)]
            if words and len(words) * 2 >= sum(bool(t) for t in texts) and not self.is_counter(col):
                return col
            if _NUMBERED.fullmatch(" ".join(self.header_path(col)).lower().strip()):
                return col  # grades and years name rows though they are figures
        return None

    def row_label(self, row: int) -> str:
        """What names a row; "" where nothing does."""
        if self.label_col is None:
            return ""
        label = self.text(row, self.label_col)
        if not label:
            label = next(
                (self.text(row, col) for col in range(self.label_col) if not is_numeric(self.text(row, col))), ""
            )
        return label

    def is_total(self, row: int) -> bool:
        """Whether a row adds up the others (``Cộng``, ``Toàn huyện``)."""
        return any(_TOTAL.fullmatch(self.text(row, col).lower().strip(" .:")) for col in range(min(3, self.shape[1])))

    def find_col(self, pattern: re.Pattern[str]) -> int | None:
        """The first column whose headings match a pattern, in lower case."""
        return next((col for col, heads in enumerate(self._lower_headings) if pattern.search(heads)), None)

    @cached_property
    def _lower_headings(self) -> list[str]:
        return [" ".join(self.header_path(col)).lower() for col in range(self.shape[1])]


def is_numeric(text: str) -> bool:
    """Whether a cell holds a figure, a dash or nothing."""
    return _NUMERIC.fullmatch(text.strip()) is not None


def grids(document: Document) -> list[Grid]:
    """The tables of a document that have at least two rows and two columns."""
    return [
        Grid(document, number)
        for number, table in enumerate(document.tables)
        if table.shape[0] >= 2 and table.shape[1] >= 2
    ]
