"""Citations grouped by the document that they mean, as reconciliation joined them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.audit.findings import operand
from pipelines.audit.view import View
from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.documents import document_items, parse_number
from pipelines.reconcile.items import Source
from pipelines.reconcile.places import ReportScope, report_scopes
from schemas import Citation, Evidence, Operand
from schemas.relation import Relation

_FULL_DATE = 10


@dataclass(frozen=True)
class Cited:
    """One citation of a report."""

    facts: ReportFacts
    scope: ReportScope
    citation: Citation

    @property
    def report(self) -> str:
        """The id of the citing report."""
        return self.facts.layer.id

    @property
    def file(self) -> str:
        """The name of the citing file, without its folder."""
        return self.facts.layer.file.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def day(self) -> str | None:
        """The date of the document where it is cited in full."""
        date = self.citation.date
        return date if date is not None and len(date) == _FULL_DATE else None

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


@dataclass(frozen=True)
class _Same:
    """A report as a key of a cache: the very same one, without looking at its text."""

    facts: ReportFacts

    def __hash__(self) -> int:
        return id(self.facts)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _Same) and other.facts is self.facts


def cited_documents(facts: ReportFacts) -> list[Document]:
    """The documents that one report cites by number, with their citations; without passages none."""
    return _cited_documents(_Same(facts))


@lru_cache(maxsize=4)
def _cited_documents(same: _Same) -> list[Document]:
    facts = same.facts
    scope = report_scopes([facts])[facts.layer.id]
    homes: dict[str, str] = {}
    for item in document_items([Source.of(facts, scope)]):
        homes |= {mention.record: item.entity for mention in item.mentions if mention.record is not None}
    found: dict[str, list[Cited]] = {}
    for record, key in zip(facts.records, record_ids(facts.records), strict=True):
        home = homes.get(key)
        if home is not None and isinstance(record, Citation) and record.number and record.evidence:
            found.setdefault(home, []).append(Cited(facts, scope, record))
    return [document_of(home, cited) for home, cited in _joined(found).items()]


def _joined(found: dict[str, list[Cited]]) -> dict[str, list[Cited]]:
    """The documents, those of one number and year joined where only one of both passages names the issuer."""
    homes: dict[tuple[str, ...], str] = {}
    joined: dict[str, list[Cited]] = {}
    for home, cited in found.items():
        number = parse_number(cited[0].citation.number or "")
        day = next((item.day for item in cited if item.day), None)
        if day is None or not number.rest:
            joined[home] = cited
            continue
        first = homes.setdefault((number.serial, number.type_symbol or "", *number.rest, day[:4]), home)
        others = joined.get(first, [])
        named = [any(item.citation.issuer for item in group) for group in (others, cited)]
        joined.setdefault(first if others and not all(named) else home, []).extend(cited)
    return joined


def cited_items(view: View) -> Iterator[tuple[str, Cited]]:
    """The numbered citations of a report by the entity that they mean."""
    for citation in view.facts.citations:
        if citation.number and citation.evidence and (home := view.entity(citation)) is not None:
            yield home, Cited(view.facts, view.scope, citation)


def document_of(key: str, cited: Sequence[Cited]) -> Document:
    """The document of some citations, named by the type and number met most often."""
    names = Counter(f"{item.citation.doc_type} {item.citation.number}" for item in cited)
    return Document(key, max(names, key=lambda name: (names[name], name)), tuple(cited))


def told(cited: Cited, label: str) -> Iterator[tuple[str, Evidence]]:
    """What the passages of a citation print as its ``issuer`` or ``subject``; the record's own where nothing else."""
    relation = _relation(cited, label)
    if relation is not None:
        yield from ((part.printed, part.evidence) for part in relation.parts)
        return
    said = cited.citation.issuer if label == "issuer" else cited.citation.subject
    if said:
        yield said, cited.citation.evidence[0]


#: Where another document begins that is cited beside: ``… và Công văn số 318/SGDĐT-GDPT``.
_NEXT = re.compile(r"(?:,|;|\bvà|\bcùng|\bvới)\s+(?:[^\W\d_]+\s+){1,3}số\s+\d")
#: Where a sentence goes on with who acts on a document: ``…, trường Mầm non An Hòa báo cáo như sau``.
_ACTS = re.compile(
    r",\s+(?:nhà )?(?:trường|phòng|sở|ubnd|ủy ban nhân dân|uỷ ban nhân dân|đảng ủy|chi bộ|liên đội|công đoàn|"
    r"trung tâm)(?!\w)"
    r"(?=.*(?<!\w)(?:báo cáo|như sau|đã|xây dựng|ban hành|triển khai|tổ chức)(?!\w)).*",
    re.I | re.S,
)


def subject_alone(said: str) -> str:
    """A subject without what a sentence goes on with: another document, or who acts on this one."""
    return _ACTS.sub("", _NEXT.split(said, maxsplit=1)[0]).rstrip(" ,;")


def _relation(cited: Cited, label: str) -> Relation | None:
    starts = {passage.start for passage in cited.citation.evidence}
    for relation in cited.facts.relations:
        if relation.kind == "cited" and relation.parts[0].label == label and relation.parts[0].evidence.start in starts:
            return relation
    return None


def files_of(cited: Sequence[Cited]) -> str:
    """The names of the citing files, for a message: three at most."""
    files = sorted({item.file for item in cited})
    return ", ".join(files[:3]) + (", …" if len(files) > 3 else "")
