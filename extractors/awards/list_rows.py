"""Lines of a list that name several holders: ``Trường A; Tổ B Trường C``, ``Bà D, giáo viên - ông E, nhân viên``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context
from extractors.awards.holder_tables import holder, is_unit
from extractors.awards.winner import Winner
from schemas.records import School

#: Before the name of each person of such a line.
_CALLED = re.compile(r"(?:ông|bà|thầy|cô|thầy giáo|cô giáo|em|đ/c|đồng chí)\.? ", re.I)
_DASHED = re.compile(r" [-–] (?=(?:ông|bà|thầy|cô|em|đ/c|đồng chí)\.? )", re.I)
_PARTED = re.compile(r"; ?")
#: Whose people stand in the lines below: ``* Trường Tiểu học A (3 người):``.
_HOME = re.compile(r" ?(?:\([^()]*\))? ?: ?")
#: A body by its name that no noun of a school's bodies begins: ``Công ty TNHH A``.
_BODY = re.compile(rf"[{CAPITAL}][^\W\d_]+(?: [^\s;.,()]+){{1,12}}")


def home_below(context: Context, block: Block) -> School | None:
    """The school that a line names alone, its people in the lines below; None for any other line."""
    schools = context.schools_in(block.body, block.end)
    if len(schools) != 1 or context.document.lower[block.body : schools[0][0]].strip() not in ("", "trường"):
        return None
    return schools[0][2] if _HOME.fullmatch(context.document.text, schools[0][1], block.end) else None


def holders_in_row(context: Context, block: Block, home: School | None) -> list[Winner]:
    """The holders of a line that names nothing else, those without a school at ``home``; [] for any other line."""
    document = context.document
    people = _CALLED.match(document.text, block.body, block.end) is not None
    signs = list((_DASHED if people else _PARTED).finditer(document.text, block.body, block.end))
    if not signs and not people:
        return []
    starts, ends = [block.body, *(m.end() for m in signs)], [*(m.start() for m in signs), block.end]
    winners: list[Winner] = []
    for start, end in zip(starts, ends, strict=True):
        winner = holder(context, start, end)
        body = not people and (is_unit(document.lower, start) or bool(context.schools_in(start, end)))
        if winner is None or not (body or (people and winner.person)):
            return []
        winners.append(replace(winner, school=home) if home and not winner.school else winner)
    return winners


def body_named(context: Context, start: int, end: int) -> Winner | None:
    """The body that a part of a list of bodies is, by the name it is given there; None for none."""
    stop = start + len(context.document.text[start:end].rstrip(" ."))
    match = _BODY.fullmatch(context.document.text, start, stop)
    return Winner(start, stop, None, None, None, context.document.value(start, stop)) if match else None
