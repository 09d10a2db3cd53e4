"""Totals in a line of their own below what they add up: ``Tổng cộng: 50 người`` under ``- Giáo viên: 41``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import Part, Parts, fits, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_Row = tuple[Block, Level]

_TOTAL_AT = Words(("tổng", "cộng"))
_TOTAL = re.compile(
    r"\W*(?:tổng )?cộng(?: [^\W\d_]+){1,7}: ?|\W*(?:tổng cộng|cộng|tổng số|tổng)(?: (?:các khoản|khoản|phần|"
    r"mục|thu|chi|chung|là|số|toàn trường|cả trường|có))*"
    r"[: ]*$"
)
#: Items are a label and its number; what else stands there tells of something else. A label that holds a number ends
#: with a colon: ``Chi 40% học phí cải cách tiền lương: 53.856``, ``Nước uống: 612 em x 4 tháng x 8 = 19.584``.
_LABEL = re.compile(r"[^\d:;.()]{2,80}[:=–-]? ?|[^\W\d_][^:;()]{2,80}: ?|[^:;()]{2,60}:[^:;()]{2,60}= ?")
_REST = re.compile(r"\s*(?:đồng|đ)?\s*(?:\([^()]*\))?\s*[.;,]?\s*")
_LEAST, _FAR = 3, 0.3
#: Two numbers alone make a total only where it is theirs but for a slip.
_PAIR = 2


def find_totals_below(reading: Reading, rows: Sequence[_Row]) -> Iterator[Sum]:
    """The totals right below a list of labels with one number each, all counting one kind of thing."""
    if not holds(_TOTAL_AT, reading.lower, 0, len(reading.lower)):
        return
    for index, (block, level) in enumerate(rows):
        if index < _PAIR or not level.segments:
            continue
        for whole, where in _totals(reading, block, level):
            parts = _above(reading, rows, index, whole)
            made = sum(part.amount.value for part in parts.found)
            slip = made == whole.value or differ_by_slip(made, whole.value, 2)
            if len(parts.found) < _PAIR or (len(parts.found) < _LEAST and not slip):
                continue
            if abs(made - whole.value) <= _FAR * whole.value:
                yield Sum(whole, where, parts, True, reading.lower[block.body : whole.start].strip(" :"))


def _totals(reading: Reading, block: Block, level: Level) -> list[tuple[Amount, Segment]]:
    """The numbers of a line that is nothing but totals, each by its own noun: ``Cộng: 433 người, 496 triệu đồng``."""
    rows = [(a, s) for s in level.segments for a in s.amounts]
    if not rows or not all(usable(a) and a.of is None and a.family != "time" for a, _ in rows):
        first = rows[:1]
        rows = first if first and usable(first[0][0]) and first[0][0].of is None else []
        rows = [row for row in rows if row[0].family != "time"]
    if not rows or not _TOTAL.fullmatch(reading.lower, block.body, rows[0][0].start):
        return []
    families = [amount.family for amount, _ in rows]
    return rows if len(set(families)) == len(families) and None not in families[1:] else rows[:1]


#: Of the item above a line tells some: ``Trong đó miễn, giảm: 18.920``.
_OF_ONE = re.compile(r"\W*(?:trong đó|gồm|bao gồm)(?!\w)")


def _goes_on(rows: Sequence[_Row], place: int, style: str) -> bool:
    """Whether items of a style stand above those of another one too, which are nested then."""
    for block, _ in reversed(rows[:place]):
        if block.marker is None or block.marker.style == style:
            return block.marker is not None
    return False


def _above(reading: Reading, rows: Sequence[_Row], index: int, whole: Amount) -> Parts:
    """The items right above a line, from the nearest up to what is none of them."""
    parts = Parts()
    style: str | None = None
    for place, (block, level) in reversed(list(enumerate(rows[:index]))):
        if block.marker is None:
            if _OF_ONE.match(reading.lower, block.body, block.end):
                continue  # tells what the item above it holds
            break
        if style is not None and block.marker.style != style:
            if _goes_on(rows, place, style):
                return Parts()
            break
        style = block.marker.style
        numbers = [(a, s) for s in level.segments for a in s.amounts]
        alike = [row for row in numbers if row[0].family == whole.family is not None]
        if len(numbers) > 1 and len(alike) == 1 and all(usable(a) for a, _ in numbers):
            parts.found.insert(0, Part(*alike[0], named=True))  # 03 lớp, 71 trẻ, under them 12 lớp, 280 trẻ
            continue
        last = numbers[-1] if numbers else None
        if last is None or not usable(last[0]) or last[0].of is not None or last[0].family == "time":
            return Parts()
        amount, segment = last
        end = max(amount.end, amount.unit_end)
        labelled = _LABEL.fullmatch(reading.lower, block.body, amount.start) is not None
        if not fits(whole, amount) or not labelled or not _REST.fullmatch(reading.lower, end, block.end):
            return Parts()
        if reading.has("rel_overlap", block.body, block.end) or reading.has("rel_total", block.body, block.end):
            return Parts()
        parts.found.insert(0, Part(amount, segment, named=True))
    return parts
