"""Numbers told away from what they are of, against the text: in a headline, in a pasted table, ``một trong 42 em``.

``ĐOẠT 12 GIẢI`` over ``21 em có giải``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.saying import PLANNED, WHOLE, moment_of
from extractors.relations.structure import Level, Segment
from extractors.relations.twins import are_turned
from schemas.relation import Quantity, Relation

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


#: How many there are, told of one of them.
_ONE_OF = re.compile(
    r"(?<!\w)(?:một|0?1) trong (?:số |tổng số |những )?(?P<n>\d{2,4}) "
    r"(?P<noun>(?:[^\W\d_]+ )?[^\W\d_]+?)"
    r"(?= (?:được|đạt|có|của|nhận|trúng|tiêu|xuất|dự|tham|vinh|là|ở|đoạt|trong)(?!\w)|[.,;:()]|$)"
)
_ONE_OF_AT = Words(("một trong ", "1 trong "))


def find_one_of(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``một trong 42 sinh viên`` against the number of the same people with its digits turned: ``Sinh viên: 24 suất``.

    Where the text has that number anywhere else, that may be meant.
    """
    if not holds(_ONE_OF_AT, reading.lower, 0, len(reading.lower)):
        return
    found = [row for _, level in rows for row in _amounts(level)]
    for block, _ in rows:
        if not holds(_ONE_OF_AT, reading.lower, block.body, block.end):
            continue
        for match in _ONE_OF.finditer(reading.lower, block.body, block.end):
            value = int(match["n"])
            others = [(a, s) for a, s in found if not match.start() <= a.start < match.end()]
            if any(value in (a.value, a.of) for a, _ in others):
                continue
            alike = [(a, s) for a, s in others if usable(a) and a.of is None and are_turned(value, a.value)]
            alike = [(a, s) for a, s in alike if match["noun"] in reading.lower[s.start : s.end]]
            if len(alike) == 1:
                whole = reading.quantity(value, match.span("n"), match.span())
                parts = (quantity(reading, *alike[0]), whole)
                yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=HEADLINED)


_TOTAL = re.compile(r"(?:[-+*•] ?)?(?:tổng số|tổng cộng|cộng|toàn trường)(?: học sinh| lớp| giáo viên)?:?")
_NUMBER = re.compile(r"\d{2,5}")
#: What the numbers below a heading count, and by which nouns the text does.
_COUNTED = {"học sinh": ("học sinh", "hs", "em"), "lớp": ("lớp", "lớp học"), "giáo viên": ("giáo viên", "gv")}
_HEAD = re.compile(r"(?:\d{1,2}|[ivx]+)[.)] ?(?:số (?:lượng )?)?(?P<what>học sinh|lớp|giáo viên)(?!\w)[^;:]{0,30}")


def find_pasted_totals(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The total of a table that was pasted line by line, against the number of all there are with its digits turned."""
    blocks = reading.document.blocks
    for label, number in pairwise(blocks):
        if _TOTAL.fullmatch(reading.lower, label.start, label.end) is None:
            continue
        value = _NUMBER.fullmatch(reading.text, number.start, number.end)
        if value is None:
            continue
        nouns = _nouns_above(reading, blocks[: label.index])
        for amount, segment in ((a, s) for _, level in rows for a, s in _amounts(level) if a.unit in nouns):
            if are_turned(amount.value, int(value[0])) and _is_of_all(reading, amount):
                cell = _cell(reading, label, number)
                parts = (cell, quantity(reading, amount, segment))
                yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=HEADLINED)
                break


def _is_of_all(reading: Reading, amount: Amount) -> bool:
    """Whether the sentence of a count says before it that it is of all there are, now."""
    start, _ = reading.document.sentence_at(amount.start)
    said = reading.lower[start : amount.start]
    plain = usable(amount) and amount.of is None and amount.value >= _LARGE
    return plain and WHOLE.search(said) is not None and not PLANNED.search(said) and moment_of(said) != "before"


#: So large a number hardly has its digits turned by chance.
_LARGE = 100


def _nouns_above(reading: Reading, blocks: Sequence[Block]) -> tuple[str, ...]:
    """By which nouns what the nearest numbered heading above counts is counted."""
    for block in reversed(blocks):
        if block.marker is not None and block.marker.number is not None:
            match = _HEAD.fullmatch(reading.lower, block.start, block.end)
            return _COUNTED[match["what"]] if match is not None else ()
    return ()


def _cell(reading: Reading, label: Block, number: Block) -> Quantity:
    value = int(reading.text[number.start : number.end])
    return reading.quantity(value, (number.start, number.end), (label.start, number.end))
