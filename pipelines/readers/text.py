"""Plain text and Markdown: the text stays as it is, with its tables marked; Markdown adds headings."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.readers.encoding import decode
from pipelines.readers.text_tables import TAB, find_text_tables
from schemas import Block, Cell, Table, TextLayer, canonical_text

_HEADING = re.compile(r" {0,3}(#{1,6})[ ]+(.*?)[ ]*#*[ ]*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DELIMITER = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
#: ``**84**``: the marks around a whole cell are none of its text.
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|\*|__|_|`)(?P<text>[^*`]+?)(?P=mark)")
_PIPE = re.compile(r"(?<!\\)\|")


def read_text(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a plain text file: exactly its canonical text, with the tables that its lines make.

    Raises: UnreadableError.
    """
    marked = canonical_text(decode(data).replace("\t", TAB))
    tables = find_text_tables(marked)
    return TextLayer(id=sha256, file=file, media_type="text/plain", text=marked.replace(TAB, " "), tables=tables)


def read_markdown(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a Markdown file: its source as printed, with headings and pipe tables marked.

    Raises: UnreadableError.
    """
    text = canonical_text(decode(data))
    blocks, tables = _find_structure(text)
    return TextLayer(id=sha256, file=file, media_type="text/markdown", text=text, tables=tables, blocks=blocks)


def _find_structure(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Headings (without their ``#``) and tables, in order; what stands in a code fence is neither."""
    lines = _lines(text)
    blocks: list[Block] = []
    tables: list[Table] = []
    fenced = False
    index = 0
    while index < len(lines):
        start, line = lines[index]
        index += 1
        if _FENCE.match(line):
            fenced = not fenced
        if fenced:
            continue
        if (heading := _HEADING.match(line)) and heading[2]:
            blocks.append(
                Block(start=start + heading.start(2), end=start + heading.end(2), kind="heading", level=len(heading[1]))
            )
        elif _starts_table(line, lines[index][1] if index < len(lines) else ""):
            last = index + 1
            while last < len(lines) and "|" in lines[last][1] and lines[last][1].strip():
                last += 1
            tables.append(_table([lines[index - 1], *lines[index + 1 : last]]))
            index = last
    return tuple(blocks), tuple(tables)


def _lines(text: str) -> list[tuple[int, str]]:
    """Each line with the offset at which it starts."""
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _starts_table(line: str, below: str) -> bool:
    """Whether a line is a heading row: the row of dashes below has as many columns."""
    if "|" not in line or "-" not in below or not _DELIMITER.match(below):
        return False
    return len(_split_row(0, line)) == len(_split_row(0, below))


def _table(rows: list[tuple[int, str]]) -> Table:
    """The table of the rows; short rows are left short, and what is beyond the heading row is kept."""
    cells: list[Cell] = []
    for row, (start, line) in enumerate(rows):
        for col, (cell_start, cell_end) in enumerate(_split_row(start, line)):
            cells.append(Cell(row=row, col=col, start=cell_start, end=cell_end, header=row == 0))
    start, (last, line) = rows[0][0], rows[-1]
    return Table(start=start, end=last + len(line), cells=tuple(cells))


def _split_row(start: int, line: str) -> list[tuple[int, int]]:
    """Ranges of the cells' texts without the blanks around them; an empty cell is an empty range."""
    bounds = [-1, *(match.start() for match in _PIPE.finditer(line)), len(line)]
    ranges: list[tuple[int, int]] = []
    for left, right in pairwise(bounds):
        raw = line[left + 1 : right]
        at = left + 1 + len(raw) - len(raw.lstrip())
        last = max(at, left + 1 + len(raw.rstrip()))
        if (emphasis := _EMPHASIS.fullmatch(line, at, last)) is not None:
            at, last = emphasis.span("text")
        ranges.append((start + at, start + last))
    if line.lstrip().startswith("|"):
        ranges = ranges[1:]
    if line.rstrip().endswith("|") and not line.rstrip().endswith("\\|"):
        ranges = ranges[:-1]
    return ranges
