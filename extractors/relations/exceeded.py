"""Ratios and percentages that may exceed their whole: of plans and norms, of pupils from elsewhere, of scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.numbers import parse_numeral
from extractors.relations.amounts import Amount
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment

#: More than the whole is no slip where a norm or plan was passed, a match was won, or pupils came from elsewhere.
_BEYOND = re.compile(
    r"(?<!\w)(?:(?:kết nạp(?: mới| được)*|thực hiện(?: được)?|dự giờ|giảng dạy|dạy|trồng)(?= \d)|"
    r"tuyển (?:sinh|mới|được)|định mức|tỉ số|tỷ số|(?:thắng|thua|hòa)(?= (?:đội|trường|lớp|\d))|trái tuyến|"
    r"địa bàn khác|nơi khác|xã bạn|(?:kh|kế hoạch|chỉ tiêu|nq|nghị quyết)(?=(?: [^\W\d_]+){0,3}:? \d)|"
    r"tiếp nhận|chuyển đến|ngoài địa bàn|ngoài xã)(?!\w)"
)


_NOT_COUNTED = re.compile(r"(?<!\w)(?:không (?:tính|kể)|chưa (?:tính|kể))(?!\w)")


def may_exceed(reading: Reading, near: Sequence[Segment]) -> bool:
    """Whether more than the whole is no slip in a sentence: a norm was passed, or some came from elsewhere."""
    if _NOT_COUNTED.search(reading.lower, near[0].start, near[-1].end):
        return False  # "không tính trẻ từ nơi khác đến"
    return _BEYOND.search(reading.lower, near[0].start, near[-1].end) is not None


_PLAN = (
    r"(?:kh|kế hoạch|chỉ tiêu|định mức|nhu cầu|nghị quyết|nq|dự toán|được giao|giao)"
    r"(?: (?:giao|đề ra|năm|được giao|năm học|đầu năm))*"
)
_DONE = r"(?:th|thực hiện|kết quả|kq|thực tế|hiện có|đạt được|đạt|tuyển được|có mặt)(?: (?:được|thực hiện|năm))*"
#: The heading over such numbers, in a line above or a bracket before: ``Chỉ tiêu / kế hoạch / thực hiện``, ``(TH/KH)``.
_HEADING = re.compile(rf"(?<!\w)(?:{_PLAN} ?/ ?{_DONE}|{_DONE} ?/ ?{_PLAN})(?!\w)")
_ABOVE = 1500


def is_beside_plan(reading: Reading, ratio: Amount) -> bool:
    """Whether a heading says that the numbers joined by a slash are what was planned and what was done."""
    return _HEADING.search(reading.lower, max(0, ratio.start - _ABOVE), ratio.start) is not None


_ALL = 100.0
#: The percentage behind a ratio, and the ratio before one: ``chuyên đề 18/15, đạt 120%``.
_RATE_BEHIND = re.compile(r"[^\d;.]{0,40}(?P<rate>[1-9]\d\d(?:[.,]\d{1,2})?) ?%")
_SLASHED = re.compile(r"(?<![\d./])(?P<a>\d{1,4}) ?/ ?(?P<b>[1-9]\d{0,3})(?![\d./])[^\d;.()]{0,24}$")


def says_more(reading: Reading, ratio: Amount) -> bool:
    """Whether the percentage behind a ratio says the same, more than the whole: then more was done than was due."""
    behind = _RATE_BEHIND.match(reading.lower, ratio.end, min(len(reading.lower), ratio.end + _REACH))
    return behind is not None and bool(ratio.of) and _is_rate(parse_numeral(behind["rate"]), ratio.value, ratio.of or 1)


def repeats_more(reading: Reading, share: Amount) -> bool:
    """Whether a percentage only says again what the ratio before it says."""
    match = _SLASHED.search(reading.lower, max(0, share.start - _REACH), share.start)
    return match is not None and _is_rate(share.value, int(match["a"]), int(match["b"]))


_REACH = 60


def _is_rate(rate: float, count: float, whole: float) -> bool:
    return abs(rate - _ALL * count / whole) < 1
