"""By how much a plan was passed or missed: ``412 triệu đồng, vượt 52 triệu đồng so với chỉ tiêu 360 triệu đồng``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import fits
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.stepping import without_parts
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_PLAN = r"(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết|định mức|yêu cầu|nhu cầu|mức (?:khoán|giao))"
_PLAN_AT = Words(
    ("kế hoạch", "chỉ tiêu", "dự toán", "mục tiêu", "nghị quyết", "định mức", "yêu cầu", "nhu cầu", "mức ")
)
#: Right before the size of a margin.
_MARGIN = re.compile(
    rf"(?<!\w)(?:(?P<over>vượt|dôi|dư|nhiều hơn|cao hơn)|(?P<under>hụt|thiếu|thấp hơn|ít hơn|kém))"
    rf"(?: {_PLAN}(?: được giao| đề ra)?)?(?: là| ra| mất)? $"
)
#: What leads from a margin to its plan, in front of it or behind.
_AGAINST = re.compile(rf"[^.;:()\d]{{0,16}}so với {_PLAN}[^.;()\d]{{0,30}}\(?(?:[^.;()\d]{{0,16}} )?")
_BESIDE = re.compile(rf"\s*\({_PLAN}[^.;()\d]{{0,20}}:? ")
_SO_WITH = re.compile(r"[^.;:()\d]{0,16}so với (?:mức )?")
_NAMED_BEHIND = re.compile(rf"\s*(?:của |theo |trong )?{_PLAN}(?!\w)")
#: The plan before its margin: ``402 em so với chỉ tiêu 420 em, thiếu 18 em``.
_PLAN_BEFORE = re.compile(rf"(?<!\w)(?:so với|/|trên|trong) ?{_PLAN}[^.;()\d]{{0,24}}$")
#: The plan, then the result, then the margin: ``kế hoạch giao 120 trẻ, huy động 128 trẻ, vượt 8 trẻ``.
_PLAN_FIRST = re.compile(rf"\s*(?:[^\W\d_]+ )?{_PLAN}(?: được)?(?: [^\W\d_]+){{0,3}}:? ")
_NEXT_CLAUSE = re.compile(r"\s*,? ?(?:đã )?")
_OTHER = re.compile(r"(?<!\w)(?:mỗi|bình quân|trung bình mỗi|trong khi)(?!\w)")
#: What follows is some of the margin, and not the plan.
_SOME = re.compile(r"(?<!\w)(?:nhiều nhất|cao nhất|thấp nhất|ít nhất|chủ yếu|riêng|trong đó|nhất là)(?!\w)")
_REACH = 180


def find_margins(reading: Reading, level: Level) -> Iterator[Relation]:
    """The results of a passage with their plans and by how much they exceed or miss them, as changes from the plan.

    Where one of several results of a sentence agrees with plan and margin, that is the one meant.
    """
    if not holds(_PLAN_AT, reading.lower, level.start, level.end):
        return
    for inner in level.walk():
        for run in by_sentence(inner.segments):
            if _OTHER.search(reading.lower, run[0].start, run[-1].end):
                continue
            rows = amounts_of(run)
            for index in range(1, len(rows)):
                if (found := _margin(reading, rows, index)) is not None:
                    yield found


def amounts_of(run: Sequence[Segment]) -> list[_Row]:
    """The numbers of a sentence in their order, with those in its brackets."""
    return sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)


def _all(segment: Segment) -> list[Amount]:
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def _margin(reading: Reading, rows: Sequence[_Row], index: int) -> Relation | None:
    step, segment = rows[index]
    said = _MARGIN.search(reading.lower, max(rows[index - 1][0].end, step.start - 40), step.start)
    if said is None or step.vague or step.of is not None or step.percent != rows[index - 1][0].percent:
        return None
    if (found := _of_ratio(reading, rows, index, said)) is not None:
        return found
    plan = _plan_behind(reading, rows, index)
    before = rows[:index]
    if plan is None and (plan := _plan_before(reading, rows, index)) is not None:
        before = rows[index - 1 : index] if plan is not rows[index - 1] else rows[: index - 1]
    if plan is None or not _are_alike(plan[0], step):
        return None
    results = [row for row in before if _is_plain(row[0]) and _are_alike(row[0], step)]
    results = [row for row in without_parts(reading, results, step) if step.start - row[0].end <= _REACH]
    way = 1 if said["over"] else -1
    if not results or any(abs(row[0].value - plan[0].value - way * step.value) < _HAIR for row in results):
        return None
    return Relation(
        kind="change",
        whole=quantity(reading, *results[-1]),
        parts=(quantity(reading, replace(step, value=way * step.value), segment), quantity(reading, *plan)),
        exhaustive=True,
        cue="up" if way > 0 else "down",
    )


def _of_ratio(reading: Reading, rows: Sequence[_Row], index: int, said: re.Match[str]) -> Relation | None:
    """``huy động 128/120 trẻ, vượt 10 trẻ so với kế hoạch``: result and plan stand in one number."""
    (step, segment), (ratio, where) = rows[index], rows[index - 1]
    told = re.search(_PLAN, said[0]) or _TOLD.match(reading.lower, _end(reading, step))
    if ratio.of is None or ratio.percent or step.percent or not told or not _are_alike(ratio, step):
        return None
    way = 1 if said["over"] else -1
    result, plan = replace(ratio, of=None), replace(ratio, of=None, value=ratio.of)
    parts = (quantity(reading, replace(step, value=way * step.value), segment), quantity(reading, plan, where))
    whole = quantity(reading, result, where)
    return Relation(kind="change", whole=whole, parts=parts, exhaustive=True, cue="up" if way > 0 else "down")


_TOLD = re.compile(rf"[^.;:()\d]{{0,16}}so với {_PLAN}(?!\w)")
_HAIR = 1e-9


def _is_plain(amount: Amount) -> bool:
    return not amount.change and not amount.vague and amount.of is None


def _are_alike(one: Amount, step: Amount) -> bool:
    return one.percent == step.percent and (fits(one, step) or fits(step, one)) and one.family != "time"


def _plan_behind(reading: Reading, rows: Sequence[_Row], index: int) -> _Row | None:
    """The number behind a margin that is said to be the plan."""
    step = rows[index][0]
    if index + 1 == len(rows):
        return None
    plan = rows[index + 1]
    last = _end(reading, step)
    if plan[0].of is not None or plan[0].percent != step.percent:
        return None
    named = _AGAINST.fullmatch(reading.lower, last, plan[0].start) or _BESIDE.fullmatch(
        reading.lower, last, plan[0].start
    )
    if named is not None and _SOME.search(reading.lower, last, plan[0].start):
        return None  # ``thiếu 735 so với định mức, nhiều nhất là tiểu học (298)``
    if named is None and _SO_WITH.fullmatch(reading.lower, last, plan[0].start):
        named = _NAMED_BEHIND.match(reading.lower, _end(reading, plan[0]))
    return plan if named is not None else None


def _end(reading: Reading, amount: Amount) -> int:
    """Where a number ends with its noun or its currency: ``2.014 triệu đồng``."""
    last = max(amount.end, amount.unit_end)
    return last + len(_DONG) if amount.family == "money" and reading.lower.startswith(_DONG, last) else last


_DONG = " đồng"


def _plan_before(reading: Reading, rows: Sequence[_Row], index: int) -> _Row | None:
    """The number right before a margin where words make it the plan of the one before."""
    plan = rows[index - 1]
    first = rows[index - 2] if index > 1 else None
    if first is not None and _PLAN_FIRST.fullmatch(reading.lower, first[1].start, first[0].start):
        said = _MARGIN.search(reading.lower, plan[0].end, rows[index][0].start)
        close = said is not None and _NEXT_CLAUSE.fullmatch(reading.lower, _end(reading, plan[0]), said.start())
        return first if close and _is_plain(first[0]) else None
    if index < 2 or not _is_plain(plan[0]):
        return None
    floor = max(rows[index - 2][0].end, rows[index - 2][0].unit_end)
    return plan if _PLAN_BEFORE.search(reading.lower, floor, plan[0].start) else None
