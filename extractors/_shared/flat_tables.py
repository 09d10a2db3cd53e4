"""Tables that a page has flattened to lines: the headings a line each, then the cells a line each, row by row.

Text copied from a page keeps the order of a table's cells and nothing else. A run of headings that begins with
``TT`` (or is made of nothing but known headings), followed by rows that are numbered 1, 2, 3 (or as long as each
other), is read as the table it was; what its columns hold says to which of them a line belongs where cells are
empty or wrapped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors._shared.flat_cells import EMPTYISH, Placed, is_figure, is_wrapped, place
from extractors._shared.flat_ends import CLOSING, ENDS, TOTAL, closes_row
from extractors._shared.flat_grades import graded_rows
from extractors._shared.flat_headings import (
    Heading,
    Line,
    arrange,
    gather,
    is_counter,
    is_group,
    is_ordinal,
    is_rank,
    kind_of,
    opens_row_of_headings,
    parted,
    spread,
)
from extractors._shared.flat_lines import heads_rows, rows_in_lines
from extractors._shared.flat_rows import split_figures
from extractors._shared.flat_text import INVISIBLE, stretches
from extractors._shared.view import CAPITAL
from schemas.text import Cell, Table, TextLayer

_WITHOUT = dict.fromkeys(map(ord, INVISIBLE))
#: Nearly every text has no line that only a table could have: ``TT …``, ``Họ và tên``, or nothing but a figure.
_GUARD = re.compile(
    r"^[ *]*(?:(?:S ?TT|Stt|TT|S[ốỐ] (?:TT|th[ứ] tự))(?:[ .*]*$| (?=\w)|(?=N(?:ội|ỘI) dung|Họ |Chỉ |Tên ))|"
    r"(?:(?:Họ|HỌ),? (?:và |VÀ )?(?:tên|TÊN)|\d[\d.,%]*)[ .*]*$|"
    r"(?:N(?:ăm|ĂM)(?: (?:học|HỌC))?|(?:N(?:hiệm|HIỆM)|T(?:hời|HỜI)) (?:kỳ|KỲ)|G(?:iai|IAI) (?:đoạn|ĐOẠN))[ .*]*$|"
    r"(?:Tên |Họ |HỌ |Đơn vị|Trường|Môn|Lớp|Khối|Năm|Nhiệm|Giai|Thời|ĐƠN VỊ|TRƯỜNG|MÔN|LỚP|NĂM|NHIỆM|GIAI|THỜI)"
    r"[^\d:;\n]{10,150}[^\d.:;\n]\n[^\n]*\d)",
    re.M,
)
_NUMBER = re.compile(r"(\d{1,3})[.)/]?")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)] ?[^\W\d]")  # a heading of the text: ``5. Học sinh``
_SECTION = re.compile(r"[IVX]{1,5}[.)]?|[A-Z][.)]?")
#: A number and the first cell of its row on one line: ``1 Lê Văn Tám``.
_WITH_CELL = re.compile(r"(?:(?P<number>\d{1,3})|[IVX]{1,4})[.)]? (?=[^\W\d_])(?![^\W\d_]{1,5} ?/)")  # ``1 bộ/nhóm``
_SKIPPED = re.compile(rf"\d{{1,2}}[.)]? [{CAPITAL}]")
_LONGEST_CELL, _LEAST_FIGURES, _LEAST_ROWS, _LEAST_KNOWN = 160, 2, 2, 2
_MOST_HEADINGS, _MOST_CELLS, _SHORT, _PAIR = 40, 60, 40, 2
#: Kinds of cells by whose look rows are told without numbers, if not all of them are figures.
_TELLING = frozenset({"name", "date", "phone", "figure"})
#: Rows by which it is told how headings stand over columns.
_SAMPLE = 5


@dataclass(frozen=True)
class _Row:
    """One row: the line that numbers it (None for a total) and the lines of its cells."""

    anchor: Line | None
    cells: tuple[Line, ...]


def with_flat_tables(layer: TextLayer) -> TextLayer:
    """The layer with the tables that were flattened to lines; the same one where there are none."""
    text = layer.text
    if any(sign in text for sign in INVISIBLE):
        text = text.translate(_WITHOUT)
    if _GUARD.search(text) is None:
        return layer
    found = find_flat_tables(layer)
    if not found:
        return layer
    return layer.model_copy(update={"tables": tuple(sorted((*layer.tables, *found), key=lambda table: table.start))})


def find_flat_tables(layer: TextLayer) -> list[Table]:
    """The tables that stand in a layer's lines, outside of those that its reader has found."""
    tables: list[Table] = []
    for lines in stretches(layer):
        index = 0
        while index < len(lines):
            text = lines[index].text
            found = graded_rows(lines, index)
            if found is None and opens_row_of_headings(text):
                found = _below_line(lines, index) or rows_in_lines(lines, index)
            elif found is None and len(text) <= _SHORT and text[0].isalpha():
                if is_counter(text) or is_rank(text):
                    found = _numbered(lines, index)
                if found is None and kind_of(text)[0] != "any":
                    found = _labelled(lines, index) or _even(lines, index)
            if found is None and heads_rows(text):
                found = rows_in_lines(lines, index)
            if found is not None:
                tables.append(found[0])
            index = found[1] if found else index + 1
    return tables


def _numbered(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table whose headings begin with ``TT`` at a line, and the index of the line behind it."""
    start = next(
        (at for at in range(first + 1, min(first + _MOST_HEADINGS, len(lines))) if _opens_rows(lines, at)), None
    )
    heads = gather(lines, first, start) if start is not None else None
    if start is None or heads is None or not _are_headings(heads):
        return None
    rows, end = _rows(lines, start, len(heads) - 1)
    table = _best(heads, rows, counted=1)
    return (table, end) if table is not None else None


def _below_line(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table whose headings stand side by side in a line or two that begin with ``TT``, its rows numbered."""
    start = next((at for at in range(first + 1, min(first + 4, len(lines))) if _opens_rows(lines, at)), None)
    heads = spread(lines, first, start) if start is not None else None
    if start is None or heads is None:
        return None
    rows, end = _rows(lines, start, len(heads) - 1)
    split = [_Row(row.anchor, split_figures(row.cells)) for row in rows]
    heads = parted(heads, max(len(row.cells) for row in split) + 1)
    table = _best(heads, split, counted=1)
    return (table, end) if table is not None else None


def _best(heads: Sequence[Line], rows: Sequence[_Row], *, counted: int) -> Table | None:
    """The table of rows under headings as they fit best; ``counted`` is 1 where a column numbers the rows."""
    counts = Counter(len(row.cells) + counted for row in rows)
    if not counted and max(counts) == len(heads) + 1:
        heads = [Line(heads[0].start, heads[0].start, ""), *heads]  # nothing stands in the corner
    widths = dict.fromkeys([*(width for width, _ in counts.most_common(2)), max(counts), max(counts) + 1])
    sample = sorted(rows, key=lambda row: -len(row.cells))[:_SAMPLE]

    def fit(way: tuple[float, list[Heading]]) -> float:
        columns = _leaves(way[1])[counted:]
        return way[0] + sum(place(row.cells, columns).score for row in sample)

    _, way = max(arrange(heads, widths), key=fit)
    return _table(way, rows, counted=counted)


def _are_headings(heads: Sequence[Line]) -> bool:
    """Whether the lines behind ``TT`` are headings: two known ones, or one that stands alone."""
    known = sum(kind_of(head.text)[0] != "any" for head in heads[1:])
    return known >= min(_LEAST_KNOWN, len(heads) - 1) and known * 4 >= len(heads) - 1 > 0


def _opens_rows(lines: Sequence[Line], at: int) -> bool:
    """Whether the first row begins at a line: its number, or the number of a section, and words behind."""
    text = lines[at].text
    if _WITH_CELL.match(text):
        return True
    number = _NUMBER.fullmatch(text)
    if number is None and text.strip(".)") not in ("I", "A"):
        return False
    return at + 1 < len(lines) and not is_figure(lines[at + 1].text)


def _leaves(way: Sequence[Heading]) -> list[Heading]:
    """The lowest heading of each column, from left to right."""
    return sorted((head for head in way if head.kind != "group"), key=lambda head: head.col)


def _rows(lines: Sequence[Line], first: int, width: int) -> tuple[list[_Row], int]:
    """The numbered rows from a line on, and the index of the line behind the last."""
    anchors, number, letter = [first], _number_at(lines, first), "a"  # below ``1`` may stand ``a``, ``b``
    at = first + 1
    while at < len(lines) and at - anchors[-1] <= _MOST_CELLS and len(lines[at].text) <= _LONGEST_CELL:
        if lines[at].text.strip(".)") == letter and _is_words(lines, at + 1):
            anchors.append(at)
            letter = chr(ord(letter) + 1)
        elif _is_next(lines, at, number) and not closes_row(lines, at, anchors):
            number = _number_at(lines, at) or 0
            anchors.append(at)
            letter = "a"
        at += 1
    rows = [_row(lines, a, b) for a, b in pairwise(anchors)]
    longest = max((_unwrapped(row.cells) for row in rows), default=width)
    rows.append(_last(lines, anchors[-1], longest))
    end = anchors[-1] + 1 + len(rows[-1].cells) - bool(_WITH_CELL.match(lines[anchors[-1]].text))
    if end < len(lines) and TOTAL.fullmatch(lines[end].text):
        stop = end + 1
        while stop < min(len(lines), end + 1 + longest) and is_figure(lines[stop].text):
            stop += 1
        if stop > end + 1:
            rows.append(_Row(None, tuple(lines[end:stop])))
            end = stop
    return rows, end


def _number_at(lines: Sequence[Line], at: int) -> int | None:
    """The number that opens a row at a line; 0 for the number of a section, None where none stands there."""
    text = lines[at].text
    if with_cell := _WITH_CELL.match(text):
        return int(with_cell["number"] or 0)
    if number := _NUMBER.fullmatch(text):
        return int(number[1])
    return 0 if _SECTION.fullmatch(text) else None


def _is_next(lines: Sequence[Line], at: int, before: int | None) -> bool:
    """Whether a row begins at a line: it counts on, or anew behind the number of a section."""
    if (number := _number_at(lines, at)) is None:
        return False
    if number == 0:
        section = lines[at].text.split(" ")[0].strip(".)")
        return section in _SECTIONS and (" " in lines[at].text or _is_words(lines, at + 1))
    skips = before and number == before + 2 and _SKIPPED.match(lines[at].text)  # by mistake: ``3``, ``5``
    if not skips and (number not in ((before or 0) + 1, 1) or (number == 1 and before)):
        return False
    return _WITH_CELL.match(lines[at].text) is not None or _is_words(lines, at + 1)


_LETTERS = frozenset("ABCDE")
_SECTIONS = _LETTERS | {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}


def _is_words(lines: Sequence[Line], at: int) -> bool:
    """Whether a line holds words: no figure, and not the number of a section or letter of a row (``IV``, ``a``)."""
    mark = lines[at].text.strip(".)") if at < len(lines) else "I"
    return not (mark in _SECTIONS - _LETTERS or (len(mark) == 1 and mark.islower()) or is_figure(lines[at].text))


def _row(lines: Sequence[Line], first: int, last: int) -> _Row:
    """The row whose number stands at a line, up to another line."""
    line = lines[first]
    if not (opening := _WITH_CELL.match(line.text)):
        return _Row(line, tuple(lines[first + 1 : last]))
    number = line.part(0, len(opening[0].rstrip()))
    rest = line.part(opening.end(), len(line.text))
    return _Row(number, (rest, *lines[first + 1 : last]))


def _unwrapped(cells: Sequence[Line]) -> int:
    """How many lines of a row do not go on the one before."""
    return sum(not is_wrapped(line.text) for line in cells)


def _last(lines: Sequence[Line], first: int, longest: int) -> _Row:
    """The last row: as many lines as the longest other row has, up to one that is none of a table's cells."""
    stop = first + 1
    left = longest - bool(_WITH_CELL.match(lines[first].text))
    while stop < len(lines) and not ENDS.match(lines[stop].text) and not TOTAL.fullmatch(lines[stop].text):
        left -= not is_wrapped(lines[stop].text)
        if left < 0:
            break
        stop += 1
    return _row(lines, first, stop)


def _even(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table of known headings without ``TT``, whose rows have a cell for each, and the index behind it."""
    width, of_years = 0, kind_of(lines[first].text)[0] == "year"
    while first + width < len(lines) and _heads(lines[first + width].text):
        if of_years and lines[first + width].text[0].isdigit():
            break  # the first row
        width += 1
    columns = [
        Heading(line.start, line.end, *kind_of(line.text), col=col)
        for col, line in enumerate(lines[first : first + width])
    ]
    telling = {head.kind for head in columns} & _TELLING
    if width < _LEAST_KNOWN or not telling or telling == {"figure"}:
        return None
    rows, at = list[_Row](), first + width
    while at + width <= len(lines) and _fills(lines[at : at + width], columns):
        rows.append(_Row(None, tuple(lines[at : at + width])))
        at += width
    table = _table(columns, rows, counted=0)
    return (table, at) if table is not None else None


def _heads(text: str) -> bool:
    return len(text) <= _SHORT and kind_of(text)[0] != "any"


def _fills(cells: Sequence[Line], columns: Sequence[Heading]) -> bool:
    """Whether lines are a cell for each column."""
    if any(len(line.text) > _LONGEST_CELL for line in cells):
        return False
    found = place(cells, columns)
    return len(found.cells) == len(columns) and found.score >= len(columns)


def _labelled(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table of headings without ``TT`` whose rows are a label and two figures or more, and the index behind it."""
    start = first
    while start < len(lines) and start - first <= _MOST_HEADINGS and _figures_behind(lines, start) < _LEAST_FIGURES:
        start += 1
    if is_ordinal(lines[first].text) and (behind := _by_ordinal(lines, first)) is not None:
        return behind
    heads = gather(lines, first, start)
    if any(line.text[0] == "=" for line in lines[start + 1 : start + _MOST_HEADINGS]):
        return None  # quotients with what they come to: "45/18", "= 2.5"
    if not heads or not _are_headings(heads) or any(is_counter(h.text) or _NUMBERED.match(h.text) for h in heads):
        return None
    rows, at = list[_Row](), start
    while at < len(lines) and not ENDS.match(lines[at].text):
        count = _figures_behind(lines, at)
        if not (count or (rows and _parts_rows(lines, at, len(rows[0].cells) - 1))):
            break
        rows.append(_Row(None, tuple(lines[at : at + count + 1])))
        at += count + 1
    table = _best(heads, rows, counted=0) if len(rows) >= _LEAST_ROWS else None
    return (table, at) if table is not None else None


def _parts_rows(lines: Sequence[Line], at: int, width: int) -> bool:
    """Whether a line says by what the rows below it part those above: ``Phân theo giới tính``."""
    return is_group(lines[at].text) and at + 1 < len(lines) and _figures_behind(lines, at + 1) == width


def _is_part_head(row: _Row) -> bool:
    """Whether a row only says by what those below it part the ones above, or nothing at all."""
    return not row.cells or (len(row.cells) == 1 and is_group(row.cells[0].text))


def _by_ordinal(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table of figures alone, whose rows count on in their first column: ``6`` / ``142`` / ``7`` / ``138``."""
    start = first + 1
    while start < len(lines) and start - first <= _MOST_HEADINGS and not is_figure(lines[start].text):
        start += 1
    heads = gather(lines, first, start)
    if heads is None or start == len(lines) or not lines[start].text.isdigit() or not _are_headings(heads):
        return None
    stop = start
    while stop < len(lines) and is_figure(lines[stop].text):
        stop += 1
    number = int(lines[start].text)
    anchors = [start]
    for at in range(start + _LEAST_FIGURES + 1, stop):
        even = len(anchors) == 1 or at - anchors[-1] == anchors[1] - start
        if even and at - anchors[-1] <= len(heads) and lines[at].text == str(number + len(anchors)):
            anchors.append(at)
    if len(anchors) < _LEAST_ROWS:
        return None
    width = anchors[1] - start
    end = min(anchors[-1] + width, stop)
    rows = [_Row(None, tuple(lines[a:b])) for a, b in pairwise([*anchors, end])]
    while end < len(lines) and CLOSING.fullmatch(lines[end].text) and _figures_behind(lines, end) >= width - 1:
        rows.append(_Row(None, tuple(lines[end : end + width])))
        end += width
    table = _best(heads, rows, counted=0)
    return (table, end) if table is not None else None


def _figures_behind(lines: Sequence[Line], label: int) -> int:
    """How many lines of figures stand behind a line that may label them; 0 for a line that may not."""
    if is_figure(lines[label].text) or len(lines[label].text) > _LONGEST_CELL:
        return 0
    end = label + 1
    while end < len(lines) and is_figure(lines[end].text):
        end += 1
    return end - label - 1


def _table(way: Sequence[Heading], rows: Sequence[_Row], *, counted: int) -> Table | None:
    """The table of headings and rows; None where most rows do not fit the headings."""
    columns = _leaves(way)[counted:]
    placed = [
        Placed(0.0, {0: (row.cells[0].start, row.cells[0].end)})
        if row.cells and _is_part_head(row)
        else place(row.cells, columns)
        for row in rows
    ]
    # A row that holds its label alone tells nothing: ``2`` / ``Diện tích phòng ngủ (m2)``.
    bare = [len(row.cells) < _PAIR and (row.anchor is not None or _is_part_head(row)) for row in rows]
    filled = [found for found, alone in zip(placed, bare, strict=True) if not alone]
    good = sum(found.fits for found in filled)
    if good < _LEAST_ROWS or good * 4 < len(filled) * 3:
        return None
    used = {col for found in placed for col in found.cells}
    if sum(col not in used and head.kind not in EMPTYISH for col, head in enumerate(columns)) > 1:
        return None  # these are headings of another table, or of rows that cannot be told apart
    head_rows = max(head.row + head.rows for head in way)
    cells = [
        Cell(row=h.row, col=h.col, row_span=h.rows, col_span=h.span, start=h.start, end=h.end, header=True)
        for h in sorted(way, key=lambda head: (head.row, head.col))
    ]
    for number, (row, found) in enumerate(zip(rows, placed, strict=True), head_rows):
        if row.anchor is not None:
            cells.append(Cell(row=number, col=0, start=row.anchor.start, end=row.anchor.end))
        for col, (start, end) in sorted(found.cells.items()):
            cells.append(Cell(row=number, col=col + counted, start=start, end=end))
    return Table(start=min(c.start for c in cells), end=max(c.end for c in cells), cells=tuple(cells))
