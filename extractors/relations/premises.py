"""The size of all of a school's grounds, told twice: ``khuôn viên rộng 18.600 m2`` and ``diện tích 16.800 m2``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from extractors._shared.numbers import find_numbers
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.wording import says
from schemas.relation import Quantity, Relation

#: With what the cue of such pairs begins.
PREMISES = "diện tích khuôn viên"
_AT = Words(("khuôn viên", "diện tích", "mặt bằng", "khu đất"))
#: How all of the grounds are called, up to their size.
_CALLED = re.compile(
    r"(?<!\w)(?P<what>(?:tổng )?(?:diện tích|khuôn viên|mặt bằng|khu đất))"
    r"(?P<more>(?: (?:diện tích|khuôn viên|đất|khu đất|mặt bằng|toàn bộ|toàn|tổng thể|của|nhà|trường|là|rộng|hiện có|"
    r"hiện nay|có|trên|khoảng))*):? (?P<n>\d[\d.,]*\d) ?(?P<unit>m2|m²|m 2|ha|mét vuông|héc ta)(?!\w)"
)
#: What has grounds that are not all of a school's, or had others before.
_PART = re.compile(
    r"(?<!\w)(?:phòng|lớp|sân|thư viện|điểm|cơ sở|phân hiệu|khu (?!đất)|bếp|vườn|nhà (?!trường)|xây dựng|sàn|bình quân|"
    r"mỗi|mở rộng|thêm|tăng|giảm|ban đầu|trước|quy hoạch|dự kiến|bàn giao|hiến|thu hồi|cấp thêm|lên|còn)(?!\w)"
)
_METRES = ("m2", "m²", "m 2", "mét vuông")
_LEAST = 100
_REACH = 40


def find_premises(reading: Reading) -> Iterator[Relation]:
    """The first two sizes of one school's grounds of which one is the other miswritten."""
    if not holds(_AT, reading.lower, 0, len(reading.lower)):
        return
    found = [size for block in reading.document.prose() for size in _sizes(reading, block.body, block.end)]
    for one, other in combinations(found, 2):
        a, b = one.value, other.value
        if one.unit == other.unit and sorted(f"{a:g}") == sorted(f"{b:g}") and differ_by_slip(a, b):
            yield Relation(kind="same", whole=None, parts=(one, other), exhaustive=True, cue=PREMISES)
            return


def _sizes(reading: Reading, start: int, end: int) -> Iterator[Quantity]:
    if not holds(_AT, reading.lower, start, end):
        return
    for match in _CALLED.finditer(reading.lower, start, end):
        said = re.split(r"[.;:,] ", reading.lower[max(start, match.start() - _REACH) : match.start()])[-1]
        numbers = list(find_numbers(reading.text, *match.span("n")))
        if _PART.search(said) or says("revision", said) or len(numbers) != 1 or numbers[0].value < _LEAST:
            continue
        unit = "m2" if match["unit"] in _METRES else "ha"
        yield reading.quantity(numbers[0].value, match.span("n"), match.span(), unit=unit)
