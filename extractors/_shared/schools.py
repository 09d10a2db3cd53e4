"""Which school a passage means: for topics that find a school's name beside their own records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors._shared.document import Document
from extractors._shared.places import bare, fold
from schemas.records import Record, School


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
    inside = [school for first, last, school in school_ranges(document, records) if start <= first and last <= end]
    named = _choose(inside, wanted)
    if named is not None:
        return named
    text = f" {fold(document.text[start:end])} ".translate(_SIGNS)
    fitting = [school for school in records if isinstance(school, School) and f" {_spelling(school)} " in text]
    longest = max((len(_spelling(school)) for school in fitting), default=0)
    return _choose([school for school in fitting if len(_spelling(school)) == longest], wanted)


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
