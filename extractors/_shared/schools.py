"""Which school a passage means: for topics that find a school's name beside their own records."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from extractors._shared.document import Document
from extractors._shared.places import bare, fold
from schemas.records import Record, School

_START = itemgetter(0)


def school_ranges(document: Document, records: Iterable[Record]) -> list[tuple[int, int, School]]:
    """The passages that name a school, as ranges of the view, in order. ``records`` may hold other types too."""
    offsets = document.view.from_layer
    ranges = [
        (offsets[evidence.start], offsets[evidence.end], school)
        for school in records
        if isinstance(school, School)
        for evidence in school.evidence
    ]
    return sorted(ranges, key=lambda item: item[:2])


def resolve_school(
    document: Document, records: Sequence[Record], start: int, end: int, *, level: str | None = None
) -> School | None:
    """The school that a range of the view names, by full name or bare (``Nam Mỹ``); None where it names none.

    A school whose own passage lies in the range comes first, then one whose name the range holds.
    ``level`` chooses between schools of one name; without it the level of the block does, and
    where several still fit, None is returned.
    """
    wanted = level or document.level(document.block_at(start))
    known = _known(document, records)
    ranges = known.ranges[bisect_left(known.ranges, start, key=_START) : bisect_right(known.ranges, end, key=_START)]
    inside = [school for _, last, school in ranges if last <= end]
    named = _choose(inside, wanted)
    if named is not None:
        return named
    text = f" {fold(document.text[start:end])} ".translate(_SIGNS)
    fitting = [(len(spelling), school) for spelling, school in known.spellings if spelling in text]
    longest = max((length for length, _ in fitting), default=0)
    return _choose([school for length, school in fitting if length == longest], wanted)


class _Known(NamedTuple):
    """The schools of a document's records, worked out once for all labels that may name one."""

    records: Sequence[Record]
    ranges: list[tuple[int, int, School]]
    spellings: list[tuple[str, School]]


def _known(document: Document, records: Sequence[Record]) -> _Known:
    known: _Known | None = document.memory.get(_known)
    if known is None or known.records is not records:
        spellings = [(f" {_spelling(school)} ", school) for school in records if isinstance(school, School)]
        known = document.memory[_known] = _Known(records, school_ranges(document, records), spellings)
    return known


_SIGNS = str.maketrans(',;:.()[]"“”-', "            ")


def _spelling(school: School) -> str:
    name = _bare(school.own_name)
    return name if school.ordinal is None else f"{name} {school.ordinal}"


@lru_cache(maxsize=4096)
def _bare(own_name: str) -> str:
    return fold(bare(own_name))


def _choose(schools: list[School], level: str | None) -> School | None:
    """The one school of the level, or the one of any; None for none or several."""
    distinct = list(dict.fromkeys(schools))
    of_level = [school for school in distinct if school.level == level]
    if len(of_level) == 1:
        return of_level[0]
    return distinct[0] if len(distinct) == 1 else None
