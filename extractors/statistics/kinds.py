"""Labels of a list that only tell one kind of what its head counts: ``Khối 10``, ``Tiểu học``, ``Nữ``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.naming import ADJECTIVES, PEOPLES, is_level_label
from extractors.statistics.wording import noun
from schemas.records import Statistic

#: A grade, class or group, a place or body by its kind, an age.
_KIND = re.compile(
    r"(?:các )?(?:(?:khối lớp|khối|lớp|nhóm trẻ|nhóm|tổ|cấp|bậc|vùng|khu vực|điểm trường|trường|xã|phường|thị trấn|"
    r"huyện|học kỳ|năm|quý|tháng|môn|trẻ|độ tuổi|từ)(?!\w)[^,;:.]{0,30}|công lập|"
    r"ngoài công lập|tư thục|toàn \w+|cả năm)",
    re.I,
)
#: A head that names a measure: a rate, a number, a sum.
_MEASURE = re.compile(r"(?:tổng )?(?:t[ỷỉ] lệ|số|số lượng|diện tích|kinh phí|điểm|mức|chỉ tiêu|bình quân)(?!\w)", re.I)


def heads(context: str, phrase: str) -> bool:
    """Whether a head comes before the label of a kind in its wording: ``Tỷ lệ học sinh bỏ học`` and ``Khối 10``."""
    kind = _KIND.fullmatch(phrase) or phrase.lower() in ADJECTIVES | PEOPLES or is_level_label(phrase.lower())
    return bool(kind) or _MEASURE.match(context) is not None


#: The total above a list, and the label of a line that only names a grade.
_TOTAL = re.compile(
    r"(?:tổng số|số lượng|số|tổng cộng) (?P<what>(?:lớp|nhóm lớp|nhóm, lớp|học sinh|hs|trẻ|cháu|giáo viên|gv|phòng học)"
    r"(?: [^\W\d_]+){0,3})",
    re.I,
)
_GRADE = re.compile(r"(?:khối lớp|khối|lớp|nhóm) [\w -]{1,14}", re.I)


class Totals:
    """The total above lines that tell it by grades and have no noun of their own: ``Số lớp: 10``, ``- Khối 6: 2``."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._last: int | None = None
        self._what = ""
        self._unit: str | None = None

    def told(self, block: Block, record: Statistic) -> Statistic:
        """A figure with what the total above its line counts, where the line names only a grade."""
        near = self._last is not None and block.index - self._last <= 1
        if total := _TOTAL.fullmatch(record.indicator):
            self._last, self._what, self._unit = block.index, total["what"], record.unit
        elif near and record.unit is None and record.of is None and _GRADE.fullmatch(record.indicator):
            self._last = block.index
            return record.model_copy(update={"indicator": f"{noun(self._what)} {record.indicator}", "unit": self._unit})
        elif near and _GRADE.search(record.indicator):
            self._last = block.index
        else:
            self._last = None
        return record
