"""Totals right behind their parts, by a sign or in a bracket: ``31 HCV - 22 HCB - 27 HCĐ (80 HC)``, ``… = 18 giải``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.relations.amounts import Amount
from extractors.relations.nearly import is_near
from extractors.relations.parts import Part, Parts, categories, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum

_EQUALS = re.compile(r"[^\d,;.:()=]{0,24}= ?(?:tổng(?: số| cộng)? |cộng )?$")
_TOLD = re.compile(r"\s*(?:tổng(?: số| cộng)?|cộng|tất cả|=)(?: là| có|:)? ?$")
_MEDALS = ("huy chương", "hc", "huy chương các loại")


def find_totals_behind(reading: Reading, level: Level) -> Iterator[Sum]:
    """The total of a list that its last part brings along, told by ``=``, by ``cộng`` in a bracket or as medals.

    The parts are of one scale, each of another category of it. Without a word or a sign they make it but for a slip.
    """
    for run in by_sentence(level.segments):
        yield from _bracketed(reading, run)
        for index, segment in enumerate(run):
            if index and (found := _total(reading, segment)) is not None:
                total, where = found
                parts = _parts_before(reading, run[: index + 1])
                made = sum(part.amount.value for part in parts.found)
                told = 2 * abs(made - total.value) < total.value and not _is_bare(reading, where, total)
                if parts.dimension() is not None and (told or is_near(reading, parts, total)):
                    yield Sum(total, where, parts, True, "=")


def _bracketed(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """``tại bản Sín (26 học viên), bản Bơ (18) và bản Nậm (21), cộng 65 học viên``: each part has its bracket."""
    for index, segment in enumerate(run):
        total = segment.first()
        if index < 2 or total is None or not _counted(total) or segment.groups:
            continue
        if not _ADDED.fullmatch(reading.lower, segment.start, total.start):
            continue
        parts = Parts()
        for before in reversed(run[:index]):
            inside = [(a, s) for group in before.groups for s in group.segments for a in s.amounts]
            inside = inside or [(a, before) for a in before.amounts[-1:] if reading.text.startswith(")", a.end)]
            if len(inside) != 1 or not _counted(inside[0][0]) or inside[0][0].family not in (None, total.family):
                break
            parts.found.insert(0, Part(*inside[0], named=True))
            if len(before.amounts) > (not before.groups):
                break  # mở 3 lớp tại bản Sín (26 học viên)
        if len(parts.found) > 1 and is_near(reading, parts, total):
            yield Sum(total, segment, parts, True, "cộng")


_ADDED = re.compile(r"\s*(?:tổng cộng|cộng|tất cả|tổng)(?: là| có| được)?:? ")


def _total(reading: Reading, segment: Segment) -> tuple[Amount, Segment] | None:
    """The total that stands behind the last part of a list, with the segment that it stands in."""
    counts = [a for a in segment.amounts if not a.percent]
    told = len(counts) > 1 and _EQUALS.fullmatch(reading.lower, counts[0].end, counts[1].start)
    if told and _counted(counts[1]):
        return counts[1], segment
    for group in segment.groups[-1:]:
        inside = [(a, s) for s in group.segments for a in s.amounts]
        if len(inside) != 1 or not _counted(inside[0][0]) or len(counts) != 1 or counts[0].start > group.start:
            continue
        total = inside[0][0]
        alone = not reading.text[group.start : total.start].strip()
        medals = alone and reading.lower[total.end : group.end].strip() in _MEDALS
        if medals or _TOLD.fullmatch(reading.lower, group.start, total.start):
            return inside[0]
    return None


def _is_bare(reading: Reading, where: Segment, total: Amount) -> bool:
    """Whether nothing says of a number that it is a total."""
    return not reading.text[where.start : total.start].strip()


def _counted(amount: Amount) -> bool:
    return usable(amount) and amount.of is None and amount.family not in ("money", "time")


def _parts_before(reading: Reading, run: Sequence[Segment]) -> Parts:
    """The parts up to the last segment, back to where a category comes again or something else is told."""
    parts = Parts()
    seen: set[str] = set()
    for segment in reversed(run):
        counts = [a for a in segment.amounts if not a.percent]
        if not counts or not _counted(counts[0]) or (parts.found and (len(counts) > 1 or segment.groups)):
            break
        labels = categories(reading, segment, counts[0])
        own = {f"{group}/{label}" for group, label in labels.items()}
        if not own or own & seen:
            break
        seen |= own
        parts.found.insert(0, Part(counts[0], segment, labels))
        if segment.separator not in (",", ";", "và"):
            break
    return parts
