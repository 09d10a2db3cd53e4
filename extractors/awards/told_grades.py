"""Grades told without the word for a prize: behind a verb (``đạt Nhì``), metals with numbers (``Vàng 12; Bạc 13``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.scan import Words, holds, matches_from, places_of
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import MEDALS, PEOPLE, Atom, graded, number
from extractors.awards.level_totals import BARE_LEVEL, BARE_LEVELS

_GRADE = r"(?P<grade>nhất|nhì|ba|khuyến khích|kk)"
#: What may stand behind a grade that a verb tells: the end of its clause, or what it was won in.
_ENDS = (
    r"(?=[,;.)]| (?:môn|bộ môn|cấp|toàn|nội dung|khối|trong|tại|cuộc|hội thi|kỳ thi|cá nhân|tập thể|và|ở)(?!\w)"
    r"| (?:huyện|tỉnh|quận|thành phố|quốc gia)(?=[,;.)]|$)| (?:là|gồm)(?: các)? ?:|$)"
)
_WON = r"(?:đạt|đoạt|giành|dành|giành được|đạt được)"
_BEHIND_VERB = re.compile(
    rf"(?:(?<=đạt )|(?<=đoạt )|(?<=giành )|(?<=giành được )|(?<=đạt được )|(?<=đồng giải )){_GRADE}{_ENDS}", re.M
)
_COUNTED = re.compile(
    rf"(?<![\w/.,])(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))? (?:lượt )?(?P<who>{PEOPLE})(?!\w)(?: (?:đều|cùng))?"
    rf" {_WON} {_GRADE}{_ENDS}",
    re.M,
)
_METAL = r"(?:hc |huy chương )?(?P<metal>vàng|bạc|đồng)"
#: ``Vàng 12; Bạc 13; Đồng 16``, ``Vàng: 2 em, Bạc: 3 em``.
_METAL_NUMBER = re.compile(
    rf"(?<!\w)(?<!\d ){_METAL} ?[:=]? ?(?P<n>\d{{1,3}})(?: (?:em|hs|học sinh|giải|hc|huy chương|vđv|chiếc|tấm))?"
    r"(?= ?[,;.)(+]| và | - |$)(?!\.\d|,\d)",
    re.M,
)
_METAL_AT = Words(("vàng", "bạc", "đồng"))
#: A further medal in another event: ``HCV 50m ếch, Bạc 100m ếch``.
_METAL_EVENT = re.compile(
    r"(?:(?<=, )|(?<=và )|(?<=; ))(?P<metal>vàng|bạc|đồng)(?= \d{2,4} ?m(?!\w)| (?:nội dung|cự ly) )"
)
_MEDAL_AT = Words(("huy chương", "hcv", "hcb", "hcđ"))
#: ``Tổng số huy chương: 41``, ``số HC đạt được là 12``.
_MEDALS = re.compile(
    r"(?<!\w)(?:số|đạt|đoạt|giành) (?:huy chương|hc)(?!\w)(?: (?!vàng|bạc|đồng)[^\W\d_]+){0,5} ?(?::|là|=) ?"
    r"(?P<n>\d{1,4})(?![\w/%]|[.,]\d)"
)
_NUMBER_AT = Words(("số ", "đạt ", "đoạt ", "giành "))
_SUM_AT = Words(tuple(f"{word}{medals}" for word in _NUMBER_AT for medals in ("huy chương", "hc")))


#: A grade with its level as an item: ``Nhất huyện môn Sinh, Nhì tỉnh môn Sinh``.
_LEVELLED = re.compile(
    rf"(?:(?<=[,;:(–-] )|(?<=và )|(?<=đạt )|(?<=đoạt )|(?<=giành )){_GRADE} (?:cấp )?(?P<level>{BARE_LEVEL})"
    r"(?= ?[,;.)]| (?:bộ )?môn(?!\w)| (?:nội dung|lớp|khối|năm)(?!\w)|$)",
    re.M,
)


def behind_verbs(lowered: str, start: int, end: int, numbers: list[int], places: list[int]) -> Iterator[Atom]:
    """Grades right behind a verb of winning: ``em A đạt Nhì``, ``3 em đạt Ba``."""
    if not places:
        return
    for match in matches_from(_COUNTED, numbers, lowered, start, end):
        yield replace(graded(match), of=number(match["of"]), who=match["who"])
    yield from (graded(match) for match in matches_from(_BEHIND_VERB, places, lowered, start, end))
    for match in matches_from(_LEVELLED, places, lowered, start, end):
        yield replace(graded(match), end=match.end("grade"), level=BARE_LEVELS[match["level"]])


#: A prize by a name of its own: ``giành giải Đặc sắc``, ``nhận giải "Phong trào"``.
_NAMED = re.compile(
    rf"(?:(?<=đạt )|(?<=đoạt )|(?<=giành )|(?<=nhận )|(?<=được trao )|(?<=được )|(?<=về )"
    r"|(?<=\()(?=[^()\n]{4,40}\))(?!giải (?:Toán|Olympic|Violympic|Tiếng|Tin|Cờ|Bóng|Điền|Vô|Cầu)))"
    rf"giải (?:thưởng )?[\"“]?(?!Cuộc|Hội|Kỳ|Kì)[{CAPITAL}][^\W\d_]+"
    r"(?: [^\W\d_]+){0,3}?[\"”]?(?= ?[,;.)]| (?:cho|của|tại|trong|ở|và|cấp|thuộc|do)(?!\w)|$)",
    re.M,
)


#: A prize of a round or of all: ``đoạt giải tuần 3``, ``nhận giải tập thể``.
_OF_ROUND = re.compile(
    r"(?:(?<=đạt )|(?<=đoạt )|(?<=giành )|(?<=nhận )|(?<=được )|(?<=được trao ))giải (?:tuần|tháng|quý|tập thể|cá nhân"
    r"|phong trào|chung cuộc)(?: \d{1,2})?(?!\w)(?! (?:nhất|nhì|ba|khuyến))"
)


def by_name(text: str, lowered: str, start: int, end: int, prizes: list[int]) -> Iterator[Atom]:
    """Prizes that a verb tells by a name of their own."""
    for match in matches_from(_OF_ROUND, prizes, lowered, start, end):
        yield Atom(match.start(), match.end(), "prize", "giai", None)
    for match in matches_from(_NAMED, prizes, text, start, end):
        # a flower or bell of some metal is a grade by it, as ``giải Vàng`` is
        metal = MEDALS.get(match.group(0).rstrip('"”').split()[-1].lower())
        yield Atom(match.start(), match.end(), "medal" if metal else "prize", metal or "giai", None)


def metals(lowered: str, start: int, end: int) -> Iterator[Atom]:
    """Metals with the number behind them, two or more in a row, and the number of all medals."""
    if holds(_SUM_AT, lowered, start, end):
        for match in matches_from(_MEDALS, places_of(_NUMBER_AT, lowered, start, end), lowered, start, end):
            yield Atom(match.start(), match.end(), "medal", "giai", number(match["n"]))
    places = places_of(_METAL_AT, lowered, start, end)
    if holds(_MEDAL_AT, lowered, start, end):
        for match in matches_from(_METAL_EVENT, places, lowered, start, end):
            yield Atom(match.start(), match.end(), "medal", MEDALS[match["metal"]], None)
    found = matches_from(_METAL_NUMBER, places, lowered, start, end) if len(places) > 1 else []
    if len({match["metal"] for match in found}) > 1:
        yield from (
            Atom(match.start(), match.end(), "medal", MEDALS[match["metal"]], number(match["n"])) for match in found
        )
