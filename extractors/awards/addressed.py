"""People who are addressed before the grade that they won: ``cô A (Trường B) đoạt giải nhất, các thầy cô C, D nhì``."""

from __future__ import annotations

import re

from extractors._shared.names import find_names
from extractors.awards.context import Context
from extractors.awards.winner import Winner

#: Before the name of a person: ``cô Vũ Hà (Toán) nhất``, ``các thầy cô A (Trường B), C (Trường D) nhì``.
_CALLS = r"(?:em|cháu|bạn|cô|thầy|cô giáo|thầy giáo|thầy cô|thầy cô giáo|giáo viên|học sinh|đ/c|đồng chí|ông|bà)"
_ADDRESSED = re.compile(rf"(?<!\w){_CALLS} $")
_OPENS_WITH_CALL = re.compile(rf"{_CALLS} ", re.I)
#: What opens a list of people who share a grade.
_SEVERAL = re.compile(rf"(?<!\w)(?:các|hai|ba|\d) {_CALLS}:? ")


def addressed(lowered: str, at: int) -> bool:
    """Whether a form of address stands right before a position."""
    return _ADDRESSED.search(lowered, max(0, at - 14), at) is not None


def people_graded(context: Context, start: int, match: re.Match[str]) -> list[Winner]:
    """The person, or those of one list, whose grade a match tells, each at the school in brackets; [] for no person."""
    document = context.document
    at = match.start("who")
    if call := _OPENS_WITH_CALL.match(document.text, at, match.end("who")):
        at = call.end()
    elif not addressed(document.lower, at) and not _SEVERAL.search(document.lower, start, at):
        return []
    names = find_names(document, at, match.end("who"))
    if len(names) != 1 or names[0].start != at or context.schools_in(at, match.end("who")):
        return []
    opened = list(_SEVERAL.finditer(document.lower, start, at))
    listed = context.winners(opened[-1].end(), match.start("grade")) if opened else []
    if listed and all(one.person for one in listed) and any(one.start == at for one in listed):
        return listed
    if call is None and not addressed(document.lower, at):
        return []
    one = context.winner(at, match.start("grade"))
    return [one] if one and one.person else []
