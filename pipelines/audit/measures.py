"""What a statistic measures, so that differently worded ones can be compared."""

from __future__ import annotations

import re

from pipelines.audit.findings import normal
from schemas import Statistic


def measure(statistic: Statistic) -> tuple[str, str]:
    """What a statistic measures, in its own words, and what it counts in.

    Of a canonical indicator only percentages are told from counts: ``trẻ`` and ``cháu`` are one. The words stay,
    since they may narrow the indicator.
    """
    unit = normal(statistic.unit or "") if statistic.unit != "%" else "%"
    if statistic.indicator_id is not None:
        unit = "%" if unit == "%" else ""
    return _telling(statistic.indicator), unit


#: Words that a sentence takes in without measuring anything else by them.
_FILLERS = frozenset({"đều", "đã", "cũng", "hiện", "nay", "có", "được", "là", "cả", "toàn", "các", "tổng", "số"})


#: Whose all of them are: a school's report counts no others.
_WHOLE = re.compile(r"(?<!\w)(?:toàn trường|nhà trường|của trường|trong trường|toàn huyện|toàn tỉnh|toàn xã)(?!\w)")


def _telling(indicator: str) -> str:
    """An indicator without the words that tell nothing: ``trường đều cử học sinh dự thi``."""
    words = _WHOLE.sub(" ", normal(indicator)).split()
    return " ".join(word for word in words if word not in _FILLERS) or " ".join(words)


def words_measured(statistic: Statistic) -> tuple[str, str]:
    """What a statistic measures by its own words alone."""
    return _telling(statistic.indicator), "%" if statistic.unit == "%" else ""
