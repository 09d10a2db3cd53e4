"""Totals of which the neighbouring sentence tells the parts: ``Khối 6 có 412 em, … Toàn huyện có 1.604 em``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.completeness import UPPER_GRADES, is_whole_scale
from extractors.relations.nearly import is_slip
from extractors.relations.parts import PEOPLE, Part, Parts, categories, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum, makes, terms_in

#: Fewer parts are no list, and further from its beginning a sentence has another subject.
_LISTED, _OPENING = 3, 12
_LEAST_WHOLE = 100
_ADDED = re.compile(
    r"\s*(?:cộng|tổng cộng|tất cả|cộng lại|"
    r"tổng(?: (?:số|chi|thu|số tiền|kinh phí|trị giá))?(?=\s*:? ?(?:là )?\d))(?!\w)"
)


def find_totals_next(reading: Reading, level: Level) -> Iterator[Sum]:
    """The total of a sentence's list in the next one or the one before.

    ``Khối 6 có 412 em, … khối 9 có 398 em. Toàn huyện có 1.604 em``, ``… có 24 lớp, 611 học sinh. Mông 402 em, …``.
    Since either may count anew, the list is a whole scale, told as adding up, or of three parts at least behind the
    total; and both agree or differ as by a misprint.
    """
    runs = list(by_sentence(level.segments))
    for run in runs:
        yield from _in_one(reading, run)
    for run, following in pairwise(runs):
        yield from _men_and_women(reading, run, following)
        segment = following[0]
        amount = segment.first()
        totals = [t for t in terms_in(reading, segment, "rel_total") if amount and t.end <= amount.start]
        if amount is not None and usable(amount) and totals and totals[0].start - segment.own[0][0] <= _OPENING:
            added = _ADDED.match(reading.lower, segment.own[0][0]) is not None
            parts = _listed(reading, run, amount, bare=added)
            scale = parts is not None and _is_all(parts)
            if parts is not None and (added or scale) and (makes(parts, amount) or (scale and _nearly(parts, amount))):
                yield Sum(amount, segment, parts, True, reading.lower[totals[0].start : totals[0].end])
    for index, following in enumerate(runs):
        before = [(s, a) for run in runs[:index] for s in run for a in s.amounts if usable(a) and a.of is None]
        # Of several counts before a list it is that of the one which it makes, if any.
        listed = sum(a.value for s in following for a in s.amounts if usable(a))
        before.sort(key=lambda row: row[1].value != listed)
        for where, whole in [(s, a) for s, a in before if a.family and a.value >= _LEAST_WHOLE]:
            parts = _listed(reading, following, whole)
            if parts is None or not _are_alike(parts):
                continue
            divided = _by_grades(parts) or (parts.dimension() is not None and _is_divided(reading, following))
            if makes(parts, whole) or (divided and _nearly(parts, whole)):
                yield Sum(whole, where, parts, True, "", opened=(where.end, 0))
                break
        else:
            yield from _of_graded(reading, runs[:index], following)


def _men_and_women(reading: Reading, run: list[Segment], following: list[Segment]) -> Iterator[Sum]:
    """``Trường có 58 giáo viên. Nam: 23, nữ: 35``: those of a sentence that begins with nothing but these two."""
    rows = [(s, s.amounts[0]) for s in following[:2] if len(s.amounts) == 1 and not s.groups]
    if len(rows) < 2 or not all(
        usable(a) and a.of is None and _SEX.fullmatch(reading.lower, s.start, a.start) for s, a in rows
    ):
        return
    parts = Parts([Part(a, s, categories(reading, s, a)) for s, a in rows])
    counts = [(s, a) for s in run for a in s.amounts if usable(a) and a.of is None and a.family in (*PEOPLE, None)]
    made = sum(a.value for _, a in rows)
    for where, whole in sorted(counts, key=lambda row: abs(row[1].value - made))[:1]:
        if parts.dimension() == "dim_gender" and is_slip(reading, parts, whole, made):
            yield Sum(whole, where, parts, True, "", opened=(where.end, 0))


_SEX = re.compile(r"\s*(?:trong đó |số |học sinh |giáo viên )?(?:nam|nữ) ?:? ?(?:là |có )?")


def _of_graded(reading: Reading, runs: list[list[Segment]], following: list[Segment]) -> Iterator[Sum]:
    """``Số được đánh giá: 46/48. Xuất sắc 9 đồng chí, tốt 35, hoàn thành 3``: all grades of those said to be graded.

    The number of those graded stands in the sentence before, alone or as what a ratio counts.
    """
    if not runs or any(reading.has("rel_some", s.start, s.end) for s in following):
        return
    rows = [(s, a) for s in runs[-1] for a in s.amounts if usable(a) and a.family != "time"]
    if len(rows) != 1 or not _GRADED.search(reading.lower, runs[-1][0].start, runs[-1][-1].end):
        return
    where, whole = rows[0]
    parts = Parts()
    for segment in following:
        part = _only(segment)
        if part is None and not segment.amounts and parts.found and segment.separator in _COMMAS:
            continue
        if part is None or not usable(part) or part.of not in (None, whole.value):
            break
        known = {part.family, whole.family} - {None}
        if len(known) > 1 and not known <= PEOPLE:
            break
        parts.found.append(Part(part, segment, categories(reading, segment, part)))
    dimension = parts.dimension()
    if dimension in ("dim_grade", "dim_finish") and _nearly(parts, whole):
        found = {part.categories[dimension] for part in parts.found}
        # Of the lowest grade nothing is said where nobody has it.
        if is_whole_scale(dimension, found) or found in UPPER_GRADES:
            yield Sum(whole, where, parts, True, "", opened=(where.end, 0))


#: What is said of those who are graded.
_GRADED = re.compile(r"(?<!\w)(?:đánh giá|xếp loại|phân loại|bình xét|khảo sát|chấm|dự thi|dự xét|dự kiểm tra)(?!\w)")


def _in_one(reading: Reading, run: list[Segment]) -> Iterator[Sum]:
    """``Toàn trường có 18 lớp, khối 6 có 5 lớp, …, khối 9 có 4 lớp``: a whole scale between commas behind its total."""
    for at, segment in enumerate(run[:-2]):
        whole = segment.amounts[-1] if segment.amounts and not segment.groups else None
        if whole is None or not usable(whole) or whole.of is not None:
            continue
        parts = Parts()
        for following in run[at + 1 :]:
            part = _only(following)
            if part is None or not usable(part) or part.of is not None or following.separator not in _COMMAS:
                break
            if part.family not in (None, whole.family):
                break
            parts.found.append(Part(part, following, categories(reading, following, part)))
        own = categories(reading, segment, whole)
        told = (
            _is_scale(parts)
            and (parts.dimension() or "") not in own
            and not any(reading.has("rel_some", s.start, s.end) for s in run)
        )
        if told and _nearly(parts, whole):
            yield Sum(whole, segment, parts, True, ",", opened=(segment.end, 0))


_COMMAS = (",", ";", "và")
#: Dimensions of which all categories are told in such a row, and how many these are at least.
_SCALES = {"dim_level": 3, "dim_staff": 3, "dim_degree": 3}
#: Those of two categories.
_BY_TWO = (
    "dim_member", "dim_session", "dim_track", "dim_contract", "dim_owner", "dim_occasion", "dim_work", "dim_right",
)  # fmt: skip


def _is_scale(parts: Parts) -> bool:
    dimension = parts.dimension()
    if dimension in _BY_TWO and is_whole_scale(dimension, {part.categories[dimension] for part in parts.found}):
        return True
    if len(parts.found) < _LISTED:
        return False
    return _by_grades(parts) or len(parts.found) >= _SCALES.get(parts.dimension() or "", len(parts.found) + 1)


def _listed(reading: Reading, run: list[Segment], whole: Amount, *, bare: bool = False) -> Parts | None:
    """The parts of a sentence that counts one thing of a whole's kind in each piece, and nothing else.

    What is then told as added up (``bare``) may be counted without the noun.
    """
    if whole.of is not None or any(reading.has("rel_some", s.start, s.end) for s in run):
        return None
    parts = Parts()
    opened = max((index for index, segment in enumerate(run) if segment.separator == ":"), default=0)
    if any(a.family == whole.family and usable(a) for a in (run[opened - 1].amounts if opened else ())):
        return None  # the list takes apart what is counted right before its colon
    for segment, following in zip(run[opened:], [*run[opened + 1 :], None], strict=True):
        if whole.family == "money" and following is not None and not segment.amounts and not segment.groups:
            continue  # trang trí, âm thanh 38 triệu
        part = _only(segment)
        if part is None or not usable(part) or part.of is not None:
            return None
        if not _is_alike(part, _family(reading, whole)) and not (bare and part.family is None):
            return None
        parts.found.append(Part(part, segment, categories(reading, segment, part)))
    return parts if len(parts.found) >= _LISTED else None


def _only(segment: Segment) -> Amount | None:
    """The one number of a piece; times only say what is counted: ``20 lớp học 2 buổi/ngày``."""
    counts = [a for a in segment.amounts if a.family != "time"]
    return counts[0] if len(counts) == 1 and not segment.groups else None


def _is_alike(part: Amount, family: str | None) -> bool:
    """Whether a number counts what its total does; those called delegates may be told as pupils."""
    return part.family == family or (family == "person" and part.family in PEOPLE)


def _family(reading: Reading, whole: Amount) -> str | None:
    """What a total counts, by the noun behind it, else by the one right before: ``Tổng sắp huy chương 21 chiếc``."""
    if whole.family is not None:
        return whole.family
    named = [t for t in reading.terms("rel_unit", whole.start - _OPENING, whole.start) if t.end == whole.start - 1]
    return named[0].id if named else None


def _by_grades(parts: Parts) -> bool:
    """Whether the parts are grades in a row up to the highest of a level: ``khối 6 …, khối 7 …, … khối 9 …``."""
    if parts.dimension() != "dim_class":
        return False
    grades = [int(part.categories["dim_class"][1:]) for part in parts.found]
    return grades == list(range(grades[0], grades[0] + len(grades))) and (grades[0], grades[-1]) in _LEVELS


#: The first and the last grade of each level, and of schools with two levels.
_LEVELS = ((1, 5), (6, 9), (10, 12), (1, 9), (6, 12), (1, 12))


def _nearly(parts: Parts, whole: Amount) -> bool:
    """Whether parts miss their whole by so little that nobody else is left out."""
    return abs(sum(part.amount.value for part in parts.found) - whole.value) <= max(2, _SLIP * whole.value)


_SLIP = 0.05
#: What says that all that was counted before is told again by what it is.
_DIVIDED = re.compile(
    r"\s*(?:(?:nếu )?(?:chia|phân|tính|xét|thống kê|phân loại|phân chia) )?theo (?:từng )?[^\d:;.()]{2,30}:|"
    r"\s*(?:được )?(?:chia ra|chia thành|phân ra|phân bổ|cơ cấu)(?: như sau)?\s*:"
)


def _is_divided(reading: Reading, run: list[Segment]) -> bool:
    return _DIVIDED.match(reading.lower, run[0].start, run[-1].end) is not None


def _are_alike(parts: Parts) -> bool:
    return len({part.amount.unit for part in parts.found}) == 1


def _is_all(parts: Parts) -> bool:
    dimension = parts.dimension()
    if dimension is None:
        return False
    return dimension == "dim_class" or is_whole_scale(dimension, {part.categories[dimension] for part in parts.found})
