"""An amount as a quantity of a relation: with the passage that says what it counts."""

from __future__ import annotations

import re

from extractors.relations.amounts import Amount
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Segment
from schemas.relation import Quantity

# A sentence that follows a percentage without a full stop.
_NEW_SENTENCE = re.compile(rf" (?=[{UPPER}][{LOWER}]+ [{LOWER}])")


def quantity(
    reading: Reading, amount: Amount, segment: Segment, *, first: int | None = None, last: int | None = None
) -> Quantity:
    """An amount with the passage that says what it counts, inside the bounds given.

    Of a ratio: its first number.
    """
    start, end = passage(reading, segment, amount)
    if first is not None and start < first <= amount.start:
        start = first
    if last is not None and amount.end <= last < end:
        end = last
    while start < amount.start and reading.text[start] in " :,;.-":
        start += 1
    if amount.percent and (after := _NEW_SENTENCE.match(reading.text, amount.end, end)):
        end = after.start()
    while end > max(amount.end, amount.unit_end) and reading.text[end - 1] in " .,;:-":
        end -= 1
    if reading.text[start:end].count("(") > reading.text[start:end].count(")") and reading.text[end : end + 1] == ")":
        end += 1
    unit = "%" if amount.percent else amount.unit
    return reading.quantity(amount.value, (amount.start, amount.end), (start, end), unit=unit)


def passage(reading: Reading, segment: Segment, amount: Amount, limit: int = 90) -> tuple[int, int]:
    """The range to quote for a number: its segment outside groups, cut to ``limit`` on each side."""
    first, last = next(
        ((s, e) for s, e in segment.own if s <= amount.start < e), (amount.start, max(amount.end, amount.unit_end))
    )
    if first > segment.start and segment.own and segment.own[0][0] != first and first == segment.own[-1][0]:
        first = max(first, segment.start)
    if segment.own and segment.own[0][1] + 2 >= first:
        # Of a bracket that is never closed the segment's own text may begin behind the number.
        first = segment.own[0][0] if 0 <= amount.start - segment.own[0][0] <= limit else first
    if amount.start - first > limit:
        first = reading.text.find(" ", amount.start - limit, amount.start) + 1 or first
    if last - amount.end > limit:
        cut = reading.text.rfind(" ", amount.end, amount.end + limit)
        last = cut if cut > 0 else last
    return first, last
