"""Who won: a person, a school or another body, and the school to which people named in one list belong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from schemas.records import School

_HOME = re.compile(
    r"(?<!\w)(?:học sinh|hs|lớp \w+|hiệu trưởng|hiệu phó|tổ trưởng|tổng phụ trách|giáo viên|gv"
    r"|của|tại|trường|công tác tại|đơn vị|cùng học|theo học|đang học)[^,;:()]{0,20}$"
)
#: Before the school of all who are named before it: ``em A và em B, cùng học Trường C``.
_HOME_OF_ALL = re.compile(
    r"(?<!\w)(?:cùng|đều)(?: là| đang)? (?:học|học sinh|hs|giáo viên|gv|ở|công tác|của)(?!\w)[^,;:()]{0,25}$"
)
#: Before the names of two pupils who are told as a pair.
_PAIR = re.compile(
    r"(?<!\w)(?:0?2|hai|cặp|các) (?:học sinh|em|hs|bạn|cháu|thí sinh|đội viên)(?: học sinh)?(?: \([^()]{1,6}\))?"
    r"(?: là)?:? $"
)


@dataclass(frozen=True)
class Winner:
    """Who won: a person's name, a school, or both, and where they are named; ``unit`` is a body that is no school."""

    start: int
    end: int
    person: str | None
    school: School | None
    school_text: str | None
    unit: str | None = None


def at_their_schools(lowered: str, winners: Iterable[Winner]) -> list[Winner]:
    """The winners, a school that only tells where the person before it is from put to that person."""
    items: list[Winner] = []
    for winner in winners:
        if winner.person and winner.school and _OF_ALL_NAMED.search(lowered, winner.start, winner.end):
            items = _with_home(items, winner)
        before = lowered[max(0, winner.start - 30) : winner.start]
        home = (
            winner.school and not winner.person and (_HOME.search(before) or before.rstrip().endswith((",", "(", "-")))
        )
        if home and items and _HOME_OF_ALL.search(before):
            items = [_at(item, winner) if item.person and not item.school else item for item in items]
        elif home and items and items[-1].person and not items[-1].school:
            items[-1] = replace(_at(items[-1], winner), end=winner.end)
        else:
            items.append(winner)
    return _grouped(lowered, _paired(lowered, items))


#: Between a person and the school of all in the list before: ``cô A, B (cùng của MG C)``.
_OF_ALL_NAMED = re.compile(
    r"(?: ?[(,-])? ?(?:cùng|đều)(?: là| đang)? (?:học|học sinh|hs|giáo viên|gv|ở|công tác|của|thuộc|trường"
    r"|đơn vị)(?!\w)"
)


def _with_home(items: list[Winner], last: Winner) -> list[Winner]:
    """The winners, those who are named right before one without a school of their own put to the school of that one."""
    told = list(items)
    for index in reversed(range(len(told))):
        if not told[index].person or told[index].school:
            break
        told[index] = _at(told[index], last)
    return told


#: Between two people of one school in a list whose schools are parted by another sign.
_AND = re.compile(r"(?:,| và|, và) (?:(?:em|cô|thầy|bạn|ông|bà) )?")


def _grouped(lowered: str, items: list[Winner]) -> list[Winner]:
    """The winners, the school that closes each group of a list put to all of the group.

    ``A, B (Trường X); C, D (Trường Y)``, ``A và B (Trường X), C (Trường Y)``.
    """
    gaps = [lowered[one.end : two.start] for one, two in pairwise(items)]
    parted = any(";" in gap for gap in gaps)
    told = list(items)
    for index in reversed(range(len(gaps))):
        one, two = told[index], told[index + 1]
        # "A, B (Trường X)": the brackets behind the last of those named close their group
        closed = lowered.rfind("(", two.start, two.end + 1) >= 0
        joined = _AND.fullmatch(gaps[index]) and (
            parted or closed or (gaps[index].startswith(" và") and index + 1 < len(gaps))
        )
        if joined and one.person and two.person and two.school and not one.school:
            told[index] = _at(one, two)
    return told


def _at(person: Winner, home: Winner) -> Winner:
    return replace(person, school=home.school, school_text=home.school_text)


def _paired(lowered: str, items: list[Winner]) -> list[Winner]:
    """The winners, the school behind two people told as a pair put to both: ``hai em A và B, trường C``."""
    if len(items) != 2:
        return items
    one, two = items
    lacks = one.person and two.person and two.school and not one.school
    between = lowered[one.end : two.start]
    paired = lacks and (
        (between == " và " and _PAIR.search(lowered, max(0, one.start - 40), one.start))
        or (_AND_PUPIL.fullmatch(between) and _OF_ONE_CLASS.match(lowered, two.start, two.end))
    )
    return [_at(one, two), two] if paired else items


#: ``em A và em B lớp 12 chuyên Lý, Trường C``: one class behind two pupils is that of both.
_AND_PUPIL = re.compile(r" và (?:em |bạn |học sinh )?")
_OF_ONE_CLASS = re.compile(r"[^,;:()]{4,40} (?:lớp|cùng lớp) [^,;:()]{1,20}, ")
