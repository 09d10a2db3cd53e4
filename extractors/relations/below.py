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
_TOTAL = re.compile(r"\W*(?:tổng cộng|cộng|tổng số|tổng)(?: (?:chung|là|số|toàn trường|cả trường|có))*[: ]*$")
#: Items are a label and its number; what else stands there tells of something else.
_LABEL = re.compile(r"[^\d:;.()]{2,60}[:=–-]? ?")
_REST = re.compile(r"\s*(?:đồng|đ)?\s*(?:\([^()]*\))?\s*[.;,]?\s*")
_LEAST, _FAR = 3, 0.3
#: Two numbers alone make a total only where it is theirs but for a slip.
_PAIR = 2


def find_totals_below(reading: Reading, rows: Sequence[_Row]) -> Iterator[Sum]:
    """The totals right below a list of labels with one number each, all counting one kind of thing."""
    if not holds(_TOTAL_AT, reading.lower, 0, len(reading.lower)):
        return
    for index, (block, level) in enumerate(rows):
        if index < _PAIR or not level.segments or (found := _total(reading, block, level)) is None:
            continue
        whole, where = found
        parts = _above(reading, rows, index, whole)
        made = sum(part.amount.value for part in parts.found)
        slip = made == whole.value or differ_by_slip(made, whole.value, 2)
        if len(parts.found) < _PAIR or (len(parts.found) < _LEAST and not slip):
            continue
        if abs(made - whole.value) <= _FAR * whole.value:
            yield Sum(whole, where, parts, True, reading.lower[block.body : whole.start].strip(" :"))


def _total(reading: Reading, block: Block, level: Level) -> tuple[Amount, Segment] | None:
    """The number of a line that is nothing but a total."""
    segment = level.segments[0]
    amount = segment.first()
    if amount is None or not usable(amount) or amount.of is not None or amount.family == "time":
        return None
    return (amount, segment) if _TOTAL.fullmatch(reading.lower, block.body, amount.start) else None


def _above(reading: Reading, rows: Sequence[_Row], index: int, whole: Amount) -> Parts:
    """The items right above a line, from the nearest up to what is none of them."""
    parts = Parts()
    style: str | None = None
    for block, level in reversed(rows[:index]):
        if block.marker is None or (style is not None and block.marker.style != style):
            break
        style = block.marker.style
        segment = level.segments[0] if level.segments else None
        amount = segment.first() if segment is not None else None
        plain = amount is not None and usable(amount) and amount.of is None and fits(whole, amount)
        if segment is None or amount is None or not plain or amount.family == "time":
            return Parts()
        last = max(amount.end, amount.unit_end)
        if not _LABEL.fullmatch(reading.lower, block.body, amount.start) or not _REST.fullmatch(
            reading.lower, last, block.end
        ):
            return Parts()
        if reading.has("rel_overlap", block.body, block.end) or reading.has("rel_total", block.body, block.end):
            return Parts()
        parts.found.insert(0, Part(amount, segment, named=True))
    return parts
