"""Where a report prints its own date."""

from __future__ import annotations

import re

from pipelines.facts import ReportFacts
from schemas import Evidence


def own_date(facts: ReportFacts) -> Evidence | None:
    """The first passage that prints the report's date with its year; None where it was only guessed."""
    date, text = facts.report.date, facts.layer.text
    if date is None:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    numeric = rf"0?{day}\s?[/.-]\s?0?{month}\s?[/.-]\s?{year}" if day else rf"0?{month}\s?[/.-]\s?{year}"
    worded = rf"0?{day}\s+tháng\s+0?{month},?\s+năm\s+{year}" if day else rf"tháng\s+0?{month},?\s+năm\s+{year}"
    match = re.search(rf"(?<!\d)(?:{numeric}|{worded})(?!\d)", text)
    return facts.layer.evidence(*match.span()) if match else None
