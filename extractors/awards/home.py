"""The one school that a report is about: its issuer, the one of its headline, the only one that it names."""

from __future__ import annotations

import re

from extractors.awards.context import Context
from schemas.records import Award, School

#: What a school's own form says before its name.
_NAMED = re.compile(r"[\s*+•.-]*(?:\d{1,2}[.)] ?)?(?:tên (?:trường|đơn vị|cơ sở giáo dục)[^:]{0,20}|đơn vị) ?: ?$")
#: Titles and givers of the bodies inside a school, of which each has its own.
_OF_BODIES = re.compile(
    r"(?<!\w)(?:liên đội|chi đội|chi đoàn|đoàn trường|công đoàn|cđcs|lđlđ|liên đoàn|chi bộ|đảng bộ|tỉnh đoàn"
    r"|thành đoàn|huyện đoàn|trung ương đoàn|tw đoàn|hội đồng đội|trong sạch|tsvm|vững mạnh|tổ|lớp|tỉnh ủy"
    r"|huyện ủy|đảng ủy|hội)(?!\w)"
)


def held_at_home(context: Context, award: Award) -> dict[str, object]:
    """Who holds an award of a list of honours that names nobody: the school of the report; {} where there is none."""
    school = home_school(context)
    if school is None or award.recipient or award.recipient_kind in ("teacher", "student", "team"):
        return {}
    if _OF_BODIES.search((award.title or "").lower()):
        return {}
    return {"recipient": school.name, "recipient_kind": "school"}


def home_school(context: Context) -> School | None:
    """The school that a report is about; None where it is about none or several."""
    blocks = context.document.blocks
    for kind in ("letterhead", "title"):
        spans = [(b.start, b.end) for b in blocks[:12] if b.kind == kind]
        schools = {s.name: s for span in spans for _, _, s in context.schools_in(*span)}
        if len(schools) == 1 and (kind == "title" or context.of_school):
            return next(iter(schools.values()))
        if schools:
            return None
    for start, _, school in context.schools:
        block = context.document.block_at(start)
        if _NAMED.fullmatch(context.document.lower[block.start : start].removesuffix("trường ")):
            return school
    named = {school.name: school for _, _, school in context.schools}
    if len(named) == 1 and context.of_school:
        return next(iter(named.values()))
    return _portrayed(context)


#: The headline of a portrait: ``Lịch sử hình thành và phát triển``, ``30 năm xây dựng và trưởng thành``.
_PORTRAIT = re.compile(
    r"(?<!\w)(?:giới thiệu|lịch sử|quá trình|truyền thống|hình thành|xây dựng và (?:trưởng thành|phát triển)|đôi nét"
    r"|vài nét|chặng đường|sơ lược|thông tin)(?!\w)"
)
#: How a portrait begins, right behind the name of the school: ``Trường A tọa lạc tại …``.
_BEGINS = re.compile(
    r"(?: \([^()\n]{2,60}\))?,? (?:[^\W\d_]+ ){0,3}?(?:tọa lạc|nằm|đóng|đặt|thành lập|ra đời|tiền thân|được tách"
    r"|chia tách|hình thành|xây dựng)(?!\w)"
)
_HEAD_BLOCKS = 5


def _portrayed(context: Context) -> School | None:
    """The school whose story a text without a letterhead tells; None for any other text."""
    document = context.document
    heads = [block for block in document.blocks[:_HEAD_BLOCKS] if block.end > block.start]
    if any(block.kind in ("letterhead", "number") for block in document.blocks[:12]):
        return None
    if not any(_PORTRAIT.search(document.lower, block.start, block.end) for block in heads[:2]):
        return None
    for block in heads[:3]:
        schools = {school.name: school for _, _, school in context.schools_in(block.start, block.end)}
        if len(schools) == 1 and block.end - block.start < _HEADLINE:
            return next(iter(schools.values()))
    for block in heads:
        for _, end, school in context.schools_in(block.start, block.end)[:1]:
            if _BEGINS.match(document.lower, end, block.end):
                return school
    return None


#: Characters of a headline.
_HEADLINE = 140
