"""Changes told twice: as a count and as a share of the old value (``tăng 46 em, tức tăng 7,2%``), or by their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.parts import fits
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

#: Between a change and the same one in percent.
_AGAIN = re.compile(
    r"(?: [^\W\d_]+){0,3} ?(?:, ?|\( ?)?(?:tức|tương ứng|tương đương|hay|bằng)(?: là)?(?: với)?"
    r"(?: (?:tăng|giảm|tỷ lệ|tỉ lệ|mức tăng))? ?|(?: [^\W\d_]+){0,2} ?\( ?(?:tăng |giảm )?"
)
_COMPARED = re.compile(r"(?<!\w)so với(?!\w)")
_FROM = re.compile(r"(?<!\w)từ(?!\w)[^,;.()\d]{0,20}$")


def find_risen(reading: Reading, level: Level) -> Iterator[Relation]:
    """The percentage of a change told as a count, against that count and the value that is named as the old one."""
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        for (step, where), (rate, place) in pairwise(rows):
            if not step.change or step.percent or step.vague or step.of is not None or not rate.percent or rate.vague:
                continue
            if not _AGAIN.fullmatch(reading.lower, max(step.end, step.unit_end), rate.start):
                continue
            old = _old(reading, [row for row in rows if row[0].end <= step.start], step)
            if old is not None:
                parts = (quantity(reading, rate, place), quantity(reading, step, where))
                yield Relation(
                    kind="percentage", whole=quantity(reading, *old), parts=parts, exhaustive=True, cue="tức"
                )


_FROM_BEHIND = re.compile(r"[^\d;.()]{0,20}\( ?(?:tăng |giảm )?từ (?:mức )?")
_TO = re.compile(
    r"(?: năm (?:học )?\d{4}(?: ?- ?\d{4})?)?[^\d;.()]{0,16}(?:xuống|lên|còn|đến|tới)(?: còn| đến| mức| thành)? "
)
#: The two values of a change in the bracket behind it, each with its time: ``(năm trước 540 em, năm nay 560 em)``.
_THEN = re.compile(
    r"[^\d;.()]{0,30}\( ?(?:năm (?:học )?(?:trước|ngoái)|cùng kỳ|đầu (?:năm(?: học)?|kỳ|nhiệm kỳ)):?(?: là| có| đạt)? "
)
_NOW = re.compile(
    r"[,;]? ?(?:năm (?:học )?(?:này|nay)|cuối (?:năm(?: học)?|kỳ|nhiệm kỳ)|(?:hiện|đến)? ?nay):?(?: là| có| đạt| còn)? "
)
_TERM_REACH = 30


def find_ends_behind(reading: Reading, level: Level) -> Iterator[Relation]:
    """``giảm 5 cơ sở (từ 13 xuống 8)``: a change whose two ends stand in the bracket behind it."""
    for segment in level.segments:
        if not segment.groups or not any(a.change for a in segment.amounts):
            continue
        rows = sorted(_all(segment), key=lambda a: a.start)
        for step, old, new in zip(rows, rows[1:], rows[2:], strict=False):
            plain = step.change and not step.vague and not new.change and None is step.of is old.of is new.of
            if not plain or len({step.percent, old.percent, new.percent}) > 1 or not fits(old, step):
                continue
            terms = reading.terms("rel_step", max(segment.start, step.start - _TERM_REACH), step.start)
            before, between = (max(a.end, a.unit_end) for a in (step, old))
            told = any(
                opens.fullmatch(reading.lower, before, old.start) and ends.fullmatch(reading.lower, between, new.start)
                for opens, ends in ((_FROM_BEHIND, _TO), (_THEN, _NOW))
            )
            if terms and told:
                way = 1 if terms[-1].id == "up" else -1
                parts = (
                    quantity(reading, replace(step, value=way * step.value), segment),
                    quantity(reading, old, segment),
                )
                whole = quantity(reading, new, segment)
                cue = "up" if way > 0 else "down"
                yield Relation(kind="change", whole=whole, parts=parts, exhaustive=True, cue=cue)


def _all(segment: Segment) -> list[Amount]:
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def _old(reading: Reading, before: list[tuple[Amount, Segment]], step: Amount) -> tuple[Amount, Segment] | None:
    """The only count before a change that ``so với`` or ``từ`` makes the old one."""
    found = [
        row
        for index, row in enumerate(before)
        if row[0].counts
        and fits(row[0], step)
        and (
            _COMPARED.search(reading.lower, before[index - 1][0].end if index else row[1].start, row[0].start)
            or _FROM.search(reading.lower, max(0, row[0].start - 24), row[0].start)
        )
    ]
    return found[0] if len(found) == 1 else None
