"""Some of the people counted right before: ``36 giáo viên, đảng viên 41``, ``Đội ngũ: 26 người`` over ``- Có 27 nữ``.

Nobody has more women, Party members or boarders among its people than people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, categories_near, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.twins import are_turned
from schemas.relation import Relation

_Row = tuple[Amount, Segment, Block]

#: What some people are among others.
_SOME = (
    r"(?:nữ|đảng viên|dân tộc thiểu số|dân tộc|dtts|bán trú|nội trú|trên chuẩn|đạt chuẩn|hộ nghèo|hộ cận nghèo|"
    r"con hộ nghèo|khuyết tật|mồ côi)"
)
_SOME_AT = Words(
    ("nữ", "đảng viên", "dân tộc", "dtts", "bán trú", "nội trú", "chuẩn", "hộ nghèo", "cận nghèo", "khuyết tật",
     "mồ côi", "trong số đó", "trong số này", "có mặt", "dự họp")
)  # fmt: skip
#: Other nouns of the same people: ``42 cán bộ, giáo viên, nhân viên``.
_MORE = r"(?:(?:,|;| và| -) ?(?:cán bộ(?: quản lý)?|giáo viên|nhân viên|viên chức|công chức|người lao động|hợp đồng))*"
_SIGN = r"\s*(?:[,(;:.]\s*)?(?:[-+*•]\s*)?"
_OPEN = r"(?:(?:trong đó|trong số đó|trong số này),?:? ?)?"
#: Between them and those told of them, before the number or behind it.
_BEFORE = re.compile(
    rf"{_MORE}{_SIGN}{_OPEN}(?:có )?(?:số )?(?:(?:học sinh|giáo viên|người|trẻ) )?{_SOME}(?: có| là)?:? ?"
)
_BEHIND = re.compile(rf"{_MORE}{_SIGN}{_OPEN}(?:có )?(?:tới )?")
_TOLD_BEHIND = re.compile(
    rf" (?:là |người )?{_SOME}(?!\w)|[^\d,;.:()]{{0,6}} trong số (?:đó|này)(?!\w)| (?:dự họp|có mặt)(?!\w)"
)
#: What is told before the first number is some of them already: ``Trong đó: đảng viên 702 người, nữ 811 người``.
_ALREADY = re.compile(rf"(?<!\w)(?:{_SOME}|trong đó|thạc sĩ|đại học|cao đẳng|trung cấp)(?: có| là)?:? ?$")
#: Far more than all of them are others.
_NEAR = 1.25


def find_members(
    reading: Reading, rows: Sequence[tuple[Block, Level]], known: Iterable[Relation]
) -> Iterator[Relation]:
    """The people told of those counted before, in one sentence, the next one or the items below.

    Those ``known`` as parts that are counted by the noun of their whole are left out.
    """
    if not holds(_SOME_AT, reading.lower, 0, len(reading.lower)):
        return
    sums = [r for r in known if r.kind == "sum" and r.whole is not None and r.whole.unit is not None]
    parts = {p.evidence.end for r in sums if r.whole is not None for p in r.parts if p.unit == r.whole.unit}
    whole: _Row | None = None
    end = 0
    for row in _amounts(rows):
        amount = row[0]
        told = whole is not None and amount.of is None and _is_some(reading, end, amount)
        if whole is not None and told and _may_be_of(whole[0], amount) and _is_below(whole[2], row[2]):
            part = quantity(reading, *row[:2])
            if part.evidence.end not in parts:
                yield Relation(
                    kind="ratio", whole=quantity(reading, *whole[:2]), parts=(part,), exhaustive=True, cue="apart"
                )
        elif not told:
            whole = row if _is_all(reading, row) else None
        end = _end(reading, amount)


def _amounts(rows: Sequence[tuple[Block, Level]]) -> Iterator[_Row]:
    for block, level in rows:
        found = [(a, s, block) for inner in level.walk() for s in inner.segments for a in s.amounts]
        yield from sorted(found, key=lambda row: row[0].start)


def _end(reading: Reading, amount: Amount) -> int:
    """Where a number ends with its noun and what tells who of them it counts."""
    end = max(amount.end, amount.unit_end)
    behind = _TOLD_BEHIND.match(reading.lower, end)
    return behind.end() if behind is not None else end


def _is_some(reading: Reading, end: int, amount: Amount) -> bool:
    if not usable(amount) or amount.family not in (None, *PEOPLE):
        return False
    if _BEFORE.fullmatch(reading.lower, end, amount.start):
        return True
    after = max(amount.end, amount.unit_end)
    return bool(_BEHIND.fullmatch(reading.lower, end, amount.start) and _TOLD_BEHIND.match(reading.lower, after))


def _is_all(reading: Reading, row: _Row) -> bool:
    amount, segment, block = row
    if amount.family not in PEOPLE or not usable(amount) or amount.of is not None:
        return False
    if "dim_gender" in categories_near(reading, segment, amount.start, amount.end):
        return False
    return _ALREADY.search(reading.lower, block.body, amount.start) is None


def _may_be_of(whole: Amount, part: Amount) -> bool:
    """Whether a number may be some of the people counted, by who they are and how many."""
    people = part.family is None or "person" in (whole.family, part.family) or whole.family == part.family
    return people and (part.value <= _NEAR * whole.value or are_turned(whole.value, part.value))


def _is_below(block: Block, below: Block) -> bool:
    """Whether a block is the one before or an item under it."""
    return below.index == block.index or (below.marker is not None and below.index - block.index <= _ITEMS)


#: As many items under the line with the whole.
_ITEMS = 3
