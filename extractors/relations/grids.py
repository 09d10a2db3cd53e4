"""A table by row and column, with its headings read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block
from extractors._shared.numbers import parse_numeral
from extractors.relations.reading import Reading, dimensions
from schemas.relation import Quantity

#: The heading of a row that adds up those above it.
TOTAL_ROW = re.compile(
    r"(?:tổng(?: cộng| số)?|cộng(?! đồng| tác| hòa)|"
    r"toàn (?:huyện|tỉnh|ngành|trường|cụm|khối|thành phố|quận|xã|phường|thị xã|thị trấn|đặc khu|đảng bộ)|"
    r"cả (?:trường|xã|phường|huyện|tỉnh|cụm)|tổng toàn \w+)(?: .{0,30})?"
)
_TOTAL_COL = re.compile(
    r"(?:tổng(?: số| cộng)?|ts|cộng|sĩ số|sỹ số|số(?= (?:học sinh|hs|trẻ|giáo viên|gv|cháu)))(?: (?:học sinh|hs|"
    r"giải|giáo viên|gv|em|trẻ|lớp|trường|người|cbgv|cb, ?gv|cbgvnv|giải thưởng|số))*"
)
_RATE_COL = re.compile(r"%|tỷ lệ|tỉ lệ|(?<!\w)tl(?!\w)")
_EMPTY = re.compile(r"[-–—./\s]*")
_NUMERAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
#: A count with its percentage in one cell: ``634 (78,7%)``, ``634 - 78,7%``.
_WITH_RATE = re.compile(rf"(?P<count>{_NUMERAL.pattern}) ?[(\n=–/-] ?(?P<rate>\d{{1,3}}(?:[.,]\d{{1,2}})?) ?% ?\)?")
_MIN_HEADS = 3


@dataclass(frozen=True)
class Column:
    """A column of numbers: its heading, whether it holds percentages, its category by dimension."""

    index: int
    heading: str
    rate: bool
    total: bool
    labels: dict[str, str]


class Grid:
    """A table by row and column, spans filled in."""

    def __init__(self, reading: Reading, blocks: list[Block]) -> None:
        self.reading = reading
        self.blocks = blocks
        self.cells: dict[tuple[int, int], Block] = {}
        self._values: dict[tuple[int, int], int | float | None] = {}
        for block in blocks:
            cell = block.cell
            assert cell is not None
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    self.cells[row, col] = block
        self.rows = 1 + max((row for row, _ in self.cells), default=-1)
        self.cols = 1 + max((col for _, col in self.cells), default=-1)
        self.first = self._first_row()

    def _first_row(self) -> int:
        """The first row below the headings."""
        for row in range(self.rows):
            blocks = [self.cells[row, col] for col in range(self.cols) if (row, col) in self.cells]
            if any(block.cell is not None and block.cell.header for block in blocks):
                continue
            if any(self.value(row, col) is not None for col in range(1, self.cols)) and not self._counts_columns(row):
                return row
        return self.rows

    def _counts_columns(self, row: int) -> bool:
        """Whether a row numbers the columns: 1, 2, 3 …"""
        values = [self.value(row, col) for col in range(self.cols)]
        return (
            self.cols > 2 and values == list(range(values[0] or 0, (values[0] or 0) + self.cols))
            if isinstance(values[0], int)
            else False
        )

    def distinct_columns(self) -> list[int]:
        """The columns in order, without those whose every cell is merged with the one before it."""
        found = [0][: self.cols]
        for col in range(1, self.cols):
            if any(self.cells.get((row, col)) is not self.cells.get((row, col - 1)) for row in range(self.rows)):
                found.append(col)
        return found

    def text(self, row: int, col: int) -> str:
        """The text of a cell in lower case."""
        block = self.cells.get((row, col))
        return "" if block is None else self.reading.lower[block.start : block.end].strip()

    def value(self, row: int, col: int) -> int | float | None:
        """The number of a cell, or None where it holds none."""
        if (row, col) not in self._values:
            text = self.text(row, col)
            both = _WITH_RATE.fullmatch(text)
            text = both["count"] if both is not None else text.removesuffix("%").strip()
            self._values[row, col] = parse_numeral(text) if _NUMERAL.fullmatch(text) else None
        return self._values[row, col]

    def signed(self, row: int, col: int) -> bool:
        """Whether a cell holds a percentage with its sign and nothing else."""
        return self.text(row, col).endswith("%") and self.value(row, col) is not None

    def rate(self, row: int, col: int) -> Quantity | None:
        """The percentage that a cell holds behind its count, or None: ``634 (78,7%)``."""
        block = self.cells.get((row, col))
        both = _WITH_RATE.fullmatch(self.text(row, col)) if block is not None else None
        if block is None or both is None:
            return None
        at = self.reading.lower.index(both["rate"], block.start + both.end("count"), block.end)
        return Quantity(
            value=parse_numeral(both["rate"]),
            printed=self.reading.document.value(at, at + len(both["rate"])),
            unit="%",
            label=self.label(row),
            evidence=self.reading.evidence(block.start, block.end),
        )

    def is_blank(self, row: int, col: int) -> bool:
        """Whether a cell is empty or holds a dash."""
        return _EMPTY.fullmatch(self.text(row, col)) is not None

    def label(self, row: int) -> str:
        """The row's heading: its first cell that holds words."""
        for col in range(min(self.cols, _MIN_HEADS)):
            if re.search(r"[^\W\d_]{2}", self.text(row, col)):
                return self.text(row, col)
        return ""

    def quantity(self, row: int, col: int, label: str) -> Quantity:
        """The number of a cell that holds one, with what it counts."""
        block = self.cells[row, col]
        value = self.value(row, col)
        assert value is not None
        both = _WITH_RATE.match(self.reading.lower, block.start, block.end)
        return Quantity(
            value=value,
            printed=self.reading.document.value(block.start, both.end("count") if both is not None else block.end),
            label=label,
            evidence=self.reading.evidence(block.start, block.end),
        )


def find_grids(reading: Reading) -> Iterator[Grid]:
    """The tables of a document, in its order."""
    tables: dict[int, list[Block]] = {}
    for block in reading.document.blocks:
        if block.table is not None and block.cell is not None:
            tables.setdefault(block.table, []).append(block)
    for _, blocks in sorted(tables.items()):
        yield Grid(reading, blocks)


def read_column(grid: Grid, col: int) -> Column:
    """A column by its headings."""
    texts: list[str] = []
    labels: dict[str, str] = {}
    for row in range(grid.first):
        block = grid.cells.get((row, col))
        if block is None or (texts and texts[-1] == grid.text(row, col)):
            continue
        texts.append(grid.text(row, col))
        note = grid.reading.text.find("(", block.start + 1, block.end)
        end = note if note > 0 else block.end  # of ``Giỏi (Tốt)`` the name before the parenthesis
        for group in dimensions():
            terms = grid.reading.terms(group, block.start, end)
            if terms:
                labels[group] = terms[0].id
    heading = " / ".join(filter(None, texts))
    leaf = texts[-1] if texts else ""
    return Column(
        col,
        heading,
        bool(_RATE_COL.search(leaf)) or _holds_rates(grid, col),
        _TOTAL_COL.fullmatch(leaf) is not None,
        labels,
    )


def _holds_rates(grid: Grid, col: int) -> bool:
    """Whether each number of a column has its sign of percentages, whatever its heading says."""
    told = [grid.text(row, col) for row in range(grid.first, grid.rows) if grid.value(row, col) is not None]
    return bool(told) and all(text.endswith("%") for text in told)
