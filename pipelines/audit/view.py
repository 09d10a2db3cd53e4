"""A report as the rules across reports see it: its facts, where it is from and what its records mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.places import ReportScope, report_scopes
from schemas import Entity, Record

# The kind of entity that a record is about; its issuer or body is an entity of its own.
_KINDS = {"school": "school", "official": "person", "citation": "document"}


@dataclass(frozen=True, eq=False)
class View:
    """``homes`` gives the entity of each of the report's records by the record's id, for those that have one."""

    facts: ReportFacts
    scope: ReportScope
    homes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _ids(self) -> dict[int, str]:
        records = self.facts.records
        return {id(record): key for record, key in zip(records, record_ids(records), strict=True)}

    def entity(self, record: Record) -> str | None:
        """The entity that a record of this report means, as reconciliation joined it; None where it has none."""
        return self.homes.get(self._ids[id(record)])

    @property
    def order(self) -> tuple[str, str, str]:
        """Reports are compared in the order of their dates."""
        return self.facts.report.date or "", self.facts.layer.file, self.facts.layer.id


def views_of(reports: Sequence[ReportFacts], entities: Sequence[Entity]) -> list[View]:
    """The reports with their scopes and entities. ``entities`` are those over these reports or more."""
    homes: dict[str, dict[str, str]] = {}
    for entity in entities:
        for mention in entity.mentions:
            if mention.record is not None and entity.kind == _KINDS.get(mention.record.split("-", 1)[0]):
                homes.setdefault(mention.report, {})[mention.record] = entity.id
    scopes = report_scopes(list(reports))
    return [View(facts, scopes[facts.layer.id], homes.get(facts.layer.id, {})) for facts in reports]
