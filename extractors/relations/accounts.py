"""Money that came in, went out and is left: ``tổng thu 512 triệu; tổng chi 498 triệu; kết dư 14 triệu``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, without_brackets
from schemas.relation import Relation

#: What each sum of money is, by the last words before it that tell.
_ROLES = re.compile(
    r"(?<!\w)(?:(?P<rest>kết dư|tồn quỹ|tồn|còn dư|còn lại|còn nợ|còn|dư)"
    r"|(?P<out>(?:tổng )?(?:số )?(?:đã )?chi|đã trả|đã sử dụng|đã dùng|đã giải ngân|đã thanh toán)"
    r"|(?P<first>(?:tổng )?(?:số )?thu|nợ|phải (?:hoàn )?trả|được cấp|được giao|(?:tổng )?dự toán|tổng kinh phí"
    r"|tổng số tiền|tiền bán|(?:vận động|quyên góp|huy động|gây quỹ)(?: được)?)"
    r")(?!\w)"
)
_LEFT = Words(("dư", "tồn", "còn"))
#: Something else was there before, or only some of it is told.
_MORE = re.compile(
    r"(?<!\w)(?:tồn (?:quỹ )?đầu|dư đầu|đầu (?:năm|kỳ|nhiệm kỳ)|chuyển sang|năm trước|trong đó|kế hoạch(?! nhỏ)|"
    r"dự kiến|bình quân|mỗi|nộp|hỗ trợ thêm)(?!\w)"
)
#: What went out is told item by item: ``Đã chi: mái che 245 triệu; tủ sách 22 triệu``.
_ITEMISED = re.compile(r"(?<!\w)chi(?: cho| gồm)?:[^:]*$")
_OWED, _DEBT = re.compile(r"(?<!\w)còn nợ(?!\w)"), re.compile(r"(?<!\w)(?:nợ|phải (?:hoàn )?trả|vay)(?!\w)")
_LEAST = 3
#: What does not add up by more than this share of all is no slip.
_FAR = 0.3


def find_accounts(reading: Reading, level: Level) -> Iterator[Relation]:
    """What came in as the sum of what went out, once or item by item, and what is left, in this order."""
    if not holds(_LEFT, reading.lower, level.start, level.end):
        return
    found: list[tuple[str, Amount, Segment]] = []
    position, itemised = level.start, False
    for segment in level.segments:
        for amount in segment.amounts:
            before, position = (position, amount.start), amount.end
            if amount.family != "money" or not usable(amount) or amount.of is not None:
                continue
            roles = [match.lastgroup or "" for match in _ROLES.finditer(reading.lower, *before)]
            if roles:
                found.append((roles[-1], amount, segment))
                itemised = roles[-1] == "out" and _ITEMISED.search(reading.lower, *before) is not None
            elif found and (itemised or (found[-1][0] == "out" and segment.separator == "và")):
                found.append(("out", amount, segment))  # else a part of what was told before it
    for at, (role, first, _) in enumerate(found):
        last = next((i for i in range(at + 1, len(found)) if found[i][0] != "out"), at)
        rows = found[at : last + 1]
        if role != "first" or len(rows) < _LEAST or rows[-1][0] != "rest":
            continue
        rest = rows[-1][1]
        around = reading.lower[max(level.start, first.start - _REACH) : rest.start]
        other = _MORE.search(without_brackets(around))  # 13 suất (mỗi suất 500.000 đồng)
        owed = _OWED.search(reading.lower, rows[-2][1].end, rest.start) is not None
        if owed and not _DEBT.search(reading.lower, max(level.start, first.start - _REACH), first.start):
            continue  # được cấp 85 triệu, chi 60 triệu, còn nợ 12 triệu: owed to others
        if len(rows) > _LEAST and first.value == rows[1][1].value + rest.value:
            rows = [rows[0], rows[1], rows[-1]]  # what is joined by "và" only says what some of it was for
        if other is None and abs(first.value - sum(a.value for _, a, _ in rows[1:])) <= _FAR * first.value:
            whole, *parts = (quantity(reading, amount, segment) for _, amount, segment in rows)
            yield Relation(kind="sum", whole=whole, parts=tuple(parts), exhaustive=True, cue="còn")


#: Characters before the first sum in which another time may be told.
_REACH = 60
