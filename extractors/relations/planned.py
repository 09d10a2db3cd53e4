"""Results as percentages of their plan, and what was saved of an estimate.

``Chỉ tiêu 480 em; thực nhập học 477 em, đạt 99,4%``, ``dự toán 900 triệu; trúng thầu 870 triệu, tiết kiệm 30 triệu
(3,33%)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.margins import amounts_of
from extractors.relations.parts import fits
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.structure import Level, Segment, by_sentence, without_brackets
from extractors.relations.told_bases import agrees, follows, pairs
from schemas.relation import Relation

#: Cue of results as percentages of their plan, which they may exceed.
OF_PLAN = "plan"

_Row = tuple[Amount, Segment]

_PERCENT = Words(("%",))
_PLAN_AT = Words(("chỉ tiêu", "kế hoạch", "dự toán", "được giao"))
#: Right before a number: it is the plan.
_PLAN = re.compile(
    r"(?<!\w)(?:chỉ tiêu|kế hoạch|dự toán)(?: (?!đạt|bằng|vượt|hoàn thành|thực hiện|đã)[^\W\d_]+){0,5}"
    r"(?: (?:vào )?(?:lớp|khối) \d{1,2})?(?: năm (?:học )?\d{4}(?: ?- ?\d{4})?)?(?::| là)? $"
    r"|(?<!\w)được (?:giao|cấp|phân bổ)(?: (?:tổng|số|dự toán|kinh phí|chỉ tiêu|biên chế))*:? $"
)
#: Of some only, or made up of parts: then the plan of all is not meant.
_SOME = re.compile(r"(?<!\w)(?:trong đó|riêng|mỗi|bình quân|còn lại|khối|lớp \d|giai đoạn|cả nhiệm kỳ|cả khóa)(?!\w)")
#: Not the plan of the year, or of one unit only.
_NOT_ALL = re.compile(r"(?<!\w)(?:trong đó|riêng|mỗi|bình quân|giai đoạn|cả (?:nhiệm kỳ|khóa))(?!\w)")
#: Right before a number: it is the result.
_DONE = re.compile(
    r"(?<!\w)(?:(?:thực|đã|kết quả|thực tế|toàn \w+|đến nay)[ :]+)*(?:thực hiện|nhập học|trúng tuyển|tuyển(?: sinh)?|"
    r"huy động|thu|kết nạp|trồng|giải ngân|vận động|quyên góp|ủng hộ|xây dựng|cấp|mở|ra lớp|tiêm|cân|khám|thu hoạch|"
    r"phát hành|quyết toán|chi|nộp|đào tạo|bồi dưỡng|dạy nghề|thực tuyển|thu hút|đạt)"
    r"(?: mới| thực)?(?: đến (?:ngày )?[\d/]+)?(?: được| là)?:? $"
)
#: What a percentage of a plan is called, and that it tells no other one.
_REACHED = re.compile(r"(?:[,(=]|,? ?(?:và )?)(?: ?(?:đạt|bằng|hoàn thành|tỷ lệ|tỉ lệ|chiếm))*(?: tỷ lệ| tỉ lệ)? ?$")
_ENDS = re.compile(
    r"\s*(?:\)?\s*(?:[,;]|\.(?!\d)|$)|\)|(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)(?: được giao| giao| năm)?(?!\w))"
)
_NEAR = 60
_LEAST = 10


def find_planned_rates(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The percentages of results whose plan is the last number told as one, in the paragraph or right before it."""
    if not holds(_PERCENT, reading.lower, 0, len(reading.lower)):
        return
    plan: _Row | None = None
    since = 0
    for block, level in rows:
        since += 1
        if block.kind == "heading" or since > _BLOCKS or block.table is not None:
            plan = None
        if plan is None and not holds(_PLAN_AT, reading.lower, level.start, level.end):
            continue
        for relation, now in _in_level(reading, level, plan):
            since = since if now is plan else 0
            plan = now
            if relation is not None:
                yield relation


#: So many paragraphs on a plan is still spoken of.
_BLOCKS = 4


def _in_level(reading: Reading, level: Level, plan: _Row | None) -> Iterator[tuple[Relation | None, _Row | None]]:
    """The percentages of a passage with the plan that holds behind each."""
    for run in by_sentence(level.segments):
        for index, segment in enumerate(run):
            for share, count in pairs(reading, run, index, left_out=("time",)) if plan is not None else ():
                if plan is not None and _is_result(reading, plan, share, count):
                    parts = quantity(reading, *share), quantity(reading, *count)
                    whole = quantity(reading, *plan)
                    yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=OF_PLAN), plan
            named = [a for a in segment.amounts if _is_plain(a) and a.value >= _LEAST and _is_plan(reading, segment, a)]
            if len(named) == 1:
                plan = named[0], segment
            yield None, plan


def _is_plain(amount: Amount) -> bool:
    return not amount.percent and not amount.change and not amount.vague and amount.of is None


def _is_plan(reading: Reading, segment: Segment, amount: Amount) -> bool:
    if amount.family == "time" or amount.unit in ("chỉ tiêu", "tiêu chí", "nhiệm vụ"):
        return False
    told = _PLAN.search(reading.lower, max(segment.start, amount.start - _NEAR), amount.start)
    return told is not None and not _NOT_ALL.search(reading.lower, segment.start, amount.start)


def _is_result(reading: Reading, plan: _Row, share: _Row, count: _Row) -> bool:
    (whole, _), (rate, _), (part, segment) = plan, share, count
    if (
        part.start < whole.end
        or rate.start < part.end
        or (part.unit not in (whole.unit, None) and whole.unit is not None)
    ):
        return False
    if not fits(whole, part) or _SOME.search(reading.lower, whole.end, rate.start):
        return False
    if not _DONE.search(reading.lower, max(segment.start, part.start - _NEAR), part.start):
        return False
    between = without_brackets(reading.lower[max(part.end, part.unit_end) : rate.start])
    behind = _ENDS.match(reading.lower, rate.end) is not None
    if not behind or not _REACHED.search(between):
        return False
    return follows(part.value, whole.value, rate, capped=False) or not agrees(reading, whole, part, rate)


def without_passed(found: Iterable[Relation], planned: Iterable[Relation]) -> list[Relation]:
    """The relations without percentages over 100 that tell by how much a plan was passed."""
    passed = {relation.parts[0].evidence.start for relation in planned}
    return [r for r in found if r.kind != "ratio" or r.whole is not None or r.parts[0].evidence.start not in passed]


#: What each number of a purchase is, by the words right before it.
_ESTIMATE = re.compile(
    r"(?<!\w)(?:dự toán|giá gói thầu|giá khởi điểm|giá kế hoạch|giá trần|giá mời thầu|giá ban đầu)"
    r"(?: [^\W\d_]+){0,4}(?::| là)? $"
)
_PAID = re.compile(
    r"(?<!\w)(?:giá )?(?:trúng thầu|ký hợp đồng|hợp đồng|quyết toán|thực chi|thực mua|thanh toán|chỉ định thầu)"
    r"(?: [^\W\d_]+){0,3}(?::| là)? $"
)
_SAVED = re.compile(r"(?<!\w)(?:tiết kiệm|giảm|chênh lệch|chênh|hạ)(?: cho ngân sách| được| giảm| là)*:? $")
_SAVED_AT = Words(("tiết kiệm", "giảm", "chênh", "hạ "))


def find_saved(reading: Reading, level: Level) -> Iterator[Relation]:
    """What was saved against estimate and price, and its percentage of the estimate."""
    if not holds(_SAVED_AT, reading.lower, level.start, level.end):
        return
    rows = [row for run in by_sentence(level.segments) for row in amounts_of(run)]
    money = [row for row in rows if row[0].family == "money"]
    for first, second, third in zip(money, money[1:], money[2:], strict=False):
        told = [
            pattern.search(reading.lower, max(segment.start, amount.start - _NEAR), amount.start) is not None
            for pattern, (amount, segment) in zip((_ESTIMATE, _PAID, _SAVED), (first, second, third), strict=True)
        ]
        if not all(told) or any(not _is_plain(replace(a, change=False)) for a, _ in (first, second, third)):
            continue
        step = quantity(reading, replace(third[0], value=-third[0].value), third[1])
        old, new = quantity(reading, *first), quantity(reading, *second)
        yield Relation(kind="change", whole=new, parts=(step, old), exhaustive=True, cue="down")
        share = _share_of(reading, level.segments, third)
        if share is not None:
            parts = quantity(reading, *share), quantity(reading, *third)
            yield Relation(kind="percentage", whole=old, parts=parts, exhaustive=True, cue=OF_PLAN)


def _share_of(reading: Reading, segments: Sequence[Segment], saved: _Row) -> _Row | None:
    """The percentage that says again how much was saved, where it names no other whole than the estimate."""
    amount, segment = saved
    if segment not in segments:
        return None
    share = share_after(reading, segments, segments.index(segment), replace(amount, change=False))
    return share if share is not None and _ENDS.match(reading.lower, share[0].end) else None
