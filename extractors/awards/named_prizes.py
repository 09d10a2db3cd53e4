"""Awards that bear a name and are given in grades: ``Giải thưởng Nguyễn Khắc Hiếu``, ``Giải thưởng “Đất Sen hồng”``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Document
from extractors._shared.scan import Words, holds, matches_from, places_of
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import PEOPLE, Atom, number

_PRIZE_AT = Words(("giải thưởng",))
_NAME = (
    r"(?:(?:mang tên|sáng tạo|khoa học|khuyến học|giáo dục) )?"
    rf"(?:[\"“][^\"”\n]{{3,60}}[\"”]|[{CAPITAL}][^\W\d_]+(?: [{CAPITAL}][^\W\d_]+){{1,4}})"
)
_NAMED = re.compile(rf"(?:[Gg]iải thưởng|GIẢI THƯỞNG) {_NAME}(?!\w)")
#: How many got one: ``công nhận giải thưởng Trần Văn Ơn lần thứ XI cho 60 học sinh``.
_GIVEN = re.compile(
    rf"(?:[Gg]iải thưởng|GIẢI THƯỞNG) {_NAME}"
    r"(?: lần thứ [\dIVXLivxl]+| (?:[^\W\d_]+ ){1,3}?(?=cho|năm|lần))?,?(?: năm(?: học)? \d{4}(?: ?- ?\d{4})?)?,?"
    rf" (?:cho|đến|tới) (?P<n>\d{{1,4}}) (?P<who>{PEOPLE})(?!\w)"
)
_CONFERS = re.compile(r"(?<!\w)(?:trao|công nhận|tặng|xét tặng|nhận)(?: tặng| các)? $")


def titled_prize(document: Document) -> tuple[int, int] | None:
    """The award by its name that a headline is about; None for one that the lexicon has as a title, or for none."""
    for block in document.blocks[:3]:
        if block.kind != "title" or not holds(_PRIZE_AT, document.lower, block.body, block.end):
            continue
        named = _NAMED.search(document.text, block.body, block.end)
        if named and not document.terms("title", *named.span()):
            return named.span()
    return None


def prize_named(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The award by its name with which a range begins; None for none."""
    named = _NAMED.match(document.text, start, end)
    return named.span() if named else None


def given_prizes(text: str, lowered: str, start: int, end: int) -> Iterator[Atom]:
    """The people to whom an award by its name is given, by their number."""
    for match in matches_from(_GIVEN, places_of(_PRIZE_AT, lowered, start, end), text, start, end):
        if _CONFERS.search(lowered, max(start, match.start() - 20), match.start()):
            yield Atom(match.start(), match.end(), "prize", "giai", number(match["n"]), None, match["who"])
