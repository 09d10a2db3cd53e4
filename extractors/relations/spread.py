"""Percentages of one scale, one to each sentence of a paragraph or to each item: ``- Loại Giỏi: 18,7%`` and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.completeness import UPPER_GRADES, is_whole_scale
from extractors.relations.parts import categories, common_dimension, group_share
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading, attribute
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_ALL, _FAR_OFF = 100, 12
_LEAST = 3

_Row = tuple[Block, Level]


class _Share:
    """One percentage that a sentence or an item tells, with its category by dimension."""

    def __init__(self, reading: Reading, segment: Segment, amount: Amount) -> None:
        self.segment, self.amount = segment, amount
        found = categories(reading, segment, amount)
        self.labels = {group: label for group, label in found.items() if attribute(group, label, "shares")}
        self.mixed = any(attribute(group, label, "mixed") for group, label in found.items())


def find_spread_shares(reading: Reading, rows: Sequence[_Row]) -> Iterator[Relation]:
    """The percentages of a whole scale that sentences one after the other, or the items of a list, tell one by one.

    A run ends where a category comes back, where another scale is named and with what has no percentage or several.
    """
    for _, level in rows:
        runs = list(by_sentence(level.segments))
        if len(runs) >= _LEAST:
            yield from _in_runs(reading, [_only(reading, run) for run in runs])
    yield from _structures(reading, rows)
    shares: list[_Share | None] = []
    last: Block | None = None
    for block, level in rows:
        if last is not None and not _goes_on(block, last):
            yield from _in_runs(reading, shares)
            shares = []
        shares.append(_only(reading, level.segments))
        last = block
    yield from _in_runs(reading, shares)


#: Before a list of all that a whole is made of.
_HEADS = re.compile(
    r"(?<!\w)(?:cơ cấu|tỷ trọng|tỉ trọng|nguồn (?:kinh phí|vốn|thu|lực)|phân bổ|"
    r"tỷ lệ phân chia)(?!\w)[^;.]*:\s*$"
)
_ITEM = re.compile(r"[^\d%;:()]{2,60}(?::| chiếm| là)? ?\d{1,3}(?:,\d{1,2})? ?%(?: \([^()]*\))?[ .;,]*")


def _structures(reading: Reading, rows: Sequence[_Row]) -> Iterator[Relation]:
    """``Cơ cấu nguồn kinh phí:`` over items of one percentage each, whatever they are called."""
    for index, (block, _) in enumerate(rows):
        head = reading.document.blocks[block.index - 1] if block.index else None
        if block.marker is None or head is None or not _HEADS.search(reading.lower, head.body, head.end):
            continue
        parts = []
        for item, level in rows[index:]:
            alike = item.marker is not None and item.marker.style == block.marker.style
            if not alike or not _ITEM.fullmatch(reading.lower, item.body, item.end):
                break
            parts += [quantity(reading, a, s) for s in level.segments for a in s.amounts if a.percent]
        if len(parts) >= _LEAST and abs(sum(part.value for part in parts) - _ALL) <= _FAR_OFF:
            yield Relation(kind="shares", whole=None, parts=tuple(parts), exhaustive=True, disjoint=True, cue="cơ cấu")


def _goes_on(block: Block, last: Block) -> bool:
    if block.index != last.index + 1:
        return False
    if block.marker is None or last.marker is None:
        return block.marker is None and last.marker is None
    return block.marker.style == last.marker.style


def _only(reading: Reading, segments: Sequence[Segment]) -> _Share | None:
    """The only percentage of some segments, where nothing bounds it and it says no change."""
    found = [(s, a) for s in segments for a in s.amounts if a.percent]
    found += [(s, a) for s in segments if not found and (a := group_share(s)) is not None]
    if len(found) != 1:
        return None
    segment, amount = found[0]
    if amount.change or amount.vague or amount.of is not None or amount.value > _ALL:
        return None
    if any(reading.has("rel_some", s.start, s.end) or reading.has("rel_target", s.start, s.end) for s in segments):
        return None
    if "trở lên" in reading.lower[segment.start : segment.end]:
        return None
    before = segments[segments.index(segment) - 1] if segments[0] is not segment else None
    share = _Share(reading, segment, amount)
    if not share.labels and before is not None and segment.separator in (",", ":"):
        share.labels = _Share(reading, before, amount).labels  # Giỏi 80 em, đạt 25,0%
    return share if share.labels and not share.mixed else None


def _in_runs(reading: Reading, shares: Sequence[_Share | None]) -> Iterator[Relation]:
    run: list[_Share] = []
    for share in [*shares, None]:
        scaled = share is not None and reading.has("rel_scale", share.segment.start, share.amount.start)
        alike = share is not None and (not run or common_dimension([one.labels for one in (*run, share)]) is not None)
        if share is None or not alike or (run and scaled):
            yield from _relation(reading, run)
            run = []
        if share is not None:
            run.append(share)


def _relation(reading: Reading, run: Sequence[_Share]) -> Iterator[Relation]:
    dimension = common_dimension([share.labels for share in run]) if len(run) >= _LEAST else None
    found = {share.labels[dimension] for share in run} if dimension is not None else set()
    complete = dimension is not None and is_whole_scale(dimension, found)
    # Without the lowest grade they may be less than all of them, and never more.
    if dimension is None or not (complete or found in UPPER_GRADES):
        return
    if abs(sum(share.amount.value for share in run) - _ALL) > _FAR_OFF:
        return  # of several wholes
    parts = tuple(quantity(reading, share.amount, share.segment) for share in run)
    cue = dimension.removeprefix("dim_")
    yield Relation(kind="shares", whole=None, parts=parts, exhaustive=complete or None, disjoint=True, cue=cue)
