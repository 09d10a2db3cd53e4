"""Numbers of a table said again in prose: of a row that a sentence names, or of the total row by another number.

``Tại Trường TH An Hòa 1, 412 em ăn bán trú`` below a table with 421 in that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.grids import TOTAL_ROW, Column, Grid, find_grids, read_column
from extractors.relations.reading import UPPER, Reading
from extractors.relations.saying import is_bare, telling
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level
from extractors.relations.years import stands_in_plan
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

#: With what the cue of such pairs begins.
ROW_TOLD = "bảng và lời văn"
_SIGNS = re.compile(r"[;():]|[,.](?!\d)|(?<!\w)(?:và|với|trong đó|cùng)(?!\w)")
#: The sentence tells of another time, of a plan, or of some of those counted.
_OTHERWISE = re.compile(
    r"(?<!\w)(?:so với|năm (?:học )?trước|năm ngoái|cùng kỳ|kế hoạch|chỉ tiêu|phấn đấu|dự kiến|giao|mục tiêu|sẽ"
    r"|đầu năm|"
    r"học kỳ|đề nghị|cần|thiếu|trước đây|trước khi|vòng|đợt|lần|ngày|tháng|thêm|riêng|tối đa|tối thiểu|ít nhất|"
    r"bình quân|mỗi|gần|trên|hơn|khoảng|quy định|tuyển mới|tuyển sinh|đăng ký|vắng|có mặt|thực tế|được cử|chọn"
    r"|còn lại)(?!\w)"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?(?![\d/])")
#: What a row is called by: names in capitals behind the kind of school, classes and forms.
_KIND = re.compile(
    r"^(?:trường )?(?:(?:ptdtbt|ptdtnt) )?(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|trung học phổ thông"
    r"|th ?& ?thcs|thcs|"
    r"thpt|mn|mg|th)(?: số \d| xã| phường| thị trấn)? "
)
_FORM = re.compile(r"(?:lớp|khối(?: lớp)?) (?P<n>\d{1,2})(?P<class>[a-zđ]\d{0,2}|[./]\d{1,2})?")
_FORM_HEADS = ("lớp", "khối", "khối lớp")
_LEAST_ANCHOR, _LONGEST, _FAR = 20, 60, 110
_MOST_APART = 0.05
_LABEL_WORDS = 2


@dataclass(frozen=True)
class Row:
    """A row of a table with what a sentence may call it (empty for the total row)."""

    grid: Grid
    row: int
    name: str

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of its numbers."""
        return [read_column(self.grid, col) for col in range(1, self.grid.cols)]

    @cached_property
    def values(self) -> dict[int, float]:
        """Its numbers by column."""
        found = {column.index: self.grid.value(self.row, column.index) for column in self.columns}
        return {col: value for col, value in found.items() if value is not None}


def find_rows_told(
    reading: Reading, rows: Sequence[tuple[Block, Level]], records: Sequence[Record]
) -> Iterator[Relation]:
    """Pairs of a number in prose and a cell of one row of a table, whose heading says what the prose counts.

    The cell is the only one of the row with such a heading, the row has no such number, and the two differ as by a
    slip.
    """
    table_rows = [row for grid in find_grids(reading) for row in _rows(reading, grid)]
    report = next((record for record in records if isinstance(record, Report)), None)
    own = (report.period if report is not None else None) or ""
    for block, level in rows if table_rows else ():
        if block.kind in ("cell", "junk", "caption", "recipients") or stands_in_plan(reading, block):
            continue
        amounts = sorted(
            (a for inner in level.walk() for s in inner.segments for a in s.amounts), key=lambda a: a.start
        )
        for start, end in reading.document.sentences(block):
            inside = [a for a in amounts if start <= a.start < end]
            if inside and not _is_of_another_time(reading, start, end, own):
                yield from _in_sentence(reading, (start, end), inside, table_rows)


def _is_of_another_time(reading: Reading, start: int, end: int, own: str) -> bool:
    if _OTHERWISE.search(reading.lower, start, end):
        return True
    years = {re.sub(r"\s", "", match.group()) for match in _YEARS.finditer(reading.lower, start, end)}
    return any(year not in own for year in years)


def _rows(reading: Reading, grid: Grid) -> Iterator[Row]:
    for row in range(grid.first, grid.rows):
        label = grid.label(row)
        if TOTAL_ROW.fullmatch(label):
            yield Row(grid, row, "")
        elif name := _name(reading, grid, row, label):
            yield Row(grid, row, name)


def _name(reading: Reading, grid: Grid, row: int, label: str) -> str:
    """What a row is called by in prose, in lower case; empty where its label is no name."""
    if form := _FORM.fullmatch(label):
        return form.group().replace("khối lớp", "khối")
    head = grid.text(0, 0)
    if not label and head in _FORM_HEADS and re.fullmatch(r"\d{1,2}[a-zđ]?\d?", grid.text(row, 0)):
        return f"{'lớp' if head == 'lớp' else 'khối'} {grid.text(row, 0)}"
    bare = _KIND.sub("", label)
    block = next((grid.cells.get((row, col)) for col in range(grid.cols) if grid.text(row, col) == label), None)
    if block is None or bare == label or not label:
        return ""
    printed = reading.text[block.start : block.end].strip()[-len(bare) :]
    capital = re.match(rf"[{UPPER}]", printed) is not None
    return bare if capital and len(bare.split()) >= _LABEL_WORDS else ""


def _in_sentence(
    reading: Reading, sentence: tuple[int, int], amounts: Sequence[Amount], rows: Sequence[Row]
) -> Iterator[Relation]:
    for amount in amounts:
        if amount.change or amount.vague or amount.of is not None or amount.family in ("money", "time"):
            continue
        words = _words(reading, sentence, amount)
        told = [row for row in rows if _is_told(reading, sentence, amount, amounts, row)]
        if not told or any(amount.value in row.values.values() for row in told):
            continue
        for row in told:
            cell = _cell(reading, sentence, amount, words, row)
            if cell is not None:
                yield Relation(
                    kind="same",
                    whole=None,
                    parts=(_of_prose(reading, sentence, amount), cell),
                    exhaustive=True,
                    cue=f"{ROW_TOLD} {row.name}".strip(),
                )
                break


def _is_told(reading: Reading, sentence: tuple[int, int], amount: Amount, amounts: Sequence[Amount], row: Row) -> bool:
    """Whether a sentence tells of a row: it names it last before a number, or gives another number of all.

    Sentences about all may say no more than a heading; a name of one row speaks against the total.
    """
    start, end = sentence
    if row.name:
        at = _last(reading.lower, row.name, start, amount.start)
        return at >= 0 and amount.start - at <= _FAR and not _names_other(reading, row, at, amount.start)
    values = {v for v in row.values.values() if v >= _LEAST_ANCHOR}
    others = [a for a in amounts if a is not amount and not a.percent and a.counts and a.value in values]
    return bool(others) and _FORM.search(reading.lower, start, end) is None


def _last(lower: str, name: str, start: int, end: int) -> int:
    """Where a row is named last in a range; a form by the word of the other kind too (``khối 1``, ``lớp 1``)."""
    form = _FORM.fullmatch(name)
    said = re.escape(name) if form is None or form["class"] else rf"(?:lớp|khối|khối lớp) {form['n']}"
    found = list(re.finditer(rf"(?<!\w){said}(?!\w|[./]\d)", lower[start:end]))
    return start + found[-1].start() if found else -1


def _names_other(reading: Reading, row: Row, start: int, end: int) -> bool:
    """Whether another row of the table is named between a row's name and a number."""
    for other in range(row.grid.first, row.grid.rows):
        name = _name(reading, row.grid, other, row.grid.label(other))
        if name and name != row.name and name not in row.name and _last(reading.lower, name, start, end) >= 0:
            return True
    return False


def _words(reading: Reading, sentence: tuple[int, int], amount: Amount) -> frozenset[str]:
    """What stands around a number up to the next signs."""
    start, end = sentence
    first = max((m.end() for m in _SIGNS.finditer(reading.lower, start, amount.start)), default=start)
    stop = _SIGNS.search(reading.lower, max(amount.end, amount.unit_end), end)
    last = min(stop.start() if stop else end, amount.end + _LONGEST)
    return telling(f"{reading.lower[first : amount.start]} {reading.lower[amount.end : last]}")


def _cell(
    reading: Reading, sentence: tuple[int, int], amount: Amount, words: frozenset[str], row: Row
) -> Quantity | None:
    """The only cell of a row whose heading says what a number counts; None where its value is no slip of the number."""
    said = telling(reading.lower[slice(*sentence)])
    fitting = []
    for column in row.columns:
        head = telling(column.heading)
        value = row.values.get(column.index)
        if value is None or column.rate is not amount.percent or not head:
            continue
        if is_bare(head) and not _counts(amount, column.heading):
            continue
        if head <= (words if not row.name else said) and head & words:
            fitting.append((len(head & words), column, value))
    if not fitting:
        return None
    most = max(count for count, *_ in fitting)
    best = [(column, value) for count, column, value in fitting if count == most]
    if len(best) != 1 or not _is_slip(float(amount.value), float(best[0][1]), named=bool(row.name)):
        return None
    column = best[0][0]
    block = row.grid.cells[row.row, column.index]
    first = row.grid.cells.get((row.row, 0), block)
    cell = row.grid.quantity(row.row, column.index, column.heading)
    return cell.model_copy(update={"evidence": reading.evidence(min(first.start, block.start), block.end)})


def _counts(amount: Amount, heading: str) -> bool:
    """Whether a heading that only names a kind of thing has the noun of a number."""
    if amount.family == "pupil" or amount.unit in ("em", "học sinh", "hs", "trẻ", "cháu"):
        return re.search(r"(?<!\w)(?:học sinh|hs|sĩ số|sỹ số|trẻ|em)(?!\w)", heading) is not None
    return amount.unit is not None and amount.unit in heading


def _is_slip(one: float, other: float, *, named: bool) -> bool:
    if differ_by_slip(one, other, 2):
        return True
    return named and abs(one - other) <= max(1.0, _MOST_APART * max(one, other))


def _of_prose(reading: Reading, sentence: tuple[int, int], amount: Amount) -> Quantity:
    first = max((m.end() for m in _SIGNS.finditer(reading.lower, sentence[0], amount.start)), default=sentence[0])
    first = max(first, amount.start - _LONGEST)
    while first < amount.start and reading.text[first] in " :,;.-(":
        first += 1
    end = max(amount.end, amount.unit_end)
    unit = "%" if amount.percent else amount.unit
    return reading.quantity(amount.value, (amount.start, amount.end), (first, end), unit=unit)
