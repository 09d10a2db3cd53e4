"""Changes told behind the old value, where the new one stands in a sentence before.

``Điểm chuẩn 31,25. Năm trước điểm chuẩn là 29,5, năm nay cao hơn 1,75 điểm``; ``Trường có 430 em. Năm học trước có
412 em, năm nay tăng 18 em``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.stepping import EARLIER, are_alike, is_plain, sign_of
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_AT = Words(("tăng", "giảm", "hơn "))
#: Before the old value: its time, and perhaps once more what it is a value of.
_OLD = re.compile(
    rf"\W*(?:(?:của|ở|vào|còn) )?{EARLIER},? ?(?P<named>(?:[^\W\d_]+ ){{0,6}}?)"
    r"(?:(?:chỉ )?(?:là|có|đạt|được)(?: mức)? )?$"
)
#: Between the old value and the size of the change.
_NOW = re.compile(
    r"[^\d;.()]{0,24}, ?(?:(?:nên |như vậy |vậy )?(?:năm (?:học )?(?:nay|này)|(?:học )?kỳ này|đợt này|lần này|"
    r"nay|hiện nay) )(?:đã )?(?:tăng|giảm|(?:cao|thấp|nhiều|ít) hơn)(?: thêm| đi| được)? $"
)
_ENDS = re.compile(r"\s*(?:[.;,)]|$|so với)")
_OTHER = re.compile(r"(?<!\w)(?:trong đó|riêng|kế hoạch|chỉ tiêu|bình quân|dự kiến|phấn đấu|mục tiêu|mỗi)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
#: Words that do not say what a value is of.
_SILENT = frozenset(("số", "tỷ", "tỉ", "lệ", "của", "trường", "toàn", "thì", "có", "là", "đạt", "được", "cả"))
_FAR, _SENTENCES = 0.5, 6


def find_told_before(reading: Reading, before: Sequence[Level], level: Level) -> Iterator[Relation]:
    """The changes of a passage with both values; where any number before follows from them, that one is meant."""
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    runs = [run for passage in before[-3:] for run in by_sentence(passage.segments)]
    for run in by_sentence(level.segments):
        rows = [(a, s) for s in run for a in s.amounts if _is_value(a)]
        if len(rows) == 2 and not _OTHER.search(reading.lower, run[0].start, run[-1].end):
            yield from _change(reading, runs[-_SENTENCES:], run[0].start, *rows)
        runs.append(run)


def _change(
    reading: Reading, before: Sequence[Sequence[Segment]], start: int, first: _Row, second: _Row
) -> Iterator[Relation]:
    (old, where), (step, place) = first, second
    told = _OLD.fullmatch(reading.lower, start, old.start)
    between = max(old.end, old.unit_end), step.start
    sign = sign_of(reading, place, step)
    if told is None or not sign or not is_plain(old) or not _NOW.fullmatch(reading.lower, *between):
        return
    if not _ENDS.match(reading.lower, max(step.end, step.unit_end)):
        return
    named = [word for word in _WORD.findall(told["named"]) if word not in _SILENT]
    values = [(a, s) for run in before for s in run for a in s.amounts if is_plain(a) and _is_value(a)]
    values = [row for row in values if row[0].percent == old.percent and (are_alike(row[0], old) or bool(named))]
    if any(round(row[0].value - old.value - sign * step.value, 6) == 0 for row in values):
        return
    alike = [row for row in values if _is_of(reading, row, named, old)]
    if not alike:
        return
    new, segment = alike[-1]
    moved = sign * (new.value - old.value)
    if moved > 0 and abs(moved - step.value) <= _FAR * max(new.value, old.value):
        size = replace(step, value=sign * step.value)
        yield Relation(
            kind="change",
            whole=quantity(reading, new, segment),
            parts=(quantity(reading, size, place), quantity(reading, old, where)),
            exhaustive=True,
            cue="up" if sign > 0 else "down",
        )


def _is_value(amount: Amount) -> bool:
    """Whether a number is no time; marks are counted by a noun of these."""
    return amount.family != "time" or amount.unit == "điểm"


def _is_of(reading: Reading, value: _Row, named: Sequence[str], old: Amount) -> bool:
    """Whether a number is of what the old value names, or of the same noun where it names nothing."""
    amount, segment = value
    if named:
        said = [word for word in _WORD.findall(reading.lower[segment.start : amount.start]) if word not in _SILENT]
        return said[-len(named) :] == list(named)
    return amount.unit is not None and amount.unit == old.unit
