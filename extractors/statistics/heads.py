"""Women, peoples and other kinds of people behind a figure that counts no people: ``612 em/18 lớp, nữ 301``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Document
from extractors.statistics.counting import Counted
from extractors.statistics.wording import noun

_PEOPLE = re.compile(
    r"(?:lượt )?(?:học sinh|trẻ|học viên|sinh viên|thí sinh|giáo viên|cán bộ|nhân viên|viên chức|công chức|đảng viên|"
    r"đoàn viên|hội viên|người|đồng chí|đ/c|hiệu trưởng|đại biểu)(?!\w)"
)
#: Kinds of people, as labels right before their figure.
_KIND = re.compile(
    r"(?<!\w)(?:nữ|nam|dân tộc(?: thiểu số)?|dtts|hs nghèo|con (?:hộ )?(?:nghèo|cận nghèo|thương binh)|hộ nghèo|"
    r"khuyết tật|bán trú|mồ côi|nữ (?:dân tộc|dtts))(?: (?:là|có|chiếm))? ?[:=]? ?$"
)
#: What has no kinds of people.
_THINGS = frozenset({"lớp", "nhóm", "nhóm, lớp", "trường", "phòng", "phòng học", "điểm trường", "khối", "tổ"})
_REACH = 40


class Heads:
    """Whom the last figure counted that counts people; of a block, since each begins anew."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._block: int | None = None
        self._who: str | None = None

    def told(self, index: int, start: int, found: Counted) -> Counted:
        """A figure with those as its unit who were counted last, where only a kind of people is said before it.

        ``index`` is the number of the block and ``start`` where its sentence begins.
        """
        if index != self._block:
            self._block, self._who = index, None
        unit = noun(found.unit or "").lower()
        if _PEOPLE.match(unit):
            self._who = found.unit
        elif unit in _THINGS and found.unit_range is None:
            first = max(start, found.number.start - _REACH)
            if _KIND.search(self.document.lower, first, found.number.start):
                return replace(found, unit=self._who or "học sinh")
        return found
