"""The contest that opens its own item among several results: ``…; cờ vua trẻ huyện 02 HCV; MTCT tỉnh 2 giải Ba``."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.lexicon import forms_of
from extractors._shared.names import find_names

#: What may stand between the name of a contest and a prize of the same item: further prizes, or who won it.
_BETWEEN = (
    r"(?: ?[,:(–-]| ?\d{1,4}(?:/\d{1,4})?|(?: (?:giải|nhất|nhì|ba|tư|kk|khuyến khích|hc[vbđ]?|huy chương|vàng|bạc"
    r"|đồng|và|i{1,3}"
    r"|có|đạt|được|đoạt|tổng số|em|hs|học sinh|gv|giáo viên)(?!\w)))* ?"
)
#: What opens an item and no name of a contest.
_NO_NAME = rf"(?!(?:{forms_of('extractors.awards', 'item_openings.yml')})(?!\w))"
_LEVEL = (
    r"(?:cấp |vòng |toàn )?(?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|khu vực|quốc gia|quốc tế|toàn quốc)"
)
_VERB = r"(?:em|cô|thầy|đạt|đoạt|có|được|đã|trao|tổ chức|là|của|cho|với) "
_WORDS = _NO_NAME + rf"(?:(?!{_VERB})[^\W\d_]+(?!\w) ?)" + "{1,9}?"
_ITEM = re.compile(
    rf" ?(?P<name>{_WORDS}(?P<level> ?{_LEVEL})?|[\"“][^\"”\n]{{4,60}}[\"”](?: {_LEVEL})?)"
    rf"(?:(?<= )|(?= ?[:(\d]| |$))(?:(?: (?:em|cô|thầy|bạn) [^,;:.()\d]{{3,40}}?)? ?)?{_BETWEEN}"
)
#: A contest by the first letters of its name: ``MTCT``, ``TNTV``, ``VSCĐ``.
_SHORT = re.compile(
    r"(?<!\w)(?!III|CĐ|UB|LĐ|THCS|THPT|PT|GD|CLB|CBQL|SKKN|ĐDDH|HCM|TPHCM|TNCS|HĐ|BTC|BGK)[A-ZĐ]{3,6}(?!\w)"
)
_SIGNS = re.compile(r"[;,.:]")


Range = tuple[int, int]


def contest_of_item(
    document: Document, first: int, at: int, others: tuple[Range | None, Range | None]
) -> tuple[int, int] | None:
    """The name that opens the item in which a prize stands, in a sentence that starts at ``first``; None for none.

    It must be one in capitals, in quotes, with its level or of a discipline, and begin behind ``others``, the contest
    before it and what announces its list. A discipline alone is part of a contest that announces it.
    """
    start = max(document.text.rfind(";", first, at) + 1, first)
    starts = [start, *(sign.end() for sign in _SIGNS.finditer(document.text, start, at))]
    for begins in reversed(starts):
        match = _ITEM.fullmatch(document.lower, begins, at)
        if match is None:
            continue
        span = match.start("name"), match.start("name") + len(match["name"].rstrip())
        if any(other and span[0] < other[1] for other in others):
            return None
        how = _names_contest(document, span, told=bool(match["level"]))
        if how == "discipline" and begins != start:
            return None
        return span if how == "full" or (how and _may_stand_alone(document, first, others)) else None
    return None


def _may_stand_alone(document: Document, first: int, others: tuple[Range | None, Range | None]) -> bool:
    """Whether a discipline is a contest of its own: another contest was told before it that announces no list."""
    before, label = others
    if before is None or label is not None:
        return False
    return before[0] < first or not document.text.startswith((":", " :"), before[1])


def _names_contest(document: Document, span: Range, *, told: bool) -> str | None:
    """How the words that open an item name what was contested: ``full``, by a ``discipline`` alone, or not at all."""
    opens = [term for term in document.terms("discipline", *span) if term.start == span[0]]
    honoured = document.terms("title", *span) or (not opens and document.terms("honour", *span))
    if honoured or find_names(document, *span):
        return None
    short = _SHORT.search(document.text, *span) is not None
    if document.text[span[0]] in '"“' or short or (told and len(document.lower[slice(*span)].split()) > _ENOUGH):
        return "full"
    return "discipline" if opens else None


#: Words of a name that says more than a level.
_ENOUGH = 2
