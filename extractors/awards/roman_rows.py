"""Grades told by Roman numbers in a row: ``I: 4; II: 7; III: 12; KK: 11``, ``0 I, 1 II, 3 KK``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.awards.atoms import Atom, graded

_WINNERS = r"(?:em|hs|học sinh|thí sinh|đ/c|đồng chí|giáo viên|gv|người|đội|cô|bài|tiết mục|dự án|sản phẩm|giải)(?!\w)"
_GRADE = r"(?:i{1,3}|kk)"
_BEHIND = rf"(?:giải )?{_GRADE} ?[:=]? ?\d{{1,3}}(?: {_WINNERS})?"
_BEFORE = rf"\d{{1,3}} (?:giải )?{_GRADE}"
_SIGN = r" ?[,;+–-] ?(?:và )?| và "
#: Rows in which the number stands behind the grade, or before it; a sum ends neither.
_ROW = re.compile(
    rf"(?<![\w.])(?:{_BEHIND}(?:(?:{_SIGN}){_BEHIND})+|{_BEFORE}(?:(?:{_SIGN}){_BEFORE})+)(?=[,;.)\n]| |$)(?![.,]\d)"
)
_ONE = re.compile(
    rf"(?<![\w.])(?:(?:giải )?(?P<grade>{_GRADE}) ?[:=]? ?(?P<n>\d{{1,3}})(?!\d)(?P<noun> {_WINNERS})?"
    rf"|(?P<m>\d{{1,3}}) (?:giải )?(?P<place>{_GRADE})(?!\w))"
)
#: What else is told by such numbers: ranks of public servants, regions, terms, classes, quarters.
_NOT_PRIZES = re.compile(
    r"(?<!\w)(?:hạng|hkì|hk|kỳ|kì|đợt|phần|chương|quý|vùng|khu vực|mức|loại|bậc|nhóm|khối|lớp|bảng|mục|tháng|giai đoạn)"
    r" ?:? ?$"
)
#: What tells that prizes are counted: a contest, a verb of winning, so many of those who took part.
_OF_PRIZES = re.compile(
    r"(?<!\w)(?:giải(?! (?:pháp|quyết|thể|trình|đáp))|hsg|học sinh giỏi|thi(?! đua| hành| công)|hội thi|olympic"
    r"|mtct|khkt"
    r"|ioe|violympic|(?:đạt|đoạt)(?= \d{1,3}(?: (?:em|hs|học sinh))? ?[(:]? ?$))(?!\w)"
)
#: Grades that make a row, and characters of what opens one.
_LEAST = 2
_OPENING = 90
ROMAN = re.compile(r"(?<!\w)i{1,3} ?[:=]? ?\d|\d i{1,3}(?!\w)")


def roman_rows(lowered: str, start: int, end: int) -> Iterator[Atom]:
    """The prizes of the rows of a range that says that it counts prizes, in order."""
    for row in _ROW.finditer(lowered, start, end):
        opening = lowered[max(start, row.start() - _OPENING) : row.start()]
        if _NOT_PRIZES.search(opening):
            continue
        parts = list(_ONE.finditer(lowered, *row.span()))
        grades = [part["grade"] or part["place"] for part in parts]
        rising = [grade for grade in grades if grade != "kk"]
        if len(set(grades)) < _LEAST or len(set(grades)) < len(grades) or rising != sorted(rising) or not rising:
            continue
        if "kk" in grades or all(part["noun"] for part in parts) or _OF_PRIZES.search(opening):
            yield from (_atom(part) for part in parts)


def _atom(part: re.Match[str]) -> Atom:
    if part["grade"]:
        return graded(part)
    one = graded(_PLACED.fullmatch(part.group(0)) or part)
    return Atom(part.start(), part.end(), "prize", one.prize, int(part["m"]))


_PLACED = re.compile(rf"(?P<n>\d{{1,3}}) (?:giải )?(?P<grade>{_GRADE})")
