"""Totals whose parts stand in the items below: ``Tổng số 450 em, trong đó:`` and a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.outline import PART, ROMAN
from extractors.relations.amounts import Amount
from extractors.relations.parts import Parts, categories, fits, is_complete, read_parts, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.sums import Sum, quantity
from schemas.relation import Quantity, Relation

_LAST = 140
_LISTED = ("topic", "any", "school", "cell", "person", "staff", "pupil", "place")
_AS_FOLLOWS = re.compile(r"(?:như sau|sau đây|sau|gồm)\s*:$")
_FEW = 12
# So near the colon the number can only announce what stands below.
_CLOSE = 14


def find_item_sums(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Sum]:
    """Totals at the end of a block that opens a list, with the first number of each item as a part.

    Items without a number that fits leave open whether the list is complete.
    """
    for index, (block, level) in enumerate(rows):
        whole = _last_count(reading, block, level)
        if whole is None:
            continue
        items = _items(rows, index)
        parts = Parts()
        for _, item in items:
            read = read_parts(reading, item.segments[:1], item.start, whole[0])
            parts.found += read.found
            parts.some |= read.some
            parts.overlap |= read.overlap
        if len(parts.found) < 2 or _is_sibling(reading, whole, parts):
            continue
        opener = "trong_do" if _ends_with_cue(reading, block) else ":"
        complete = is_complete(reading, parts, whole[0], opener)
        if len(parts.found) < len(items) and complete:
            complete = None
        yield Sum(whole[0], whole[1], parts, complete, reading.text[whole[0].end : block.end][-20:].strip(" ,"))


def find_item_lists(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Numbers of tasks, contents and the like that announce the items below: ``gồm 3 nội dung sau:``."""
    for index, (block, level) in enumerate(rows):
        whole = _last_count(reading, block, level)
        if whole is None or whole[0].family not in _LISTED or whole[0].end < block.end - 60:
            continue
        items = _items(rows, index)
        if len(items) < 2 or any(item.segments and _counts(item.segments[0]) for _, item in items):
            continue
        if any(item.marker is not None and item.marker.kind in (PART, ROMAN) for item, _ in items):
            continue  # the sections of the document, not the things announced
        numbered = all(item.marker is not None and item.marker.number is not None for item, _ in items)
        announced = _AS_FOLLOWS.search(reading.lower, block.body, block.end) is not None
        if whole[0].family != "topic" and not announced:
            continue
        close = block.end - max(whole[0].end, whole[0].unit_end) <= _CLOSE
        sure = numbered or ((announced or close) and whole[0].value <= _FEW)
        yield Relation(
            kind="list",
            whole=quantity(reading, *whole),
            parts=tuple(_item(reading, item) for item, _ in items),
            exhaustive=True if sure else None,
            cue=":",
        )


def _item(reading: Reading, block: Block) -> Quantity:
    end = min(block.end, block.start + 80)
    return Quantity(
        value=1, printed=reading.document.value(block.start, end), evidence=reading.evidence(block.start, end)
    )


def _last_count(reading: Reading, block: Block, level: Level) -> tuple[Amount, Segment] | None:
    if not level.segments or not reading.text[block.body : block.end].rstrip().endswith(":"):
        return None
    sentence: list[Segment] = []
    for segment in level.segments:
        if segment.separator == ".":
            sentence = []
        sentence.append(segment)
    found = [(a, s) for s in sentence for a in s.amounts if usable(a) and a.of is None]
    if not found or block.end - found[-1][0].end > _LAST:
        return None
    return found[-1]


def _ends_with_cue(reading: Reading, block: Block) -> bool:
    return any(
        term.id == "trong_do" and block.end - term.end <= 3
        for term in reading.terms("rel_open", max(block.body, block.end - 30), block.end)
    )


def _items(rows: Sequence[tuple[Block, Level]], index: int) -> list[tuple[Block, Level]]:
    """The items right below a block, all of one style other than its own."""
    found: list[tuple[Block, Level]] = []
    own = rows[index][0].marker
    for block, level in rows[index + 1 :]:
        if block.marker is None:
            if found:
                break
            return []
        if own is not None and block.marker.style == own.style:
            break
        if found and block.marker.style != found[0][0].marker.style:  # type: ignore[union-attr]
            if block.parent == found[-1][0].index:
                continue
            break
        if found and block.marker.number is not None and block.marker.number == 1:
            break
        found.append((block, level))
    return found


def _counts(segment: Segment) -> bool:
    return any(usable(amount) for amount in segment.amounts)


def _is_sibling(reading: Reading, whole: tuple[Amount, Segment], parts: Parts) -> bool:
    dimension = parts.dimension()
    own = categories(reading, whole[1], whole[0])
    return not all(fits(whole[0], part.amount) for part in parts.found) or (
        dimension is not None
        and own.get(dimension) is not None
        and own[dimension] not in {part.categories[dimension] for part in parts.found}
        and dimension not in ("dim_level", "dim_class", "dim_staff", "dim_pass", "dim_prize")
    )
