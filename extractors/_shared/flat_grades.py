"""Tables of results with a row a line below a line of grades: ``Khối TS Tốt % Khá %`` / ``6 112 80 71,4 29 25,9``.

Their headings are a closed set (what a row is, how many there are, the grades, ``SL``, ``%``), so that their number is
known; a row has a label and as many figures as there are headings behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.flat_headings import Line
from schemas.text import Cell, Table

_HEADING = re.compile(
    r"(?P<counter>TT|STT|Stt)|"
    r"(?P<label>Khối lớp|Khối|Lớp|Đơn vị|Tên trường|Trường|Năm học|Môn học|Môn)|"
    r"(?P<whole>Tổng số (?:học sinh|HS)|Tổng số|Tổng cộng|Số (?:học sinh|HS|bài)|TS ?HS|TS|"
    r"Sĩ số|SS|Nữ|Dân tộc|DTTS|DT)|"
    r"(?P<grade>Xuất sắc|Giỏi|Khá|Trung bình|T\.? ?[Bb]ình|TB|Yếu|Kém|Tốt|Chưa đạt|Đạt|CĐ|Hoàn thành (?:xuất sắc|tốt)|"
    r"Chưa hoàn thành|Hoàn thành|HTXS|HTT|CHT|HT|Lên lớp|Thi lại|Lưu ban|Bỏ học)|"
    r"(?P<count>SL|Số lượng|T\.số)|(?P<share>(?:TL|Tỷ lệ|Tỉ lệ)(?: ?\(?%\)?)?|%)"
)
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?%?|[-/]")
_LEADING_COUNTER = re.compile(r"\d{1,2}[.)]? (?=\S* ?[^\W\d])")
_LONGEST, _LONGEST_LABEL, _LEAST_ROWS, _LEAST_GRADES, _WHOLE = 120, 6, 2, 2, 100


def graded_rows(lines: Sequence[Line], first: int) -> tuple[Table, int] | None:
    """The table that a line of grades heads, and the index of the line behind it; None where no rows follow."""
    heads = _headings(lines[first].text)
    if heads is None:
        return None
    counted = heads[0][0] == "counter"
    columns = heads[1:] if counted else heads
    cells = [_cell(0, col, lines[first], span, header=True) for col, (_, span) in enumerate(columns)]
    at, rows = first + 1, 0
    while at < len(lines) and (spans := _row(lines[at].text, [kind for kind, _ in columns[1:]], counted=counted)):
        rows += 1
        cells += [_cell(rows, col, lines[at], span) for col, span in enumerate(spans)]
        at += 1
    if rows < _LEAST_ROWS:
        return None
    return Table(start=cells[0].start, end=cells[-1].end, cells=tuple(cells)), at


def _headings(text: str) -> list[tuple[str, tuple[int, int]]] | None:
    """The kinds and ranges of the headings of a line; None where it holds anything else or no label and grades."""
    found: list[tuple[str, tuple[int, int]]] = []
    at = 0
    while at < len(text):
        match = _HEADING.match(text, at)
        if match is None or (match.end() < len(text) and text[match.end()] != " ") or len(text) > _LONGEST:
            return None
        found.append((match.lastgroup or "", match.span()))
        at = match.end() + 1
    kinds = [kind for kind, _ in found]
    opens = kinds[:1] == ["label"] or kinds[:2] == ["counter", "label"]
    plain = kinds.count("label") == 1 and "counter" not in kinds[1:]
    return found if opens and plain and kinds.count("grade") >= _LEAST_GRADES else None


def _row(text: str, kinds: Sequence[str], *, counted: bool) -> list[tuple[int, int]]:
    """The ranges of a row's label and figures; [] for a line that is no such row."""
    if len(text) > _LONGEST:
        return []
    words = [match.span() for match in re.finditer(r"\S+", text)]
    figures = words[-len(kinds) :]
    label = words[: -len(kinds)]
    if counted and len(label) > 1 and _LEADING_COUNTER.match(text):
        label = label[1:]
    if not 0 < len(label) <= _LONGEST_LABEL or len(figures) < len(kinds):
        return []
    for (start, end), kind in zip(figures, kinds, strict=True):
        if _FIGURE.fullmatch(text, start, end) is None:
            return []
        if kind == "share" and text[start].isdigit() and _value(text[start:end]) > _WHOLE:
            return []
    return [(label[0][0], label[-1][1]), *figures]


def _value(figure: str) -> float:
    return float(figure.rstrip("%").replace(",", "."))


def _cell(row: int, col: int, line: Line, span: tuple[int, int], *, header: bool = False) -> Cell:
    part = line.part(*span)
    return Cell(row=row, col=col, start=part.start, end=part.end, header=header)
