"""What a bracket behind a count tells but its parts: the count of another time, what a percentage is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.relations.amounts import Amount
from extractors.relations.parts import categories, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment

#: ``tăng 17 giải so với năm trước (197 giải)``, ``11 người (năm học trước có 12)``: a value of another time.
_TIME_BEFORE = re.compile(r"(?<!\w)(?:so với|(?:thấp|cao|ít|nhiều|kém) hơn)(?!\w)[^.;()]*$")
_TIME_OPENS = re.compile(r"\s*(?:của )?(?:năm|cùng kỳ|học k[ỳì]|đầu (?:năm|kỳ)|cuối (?:năm|kỳ)|kỳ trước|trước)(?!\w)")

#: ``625 đơn vị máu (KH 600, đạt 104,2%)``: what was planned.
_PLAN_OPENS = re.compile(
    r"\s*(?:so (?:với )?)?(?:kế hoạch|kh|chỉ tiêu|ct|dự toán|dự kiến|đăng ký|được giao|giao|nghị quyết|nq)"
    r"(?: (?:giao|năm|đề ra|được giao|đầu năm|cả năm|là|đại hội))* ?:? ?\d"
)

#: ``12 em (trong tổng số 15 em dự thi)``: of how many they are.
_WHOLE_OPENS = re.compile(r"\s*(?:trong|trên)(?: tổng)? số \d|\s*trên \d")
_OF_YEAR = re.compile(
    r"\s*(?:(?:\d tháng (?:đầu|cuối) )?năm (?:học )?)?(?P<year>(?:19|20)\d\d)(?: ?[-–] ?(?:19|20)\d\d)?\W"
)


def of_another_time(reading: Reading, whole: Amount, group: Level) -> bool:
    """Whether a bracket holds what the count was at another time or was to be, or its whole, and not its parts."""
    if any(opens.match(reading.lower, group.start, group.end) for opens in (_PLAN_OPENS, _WHOLE_OPENS)):
        return True
    if _TIME_BEFORE.search(reading.lower, whole.end, max(whole.end, group.start - 1)) is not None:
        return True
    timed = [_TIME_OPENS.match(reading.lower, part.start, part.end) is not None for part in group.segments]
    return timed[0] and not by_years(reading, group) and not by_halves(reading, group.segments, whole)


def by_years(reading: Reading, group: Level) -> bool:
    """Whether a bracket counts by years in a row: ``9 sáng kiến (năm 2020: 3; năm 2021: 6)``."""
    found = [_OF_YEAR.match(reading.lower, part.start, part.end) for part in group.segments if part.separator != ":"]
    years = [int(match["year"]) if match else 0 for match in found]
    return len(years) > 1 and years == list(range(years[0], years[0] + len(years)))


def tells_share(segment: Segment, whole: Amount, group: Level) -> bool:
    """Whether a bracket says the count or the base of the percentage before it: ``chiếm 21,4% dân số (116.215)``."""
    inside = [amount for part in group.segments for amount in part.amounts]
    return len(inside) == 1 and any(a.percent and whole.end <= a.start < group.start for a in segment.amounts)


def of_percentage(segment: Segment, where: Segment, group: Level) -> bool:
    """Whether a bracket tells what a percentage of its clause is made of: ``100% quản lý (5/5 trưởng, 9/9 phó)``."""
    return where is not segment and any(a.percent and a.end <= group.start for a in segment.amounts)


_HALF = re.compile(r"(?<!\w)(?:học k[ỳì]|kỳ|hk) ?(?P<n>ii|i|1|2)(?!\w)")
#: What a year has of as many as its halves together; of people each half has nearly all.
_ADDED = ("tuần", "tiết", "buổi", "ngày", "giờ", "chuyên đề", "đồng")


def by_halves(reading: Reading, segments: Sequence[Segment], whole: Amount) -> bool:
    """Whether segments tell the weeks or lessons of both halves of a year: ``35 tuần (học kỳ I 18, học kỳ II 17)``."""
    if whole.unit not in _ADDED or len(segments) != len(_HALVES[0]):
        return False
    found = [_HALF.search(reading.lower, part.start, part.end) for part in segments]
    return tuple(match["n"] if match else "" for match in found) in _HALVES


_HALVES = (("i", "ii"), ("1", "2"))
_LEVEL, _LEVELS = "dim_level", frozenset(("mn", "th", "thcs", "thpt", "gdtx"))


def of_other_levels(reading: Reading, whole: Amount, segment: Segment, group: Level) -> bool:
    """Whether a bracket behind the count of one level counts another: ``THCS 1.214 em (… 213 em tiểu học, …)``."""
    level = categories(reading, segment, whole).get(_LEVEL)
    if level not in _LEVELS:
        return False
    told = {categories(reading, part, amount).get(_LEVEL) for part in group.segments for amount in part.amounts}
    return not told.isdisjoint(_LEVELS - {level})


def is_size_of_all(reading: Reading, group: Level) -> bool:
    """Whether a bracket with one number stands right behind a word for the whole: it tells how many these are."""
    counts = [amount for segment in group.segments for amount in segment.amounts]
    before = reading.terms("rel_total", max(0, group.start - _BEHIND), group.start - 1)
    return len(counts) == 1 and bool(before) and not reading.text[before[-1].end : group.start - 1].strip()


_BEHIND = 24


def taken_apart(whole: Amount, group: Level) -> bool:
    """Whether a bracket takes the count before its percentage apart: ``313 trường, đạt 64% (trong đó MN 75; …)``."""
    counts = [part.amounts[0] for part in group.segments if part.amounts]
    return len(counts) > 1 and all(a.unit == whole.unit is not None and usable(a) for a in counts)


def makes_up(whole: Amount, group: Level) -> bool:
    """Whether the counts of a bracket make the count before its percentage, or but for a slip of the last digit.

    ``288 em, 66,8% (toàn diện 163; từng mặt 125)``.
    """
    counts = [part.amounts[0] for part in group.segments if part.amounts]
    if len(counts) < 2 or not all(a.unit in (None, whole.unit) and usable(a) and a.of is None for a in counts):
        return False
    made = sum(a.value for a in counts)
    return made == whole.value or (abs(made - whole.value) < _TEN and differ_by_slip(made, whole.value, 2))


_TEN = 10
