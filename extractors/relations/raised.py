"""Totals raised by what came or lowered by what went, where what there was is told before.

``Công nhận thêm 2 trường, nâng tổng số lên 10``; ``xóa 26 điểm lẻ, còn 71 điểm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.scan import WholeWords, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_RAISES = WholeWords(("nâng", "đưa"))
#: Before the new total, behind what came.
_RAISED = re.compile(
    r"(?<!\w)(?:nâng|đưa) (?:tổng số|tổng cộng|tổng|số lượng|số|sĩ số|quy mô)"
    r"(?: [^\W_]+){0,8}?(?: hiện có| hiện nay| toàn \w+)? lên(?: thành| tới| đến)?(?: con số)? $"
)
#: Before the number of those that came.
_CAME = re.compile(
    r"(?<!\w)(?:thêm|mới|kết nạp|tiếp nhận|nhận|bổ sung|tuyển|xây|thành lập|công nhận|phát triển|chuyển đến|mua|đầu tư)"
    r"(?: [^\W\d_]+){0,4}? $"
)
_LEFT_AT = WholeWords(("còn",))
#: Between the number of those that went, with the words before it, and the number of those left.
_WENT = re.compile(r"(?<!\w)(?:giảm|xóa|xoá|bớt|cắt giảm|dồn)(?: [^\W\d_]+){0,2} $")
_LEFT = re.compile(r"(?: [^\W\d_]+){0,2}[, ]+(?:(?:nên|nay|hiện|chỉ|và) )*còn(?: lại)? ")
#: What is told of another number than the one that is raised, or of another time than right before.
_OTHER = re.compile(
    r"(?<!\w)(?:trong đó|riêng|mới|thêm|tăng|giảm|còn|kết nạp|nữ|dự bị|chính thức|nam|dân tộc|dự|vắng|có mặt|đề nghị|"
    r"phấn đấu|chỉ tiêu|kế hoạch|mục tiêu|mỗi|chuyển|khối|cấp|lần|giai đoạn|cụm|tặng|thưởng|chưa)(?!\w)"
)
#: What tells those raised from others of their noun.
_KINDS = ("chuẩn", "mức độ 2", "mức 2", "chất lượng cao", "xanh", "hạnh phúc", "bán trú", "học hai buổi", "2 buổi")
_GONE = re.compile(
    r"(?<!\w)(?:chuyển (?:đi|sinh hoạt)|giảm|ra khỏi|rút|xóa|nghỉ|bỏ|mất|từ trần|thôi|khai trừ|"
    r"hết hạn|thu hồi|sáp nhập|giải thể|trùng)(?!\w)"
)
#: Nouns by the short form in which they are taken up again.
_SHORT = {
    "điểm trường": "điểm",
    "điểm trường lẻ": "điểm",
    "nhóm trẻ": "nhóm",
    "chi đoàn": "đoàn",
    "đảng viên": "đồng chí",
}
#: So far before the total what there was is told; so far it may miss what follows.
_REACH, _FAR = 1500, 2


def find_raised(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The totals that what there was does not make with what came or went, where one number only can be that."""
    before: list[_Row] = []
    for _, level in rows:
        for run in by_sentence(level.segments):
            told = [(a, s) for s in run for a in s.amounts]
            if holds(_RAISES, reading.lower, run[0].start, run[-1].end):
                yield from _raised(reading, run, told, before)
            if holds(_LEFT_AT, reading.lower, run[0].start, run[-1].end):
                yield from _lowered(reading, run[0].start, told, before)
            before += [row for row in told if not row[0].percent]


def _raised(
    reading: Reading, run: Sequence[Segment], told: Sequence[_Row], before: Sequence[_Row]
) -> Iterator[Relation]:
    start = run[0].start
    for index, total in enumerate(told):
        words = _RAISED.search(reading.lower, start, total[0].start)
        came = [row for row in told[:index] if not row[0].percent and _CAME.search(reading.lower, start, row[0].start)]
        if _SINCE.search(reading.lower, start, total[0].start):
            continue
        if words is not None and len(came) == 1 and not _GONE.search(reading.lower, start, run[-1].end):
            yield from _change(reading, (start, total[0].start), came[0], total, before, 1)


#: What came over a longer time came partly before the last count: ``từ đầu năm đến nay kết nạp 3 đồng chí``.
_SINCE = re.compile(r"(?<!\w)(?:từ đầu|kể từ đầu|tính từ đầu)(?!\w)")


def _lowered(reading: Reading, start: int, told: Sequence[_Row], before: Sequence[_Row]) -> Iterator[Relation]:
    for step, total in pairwise(told):
        between = max(step[0].end, step[0].unit_end), total[0].start
        went = _WENT.search(reading.lower, start, step[0].start)
        if went is None or step[0].percent or not _LEFT.fullmatch(reading.lower, *between):
            continue
        of_one = _OF_BODY.search(reading.lower, start, step[0].start) is None
        if of_one and _MORE.search(went[0]) and (last := _left_before(reading, step[0], total[0], before)) is not None:
            yield from _slip(reading, step, total, last)
        else:
            yield from _change(reading, (went.start(), total[0].start), step, total, before, -1)


#: What went then was taken from what had been left: ``giảm thêm 6 trường, còn 48 trường``.
_MORE = re.compile(r"(?<!\w)(?:thêm|tiếp)(?!\w)")
#: Where a sentence tells of one of several bodies.
_OF_BODY = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|cụm|khối|bậc|cấp|trường)(?!\w)")
_LEFT_BEFORE = re.compile(r"(?<!\w)còn(?: lại)?(?: là| có)? $")


def _left_before(reading: Reading, step: Amount, total: Amount, before: Sequence[_Row]) -> _Row | None:
    """What a passage before says that was left last of the same noun."""
    for row in reversed(before):
        old = row[0]
        if total.start - old.start > _REACH:
            return None
        if old.value <= total.value:
            continue  # a part of those left, or others that went
        if old.unit is not None and old.unit in (total.unit, step.unit) and usable(old) and old.of is None:
            left = _LEFT_BEFORE.search(reading.lower, max(0, old.start - 16), old.start)
            return row if left is not None else None
    return None


def _slip(reading: Reading, size: _Row, now: _Row, old: _Row) -> Iterator[Relation]:
    """What went from what was left, where what is left then follows but for a slip."""
    (step, where), (total, place) = size, now
    follows = old[0].value - step.value
    if step.of is None and total.of is None and (abs(follows - total.value) <= _FAR or follows == total.value):
        parts = quantity(reading, replace(step, value=-step.value, change=True), where), quantity(reading, *old)
        whole = quantity(reading, total, place)
        yield Relation(kind="change", whole=whole, parts=parts, exhaustive=True, cue="down")


def _change(
    reading: Reading, clause: tuple[int, int], size: _Row, now: _Row, before: Sequence[_Row], sign: int
) -> Iterator[Relation]:
    (step, where), (total, place) = size, now
    changed = sign * step.value
    if step.of is not None or total.percent or "money" in (step.family, total.family) or total.value <= changed:
        return
    kinds = [k for k in _KINDS if k in reading.lower[clause[0] : max(total.unit_end, total.end) + 30]]
    near = [row for row in before if total.start - row[0].start <= _REACH]
    there_was = [row for row in near if _is_same(reading, row[0], row[1], total, step, kinds)]
    there_was = [row for row in there_was if sign * (total.value - row[0].value) > 0]
    if any(total.value in (a.value + changed, a.value) for a, _ in near):
        return
    if len({row[0].value for row in there_was}) != 1:
        return
    old, at = there_was[-1]
    follows = old.value + changed
    if abs(follows - total.value) <= _FAR or differ_by_slip(follows, total.value, 2):
        parts = (
            quantity(reading, replace(step, value=changed, change=True), where),
            quantity(reading, replace(old, of=None), at),
        )
        whole = quantity(reading, replace(total, of=None), place)
        yield Relation(kind="change", whole=whole, parts=parts, exhaustive=True, cue="up" if sign > 0 else "down")


def _is_same(
    reading: Reading, old: Amount, segment: Segment, total: Amount, step: Amount, kinds: Sequence[str]
) -> bool:
    """Whether a number told before can be what there was: of the same noun, of the same kind, and of all."""
    if old.unit is None or not {old.unit, _SHORT.get(old.unit)} & {total.unit, step.unit}:
        return False
    if not usable(replace(old, of=None)) or (old.of is not None and not (kinds and total.of in (None, old.of))):
        return False
    said = reading.lower[segment.start : min(segment.end, max(old.end, old.unit_end) + 40)]
    return not _OTHER.search(said) and [k for k in _KINDS if k in said] == list(kinds)
