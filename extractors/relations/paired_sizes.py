"""Two sizes that always go together, told twice: ``24 lớp, 812 học sinh`` and ``24 lớp với 821 học sinh``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from extractors.relations.figures import Figure
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.twins import told_apart
from schemas.relation import Relation

#: With what the cue of such pairs begins.
PAIRED = "quy mô"
_JOINS = re.compile(r" ?(?:,|với|và|/|gồm|có)(?: (?:tổng số|với|có))? ?")
_LEAST_FIRST, _LEAST = 5, 100
_CLASSES = ("lớp", "nhóm, lớp", "nhóm lớp", "trường", "class")


@dataclass(frozen=True)
class _Pair:
    first: Figure
    second: Figure
    alone: bool


def find_paired_sizes(reading: Reading, sentences: Sequence[list[Figure]]) -> Iterator[Relation]:
    """Pairs of numbers of pupils that follow one number of classes or schools, and differ as by a slip."""
    pairs = [pair for figures in sentences for pair in _pairs(reading, figures)]
    for one, other in combinations(pairs, 2):
        a, b = one.second, other.second
        if (one.first.noun, one.first.amount.value) != (other.first.noun, other.first.amount.value):
            continue
        if a.noun != b.noun or a.block is b.block or not (one.alone and other.alone) or told_apart(a, b):
            continue
        if (a.times and b.times and a.times != b.times) or a.moment != b.moment:
            continue
        if (a.whole or one.first.whole or b.whole or other.first.whole) and differ_by_slip(
            a.amount.value, b.amount.value
        ):
            yield Relation(kind="same", whole=None, parts=(a.quantity, b.quantity), exhaustive=True, cue=PAIRED)
            return


def _pairs(reading: Reading, figures: Sequence[Figure]) -> list[_Pair]:
    found = []
    for first, second in pairwise(figures):
        if first.noun not in _CLASSES or second.noun != "pupil" or first.amount.value < _LEAST_FIRST:
            continue
        between = reading.lower[max(first.amount.end, first.amount.unit_end) : second.amount.start]
        plain = first.amount.counts and second.amount.counts and second.amount.value >= _LEAST
        if plain and _JOINS.fullmatch(between):
            found.append((first, second))
    return [_Pair(first, second, len(found) == 1) for first, second in found]
