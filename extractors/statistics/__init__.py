"""Numbers that measure something, in prose and in tables."""

from __future__ import annotations

from extractors._shared.document import Document, Found
from extractors.statistics.prose import Prose
from extractors.statistics.tables import extract_tables
from schemas.records import Record, Statistic

TYPE = "statistic"
AFTER = ("report", "schools", "awards", "citations")


def extract(document: Document, found: Found) -> list[Record]:
    """The statistics of a report in the order of the text, tables last; a repetition is more evidence."""
    merged: dict[tuple[object, ...], Statistic] = {}
    for record in (*Prose(document, found).extract(), *extract_tables(document, found)):
        key = (record.indicator.lower(), record.value, record.value_to, record.unit, record.of, record.aspect, record.level, record.place, record.period)
        if key in merged:
            first = merged[key]
            merged[key] = first.model_copy(update={"evidence": (*first.evidence, *record.evidence)})
        else:
            merged[key] = record
    return list(merged.values())
