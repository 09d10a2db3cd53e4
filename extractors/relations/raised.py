"""Totals raised by what came, where what there was is told before: ``công nhận thêm 2 trường, nâng tổng số lên 10``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
#: So far before the total what there was is told; so far it may miss what follows.
_REACH, _FAR = 1500, 2


def find_raised(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The totals that what there was and what came do not make, where only one number can be what there was."""
    before: list[_Row] = []
    for _, level in rows:
        for run in by_sentence(level.segments):
            told = [(a, s) for s in run for a in s.amounts]
            if holds(_RAISES, reading.lower, run[0].start, run[-1].end):
                yield from _raised(reading, run, told, before)
            before += [row for row in told if not row[0].percent]


def _raised(
    reading: Reading, run: Sequence[Segment], told: Sequence[_Row], before: Sequence[_Row]
) -> Iterator[Relation]:
    start = run[0].start
    for index, (total, place) in enumerate(told):
        words = _RAISED.search(reading.lower, start, total.start)
        came = [row for row in told[:index] if not row[0].percent and _CAME.search(reading.lower, start, row[0].start)]
        if words is None or len(came) != 1 or total.percent or _GONE.search(reading.lower, start, run[-1].end):
            continue
        step, where = came[0]
        if step.of is not None or step.value >= total.value or (step.family, total.family).count("money"):
            continue
        kind = [k for k in _KINDS if k in reading.lower[start : max(total.unit_end, total.end) + 30]]
        there_was = [row for row in before if _is_same(reading, row, total, step, kind)]
        values = {row[0].value for row in there_was}
        near = [row for row in before if total.start - row[0].start <= _REACH]
        if any(total.value in (a.value + step.value, a.value) for a, _ in near) or len(values) != 1:
            continue
        old, at = there_was[-1]
        follows = old.value + step.value
        if abs(follows - total.value) <= _FAR or differ_by_slip(follows, total.value, 2):
            size = quantity(reading, replace(step, change=True), where)
            was = quantity(reading, replace(old, of=None), at)
            whole = quantity(reading, replace(total, of=None), place)
            yield Relation(kind="change", whole=whole, parts=(size, was), exhaustive=True, cue="up")


def _is_same(reading: Reading, row: _Row, total: Amount, step: Amount, kind: Sequence[str]) -> bool:
    """Whether a number told before can be what there was: of the same noun, of the same kind, and of all."""
    old, segment = row
    nouns = {total.unit, step.unit} - {None}
    if total.start - old.start > _REACH or old.unit not in nouns or old.value >= total.value:
        return False
    if not usable(replace(old, of=None)) or (old.of is not None and not (kind and total.of in (None, old.of))):
        return False
    first, last = segment.start, min(segment.end, max(old.end, old.unit_end) + 40)
    said = reading.lower[first:last]
    return not _OTHER.search(said) and [k for k in _KINDS if k in said] == list(kind)
