"""Aims that a plan sets twice: ``Duy trì sĩ số 99,5% trở lên`` and, further on, ``duy trì sĩ số không dưới 98,5%``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.reading import UPPER, Reading
from extractors.relations.saying import (
    KINDS_OF_TIME,
    is_bare,
    moment_of,
    narrowing,
    telling,
    without_dates,
)
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level
from extractors.relations.years import stands_in_plan, stands_in_review
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

#: The cue of such pairs.
AIMED_TWICE = "chỉ tiêu đề ra"
_PLANS = ("ke_hoach", "chuong_trinh", "nghi_quyet")
_SET = re.compile(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu|mục tiêu|duy trì|giữ|giữ vững|đạt|bảo đảm|đảm bảo|huy động|nâng|không dưới|ít nhất|"
    r"tối thiểu|trở lên|từ)(?!\w)"
)
#: Beside a number: how it is now, or was, or what it is of another time, group or step.
_NOT_SET = re.compile(
    r"(?<!\w)(?:hiện (?:nay|có|tại)|hiện|năm (?:học )?(?:trước|ngoái|qua)|đã đạt|so với|thực hiện|kết quả|tăng|giảm|"
    r"trong đó|riêng|khối|(?<!lên )(?<!ra )(?<!trình )lớp|tổ|sau khi|thi lại|lần|đợt|học kỳ|hk|kỳ|đầu năm|mỗi|"
    r"bình quân|từng|khu|điểm|cấp|dân tộc|khuyết tật|nữ|nghèo)(?!\w)"
)
_SIGNS = re.compile(r"[;:()]|[.,](?!\d)|(?<!\w)(?:để|nhằm|phấn đấu)(?!\w)")
#: Words that an aim may have in one place alone.
_SILENT = frozenset(
    ("chỉ", "tiêu", "đạt", "phấn", "đấu", "giữ", "vững", "duy", "trì", "bảo", "đảm", "huy", "động", "nâng", "ít",
     "dưới", "không", "tối", "thiểu", "trở", "tỷ", "tỉ", "lệ", "mục", "số", "từ", "nhất", "mức", "hết", "hoàn", "thành",
     "độ", "tuổi", "ra", "đến", "trường", "lớp", "đi", "học", "hằng", "hàng", "năm", "thêm", "được", "phải", "đó")
)  # fmt: skip
_NEAR_POINTS = 5
_LEAST_WORDS = 1


@dataclass(frozen=True)
class _Aim:
    """A percentage that a clause of a plan sets, with what it is of."""

    value: float
    words: frozenset[str]
    telling: frozenset[str]
    group: str
    block: Block
    quantity: Quantity
    times: frozenset[str]


def find_aims_twice(
    reading: Reading, rows: Sequence[tuple[Block, Level]], records: Sequence[Record]
) -> Iterator[Relation]:
    """Pairs of percentages that two items of a plan set for one thing, in the same words but those of setting it."""
    report = next((record for record in records if isinstance(record, Report)), None)
    planned = report is not None and report.kind in _PLANS
    aims = [
        aim
        for block, level in rows
        if block.kind not in ("cell", "junk", "heading") and "%" in reading.text[block.body : block.end]
        if (planned and not stands_in_review(reading, block)) or stands_in_plan(reading, block)
        for aim in _aims(reading, block, level)
    ]
    for first, other in combinations(aims, 2):
        if first.block is other.block or first.value == other.value or not _are_one(first, other):
            continue
        far = abs(first.value - other.value)
        rivals = {aim.value for aim in aims if _are_one(aim, first) or _are_one(aim, other)}
        near = far <= _NEAR_POINTS or differ_by_slip(first.value, other.value)
        if near and len(rivals) <= len((first, other)):
            parts = (first.quantity, other.quantity)
            yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=AIMED_TWICE)


def _aims(reading: Reading, block: Block, level: Level) -> Iterator[_Aim]:
    amounts = sorted((a for inner in level.walk() for s in inner.segments for a in s.amounts), key=lambda a: a.start)
    for index, amount in enumerate(amounts):
        if amount.percent and not amount.change and (aim := _aim(reading, block, amounts, index)) is not None:
            yield aim


def _aim(reading: Reading, block: Block, amounts: Sequence[Amount], index: int) -> _Aim | None:
    """What a percentage sets, by its own clause: a neighbour's number or a bracket ends it."""
    amount, before = amounts[index], amounts[index - 1] if index else None
    start, end = reading.document.sentence_at(amount.start)
    floor = max(start, block.body, before.end if before is not None else 0)
    opening = max((m.end() for m in _SIGNS.finditer(reading.lower, floor, amount.start)), default=floor)
    following = amounts[index + 1].start if index + 1 < len(amounts) else end
    sign = _SIGNS.search(reading.lower, amount.end, min(end, following))
    stop = sign.start() if sign is not None else min(end, following)
    dates = reading.document.dates_in(start, end)
    if any(opening <= d.start < stop for d in dates if d.kind in KINDS_OF_TIME):
        return None  # a step of several years
    said = without_dates(reading, opening, stop, dates).replace(reading.lower[amount.start : amount.end], " ")
    if _NOT_SET.search(reading.lower, opening, stop) or re.search(r"\d", said) or moment_of(said):
        return None
    if re.search(rf"(?<!\w)[{UPPER}]{{2,}}", reading.text[opening:stop]) is not None:
        return None  # of one level or school: 98% HS THCS
    if _SET.search(reading.lower, opening, stop) is None:
        return None
    words = telling(said) - _SILENT
    passage = (opening + (reading.text[opening] == " "), max(stop, amount.end))
    number = reading.quantity(amount.value, (amount.start, amount.end), passage, unit="%")
    times = frozenset(d.iso for d in dates if d.kind in KINDS_OF_TIME and d.iso and d.start < amount.start)
    return _Aim(amount.value, words, telling(said), _group(reading, block), block, number, times)


#: A heading that tells whose the aims below it are.
_OF_GROUP = re.compile(
    r"(?:đối với |về |các )?(?:cấp|bậc|tổ(?! chức)|khối|lớp|trường|chi bộ|công đoàn|mầm non|tiểu học|thcs|thpt|"
    r"nhà trẻ|mẫu giáo|giáo dục (?:mầm|tiểu|trung|thường)|phổ thông|đoàn|đội|cụm|phòng)(?!\w)"
)


def _group(reading: Reading, block: Block) -> str:
    """The nearest heading above a block that names a group."""
    heads = (reading.lower[above.body : above.end] for above in reading.document.ancestors(block))
    return next((head for head in heads if _OF_GROUP.match(head)), "")


def _are_one(one: _Aim, other: _Aim) -> bool:
    """Whether two aims are told by the same words; where none are left, by those of setting them."""
    if narrowing(one.telling) != narrowing(other.telling) or one.group != other.group:
        return False
    if one.times and other.times and one.times != other.times:
        return False  # steps of several years
    if one.words and other.words:
        return one.words == other.words
    if one.words or other.words:
        return False
    shared = (one.telling & other.telling) & _SILENT
    return len(shared) > _LEAST_WORDS and not is_bare(one.telling & other.telling)
