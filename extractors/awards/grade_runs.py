"""Grades that stand in a row behind one number or none: ``20 giải Nhất, Nhì, Ba``, ``59 em đoạt giải Nhất, Nhì``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.awards.atoms import PLACE, Atom, atom_of, grade_of, number

# ``trao các giải Nhất, Nhì, Ba cho …``, ``59 em đoạt giải Nhất, Nhì, Ba``: grades that nobody holds one by one.
_GRADES_IN_ROW = re.compile(
    rf"(?: ?(?:,|/|-|và|, và) ?(?:giải )?(?:{PLACE})(?!\w)(?! ?[:=]?(?: có)? ?\d))+"
    r"(?=[.;:)…]|$|,? (?:cho|trong|tại|các|của|cấp|ở|kỳ|kì|cuộc|hội|nhiều|quốc gia|tỉnh|toàn|và|với|được|môn|thi|năm"
    r"|cá nhân|đồng đội|theo|hsg|học sinh|chung cuộc)(?!\w))",
    re.M,
)
#: The same in Roman numbers: ``giải I, II, III``.
_ROMAN_IN_ROW = re.compile(r"(?: ?(?:,|/|-|và|, và) ?(?:giải )?(?:i{1,3}|[123])(?!\w))+(?=[.;:)…]|$| [^\W\d_])", re.M)
_IN_TURN = re.compile(r"(?<!\w)lần lượt(?!\w)")


def alone_or_in_row(match: re.Match[str], lowered: str, start: int, end: int) -> list[Atom]:
    """The prize of a grade; of several grades in a row one of no said grade for those counted, else none.

    As many prizes as grades are one of each: ``2 giải Nhất, Nhì``.
    """
    row = (_GRADES_IN_ROW if match["grade"] else _ROMAN_IN_ROW).match(lowered, match.end(), end)
    if row is None or match["n2"] or match["n3"] or _IN_TURN.search(lowered, start, end):
        return [atom_of(match)]
    if match["n"] and "giải" not in row.group(0):
        more = list(re.finditer(rf"(?<!\w)(?:{PLACE})(?!\w)", row.group(0))) if match["grade"] else []
        count = number(match["n"]) or 0
        if not more or count <= len(more):
            return [atom_of(match)]
        if count > len(more) + 1:
            return [Atom(match.start(), row.end(), "prize", "giai", count)]
        of_each = [Atom(row.start() + m.start(), row.start() + m.end(), "prize", grade_of(m.group(0)), 1) for m in more]
        return [replace(atom_of(match), count=1), *of_each]
    if match["n"]:
        return [atom_of(match)]
    if not match["winners"]:
        return []
    who, of = match["who"], number(match["of"])
    return [Atom(match.start(), row.end(), "prize", "giai", number(match["winners"]), of, who)]
