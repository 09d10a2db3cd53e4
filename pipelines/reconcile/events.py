"""Events of schools as rows of the store: the schools by their entities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractors._shared.school_events import find_school_events
from pipelines.facts import ReportFacts
from pipelines.reconcile.items import Source
from pipelines.reconcile.places import ReportScope
from schemas import Entity


def event_rows(reports: Sequence[ReportFacts], entities: Sequence[Entity]) -> list[dict[str, Any]]:
    """What the reports tell of their schools: school and others (entity ids), event, date, and the passage."""
    schools = {
        (mention.report, mention.record): entity.id
        for entity in entities
        if entity.kind == "school"
        for mention in entity.mentions
    }
    rows: list[dict[str, Any]] = []
    for facts in reports:
        source = Source.of(facts, ReportScope(facts.layer.id, None, None, None))

        def entity_of(school: object, source: Source = source) -> str | None:
            return schools.get((source.facts.layer.id, source.ids.get(id(school))))

        for event in find_school_events(facts.layer.text, facts.schools, source.issuing_school):
            home = entity_of(event.school)
            if home is None:
                continue
            passage = facts.layer.evidence(event.start, event.end)
            others = [other for school in event.others if (other := entity_of(school)) is not None]
            rows.append(
                {
                    "school": home,
                    "event": event.kind,
                    "date": event.date,
                    "others": others,
                    "report": facts.layer.id,
                    "start": passage.start,
                    "end": passage.end,
                    "quote": passage.quote,
                }
            )
    return rows
