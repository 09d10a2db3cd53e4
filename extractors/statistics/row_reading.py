"""Tables that lost their cells: a cell a line (``Tốt`` / ``502`` / ``136`` / ``125``) or a row a line.

Text copied from a page keeps the order of a table and nothing else. Two rows of as many figures, each with a label
before it, are taken for one; its headings are the lines right above the first label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number, find_numbers, parse_numeral
from extractors._shared.view import CAPITAL
from extractors.statistics.wording import grade_of

_NUMERAL = r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?"
_FIGURE = rf"(?:{_NUMERAL})(?: ?%)?(?![\w.,])"
_CELL = re.compile(_FIGURE)
_LINE = re.compile(
    rf"(?P<label>(?:[^\d]|\d buổi)*?(?:\([^()]*\))?) ?"
    rf"(?P<cells>(?<![\w,.])(?:{_FIGURE}|-)(?: (?:{_FIGURE}|-)){{2,}})(?: \(.*\))?"
)
#: A row that another may follow in its line, and one of a grade with most of its figures left out.
_ROW_IN_LINE = re.compile(
    rf"(?P<label>[^\d()]+?(?:\([^()]*\))?) ?(?<![\w,.])(?P<cells>(?:{_FIGURE}|-)(?: (?:{_FIGURE}|-)){{2,}})(?: |$)"
)
_SHORT = re.compile(rf"(?P<label>[^\d()]{{2,30}})(?:\([^()\d]*\))? ?(?P<cells>{_FIGURE}(?: {_FIGURE})?)")
_ONE_CELL = re.compile(rf"(?P<n>{_NUMERAL})(?: ?%)?|-")
_GRADE_WORD = re.compile(r"(?<!\w)(?<!số )(?:lớp|khối) ?$", re.I)
#: Figures that count nothing: telephone numbers, and marks behind the name of a pupil.
_PHONE = re.compile(r"(?<!\d)0\d\d")
_NAME = re.compile(rf"(?:[{CAPITAL}](?![{CAPITAL}])[^\W\d_]* ?){{2,6}}")
_QUOTIENT = re.compile(r"\d[\d.,]* ?/ ?\d[\d.,]*")
_COUNTER = re.compile(r"(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)]?", re.I)
_LEADING_COUNTER = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)]? (?=[^\W\d_])")
_SPANNING = re.compile(r"(?:chia ra|chia theo|trong đó|gồm|bao gồm|trong năm|kết quả)(?!\w)", re.I)
_GROUP = re.compile(r"(?:trình độ|hình thức|loại|chia theo)(?!\w)", re.I)
_SHARE = re.compile(rf"\([^()]*\) ?(?P<share>(?:{_NUMERAL}) ?%)")
TOTAL = re.compile(r"(?:tổng số|tổng cộng|tổng|cộng|ts|toàn trường)", re.I)
_HEADS_IN_LINE = re.compile(r"(?:lớp|khối|khối lớp) \d{1,2}|năm học 20\d\d ?- ?20\d\d", re.I)
_YEAR = re.compile(r"20[0-4]\d|199\d")
YEARS = re.compile(r"20\d\d(?: ?- ?20\d\d)?")
_SKIPPED = frozenset({"cell", "letterhead", "motto", "number", "dateline", "recipients", "signature", "byline"})
_LEAST_COLUMNS, _LEAST_ROWS, _LONGEST_LABEL, _GAP = 3, 2, 14, 5
#: No row of a table is longer; over a longer line its pattern would take too long.
_LONGEST_LINE = 400


@dataclass(frozen=True)
class Row:
    """A row: its label, the figures behind it (None for a dash) and the share in the label's brackets.

    ``unit`` is what it counts and ``period`` the time that it tells of where the row says so; ``whole`` says that its
    label needs no heading.
    """

    label: str
    start: int
    cells: tuple[Number | None, ...]
    blocks: tuple[int, ...]
    shares: tuple[Number, ...] = ()
    unit: str | None = None
    period: str | None = None
    whole: bool = False


@dataclass
class Rows:
    """A table that lost its cells."""

    rows: list[Row] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def head(self, row: Row, column: int) -> str:
        """The heading of a figure; "" for a total, and where the row has not as many figures as there are headings."""
        heads = self.heads if len(self.heads) == len(row.cells) else []
        return "" if not heads or TOTAL.fullmatch(heads[column]) else heads[column]


def find_rows(document: Document) -> list[Rows]:
    """The tables of a text that lost their cells, in order."""
    return [*_cell_a_line(document), *_row_a_line(document)]


def without(tables: list[Rows], others: list[Rows]) -> list[Rows]:
    """The tables without the rows that stand in other tables already."""
    read = {index for table in others for row in table.rows for index in row.blocks}
    if not read:
        return tables
    kept = [Rows([row for row in t.rows if read.isdisjoint(row.blocks)], t.heads) for t in tables]
    return [table for table in kept if table.rows]


def is_quotient(document: Document, block: Block) -> bool:
    """Whether a line holds but a quotient that the next line works out: ``45/18`` / ``= 2.5``."""
    if _QUOTIENT.fullmatch(document.text, block.start, block.end) is None or block.index + 1 >= len(document.blocks):
        return False
    return document.text[document.blocks[block.index + 1].start] == "="


def _is_text(document: Document, block: Block) -> bool:
    text = document.text[block.start : block.end]
    return block.kind not in _SKIPPED and len(text.split()) <= _LONGEST_LABEL and not text.endswith((".", ";"))


def _is_figure(document: Document, block: Block) -> bool:
    return block.kind not in _SKIPPED and _CELL.fullmatch(document.text, block.start, block.end) is not None


def _runs(document: Document) -> list[tuple[int, int]]:
    """The runs of lines that hold one figure each, as ranges of blocks."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for index, block in enumerate([*document.blocks, None]):
        if block is not None and _is_figure(document, block):
            first = index if first is None else first
            continue
        if first is not None and index - first >= _LEAST_COLUMNS and not _only_names(document, first, index):
            runs.append((first, index))
        first = None
    return runs


def _only_names(document: Document, first: int, last: int) -> bool:
    """Whether lines only count or name years: ``1`` / ``2`` / ``3``, the pages of a site; ``2015`` / ``2016``."""
    said = [document.text[block.start : block.end] for block in document.blocks[first:last]]
    years = said == sorted(said) and all(_YEAR.fullmatch(each) for each in said)
    return years or said == [str(number) for number in range(1, len(said) + 1)]


def _cell_a_line(document: Document) -> Iterator[Rows]:
    """Tables with a cell a line: labels followed by as many figures each."""
    groups: list[list[tuple[int, int]]] = []
    for run in _runs(document):
        between = document.blocks[groups[-1][-1][1] : run[0]] if groups else ()
        if between and len(between) <= _GAP and all(_is_text(document, block) for block in between):
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in groups:
        width = min(end - start for start, end in group)
        if (len(group) >= _LEAST_ROWS or _under_years(document, group[0], width)) and all(
            end - start in (width, width + 1) for start, end in group
        ):
            yield _table(document, group, width)


def _under_years(document: Document, run: tuple[int, int], width: int) -> bool:
    """Whether a label stands before a run of figures and a heading with a year for each of these before that."""
    above = document.blocks[max(0, run[0] - 1 - width) : max(0, run[0] - 1)]
    return len(above) == width and all(YEARS.search(document.text, b.start, b.end) for b in above)


def _table(document: Document, group: list[tuple[int, int]], width: int) -> Rows:
    """The table of runs of figures; one figure more at the end of a run counts the next row."""
    table, last = Rows(), 0
    for position, (start, end) in enumerate(group):
        texts: list[Block] = []
        for block in reversed(document.blocks[last:start]):
            if not _is_text(document, block) or (block.marker is not None and block.kind == "heading"):
                break
            texts.insert(0, block)
        said = [b for b in texts if not _COUNTER.fullmatch(document.text[b.start : b.end])]
        shares = [(b, m) for b in said if (m := _SHARE.fullmatch(document.text, b.start, b.end))]
        labels = [b for b in said if not any(b is share for share, _ in shares)]
        if not labels:
            continue
        if position == 0:
            above = [document.value(b.start, b.end) for b in labels[:-1]]
            table.heads = _under_group(above, width) or [head for head in above if not _SPANNING.match(head)][-width:]
        numbers = [find_numbers(document.text, b.start, b.end) for b in document.blocks[start : start + width]]
        table.rows.append(
            Row(
                document.value(labels[-1].start, labels[-1].end),
                labels[-1].start,
                tuple(found[0] if found else None for found in numbers),
                tuple(range(labels[-1].index, start + width)),
                tuple(n for _, m in shares for n in find_numbers(document.text, *m.span("share"))),
            )
        )
        last = end
    return table


def _under_group(heads: list[str], width: int) -> list[str]:
    """The headings of columns of which the last stand below one heading: what leaves cells out is told by that alone.

    ``Tổng số`` / ``Nữ`` / ``Trình độ`` / ``Ghi chú`` / ``Đại học`` / ``Cao đẳng`` above rows of four figures: the third
    and fourth are of ``Trình độ``. Nothing where the headings are as many as the figures, or begin with no total.
    """
    first = next((at for at, head in enumerate(heads) if TOTAL.fullmatch(head)), None)
    group = next((at for at, head in enumerate(heads) if _GROUP.match(head)), None)
    if first is None or group is None or not first < group < first + width or len(heads) - first <= width:
        return []
    return [*heads[first:group], *[heads[group]] * (width - (group - first))]


def _row_a_line(document: Document) -> Iterator[Rows]:
    """Tables with a row a line: labels followed by three figures or more in the same line."""
    table, last = Rows(), -_GAP
    for block in document.blocks:
        near = bool(table.rows) and block.index - last <= _GAP
        rows = _rows_of(document, block, table if near else None)
        if not rows:
            continue
        if table.rows and not near:
            if len(table.rows) >= _LEAST_ROWS:
                yield table
            table = Rows()
        if not table.rows:
            table.heads = _heads_above(document, block.index, len(rows[0].cells))
        table.rows += rows
        last = block.index
    if len(table.rows) >= _LEAST_ROWS:
        yield table


def _rows_of(document: Document, block: Block, table: Rows | None) -> list[Row]:
    """The rows that a line holds; ``table`` is the one that it may go on."""
    if (row := _row(document, block)) is not None:
        return [row]
    if table is None or block.kind in _SKIPPED or block.end - block.start > _LONGEST_LINE:
        return []
    return _side_by_side(document, block, len(table.rows[-1].cells)) or _short(document, block, table)


def _side_by_side(document: Document, block: Block, width: int) -> list[Row]:
    """The rows of a line that holds several, each with as many figures as the row above."""
    rows, at = list[Row](), block.start
    if counter := _LEADING_COUNTER.match(document.text, block.start, block.end):
        at = counter.end()
    while match := _ROW_IN_LINE.match(document.text, at, block.end):
        cells = _cells(document.text, *match.span("cells"))
        label = document.value(*match.span("label"))
        if len(cells) == width + 1 and match.end() < block.end:
            del cells[-1]  # it counts the next row
        if len(cells) != width or len(label.split()) > _LONGEST_LABEL:
            return []
        rows.append(Row(label, match.start("label"), tuple(cells), (block.index,)))
        at = match.end()
    return rows if len(rows) > 1 and at >= block.end else []


def _short(document: Document, block: Block, table: Rows) -> list[Row]:
    """The row of a grade with blanks among its figures: only that in the column of the total, the first, is told."""
    match = _SHORT.fullmatch(document.text, block.start, block.end)
    if match is None or not table.heads or not TOTAL.fullmatch(table.heads[0]):
        return []
    label = match["label"].strip()
    if grade_of(label) is None or block.index - table.rows[-1].blocks[-1] > 1:
        return []
    first = _cells(document.text, *match.span("cells"))[0]
    return [Row(label, block.start, (first, *[None] * (len(table.heads) - 1)), (block.index,))]


def _row(document: Document, block: Block) -> Row | None:
    """The row that a line holds: ``Tốt 79,9% 79,4% 76,5%``; a line of figures takes the lines before as its label."""
    if block.kind in _SKIPPED or block.end - block.start > _LONGEST_LINE:
        return None
    last = document.text[block.end - 1]
    if not (last.isdecimal() or last in "-%)"):
        return None  # most lines end in words
    counter = _LEADING_COUNTER.match(document.text, block.start, block.end)
    match = _LINE.fullmatch(document.text, counter.end() if counter else block.start, block.end)
    if match is None or len(match["label"].split()) > _LONGEST_LABEL:
        return None
    cells = _cells(document.text, *match.span("cells"))
    start, end = match.span("label")
    if _GRADE_WORD.search(match["label"]) and (first := cells[0]):
        end, cells = first.end, cells[1:]  # "Chăm học lớp 3,4 276 143 133"
    if _PHONE.search(match["cells"]) or (_NAME.fullmatch(match["label"]) and any(map(_is_mark, cells))):
        return None
    figures = [n for n in cells if n is not None and not YEARS.fullmatch(document.text, n.start, n.end)]
    if len(figures) < _LEAST_COLUMNS:
        return None
    if match["label"].strip():
        return Row(document.value(start, end), start, tuple(cells), (block.index,))
    if (above := _label_above(document, block)) is None:
        return None
    index, start = above
    return Row(document.value(start, block.start), start, tuple(cells), tuple(range(index, block.index + 1)))


def _is_mark(number: Number | None) -> bool:
    """Whether a figure behind a person's name is a mark: ``8,5``."""
    return number is not None and isinstance(number.value, float) and not number.percent


def _cells(text: str, start: int, end: int) -> list[Number | None]:
    """The figures of a line one by one, a dash as None: of ``953 194 -`` two and a blank, no thousands."""
    return [
        None
        if match.group(0) == "-"
        else Number(match.start(), match.end(), parse_numeral(match["n"]), percent=match.group(0).endswith("%"))
        for match in _ONE_CELL.finditer(text, start, end)
    ]


def _label_above(document: Document, block: Block) -> tuple[int, int] | None:
    """The first block and the beginning of the one or two lines that label a line of figures; None for no label."""
    for index in range(block.index - 1, max(block.index - 3, -1), -1):
        above = document.blocks[index]
        if not _is_text(document, above):
            return None
        counter = _LEADING_COUNTER.match(document.text, above.start, above.end)
        start = counter.end() if counter else above.start
        if document.text[start].isupper():
            return index, start
    return None


def _heads_above(document: Document, index: int, width: int) -> list[str]:
    """The grades or years that a line above names one after the other, with a total before them."""
    for block in reversed(document.blocks[max(0, index - _GAP) : index]):
        heads = [
            document.value(*match.span()) for match in _HEADS_IN_LINE.finditer(document.text, block.start, block.end)
        ]
        if len(heads) == width:
            return heads
        if len(heads) == width - 1 and heads:
            return ["Tổng số", *heads]
    return []
