"""Tables of which every row stands in a line of its own, its cells parted by single blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.flat_cells import EMPTYISH, Placed, is_figure
from extractors._shared.flat_headings import Heading, Line, arrange, kind_of, opens_row_of_headings, parted, spread
from extractors._shared.flat_rows import place_words
from schemas.text import Cell, Table

_ROW = re.compile(r"(?P<number>\d{1,3})[.)]? (?=\S)")
#: A line between the rows that says of which subject, grade or group those below it are.
_SECTION = re.compile(
    r"(?:[IVX]{1,4}[.)] ?|[A-Z][.)] ?)?(?:bộ môn|môn|khối|lớp|nội dung|bảng|nhóm|cấp)(?!\w).{1,40}", re.I
)
_LEAST_ROWS, _MOST_COLUMNS, _LONGEST = 2, 14, 160
#: What a row's cells are worth at least, each.
_GOOD = 0.8
#: Kinds of cells that tell rows from prose where no number opens them.
_TELLING = frozenset({"figure", "grade", "share", "result", "free"})
#: What the years that open a row are followed by in lists of those who held a post.
_HELD = frozenset({"name"})


def rows_in_lines(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table whose headings stand side by side in a line, and the index of the line behind it.

    Its rows are numbered below ``TT``, else they are a label and what the headings say of it:
    ``Tên trường Dự thi Nhất Nhì`` / ``THCS A 12 1 3``. None where less than two lines fit the headings.
    """
    counted = opens_row_of_headings(lines[first].text)
    start = _first_row(lines, first) if counted else first + 1
    if start is None or start >= len(lines):
        return None
    heads = spread(lines, first, start)
    if heads is None or len(heads) > _MOST_COLUMNS:
        return None
    for width in dict.fromkeys((len(heads), len(lines[start].text.split(" ")))):
        way = arrange(parted(heads, width), ())[0][1]
        if (table := _table(lines, start, way, counted=counted)) is not None:
            return table
    return None


def _first_row(lines: Sequence[Line], first: int) -> int | None:
    """The first line behind the headings that begins with the number 1; None for no such one."""
    for at in range(first + 1, min(first + 4, len(lines))):
        if (row := _ROW.match(lines[at].text)) is not None and int(row["number"]) == 1:
            return at
    return None


def _table(lines: Sequence[Line], start: int, way: Sequence[Heading], *, counted: bool) -> tuple[Table, int] | None:
    columns = way[counted:]
    cells = [
        Cell(row=0, col=head.col, row_span=1, col_span=1, start=head.start, end=head.end, header=True) for head in way
    ]
    at, number, rows = start, 0, 0
    while at < len(lines) and len(lines[at].text) <= _LONGEST:
        line = lines[at]
        opening = _ROW.match(line.text) if counted else None
        counts_on = opening is not None and int(opening["number"]) == number + 1
        found = place_words((line.part(opening.end() if opening else 0, len(line.text)),), columns)
        if (counts_on or not counted) and _fits(found, columns, counted=counted):
            if opening:
                mark = line.part(0, len(opening[0].rstrip()))
                cells.append(Cell(row=rows + 1, col=0, start=mark.start, end=mark.end))
            cells += [Cell(row=rows + 1, col=c + counted, start=a, end=b) for c, (a, b) in sorted(found.cells.items())]
            number += 1
        elif rows and counted and _begins_anew(lines, at):
            cells.append(Cell(row=rows + 1, col=1, start=line.start, end=line.end))
            number = 0
        else:
            break
        rows += 1
        at += 1
    if rows < _LEAST_ROWS:
        return None
    return Table(start=cells[0].start, end=max(c.end for c in cells), cells=tuple(cells)), at


def _fits(found: Placed, columns: Sequence[Heading], *, counted: bool) -> bool:
    """Whether a line is a row of these columns: what it holds looks like them and most of them are filled."""
    filled = len(found.cells)
    wanted = sum(head.kind not in EMPTYISH for head in columns)
    if filled < 2 or 0 not in found.cells or found.score < _GOOD * filled or filled * 3 < wanted * 2:
        return False
    telling = sum(columns[col].kind in _TELLING for col in found.cells) * 2 >= wanted
    return counted or telling or (columns[0].kind == "year" and {head.kind for head in columns[1:]} & _HELD != set())


def _begins_anew(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the heading of a section, below which the rows are numbered from 1 again."""
    if at + 1 >= len(lines) or not _SECTION.fullmatch(lines[at].text):
        return False
    row = _ROW.match(lines[at + 1].text)
    return row is not None and int(row["number"]) == 1


def heads_rows(text: str) -> bool:
    """Whether a line may head a table without ``TT``: it begins with a heading over names and holds no figures."""
    words = text.split(" ")
    if not 3 <= len(words) <= 40 or text[-1] in ".:;," or any(is_figure(word) for word in words):
        return False
    return any(kind_of(" ".join(words[:size]))[0] in ("school", "name", "text", "class", "year") for size in (1, 2, 3))
