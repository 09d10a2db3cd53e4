"""What reconciliation joins: one item for each record that names somebody or something."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.places import ReportScope
from schemas import EntityKind, Evidence, Mention, Record


@dataclass(frozen=True, slots=True)
class Item:
    """One naming of an entity in one report. Items of equal keys are one entity.

    ``reason`` says in words why the item bears its key; ``facets`` are values that the entity shows.
    """

    kind: EntityKind
    key: tuple[str, ...]
    name: str
    report: str
    mentions: tuple[Mention, ...]
    facets: tuple[tuple[str, str | int | None], ...]
    reason: str

    @property
    def entity(self) -> str:
        """The id that follows from the key: ``school-3f9a1c…``."""
        return entity_id(self.kind, *self.key)


def entity_id(kind: EntityKind, *key: str) -> str:
    """A stable, readable id of a key."""
    digest = hashlib.sha256("\x1f".join((kind, *key)).encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Source:
    """A report as reconciliation reads it: its facts, its scope and the ids of its records."""

    facts: ReportFacts
    scope: ReportScope
    ids: dict[int, str]

    @classmethod
    def of(cls, facts: ReportFacts, scope: ReportScope) -> Source:
        """The source of one report."""
        records = facts.records
        return cls(facts, scope, {id(record): key for record, key in zip(records, record_ids(records), strict=True)})

    def mentions(self, record: Record, passages: Sequence[Evidence] | None = None) -> tuple[Mention, ...]:
        """The passages of a record (or some others of it) as mentions."""
        layer = self.facts.layer
        return tuple(
            Mention(
                report=layer.id,
                file=layer.file,
                start=passage.start,
                end=passage.end,
                quote=passage.quote,
                record=self.ids[id(record)],
            )
            for passage in (record.evidence if passages is None else passages)
        )
