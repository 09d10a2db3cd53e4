"""A number with what it counts, and lessons, which are counted in hours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.document import Document
from extractors._shared.numbers import Number


@dataclass(frozen=True)
class Counted:
    """A number with its counted noun and where the noun ends; ``unit_range`` where it stands behind the number."""

    number: Number
    unit: str | None
    unit_end: int
    unit_range: tuple[int, int] | None
    confidence: float


#: Where hours are lessons: ``dự 40 giờ, xếp loại giỏi 22 giờ``.
_LESSONS = re.compile(
    r"(?<!\w)(?:dự|thao giảng|hội giảng|dự giờ|dạy)(?: được)? $|"
    r"(?<!\w)(?:dự|thao giảng|giảng|dự giờ|dạy)(?!\w)[^.]*\d giờ[^.]*"
    r"(?:tốt|giỏi|khá|tb|trung bình|yếu|đạt)(?: yêu cầu)?:? $"
)
_HOURS = " giờ"


def lessons(document: Document, sentence: tuple[int, int], number: Number) -> Counted | None:
    """The hours of a number where they are lessons; None for any other time."""
    end = number.end + len(_HOURS)
    if not document.lower.startswith(_HOURS, number.end) or document.lower[end : end + 2].strip()[:1].isdigit():
        return None
    if not _LESSONS.search(document.lower, sentence[0], number.start):
        return None
    return Counted(number, document.value(number.end + 1, end), end, (number.end + 1, end), 0.7)
