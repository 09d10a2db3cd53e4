"""Offices, districts and their teams told grade by grade: ``giải nhất Phòng GD&ĐT A, giải nhì là B, giải 3 C, D``."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.winner import Winner

_NAME = rf"[{CAPITAL}][^\W\d_]*(?:[ -][{CAPITAL}][^\W\d_]*){{0,3}}"
_AREA = r"[Hh]uyện|[Tt]hành phố|[Tt]hị xã|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh|TP\.?|TX\.?|[Tt]p\.?"
#: A body by what it is, ``Phòng GD&ĐT Châu Sơn``, ``đội huyện A``; a place by its bare name.
_OFFICE = (
    r"(?:[Pp]hòng|[Ss]ở) (?:GD ?[-&] ?ĐT|GDĐT|Giáo dục và Đào tạo|Giáo dục)"
    r"|(?:CĐ|[Cc]ông đoàn)(?: ngành)?(?: [Gg]iáo dục| GD(?:&ĐT)?)?|[Cc]ụm(?: thi đua)?(?: số)?"
)
_BODY = (
    rf"(?:[Đđ]ội(?: tuyển)? |[Đđ]oàn |[Đđ]ơn vị )?(?:(?:{_OFFICE}) (?:(?:{_AREA}) )?|(?:{_AREA}) )"
    rf"(?:{_NAME}|\d{{1,2}}(?!\w))"
)
_TEAM = re.compile(rf"(?P<body>{_BODY})|(?:[Đđ]ội(?: tuyển)? |[Đđ]oàn )?{_NAME}")
_BODY_AT = re.compile(_BODY)
#: Between a grade and who won it, between two who share it, and behind the last of them.
_OPENS = re.compile(
    r"(?: toàn đoàn| đồng đội| tập thể)?(?: ?:| -|,?(?: đã| lần lượt)? (?:là|gồm|thuộc về|được trao cho|trao cho"
    r"|dành cho|cho))?(?: (?:các|hai|ba) (?:đội|đơn vị|huyện|đoàn|đội tuyển))?(?: là)?:? "
)
_JOINS = re.compile(r", (?:và )?| và | cùng với ")
_ENDS = re.compile(r" ?(?:[,;.]|$)|,? (?:và|còn|trong khi) ?(?=(?:đồng )?(?:giải|nhất|nhì|ba|hạng) )", re.M)
#: Right before a grade that opens its clause.
_CLAUSE = re.compile(r"(?:^|[.,;:*+•-]|(?<!\w)(?:và|còn|với|đồng|trao|kết quả|trong đó))[\s*+•-]*$")
#: What tells that teams were ranked.
_OF_TEAMS = re.compile(r"(?<!\w)(?:toàn đoàn|đồng đội|đội tuyển|các (?:đoàn|đội|huyện|đơn vị)|giải tập thể)(?!\w)")
#: Syllables of the name of a person; one of two may be that of a place (``Kim Sơn``).
_PERSON = 3


def teams_listed(context: Context, block: Block, atom: Atom, limit: int) -> list[Winner]:
    """The bodies of places right behind a grade that opens its clause; [] for anything else.

    Bare names count where the sentence ranks teams or calls another body by what it is.
    """
    document = context.document
    if atom.count not in (None, 1) or atom.who or atom.prize == "giai":
        return []
    if not _CLAUSE.search(document.lower[block.body : atom.start]):
        return []
    opening = _OPENS.match(document.lower, atom.end, limit)
    if opening is None:
        return []
    start, teams, stop = opening.end(), [], min(limit, block.end)
    while (match := _TEAM.match(document.text, start, stop)) is not None:
        if not match["body"] and not _fits(context, block, atom, match):
            return []
        teams.append(_winner(context, *match.span()))
        start = match.end()
        if (gap := _JOINS.match(document.lower, start, stop)) is None or not _TEAM.match(
            document.text, gap.end(), stop
        ):
            break
        start = gap.end()
    return teams if teams and _ENDS.match(document.lower, start, block.end) else []


def _fits(context: Context, block: Block, atom: Atom, match: re.Match[str]) -> bool:
    """Whether a bare name may be that of a team: no person or school, where the sentence tells of teams."""
    document = context.document
    first, last = document.sentence_at(atom.start)
    first = max(first, block.body)
    if context.schools_in(first, last):
        return False
    names = find_names(document, *match.span())
    if any(len(document.text[name.start : name.end].split()) >= _PERSON for name in names):
        return False
    return bool(_OF_TEAMS.search(document.lower, first, last) or _BODY_AT.search(document.text, first, last))


def _winner(context: Context, start: int, end: int) -> Winner:
    school = context.school_at(start, end)
    spelling = context.document.value(start, end)
    return Winner(start, end, None, school, spelling if school else None, None if school else spelling)
