"""Sums told last, closed by words that add up: ``tuyển được 33, ký thêm 3 hợp đồng, vị chi 36 người``.

The words tell that a number is made of those before it; of how many, only where these are counted as well (``hai khoản
gộp lại``, ``ba trường này cộng lại``). Else it is the run of counts right before it that makes it, or all but makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, Part, Parts, categories, fits, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_Row = tuple[Amount, Segment]

_AT = Words(("vị chi", "gộp", "cộng", "tính ra", "thành ra", "hết thảy", "cả thảy", "tất cả", "tổng", "tức"))
_COUNTED = {"hai": 2, "ba": 3, "bốn": 4, "2": 2, "3": 3, "4": 4, "02": 2, "03": 3, "04": 4}
#: How many are added up, with what they are: ``hai khoản gộp lại``, ``ba trường này cộng lại được``.
_OF_SO_MANY = re.compile(
    rf"(?<!\w)(?:cả )?(?P<n>{'|'.join(_COUNTED)}) (?:[^\W\d_]+ ){{1,3}}?(?:này |trên |đó |ấy )?"
    r"(?:gộp lại|gộp chung|gộp|cộng lại|cộng|tính chung|tính gộp)(?: là| được| thành| có| tất cả)*:? $"
)
_TAKEN_TOGETHER = re.compile(
    rf"(?<!\w)(?:gộp|cộng|tính)(?: chung| gộp)?(?: cả)? (?P<n>{'|'.join(_COUNTED)}) (?:[^\W\d_]+ ){{0,2}}?"
    r"[^\W\d_]+:? (?:này |trên |đó |lại )?(?:là |được |thành |có )?$"
)
#: Right before a number: it adds up those before.
_CLOSES = re.compile(
    r"(?<!\w)(?:vị chi|tính gộp|gộp lại|gộp chung|cộng lại|cộng gộp|cộng dồn|cộng chung|tính chung|"
    r"tính cả thảy|tổng cộng|cộng|cả thảy|hết thảy|tất cả|tính ra tất cả|(?P<that_is>tức là|nghĩa là|vậy là)|"
    r"tổng(?: số| kinh phí| tiền| chi| thu)?)"
    r"(?: (?:thpt|thcs|tiểu học|mầm non|chung|(?:toàn|cả) [^\W\d_]+))?"
    r"(?: là| được| thành| có| đủ| hết| cả thảy| tổng cộng| chừng ấy)*:? $"
)
#: Of what is added here nothing is told in numbers, or it is only some of it.
_OTHERS = re.compile(
    r"(?<!\w)(?:trong đó|riêng|ngoài ra|chưa kể|không kể|mỗi|bình quân|so với|năm ngoái|năm trước)(?!\w)"
)
#: What each gives or gets, beside what that comes to: ``200.000đ/đoàn viên được 9.200.000đ``.
_PRICE = re.compile(r" ?(?:đ|đồng) ?/ ?[^\W\d_]")
_REACH, _MOST, _LEAST = 320, 8, 10
_SENTENCES, _FEW, _MILLION = 2, 2, 1e6


def find_closed(reading: Reading, level: Level) -> Iterator[Sum]:
    """The totals that such words close, each with the counts before it that it adds up."""
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    rows = [
        (a, s)
        for s in level.segments
        for a in s.amounts
        if not a.percent and a.family != "time" and not _PRICE.match(reading.lower, a.end)
    ]
    for index, (whole, segment) in enumerate(rows):
        if index < 2 or not usable(whole) or whole.of is not None or whole.value < _LEAST:
            continue
        since = max(rows[index - 1][0].end, segment.start - 40)
        counted = _OF_SO_MANY.search(reading.lower, since, whole.start)
        counted = counted or _TAKEN_TOGETHER.search(reading.lower, since, whole.start)
        before = _before(reading, rows[:index], whole)
        if counted is not None:
            run = before[-_COUNTED[counted["n"]] :]
            near = len(run) == _COUNTED[counted["n"]] and _is_near(run, whole)
        elif closes := _CLOSES.search(reading.lower, max(segment.start, since), whole.start):
            run = _made_of(before, whole)
            near = segment.amounts[0] is whole and len(run) > (_FEW if closes["that_is"] else 1)
        else:
            continue
        if near and not _tells_others(reading, run[0][1].start, whole.start):
            parts = Parts([Part(a, s, categories(reading, s, a)) for a, s in run])
            yield Sum(whole, segment, parts, True, "cộng", apart=True)


def _tells_others(reading: Reading, start: int, end: int) -> bool:
    """Whether some counts of a range are parts of others, or of another time."""
    return _OTHERS.search(reading.lower, start, end) is not None or reading.has("rel_open", start, end)


def _before(reading: Reading, rows: Sequence[_Row], whole: Amount) -> list[_Row]:
    """The counts before a total that it may be made of, one in each piece, back to where another thing is counted."""
    found: list[_Row] = []
    stops = 0
    for amount, segment in reversed(rows):
        count = replace(amount, change=False)
        if whole.start - amount.end > _REACH or len(found) == _MOST or not usable(count) or amount.of is not None:
            break
        if not _is_alike(whole, count) or (found and segment is found[0][1] and not _is_joined(reading, count, found)):
            break
        if amount.value > whole.value:
            break
        found.insert(0, (count, segment))
        stops += segment.separator == "."
        if stops == _SENTENCES:
            break
    return found


def _is_joined(reading: Reading, count: Amount, found: Sequence[_Row]) -> bool:
    """Whether two counts of one piece stand side by side: ``64 tỷ đồng để xóa phòng tạm cùng 38 tỷ``."""
    between = reading.lower[max(count.end, count.unit_end) : found[0][0].start]
    return re.search(r"(?<!\w)(?:và|cùng|thêm|với)(?!\w)", between) is not None


def _is_alike(whole: Amount, part: Amount) -> bool:
    people = {whole.family, part.family} <= PEOPLE
    return part.family in (None, whole.family) or people or (whole.family is None and fits(whole, part))


def _made_of(rows: Sequence[_Row], whole: Amount) -> list[_Row]:
    """The run up to the total that makes it, else the longest one that misses it by one digit."""
    for first in range(len(rows) - 1):
        if sum(a.value for a, _ in rows[first:]) == whole.value:
            return list(rows[first:])
    for first in range(len(rows) - 1):
        if len(rows) - first > 1 and _is_slip(sum(a.value for a, _ in rows[first:]), whole.value):
            return list(rows[first:])
    return []


def _is_slip(made: float, whole: float) -> bool:
    """Whether two numbers differ by one digit, or by less than ten with the same digits before."""
    if made % _MILLION == whole % _MILLION == 0:
        made, whole = made / _MILLION, whole / _MILLION
    return differ_by_slip(made, whole, 2) or (abs(made - whole) < _LEAST and whole >= _LEAST * _LEAST)


def _is_near(rows: Sequence[_Row], whole: Amount) -> bool:
    made = sum(a.value for a, _ in rows)
    return made == whole.value or _is_slip(made, whole.value) or abs(made - whole.value) <= 0.1 * whole.value
