"""Percentages that share out one whole by what they are called: a thing and its opposite, steps of one ladder.

``hài lòng 86%, chưa hài lòng 14%``; ``dưới 5 điểm 61,7%, từ 5 đến dưới 8 điểm 28,9%, từ 8 điểm trở lên 9,4%``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors._shared.numbers import parse_numeral
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_OPPOSED_AT = Words(("chưa ", "không "))
_LADDER_AT = Words(("dưới ",))
_OPPOSITE = re.compile(
    r"\s*(?:và |còn )?(?:số |tỷ lệ |tỉ lệ )?(?:chưa|không) (?P<thing>[^\d,;:()%]{4,40}?)(?: chiếm| là| đạt)?:? ?$"
)
_THING = re.compile(r"(?P<thing>[^\d,;:()%]{4,60}?)(?: chiếm| là| đạt)?:? ?$")
_N = r"\d{1,3}(?:,\d+)?"
_OF = r"(?: điểm| tuổi| năm| triệu(?: đồng)?| giờ)?"
_STEP = re.compile(
    rf"(?<!\w)(?:dưới (?P<below>{_N}){_OF}|từ (?P<low>{_N}){_OF} đến (?:dưới |cận )?(?P<high>{_N}){_OF}|"
    rf"(?:từ )?(?P<least>{_N}){_OF} trở lên|trên (?P<above>{_N}){_OF}):? ?(?:chiếm |đạt |là |có )?(?:tỷ lệ |tỉ lệ )?"
    r"(?P<rate>\d{1,3}(?:,\d+)? ?%)"
)
_LEAST = 3
#: What misses the whole by more is said of others.
_ALL, _FAR = 100, 12


def find_opposed(reading: Reading, level: Level) -> Iterator[Relation]:
    """Pairs of opposites that are the only percentages of their sentence, and ladders without a gap."""
    if holds(_OPPOSED_AT, reading.lower, level.start, level.end):
        for inner in level.walk():
            for run in by_sentence(inner.segments):
                yield from _pair(reading, run)
    if holds(_LADDER_AT, reading.lower, level.start, level.end):
        yield from _ladder(reading, level)


def _pair(reading: Reading, run: list[Segment]) -> Iterator[Relation]:
    rates = [(s, a) for s in run for a in s.amounts if a.percent]
    if len(rates) != 2 or rates[0][0] is rates[1][0] or any(s.groups for s, _ in rates):
        return
    (here, one), (there, other) = rates
    if any(a.change or a.vague or a.of is not None for a in (one, other)) or there.separator not in (",", ";", "và"):
        return
    opposite = _OPPOSITE.fullmatch(reading.lower, there.start, other.start)
    thing = _THING.search(reading.lower, _opening(reading, here, one), one.start)
    if opposite is None or thing is None or not thing["thing"].strip().endswith(opposite["thing"].strip()):
        return
    if abs(one.value + other.value - _ALL) > _FAR:
        return
    parts = quantity(reading, one, here), quantity(reading, other, there)
    yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue="không")


def _opening(reading: Reading, segment: Segment, amount: Amount) -> int:
    """Where the words right before a number begin: behind the label and the numbers of its segment."""
    before = [max(a.end, a.unit_end) for a in segment.amounts if a.end <= amount.start]
    return max(segment.start, reading.lower.rfind(":", segment.start, amount.start - 2) + 1, *before)


def _ladder(reading: Reading, level: Level) -> Iterator[Relation]:
    steps = list(_STEP.finditer(reading.lower, level.start, level.end))
    ranges = sorted((_bounds(match), match.start(), match) for match in steps)
    if len(steps) < _LEAST or len({bounds for bounds, *_ in ranges}) < len(steps):
        return
    if ranges[0][0][0] != 0 or ranges[-1][0][1] != _TOP or any(a[0][1] != b[0][0] for a, b in pairwise(ranges)):
        return
    parts = []
    for match in steps:
        printed = match["rate"].rstrip(" %")
        parts.append(reading.quantity(float(parse_numeral(printed)), match.span("rate"), match.span(), unit="%"))
    yield Relation(kind="shares", whole=None, parts=tuple(parts), exhaustive=True, disjoint=True, cue="từ … đến")


_TOP = 1e9


def _bounds(match: re.Match[str]) -> tuple[float, float]:
    """From where to where a step reaches."""
    if match["below"]:
        return 0.0, float(parse_numeral(match["below"]))
    if match["low"]:
        return float(parse_numeral(match["low"])), float(parse_numeral(match["high"]))
    return float(parse_numeral(match["least"] or match["above"])), _TOP
