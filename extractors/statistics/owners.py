"""Rows told in a line: whose several figures are that follow one name (``Trường A 12 lớp 340 học sinh``)."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.view import CAPITAL

#: With what sentences begin that are about what has no name: ``Huyện có 12 lớp``.
_NAMELESS = (
    r"(?!(?:Huyện|Xã|Phường|Trường|Nhà|Tỉnh|Toàn|Cả|Phòng|Sở|Đội|Năm|Tổng|Số|Trong|Hiện|Ngành|Chi|Đảng|Đoàn)(?!\w))"
)
_NAME = rf"(?:{_NAMELESS}[{CAPITAL}][^\W\d_]*(?:'[^\W\d_]+)?)"
#: What a body or a place is called by, before its name.
_BODY = (
    r"(?:[Tt]rường|[Đđ]oàn trường|[Đđ]oàn|[Ll]iên đội|[Cc]hi đoàn|[Cc]hi bộ|[Đđ]ảng bộ|[Cc]ông đoàn|[Tt]rung tâm|TT|"
    r"[Tt]iểu học|[Mm]ầm non|TH&THCS|THCS&THPT|THCS|THPT|TH|MN|GDTX|GDNN|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện)"
)
#: A school, a body or a place by its name, right before its first figure: ``Đoàn trường Kim Đồng``, ``Xã Nam Mỹ:``.
_OWNER = re.compile(
    rf"(?:- ?)?(?P<owner>(?:{_BODY}(?: - )? ?)*{_NAME}(?:[ -]+{_NAME})*(?: \d{{1,2}}(?= ?:))?)"
    r" ?:? ?(?:(?:có|gồm|bầu) )?"
)
#: Where a row begins: behind a sign, and behind a comma only where a name follows and no figure.
_ROW_BEGINS = re.compile(rf"[;(\n] ?|[.:] (?=[{CAPITAL}])|, (?:và |còn )?(?=[{CAPITAL}]|{_BODY} [{CAPITAL}])")
_FIRST_FIGURE = re.compile(r"(?<!\w)\d")
_FIGURES_SO_FAR = re.compile(r"(?:\d[\d.]*(?: (?!và|của|ở|tại)[^\W\d_]+){1,4}(?:,? và|,|)? )+")
#: A longer phrase says whose it is by itself.
_SHORT = 4


def with_owner(document: Document, start: int, position: int, phrase: str) -> str:
    """An indicator that says little with the name with which its row begins: ``học sinh Trường A``.

    ``start`` is where the sentence of the number at ``position`` begins. The row is the name and nothing but counts.
    """
    if len(phrase.split()) > _SHORT:
        return phrase
    first = max((m.end() for m in _ROW_BEGINS.finditer(document.text, start, position)), default=start)
    figure = _FIRST_FIGURE.search(document.text, first, position)
    if figure is None or _FIGURES_SO_FAR.fullmatch(document.text, figure.start(), position) is None:
        return phrase
    match = _OWNER.fullmatch(document.text, first, figure.start())
    if (
        match is None
        or " " not in match["owner"]
        or {*match["owner"].lower().split()[-2:]} <= {*phrase.lower().split()}
    ):
        return phrase
    return f"{phrase} {document.value(*match.span('owner'))}"
