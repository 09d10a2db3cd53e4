"""Citations grouped by the document that they mean, as reconciliation joined them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.audit.findings import operand
from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile import reconcile
from schemas import Citation, Entity, Operand


@dataclass(frozen=True)
class Cited:
    """One citation of a report."""

    facts: ReportFacts
    citation: Citation

    def operands(self, value: str | None, limit: int = 3) -> tuple[Operand, ...]:
        """Its first passages that print a value, else its first one."""
        passages = self.citation.evidence
        return tuple(operand(self.facts, passage, value) for passage in passages[:limit])


@dataclass(frozen=True)
class Document:
    """A cited document: its entity and all citations of it, in the order of the reports."""

    entity: Entity
    cited: tuple[Cited, ...]

    @property
    def name(self) -> str:
        """The document as it is cited most often."""
        return self.entity.name


def cited_documents(reports: Sequence[ReportFacts], entities: Sequence[Entity] | None = None) -> list[Document]:
    """The documents that reports cite by number, with their citations; without passages none.

    ``entities`` are those of `reconcile` over these reports or more; None: they are made here.
    """
    joined = reconcile(reports) if entities is None else entities
    homes = {
        (mention.report, mention.record): entity
        for entity in joined
        if entity.kind == "document"
        for mention in entity.mentions
        if mention.record is not None
    }
    found: dict[str, list[Cited]] = {}
    by_id: dict[str, Entity] = {}
    for facts in reports:
        records = facts.records
        for record, key in zip(records, record_ids(records), strict=True):
            entity = homes.get((facts.layer.id, key))
            if entity is None or not isinstance(record, Citation) or not record.number or not record.evidence:
                continue
            by_id[entity.id] = entity
            found.setdefault(entity.id, []).append(Cited(facts, record))
    return [Document(by_id[identifier], tuple(cited)) for identifier, cited in found.items()]
