"""Rows of tables that a page has flattened to lines: percentages of one column, and totals before their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors._shared.document import Block
from extractors._shared.numbers import parse_numeral
from extractors.relations.reading import Reading
from schemas.relation import Relation

_RATE = r"\d{1,3}(?:[.,]\d{1,2})? ?%"
_RATES = re.compile(rf"\s*(?:loại )?(?P<label>[^\d%]{{2,40}}?):? (?P<row>{_RATE}(?: {_RATE})*)\s*")
_ONE_RATE = re.compile(_RATE)
_COUNTS = re.compile(r"(?<![\d.,/-])\d{1,3}(?:\.?\d{3})?(?: \d{1,3}(?:\.?\d{3})?){3,}(?![\d.,/%-]| ?%)")
_COUNT = re.compile(r"\d[\d.]*")
#: Between so many numbers, all but this many columns of a scale must make 100.
_COLUMNS, _WRONG = 3, 2
_ALL, _NEAR, _EXACT = 100.0, 0.35, 1e-6
#: A slip leaves a total so near; further off it is another table.
_SLIP = 0.1
_PROVEN = 2
_LONGEST = 160
_SCALES = ("dim_grade", "dim_finish")


@dataclass(frozen=True)
class _Line:
    """A line of percentages with the grade that it tells."""

    grade: str
    rates: list[tuple[int, int, float]]


def find_line_tables(reading: Reading) -> Iterator[Relation]:
    """``Tốt 68,5% 71,2% 74,0%`` over ``Đạt 31,5% 28,8% 36,0%``: each column is one whole, where most of them make 100.

    Also ``953 194 187 195 221 156``: the first number is the total of the others, where two more lines of as many
    numbers show that it is.
    """
    run: list[_Line] = []
    partial = False
    for block in reading.document.blocks:
        line = _line(reading, block)
        if line is None or any(line.grade == other.grade for other in run):
            yield from _columns(reading, run, partial=partial)
            run, partial = [], False
        if line is None:
            continue
        if run and len(line.rates) != len(run[0].rates):
            partial = True  # empty cells: its numbers may stand in any column
            continue
        run.append(line)
    yield from _columns(reading, run, partial=partial)
    yield from _totals(reading)


def _line(reading: Reading, block: Block) -> _Line | None:
    if block.kind in ("cell", "junk") or block.end - block.body > _LONGEST:
        return None
    if reading.text.find("%", block.body, block.end) < 0:
        return None
    match = _RATES.fullmatch(reading.lower, block.body, block.end)
    if match is None:
        return None
    terms = [t for t in reading.categories(match.start("label"), match.end("label")) if t.group in _SCALES]
    if not terms:
        return None
    rates = [
        (m.start(), m.end(), float(parse_numeral(m.group().rstrip(" %"))))
        for m in _ONE_RATE.finditer(reading.text, match.start("row"), match.end("row"))
    ]
    return _Line(terms[0].id, rates)


def _columns(reading: Reading, run: Sequence[_Line], *, partial: bool) -> Iterator[Relation]:
    if len(run) < 2 or len(run[0].rates) < _COLUMNS:
        return
    columns = list(zip(*(line.rates for line in run), strict=True))
    made = [sum(value for _, _, value in column) for column in columns]
    right = [abs(total - _ALL) <= _NEAR or (partial and _ALL - 2 <= total < _ALL) for total in made]
    if sum(right) < max(len(columns) - _WRONG, _PROVEN):
        return
    for column, total in zip(columns, made, strict=True):
        # A tenth short of 100 may stand in a row that has few numbers, or is left out.
        if (partial and total < _ALL) or _EXACT < abs(total - _ALL) <= _NEAR:
            continue
        parts = tuple(reading.quantity(value, (start, end), (start, end), unit="%") for start, end, value in column)
        yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue="cột")


def _totals(reading: Reading) -> Iterator[Relation]:
    rows: list[list[tuple[int, int, int]]] = []
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk"):
            continue
        for match in _COUNTS.finditer(reading.text, block.body, block.end):
            rows.append(
                [
                    (m.start(), m.end(), int(m.group().replace(".", "")))
                    for m in _COUNT.finditer(reading.text, *match.span())
                ]
            )
    proven = Counter((len(row), row[0][2]) for row in rows if _adds_up(row))
    for row in rows:
        rest = sum(value for _, _, value in row[1:])
        if proven[len(row), row[0][2]] < _PROVEN or abs(rest - row[0][2]) > _SLIP * row[0][2]:
            continue
        whole, *parts = (reading.quantity(value, (start, end), (start, end)) for start, end, value in row)
        yield Relation(kind="sum", whole=whole, parts=tuple(parts), exhaustive=True, cue="dòng")


def _adds_up(row: Sequence[tuple[int, int, int]]) -> bool:
    return row[0][2] == sum(value for _, _, value in row[1:]) > 0
