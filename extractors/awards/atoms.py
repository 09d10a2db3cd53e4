"""One mention of a prize or a medal, and the words and letters that grade it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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


#: Between a grade with its number and the part of it that is told: ``05 giải Nhì, trong đó môn Lịch sử 3 giải``.
_PART = re.compile(
    r",? ?\(?trong đó,?(?: có| riêng)?(?: (?:môn|bộ môn|khối|lớp|cấp|bậc)(?: [^\W\d_]+| \d{1,2}(?=[ :])){1,5}:?) ?"
)
_NEXT_PART = re.compile(r"(?:,| và|;) ?(?:môn|bộ môn|khối|lớp|cấp|bậc) (?:[^\W\d_]+ ?|\d{1,2}(?=[ :]) ?){1,5}:? ?")


def parts_of_grades(lowered: str, atoms: Sequence[Atom]) -> list[Atom]:
    """The mentions of one passage in order, prizes without a grade that are part of a grade before them with it."""
    told: list[Atom] = []
    whole: Atom | None = None
    for atom in atoms:
        bare = atom.prize == "giai" and atom.kind == "prize" and atom.count is not None
        link = _NEXT_PART if told and whole is not None and told[-1] is not whole else _PART
        part = bare and whole is not None and link.fullmatch(lowered, told[-1].end, atom.start) is not None
        if part and whole is not None and (atom.count or 0) < (whole.count or 0):
            told.append(replace(atom, prize=whole.prize, kind=whole.kind))
            continue
        told.append(atom)
        whole = atom if atom.count and atom.prize != "giai" else None
    return told


def graded(match: re.Match[str]) -> Atom:
    """The prize of a match by its groups ``grade`` (or ``grade2``, ``grade3``) and ``n``."""
    groups = match.groupdict()
    grade = groups["grade"] or groups.get("grade2") or groups.get("grade3") or ""
    prize = "khuyen_khich" if grade in CONSOLATION else GRADES[grade]
    return Atom(match.start(), match.end(), "prize", prize, number(groups.get("n")))


def grade_of(word: str) -> str:
    """The prize that the word for its grade names."""
    return "khuyen_khich" if word in CONSOLATION else GRADES[word]


def atom_of(match: re.Match[str], prize: str | None = None) -> Atom:
    """The prize of a match by all the groups that may tell its number; without ``prize`` by its grade."""
    groups = match.groupdict()
    prize = prize or grade_of(groups["grade"] or groups["digit"])
    count = groups.get("winners") or groups.get("n") or groups.get("n2") or groups.get("n3")
    count = count or groups.get("n4")
    return Atom(match.start(), match.end(), "prize", prize, number(count), number(groups.get("of")), groups.get("who"))
