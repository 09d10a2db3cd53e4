"""Tables of counts with their shares that lost their cells: ``SL % SL %`` in a line below the grades.

``Tốt Khá TB Yếu`` / ``SL % SL % SL % SL %`` / ``Lớp 6A 5 14,3 10 28,6 15 42,9 5 14,3``: below each
grade stand a count and what share that is, and in front of them perhaps the whole. A line may hold several rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number, parse_numeral
from extractors._shared.scan import Words, holds
from extractors._shared.view import CAPITAL
from extractors.statistics.counted import who_is_counted
from extractors.statistics.row_reading import Row, Rows
from extractors.statistics.table_labels import years_of

_PAIR = r"(?:SL|Sl|sl|TS|Số lượng|Số em|Số HS|Số trẻ) ?[/-]? ?(?:TL ?\(?%?\)?|tl ?%?|T[ỷỉ] lệ ?\(?%?\)?|\(?%\)?)"
_PAIRS = re.compile(rf"(?<!\w)(?:{_PAIR}(?: |$)){{2,}}", re.M)
_PAIR_WORDS = Words(("sl ", "ts ", "số lượng ", "số em ", "số hs ", "số trẻ "))
_ONE_PAIR = re.compile(_PAIR)
_NUMERAL = re.compile(r"(?P<n>\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?) ?(?P<percent>%)?|(?P<blank>-)")
_RUN = re.compile(r"(?<![\w,.(/-])(?:(?:\d[\d.,]*(?: ?%)?|-)(?: |$)){4,}", re.M)
#: Headings side by side begin with a capital each.
_HEAD = re.compile(rf"(?<!\S)[{CAPITAL}][^\s]*(?: (?![{CAPITAL}])[^\s]+)*")
_IN_LABEL = re.compile(r"\((?P<n>\d[\d.]*) (?P<unit>trẻ|cháu|em|học sinh|hs|người|giáo viên)\)")
_COUNTER = re.compile(r"^\d{1,2}[.)]? (?=\S)")
_CLASS = re.compile(r"\d{1,2}[A-Zaeđ]\d{0,2}")
_CAPTION_NUMBER = re.compile(r"^(?:phụ lục|biểu đồ|biểu|bảng)(?: số)? ?[\dIVX][\dIVX.]*[.:]? ?", re.I)
#: What a caption says besides what is measured: ``Kết quả xếp loại học lực các trường``.
_RESULTS = re.compile(r"^(?:(?:bảng|thống kê|tổng hợp|kết quả) )+(?=xếp loại|đánh giá|phân loại)", re.I)
_ABOUT_ALL = re.compile(r" (?:của |ở |tại )?(?:các|toàn) (?:trường|huyện|tỉnh|thành phố|xã|cấp)$", re.I)
_NOTE = frozenset({"Ghi chú", "GC"})
_LONGEST_HEAD, _LONGEST_LABEL, _LEAST_CAPTION, _LONGEST_CAPTION, _ABOVE = 5, 12, 4, 24, 4
_WHOLE_SHARE = 100


def find_pairs(document: Document) -> list[Rows]:
    """The tables of counts and shares of a text's lines, in order."""
    tables = (_table(document, block, pairs) for block, pairs in _heads(document))
    return [table for table in tables if table is not None]


def _heads(document: Document) -> Iterator[tuple[Block, re.Match[str]]]:
    """The lines that hold such headings."""
    for block in document.blocks:
        if block.kind == "cell" or not holds(_PAIR_WORDS, document.lower, block.start, block.end):
            continue
        if pairs := _PAIRS.search(document.text, block.start, block.end):
            yield block, pairs


def _table(document: Document, block: Block, pairs: re.Match[str]) -> Rows | None:
    """The table below a line of pairs; None where no row follows or its grades are not told above."""
    count = len(_ONE_PAIR.findall(pairs.group(0)))
    above = [b for b in document.blocks[max(0, block.index - _ABOVE) : block.index] if b.kind != "cell"]
    lead, heads = _grades(document, above, block.start, pairs.start(), count)
    if len(heads) < count:
        return None
    table = Rows(heads=[lead, *(head for head in heads for _ in range(2))])
    caption = _caption(document, above) or ("học lực" if "Giỏi" in heads else "")
    at, index = pairs.end(), block.index
    while index < len(document.blocks):
        line = document.blocks[index]
        rows = list(_rows(document, line, max(at, line.start), (2 * count, caption)))
        if not rows and index > block.index:
            break
        table.rows += rows
        index += 1
    return table if table.rows else None


def _grades(document: Document, above: list[Block], start: int, end: int, count: int) -> tuple[str, list[str]]:
    """The heading of the whole, and as many headings as there are pairs, in the line or the one above."""
    said = document.text[start:end].strip()
    if not said and above:
        said = document.text[above[-1].start : above[-1].end]
    heads = [head for head in _HEAD.findall(said) if head not in _NOTE]
    if len(heads) < count or any(len(head.split()) > _LONGEST_HEAD for head in heads[-count:]):
        return "", []
    return (heads[-count - 1] if len(heads) > count else ""), heads[-count:]


def _caption(document: Document, above: list[Block]) -> str:
    """What the nearest line above that is no mere heading says the table is about."""
    for block in reversed(above):
        said = _CAPTION_NUMBER.sub("", document.value(block.body, block.end)).strip(" :")
        if _LEAST_CAPTION <= len(said.split()) <= _LONGEST_CAPTION and said[-1] != "." and not _is_series(said):
            return _ABOUT_ALL.sub("", _RESULTS.sub("", said, count=1))
    return ""


def _is_series(said: str) -> bool:
    """Whether words are only headings side by side."""
    return len(_HEAD.findall(said)) * 2 > len(said.split())


def _rows(document: Document, line: Block, start: int, form: tuple[int, str]) -> Iterator[Row]:
    """The rows of a line from a position on; ``form`` is how many figures a row has and what the table is about."""
    width, caption = form
    at = start
    for run in _RUN.finditer(document.text, start, line.end):
        cells = _cells(document.text, *run.span(), width)
        label = _COUNTER.sub("", document.value(at, run.start())) if run.start() > at else ""
        if cells is None or not label or len(label.split()) > _LONGEST_LABEL:
            return
        if cells[0] is None and (told := _IN_LABEL.search(document.text, at, run.start())):
            cells = (Number(*told.span("n"), parse_numeral(told["n"])), *cells[1:])
        period = years_of(label)
        said = _named(document, line, "" if period else label, caption)
        yield Row(said, at, cells, (line.index,), unit=_unit(document, line, label), period=period)
        at = run.end()


def _named(document: Document, line: Block, label: str, caption: str) -> str:
    """Who is counted in a row, and what of them: ``học sinh lớp 6A Kết quả học lực``."""
    plain = _IN_LABEL.sub("", label).strip(" :")
    who = _unit(document, line, label) or ""
    plain = f"lớp {plain}" if _CLASS.fullmatch(plain) else plain
    return " ".join(part for part in (who if who not in plain.lower() else "", plain, caption) if part)


def _unit(document: Document, line: Block, label: str) -> str | None:
    """Who is counted: as the label's brackets say, else as the text around says."""
    if own := _IN_LABEL.search(label.lower()):
        return "học sinh" if own["unit"] in ("em", "hs") else own["unit"]
    return who_is_counted(label.lower(), document.level(line)) or "học sinh"


def _cells(text: str, start: int, end: int, width: int) -> tuple[Number | None, ...] | None:
    """The figures of a row, the whole first (None where it is not told); None where they are no counts with shares."""
    found = [
        None
        if match["blank"]
        else Number(match.start(), match.end(), parse_numeral(match["n"]), percent=match["percent"] is not None)
        for match in _NUMERAL.finditer(text, start, end)
    ]
    if len(found) not in (width, width + 1):
        return None
    whole, pairs = ([None], found) if len(found) == width else (found[:1], found[1:])
    counts = pairs[::2]
    shares = [n._replace(percent=True) if n else None for n in pairs[1::2]]
    if any(isinstance(n.value, float) or n.percent for n in counts if n):
        return None
    if any(n.value > _WHOLE_SHARE for n in shares if n):
        return None
    return (*whole, *(cell for pair in zip(counts, shares, strict=True) for cell in pair))
