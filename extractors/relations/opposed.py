"""Percentages of a thing and of its opposite, which share out one whole: ``hài lòng 86%, chưa hài lòng 14%``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_OPPOSED_AT = Words(("chưa ", "không "))
_OPPOSITE = re.compile(
    r"\s*(?:và |còn )?(?:(?:số|tỷ lệ|tỉ lệ) (?:(?!chưa|không)[^\W\d_]+ ){0,3})?"
    r"(?:chưa|không) (?P<thing>[^\d,;:()%]{4,40}?)(?: chiếm| là| đạt)?:? ?$"
)
_THING = re.compile(r"(?P<thing>[^\d,;:()%]{4,60}?)(?: chiếm| là| đạt)?:? ?$")
#: What misses the whole by more is said of others.
_ALL, _FAR = 100, 12


def find_opposed(reading: Reading, level: Level) -> Iterator[Relation]:
    """Pairs of opposites that are the only percentages of their sentence."""
    if not holds(_OPPOSED_AT, reading.lower, level.start, level.end):
        return
    for inner in level.walk():
        for run in by_sentence(inner.segments):
            yield from _pair(reading, run)


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
