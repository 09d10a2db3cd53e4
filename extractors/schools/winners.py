"""Schools that stand behind their winners' names: ``Hà Thị Xuân - Na Loi``, ``Hà Thị Xuân (chuyên Tân Lễ)``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Document
from extractors._shared.places import fold, gazetteer
from extractors.schools.context import Context
from extractors.schools.mentions import SchoolMention

#: ``Hà Thị Xuân (chuyên Tân Lễ)``.
_GIFTED = re.compile(r"\((?:chuyên |năng khiếu )$")


def behind_winner(context: Context, item: SchoolMention) -> bool:
    """Whether the name stands alone in the brackets behind a winner's: ``Hà Thị Xuân (Nguyễn Hữu Huân)``."""
    text, lowered = context.document.text, context.document.lower
    if not text.startswith(")", item.end) or fold(item.own_name) == context.district or is_district(item.own_name):
        return False
    special = _GIFTED.search(lowered, max(item.start - 12, 0), item.start)
    opened = special.start() if special else item.start - 1
    if not text.startswith(" (", opened - 1):
        return False
    return any(person.end == opened - 1 and not person.honorific for person in context.persons)


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
    if not re.match(r"[,;.)\n]|$| và | \(", text[item.end : item.end + 4]) or fold(item.own_name) == context.district:
        return False
    gap = next((sign for sign in (" - ", " (", ", ") if text.endswith(sign, 0, item.start)), None)
    if gap is None or (gap == " (" and text[item.end : item.end + 1] != ")"):
        return False
    return any(person.end == item.start - len(gap) for person in context.persons)


def is_district(name: str) -> bool:
    """Whether a name is that of a district or province and of no commune."""
    table, folded = gazetteer(), fold(name)
    return (folded in table.districts or folded in table.provinces) and folded not in table.wards
