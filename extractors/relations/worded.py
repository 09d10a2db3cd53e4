"""Counts out of others in words: ``45 trong số 48 học sinh``, ``28 trên 30 trường``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.exceeded import may_exceed
from extractors.relations.parts import PEOPLE
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_OUT_OF_AT = Words((" trên ", " trong số ", " trong tổng số "))
#: Between a count and what it is taken from. Where the count has a noun of its own ``trên`` may be a place.
_OUT_OF = re.compile(r" (?:(?:trên|trong)(?: tổng)? số|trên)(?: là| có)? ")
_OF_NOUN = re.compile(r" (?:(?:[^\W\d_]+|\d tuổi) ){0,5}?(?:trên|trong)(?: tổng)? số(?: là| có)? ")
_COUNTED = ("school", "place", "cell", "class", "room", "household", *PEOPLE)
#: A slip makes more of the whole by no more than this share of it.
_ALIKE = 0.25


def find_worded_ratios(reading: Reading, level: Level) -> Iterator[Relation]:
    """Ratios in words, whose first number can be no greater than the second."""
    if not holds(_OUT_OF_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        if any(reading.has("rel_target", *span) for s in run for span in s.own) or may_exceed(reading, run):
            continue
        for index, segment in enumerate(run):
            for count, whole in pairwise([a for a in segment.amounts if a.family != "time"]):
                if not _is_out_of(reading, count, whole):
                    continue
                yield _relation(reading, segment, count, whole)
                share = share_after(reading, run, index, whole) if count.value <= whole.value else None
                if share is not None:
                    parts = quantity(reading, *share), quantity(reading, count, segment, last=whole.start - 1)
                    base = quantity(reading, whole, segment, first=whole.start)
                    yield Relation(kind="percentage", whole=base, parts=parts, exhaustive=True, cue="trong số")


def _is_out_of(reading: Reading, count: Amount, whole: Amount) -> bool:
    plain = not (count.percent or whole.percent or count.of or whole.of or count.change or whole.change or count.vague)
    if not plain or whole.family not in _COUNTED or count.value > (1 + _ALIKE) * whole.value:
        return False
    if count.family is None:
        return _OUT_OF.fullmatch(reading.lower, count.end, whole.start) is not None
    alike = count.family == whole.family or {count.family, whole.family} <= PEOPLE
    return alike and _OF_NOUN.fullmatch(reading.lower, count.unit_end, whole.start) is not None


def _relation(reading: Reading, segment: Segment, count: Amount, whole: Amount) -> Relation:
    parts = (quantity(reading, count, segment, last=whole.start - 1),)
    passage: Sequence[int] = (count.start, max(whole.end, whole.unit_end))
    base = reading.quantity(whole.value, (whole.start, whole.end), (passage[0], passage[1]), unit=whole.unit)
    return Relation(kind="ratio", whole=base, parts=parts, exhaustive=True, cue="apart")
