"""What one thing costs, told twice: ``suất ăn ở mức 18.000 đồng`` and ``suất ăn đang áp dụng là 20.000 đồng``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.document import Block
from extractors._shared.numbers import find_numbers
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.wording import says
from schemas.relation import Quantity, Relation

#: With what the cue of such pairs begins.
PRICES = "mức tiền"
_AT = Words(("đồng", "đ/"))
#: What pupils or families pay for by the head, one form for all that mean one thing.
_THINGS = {
    "suất ăn": r"(?:suất|bữa|tiền|mức|giá|giá suất) (?:cơm|ăn)(?: bán trú| trưa| chính)?(?! sáng| tối| phụ| xế)",
    "học phí": r"học phí",
    "bảo hiểm y tế": r"(?:mức )?(?:đóng )?(?:bảo hiểm y tế|bhyt)",
    "quần áo đồng phục": r"(?:bộ )?đồng phục",
    "nước uống": r"(?:tiền )?nước uống",
    "vé": r"vé tham quan",
    "học bổng": r"suất học bổng|học bổng",
    "tài liệu": r"bộ sách giáo khoa|sách giáo khoa",
    "thù lao": r"thù lao",
    "đảng phí": r"đảng phí",
}
_THING = "|".join(f"(?P<t{i}>{form})" for i, form in enumerate(_THINGS.values()))
#: Between a thing and its price.
_IS = r"[^.;:\d\n]{0,50}?:? "
_PRICE = re.compile(
    rf"(?<!\w)(?:{_THING}){_IS}(?P<n>\d{{1,3}}(?:\.\d{{3}})+) ?(?:đồng|đ)(?!\w)"
    r"(?P<per> ?(?:/|một|mỗi) ?(?P<unit>suất|bữa|ngày|tháng|năm|học kỳ|em|trẻ|cháu|học sinh|bộ))?"
)
#: Beside a price: that of another time, place or group, or no single one.
_OTHER = re.compile(
    r"(?<!\w)(?:trước đây|trước|năm (?:học )?(?:trước|ngoái)|cũ|từ|lên|xuống|(?<!không )tăng|(?<!không )giảm"
    r"|điều chỉnh|dự kiến|đề xuất|"
    r"đề nghị|sẽ|tối đa|không quá|tối thiểu|trở lên|hỗ trợ|miễn|khu vực|"
    r"vùng|thành thị|nông thôn|lớp|khối|nếu|đợt|lần|tổng|học kỳ|quyên góp|thu được|chi|nợ|ngân sách|bình quân|"
    r"cụ thể|riêng|khác|gồm)(?!\w)"
)
_LEVEL = re.compile(r"(?<!\w)(?:nhà trẻ|mẫu giáo|mầm non|tiểu học|thcs|trung học cơ sở|thpt|trung học phổ thông)(?!\w)")
_REACH, _MOST_APART = 40, 0.5


@dataclass(frozen=True)
class _Price:
    thing: str
    unit: str
    levels: frozenset[str]
    block: int
    quantity: Quantity


def find_prices(reading: Reading, blocks: Sequence[Block]) -> Iterator[Relation]:
    """The first two prices of one thing that are not the same; of a thing with more prices none."""
    if not holds(_AT, reading.lower, 0, len(reading.lower)):
        return
    found = [price for block in blocks for price in _in_block(reading, block)]
    for first, other in combinations(found, 2):
        a, b = first.quantity.value, other.quantity.value
        units = {first.unit, other.unit} - {""}
        alike = (first.thing, first.levels) == (other.thing, other.levels)
        values = {p.quantity.value for p in found if (p.thing, p.levels) == (first.thing, first.levels)}
        near = abs(a - b) <= _MOST_APART * max(a, b)
        apart = first.block != other.block and a != b
        if alike and apart and near and len(units) < 2 and len(values) == 2:
            parts = (first.quantity, other.quantity)
            yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=f"{PRICES} {first.thing}")
            return


def _in_block(reading: Reading, block: Block) -> Iterator[_Price]:
    if block.kind in ("cell", "junk") or not holds(_AT, reading.lower, block.body, block.end):
        return
    for start, end in reading.document.sentences(block):
        for match in _PRICE.finditer(reading.lower, start, end):
            before = re.split(r"[.;:,] ", reading.lower[max(start, match.start() - _REACH) : match.start()])[-1]
            said = f"{before} {reading.lower[match.start() : match.start('n')]}"
            behind = reading.lower[match.end() : min(end, match.end() + _REACH)].split(";")[0].split(". ")[0]
            numbers = list(find_numbers(reading.text, *match.span("n")))
            if len(numbers) != 1 or any(_OTHER.search(one) or says("revision", one) for one in (said, behind)):
                continue
            thing = next(name for i, name in enumerate(_THINGS) if match[f"t{i}"])
            number = reading.quantity(numbers[0].value, match.span("n"), match.span(), unit="đồng")
            levels = frozenset(_LEVEL.findall(f"{said} {behind}"))
            yield _Price(thing, match["unit"] or "", levels, block.index, number)
