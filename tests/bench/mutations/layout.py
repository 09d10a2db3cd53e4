"""Relations that the layout gives away: columns that make their totals, numbered lines, dates, blanks of the head."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from random import Random

from schemas import Cell, Table
from tests.bench.mutations.figures import other
from tests.bench.mutations.model import Edit, Mutation, Source

_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng|toàn \w+)", re.I)
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_LINE = re.compile(r"(?m)^(?P<indent>[ \t]*)(?P<number>\d{1,2})(?P<sign>[.)])(?= \S)")
_ROMAN = re.compile(r"(?m)^(?P<indent>[ \t]*)(?P<number>I|II|III|IV|V|VI|VII|VIII)(?P<sign>\.)(?= \S)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_DATE = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[/])(?P<month>\d{1,2})(?P=sep)(?P<year>20\d\d)(?![\d/])")
_DATE_WORDS = re.compile(r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>20\d\d)")
_NUMBER = re.compile(r"(?m)^[ \t]*Số ?: ?(?P<number>\d+)(?=/)")
_DATELINE = re.compile(r"(?m)^[^\n.:;]{0,60}, ?ngày (?P<day>\d{1,2}) tháng \d{1,2} năm 20\d\d[ \t*]*$")
_CELLS = 4
_AVERAGE = re.compile(r"bình quân|tỷ lệ|tỉ lệ|%|năm|tt|stt|xếp|hạng|điểm|ghi chú", re.I)


def find(source: Source, random: Random) -> Iterator[Mutation]:
    """Every mutation of this kind that a report allows."""
    for table in source.layer.tables:
        yield from _columns(source, table, random)
    yield from _numbering(source)
    yield from _dates(source, random)
    yield from _blanks(source)


def _columns(source: Source, table: Table, random: Random) -> Iterator[Mutation]:
    """Columns whose last cell is exactly the sum of those above it and whose row is called a total."""
    grid = {(cell.row, cell.col): cell for cell in table.cells if cell.row_span == cell.col_span == 1}
    rows, cols = table.shape
    last = rows - 1
    labels = [_text(source, grid.get((last, col))) for col in range(min(2, cols))]
    if not any(_TOTAL.fullmatch(label) for label in labels) or rows < 4:
        return
    for col in range(1, cols):
        above = [grid.get((row, col)) for row in range(rows - 1)]
        numbers = [cell for cell in above if cell is not None and _WHOLE.fullmatch(_text(source, cell))]
        heading = " ".join(_text(source, cell) for cell in above if cell is not None and cell not in numbers)
        whole = grid.get((last, col))
        if whole is None or len(numbers) < 3 or _AVERAGE.search(heading) or not _WHOLE.fullmatch(_text(source, whole)):
            continue
        if sum(_value(source, cell) for cell in numbers) != _value(source, whole):
            continue
        cells = random.sample(numbers, min(_CELLS, len(numbers)))
        for how, cell in (*(("cell of a column", cell) for cell in cells), ("total of a column", whole)):
            text = _text(source, cell)
            start = source.layer.text.index(text, cell.start)
            yield Mutation("sum_of_parts", how, source.name, (Edit(start, start + len(text), other(text, random)),))


def _text(source: Source, cell: Cell | None) -> str:
    return source.layer.text[cell.start : cell.end].strip() if cell is not None else ""


def _value(source: Source, cell: Cell) -> int:
    return int(_text(source, cell).replace(".", ""))


def _numbering(source: Source) -> Iterator[Mutation]:
    """Lines numbered one after the other: a number repeated or skipped."""
    for pattern in (_LINE, _ROMAN):
        marks = [m for m in pattern.finditer(source.layer.text) if not _in_table(source, m.start())]
        values = [_number(m["number"]) for m in marks]
        for index in range(1, len(marks) - 1):
            before, here, after = marks[index - 1 : index + 2]
            if values[index - 1 : index + 2] != [values[index] - 1, values[index], values[index] + 1]:
                continue
            if len({mark["indent"] + mark["sign"] for mark in (before, here, after)}) > 1 or values[index] < 2:
                continue
            for how, value in (("repeated", values[index] - 1), ("skipped", values[index] + 1)):
                if how == "repeated" and value == 1:
                    continue  # another list may begin there
                edits = [Edit(here.start("number"), here.end("number"), _like(here["number"], value))]
                if how == "skipped":
                    edits += [
                        Edit(m.start("number"), m.end("number"), _like(m["number"], _number(m["number"]) + 1))
                        for m, value in zip(marks[index + 1 :], values[index + 1 :], strict=True)
                        if _follows(values, index, marks.index(m))
                    ]
                yield Mutation("numbering", how, source.name, tuple(edits))


def _follows(values: list[int], first: int, at: int) -> bool:
    """Whether the numbers from one place to another go on by ones."""
    return all(values[i + 1] == values[i] + 1 for i in range(first, at))


def _in_table(source: Source, offset: int) -> bool:
    return any(table.start <= offset < table.end for table in source.layer.tables)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _ROMANS.index(text) + 1


def _like(text: str, value: int) -> str:
    return str(value) if text.isdigit() else _ROMANS[value - 1]


def _dates(source: Source, random: Random) -> Iterator[Mutation]:
    """Real dates turned into days that the calendar does not have."""
    for pattern in (_DATE, _DATE_WORDS):
        for match in pattern.finditer(source.layer.text):
            month, year = int(match["month"]), int(match["year"])
            if not 1 <= month <= 12:
                continue
            day = random.choice((monthrange(year, month)[1] + 1, 32))
            edit = Edit(match.start("day"), match.end("day"), str(day))
            yield Mutation("impossible_date", "no such day", source.name, (edit,))


def _blanks(source: Source) -> Iterator[Mutation]:
    """The number or the day of the head left out."""
    if match := _NUMBER.search(source.layer.text):
        edit = Edit(match.start("number"), match.end("number"), "…… ")
        yield Mutation("incomplete_form", "number left out", source.name, (edit,))
    if match := _DATELINE.search(source.layer.text):
        edit = Edit(match.start("day"), match.end("day"), "……")
        yield Mutation("incomplete_form", "day left out", source.name, (edit,))
