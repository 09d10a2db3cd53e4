"""The school of whoever a portrait tells of, named some words behind the name, and of the pupils told with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.names import find_names
from extractors._shared.numbers import view_offset
from extractors._shared.view import fold_tone_style
from extractors.awards.context import Context
from schemas.records import Award

#: From a name to the school of the one who bears it: ``(sinh năm 1985, dân tộc Nùng), đồng nghiệp Trường …``.
_TO_SCHOOL = re.compile(
    r"(?: ?\([^()\n]{3,60}\))?(?: ?[,-] ?| )(?:[^.;:()\n]{0,50}[ ,])?"
    r"(?:đồng nghiệp|giáo viên|gv|nhà giáo|cô giáo|thầy giáo|"
    r"học sinh|nữ sinh|nam sinh|công tác|giảng dạy|dạy học|gắn bó|tổ trưởng|tổ phó|hiệu trưởng|nhân viên)"
    r"(?: [^.;:,()\n]{1,30}?)?(?: (?:của|tại|ở|với|về))? ?(?:trường )?"
)
#: What makes of a school one that somebody only visits or helps, or that is told of another.
_NOT_OWN = re.compile(
    r"(?<!\w)(?:trao|tặng|thăm|chúc|kiểm tra|dự|hỗ trợ|ủng hộ|từng|trước|cũ|cựu|tốt nghiệp|đến|sang|cùng|và|với)(?!\w)"
)
#: How a sentence tells that somebody is of the same school: ``học trò của cô``, ``học sinh đầu tiên của trường``.
_OF_IT = re.compile(r"(?<!\w)(?:của (?:nhà )?trường|học trò (?:của )?(?:cô|thầy)|nhà trường|trường em)(?!\w)")
_REACH = 170


def portrayed_homes(context: Context, awards: Sequence[Award]) -> dict[str, str]:
    """The schools of people who won without one, where their first mention tells it; then those of their pupils."""
    lacking = [award for award in awards if award.recipient and not award.school]
    homes: dict[str, str] = {}
    for person in dict.fromkeys(award.recipient or "" for award in lacking):
        if (home := _told_first(context, person)) is not None:
            homes[person] = home
    if len(set(homes.values())) != 1:
        return homes
    document, school = context.document, next(iter(homes.values()))
    for award in lacking:
        first, last = document.sentence_at(view_offset(document, award.evidence[0].start))
        if award.recipient and _OF_IT.search(document.lower, first, last) and not context.schools_in(first, last):
            homes.setdefault(award.recipient, school)
    return homes


def _told_first(context: Context, person: str) -> str | None:
    """The one school, no college, that the first sentence on a person tells behind the name."""
    document = context.document
    at = document.text.find(fold_tone_style(person))
    if at < 0 or " " not in person:
        return None
    end = at + len(person)
    _, last = document.sentence_at(at)
    schools = [one for one in context.schools_in(end, min(last, end + _REACH)) if one[2].level != "khac"]
    if not schools or len({school.name for _, _, school in schools}) != 1:
        return None
    start = schools[0][0]
    told = _TO_SCHOOL.fullmatch(document.lower, end, start) is not None
    between = document.lower[end:start]
    if not told or _NOT_OWN.search(between) or find_names(document, end, start):
        return None
    return schools[0][2].name
