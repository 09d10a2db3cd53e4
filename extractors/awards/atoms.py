"""One mention of a prize or a medal, and the words and letters that grade it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.numbers import WORDS

COUNT = r"\d{1,3}(?:\.\d{3})+|\d{1,4}|" + "|".join(WORDS)
PLACE = r"nhất|nhì|ba|tư|khuyến khích|kk"
#: What is counted as a winner.
PEOPLE = (
    r"em|học sinh|hs|giáo viên|gv|cháu|bé|bạn|gương mặt|vđv|vận động viên|thí sinh|đồng chí|đ/c|đội viên|đội"
    r"|sản phẩm(?:, mô hình)?|dự án|đề tài"
    r"|tiết mục|bài|cô|thầy|trường|đơn vị|tập thể|cá nhân|cán bộ|đoàn viên|sinh viên|học viên"
    r"|mô hình(?:, sản phẩm)?|tác phẩm|giải pháp|ý tưởng|lần|thành viên"
)
GRADES = {"nhất": "nhat", "nhì": "nhi", "nhỉ": "nhi", "ba": "ba"}
# The contract has no fourth grade.
GRADES |= {"tư": "giai"}
# Contests of art and invention grade by letters.
GRADES |= {"a": "nhat", "b": "nhi", "c": "ba"}
GRADES |= {"1": "nhat", "2": "nhi", "3": "ba", "i": "nhat", "ii": "nhi", "iii": "ba"}
MEDALS = {"vàng": "vang", "bạc": "bac", "đồng": "dong", "v": "vang", "b": "bac", "đ": "dong"}
CONSOLATION = frozenset({"khuyến khích", "kk", "k.k", "công nhận", "c.nhận"})


@dataclass(frozen=True)
class Atom:
    """One mention of a prize: where, its kind and grade, how many and out of how many.

    ``label`` tells that it only heads its winners, ``verbal`` that a verb tells the win,
    ``level`` which one the mention says by a bare word.
    """

    start: int
    end: int
    kind: str
    prize: str
    count: int | None
    of: int | None = None
    who: str | None = None
    label: bool = False
    verbal: bool = False
    level: str | None = None


def number(printed: str | None) -> int | None:
    """The value of a count in digits or words; None for None."""
    if printed is None:
        return None
    return WORDS.get(printed) or int(printed.replace(".", ""))


def graded(match: re.Match[str]) -> Atom:
    """The prize of a match by its groups ``grade`` (or ``grade2``, ``grade3``) and ``n``."""
    groups = match.groupdict()
    grade = groups["grade"] or groups.get("grade2") or groups.get("grade3") or ""
    prize = "khuyen_khich" if grade in CONSOLATION else GRADES[grade]
    return Atom(match.start(), match.end(), "prize", prize, number(groups.get("n")))
