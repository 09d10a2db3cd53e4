"""Things that a number announces behind a colon and that all begin alike: ``5 khoản: tiền ăn, tiền nước, tiền học``.

Also those told one to a line without any sign before it: ``5 đời hiệu trưởng:`` over ``Thầy A (1978 - 1985)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.items import last_count, stands_beside_another
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.pieces import chunks, trimmed
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Relation

_Span = tuple[int, int]

#: Between a number and the colon behind which the things stand.
_COLON = re.compile(r"[^\d,;.:()]{0,60}: ?")
_STOP = re.compile(r"[.](?!\d)(?=\s|$)|\n")
_ETC = re.compile(
    r"…|\.\.\.|v\.v|(?<!\w)(?:khác|như|trong đó|tiêu biểu|riêng|chủ yếu|đặc biệt|một số|các|những|nhiều)(?!\w)|:"
)
_HEAD = re.compile(r"[^\W\d_]+(?= [^\W\d_])")
#: Counted so, a thing may be told in more pieces than one.
_NOT_LISTED = ("time", "money", "area", "site", "school", "place", *PEOPLE)
_LEAST, _FEW = 3, 2
_LONGEST = 90


def find_same_heads(
    reading: Reading, rows: Iterable[tuple[Block, Level]], known: Iterable[Relation]
) -> Iterator[Relation]:
    """What is told behind a colon in pieces that all begin with one word; ``và`` parts two where that word follows.

    Numbers whose list is ``known`` are left out.
    """
    told = {r.whole.evidence.end for r in known if r.kind == "list" and r.whole is not None}
    for inner in (inner for _, level in rows for inner in level.walk()):
        for segment in inner.segments:
            for amount in segment.amounts[-1:]:
                if usable(amount) and amount.of is None and amount.value >= _FEW and _is_counted(amount):
                    found = _behind_colon(reading, inner, segment, amount)
                    yield from (r for r in found if r.whole is not None and r.whole.evidence.end not in told)


def _is_counted(amount: Amount) -> bool:
    return amount.unit is not None and amount.family not in _NOT_LISTED


def _behind_colon(reading: Reading, level: Level, segment: Segment, amount: Amount) -> Iterator[Relation]:
    colon = _COLON.match(reading.lower, max(amount.end, amount.unit_end), level.end)
    if colon is None:
        return
    stop = _STOP.search(reading.text, colon.end(), level.end)
    end = stop.start() if stop is not None else level.end
    pieces = _alike(reading, colon.end(), end)
    if len(pieces) < _LEAST or _ETC.search(reading.lower, colon.end(), end):
        return
    parts = tuple(reading.thing(*piece) for piece in pieces)
    yield Relation(kind="list", whole=quantity(reading, amount, segment), parts=parts, exhaustive=True, cue=":")


def _alike(reading: Reading, start: int, end: int) -> list[_Span]:
    """The pieces of a range where all begin with the word of the first; none where one does not."""
    head = _HEAD.match(reading.lower, start, end)
    if head is None:
        return []
    word = re.escape(head[0])
    found: list[_Span] = []
    for first, last in trimmed(reading, chunks(reading, start, end, ",;")):
        first += 3 * reading.lower.startswith("và ", first)
        cuts = [first, *(m.end() for m in re.compile(rf" và (?={word} )").finditer(reading.lower, first, last))]
        ends = [*(m - 4 for m in cuts[1:]), last]
        for at, stop in zip(cuts, ends, strict=True):
            if not reading.lower.startswith(f"{head[0]} ", at) or stop - at > _LONGEST:
                return []
            found.append((at, stop))
    return found


_SYLLABLE = rf"[{UPPER}](?:['’][{UPPER}])?[{LOWER}]*"
#: Somebody by title and name at the head of a line, with years or a school behind.
_PERSON = re.compile(
    rf"(?:[Ee]m|[Cc]ô|[Tt]hầy|[Ôô]ng|[Bb]à|[Đđ]/c|[Đđ]ồng chí)(?: giáo)? {_SYLLABLE}(?: {_SYLLABLE}){{1,5}}"
    rf"(?=\s*(?:$|[:,(–.-]))"
)
_TITLED = re.compile(r"(?:em|cô|thầy|ông|bà|đ/c|đồng chí) ", re.I)


def find_people_below(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Numbers of people over lines without a sign, each of which begins with one of them by title and name."""
    blocks = reading.document.blocks
    for block, level in rows:
        if not reading.text[block.body : block.end].rstrip().endswith(":"):
            continue
        whole = last_count(reading, block, level)
        if (
            whole is None
            or whole[0].family not in (*PEOPLE, "topic")
            or stands_beside_another(reading, level, whole[0])
        ):
            continue
        names: list[_Span] = []
        for below in blocks[block.index + 1 :]:
            if below.marker is not None or below.kind in ("cell", "junk", "signature"):
                break
            if _PERSON.match(reading.text, below.body, below.end) is None:
                break
            names.append((below.body, below.end))
        after = blocks[block.index + 1 + len(names)] if block.index + 1 + len(names) < len(blocks) else None
        unsure = after is not None and (after.marker is not None or _TITLED.match(reading.text, after.body))
        if len(names) < _LEAST or (unsure and after is not None and after.kind != "heading"):
            continue
        parts = tuple(reading.thing(*span) for span in names)
        yield Relation(kind="list", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue=":")
