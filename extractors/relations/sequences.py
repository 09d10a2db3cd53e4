"""The numbers of headings and items, list by list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from extractors._shared.document import Block
from extractors._shared.outline import ALPHA, NUMBER, Marker
from extractors.relations.reading import UPPER, Reading
from schemas.relation import Quantity, Relation

_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
# Letters that a list may leave out without a gap: they are not in every Vietnamese alphabet.
_OPTIONAL = "đfjwz"
_QUOTE = 100
#: Before a figure the dash stands at the number, else it is a range: ``2- 100% phòng học …``.
_DASHED = re.compile(rf"(\d{{1,2}})(?:\s?[-–]\s?(?=[{UPPER}])|[-–] (?=\d))")


@dataclass
class _List:
    style: str
    blocks: list[Block] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def find_sequences(reading: Reading) -> list[Relation]:
    """One relation for each list of numbered headings or items with at least two of them.

    ``1.`` opens a list inside the last one or after it; a number goes on with the innermost open
    list that it continues, else with the innermost of its style, where it makes a gap or a repeat.
    """
    finished: list[_List] = []
    stack: list[_List] = []
    for block in map(partial(_dashed, reading), reading.document.blocks):
        if block.marker is None or block.marker.number is None or block.kind in ("cell", "junk", "caption"):
            continue
        style = _style(reading, block)
        number = _number(block)
        if number is None:
            continue
        # A number that prints its parent (2.1) cannot begin a second list under it.
        target = _continued(stack, style, number) if number > 1 or ":" in style else None
        if target is None:
            target = _List(style)
            finished.append(target)
            if block.marker.kind != ALPHA and not any(row.style == style for row in stack):
                _close_deeper(stack, style)
            stack.append(target)
        else:
            del stack[stack.index(target) + 1 :]
        target.blocks.append(block)
        target.numbers.append(number)
    return [relation for row in finished if len(row.blocks) > 1 for relation in _relation(reading, row)]


def _dashed(reading: Reading, block: Block) -> Block:
    """The block, with a number before a dash read as its marker: ``3- Về khuyết điểm``."""
    if block.marker is not None or block.kind in ("cell", "junk", "caption"):
        return block
    match = _DASHED.match(reading.text, block.start, block.end)
    if match is None:
        return block
    marker = Marker(NUMBER, "dashed", int(match.group(1)), match.group(1), match.end() - block.start)
    return replace(block, marker=marker, body=match.end())


_RANKS = ("part", "roman", "number")


def _close_deeper(stack: list[_List], style: str) -> None:
    """A list of a style not open closes what can only stand inside it: ``1.`` under ``I.``."""
    rank = next((i for i, name in enumerate(_RANKS) if style.startswith(name)), None)
    if rank is None or rank == len(_RANKS) - 1:
        return
    while stack and any(stack[-1].style.startswith(name) for name in _RANKS[rank + 1 :]):
        stack.pop()


def _continued(stack: list[_List], style: str, number: int) -> _List | None:
    same = [row for row in reversed(stack) if row.style == style]
    return next((row for row in same if row.numbers[-1] == number - 1), same[0] if same else None)


def _style(reading: Reading, block: Block) -> str:
    marker = block.marker
    assert marker is not None
    if marker.style == "named":
        return reading.lower[block.start : block.body].split()[0]
    if marker.kind == NUMBER and "." in marker.path:
        return f"{marker.style}:{marker.path.rsplit('.', 1)[0]}"
    sign = reading.text[block.start : block.body].strip()[-1:]
    return marker.style + (")" if sign == ")" else "")


def _number(block: Block) -> int | None:
    assert block.marker is not None
    if block.marker.kind == ALPHA:
        index = _LETTERS.find(block.marker.path)
        return index + 1 if index >= 0 else None
    return block.marker.number


def _relation(reading: Reading, row: _List) -> Iterator[Relation]:
    letters = [block.marker.path for block in row.blocks if block.marker is not None and block.marker.kind == ALPHA]
    skipped = [letter for letter in _OPTIONAL if letter not in letters] if letters else []
    parts = []
    for block, number in zip(row.blocks, row.numbers, strict=True):
        value = number - sum(_LETTERS.index(letter) < number - 1 for letter in skipped)
        end = _cut(reading, block)
        printed = reading.document.value(block.start, block.body).strip() or str(number)
        parts.append(
            Quantity(
                value=value,
                printed=printed,
                label=reading.document.value(block.body, end) if end > block.body else "",
                evidence=reading.evidence(block.start, end),
            )
        )
    yield Relation(kind="sequence", whole=None, parts=tuple(parts), exhaustive=True, cue=row.style)


def _cut(reading: Reading, block: Block) -> int:
    if block.end - block.start <= _QUOTE:
        return block.end
    space = reading.text.rfind(" ", block.body, block.start + _QUOTE)
    return space if space > block.body else block.start + _QUOTE
