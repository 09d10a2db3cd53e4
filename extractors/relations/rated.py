"""Percentages of a whole that their sentence tells in words: ``Trong 64 giáo viên dự thi có 48 đạt, chiếm 75%``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.rates import OF_SUM, TOLD
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Segment, Amount]
#: A count, its percentage, and the segment of that.
_Rate = tuple[_Row, Amount, Segment]

_ALL = 100.0
_PERCENT = Words(("%",))
_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")
_OUT_OF = re.compile(r"[^\d;:()]*(?<!\w)(?:(?:trên|trong|/) ?(?:tổng )?(?:số )?|so với (?:tổng )?số )$")
#: Those asked or examined, of whom what follows is told.
_ASKED = re.compile(
    r"[^\d,;.:()]{0,24}(?<!\w)(?:được (?:hỏi|khảo sát|lấy ý kiến|phỏng vấn|khám|cân|đo)|tham gia khảo sát|"
    r"trả lời|dự thi|dự kiểm tra|được kiểm tra|được đánh giá|được xếp loại)(?!\w)"
)
_STOPS = re.compile(r"[;:]|\.(?!\d)")
_LEAST_WHOLE = 10
#: A percentage of fewer digits is a misprint of too many others.
_DIGITS, _MARKED_DIGITS = 3, 2
#: What misses its whole by more points than this is of another one.
_FAR = 25.0


def find_rated(reading: Reading, level: Level, known: Sequence[Relation]) -> Iterator[Relation]:
    """The percentages behind counts that ``known`` has no whole for.

    Their whole is told in words (``trong 64 …``, ``trên tổng số 702``, ``250 phụ huynh được hỏi``); or it is the only
    count before in the sentence, and they follow from it but for one digit; or two counts make it up.
    """
    if not holds(_PERCENT, reading.lower, level.start, level.end):
        return
    taken = {(r.parts[0].value, r.parts[1].value) for r in known if r.kind == "percentage" and r.exhaustive}
    for inner in level.walk():
        for run in by_sentence(inner.segments):
            rows = [(segment, amount) for segment in run for amount in segment.amounts]
            rates = [
                (row, *share)
                for row in rows
                if _counts(row[1]) and (share := share_after(reading, run, run.index(row[0]), row[1])) is not None
            ]
            shared = {row[1].start for row, *_ in rates}
            left = [rate for rate in rates if (rate[1].value, rate[0][1].value) not in taken]
            for rate in left:
                yield from _of_told(reading, rows, rate, shared)
            if len(rates) == len(left) == 2:
                yield from _of_both(reading, rates)


def _counts(amount: Amount) -> bool:
    return usable(amount) and amount.of is None and amount.family not in ("time", "money")


def _of_told(reading: Reading, rows: Sequence[_Row], rate: _Rate, shared: Collection[int]) -> Iterator[Relation]:
    """``shared`` are the counts with a percentage of their own: parts of what this one is a part of."""
    row, share, where = rate
    before = [other for other in rows if other[1].end <= row[1].start and _counts(other[1])]
    if not before or not 0 < share.value <= _ALL or before[-1][1].value <= 0:
        return
    whole, count = before[-1], row
    if _OUT_OF.fullmatch(reading.lower, whole[1].end, count[1].start):
        whole, count = count, whole  # 356 em trên tổng số 702 học sinh, chiếm 50,7%
        told = whole[1].value >= count[1].value and fits(whole[1], count[1])
    elif not fits(whole[1], count[1]) or whole[1].value < max(count[1].value, _LEAST_WHOLE):
        return
    else:
        told = _is_told(reading, before, whole, count)
    follows = _ALL * count[1].value / whole[1].value
    if told and abs(follows - share.value) <= _FAR:
        yield _relation(reading, whole, count, (share, where), TOLD)
        return
    others = [one[1].value for one in rows if not one[1].percent and one is not row]
    if len(before) > 1 or whole[1].start in shared or any(_follows(count[1].value, value, share) for value in others):
        return
    if abs(follows - share.value) < 10.0 ** -_places(share):
        return  # cut off instead of rounded
    marked = any(reading.has(group, *span) for span in whole[0].own for group in ("rel_total", "rel_enter"))
    if _is_slip(follows, share, _MARKED_DIGITS if marked else _DIGITS):
        yield _relation(reading, whole, count, (share, where), TOLD)


def _is_told(reading: Reading, before: Sequence[_Row], whole: _Row, count: _Row) -> bool:
    """Whether words say that a count is one out of the number right before it."""
    start, end = whole[1].end, count[1].start
    if _STOPS.search(reading.lower, start, end) or "(" in reading.text[start:end]:
        return False
    if _AMONG.search(reading.lower, whole[0].start, whole[1].start) is not None:
        return True
    return len(before) == 1 and _ASKED.match(reading.lower, whole[1].unit_end, end) is not None


def _of_both(reading: Reading, rates: Sequence[_Rate]) -> Iterator[Relation]:
    """``312 em, chiếm 78%; dưới 5 điểm 88 em, chiếm 22%``: two counts of which one has its percentage of both."""
    for one, other in pairwise(rates):
        made = one[0][1].value + other[0][1].value
        if made < _LEAST_WHOLE or not fits(one[0][1], other[0][1]):
            continue
        for right, wrong in ((one, other), (other, one)):
            follows = _ALL * wrong[0][1].value / made
            if not _follows(right[0][1].value, made, right[1]) or not _is_slip(follows, wrong[1], _MARKED_DIGITS):
                continue
            first, last = one[0][1], other[0][1]
            whole = quantity(reading, first, one[0][0]).model_copy(
                update={
                    "value": made,
                    "printed": " + ".join(reading.document.value(a.start, a.end) for a in (first, last)),
                    "evidence": reading.evidence(first.start, last.end),
                }
            )
            parts = quantity(reading, wrong[1], wrong[2]), quantity(reading, wrong[0][1], wrong[0][0])
            yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=OF_SUM)


def _places(share: Amount) -> int:
    return len(f"{share.value:.6f}".rstrip("0").split(".")[1])


def _follows(count: float, whole: float, share: Amount) -> bool:
    if whole < count or whole <= 0:
        return False
    return abs(_ALL * count / whole - share.value) <= 0.5 * 10.0 ** -_places(share) + 1e-9


def _is_slip(follows: float, share: Amount, digits: int) -> bool:
    return differ_by_slip(round(follows, _places(share)), share.value, digits)


def _relation(reading: Reading, whole: _Row, count: _Row, share: tuple[Amount, Segment], cue: str) -> Relation:
    parts = quantity(reading, *share), quantity(reading, count[1], count[0])
    return Relation(
        kind="percentage", whole=quantity(reading, whole[1], whole[0]), parts=parts, exhaustive=True, cue=cue
    )
