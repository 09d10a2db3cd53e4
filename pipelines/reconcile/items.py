"""What reconciliation joins: one item for each record that names somebody or something."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.linkage import Profile
from pipelines.reconcile.names import expand
from pipelines.reconcile.places import ReportScope
from schemas import EntityKind, Evidence, Mention, Official, Record, School
from schemas.vocabulary import SchoolLevelTerm, vocabulary


@dataclass(frozen=True, slots=True)
class Item:
    """One naming of an entity in one report. Items of equal keys are one entity.

    ``own`` is the key by the item's own report, before other reports completed it: ids follow from it,
    so that more reports rename nothing. ``reason`` says in words why the item bears its key, ``facets``
    are values that the entity shows, ``profile`` is what it is compared by beyond its key, ``day`` when
    it was named.
    """

    kind: EntityKind
    key: tuple[str, ...]
    name: str
    report: str
    mentions: tuple[Mention, ...]
    facets: tuple[tuple[str, str | int | None], ...]
    reason: str
    own: tuple[str, ...]
    profile: Profile | None = None
    day: str | None = None

    @property
    def entity(self) -> str:
        """The id that follows from the item's own report: ``school-3f9a1c…``."""
        return entity_id(self.kind, *self.own)


def entity_id(kind: EntityKind, *key: str) -> str:
    """A stable, readable id of a key."""
    digest = hashlib.sha256("\x1f".join((kind, *key)).encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


_WORD = re.compile(r"\w+")


@cache
def level_words(level: str) -> frozenset[str]:
    """The words by which a school's level is known, folded: of TH ``tiểu``, ``th`` and others."""
    parts = level.split("&")
    terms = [term for term in vocabulary(SchoolLevelTerm) if term.id in parts]
    return frozenset(_WORD.findall(expand(form))[0] for term in terms for form in (*term.forms, term.id))


@dataclass(frozen=True, slots=True)
class Source:
    """A report as reconciliation reads it: its facts, its scope, the ids of its records.

    ``own`` is the scope by its own text, before other reports completed it.
    """

    facts: ReportFacts
    scope: ReportScope
    own: ReportScope
    ids: dict[int, str]

    @classmethod
    def of(cls, facts: ReportFacts, scope: ReportScope, own: ReportScope | None = None) -> Source:
        """The source of one report; without ``own`` its scope is its own."""
        records = facts.records
        ids = {id(record): key for record, key in zip(records, record_ids(records), strict=True)}
        return cls(facts, scope, own or scope, ids)

    def mentions(self, record: Record, name: str, passages: Sequence[Evidence] | None = None) -> tuple[Mention, ...]:
        """The passages of a record (or some others of it) as mentions of what the record calls so."""
        layer = self.facts.layer
        return tuple(
            Mention(
                report=layer.id,
                file=layer.file,
                start=passage.start,
                end=passage.end,
                quote=passage.quote,
                record=self.ids[id(record)],
                name=name,
            )
            for passage in (record.evidence if passages is None else passages)
        )

    def school_named(self, text: str) -> School | None:
        """The school of the report that a text names: by a spelling of it, or by its level and own name.

        The longest name counts; None where there is none. ``Hiệu trưởng TH An Bình 2`` names Trường Tiểu học
        An Bình 2.
        """
        wanted = f" {expand(text)} "
        words = set(_WORD.findall(wanted))
        found: list[tuple[int, School]] = []
        for school in self.facts.schools:
            own = f"{expand(school.own_name)} {school.ordinal or ''}".rstrip()
            if f" {own} " in wanted and (words & level_words(school.level) or f" {expand(school.level)} " in wanted):
                found.append((len(own), school))
            for spelling in school.variants:
                name = expand(spelling).removeprefix("trường ")
                if f" {name} " in wanted:
                    found.append((len(name), school))
        return max(found, key=lambda row: row[0])[1] if found else None

    @property
    def issuing_school(self) -> School | None:
        """The school that issues the report, where one does."""
        issuer = self.facts.report.issuer
        return self.school_named(issuer) if issuer else None

    def school_beside(self, record: Official) -> School | None:
        """The only school named in the table row or line of a record's first passage; None for none or several."""
        if not record.evidence:
            return None
        start, end, is_row = self._surroundings(record.evidence[0])
        found = {
            id(school): school
            for school in self.facts.schools
            for passage in school.evidence
            if passage.start < end and start < passage.end
        }
        if not found and is_row:
            return self.school_named(self.facts.layer.text[start:end])
        return next(iter(found.values())) if len(found) == 1 else None

    def _surroundings(self, passage: Evidence) -> tuple[int, int, bool]:
        """The range of the table row, or else of the lines, in which a passage stands, and which of both it is."""
        layer = self.facts.layer
        for table in layer.tables:
            if table.start <= passage.start < table.end:
                at = [cell for cell in table.cells if cell.start <= passage.start < max(cell.end, cell.start + 1)]
                rows = {row for cell in at for row in range(cell.row, cell.row + cell.row_span)}
                cells = [cell for cell in table.cells if cell.row in rows]
                if cells:
                    return min(cell.start for cell in cells), max(cell.end for cell in cells), True
        start = layer.text.rfind("\n", 0, passage.start) + 1
        end = layer.text.find("\n", passage.end)
        return start, len(layer.text) if end < 0 else end, False
