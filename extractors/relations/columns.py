"""Total rows of tables that a page has flattened to lines: ``Cộng 14 526 257`` below ``Khối 6 4 152 74`` and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.numbers import parse_numeral
from extractors.relations.grids import Grid
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_CELL = rf"(?:{_NUMBER}(?: ?%)?|[-–])"
_TOTAL = re.compile(
    rf"\W*(?:tổng cộng|cộng|tổng số|tổng|tc|toàn (?:trường|huyện|xã|ngành|tỉnh|cụm|khối)):?"
    rf"(?P<row>(?: {_CELL}){{2,}})\s*"
)
#: A row is a name of a few words and its numbers; a number may belong to the name: ``Khối 6``.
_ROW = re.compile(
    rf"(?P<label>(?:\d{{1,2}}[.)]? )?[^\W\d_][^\d;:!?]{{0,60}}?(?: \d{{1,2}})??)(?P<row>(?: {_CELL})+)\s*"
)
_PART = re.compile(_CELL)
_COUNT = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_LONGEST = 160
_LEAST_ROWS = 3
#: A total misses what its column makes by no more than this share of it; further off other rows are meant.
_FAR = 0.3

#: A number of a row: None for one that is none of a count, with its place.
_Cell = tuple[int | None, tuple[int, int]]


def find_column_totals(reading: Reading) -> Iterator[Relation]:
    """The columns of such a table against its last row, where at least half of them add up to it exactly.

    The rows are lines of their own or, where these were read as a table, its rows.
    """
    blocks = reading.document.blocks
    for index, block in enumerate(blocks):
        if block.kind in ("cell", "junk") or block.end - block.body > _LONGEST or index < _LEAST_ROWS:
            continue
        match = _TOTAL.fullmatch(reading.lower, block.body, block.end)
        if match is None:
            continue
        totals = list(_cells(reading, *match.span("row")))
        before = blocks[index - 1]
        rows = _of_table(reading, before, len(totals)) if before.kind == "cell" else _lines(reading, blocks, index)
        if len(rows) >= _LEAST_ROWS and all(len(row) >= len(totals) for row in rows):
            yield from _sums(reading, totals, [row[-len(totals) :] for row in rows])


def _cells(reading: Reading, start: int, end: int) -> Iterator[_Cell]:
    for match in _PART.finditer(reading.lower, start, end):
        yield _value(match[0]), match.span()


def _value(printed: str) -> int | None:
    if printed.strip() in ("-", "–"):
        return 0
    return int(parse_numeral(printed)) if _COUNT.fullmatch(printed) else None


def _lines(reading: Reading, blocks: Sequence[Block], index: int) -> list[list[_Cell]]:
    """The rows right above a line, up to one that is none."""
    rows: list[list[_Cell]] = []
    for block in reversed(blocks[:index]):
        if block.kind in ("cell", "junk") or block.end - block.start > _LONGEST:
            break
        match = _ROW.fullmatch(reading.lower, block.start, block.end)
        if match is None:
            break
        rows.append(list(_cells(reading, *match.span("row"))))
    return rows


def _of_table(reading: Reading, last: Block, width: int) -> list[list[_Cell]]:
    """The rows of the table that ends right above a line, each from its last columns."""
    grid = Grid(reading, [b for b in reading.document.blocks if b.table == last.table and b.cell is not None])
    rows: list[list[_Cell]] = []
    for row in range(grid.first, grid.rows):
        cells = [grid.cells.get((row, col)) for col in range(max(1, grid.cols - width), grid.cols)]
        texts = [grid.text(row, col) for col in range(max(1, grid.cols - width), grid.cols)]
        if any(cell is None or (text and not _PART.fullmatch(text)) for cell, text in zip(cells, texts, strict=True)):
            return []
        rows.append(
            [(_value(text or "-"), (cell.start, cell.end)) for cell, text in zip(cells, texts, strict=True) if cell]
        )
    return rows


def _sums(reading: Reading, totals: Sequence[_Cell], rows: Sequence[Sequence[_Cell]]) -> Iterator[Relation]:
    counted = [
        at for at, (total, _) in enumerate(totals) if total is not None and all(row[at][0] is not None for row in rows)
    ]
    made = {at: sum(row[at][0] or 0 for row in rows) for at in counted}
    exact = [at for at in counted if made[at] == totals[at][0] != 0]
    if not exact or 2 * len(exact) < len(counted):
        return
    for at in counted:
        total = totals[at][0] or 0
        if abs(made[at] - total) <= _FAR * total:
            parts = tuple(_quantity(reading, row[at]) for row in reversed(rows))
            whole = _quantity(reading, totals[at])
            yield Relation(kind="sum", whole=whole, parts=parts, exhaustive=True, disjoint=True, cue="cộng")


def _quantity(reading: Reading, cell: _Cell) -> Quantity:
    value, place = cell
    return reading.quantity(value or 0, place, place)
