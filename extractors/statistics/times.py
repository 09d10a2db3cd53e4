"""Of which time a number tells."""

from __future__ import annotations

import re

from extractors._shared.document import Document

_COMPARED = re.compile(
    r"(?:so với|(?:cao|thấp|nhiều|ít|kém|tốt|lớn|nhỏ) hơn(?: so với)?|hơn|kém|vượt) (?:kết quả |số liệu |mức )?"
    r"(?:cùng kỳ |cuối |đầu )?(?:của )?(?:năm học |năm )?$"
)


def period_of(document: Document, sentence: tuple[int, int], at: int, default: str | None) -> str | None:
    """The date, year or school year said nearest before a number in its sentence, else right after it."""
    dates = [
        d
        for d in document.dates_in(*sentence)
        if d.iso and not _COMPARED.search(document.lower, max(sentence[0], d.start - 30), d.start)
    ]
    before = [d for d in dates if d.end <= at]
    if before:
        return before[-1].iso
    after = [d for d in dates if d.start >= at]
    return after[0].iso if after else default
