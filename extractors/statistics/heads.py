"""Women, peoples and other kinds of people behind a figure that counts no people: ``612 em/18 lớp, nữ 301``."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Document
from extractors.statistics.counting import Counted
from extractors.statistics.wording import noun, read_out
from schemas.records import Statistic

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
#: What is public or private, and who runs it: never people.
_KINDS_OF_SCHOOLS = frozenset({"công lập", "ngoài công lập", "tư thục", "dân lập"})
_SCHOOLS = re.compile(r"trường|cơ sở(?: giáo dục)?|đơn vị|nhóm|nhóm, lớp|trung tâm|nhóm trẻ")
_REACH = 40
#: People as a label names them.
_LABEL = re.compile(
    rf"(?:(?:tổng số|tổng|số|đội ngũ) |ts ?(?=hs))*"
    rf"(?P<who>cán bộ(?:, giáo viên)?(?:, nhân viên)?(?!\w)|hs(?!\w)|cbgv(?:nv)?(?!\w)|{_PEOPLE.pattern})",
    re.I,
)


class Heads:
    """Whom the last figure counted that counts people; of a block, since each begins anew."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._block: int | None = None
        self._who: str | None = None
        self._schools: str | None = None

    def told(self, index: int, start: int, found: Counted) -> Counted:
        """A figure with those as its unit who were counted last, where only a kind of people is said before it.

        ``index`` is the number of the block and ``start`` where its sentence begins.
        """
        if index != self._block:
            self._block, self._who, self._schools = index, None, None
        unit = read_out(found.unit or "").lower()
        if found.unit_range and self.document.lower[slice(*found.unit_range)] in _KINDS_OF_SCHOOLS:
            return replace(found, unit=self._schools) if self._schools and _PEOPLE.match(unit) else found
        if _SCHOOLS.fullmatch(unit):
            self._schools = found.unit
        if _PEOPLE.match(unit):
            self._who = found.unit
        elif (unit in _THINGS or self._tells_on(unit, start, found)) and found.unit_range is None:
            first = max(start, found.number.start - _REACH)
            if _KIND.search(self.document.lower, first, found.number.start):
                return replace(found, unit=self._who or "học sinh")
        return found

    def _tells_on(self, unit: str, start: int, found: Counted) -> bool:
        """Whether a figure without a noun goes on behind a label of people; one in a bracket tells of its own whole."""
        text, end = self.document.text, found.number.start
        return not unit and self._who is not None and text.rfind("(", start, end) <= text.rfind(")", start, end)

    def count(self, record: Statistic) -> None:
        """Take those of whom a figure without a noun tells by its label for those counted last: ``TSHS: 512``."""
        if not record.unit and (match := _LABEL.match(record.indicator)):
            self._who = noun(match["who"])
