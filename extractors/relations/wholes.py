"""Sizes that a report prints for one and the same whole: ``24/24 đơn vị`` and ``23/23 đơn vị``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors._shared.document import Block
from extractors._shared.levels import find_levels, join_levels
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

_FAMILIES = ("school", "place", "cell", "class")
#: All classes are counted where the words behind say so: ``43/43 lớp trong toàn trường``.
_OF_ALL = re.compile(
    r"\s*(?:của |trong |thuộc |ở )?(?:toàn |nhà |cả )?trường(?! [^\W\d_]*(?:học|non|sở|thông|số)(?!\w))(?!\w)"
)
_ALIKE = {
    "trường học": "trường",
    "nhà trường": "trường",
    "đơn vị trường": "đơn vị",
    "đơn vị trường học": "đơn vị",
    "xã thị trấn": "xã, thị trấn",
}
# Words after the counted noun that narrow it: the whole is then another one.
_NARROWED = re.compile(
    r"\s*(?:tham gia|dự thi|dự|đăng ký|đăng kí|được (?:kiểm tra|chọn|giao|thanh tra|đánh giá|khảo sát)|thuộc|"
    r"vùng|ngoài công lập|công lập|tư thục|"
    r"xây dựng|đề nghị|trong|của|trực thuộc|có (?:học sinh|trẻ|cấp|lớp)|tổ chức bán trú|bán trú|ở|tại|nằm|"
    r"khó khăn|còn lại|khác)(?!\w)"
)
# Words before a number that limit it to a part of the whole.
_LIMITED = re.compile(
    rf"(?<!\w)(?:(?i:cụm|miền|khu vực|khối thi đua|vòng|đợt|học kỳ|hk) ?\S+|(?i:năm học|năm|tháng|giai đoạn) \d[\d/-]*|"
    rf"(?i:xã|thị trấn|phường|huyện|quận|tỉnh) [{UPPER}]\S+)"
)
_TOTAL = re.compile(
    r"(?:toàn (?:huyện|ngành|tỉnh|thành phố|quận|thị xã|khối|cụm) (?:hiện )?(?:có|còn)|tổng số(?: là| có)?|hiện có)\s*$"
)


def find_wholes(reading: Reading, levels: Iterable[tuple[Block, Level]]) -> list[Relation]:
    """One relation for each whole whose size is printed at least twice.

    A whole is told by the counted noun, its school level (its own, or that of the headings above),
    what narrows it and the part or time it is limited to. People are left out: those counted of
    one contest are not those of another.
    """
    found: dict[tuple[str, str, str], list[Quantity]] = {}
    for block, level in levels:
        for inner in level.walk():
            for segment in inner.segments:
                for amount in segment.amounts:
                    if size := _size(reading, segment, amount):
                        found.setdefault(_key(reading, block, segment, amount), []).append(size)
    return [
        Relation(kind="whole", whole=None, parts=tuple(sizes), exhaustive=True, cue=" ".join(filter(None, key)))
        for key, sizes in found.items()
        if len(sizes) > 1
    ]


def _size(reading: Reading, segment: Segment, amount: Amount) -> Quantity | None:
    if amount.family not in _FAMILIES or amount.percent or amount.change or amount.vague:
        return None
    if amount.of is None:
        before = reading.lower[max(segment.start, amount.start - 40) : amount.start]
        after = re.match(r"[^,;.()]*", reading.lower[_noun_end(reading, amount) : segment.end])
        if not _TOTAL.search(before) or (after and after.group(0).strip()):
            return None
        return quantity(reading, amount, segment)
    if amount.family == "class" and (amount.value != amount.of or not _of_all(reading, amount)):
        return None
    if amount.value > amount.of or any(reading.has("rel_target", *span) for span in segment.own):
        return None
    return quantity(reading, amount, segment).model_copy(update={"value": amount.of})


def _of_all(reading: Reading, amount: Amount) -> bool:
    return _OF_ALL.match(reading.lower, amount.unit_end) is not None


def _noun_end(reading: Reading, amount: Amount) -> int:
    levels = find_levels(reading.text, reading.lower, amount.unit_end, min(len(reading.text), amount.unit_end + 30))
    if levels and levels[0][0] - amount.unit_end <= 5:
        return levels[0][1]
    return amount.unit_end


def _key(reading: Reading, block: Block, segment: Segment, amount: Amount) -> tuple[str, str, str]:
    own = [level for _, _, level in find_levels(reading.text, reading.lower, segment.start, segment.end)]
    level = join_levels(own) or reading.document.level(block) or ""
    if amount.family == "class":
        return "lớp toàn trường", level, ""
    narrowed = _NARROWED.match(reading.lower, _noun_end(reading, amount))
    what = reading.lower[amount.unit_end : amount.unit_end + 40].strip() if narrowed else ""
    limits = sorted(_limits(reading, segment, amount))
    unit = amount.unit or ""
    return _ALIKE.get(unit, unit), level, "; ".join(filter(None, [what, *limits]))


def _limits(reading: Reading, segment: Segment, amount: Amount) -> Iterator[str]:
    for start, end in segment.own:
        for match in _LIMITED.finditer(reading.text, start, end):
            if not match.start() <= amount.unit_end <= match.end() and match.start() != amount.end + 1:
                yield match.group(0).lower()
