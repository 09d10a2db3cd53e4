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


#: The headline of news stands alone at the top and ends without a point; behind its number nothing more is said.
_LONGEST, _SHARE = 120, 0.2
_BARE = re.compile(r"(?: cô)?(?: giáo)?\s*(?:[,;:]|$|và )")
#: Right before the number of all of a school, and behind it.
_ALL = re.compile(r"(?<!\w)(?:toàn trường|cả trường|nhà trường|trường)(?: (?:hiện|hiện nay|năm nay))? có(?: tất cả)? $")
_MORE = re.compile(r"(?: cô)?(?: giáo)?\s*(?:[,;.]|$|và )")


def find_news_heads(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Pairs of a number of people in the headline of news and of the same people of the whole school in the text."""
    head = next(((block, level) for block, level in rows if block.index == 0 and block.kind in _HEADS), None)
    if head is None or head[0].end - head[0].body > _LONGEST:
        return
    if reading.text[head[0].body : head[0].end].rstrip().endswith((".", ":")) or head[0].marker is not None:
        return
    body = [row for block, level in rows if block is not head[0] for row in _amounts(level)]
    for amount, segment in _amounts(head[1]):
        if not _is_told(amount) or amount.family not in PEOPLE or any(a.value == amount.value for a, _ in body):
            continue
        if not _BARE.match(reading.lower, amount.unit_end, head[0].end):
            continue
        alike = [(a, s) for a, s in body if usable(a) and a.of is None and a.unit == amount.unit]
        told = [row for row in alike if _ALL.search(reading.lower, row[1].start, row[0].start)]
        told = [row for row in told if _MORE.match(reading.lower, row[0].unit_end)]
        if len(told) == 1 and abs(told[0][0].value - amount.value) <= _SHARE * amount.value:
            parts = (quantity(reading, *told[0]), quantity(reading, amount, segment))
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
