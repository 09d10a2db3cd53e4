"""How many pupils a grade has, told twice: ``khối 12 có 9 lớp (333 HS)`` and later ``cho 323 học sinh khối 12``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.saying import PLANNED
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level
from schemas.relation import Quantity, Relation

#: With what the cue of such pairs begins.
COHORT = "học sinh khối"
_BEFORE = re.compile(
    r"(?<!\w)(?:khối|khối lớp|lớp) (?P<grade>\d{1,2})(?: (?:hiện |nay )?(?:có|gồm|là)|:)"
    r"(?: \d{1,2} lớp(?:,| với| gồm| \(|:)?)? ?(?:có |với )?$"
)
_BEHIND = re.compile(r" (?:của |ở |toàn )?(?:khối|khối lớp|lớp) (?P<grade>\d{1,2})(?![\w/]|[.,]\d| (?:và|đến) \d|, \d)")
#: Where the clause ends behind all of a grade, or says what is done with them all.
_ENDS = re.compile(r"\s*(?:[.;,)\n]|$|(?:đều|phấn đấu|được (?:học|ôn|tư vấn|phụ đạo|hướng nghiệp))(?!\w))")
#: Some of a grade only, or those of another time.
_NOT_ALL = re.compile(
    r"(?<!\w)(?:trong (?:số )?(?:đó|này)|thêm|mới|tăng|giảm|trước|ngoái|đầu năm|cuối năm|nữ|dân tộc|giỏi|khá|yếu|đạt|"
    r"đoạt|đỗ|đậu|dự|(?<!ôn )thi(?! tốt nghiệp| thử)|tham gia|đăng k[ýí]|vắng|chọn|tuyển|chỉ tiêu|dự kiến|chưa|không|"
    r"bỏ|học lực|hộ|nghèo|khuyết tật|lượt|còn|từ|gần|hơn|trên|khoảng)(?!\w)"
)
_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d\d(?!\d)")
_REACH = 50


@dataclass(frozen=True)
class _Cohort:
    """All pupils of one grade, by one passage, with the years that its line names."""

    grade: str
    block: Block
    quantity: Quantity
    years: frozenset[str]


def find_cohorts(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Two sizes of one grade that differ as by a slip of the hand; three sizes are those of several years."""
    found = [cohort for block, level in rows if block.kind != "cell" for cohort in _cohorts(reading, block, level)]
    for grade in dict.fromkeys(cohort.grade for cohort in found):
        alike = [cohort for cohort in found if cohort.grade == grade]
        if len({cohort.quantity.value for cohort in alike}) != 2:
            continue
        for one, other in combinations(alike, 2):
            a, b = one.quantity, other.quantity
            if one.block is not other.block and one.years == other.years and differ_by_slip(a.value, b.value):
                cue = f"{COHORT} {grade}"
                yield Relation(kind="same", whole=None, parts=(a, b), exhaustive=True, cue=cue)
                break


def _cohorts(reading: Reading, block: Block, level: Level) -> Iterator[_Cohort]:
    for inner in level.walk():
        for segment in inner.segments:
            for amount in segment.amounts:
                if amount.family != "pupil" or amount.of is not None or not usable(amount):
                    continue
                if (grade := _grade(reading, block, amount)) is not None:
                    years = frozenset(_YEAR.findall(reading.lower, block.body, block.end))
                    yield _Cohort(grade, block, quantity(reading, amount, segment), years)


def _grade(reading: Reading, block: Block, amount: Amount) -> str | None:
    """The grade that an amount counts all pupils of."""
    said = reading.lower[max(block.body, amount.start - _REACH) : amount.start]
    clause = re.split(r"[.;] |\(|, ", said)[-1]
    before, behind = _BEFORE.search(said), _BEHIND.match(reading.lower, amount.unit_end)
    if (before is None) == (behind is None):
        return None
    end = amount.unit_end if behind is None else behind.end()
    if _ENDS.match(reading.lower, end) is None or _NOT_ALL.search(clause) or PLANNED.search(clause):
        return None
    found = before or behind
    return found["grade"] if found is not None else None
