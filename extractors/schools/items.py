"""The items of a list of schools: their bare names, one behind the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from extractors._shared.document import Document
from extractors._shared.family_names import honoured_names
from extractors._shared.places import fold, gazetteer
from extractors._shared.view import fold_tone_style, lower
from extractors.schools.context import Context
from extractors.schools.endings import LONG_COMMUNE, words
from extractors.schools.mentions import SchoolMention, more_of_name
from extractors.schools.own_names import counts, key, name_at, to_ordinal

#: Districts begin as forms of address do: ``Bác Ái``, ``Cô Tô``, ``Bà Rịa``.
_ADDRESSES = ("bác ", "cô ", "bà ", "ông ")
_START = attrgetter("start")
#: So many names may share characters: ``H' Nga`` in ``H' Nga Niê``.
_OVERLAPPING = 3
#: ``trường`` before a name, where it does not open the name itself: ``Nguyễn Du, Trường Chinh, Lê Duẩn``.
_SCHOOL = r"trường\s(?!(?:chinh|sơn|sa|giang|long|thọ|thành|thịnh|xuân|yên|an|hà)(?=[,;.)]|\s(?:và|đã|\()|\n|$))"
#: What a list tells of each school: ``Tân Lễ 98,5%, Nam Hà: 97,1% (132/136 em)``, ``Tân Lễ 5 em, Nam Hà 3 em``.
_OWN_FIGURE = r"\d+(?:[.,/]\d+)*(?:\s?%)?(?:\s(?!và\s)\w+)?(?:\s?\([^()\n]{0,60}\))?"
GAP = re.compile(
    rf"(?:\s?\([^()\n]{{0,60}}\)|(?:,? (?:đạt|có|là))?:? ?{_OWN_FIGURE})?(?:\s?[,;]\s?(?:và\s|{_SCHOOL})?|"
    rf"\svà\s(?:{_SCHOOL})?)(?:(?P<admin>thị trấn|xã|phường)\s)?"
)
#: What a place of another kind begins with: ``(nay là xã Tân Lễ, Huyện Yên Khê)``.
_ADMIN_NAME = re.compile(r"(?:Huyện|Tỉnh|Quận|Thành phố|Thành Phố|TP|Thị xã|Thị Xã) ")
_BEFORE_ITEM = re.compile(
    rf"(?:{_SCHOOL})?(?:tư thục |dân lập |công lập |quốc tế )*(?:số (?P<number>[1-9]) )?"
    r"(?P<town>thị trấn |tt\.? ?)?(?:xã |phường )?(?P<gifted>chuyên )?"
)
#: No name of a town: ``TT LĐXS`` is a title.
_NO_TOWN = re.compile(r"[B-DF-HJ-NP-TV-XĐ]{2,}(?!\w)")
_TOWN_NUMBER = re.compile(r"(?:số )?(?P<n>[1-9]|I{1,3})(?=[,;.:)\n]|$| và )")
_ITEM_NUMBER = re.compile(r" (?:số )?(?P<n>[1-9]|I{1,3})(?![\w%])(?!\s?[/:]\s?\d|[.,]\d)")


def read_item(document: Document, start: int, level: str) -> SchoolMention | None:
    """The school whose bare name begins at ``start`` (``Nam Mỹ``, ``thị trấn Nam Giang``, ``Vĩnh Tuy 1``)."""
    text, lowered = document.text, document.lower
    admin = _BEFORE_ITEM.match(lowered, start)
    at = admin.end() if admin else start
    town = admin is not None and admin["town"] is not None
    if town and (numbered := _TOWN_NUMBER.match(text, at)):
        return SchoolMention(start, numbered.end(), level, "Thị trấn", to_ordinal(numbered["n"]), name=(start, at - 1))
    read = name_at(document, at, short=town)
    if town and _NO_TOWN.match(text, at):
        return None
    if read is None or (words("stop").match(lowered, at) and not LONG_COMMUNE.match(text, at)):
        return None
    name_start, name_end, own = read
    end = name_end
    if _ADMIN_NAME.match(own):
        return None
    number = _ITEM_NUMBER.match(text, end)
    ordinal = to_ordinal(admin["number"]) if admin else None
    if number and ordinal is None and not counts(lowered, number.end()):
        ordinal, end = to_ordinal(number["n"]), number.end()
    if admin and admin["town"]:
        own, name_start = f"Thị trấn {own}", start
    elif " " not in own and ordinal is None and not own[0].isdigit():
        return None
    if admin and admin["gifted"]:
        own, name_start = f"chuyên {own}", admin.start("gifted")
    return SchoolMention(start, end, level, own, ordinal, name=(name_start, name_end))


def read_items(context: Context, start: int, level: str, *, known_only: bool = False) -> Iterator[SchoolMention]:
    """The items of a list that begins at ``start``."""
    document = context.document
    while (item := read_item(document, start, level) or _day(document, start, level)) is not None:
        if known_only and key(item.own_name) not in context.communes:
            return
        yield item
        for more in more_of_name(document, item):
            yield more
            item = more
        gap = GAP.match(document.lower, item.end)
        if gap is None or any(m.start <= gap.end() < m.end for m in context.explicit):
            return
        start = gap.start("admin") if gap["admin"] else gap.end()


#: Days after which kindergartens are named.
_DAYS = frozenset({
    "1/5", "1/6", "2/9", "3/2", "7/5", "8/3", "10/3", "10/10", "13/3", "15/5", "17/3", "19/5", "19/8", "20/10",
    "20/11", "22/12", "24/3", "26/3", "27/7", "28/7", "29/3", "30/4",
})  # fmt: skip
_DAY = re.compile(r"(?P<day>\d{1,2}) ?[/-] ?(?P<month>\d{1,2})(?=[,;.)\n]|$| và )")


def _day(document: Document, start: int, level: str) -> SchoolMention | None:
    """The kindergarten of a list that is named after a day: ``MN Sơn Ca, 1/6, Hoa Mai``."""
    match = _DAY.match(document.text, start) if level == "MN" else None
    if match is None or f"{int(match['day'])}/{int(match['month'])}" not in _DAYS:
        return None
    return SchoolMention(start, match.end(), level, match.group(), name=match.span())


def is_person(context: Context, item: SchoolMention, *, strict: bool = False) -> bool:
    """Whether the name is a person's; in a list of schools it is a school's (``Nguyễn Hiền``).

    People whose names schools bear are told by a form of address only.
    """
    own = lower(fold_tone_style(item.own_name))
    if own.startswith(_ADDRESSES) and fold(" ".join(own.split()[:2])) in gazetteer().districts:
        return False
    honoured = own in honoured_names()
    begun = bisect_right(context.persons, item.name[0], key=_START)
    for person in context.persons[max(0, begun - _OVERLAPPING) : begun]:
        if item.name[0] < person.end:
            return (strict and not honoured) or person.honorific or person.child
    # ``ĐD Châu Thị Mận``, a nurse
    return any(person.start < item.name[1] and person.honorific for person in context.persons[begun : begun + 1])


def is_province(mention: SchoolMention) -> bool:
    """Whether a bare name is that of a province: ``Sơn La đạt 8 giải Nhất``."""
    return mention.ordinal is None and fold(mention.own_name) in gazetteer().provinces
