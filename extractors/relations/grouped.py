"""Totals told by so many groups, each with its number: ``128 học viên chia ba lớp: lớp A 45, lớp B 43, lớp C 40``.

How many groups there are is said; where as many counts follow, they are all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, places_of
from extractors.relations.amounts import Amount
from extractors.relations.parts import Part, Parts, categories, fits, group_share, usable
from extractors.relations.reading import Reading
from extractors.relations.splits import is_close
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
#: What things are put into, where they stand, or why they are.
_GROUPS = (
    "nhóm|đợt|chặng|giai đoạn|buổi|ca|lẽ|lý do|lí do|nguyên nhân|nguồn|môn|nội dung|lĩnh vực|điểm trường|điểm|cơ sở|"
    "trường|phòng giáo dục|xã|phường|thị trấn|thôn|bản|buôn|ấp|khu|huyện|quận|tỉnh|khối|lớp|loại|hạng|cấp học|cấp|bậc|"
    "khóa|phần|khoản|hạng mục|mục|bảng|cụm|tổ|đội|diện|dạng|mức|hướng|vòng|kỳ|quý|tháng|năm|lần|đối tượng|"
    "thành phần|chương trình|công trình|gói|thể loại|độ tuổi|lứa tuổi|tuyến"
)
_GROUPED = re.compile(
    rf"(?<!\w)(?:chia|làm|thành|ở|tại|thuộc|vào|trên|cho|của|vì|do|gồm|từ|theo|với|ra|về|trong)"
    rf"(?: đều| ra| làm| thành| cho)? (?:cả )?(?P<n>0?[2-9]|{'|'.join(_WORDS)}) (?P<noun>{_GROUPS})(?!\w)"
)
_AT = Words(("hai ", "ba ", "bốn ", "năm ", "sáu ", "bảy ", "tám ", "chín ", *(f"{n} " for n in range(2, 10))))
#: Between the groups and the first of them nothing else is told.
_REACH, _LONGEST, _SENTENCE = 70, 12, 240
_SIGNS = (",", ";", "và", ":", "")
_YEARS = range(1950, 2051)


#: Only most of them are in these groups, and others elsewhere.
_MOSTLY = re.compile(
    r"(?<!\w)(?:tập trung|chủ yếu|phần lớn|đa số|nhiều nhất|hầu hết|nhất là|riêng|trong đó có|rải rác|còn lại|nơi khác|"
    r"ngoài ra)(?!\w)"
)


def find_grouped(reading: Reading, level: Level) -> Iterator[Sum]:
    """The total before a number of groups, with as many counts behind it as there are groups, one of each.

    They stand behind a colon, a comma or in a bracket; the total is told in the same sentence.
    """
    for place in places_of(_AT, reading.lower, level.start, level.end):
        match = next(
            (m for m in (_GROUPED.search(reading.lower, max(level.start, place - _LONGEST), level.end),) if m), None
        )
        if match is not None and match.start("n") in (place, place - 1):
            yield from _grouped(reading, level, match)


def _grouped(reading: Reading, level: Level, match: re.Match[str]) -> Iterator[Sum]:
    number = _WORDS.get(match["n"]) or int(match["n"])
    at = next((i for i, s in enumerate(level.segments) if s.start <= match.start("n") < s.end), None)
    wholes = list(_wholes(level.segments, at, match.start())) if at is not None else []
    if at is None or not wholes:
        return
    whole = wholes[0]
    listed = _behind(level.segments, at, match.end())
    parts = Parts()
    for index, segment in enumerate(listed):
        count = _count(segment, match.end(), whole[0])
        if count is None:
            if parts.found or any(a.start >= match.end() and not a.percent for a in segment.amounts):
                break
            continue
        if parts.found and segment.separator not in _SIGNS:
            break
        if not parts.found and count.start - match.end() > _REACH:
            return
        if len(parts.found) == number and (index == 0 or segment.separator == parts.found[-1].segment.separator):
            return  # there are more of them than groups
        if len(parts.found) == number:
            break
        parts.found.append(Part(count, segment, categories(reading, segment, count), group_share(segment)))
    some = any(reading.has("rel_some", p.segment.start, p.segment.end) for p in parts.found)
    ends = [s.end for s in level.segments if s.separator != "." and s.start <= match.end() + _SENTENCE]
    some = some or _MOSTLY.search(reading.lower, whole[0].end, max([*ends, match.end()])) is not None
    made = sum(part.amount.value for part in parts.found)
    # 32 đảng viên, nữ 26, chia 3 tổ: one between tells of some of them
    whole = next((one for one in wholes if is_close(made, one[0].value)), whole)
    if len(parts.found) == number and not some and is_close(made, whole[0].value):
        yield Sum(*whole, parts, True, match["noun"], opened=(match.start(), 0), apart=True)


def _wholes(segments: Sequence[Segment], at: int, end: int) -> Iterator[tuple[Amount, Segment]]:
    """The counts before the groups in their sentence, the last first."""
    for segment in reversed(segments[: at + 1]):
        rows = [a for a in segment.amounts if a.end <= end and not a.percent and not _is_time(a)]
        if rows:
            change = replace(rows[-1], change=False)
            if usable(change) and rows[-1].of is None:
                yield change, segment
            else:
                return
        if segment.separator == ".":
            return


def _is_time(amount: Amount) -> bool:
    return amount.family == "time" and amount.unit != "bộ huy chương"


def _behind(segments: Sequence[Segment], at: int, start: int) -> list[Segment]:
    """The segments of the list behind the groups: those of a bracket right there, else the rest of the sentence."""
    bracket = next((g for g in segments[at].groups if 0 <= g.start - start <= _REACH), None)
    if bracket is not None and not any(start <= a.start < bracket.start for a in segments[at].amounts):
        return list(bracket.segments)
    found = [segments[at]]
    for segment in segments[at + 1 :]:
        if segment.separator == ".":
            break
        found.append(segment)
    return found


def _count(segment: Segment, start: int, whole: Amount) -> Amount | None:
    """The one count of a segment that may be a part, or of the bracket at its end."""
    rows = [a for a in segment.amounts if a.start >= start and not a.percent]
    if len(rows) > 1:  # đợt đầu ngày 30/6 là 112 người, đến hết 2025 cử 1.150
        rows = [a for a in rows if not _is_time(a) and a.of is None and not (a.family is None and a.value in _YEARS)]
    alike = [a for a in rows if fits(whole, a)]
    if len(rows) > 1:
        rows = [a for a in rows if a.family != "class" or a.family == whole.family]
    if len(rows) == 1 and rows[0] in alike and usable(rows[0]) and rows[0].of is None and fits(whole, rows[0]):
        return rows[0]
    inside = [a for g in segment.groups for s in g.segments for a in s.amounts if not a.percent]
    if not rows and len(inside) == 1 and usable(inside[0]) and inside[0].family in (None, whole.family):
        return inside[0]
    return None
