"""Ratios without a noun out of a count told before them: ``4 cô nuôi, 4/4 có giấy khám, 3/4 có chứng chỉ``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment

#: Behind such a ratio: what those counted have or are.
_HAVE = re.compile(r" (?:người )?(?:có|đạt|được|đã|biết|là|qua|hoàn thành|tham gia|trúng|thi)(?!\w)")
#: Before such ratios: these may be days.
_DAYS = re.compile(r"(?<!\w)(?:ngày|đợt|lịch|tháng|hôm|tuần)(?!\w)")
_COUNTED = ("person", "staff", "pupil", "school", "class", "place", "cell")


def is_out_of_told(reading: Reading, sentence: Sequence[Segment], ratio: Amount) -> bool:
    """Whether a ratio is out of the one count of its sentence, as those between both are.

    At least one stands between them, without which it may be a day of the year.
    """
    before = [a for s in sentence for a in s.amounts if a.end <= ratio.start]
    whole, others = (before[0], before[1:]) if before else (None, [])
    if whole is None or whole.of is not None or not usable(whole) or whole.family not in _COUNTED:
        return False
    alike = bool(others) and whole.value == ratio.of and all(a.of == ratio.of for a in others)
    if whole is not None and _DAYS.search(reading.lower, whole.end, ratio.start):
        return False
    return alike and _HAVE.match(reading.lower, ratio.end) is not None
