"""To whom something is given that is no list of names: one body, or a group and people."""

from __future__ import annotations

import re

from extractors.awards.context import Context
from extractors.awards.winner import Winner

_GIVEN_TO = re.compile(
    r"(?:các )?(?P<unit>(?:tập thể|nhà trường|đơn vị|trường|công đoàn|liên đội|đoàn trường|chi bộ|hội|đội|tổ"
    r"|phòng|sở|ngành)"
    r"(?! và)(?: (?!có|vì|đã|trong|và|năm|nhân|đạt)[^\s,;:.()\d]+){0,8})"
)


def body_given(context: Context, start: int, end: int) -> list[Winner]:
    """The one body to which something is given: ``cho tập thể nhà trường``; [] for a number of them or people."""
    lowered = context.document.lower
    if context.document.lower[start - 5 : start].endswith("các ") or not (
        match := _GIVEN_TO.match(lowered, start, end)
    ):
        return []
    if match["unit"] in ("tập thể", "đơn vị"):
        return []  # the kind of who gets it: ``Giấy khen cho tập thể, cá nhân có thành tích``
    schools = context.schools_in(match.start(), match.end())
    unit = context.document.value(*match.span("unit"))
    return [Winner(match.start(), match.end(), None, schools[0][2] if schools else None, None, unit)]


#: A group and people behind it: ``cho chi đoàn 12A1 và các cá nhân: A, B, C``.
_AND_PEOPLE = re.compile(
    r"(?P<body>(?:tập thể |chi đoàn |lớp |tổ |chi đội |liên đội |công đoàn |nhóm |đội |khoa |phòng )[^,;:.()]{1,50}?)"
    r" và (?:các |những )?(?:cá nhân|đồng chí|đ/c|em|học sinh|thầy cô|giáo viên"
    r"|cô giáo|thầy giáo|cô|thầy|ông|bà)(?: sau(?: đây)?| có tên sau)?(?: ?:)? "
)


def body_and_people(context: Context, start: int, end: int) -> list[Winner]:
    """A group and the people named behind it; [] where not both are named."""
    match = _AND_PEOPLE.match(context.document.lower, start, end)
    people = context.winners(match.end(), end) if match else []
    if match is None or not people or context.schools_in(*match.span("body")):
        return []
    return [Winner(*match.span("body"), None, None, None, context.document.value(*match.span("body"))), *people]
