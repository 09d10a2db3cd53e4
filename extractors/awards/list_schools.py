"""The school behind whose name a list of its winners stands: ``THCS A: giải Nhì: em B``, ``THCS A (giải Ba: C)``."""

from __future__ import annotations

import re

from extractors.awards.context import Context
from schemas.records import School

#: Between the name of a school and the list of its winners: a sign, or what it has in all before a colon.
_OPENS = re.compile(
    r"(?: ?\((?!giải|nhất|nhì|ba|kk|\d+ giải|hc|huy)[^()\d]{2,40}\))? ?"
    r"(?:(?P<colon>:)|(?P<bracket>\()(?=\d{0,3} ?(?:giải|nhất|nhì|ba|kk|hc|huy|em|cô|thầy|gồm|có|đạt)(?!\w))"
    r"| (?:có|đạt|giành|đoạt|với|gồm)(?!\w)[^.;:()]{0,90}(?P<told>:)| [-–] (?=(?:\d{1,3} )?giải))"
)
#: A school that is only where something was held or who held it.
_PLACE = re.compile(r"(?<!\w)(?:tại|ở|do|về|trong|của|cùng|với|sân|hội trường)(?: trường)? $")


def school_of_list(context: Context, first: int, at: int) -> School | None:
    """The school whose list of winners opens behind ``first`` and goes on to a position; None where none does."""
    document = context.document
    for start, end, school in reversed(context.schools_in(first, at)):
        opening = _OPENS.match(document.lower, end, at)
        if opening is None:
            continue
        if opening["bracket"] and _closed(document.text[opening.end() : at]):
            continue
        return None if _PLACE.search(document.lower, max(0, start - 20), start) else school
    return None


def _closed(text: str) -> bool:
    """Whether the brackets that were open before a text are closed in it."""
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return True
    return False
