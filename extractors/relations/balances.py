"""What was there, came and went, and what is left: ``tồn đầu năm 3 triệu; thu 48 triệu; chi 45 triệu; còn 6 triệu``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Quantity, Relation

#: What each number of a balance is, by the words right before it.
_ROLES = (
    ("rest", r"còn lại|còn tồn|hiện còn|nay còn|còn sử dụng|còn dùng được|còn|tồn (?:quỹ )?cuối (?:năm|kỳ)|"
             r"dư cuối (?:năm|kỳ)|cuối (?:năm(?: học)?|kỳ)|hiện có|nay có"),
    ("first", r"(?:tồn|dư|số dư|tồn quỹ|số tồn)?\s?(?:đầu (?:năm(?: học)?|kỳ)|năm (?:học )?trước chuyển sang|"
              r"kỳ trước chuyển sang)|trước (?:khi )?(?:sắp xếp|sáp nhập|thanh lý)"),
    ("in", r"tổng thu|thu(?: trong (?:năm|kỳ))?|nhận thêm|mua thêm|bổ sung|chuyển đến|tiếp nhận|tuyển mới|"
           r"kết nạp(?: mới)?"),
    ("out", r"tổng chi|chi(?: trong (?:năm|kỳ))?|(?:bị )?hỏng|thanh lý|xóa|xóa được|bỏ học|thôi học|nghỉ học|chuyển đi|"
            r"chuyển trường|chuyển sinh hoạt|nghỉ hưu(?: và chuyển đi)?|cấp phát|đã cấp|đã dùng|đã phát|đã bán"),
)  # fmt: skip
_ROLE = re.compile(
    "(?<!\\w)(?:" + "|".join(f"(?P<{name}>{forms})" for name, forms in _ROLES) + r")(?: (?:là|được|có|tổng số))?:? ?$"
)
#: A sentence without one of these tells no balance.
_LEFT = Words(("còn", "cuối kỳ", "cuối năm", "hiện có", "nay có"))
#: What makes up a rise or is only some of it.
_OTHER = re.compile(r"(?<!\w)(?:trong đó|gồm|riêng|bình quân|mỗi|từ nguồn|kế hoạch|dự kiến|phấn đấu|sẽ)(?!\w)")
#: Then two times are compared, and what went is the change.
_BEFORE = re.compile(r"(?<!\w)trước(?: khi)? (?:sắp xếp|sáp nhập)")
_NEAR = 34
_LEAST = 3


def find_balances(reading: Reading, level: Level) -> Iterator[Relation]:
    """The balance of a sentence all of whose numbers are its parts, of one noun or sum of money.

    Without anything that came the first number is the whole of what went and what is left, else what is left is made of
    the others, those that went with a minus. Before and after a reform it is a change.
    """
    if not holds(_LEFT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        if len(rows) < _LEAST or _OTHER.search(reading.lower, run[0].start, run[-1].end):
            continue
        if (found := _balance(reading, rows)) is not None:
            yield found


def _all(segment: Segment) -> list[Amount]:
    inside = [a for group in segment.groups for part in group.segments for a in part.amounts]
    return [*segment.amounts, *inside]


def _balance(reading: Reading, rows: Sequence[tuple[Amount, Segment]]) -> Relation | None:
    noun = next((amount.family for amount, _ in rows if amount.family is not None), None)
    found: list[tuple[str, Quantity]] = []
    for index, (amount, segment) in enumerate(rows):
        if amount.percent or amount.of is not None or amount.vague or amount.family not in (None, noun):
            return None
        floor = max(rows[index - 1][0].end, rows[index - 1][0].unit_end) if index else segment.start
        match = _ROLE.search(reading.lower, max(floor, amount.start - _NEAR), amount.start)
        role = match.lastgroup if match is not None else "first" if index == 0 else None
        if role is None:
            return None
        found.append((role, quantity(reading, replace(amount, change=False), segment)))
    roles = [role for role, _ in found]
    if roles.count("first") != 1 or roles.count("rest") != 1 or roles[0] != "first" or set(roles) <= {"first", "rest"}:
        return None
    opening, rest = found[0][1], found[roles.index("rest")][1]
    if roles == ["first", "out", "rest"] and _BEFORE.search(reading.lower, rows[0][1].start, rows[0][0].start):
        step = found[1][1].model_copy(update={"value": -found[1][1].value})
        return Relation(kind="change", whole=rest, parts=(step, opening), exhaustive=True, cue="down")
    gone, came = ([q for role, q in found if role == wanted] for wanted in ("out", "in"))
    if not came:
        return Relation(kind="sum", whole=opening, parts=(*gone, rest), exhaustive=True, cue="còn")
    taken = tuple(q.model_copy(update={"value": -q.value}) for q in gone)
    return Relation(kind="sum", whole=rest, parts=(opening, *came, *taken), exhaustive=True, cue="còn")
