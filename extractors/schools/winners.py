"""Schools that stand behind their winners' names: ``Hà Thị Xuân - Na Loi``, ``Hà Thị Xuân (chuyên Tân Lễ)``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Document
from extractors._shared.names import NameMention
from extractors._shared.places import fold, gazetteer
from extractors._shared.subjects import is_subject
from extractors.schools.context import Context
from extractors.schools.mentions import SchoolMention

#: What was won, with its subject, behind the one who won it: ``Hà Thị Xuân (Nhì Toán)``.
_GRADED = re.compile(
    r"(?:nhất|nhì|ba|tư|khuyến khích|kk|hcv|hcb|hcđ|vàng|bạc|đồng) (?:môn )?(?P<subject>[^\W\d_].*)", re.I
)
#: ``Hà Thị Xuân (chuyên Tân Lễ)``.
_GIFTED = re.compile(r"\((?:chuyên |năng khiếu )$")
#: ``Hà Thị Xuân (lớp 9A, Na Loi)``, ``Hà Thị Xuân (8B - Na Loi)``.
_CLASSED = re.compile(r"\((?:lớp )?(?:1[0-2]|[1-9]) ?(?:[a-zđ]\d{0,2}|[/.]\d{1,2})?(?:, | - )$")
_TEACHER = re.compile(r"(?<!\w)(?:cô|thầy|cô giáo|thầy giáo) $")
#: The grade that those behind it won.
_GRADE_NAME = r"(?:giải )?(?:nhất|nhì|ba|tư|khuyến khích|kk|a|b|c)(?: \(\d+\))? ?:"
_GRADE = re.compile(rf"(?<!\w){_GRADE_NAME}")
_GRADE_FIRST = re.compile(rf"[-_*+• ]*{_GRADE_NAME}")
#: What a pupil is in the class or the Pioneers, between the name and the school: ``Hà Thị Xuân, lớp trưởng: Na Loi``.
_PUPILS_ROLE = re.compile(r"(?:, | \()(?:lớp|liên đội|chi đội) (?:trưởng|phó|\w{1,4})\)?$|(?:, | \()lớp \d\w{0,3}\)?$")


def behind_winner(context: Context, item: SchoolMention) -> bool:
    """Whether the name stands alone in the brackets behind a winner's: ``Hà Thị Xuân (Nguyễn Hữu Huân)``."""
    text, lowered = context.document.text, context.document.lower
    if _tells_prize(text[item.start : item.end]):
        return False
    if (
        not text.startswith(")", item.end)
        or is_subject(item.own_name)
        or fold(item.own_name) == context.district
        or is_district(item.own_name)
    ):
        return False
    special = _GIFTED.search(lowered, max(item.start - 12, 0), item.start)
    special = special or _CLASSED.search(lowered, max(item.start - 20, 0), item.start)
    opened = special.start() if special else item.start - 1
    if not text.startswith(" (", opened - 1):
        return False
    winner = next((person for person in context.persons if person.end == opened - 1), None)
    return winner is not None and (not winner.honorific or winner.child or _is_teacher(context, winner))


def _is_teacher(context: Context, person: NameMention) -> bool:
    """Whether somebody addressed as a teacher is listed behind a grade: ``Nhì: cô A (Tân Lễ), cô B (Nam Hà)``."""
    lowered = context.document.lower
    line = lowered.rfind("\n", 0, person.start) + 1
    addressed = _TEACHER.search(lowered, max(person.start - 12, line), person.start)
    return addressed is not None and tells_grade(context.document, line, person.start)


def tells_grade(document: Document, start: int, end: int) -> bool:
    """Whether a grade and a colon stand in a range."""
    return _GRADE.search(document.lower, start, end) is not None


def opens_grade(document: Document, start: int) -> bool:
    """Whether a grade and a colon stand at an offset: ``Nhì: cô A (Tân Lễ)``, ``_ Nhất:``."""
    return _GRADE_FIRST.match(document.lower, start) is not None


def gifted(document: Document, item: SchoolMention) -> SchoolMention:
    """The school with ``chuyên`` in its name where that stands before it."""
    special = _GIFTED.search(document.lower, max(item.start - 12, 0), item.start)
    if special is None:
        return item
    start = special.start() + 1
    return replace(item, start=start, own_name=document.value(start, item.end), name=(start, item.end))


def follows_winner(context: Context, item: SchoolMention) -> bool:
    """Whether the name stands after a person's: ``Hà Thị Xuân - Na Loi``."""
    text = context.document.text
    if _tells_prize(text[item.start : item.end]):
        return False
    if not re.match(r"[,;.)\n]|$| và | \(", text[item.end : item.end + 4]) or fold(item.own_name) == context.district:
        return False
    if is_subject(item.own_name):
        return False  # ``Hà Thị Xuân (Tiếng Anh)``
    gap = next((sign for sign in (" - ", " (", ", ", ": ") if text.endswith(sign, 0, item.start)), None)
    if gap is None or (gap == " (" and text[item.end : item.end + 1] != ")"):
        return False
    end = item.start - len(gap)
    if gap == ": " and (own_role := _PUPILS_ROLE.search(context.document.lower, max(end - 40, 0), end)):
        end = own_role.start()
    return any(person.end == end for person in context.persons)


def _tells_prize(name: str) -> bool:
    """Whether what looks like a school's own name is a grade and the subject in which it was won."""
    graded = _GRADED.fullmatch(name)
    return graded is not None and is_subject(graded["subject"])


def is_district(name: str) -> bool:
    """Whether a name is that of a district or province and of no commune."""
    table, folded = gazetteer(), fold(name)
    return (folded in table.districts or folded in table.provinces) and folded not in table.wards
