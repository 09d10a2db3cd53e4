"""Averages beside the two numbers that they are made of: ``18 lớp với 612 học sinh, bình quân 34 học sinh/lớp``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, fits
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_AT = Words(("bình quân", "trung bình", "tỷ lệ", "tỉ lệ", "đạt "))
_THING = r"(?:m2|m²|[^\W\d_]+)(?:[ ,]{1,2}[^\W\d_]+){0,2}?"
#: ``bình quân mỗi lớp có 34 em``: of what each is one stands before the number.
_EACH = re.compile(
    rf"(?<!\w)(?:bình quân|trung bình)(?: là)? (?:mỗi|một|1) (?P<of>{_THING})(?: (?:có|là|đạt|được))?:? ?$"
)
_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình|tỷ lệ|tỉ lệ|đạt)(?: (?:là|đạt|có|chung|đạt tỷ lệ|tỷ lệ))*:? ?$")
#: ``34 học sinh/lớp``, ``1,5 giáo viên trên lớp``: it stands behind.
_PER = re.compile(rf" ?(?P<what>{_THING}) ?(?:/|trên (?:một |1 )?|một |mỗi ) ?(?P<of>[^\W\d_]+(?: [^\W\d_]+)?)")
#: What is averaged is then only some of those counted, or more than them.
_NARROWED = re.compile(
    r"(?<!\w)(?:riêng|trong đó|cấp|khối|bậc|chỉ tiêu|kế hoạch|định mức|quy định|so với|cao nhất|thấp nhất|nơi|"
    r"theo)(?!\w)"
)
_STOP, _BRACKET = re.compile(r"[;.](?!\d)|$", re.M), re.compile(r"\([^()]*\)?")
_REACH = 60
#: As far as this from what follows it is the average of something else.
_FAR = 0.5


def find_averages(reading: Reading, level: Level) -> Iterator[Relation]:
    """The averages of a sentence that has one count of each of the two kinds of things named."""
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        for mean, segment in rows if len(rows) > 2 else ():
            if mean.percent or mean.of is not None or mean.change or (found := _things(reading, mean, rows)) is None:
                continue
            yield Relation(
                kind="average",
                whole=quantity(reading, mean, segment),
                parts=tuple(quantity(reading, *row) for row in found),
                exhaustive=True,
                cue="/",
            )


def _all(segment: Segment) -> list[Amount]:
    inside = [a for group in segment.groups for part in group.segments for a in part.amounts]
    return [*segment.amounts, *inside]


def _things(reading: Reading, mean: Amount, rows: Sequence[_Row]) -> tuple[_Row, _Row] | None:
    """The number averaged and that of those among which it is divided; None where there are no such two."""
    lower = reading.lower
    floor = max((max(a.end, a.unit_end) for a, _ in rows if a.end <= mean.start), default=0)
    floor = max(floor, mean.start - _REACH)
    each, per = _EACH.search(lower, floor, mean.start), _PER.match(lower, mean.end, mean.end + _REACH)
    if each is not None:
        divisor, behind = each.start("of"), max(mean.end, mean.unit_end)
    elif per is not None and _MEAN.search(lower, floor, mean.start) is not None:
        divisor, behind = per.start("of"), per.end()
    else:
        return None
    term = reading.term_at("rel_unit", divisor, divisor + _REACH)
    stop = _STOP.search(lower, behind)
    around = lower[floor : mean.start] + " " + _BRACKET.sub("", lower[behind : stop.start() if stop else behind])
    if mean.family is None or term is None or mean.family == term.id or _NARROWED.search(around):
        return None
    over = [row for row in rows if row[0] is not mean and _is_like(row[0], mean)]
    under = [row for row in rows if row[0] is not mean and row[0].counts and row[0].family == term.id]
    if len(over) != 1 or len(under) != 1 or not under[0][0].value or not mean.value:
        return None
    follows = over[0][0].value / under[0][0].value
    return (over[0], under[0]) if abs(follows - mean.value) <= _FAR * mean.value else None


def _is_like(amount: Amount, mean: Amount) -> bool:
    """Whether a count is of the things averaged; of measures also by the same name."""
    if amount.family in PEOPLE and mean.family in PEOPLE:
        return amount.counts and fits(amount, mean)
    measured = {amount.family, mean.family} <= {"time", "area"}
    if amount.family == mean.family == "money":  # thu thiếu 1.260.000 đồng: no change of another sum
        return not (amount.percent or amount.vague) and amount.of is None
    return amount.counts and (amount.unit == mean.unit if measured else amount.family == mean.family)
