"""Of which time a number tells."""

from __future__ import annotations

import re

from extractors._shared.document import Document

_COMPARED = re.compile(
    r"(?:so với|(?:cao|thấp|nhiều|ít|kém|tốt|lớn|nhỏ) hơn(?: so với)?|hơn|kém|vượt) (?:kết quả |số liệu |mức )?"
    r"(?:cùng kỳ |cuối |đầu )?(?:của )?(?:năm học |năm )?$"
)

#: Before the day of a document that is cited: ``Nghị quyết số 9c/NQ-BCH ngày``.
_OF_DOCUMENT = re.compile(r"\d[a-zđ]?(?:/\d{4})?[/-][^\W\d_][^\s,;()]*,? (?:ngày )?$")


def _is_aside(lowered: str, sentence: tuple[int, int], date: tuple[int, int], at: int) -> bool:
    """Whether a date stands with figures in a bracket outside of which a number stands."""
    opened = lowered.rfind("(", sentence[0], date[0])
    if opened < 0 or lowered.find(")", opened, date[0]) >= 0:
        return False
    closed = lowered.find(")", date[1], sentence[1])
    if closed < 0 or opened < at < closed:
        return False
    return _DIGIT.search(lowered, opened, date[0]) is not None or _DIGIT.search(lowered, date[1], closed) is not None


_DIGIT = re.compile(r"\d")


def period_of(document: Document, sentence: tuple[int, int], at: int, default: str | None) -> str | None:
    """The date, year or school year said nearest before a number in its sentence, else right after it.

    A bracket with figures of its own tells the time of these alone: ``671 em (năm trước 642 em); khối 6: 184``.
    """
    dates = [
        d
        for d in document.dates_in(*sentence)
        if d.iso
        and not _COMPARED.search(document.lower, max(sentence[0], d.start - 30), d.start)
        and not _OF_DOCUMENT.search(document.lower, max(sentence[0], d.start - 40), d.start)
        and not _is_aside(document.lower, sentence, (d.start, d.end), at)
    ]
    before = [d for d in dates if d.end <= at]
    if before:
        return before[-1].iso
    after = [d for d in dates if d.start >= at]
    return after[0].iso if after else default
