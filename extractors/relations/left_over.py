"""What a ratio leaves over, told behind it: ``17/22 xã hoàn thành, 5 xã còn lại …``, ``còn 8 điểm trường phải …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import Part, Parts, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum

_RATIO = Words(("/",))
#: The others, all of them: nothing else can be meant.
_REST_BEFORE = re.compile(r"\s*(?:và )?(?:số |các )?(?:[^\W\d_]+ )?còn lại(?: là| có| gồm)?:? ?")
_REST_BEHIND = re.compile(r" (?:[^\W\d_]+ )?còn lại(?!\w)")
#: The others, or only some of them.
_STILL = re.compile(r"\s*(?:và |nhưng |nay |hiện |vẫn |chỉ )*còn(?: lại)?(?: là| có)? ?")
#: What those are said not to be yet: ``28 hồ sơ phải làm lại``.
_LACK = re.compile(r" (?:[^\W\d_]+ )?(?:phải|chưa|không|bị|cần|chờ|đang)(?!\w)")
_NONE = re.compile(r"\s*(?:và |có )*")
_DIGITS, _FAR = 2, 0.5


def find_left_over(reading: Reading, level: Level) -> Iterator[Sum]:
    """The whole of a ratio with its count and the count told behind it of the same noun.

    ``còn lại`` tells of all others. Where it is only ``còn`` or those have not got yet what the others have, some may
    be left out: then the number must be that of the others but for one digit.
    """
    if not holds(_RATIO, reading.lower, level.start, level.end):
        return
    runs = list(by_sentence(level.segments))
    for index, run in enumerate(runs):
        yield from _told_next(reading, run, runs[index + 1] if index + 1 < len(runs) else ())
        for at, segment in enumerate(run):
            ratios = [a for a in segment.amounts if a.of is not None and not a.percent and a.unit is not None]
            if len(ratios) != 1 or ratios[0] is not segment.amounts[-1] or ratios[0].value >= (ratios[0].of or 0):
                continue
            rest, others = _rest(reading, run[at + 1 :], ratios[0], ()), _beside(run[:at], ratios[0])
            if others and (rest is None or ratios[0].value + rest.amount.value != ratios[0].of):
                rest = _rest(reading, run[at + 1 :], ratios[0], others)
            else:
                others = []
            if rest is not None:
                yield _sum([*others, (ratios[0], segment)], rest)


#: Before what is left of all, and before what went off.
_THUS = re.compile(
    r"(?<!\w)(?:do (?:đó|vậy)|vì vậy|như vậy|như thế|vậy|nên|thành ra),? [^\d;.()]{0,24}?"
    r"(?:thực (?:tế )?(?:nộp|thu|dự(?: thi)?|học|thi|tham gia|nhận|chi|có)|còn(?: lại)?)(?: (?:là|có|chỉ|chỉ còn))*:? $"
)
_OFF = re.compile(
    r"(?<!\w)(?:miễn(?: phí| giảm)?|giảm|trừ(?: đi)?|rút|vắng|bỏ|loại|hủy|trả lại|nghỉ)(?: (?:cho|có|là|thi|"
    r"tên|ra|bớt))*:? $"
)


def find_thus_left(reading: Reading, level: Level) -> Iterator[Sum]:
    """``486 em đăng ký; … miễn cho 37 em; do vậy số thực nộp là 459``: the last number that would do but for a slip."""
    rows = [(a, s) for s in level.segments for a in s.amounts if not a.percent and a.of is None and a.family != "time"]
    for index, (rest, where) in enumerate(rows):
        off, place = rows[index - 1] if index > 1 else (None, None)
        if off is None or place is None or not usable(rest) or off.unit != rest.unit or off.value >= rest.value:
            continue
        ends = max(off.end, off.unit_end)
        if not _THUS.search(reading.lower, ends, rest.start):
            continue
        if not _OFF.search(reading.lower, max(rows[index - 2][0].end, off.start - 40), off.start):
            continue
        before = [row for row in rows[: index - 1] if row[0].unit in (None, rest.unit) and not row[0].change]
        if any(row[0].value - off.value == rest.value for row in before):
            continue
        slipped = [row for row in before if differ_by_slip(row[0].value - off.value, rest.value, _DIGITS)]
        if slipped:
            whole, segment = slipped[-1]
            parts = Parts([Part(replace(off, change=False), place), Part(rest, where, rest=True)])
            yield Sum(replace(whole, vague=False), segment, parts, True, "còn lại", apart=True)


#: At the head of a sentence: all that have not got what the ratio before counts.
_OTHERS = re.compile(
    r"\s*(?:số |các )?(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?) (?:chưa|không) [^\d,;.:()]{2,40}? (?:là|còn|có) $"
)


def _told_next(reading: Reading, run: Sequence[Segment], following: Sequence[Segment]) -> Iterator[Sum]:
    """``96/247 xã đạt, chiếm 38,9%. Số xã chưa đạt là 151 xã``: the others in a sentence of their own."""
    ratios = [(a, s) for s in run for a in s.amounts if a.of is not None and a.unit is not None and not a.percent]
    first = next((a for a in following[0].amounts), None) if following else None
    if first is None or len(ratios) != 1 or first.unit != ratios[0][0].unit or not usable(first):
        return
    ratio, segment = ratios[0]
    said = _OTHERS.fullmatch(reading.lower, following[0].start, first.start)
    left = (ratio.of or 0) - ratio.value
    if said is not None and said["noun"] == first.unit and left > 0 and abs(first.value - left) <= _FAR * left:
        yield _sum([(ratio, segment)], Part(first, following[0], rest=True))


def _beside(before: Sequence[Segment], ratio: Amount) -> list[tuple[Amount, Segment]]:
    """The ratios right before one that count others of its whole: ``mức độ 1: 22/52 trường; mức độ 2: 3/52 trường``."""
    found: list[tuple[Amount, Segment]] = []
    for segment in reversed(before):
        ratios = [a for a in segment.amounts if a.of == ratio.of and a.unit == ratio.unit and not a.percent]
        if len(ratios) != 1 or sum(a.value for a, _ in found) + ratios[0].value + ratio.value > (ratio.of or 0):
            break
        found.insert(0, (ratios[0], segment))
    return found


def _rest(
    reading: Reading, following: Sequence[Segment], ratio: Amount, others: Sequence[tuple[Amount, Segment]]
) -> Part | None:
    """The others in the next piece of a sentence that counts anything; a percentage of the ratio may lie between."""
    assert ratio.of is not None
    segment = next((s for s in following if any(not a.percent for a in s.amounts)), None)
    if segment is None or any(
        reading.has("rel_open", s.start, s.end) for s in following[: following.index(segment) + 1]
    ):
        return None
    count = segment.amounts[0]
    left = ratio.of - ratio.value - sum(other.value for other, _ in others)
    named = (count.unit or "").split()[:1] == (ratio.unit or "").split()[:1]
    if not usable(count) or count.of is not None or not named or len(segment.amounts) > 1 or segment.groups:
        return None
    owners = [{t.id for t in reading.terms("dim_owner", *span)} for span in (_noun(ratio), (count.start, segment.end))]
    if all(owners) and not owners[0] & owners[1]:
        return None  # 9/12 trường công lập đạt chuẩn; 2 trường còn lại ngoài công lập
    before = (segment.start, count.start)
    sure = _REST_BEFORE.fullmatch(reading.lower, *before) or _REST_BEHIND.match(reading.lower, count.unit_end)
    behind = _LACK.match(reading.lower, count.unit_end)
    likely = _STILL.fullmatch(reading.lower, *before) or (behind and _NONE.fullmatch(reading.lower, *before))
    alike = count.value == left or differ_by_slip(count.value, left, _DIGITS)
    near = abs(count.value - left) <= _FAR * left
    return Part(count, segment, rest=True) if (sure and near) or (likely and alike) else None


def _noun(ratio: Amount) -> tuple[int, int]:
    """A ratio with its noun and what may tell it nearer."""
    return ratio.start, max(ratio.end, ratio.unit_end) + _NEARER


_NEARER = 24


def _sum(ratios: Sequence[tuple[Amount, Segment]], rest: Part) -> Sum:
    last, segment = ratios[-1]
    assert last.of is not None
    whole = replace(last, value=last.of, of=None)
    counts = [Part(replace(ratio, of=None), where) for ratio, where in ratios]
    return Sum(whole, segment, Parts([*counts, rest]), True, "còn lại", apart=True)
