"""Two numbers compared by words: ``nam đông hơn nữ 112 em (665 và 553)``, ``398 cháu thay vì 255, tăng 143``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.stepping import are_alike
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_COMPARED_AT = Words(("hơn ", "kém ", "thay vì", "thay cho"))
#: Between the two that are compared stands the word, behind it the size and the bracket with both.
_MORE = re.compile(
    r"(?<!\w)(?:(?P<more>đông|nhiều|cao|vượt|dài|lớn) hơn|(?P<less>ít|thấp|kém|nhỏ) hơn|(?P<behind>kém|thua)) "
    r"[^\d,;.:()]{2,30} $"
)
_BOTH = re.compile(r"[^\d,;.:()]{0,24}\( ?(?:[^\d,;.:()]{1,16}[: ] ?)?")
_VERSUS = re.compile(
    r"(?: [^\d,;.:()]{1,16})?(?:[,;] (?=[^\W\d_])[^\d,;.:()]{1,16}:? $|"
    r",? ?(?:và|so với|/|-|–|trên|đối với)(?: [^\d,;.:()]{1,16}:?)? ?$)"
)
_CLOSED = re.compile(r"(?: [^\W\d_]+){0,3}\s*\)")
#: Between what is there now and what was there before.
_INSTEAD = re.compile(r"[^\d,;.:()]{0,40}(?:,? )?(?:thay vì|thay cho)(?: chỉ)?(?: có)?(?: con số| mức)? ")
_THEN = re.compile(
    r"(?: [^\W\d_]+){0,6},? ?(?:\( ?)?(?:tức(?: là)? |nghĩa là |như vậy )?"
    r"(?P<way>tăng|thêm|nhiều hơn|giảm|bớt|ít hơn)(?: thêm| được| đi)? "
)
_ALONE = re.compile(r"\s*(?:[,;)]|\.(?!\d)|$)")


def find_compared(reading: Reading, level: Level) -> Iterator[Relation]:
    """The changes between two numbers that stand in one bracket, or of which one is said to be the old one."""
    if not holds(_COMPARED_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        for first, second, third in zip(rows, rows[1:], rows[2:], strict=False):
            if any(a.of is not None or a.vague or a.percent for a, _ in (first, second, third)):
                continue
            found = _in_bracket(reading, first, second, third) or _instead(reading, first, second, third)
            if found is not None:
                new, step, old, sign = found
                size = replace(step[0], value=sign * step[0].value, change=True)
                yield Relation(
                    kind="change",
                    whole=quantity(reading, *new),
                    parts=(quantity(reading, size, step[1]), quantity(reading, replace(old[0], change=False), old[1])),
                    exhaustive=True,
                    cue="up" if sign > 0 else "down",
                )


def _all(segment: Segment) -> list[Amount]:
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def _in_bracket(reading: Reading, step: _Row, one: _Row, other: _Row) -> tuple[_Row, _Row, _Row, int] | None:
    """``nam đông hơn nữ 112 em (665 và 553)``: the first in the bracket is that of the first named."""
    lower, size = reading.lower, step[0]
    said = _MORE.search(lower, max(step[1].start, size.start - 60), size.start)
    if said is None or not _BOTH.fullmatch(lower, max(size.end, size.unit_end), one[0].start):
        return None
    if not _VERSUS.fullmatch(lower, max(one[0].end, one[0].unit_end), other[0].start):
        return None
    if not _CLOSED.match(lower, max(other[0].end, other[0].unit_end)) or not are_alike(one[0], other[0]):
        return None
    if not are_alike(one[0], replace(size, change=False)):
        return None
    # Which of both stands first is free: the larger one is that of which there are more.
    one, other = (one, other) if (one[0].value > other[0].value) == bool(said["more"]) else (other, one)
    return one, step, other, 1 if said["more"] else -1


def _instead(reading: Reading, new: _Row, old: _Row, step: _Row) -> tuple[_Row, _Row, _Row, int] | None:
    """``398 cháu thay vì 255 cháu như trước, tăng 143 cháu``."""
    lower = reading.lower
    if not _INSTEAD.fullmatch(lower, max(new[0].end, new[0].unit_end), old[0].start):
        return None
    then = _THEN.fullmatch(lower, max(old[0].end, old[0].unit_end), step[0].start)
    if then is None or not _ALONE.match(lower, max(step[0].end, step[0].unit_end)):
        return None
    if not are_alike(new[0], old[0]) or step[0].unit not in (None, old[0].unit, new[0].unit):
        return None
    return new, step, old, 1 if then["way"] in ("tăng", "thêm", "nhiều hơn") else -1
