"""A count and the size of a ratio behind it in one paragraph: ``Trường có 24 phòng học. 22/25 phòng học có ti vi``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Relation

_FAMILIES = (*PEOPLE, "room", "class")
_LEAST = 5
#: Sizes further apart are hardly of one whole.
_NEAR, _NEAR_COUNT = 0.05, 2
#: Behind the noun of a count that nothing narrows; rooms may be told for so many classes.
_ALL_THERE_ARE = re.compile(r"\s*(?:[.,;:()]|$|và \d|với \d|(?:kiên cố )?cho \d+ lớp|đủ cho \d+ lớp)")
#: Before a count that is not all, or of another time.
_NOT_ALL = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|riêng|thêm|mới|tăng|giảm|trước|đầu năm|ngoái|so với|cần|thiếu|mượn|nhờ|chỉ tiêu|"
    r"kế hoạch|mỗi|tối đa|tối thiểu|định biên|được giao|nữ|dân tộc|đảng viên)(?!\w)"
)
#: Behind a ratio that is out of some of them.
_SOME = re.compile(
    r"\s*(?:\S+ )?(?:nữ|dân tộc|trong diện|thuộc|cũ|mới|cấp|dạy|lớp|khối|tham gia|dự|đăng k[ýí]|trúng|hợp đồng|"
    r"biên chế|được (?!trang|lắp|nối|kết|sơn|nâng|kiên|công|xếp|đánh))(?!\w)"
)
#: Behind a ratio of all there are: what they have or are, and nothing that tells which (``phòng học khu A``).
_ARE = re.compile(
    r"\s*(?:[.;:(=)]|,(?! (?:nhân|cán|giáo|phòng|lớp|nhóm)(?!\w))|$|"
    r"(?:đều |hiện |đã |được |bảo đảm |đảm bảo )*(?:có|đạt|đảm bảo|bảo đảm|là|hoàn thành|xếp|lắp|trang|nối|"
    r"kết|kiên cố|sử dụng|thực hiện|tổ chức|sơn|nâng|công nhận|đánh giá|biết|đủ|học|phủ|vượt)(?!\w))"
)
#: Between two numbers: a time of its own for the second.
_LATER = re.compile(
    r"(?<!\w)(?:(?:cuối|hết|giữa) (?:năm|kỳ|học kỳ)|học kỳ|hk|tháng|quý|đợt|"
    r"(?:năm|từ|sau|cơ sở) \d+|tại|khu|điểm)(?!\w)"
)


def find_sized(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Wholes with two sizes: the one count of a noun in a paragraph, and what a ratio of that noun is out of.

    Of people only more than there are is told: those examined or present are often fewer.
    """
    for block, level in rows:
        found = sorted(((a, s) for inner in level.walk() for s in inner.segments for a in s.amounts), key=_place)
        for index, (ratio, segment) in enumerate(found):
            if ratio.of is None or ratio.family not in _FAMILIES or ratio.value > ratio.of or ratio.percent:
                continue
            if _SOME.match(reading.lower, ratio.unit_end) or not _ARE.match(reading.lower, ratio.unit_end):
                continue
            whole = _whole(reading, block, found[:index], ratio)
            if whole is None or _is_explained([a for a, _ in found], whole[0], ratio):
                continue
            sizes = quantity(reading, *whole), quantity(reading, ratio, segment).model_copy(update={"value": ratio.of})
            yield Relation(kind="whole", whole=None, parts=sizes, exhaustive=True, cue=ratio.unit or "")


def _place(row: tuple[Amount, Segment]) -> int:
    return row[0].start


def _whole(
    reading: Reading, block: Block, before: Sequence[tuple[Amount, Segment]], ratio: Amount
) -> tuple[Amount, Segment] | None:
    """The only count of a ratio's noun before it, where it is of all there are and is near but another."""
    counts = [(a, s) for a, s in before if a.unit == ratio.unit and not a.percent]
    if len(counts) != 1 or counts[0][0].of is not None or not usable(counts[0][0]) or counts[0][0].value < _LEAST:
        return None
    amount, size = counts[0][0], ratio.of or 0
    apart = size - amount.value
    if not apart or abs(apart) > max(_NEAR_COUNT, _NEAR * size) or (apart < 0 and ratio.family in PEOPLE):
        return None
    said = reading.lower[max(block.body, amount.start - 60) : amount.start]
    if _NOT_ALL.search(re.split(r"[.;]\s", said)[-1]) or not _ALL_THERE_ARE.match(reading.lower, amount.unit_end):
        return None
    between = reading.lower[amount.unit_end : ratio.start].replace("trong đó", "")
    return counts[0] if _NOT_ALL.search(between) is None and _LATER.search(between) is None else None


def _is_explained(amounts: Sequence[Amount], whole: Amount, ratio: Amount) -> bool:
    """Whether a paragraph has a number that makes up for the difference, or gives the other size itself."""
    apart = abs((ratio.of or 0) - whole.value)
    others = [a for a in amounts if a is not whole and a is not ratio and not a.percent]
    return any(a.value == apart or ratio.of in (a.value, a.of) for a in others)
