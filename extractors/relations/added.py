"""Additions written out: ``211 + 174 + 240 = 625 đơn vị``, ``214 = 78 nhà trọ + 136 nội trú``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.numbers import parse_numeral
from extractors._shared.scan import holds
from extractors.relations.reading import Reading
from extractors.relations.structure import Level
from schemas.relation import Quantity, Relation

_N = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d.,]*\d|[\w%/]| ?[%/])"
#: What may be said of a number: two or three words, none of them a sign.
_SAID = r"(?: [^\W\d_]+){0,3}"
_TERMS = rf"{_N}{_SAID}(?: ?\+ ?{_N}{_SAID})+"
_ADDED = re.compile(
    r"(?<![\d.,/+*x=-])(?<![+*x=/-] )"
    rf"(?:(?P<parts>{_TERMS}) ?= ?(?P<whole>{_N})|(?P<sum>{_N}){_SAID} ?= ?(?P<of>{_TERMS}))(?! ?[-+*x/=])"
)
#: Before numbers that only name: ``khối 3 + 4``.
_NAMING = re.compile(r"(?<!\w)(?:lớp|khối|k|tổ|nhóm|bài|câu|tiết|tháng|quý|năm|tuần|kỳ|hk|số|mục|điều|ngày|môn|ca) ?$")
#: So far from what they make, numbers are no sum.
_FAR = 0.5
_NUMBER = re.compile(_N)
#: Sums of points are weighted, those of a formula are no counts.
_FORMULA = re.compile(r"(?<!\w)(?:công thức|hệ số|nhân|phép (?:tính|cộng))(?!\w)")


def find_added(reading: Reading, level: Level) -> Iterator[Relation]:
    """The sums that a passage writes with signs; whatever counts them, the numbers must agree."""
    if not holds(("+",), reading.text, level.start, level.end) or _FORMULA.search(
        reading.lower, level.start, level.end
    ):
        return
    for match in _ADDED.finditer(reading.lower, level.start, level.end):
        listed, made = ("parts", "whole") if match["parts"] else ("of", "sum")
        parts = tuple(_quantity(reading, n.span()) for n in _NUMBER.finditer(reading.lower, *match.span(listed)))
        whole = _quantity(reading, match.span(made))
        total = sum(part.value for part in parts)
        named = _NAMING.search(reading.lower, max(level.start, match.start() - 8), match.start()) is not None
        if named or abs(total - whole.value) > _FAR * max(total, whole.value):
            continue
        yield Relation(kind="sum", whole=whole, parts=parts, exhaustive=True, disjoint=True, cue="+")


def _quantity(reading: Reading, span: tuple[int, int]) -> Quantity:
    return reading.quantity(parse_numeral(reading.lower[slice(*span)]), span, span)
