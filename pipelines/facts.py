"""One report with its facts, as audit rules and reconciliation read it, and the stable ids of records."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas import Award, Citation, Official, Record, Report, School, Statistic, TextLayer
from schemas.relation import Relation


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report: the text as read, its report record and its facts in reading order."""

    layer: TextLayer
    report: Report
    officials: tuple[Official, ...] = ()
    schools: tuple[School, ...] = ()
    awards: tuple[Award, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    citations: tuple[Citation, ...] = ()
    relations: tuple[Relation, ...] = ()

    @classmethod
    def of(cls, layer: TextLayer, records: Iterable[Record], relations: Iterable[Relation] = ()) -> ReportFacts:
        """The facts of one report out of what `extractors.analyze` returns.

        Raises: ValueError where the records hold no report record or more than one.
        """
        rows = tuple(records)
        reports = [row for row in rows if isinstance(row, Report)]
        if len(reports) != 1:
            raise ValueError(f"{layer.file}: {len(reports)} report records, one is needed")
        return cls(
            layer=layer,
            report=reports[0],
            officials=tuple(row for row in rows if isinstance(row, Official)),
            schools=tuple(row for row in rows if isinstance(row, School)),
            awards=tuple(row for row in rows if isinstance(row, Award)),
            statistics=tuple(row for row in rows if isinstance(row, Statistic)),
            citations=tuple(row for row in rows if isinstance(row, Citation)),
            relations=tuple(relations),
        )

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, the report record first, the others by type."""
        return (self.report, *self.officials, *self.schools, *self.awards, *self.statistics, *self.citations)


def record_ids(records: Sequence[Record]) -> list[str]:
    """Stable ids of the records of one report, in their order: ``official-5d1c…``.

    An id follows from the report and the values of the record, not from its evidence or confidence,
    so that a better reading of the passages keeps it. Records of equal values are told apart by
    their order among themselves. The report record's id is the report's.
    """
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for record in records:
        if isinstance(record, Report):
            ids.append(record.report)
            continue
        values = record.model_dump(exclude={"evidence", "confidence"})
        key = json.dumps({name: _plain(value) for name, value in values.items()}, ensure_ascii=False, sort_keys=True)
        seen[key] += 1
        digest = hashlib.sha256(f"{key}#{seen[key]}".encode()).hexdigest()
        ids.append(f"{record.type}-{digest[:20]}")
    return ids


def _plain(value: object) -> object:
    """The value with whole floats as integers: a database may hand 24 back as 24.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
