"""Totals of which the neighbouring sentence tells the parts: ``Khối 6 có 412 em, … Toàn huyện có 1.604 em``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_whole_scale
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
        segment = following[0]
        amount = segment.first()
        totals = [t for t in terms_in(reading, segment, "rel_total") if amount and t.end <= amount.start]
        if amount is not None and usable(amount) and totals and totals[0].start - segment.own[0][0] <= _OPENING:
            parts = _listed(reading, run, amount)
            added = _ADDED.match(reading.lower, segment.own[0][0]) is not None
            scale = parts is not None and _is_all(parts)
            if parts is not None and (added or scale) and (makes(parts, amount) or (scale and _nearly(parts, amount))):
                yield Sum(amount, segment, parts, True, reading.lower[totals[0].start : totals[0].end])
    for index, following in enumerate(runs):
        before = [(s, a) for run in runs[:index] for s in run for a in s.amounts if usable(a) and a.of is None]
        for where, whole in [(s, a) for s, a in before if a.family and a.value >= _LEAST_WHOLE]:
            parts = _listed(reading, following, whole)
            if parts is None or not _are_alike(parts):
                continue
            if makes(parts, whole) or (_by_grades(parts) and _nearly(parts, whole)):
                yield Sum(whole, where, parts, True, "", opened=(where.end, 0))
                break


def _in_one(reading: Reading, run: list[Segment]) -> Iterator[Sum]:
    """``Toàn trường có 18 lớp, khối 6 có 5 lớp, …, khối 9 có 4 lớp``: a whole scale between commas behind its total."""
    for at, segment in enumerate(run[: 1 - _LISTED]):
        whole = segment.amounts[-1] if segment.amounts and not segment.groups else None
        if whole is None or not usable(whole) or whole.of is not None:
            continue
        parts = Parts()
        for following in run[at + 1 :]:
            part = following.amounts[0] if len(following.amounts) == 1 and not following.groups else None
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


def _is_scale(parts: Parts) -> bool:
    if len(parts.found) < _LISTED:
        return False
    return _by_grades(parts) or len(parts.found) >= _SCALES.get(parts.dimension() or "", len(parts.found) + 1)


def _listed(reading: Reading, run: list[Segment], whole: Amount) -> Parts | None:
    """The parts of a sentence that counts one thing of a whole's kind in each piece, and nothing else."""
    if whole.of is not None or any(reading.has("rel_some", s.start, s.end) for s in run):
        return None
    parts = Parts()
    opened = max((index for index, segment in enumerate(run) if segment.separator == ":"), default=0)
    for segment, following in zip(run[opened:], [*run[opened + 1 :], None], strict=True):
        if whole.family == "money" and following is not None and not segment.amounts and not segment.groups:
            continue  # trang trí, âm thanh 38 triệu
        part = segment.amounts[0] if len(segment.amounts) == 1 and not segment.groups else None
        if part is None or not usable(part) or part.of is not None or not _is_alike(part, _family(reading, whole)):
            return None
        parts.found.append(Part(part, segment, categories(reading, segment, part)))
    return parts if len(parts.found) >= _LISTED else None


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


def _are_alike(parts: Parts) -> bool:
    return len({part.amount.unit for part in parts.found}) == 1


def _is_all(parts: Parts) -> bool:
    dimension = parts.dimension()
    if dimension is None:
        return False
    return dimension == "dim_class" or is_whole_scale(dimension, {part.categories[dimension] for part in parts.found})
