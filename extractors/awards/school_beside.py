"""The school right beside a prize, and those that share it: ``THCS Bình An: 12 giải``, ``trường A và trường B …``."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.together import winners_together
from extractors.awards.verbs import GIVEN, WIN
from extractors.awards.winner import Winner

#: Of a whole team.
TEAM = re.compile(r"toàn đoàn|(?<!hội )đồng đội|giải tập thể|giải đội")
#: What makes a name the place of something.
PLACE = re.compile(r"(?<!\w)(?:tại|ở|do|sân|hội trường|địa điểm)(?: trường)? $")
_SCHOOL_GAP = re.compile(
    r"(?:(?:,| [-–]) (?:tp\.?|thành phố|tỉnh|huyện|thị xã|quận|xã|phường) (?:[^\W\d_]+ ?){1,4}?(?= |$))?"
    r"(?: ?\([^()\d]{2,40}\))? ?[:(,-]? ?(?:đồng |cùng )?(?:dẫn đầu|đứng đầu|(?:nhiều|ít|cao|thấp) nhất)?(?: với)? ?"
    rf"(?:(?:lần đầu(?: tiên)?|tiếp tục|cũng|đã|vinh dự|xuất sắc|chỉ|mới) )*"
    rf"(?:{WIN}|{GIVEN}|có|được|chinh phục)?(?: được| về| tới| tổng số| tổng cộng)* ?"
)
_OF_PEOPLE = re.compile(r"(?<!\w)(?:học sinh|hs|giáo viên|gv|thí sinh)(?: của| đến từ)? (?:trường )?$")
_AND_SCHOOL = re.compile(r"(?: \([^()]{2,40}\))? và (?:trường )?")
#: Several bodies as one subject: ``các liên đội: A, B, C giành giải Nhì``.
SEVERAL_BODIES = re.compile(
    r"(?<!\w)(?:các|những|hai|ba|bốn|năm|\d{1,2}) (?:trường|liên đội|đơn vị|đội|đoàn|tập thể|chi đội|câu lạc bộ)"
    r"[^,;.:]{0,20}:? ?$"
)


def school_beside(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """A school right before a count: ``THCS Bình An: 12 giải``, ``Trường Tiểu học Nam Hà (6 giải)``."""
    document = context.document
    clause = max(document.text.rfind(sign, block.body, atom.start) + 1 for sign in ",;:")
    first = max(document.sentence_at(atom.start)[0], clause)
    if atom.count is None and TEAM.search(document.lower, first, min(block.end, atom.end + 14)):
        return []
    for start, end, school in reversed(context.schools_in(block.body, atom.start)):
        if not _SCHOOL_GAP.fullmatch(document.lower, end, atom.start):
            return []
        if _OF_PEOPLE.search(document.lower, max(block.body, start - 30), start):
            return []  # "Học sinh THCS A có 6 giải": they won, the school is theirs
        before = max(block.body, start - 45)
        if PLACE.search(document.lower, max(block.body, start - 16), start) or find_names(document, before, start):
            return []
        found = Winner(start, end, None, school, document.value(start, end))
        if atom.count is not None:
            return [found]
        return winners_together(context, block.body, atom.start) or [*joined_schools(context, block, start), found]
    return []


def joined_schools(context: Context, block: Block, at: int) -> list[Winner]:
    """The schools that share a prize with the one at a position: joined by ``và``, or listed behind ``các trường``."""
    document = context.document
    joined: list[Winner] = []
    by_and = 0
    for start, end, school in reversed(context.schools_in(block.body, at)):
        if _AND_SCHOOL.fullmatch(document.lower, end, at):
            by_and = by_and or len(joined) + 1
        elif document.lower[end:at].strip() != ",":
            break
        joined.insert(0, Winner(start, end, None, school, document.value(start, end)))
        at = start
    several = SEVERAL_BODIES.search(document.lower, max(block.body, at - 45), at)
    return joined if several else joined[-1:] if by_and == 1 else []
