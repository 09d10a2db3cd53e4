"""Totals told level by level: ``cấp huyện: 45 em; cấp tỉnh: 12 em``, ``Số giải: Quốc gia: 02; Tỉnh: 45``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, matches_from, places_of
from extractors.awards.atoms import PEOPLE, PLACE, Atom, number

#: The levels by their bare words, as bodies are called.
BARE_LEVELS = {
    "trường": "truong",
    "cụm": "cum",
    "khối": "cum",
    "xã": "xa",
    "phường": "xa",
    "huyện": "huyen",
    "quận": "huyen",
    "thị xã": "huyen",
    "tỉnh": "tinh",
    "thành phố": "thanh_pho",
    "tp": "thanh_pho",
    "khu vực": "khu_vuc",
    "miền": "khu_vuc",
    "quốc gia": "quoc_gia",
    "toàn quốc": "quoc_gia",
    "bộ": "quoc_gia",
    "trung ương": "quoc_gia",
    "quốc tế": "quoc_te",
}
BARE_LEVEL = "|".join(sorted(BARE_LEVELS, key=len, reverse=True))
# ``đạt giải cấp huyện: 45 em; cấp tỉnh: 12 em``: a total told again for another level.
_LEVEL = r"cấp (?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|khu vực|miền|quốc gia|quốc tế|bộ)"
_AGAIN = re.compile(
    rf" ?(?:[;,]|và)(?: và)? (?:(?:vòng |giải )?{_LEVEL}(?: có| đạt)?:? (?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d+))?"
    rf"(?: (?:lượt )?(?:{PEOPLE}|giải))?(?! ?[%\d/]|[,.]\d)(?! (?:giải (?:{PLACE})|{PLACE}|đạt|dự|tham))"
    rf"|(?P<n2>\d{{1,4}})(?: ?/ ?(?P<of2>\d+))? (?:(?:lượt )?(?:{PEOPLE}|giải) )?(?:lượt )?(?:đạt )?{_LEVEL})(?!\w)"
)
_AT_ONCE = re.compile(rf"(?: {_LEVEL})?")
_SIGNS = re.compile(r"[ ,;]*(?:và )?")
#: A level by its bare word that opens its part of a list, before a number: ``huyện 35 giải, tỉnh: 05 giải``.
LABELLED_LEVEL = re.compile(
    r"(?:^|[,;:.(*+-]|(?<!\w)(?:và|còn)|hsg|học sinh giỏi) ?"
    r"(?P<level>huyện|tỉnh|quận|thị xã|thành phố|quốc gia|khu vực|cụm):? ?(?=\d)",
    re.M,
)
#: Totals of other levels before the one whose verb tells what all of them are: ``cấp trường 85 em, cấp tỉnh 3 em đạt
#: giải``.
_SOONER = re.compile(
    rf"(?:{_LEVEL}|(?<![\w/])(?P<level>huyện|quận|tỉnh|thị xã)):? (?:có |đạt )?(?P<n>\d{{1,4}})"
    rf"(?: ?/ ?(?P<of>\d{{1,4}}))?(?: (?:lượt )?(?P<who>{PEOPLE}))?(?: đạt)?(?:,|;| và|, và) "
)
_AT_LEVEL = re.compile(rf"(?:{_LEVEL}|(?<!\w)(?:huyện|quận|tỉnh|thị xã)):? (?:có |đạt )?$")
#: What opens a list of totals by level, and one of its items.
_HEAD = re.compile(r"(?<!\w)(?P<what>giải|huy chương)(?: thưởng)?(?!\w)(?![^.;:\n]*\d)[^.;:\n]{0,70}: ?")
_HEAD_AT = Words(("giải", "huy chương"))
_ITEM = re.compile(
    rf"(?:và )?(?:(?:cấp|vòng|giải) )?(?P<level>{BARE_LEVEL}) ?[:=]? ?(?:có |đạt |được )?(?P<n>\d{{1,4}})"
    rf"(?: (?P<who>{PEOPLE}|giải|huy chương))?(?![\w%/]|[.,]\d| ?%)(?: ?[;,](?: và)? | và |(?= ?[.)]|\s*$))",
    re.M,
)


def again(lowered: str, atom: Atom, end: int) -> Iterator[Atom]:
    """The totals of further levels behind one: ``12 em đạt giải cấp tỉnh, 45 em cấp huyện``."""
    gap = _AT_ONCE.match(lowered, atom.end, end)
    position = gap.end() if gap else atom.end
    while match := _AGAIN.match(lowered, position, end):
        count, of = number(match["n"] or match["n2"]), number(match["of"] or match["of2"])
        signs = _SIGNS.match(lowered, match.start())
        first = signs.end() if signs else match.start()
        yield Atom(first, match.end(), "prize", "giai", count, of, atom.who)
        position = match.end()


def sooner(lowered: str, start: int, atom: Atom) -> Iterator[Atom]:
    """The totals of other levels that stand in a row before a prize told with its level, counted in the same noun."""
    own = _AT_LEVEL.search(lowered, max(start, atom.start - 24), atom.start)
    found = list(_SOONER.finditer(lowered, max(start, own.start() - 120), own.start())) if own else []
    at = own.start() if own else start
    for match in reversed(found):
        # so many of those who took part, or as many of those whose prizes are told
        if match.end() != at or not (match["of"] or (match["who"] and match["who"] == atom.who)):
            return
        stop = match.end("who") if match["who"] else match.end("of")
        level = BARE_LEVELS[match["level"]] if match["level"] else None
        yield Atom(
            match.start(), stop, "prize", "giai", number(match["n"]), number(match["of"]), match["who"], level=level
        )
        at = match.start()


def by_level(lowered: str, start: int, end: int) -> Iterator[Atom]:
    """The totals of two levels or more that a head says to be of prizes: ``Số giải: Tỉnh: 45; Huyện: 187``."""
    for head in matches_from(_HEAD, places_of(_HEAD_AT, lowered, start, end), lowered, start, end):
        items, position = [], head.end()
        while match := _ITEM.match(lowered, position, end):
            items.append(match)
            position = match.end()
        if len({match["level"] for match in items}) < 2:
            continue
        for match in items:
            kind = "medal" if head["what"] == "huy chương" else "prize"
            who = match["who"] if match["who"] not in ("giải", "huy chương") else None
            stop = match.end("who") if match["who"] else match.end("n")
            level = BARE_LEVELS[match["level"]]
            yield Atom(match.start(), stop, kind, "giai", number(match["n"]), None, who, level=level)
