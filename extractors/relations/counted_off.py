"""Things announced by a number and counted off one by one: ``thứ nhất, …; thứ hai, …``, ``Bước 1: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.items import last_count
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level
from schemas.relation import Relation

#: So many blocks behind the number they may stand in.
_FEW = 12
#: The things that a sentence counts off: ``thứ nhất, …; thứ hai, …`` and ``Một là, … Hai là, …``.
_OFF = (
    ("thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"),
    ("một là", "hai là", "ba là", "bốn là", "năm là", "sáu là", "bảy là", "tám là"),
)
_OFF_REACH = 60


def find_counted_off(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``4 giải pháp: thứ nhất, …; thứ hai, …``: the things announced that are counted off in words.

    They stand in the same block or open the blocks that follow.
    """
    for index, (_, level) in enumerate(rows):
        counts = [(a, s) for s in level.segments for a in s.amounts if usable(a) and a.of is None]
        counts = [(a, s) for a, s in counts if a.family in ("topic", "any")]
        for whole in counts:
            for words in _OFF:
                found = _count_off(reading, [b for b, _ in rows[index : index + _FEW]], whole[0].end, words)
                if len(found) > 1 and found[0][0] - whole[0].end <= _OFF_REACH:
                    parts = tuple(reading.thing(*span) for span in found)
                    yield Relation(
                        kind="list", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue=words[0]
                    )


def _count_off(reading: Reading, blocks: Sequence[Block], start: int, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where each of the words opens its clause, one after the other from the first on."""
    found: list[tuple[int, int]] = []
    for block in blocks:
        if block.end <= start:
            continue
        at = max(block.body, start)
        while len(found) < len(words):
            match = re.compile(rf"(?<!\w){words[len(found)]}(?!\w)").search(reading.lower, at, block.end)
            if match is None:
                break
            if found and found[-1][1] == block.end:
                found[-1] = found[-1][0], match.start()
            found.append((match.start(), block.end))
            at = match.end()
        if block is not blocks[0] and (not found or found[-1][1] != block.end):
            break
    return found


def find_numbered_lines(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``gồm 4 bước:`` over lines that begin with ``Bước 1``, ``Bước 2`` and so on."""
    for index, (block, level) in enumerate(rows):
        whole = last_count(reading, block, level)
        if whole is None or whole[0].unit is None or whole[0].value < 2:
            continue
        found: list[Block] = []
        for below, _ in rows[index + 1 :]:
            if not re.match(
                rf"{re.escape(whole[0].unit)} 0?{len(found) + 1}(?!\d)", reading.lower[below.body : below.end]
            ):
                break
            found.append(below)
        if len(found) > 1 and all(below.marker is None for below in found):
            parts = tuple(reading.thing(below.body, below.end) for below in found)
            yield Relation(kind="list", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue=":")
