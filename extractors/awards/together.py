"""Schools that stand in one list before the result that all of them share: ``Trường THPT A, B và C xếp thứ hai``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.names import find_names
from extractors.awards.context import Context
from extractors.awards.winner import Winner
from schemas.records import School

#: Between two schools of one list: a comma or ``và``, the commune of the first in brackets, ``trường``.
_GAP = re.compile(r"(?: ?\([^()\d]{2,40}\))?(?:,| và|, và| cùng| cùng với) (?:(?:các |đơn vị )?trường )?")
#: Between the last of them and the result.
_TOLD = re.compile(
    r"(?: ?\([^()\d]{2,40}\))?,?(?: (?:cùng|đều|đồng|đã|cũng|được|vinh dự|xuất sắc|lần lượt|tiếp tục|là|các|đơn vị"
    r"|trường|có))*(?: (?:đạt|đoạt|giành|nhận|trao|đứng|xếp|ở))?(?: (?:vị trí|đồng))?(?: (?:hạng|thứ))? ?"
)
_IN_TURN = re.compile(r"(?<!\w)lần lượt(?!\w)")
#: One body by two names: ``Phòng GD&ĐT A, Trường B``, ``em A, Trường B``, ``Trường A, thuộc Trường B``.
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:em|cô|thầy|ông|bà|giáo viên|học sinh|hs|gv|thuộc|của|tại|ở|với|từ|gặp)(?: trường)? $"
)
#: One school alone is no list.
_TWO = 2


def schools_together(context: Context, first: int, at: int, *, in_turn: bool = False) -> list[tuple[int, int, School]]:
    """The schools of the list that ends right before a result and begins behind ``first``; [] for fewer than two.

    ``in_turn``: also those of whom a row of results is told by ``lần lượt``.
    """
    document = context.document
    run: list[tuple[int, int, School]] = []
    end, gap = at, _TOLD
    for school in reversed(context.schools_in(first, at)):
        if not gap.fullmatch(document.lower, school[1], end):
            break
        run.insert(0, school)
        end, gap = school[0], _GAP
    if len({school.name for _, _, school in run}) < _TWO:
        return []
    if not in_turn and _IN_TURN.search(document.lower, run[-1][1], at):
        return []
    before = max(first, run[0][0] - 40)
    if _OF_ANOTHER.search(document.lower, before, run[0][0]):
        return []
    named = find_names(document, before, run[0][0])
    return [] if named and document.lower[named[-1].end : run[0][0]].strip(" ,-–(") in ("", "trường") else run


def winners_together(context: Context, first: int, at: int) -> list[Winner]:
    """The same as winners."""
    value = context.document.value
    return [Winner(a, b, None, school, value(a, b)) for a, b, school in schools_together(context, first, at)]


def at_one_school(context: Context, winners: list[Winner], start: int, end: int) -> list[Winner]:
    """The winners, at the school that the words before their names say of all: ``đều là học sinh trường X, gồm …``."""
    homes = {school.name: school for _, _, school in context.schools_in(start, end)}
    if len(homes) != 1 or any(winner.school for winner in winners):
        return winners
    return [replace(winner, school=next(iter(homes.values()))) for winner in winners]


def schools_at(context: Context, start: int, end: int) -> list[Winner]:
    """The school right behind a grade, or several joined by ``và``: ``giải nhì Trường THCS B, giải ba …``."""
    text, lowered = context.document.text, context.document.lower
    winners: list[Winner] = []
    for first, last, school in context.schools_in(start, end):
        if not _BODY_OF_SCHOOL.fullmatch(lowered, start, first):
            break
        winners.append(Winner(start, last, None, school, context.document.value(start, last)))
        gap = _NEXT_SCHOOL.match(lowered, last, end)
        start = gap.end() if gap else last
    if winners and (more := _OTHER_SCHOOL.match(text, winners[-1].end, end)):
        called = context.document.value(*more.span("name"))
        winners.append(Winner(*more.span("name"), None, None, called))
    return winners if winners and _ENDS.match(text, winners[-1].end) else []


_ENDS = re.compile(r"(?: ?\([^()\d]{2,40}\))? ?(?:[,;.\n]|$)")
_BODY_OF_SCHOOL = re.compile(r"(?:cđcs |công đoàn(?: cơ sở)? |liên đội |chi đoàn |đội )?(?:trường )?")
#: A school without a name of its own behind one that has one: ``… và THCS DTNT huyện``.
_OTHER_SCHOOL = re.compile(r" và (?P<name>(?:[Tt]rường |THCS |THPT |PT)[^,;.:()\n]{2,30})(?=[,;.\n]|$)")
_NEXT_SCHOOL = re.compile(
    # who is the last of a row closes it; the commune or the level of one may stand in brackets behind it
    r"(?: ?\([^()\d]{2,40}\))?(?: và |, (?=[^,;.]+(?: và |,)[^;.]*[;.]"
    r"|(?:trường |thcs |thpt |th |mn |mg )[^,;.]+(?:[;.]|$)))"
)
