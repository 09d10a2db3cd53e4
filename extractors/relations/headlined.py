"""The number of a headline against the text's: ``ĐOẠT 12 GIẢI`` over ``21 em có giải``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.twins import are_turned
from schemas.relation import Relation

#: The cue of such pairs.
HEADLINED = "số nêu ở hai chỗ"
#: So many lines from the top the headline stands.
_TOP, _HEADS = 3, ("title", "heading", "paragraph")
_LEAST = 10
#: Behind a number of people: they are winners, one prize each.
_WINNERS = re.compile(r" (?:[^\W\d_]+ ){0,3}?(?:có|đạt|đoạt|giành)(?: được)? giải(?!\w)")


def find_headlined(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Pairs of the number in a headline and one of the text by the same noun with its two digits turned.

    Where the text has the headline's number for anything, that may be meant.
    """
    heads = {
        block.index: level
        for block, level in rows
        if block.index < _TOP and block.kind in _HEADS and reading.text[block.body : block.end].isupper()
    }
    body = [row for block, level in rows if block.index not in heads for row in _amounts(level)]
    given = {amount.value for amount, _ in body} | {amount.of for amount, _ in body}
    for level in heads.values():
        for amount, segment in _amounts(level):
            if not _is_told(amount) or amount.value in given:
                continue
            alike = [(a, s) for a, s in body if are_turned(amount.value, a.value) and _are_one(reading, amount, a)]
            if alike:
                parts = (quantity(reading, *alike[0]), quantity(reading, amount, segment))
                yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=HEADLINED)


def _is_told(amount: Amount) -> bool:
    """Whether a number of a headline counts something, and neither years nor days."""
    counted = amount.unit is not None and amount.family != "time"
    return usable(amount) and amount.of is None and counted and amount.value >= _LEAST


def _amounts(level: Level) -> Iterator[tuple[Amount, Segment]]:
    return ((amount, segment) for inner in level.walk() for segment in inner.segments for amount in segment.amounts)


def _are_one(reading: Reading, head: Amount, told: Amount) -> bool:
    """Whether a number of the text counts what the headline does, by its noun; winners for prizes."""
    if told.of is not None or told.percent or told.change:
        return False
    won = head.family == "prize" and told.family in PEOPLE
    return head.unit == told.unit or (won and _WINNERS.match(reading.lower, told.unit_end) is not None)
