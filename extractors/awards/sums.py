"""Totals known by their parts: a number right before grades whose counts make it, ``33/58 (1 nhất, 12 nhì, 20 ba)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.scan import Words, matches_from, places_of
from extractors.awards.atoms import PEOPLE, Atom, number

#: Between two grades of one row.
_JOINED = re.compile(
    # who won one may stand behind it: ``1 Nhất (Phạm Gia Hân 9A1), 2 Nhì``, ``02 nhất thuộc về A và B; 1 ba``
    r"(?: giải)?(?: (?:thuộc về|của) [^.;()\d]{3,80}?)?"
    r"(?: ?\((?:em )?[^\W\d_]+(?: [^\W\d_]+){1,3}[ ,-]*(?:lớp )?(?:\d{1,2}\w{0,3})?\))?"
    r" ?(?:[,;+–-]|và|, và)? ?(?:có )?"
)
#: A number and what leads from it to the grades: ``22 em (70,97%), gồm``, ``33/58 (``, ``41 giải trên 60 em (``.
_LEADS = re.compile(
    rf"(?<![\w.,/])(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))?(?: (?P<who>{PEOPLE}))?(?!\w)"
    r"(?:(?: đạt| đoạt| chiếm|,| tỷ lệ| tỉ lệ| ?\()+ ?[\d,.]+ ?%\)?)?"
    r"(?:[,:;]? ?(?:\(?(?:gồm|bao gồm|trong đó|cụ thể)(?: có)?|\() ?:? ?(?:có )?|: | [-–] |, trong đó )$"
)
#: ``giải HSG huyện 12``, ``số giải học sinh giỏi cấp tỉnh: 4``.
_OF_PUPILS = re.compile(
    r"(?<!\w)(?:số )?giải (?:hsg|học sinh giỏi|hs giỏi)(?: văn hóa)? (?:cấp |vòng )?(?:trường|cụm|xã|phường|huyện|quận"
    r"|thị xã|thành phố|tỉnh|quốc gia)(?: lớp \d{1,2})? ?(?::|là)? ?(?P<n>\d{1,4}(?: giải)?)(?= ?[,;.)]| và |$)",
    re.M,
)
_GIAI_AT = Words(("giải ", "số giải "))


def of_contests(lowered: str, start: int, end: int) -> Iterator[Atom]:
    """The numbers right behind the contest of gifted pupils whose prizes they count."""
    for match in matches_from(_OF_PUPILS, places_of(_GIAI_AT, lowered, start, end), lowered, start, end):
        yield Atom(*match.span("n"), "prize", "giai", number(match["n"].removesuffix(" giải")))


#: Characters of such a lead.
_LONGEST = 70


def totals(lowered: str, start: int, atoms: Sequence[Atom]) -> Iterator[Atom]:
    """The totals that stand before rows of graded counts and are their sum, with no word for a prize of their own."""
    for row in _rows(lowered, atoms):
        first = max(start, row[0].start - _LONGEST)
        lead = _LEADS.search(lowered, first, row[0].start)
        told = any(lead.start() < one.end for one in atoms if one.end <= row[0].start) if lead else True
        if lead is None or told or number(lead["n"]) != sum(one.count or 0 for one in row):
            continue
        kind = "medal" if all(one.kind == "medal" for one in row) else "prize"
        stop = lead.end("who") if lead["who"] else lead.end("of") if lead["of"] else lead.end("n")
        yield Atom(lead.start(), stop, kind, "giai", number(lead["n"]), number(lead["of"]), lead["who"])


def _rows(lowered: str, atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """The runs of two or more graded counts with nothing but signs between them."""
    row: list[Atom] = []
    for atom in (*atoms, None):
        counted = atom is not None and atom.count is not None and atom.prize != "giai" and not atom.who
        if atom and counted and row and _JOINED.fullmatch(lowered, row[-1].end, atom.start):
            row.append(atom)
            continue
        if len(row) > 1:
            yield row
        row = [atom] if atom and counted else []
