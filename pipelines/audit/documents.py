"""Citations grouped by the document that they mean, as reconciliation joined them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.audit.findings import operand
from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.documents import document_items
from pipelines.reconcile.items import Source
from pipelines.reconcile.places import report_scopes
from schemas import Citation, Entity, Evidence, Operand


@dataclass(frozen=True)
class Cited:
    """One citation of a report."""

    facts: ReportFacts
    citation: Citation

    @property
    def report(self) -> str:
        """The id of the citing report."""
        return self.facts.layer.id

    @property
    def file(self) -> str:
        """The name of the citing file, without its folder."""
        return self.facts.layer.file.replace("\\", "/").rsplit("/", 1)[-1]

    def operands(self, value: str | None, limit: int = 3) -> tuple[Operand, ...]:
        """Its passages that print the year of its date (all where none does), with a value."""
        year = (self.citation.date or "")[:4]
        passages = [passage for passage in self.citation.evidence if year and _prints(passage, year)]
        return tuple(operand(self.facts, passage, value) for passage in (passages or self.citation.evidence)[:limit])


def _prints(passage: Evidence, year: str) -> bool:
    return year in passage.quote


@dataclass(frozen=True)
class Document:
    """A cited document: its key and name, and all citations of it, in the order of the reports."""

    id: str
    name: str
    cited: tuple[Cited, ...]


def cited_documents(reports: Sequence[ReportFacts], entities: Sequence[Entity] = ()) -> list[Document]:
    """The documents that reports cite by number, with their citations; without passages none.

    ``entities`` are those of `pipelines.reconcile.reconcile` over these reports or more. Without any the
    documents are joined by their keys alone.
    """
    homes = dict(_homes(entities)) if entities else dict(_keys(reports))
    found: dict[str, list[Cited]] = {}
    for facts in reports:
        records = facts.records
        for record, key in zip(records, record_ids(records), strict=True):
            home = homes.get((facts.layer.id, key))
            if home is not None and isinstance(record, Citation) and record.number and record.evidence:
                found.setdefault(home, []).append(Cited(facts, record))
    return [Document(home, _name(cited), tuple(cited)) for home, cited in found.items()]


def _homes(entities: Sequence[Entity]) -> Iterator[tuple[tuple[str, str], str]]:
    for entity in entities:
        if entity.kind == "document":
            for mention in entity.mentions:
                if mention.record is not None:
                    yield (mention.report, mention.record), entity.id


def _keys(reports: Sequence[ReportFacts]) -> Iterator[tuple[tuple[str, str], str]]:
    scopes = report_scopes(list(reports))
    for item in document_items([Source.of(facts, scopes[facts.layer.id]) for facts in reports]):
        for mention in item.mentions:
            if mention.record is not None:
                yield (mention.report, mention.record), item.entity


def _name(cited: Sequence[Cited]) -> str:
    """The type and number met most often."""
    names = Counter(f"{item.citation.doc_type} {item.citation.number}" for item in cited)
    return max(names, key=lambda name: (names[name], name))
