"""Tables that lost their cells: a cell a line (``Tốt`` / ``502`` / ``136`` / ``125``) or a row a line.

Text copied from a page keeps the order of a table and nothing else. Two rows of as many figures, each with a label
before it, are taken for one; its headings are the lines right above the first label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors._shared.document import Block, Document, Found
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number, Ranges, find_numbers, parse_numeral, view_offset
from extractors._shared.view import CAPITAL
from extractors.statistics.counted import counted_unit
from extractors.statistics.schooling import level_of_grade, report_level
from extractors.statistics.status import Outlook
from extractors.statistics.table_labels import under_prizes
from extractors.statistics.wording import grade_of, identify, with_pupils, with_subject
from schemas.records import Award, Report, Statistic

_NUMERAL = r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?"
_FIGURE = rf"(?:{_NUMERAL})(?: ?%)?(?![\w.,])"
_CELL = re.compile(_FIGURE)
_LINE = re.compile(
    rf"(?P<label>[^\d]*?(?:\([^()]*\))?) ?(?P<cells>(?<![\w,.])(?:{_FIGURE}|-)(?: (?:{_FIGURE}|-)){{2,}})(?: \(.*\))?"
)
_ONE_CELL = re.compile(rf"(?P<n>{_NUMERAL})(?: ?%)?|-")
_GRADE_WORD = re.compile(r"(?<!\w)(?:lớp|khối) ?$", re.I)
#: Figures that count nothing: telephone numbers, and marks behind the name of a pupil.
_PHONE = re.compile(r"(?<!\d)0\d\d")
_NAME = re.compile(rf"(?:[{CAPITAL}](?![{CAPITAL}])[^\W\d_]* ?){{2,6}}")
_COUNTER = re.compile(r"(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)]?", re.I)
_LEADING_COUNTER = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)]? (?=[^\W\d_])")
_SPANNING = re.compile(r"(?:chia ra|chia theo|trong đó|gồm|bao gồm|trong năm|kết quả)(?!\w)", re.I)
_SHARE = re.compile(rf"\([^()]*\) ?(?P<share>(?:{_NUMERAL}) ?%)")
_BRACKET = re.compile(r" ?\([^()]*(?:tỷ lệ|tỉ lệ)[^()]*\)", re.I)
_TOTAL = re.compile(r"(?:tổng số|tổng cộng|tổng|cộng|ts|toàn trường)", re.I)
_HEADS_IN_LINE = re.compile(r"(?:lớp|khối|khối lớp) \d{1,2}|năm học 20\d\d ?- ?20\d\d", re.I)
_WHOLE = re.compile(r"(?:tổng|số) ", re.I)
_YEARS = re.compile(r"20\d\d(?: ?- ?20\d\d)?")
_NUMBER_OF = re.compile(r"^(?:tổng số|số lượng|số) (?=\w)|(?<= )(?:chia )?theo(?:,)? ", re.I)
_SKIPPED = frozenset({"cell", "letterhead", "motto", "number", "dateline", "recipients", "signature", "byline"})
_LEAST_COLUMNS, _LEAST_ROWS, _LONGEST_LABEL, _GAP = 3, 2, 14, 5
#: No row of a table is longer; over a longer line its pattern would take too long.
_LONGEST_LINE = 400


@dataclass(frozen=True)
class Row:
    """A row: its label, the figures behind it (None for a dash) and the share in the label's brackets."""

    label: str
    start: int
    cells: tuple[Number | None, ...]
    blocks: tuple[int, ...]
    shares: tuple[Number, ...] = ()


@dataclass
class Rows:
    """A table that lost its cells."""

    rows: list[Row] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def head(self, row: Row, column: int) -> str:
        """The heading of a figure; "" for a total, and where the row has not as many figures as there are headings."""
        heads = self.heads if len(self.heads) == len(row.cells) else []
        return "" if not heads or _TOTAL.fullmatch(heads[column]) else heads[column]


def find_rows(document: Document) -> list[Rows]:
    """The tables of a text that lost their cells, in order."""
    return [*_cell_a_line(document), *_row_a_line(document)]


def extract_rows(document: Document, found: Found, tables: list[Rows]) -> Iterator[Statistic]:
    """One record for every figure of the tables that no award has taken."""
    report = next((r for r in found.get("report", ()) if isinstance(r, Report)), None)
    outlook, level = Outlook.of(document, report), report_level(document, found) or _level_of_all(tables)
    taken = Ranges([
        (view_offset(document, e.start), view_offset(document, e.end - 1) + 1)
        for award in found.get("award", ())
        if isinstance(award, Award)
        for e in award.evidence
    ])  # fmt: skip
    for table in tables:
        section = ""
        if under_prizes(document, table.rows[0].blocks[0]):
            continue
        for row in table.rows:
            graded = grade_of(row.label.split("(")[0].strip()) is not None
            section = section if graded else row.label
            phrase = _phrase(document, row, section if graded else "")
            honours = bool(document.terms("title", row.start, row.start + len(row.label)))
            figures = [(number, "") for number in row.shares]
            if not honours:
                figures += [(n, table.head(row, index)) for index, n in enumerate(row.cells) if n is not None]
            for number, head in figures:
                if taken.touch(number.start, number.end):
                    continue
                block = document.block_at(number.start)
                whole = _WHOLE.match(row.label) is not None
                yield _record(document, number, (phrase, head), (outlook, block), level=level, whole=whole)


def _own_level(label: str) -> str | None:
    """The level that a row's label tells by the name of a school; None for several or none."""
    return levels.pop() if len(levels := {level for _, _, level in find_levels(label, label.lower())}) == 1 else None


def _level_of_all(tables: list[Rows]) -> str | None:
    """The one level of all the grades that the tables name: ``THCS`` of ``Khối lớp 6`` to ``Khối lớp 9``."""
    named = [said.lower() for table in tables for said in (*table.heads, *(row.label for row in table.rows))]
    levels = {level for said in named if (level := level_of_grade(said))}
    return levels.pop() if len(levels) == 1 else None


def _record(
    document: Document,
    number: Number,
    words: tuple[str, str],
    seen: tuple[Outlook, Block],
    *,
    level: str | None,
    whole: bool,
) -> Statistic:
    """One figure of a row; ``words`` are what its row and its column say."""
    phrase, head = words
    outlook, block = seen
    year = _YEARS.search(head)
    said = with_subject(f"{phrase} {'' if year else head}".strip())
    unit = "%" if number.percent else counted_unit([], phrase, "")
    return Statistic(
        report=document.layer.id,
        evidence=(document.evidence(number.start, number.end),),
        confidence=0.7,
        indicator=with_pupils(said) or "số liệu",
        indicator_id=identify(said, unit),
        value=number.value,
        unit=unit,
        # The whole is what it is, also where its parts are promised.
        aspect="target" if outlook.wants(document, block) and not whole else "value",
        level=level_of_grade(f"{head} {phrase}".lower()) or _own_level(phrase) or document.level(block) or level,
        period=year.group(0).replace(" ", "") if year else outlook.period,
    )


def _phrase(document: Document, row: Row, section: str) -> str:
    """``học sinh hạnh kiểm Tốt``: a grade under what is graded, a bare label under the heading above its table."""
    label = _NUMBER_OF.sub("", _BRACKET.sub("", row.label)).strip(" ,")
    if section:
        return f"{_NUMBER_OF.sub('', _BRACKET.sub('', section)).strip(' ,')} {label}"
    above = next(document.ancestors(document.blocks[row.blocks[0]]), None)
    if above is None or above.kind != "heading" or above.marker is None:
        return label
    heading = _NUMBER_OF.sub("", document.value(*document.head(above))).strip()
    return label if len(heading.split()) > 5 or heading.lower() in label.lower() else f"{heading} {label}"


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
        if first is not None and index - first >= _LEAST_COLUMNS and not _counts_up(document, first, index):
            runs.append((first, index))
        first = None
    return runs


def _counts_up(document: Document, first: int, last: int) -> bool:
    """Whether lines only count: ``1`` / ``2`` / ``3``, the pages of a site."""
    said = [document.text[block.start : block.end] for block in document.blocks[first:last]]
    return said == [str(number) for number in range(1, len(said) + 1)]


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
        if len(group) >= _LEAST_ROWS and all(end - start in (width, width + 1) for start, end in group):
            yield _table(document, group, width)


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
            table.heads = [head for head in above if not _SPANNING.match(head)][-width:]
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


def _row_a_line(document: Document) -> Iterator[Rows]:
    """Tables with a row a line: labels followed by three figures or more in the same line."""
    table, last = Rows(), -_GAP
    for block in document.blocks:
        row = _row(document, block)
        if row is None:
            continue
        if table.rows and block.index - last > _GAP:
            if len(table.rows) >= _LEAST_ROWS:
                yield table
            table = Rows()
        if not table.rows:
            table.heads = _heads_above(document, block.index, len(row.cells))
        table.rows.append(row)
        last = block.index
    if len(table.rows) >= _LEAST_ROWS:
        yield table


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
        end, cells = first.end, cells[1:]  # "Yêu nước lớp 1,2 381 194 187"
    if _PHONE.search(match["cells"]) or (_NAME.fullmatch(match["label"]) and any(map(_is_mark, cells))):
        return None
    figures = [n for n in cells if n is not None and not _YEARS.fullmatch(document.text, n.start, n.end)]
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
