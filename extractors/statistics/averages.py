"""Averages whose figure stands alone behind the counts that they are made of: ``2.206 em – 56 lớp, bình quân 39,4``."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.numbers import Number
from extractors._shared.scan import holds, words_in

_CLASS = r"(?P<each>nhóm,? lớp|nhóm|lớp|phòng)"
_WHO = r"(?P<who>học sinh|hs|em|trẻ|cháu|học viên|giáo viên|gv)"
#: Counts of people and of classes, and the word for their quotient right before its figure.
_QUOTIENT = re.compile(
    rf"\d[\d.]* {_WHO}(?!\w)[^;.\d%]{{0,20}}?\d[\d.]* {_CLASS}(?!\w)(?: học)? ?[,;(:-]* ?"
    r"(?:(?:đạt )?(?:sĩ số |số học sinh )?(?:bình quân|trung bình|tỷ lệ|tỉ lệ)(?: (?:mỗi|một) (?:lớp|nhóm))?"
    r"|sĩ số)(?: (?:là|đạt|khoảng|gần|hơn|trên|chung))* ?:? ?$"
)
_NOUNS = {"hs": "học sinh", "em": "học sinh", "cháu": "trẻ", "gv": "giáo viên"}
_QUOTIENT_WORDS = words_in("bình quân|trung bình|tỷ lệ|tỉ lệ|sĩ số")
_REACH = 90
#: An average is no larger than this, and has decimals if it tells how many teachers a class has.
_MOST = 80


def of_quotient(document: Document, start: int, number: Number) -> tuple[str, str] | None:
    """What an average counts, and in what: ``("học sinh", "lớp")``; None for a figure that no two counts explain.

    ``start`` is where the sentence begins.
    """
    if number.percent or number.of is not None or number.value > _MOST:
        return None
    first = max(start, number.start - _REACH)
    if not holds(_QUOTIENT_WORDS, document.lower, first, number.start):
        return None
    match = _QUOTIENT.search(document.lower, first, number.start)
    if match is None:
        return None
    return _NOUNS.get(match["who"], match["who"]), match["each"]


#: An average that counts nobody: ``tuổi bình quân 38``.
_OF_ITS_OWN = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:+*•-] )|[,;:(] ?|(?<!\w)(?:có|với|và) )"
    r"(?P<what>(?:độ )?tuổi(?: đời| đảng| nghề)? (?:bình quân|trung bình)"
    r"[^,;:.()\d]{0,40}?)"
    r"(?: ?:| (?:là|đạt|khoảng|ở mức))* ?$"
)


def average_wording(document: Document, start: int, number: Number) -> str:
    """The indicator of an average whose figure stands alone: of two counts before it, or of ages; "" for others."""
    if quotient := of_quotient(document, start, number):
        return f"{quotient[0]} bình quân mỗi {quotient[1]}"
    before = document.lower[start : number.start]
    own = _OF_ITS_OWN.search(before) if "tuổi" in before else None
    return document.value(start + own.start("what"), start + own.end("what")) if own else ""
