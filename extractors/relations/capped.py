"""Percentages that nothing can lift over 100."""

from __future__ import annotations

import re

from extractors.relations.amounts import Amount
from extractors.relations.reading import Reading

#: People and bodies, which are counted once.
_COUNTED = ("pupil", "staff", "person", "school", "place", "cell")
#: At the head of a sentence: rates of all there are, whatever level or time they are told of.
_OF_ALL = re.compile(
    r"\s*(?:tỷ lệ|tỉ lệ) (?:học sinh |trẻ |hs )?(?:đi học )?(?:chuyên cần|bé chuyên cần|duy trì sĩ số|lên lớp|"
    r"chuyển lớp|tốt nghiệp|đúng độ tuổi|hoàn thành (?:chương trình|lớp học)|bỏ học)(?!\w)"
)


def is_capped(reading: Reading, start: int, amount: Amount) -> bool:
    """Whether a percentage in the sentence that begins at ``start`` is one of people, bodies or all there are."""
    return amount.family in _COUNTED or _OF_ALL.match(reading.lower, start, amount.start) is not None
