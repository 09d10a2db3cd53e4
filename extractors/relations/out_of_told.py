"""Ratios without a noun: a count, another ratio, a heading or a percentage tells what they are out of.

``4 cô nuôi, 4/4 có giấy khám, 3/4 có chứng chỉ``; ``môn Toán 6/6 em đạt giải, môn Văn 5/6``; ``số đạt/số dự thi``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment

#: Behind such a ratio: what those counted have or are.
_HAVE = re.compile(r" (?:người )?(?:có|đạt|được|đã|biết|là|qua|hoàn thành|tham gia|trúng|thi)(?!\w)")
#: Before such ratios: these may be days.
_DAYS = re.compile(r"(?<!\w)(?:ngày|đợt|lịch|tháng|hôm|tuần)(?!\w)")
_COUNTED = ("person", "staff", "pupil", "school", "class", "place", "cell")


def is_told_of(reading: Reading, sentence: Sequence[Segment], ratio: Amount) -> bool:
    """Whether the words before a ratio say that it is one, and of what."""
    if _is_out_of_count(reading, sentence, ratio) or _is_like_another(reading, sentence, ratio):
        return True
    return ratio.value > (ratio.of or 0) and _is_headed(reading, ratio)


def is_rated(reading: Reading, segment: Segment, ratio: Amount, share: Amount) -> bool:
    """Whether a percentage of no more than 100 stands beside a ratio that would make a little more: ``58/57 (98,2%)``.

    It is of what its clause names: ``số phiếu cao nhất``, ``số em đạt``.
    """
    near = ratio.of is not None and 0 < ratio.value - ratio.of <= max(_FEW, _ALIKE * ratio.of)
    return near and share.value <= _ALL and reading.has("rel_unit", segment.start, ratio.start)


#: A count is no further from its whole than this share of it, or so many, where it exceeds it by a slip.
_ALIKE, _FEW, _ALL = 0.25, 2, 100


def _is_out_of_count(reading: Reading, sentence: Sequence[Segment], ratio: Amount) -> bool:
    """Whether a ratio is out of the one count of its sentence, as those between both are.

    At least one stands between them, without which it may be a day of the year.
    """
    before = [a for s in sentence for a in s.amounts if a.end <= ratio.start]
    whole, others = (before[0], before[1:]) if before else (None, [])
    if whole is None or whole.of is not None or not usable(whole) or whole.family not in _COUNTED:
        return False
    alike = bool(others) and whole.value == ratio.of and all(a.of == ratio.of for a in others)
    if whole is not None and _DAYS.search(reading.lower, whole.end, ratio.start):
        return False
    return alike and _HAVE.match(reading.lower, ratio.end) is not None


#: What tells the pieces of a row from each other, right before their ratios.
_OF_KIND = re.compile(
    r"(?<!\w)(?P<kind>môn|khối|lớp|tổ|trường|xã|cấp|bài|bậc|hạng|điểm|khu|nhóm|ngành|bộ môn)"
    r"(?: [^\W\d_][\w&.]*| \d\w*){1,5}"
    r"(?: có| đạt| là|:)? $"
)


def _is_like_another(reading: Reading, sentence: Sequence[Segment], ratio: Amount) -> bool:
    """Whether a ratio stands in a row with one that has a noun: ``Môn Địa có 6/6 em đạt giải, môn Sử 5/6``."""
    ratios = [(a, s) for s in sentence for a in s.amounts if a.of is not None and not a.percent]
    named = [(a, s) for a, s in ratios if a.end <= ratio.start and a.family in _COUNTED]
    own = next((s for a, s in ratios if a is ratio), None)
    if not named or own is None or _DAYS.search(reading.lower, sentence[0].start, ratio.end):
        return False
    kinds = {_kind(reading, a, s) for a, s in (*named, (ratio, own))}
    return len(kinds) == 1 and None not in kinds


def _kind(reading: Reading, ratio: Amount, segment: Segment) -> str | None:
    match = _OF_KIND.search(reading.lower, segment.start, ratio.start)
    return match["kind"] if match is not None else None


#: Words, with a stroke between them, that say what the ratios behind them are: ``(số em đạt giải/số em dự thi)``.
_OF_WHAT = re.compile(
    r"(?<!\w)(?:số )?(?:em |hs |học sinh |thí sinh |gv |giáo viên |bài |lượt |đội |trẻ )?"
    r"(?:đạt|đỗ|đậu|có giải|đoạt giải|trúng tuyển|lên lớp|hoàn thành)[^\d/();:]{0,16}/ ?(?:tổng )?(?:số )?"
    r"(?:em |hs |học sinh |thí sinh |gv |giáo viên |bài |lượt |đội |trẻ )?"
    r"(?:dự|tham gia|tham dự|thi|khảo sát|kiểm tra|đăng k[ýí]|được xét|cử|có)(?!\w)"
)
_STROKE = Words(("/số", "/ số", "/tổng", "/ tổng", "/dự", "/ dự", "/em", "/ em", "/hs", "/học sinh", "/thí sinh"))
#: So far before its ratios such words stand, in their line or in the one before.
_BEFORE = 300


def _is_headed(reading: Reading, ratio: Amount) -> bool:
    """Whether the words before a ratio say of what it and its neighbours are."""
    first = max(0, ratio.start - _BEFORE)
    if not holds(_STROKE, reading.lower, first, ratio.start):
        return False
    match = _OF_WHAT.search(reading.lower, first, ratio.start)
    return match is not None and reading.text.count("\n", match.end(), ratio.start) <= 1
