"""What a fund held, took in, spent and holds, one to a line: ``Tồn đầu kỳ``, ``Thu``, ``Chi``, ``Tồn cuối kỳ``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_AT = Words(("tồn", "dư ", "còn lại", "kết dư"))
_MARK = r"\W*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)/]\s*)?(?:về )?"
_FUND = r"(?: (?:quỹ|tiền|kinh phí|tài chính|số tiền))*"
#: What each line tells, by the words with which it begins.
_ROLES = (
    ("first", re.compile(
        rf"{_MARK}(?:số |kinh phí |quỹ )?(?:tồn|dư|số dư){_FUND}[^\d:;.()]{{0,12}}(?:đầu (?:kỳ|năm(?: học)?|nhiệm kỳ)|"
        rf"(?:năm (?:học )?|kỳ )trước(?: chuyển sang)?)(?!\w)|{_MARK}(?:năm (?:học )?|kỳ )trước chuyển sang(?!\w)"
    )),
    ("rest", re.compile(
        rf"{_MARK}(?:số |kinh phí |quỹ )?(?:tồn|dư|số dư|còn lại|còn tồn|kết dư|còn){_FUND}(?: lại)?"
        r"(?:[^\d:;.()]{0,12}(?:cuối (?:kỳ|năm(?: học)?|nhiệm kỳ)|chuyển (?:sang )?(?:năm|"
        r"kỳ)[^\d:;.()]{0,12}))?(?: là)?\s*[:=]? ?(?=\d)"
    )),
    ("in", re.compile(rf"{_MARK}(?:tổng (?:số )?|số |phần |các khoản )?thu(?!\w)")),
    ("out", re.compile(rf"{_MARK}(?:tổng (?:số )?|số |phần |các khoản |đã )?chi(?! (?:bộ|hội|đoàn|tiết))(?!\w)")),
)  # fmt: skip
#: The total of a line that tells its items as well.
_TOTAL = re.compile(r"(?<!\w)(?:cộng|tổng(?: số| cộng)?)(?: (?:thu|chi|tiền|các khoản|là))*:? ?$")
_CLOSING = re.compile(r"(?<!\w)cuối (?:kỳ|năm|nhiệm kỳ)(?!\w)")
_REACH, _FAR = 12, 0.35


def find_cash_lines(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """What is left against what there was, came in and went out, where each has a line of its own in this order.

    Of a line with several sums the one called a total counts. Without what there was before, what came in is all.
    """
    if not holds(_AT, reading.lower, 0, len(reading.lower)):
        return
    found: dict[str, _Row] = {}
    last = -_REACH
    for block, level in rows:
        role = next((name for name, form in _ROLES if form.match(reading.lower, block.body, block.end)), None)
        if block.index - last > _REACH:
            found = {}
        money = _money(reading, level) if role is not None else None
        if role is None or money is None:
            continue
        last = block.index
        if role == "first" or role in found or (role == "out" and "in" not in found):
            found = {}
        if role in ("first", "in", "out"):
            found[role] = money
        elif "in" in found and "out" in found:
            yield from _balance(reading, found, money)
            found = {}


def _money(reading: Reading, level: Level) -> _Row | None:
    """The only sum of a line, else the one called a total."""
    sums = [(a, s) for s in level.segments for a in s.amounts if a.family == "money" and usable(a) and a.of is None]
    totals = [row for row in sums if _TOTAL.search(reading.lower, row[1].start, row[0].start)]
    if len(sums) == 1:
        return sums[0]
    return totals[0] if len(totals) == 1 else None


def _balance(reading: Reading, found: dict[str, _Row], rest: _Row) -> Iterator[Relation]:
    came, went = quantity(reading, *found["in"]), quantity(reading, *found["out"])
    left = quantity(reading, *rest)
    parts = [came, went.model_copy(update={"value": -went.value})]
    if "first" in found:
        parts.insert(0, quantity(reading, *found["first"]))
    made = sum(part.value for part in parts)
    if abs(made - left.value) > _FAR * max(came.value, abs(made)):
        return
    amount, segment = rest
    if "first" in found and _CLOSING.search(reading.lower, segment.start, amount.start):
        steps = tuple(parts[1:])  # from the beginning of a time to its end
        yield Relation(kind="change", whole=left, parts=(parts[0], *steps), exhaustive=True, cue="balance")
    else:
        yield Relation(kind="sum", whole=left, parts=tuple(parts), exhaustive=True, cue="còn")
