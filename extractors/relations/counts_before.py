"""The counts before a list that it may take apart, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.parts import fits, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment, by_sentence

_AMONG = re.compile(r"(?<!\w)(?:trong|trên) (?:tổng )?số(?: là)? $")
#: Before a value that is only compared with: ``bớt 39 phòng so với đầu năm (137)``.
_COMPARED = re.compile(r"(?<!\w)so với [^.;()]{0,40}\(?(?:là |có )?$")


def told_of(
    reading: Reading, last: Segment, rest: Sequence[Segment], first: Amount, before: list[tuple[Amount, Segment]]
) -> list[tuple[Amount, Segment]]:
    """The counts that a list behind a colon may take apart, without values of another time, the likeliest first.

    A change right before the colon is the one where the list comes nearer to it: ``giảm 11 phòng …: 7 xây mới, …``.
    """
    kept = [(a, s) for a, s in before if not _COMPARED.search(reading.lower, max(s.start, a.start - 60), a.start)]
    changes = [replace(a, change=False) for a in last.amounts if a.change and not (a.vague or a.percent or a.of)]
    if len(kept) == len(before) and (not changes or any(where is last for _, where in before[:1])):
        return before
    found = [(a, last) for a in changes[-1:] if fits(a, first)] + kept
    listed = [s.amounts[0].value for s in next(by_sentence(rest)) if s.amounts and usable(s.amounts[0])]
    return sorted(found, key=lambda row: abs(row[0].value - sum(listed)))


def or_change(
    segments: Sequence[Segment], end: int, rest: Sequence[Segment], first: Amount, before: list[tuple[Amount, Segment]]
) -> list[tuple[Amount, Segment]]:
    """The counts that a list may take apart, first of them the change right before it where the list is nearer to that.

    ``1.240 người; dôi dư 64 người, trong đó quản lý 9, giáo viên 41, nhân viên 14``.
    """
    near = [(a, s) for s in segments[-_LAST:] for a in s.amounts if a.end <= end and not a.percent][-1:]
    if not before or not near or not near[0][0].change or near[0][0].vague or near[0][0].of is not None:
        return before
    change = replace(near[0][0], change=False), near[0][1]
    if not fits(change[0], first):
        return before
    listed = [s.amounts[0].value for s in next(by_sentence(rest)) if s.amounts and usable(s.amounts[0])]
    return sorted([change, *before], key=lambda row: abs(row[0].value - sum(listed)))


#: The clause of a word and the one before it.
_LAST = 2


def first_amount(segments: Sequence[Segment], start: int) -> Amount | None:
    """The first number of a sentence from an offset on that may be a part."""
    for index, segment in enumerate(segments):
        if index and segment.separator == ".":
            return None
        for amount in segment.amounts:
            if amount.start >= start and usable(amount):
                return amount
    return None


def counts_before(
    reading: Reading, segments: Sequence[Segment], end: int, part: Amount, *, over_stop: bool = False
) -> list[tuple[Amount, Segment]]:
    """The counts before an offset in its sentence that a number could be a part of, the nearest first."""
    found: list[tuple[Amount, Segment]] = []
    aside: list[tuple[Amount, Segment]] = []
    crossed = not over_stop
    for segment in reversed(segments):
        if any(term.id == "khong_ke" for span in segment.own for term in reading.terms("rel_some", *span)):
            continue  # what is counted besides is no whole
        rows = [a for a in segment.amounts if a.end <= end and usable(a)]
        taken = [a for a, b in pairwise(rows) if _AMONG.search(reading.lower, a.end, b.start)]
        wider = [b for a, b in pairwise(rows) if a in taken]  # 38 em trong tổng số 91 em: it is of the 38
        wider += [a for a in rows if a not in wider and _is_measure(reading, segment, a)]
        found += [(a, segment) for a in reversed(rows) if a not in wider and fits(a, part)]
        aside += [(a, segment) for a in wider if fits(a, part)]
        if segment.separator == ".":
            if crossed:
                break
            crossed = True
    return [*found, *aside]


#: Before what others are measured by: ``17,1% trong 13.842 giáo viên``, ``thiếu 2 so với đề án được duyệt (47)``.
_BASE_OF_RATE = re.compile(r"\d ?% (?:của |trong |trên |so với )(?:tổng )?(?:số )?(?:toàn bộ )?$")


def _is_measure(reading: Reading, segment: Segment, amount: Amount) -> bool:
    """Whether a count only tells of what a percentage is one, or what another count is compared with."""
    near = max(segment.start, amount.start - 60), amount.start
    return _BASE_OF_RATE.search(reading.lower, *near) is not None or _COMPARED.search(reading.lower, *near) is not None


def counted_twice(reading: Reading, whole: Amount, segment: Segment) -> Amount | None:
    """The other count of the same winners before a slash: the prizes of ``15 dự án/28 HS`` may go with either."""
    beside = (a for a in segment.amounts if a.unit is not None and a.end < whole.start)
    return next((a for a in beside if reading.lower[a.unit_end : whole.start].strip() == "/"), None)
