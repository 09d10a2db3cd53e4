"""The school of people who are counted as its own before they are named: ``4 học sinh Trường A, trong đó có …``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.numbers import WORDS, view_offset
from extractors.awards.context import Context
from schemas.records import Award

#: So many people, right before the school where they are.
_COUNTED = re.compile(
    r"(?<![\w/.,-])(?P<n>\d{1,2}|"
    + "|".join(WORDS)
    + r") (?:em |nam |nữ )?(?:học sinh|hs|em|giáo viên|thầy cô|sinh viên"
    r"|gương mặt|thí sinh)(?: (?:xuất sắc|tiêu biểu|giỏi))?(?: (?:của|đến từ|thuộc|là học sinh))?(?: trường)? $"
)


def group_homes(context: Context, awards: Sequence[Award]) -> dict[str, str]:
    """The school by person, for those who won without one and are as many as a sentence before counts of one school."""
    document = context.document
    homes: dict[str, str] = {}
    if len({award.recipient for award in awards if award.recipient and not award.school}) < 2:
        return homes  # nobody's school is wanted, or one person's
    for start, _, school in context.schools:
        counted = _COUNTED.search(document.lower, max(0, start - 60), start)
        if counted is None:
            continue
        number = WORDS.get(counted["n"]) or int(counted["n"])
        people: list[str] = []
        for award in awards:
            person = award.recipient if award.recipient_kind in ("student", "teacher", None) else None
            behind = view_offset(document, award.evidence[0].start) > start
            if person and not award.school and behind and person not in people:
                people.append(person)
        if len(people) == number > 1:
            homes |= dict.fromkeys(people, school.name)
    return homes
