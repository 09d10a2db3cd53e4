"""The annotated source of a report, parsed: front matter, lines, two-column blocks and tables with their marks.

A source is YAML front matter between two lines ``---`` and then the report, line by line, with marks
``[[passage|annotation|annotation]]`` around every passage that yields records (the grammar of annotations is in
`annotate`). Whole lines of their own:

``@@ key=value; key=value``   defaults for the annotations that follow (an empty value resets)
``^^ text`` / ``%% text``     a centred or a bold line (a hint for the formats that have such things)
``<<cols`` … ``|||`` … ``>>`` two columns side by side: letterhead and motto, recipients and signature
``<<table`` … ``>>``          ``H:`` header rows (``<`` merges left, ``^`` merges up), one ``C:`` row with the meaning
                              of each column, then rows; ``T:`` marks a total row; cells are separated by ``¦``;
                              a ``@@`` line sets defaults for the rows below it
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .values import school_parts

_MARK = re.compile(r"\[\[(.+?)\|(.+?)\]\]")


@dataclass(frozen=True)
class Mark:
    """A passage of a line and the annotations upon it. ``cell`` is (table, row, column), counted from 0."""

    start: int
    end: int
    notes: tuple[str, ...]
    defaults: dict[str, str]
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Line:
    """One paragraph, as printed, with its marks. ``style`` is ``plain``, ``centre`` or ``bold``."""

    text: str
    marks: tuple[Mark, ...] = ()
    style: str = "plain"


@dataclass(frozen=True)
class Columns:
    """Two stacks of lines that stand side by side."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True)
class GridCell:
    """A table cell, once for all rows and columns it spans."""

    row: int
    col: int
    row_span: int
    col_span: int
    line: Line
    header: bool


@dataclass(frozen=True)
class Grid:
    """A table: its cells in reading order and its size."""

    cells: tuple[GridCell, ...]
    rows: int
    cols: int


Block = Line | Columns | Grid


@dataclass
class Source:
    """A parsed source: ``meta`` is the front matter, ``blocks`` the report from top to bottom."""

    name: str
    meta: dict[str, Any]
    blocks: list[Block] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """Every line of the report in reading order; a table cell is a line."""
        out: list[Line] = []
        for block in self.blocks:
            if isinstance(block, Line):
                out.append(block)
            elif isinstance(block, Columns):
                out.extend((*block.left, *block.right))
            else:
                out.extend(cell.line for cell in block.cells)
        return out


def parse_line(raw: str, defaults: dict[str, str], cell: tuple[int, int, int] | None = None) -> Line:
    """The line without its marks, which keep their place in the printed text."""
    style = "plain"
    if raw[:3] in ("^^ ", "%% "):
        style, raw = ("centre" if raw[0] == "^" else "bold"), raw[3:]
    text, marks, last = "", [], 0
    for match in _MARK.finditer(raw):
        text += raw[last : match.start()]
        notes = tuple(note.strip() for note in match[2].split("|"))
        marks.append(Mark(len(text), len(text) + len(match[1]), notes, dict(defaults), cell))
        text += match[1]
        last = match.end()
    return Line(text + raw[last:], tuple(marks), style)


def _set_defaults(raw: str, defaults: dict[str, str]) -> None:
    for part in raw.split(";"):
        key, _, value = part.partition("=")
        defaults[key.strip()] = value.strip()


def _parse_columns(rows: list[str], defaults: dict[str, str]) -> Columns:
    sides: tuple[list[Line], list[Line]] = ([], [])
    side = 0
    for row in rows:
        if row.strip() == "|||":
            side = 1
        else:
            sides[side].append(parse_line(row, defaults))
    return Columns(tuple(sides[0]), tuple(sides[1]))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("¦")]


def _header_spans(rows: list[list[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column span of every printed header cell."""
    spans = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            col_span = row_span = 1
            while c + col_span < len(row) and row[c + col_span] == "<":
                col_span += 1
            while r + row_span < len(rows) and rows[r + row_span][c] == "^":
                row_span += 1
            spans[r, c] = (row_span, col_span)
    return spans


def _parse_table(rows: list[str], defaults: dict[str, str], index: int) -> Grid:
    head = [_cells(row[2:]) for row in rows if row.startswith("H:")]
    meaning = next((_cells(row[2:]) for row in rows if row.startswith("C:")), [])
    body = [row for row in rows if not row.startswith(("H:", "C:")) and row.strip()]
    cells: list[GridCell] = []
    for (r, c), (row_span, col_span) in sorted(_header_spans(head).items()):
        cells.append(GridCell(r, c, row_span, col_span, parse_line(head[r][c], defaults), True))
    label_col = next((i for i, note in enumerate(meaning) if note.startswith(("k", "l"))), 1)
    r = len(head) - 1
    for row in body:
        if row.startswith("@@"):
            _set_defaults(row[2:], defaults)
            continue
        r += 1
        total = row.startswith("T:")
        texts = _cells(row[2:] if total else row)
        label = re.sub(r"\[\[(.+?)\|.+?\]\]", r"\1", texts[min(label_col, len(texts) - 1)])
        level = next((note[1:].strip() for note in meaning if note.startswith("k")), None)
        school = label if not level or school_parts(label)[0] else f"{level} {label}"
        for c, text in enumerate(texts):
            line = parse_line(text, defaults, (index, r, c))
            note = meaning[c] if c < len(meaning) else "-"
            silent = text in ("", "-") or note in ("", "-", "l") or (total and note.startswith("k"))
            if not silent and not line.marks:
                row_defaults = defaults if total else {**defaults, "row": label, "row_school": school}
                line = Line(text, (Mark(0, len(text), (note,), dict(row_defaults), (index, r, c)),))
            cells.append(GridCell(r, c, 1, 1, line, False))
    cols = max(cell.col + cell.col_span for cell in cells)
    return Grid(tuple(cells), r + 1, cols)


def parse_source(path: Path) -> Source:
    """The source of one report. Raises: ValueError where a block is not closed."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    source = Source(path.stem, yaml.safe_load(front))
    defaults: dict[str, str] = {}
    raw = body.rstrip("\n").split("\n")
    i = tables = 0
    while i < len(raw):
        row = raw[i]
        if row.startswith("@@"):
            _set_defaults(row[2:], defaults)
        elif row in ("<<cols", "<<table"):
            try:
                end = raw.index(">>", i)
            except ValueError as error:
                raise ValueError(f"{path}: block in line {i} is not closed by >>") from error
            inner = raw[i + 1 : end]
            if row == "<<cols":
                source.blocks.append(_parse_columns(inner, defaults))
            else:
                source.blocks.append(_parse_table(inner, defaults, tables))
                tables += 1
            i = end
        else:
            source.blocks.append(parse_line(row, defaults))
        i += 1
    return source
