"""What a statistic measures, so that differently worded ones can be compared."""

from __future__ import annotations

from pipelines.audit.findings import normal
from schemas import Statistic


def measure(statistic: Statistic) -> tuple[str, str]:
    """The canonical indicator of a statistic and what it counts in; its own words where none is known.

    Of a canonical indicator only percentages are told from counts: ``trẻ`` and ``cháu`` are one.
    """
    words = normal(statistic.indicator)
    unit = normal(statistic.unit or "") if statistic.unit != "%" else "%"
    if statistic.indicator_id is not None:
        return statistic.indicator_id, "%" if unit == "%" else ""
    return words, unit


def words_measured(statistic: Statistic) -> tuple[str, str]:
    """What a statistic measures by its own words alone."""
    return normal(statistic.indicator), "%" if statistic.unit == "%" else ""
