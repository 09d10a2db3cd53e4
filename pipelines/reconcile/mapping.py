"""Records mapped to the canonical schema: the kind and term that each stands for, or why it stands for none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.names import document_type, expand, fold
from schemas import Award, Citation, Official, Record, Report, School, Statistic
from schemas.vocabulary import Indicator, PrizeGrade, Role, SchoolLevelTerm, Term, Title, vocabulary

#: Candidates that are told of an unmapped value, and how near they must be at least, of 100.
_CANDIDATES, _NEAR = 3, 40.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where a record belongs in the canonical schema.

    ``term`` is the entry of the vocabulary that the record's telling value fits, None where it is
    ``unmapped``: then ``reason`` says why and ``candidates`` are the nearest entries. A kind without a
    vocabulary (a school) needs no term and is mapped by its kind.
    """

    record: str
    report: str
    kind: str
    value: str
    term: str | None
    reason: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_mapped(self) -> bool:
        """Whether the record has its place."""
        return self.reason is None


def map_records(reports: Iterable[ReportFacts]) -> list[Mapping]:
    """The place of every record of the reports, in their order."""
    return [
        _map(record, key)
        for facts in reports
        for record, key in zip(facts.records, record_ids(facts.records), strict=True)
    ]


def _map(record: Record, key: str) -> Mapping:
    if isinstance(record, Official):
        return _by_term(record, key, "membership", record.role, Role)
    if isinstance(record, School):
        levels = record.level.split("&")
        known = {term.id for term in vocabulary(SchoolLevelTerm)}
        if all(level in known for level in levels):
            return Mapping(key, record.report, "school", record.name, record.level)
        return _unmapped(record, key, "school", record.level, "the level is none of the vocabulary", SchoolLevelTerm)
    if isinstance(record, Citation):
        found = document_type(record.doc_type)
        if found is not None:
            return Mapping(key, record.report, "document", record.doc_type, found.id)
        return _by_term(record, key, "document", record.doc_type, None)
    if isinstance(record, Statistic):
        return _statistic(record, key)
    if isinstance(record, Award):
        return _award(record, key)
    assert isinstance(record, Report)
    return Mapping(key, record.report, "document", record.title or record.file, record.kind)


def _statistic(record: Statistic, key: str) -> Mapping:
    value = " ".join(filter(None, (record.indicator, f"({record.unit})" if record.unit else "")))
    if record.indicator_id is not None:
        return Mapping(key, record.report, "observation", value, record.indicator_id)
    unit = (record.unit or "").lower()
    fitting = [entry for entry in vocabulary(Indicator) if unit in entry.units]
    reason = (
        "no indicator of the registry has this wording" if fitting else "no indicator of the registry has this unit"
    )
    candidates = _nearest(record.indicator, Indicator, unit if fitting else None)
    return Mapping(key, record.report, "observation", value, None, reason, candidates)


def _award(record: Award, key: str) -> Mapping:
    if record.kind == "title":
        return _by_term(record, key, "title", record.title or "", Title, is_prefix=True)
    if record.kind == "rank":
        return Mapping(key, record.report, "award", f"rank {record.prize}", "rank")
    return _by_term(record, key, "award", record.prize or "", PrizeGrade)


def _by_term(
    record: Record, key: str, kind: str, value: str, model: type[Term] | None, *, is_prefix: bool = False
) -> Mapping:
    """The mapping by the entry one of whose forms (or ids) the value is; of titles also one that it begins with."""
    term = _term(model, fold(value), is_prefix) or _term(model, expand(value), is_prefix) if model else None
    if term is not None:
        return Mapping(key, record.report, kind, value, term)
    return _unmapped(record, key, kind, value, "no entry of the vocabulary has this form", model)


def _unmapped(record: Record, key: str, kind: str, value: str, reason: str, model: type[Term] | None) -> Mapping:
    candidates = _nearest(value, model) if model else ()
    return Mapping(key, record.report, kind, value, None, reason, candidates)


@cache
def _forms(model: type[Term]) -> dict[str, str]:
    entries = vocabulary(model)
    forms = {expand(form): entry.id for entry in entries for form in entry.forms}
    return forms | {fold(form): entry.id for entry in entries for form in (*entry.forms, entry.id)}


@cache
def _term(model: type[Term], value: str, is_prefix: bool) -> str | None:
    forms = _forms(model)
    if value in forms or not is_prefix:
        return forms.get(value)
    found = [form for form in forms if f" {form} " in f" {value} "]
    return forms[max(found, key=len)] if found else None


@cache
def _nearest(value: str, model: type[Term], unit: str | None = None) -> tuple[str, ...]:
    """The ids of the entries whose forms or example are nearest to a value, of indicators those of a unit."""
    from rapidfuzz import fuzz, process

    texts, ids = _wordings(model, unit)
    found = process.extract(fold(value), texts, scorer=fuzz.ratio, limit=_CANDIDATES * 2, score_cutoff=_NEAR)
    return tuple(dict.fromkeys(ids[index] for _, _, index in found))[:_CANDIDATES]


@cache
def _wordings(model: type[Term], unit: str | None) -> tuple[list[str], list[str]]:
    """The forms and examples of entries, and the id of each."""
    entries = [
        entry for entry in vocabulary(model) if unit is None or not isinstance(entry, Indicator) or unit in entry.units
    ]
    rows = [(fold(text), entry.id) for entry in entries for text in (*entry.forms, entry.example)]
    return [text for text, _ in rows], [name for _, name in rows]
