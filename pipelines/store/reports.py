"""Reports in the store: saving one with its facts, which files hold it, reading it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, Table, bindparam, delete, insert, select, update

from pipelines.facts import ReportFacts, record_ids
from pipelines.store import tables as t
from pipelines.store.models import ReportState
from schemas import RECORD_TYPES, Record, Report, TextLayer
from schemas.relation import Relation

#: Rows of an `IN` list; SQLite of older builds takes 999 parameters.
_CHUNK = 500
_FACT_TABLES = [table for name, table in t.RECORD_TABLES.items() if name != "report"]
_COLUMNS = {table.name: frozenset(table.columns.keys()) for table in t.RECORD_TABLES.values()}
#: The fields of a record that are columns of its table.
_FIELDS = {
    name: tuple(field for field in RECORD_TYPES[name].model_fields if field in columns)
    for name, columns in _COLUMNS.items()
}


def report_states(connection: Connection) -> dict[str, ReportState]:
    """The present state of every known file, by its path as given."""
    rows = connection.execute(
        select(t.file, t.report.c.version)
        .join(t.report, t.report.c.id == t.file.c.report)
        .where(t.file.c.status != "replaced")
        .order_by(t.file.c.path)
    ).mappings()
    return {
        row["path"]: ReportState(
            file=row["path"],
            report=row["report"],
            version=row["version"],
            status=row["status"],
            first_seen=row["first_seen"],
            last_seen=row["last_seen"],
        )
        for row in rows
    }


def save(
    connection: Connection,
    layer: TextLayer,
    records: Sequence[Record],
    relations: Sequence[Relation],
    *,
    version: str,
    run: str | None,
    now: str,
) -> None:
    """Put the facts of a report in the place of those it had, and point its file at it."""
    facts = ReportFacts.of(layer, records, relations)
    if any(record.report != layer.id for record in facts.records):
        raise ValueError(f"{layer.file}: a record names another report than {layer.id}")
    known = connection.execute(select(t.report.c.file).where(t.report.c.id == layer.id)).scalar()
    if known is not None:
        _delete_facts(connection, layer.id)
    _write_report(connection, facts, file=layer.file, version=version, run=run, now=now, is_known=known is not None)
    _write_records(connection, facts.records)
    _write_relations(connection, layer.id, relations)
    see_files(connection, {layer.file: layer.id}, now=now)


def see_files(connection: Connection, files: Mapping[str, str], *, now: str) -> None:
    """Note that each file (path as given) holds the report of that id now.

    Raises: KeyError where a report is not in the store.
    """
    _check_known(connection, set(files.values()))
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _by_chunks(connection, select(t.file), t.file.c.path, sorted(files)):
        known[row["path"]][row["report"]] = row["status"]
    stays, moved = [], set()
    for path, report in files.items():
        others = [other for other, status in known[path].items() if other != report and status != "replaced"]
        key = {"key_path": path, "key_report": report}
        if report not in known[path]:
            times = {"first_seen": now, "last_seen": now}
            status = "changed" if others else "new"
            connection.execute(insert(t.file).values(path=path, report=report, status=status, **times))
            moved |= {report, *others}
        elif others or known[path][report] in ("replaced", "vanished"):
            stays.append(key | {"new_status": "changed" if others else "unchanged"})
            moved |= {report, *others}
        else:
            stays.append(key | {"new_status": "unchanged"})
        for other in others:
            is_other = (t.file.c.path == path, t.file.c.report == other)
            connection.execute(update(t.file).where(*is_other).values(status="replaced"))
    if stays:
        is_row = (t.file.c.path == bindparam("key_path"), t.file.c.report == bindparam("key_report"))
        change = update(t.file).where(*is_row).values(status=bindparam("new_status"), last_seen=now)
        connection.execute(change, stays)
    _refresh_reports(connection, moved)


def _check_known(connection: Connection, reports: Collection[str]) -> None:
    rows = _by_chunks(connection, select(t.report.c.id), t.report.c.id, sorted(reports))
    unknown = sorted(set(reports) - {row["id"] for row in rows})
    if unknown:
        raise KeyError(unknown[0])


def mark_vanished(connection: Connection, files: Iterable[str]) -> None:
    """Mark files that are gone. Their facts stay, with the status of their report."""
    touched: set[str] = set()
    for path in files:
        where = (t.file.c.path == path, t.file.c.status != "replaced")
        touched |= set(connection.execute(select(t.file.c.report).where(*where)).scalars())
        connection.execute(update(t.file).where(*where).values(status="vanished"))
    _refresh_reports(connection, touched)


def _refresh_reports(connection: Connection, reports: Collection[str]) -> None:
    """Derive the status and the file of reports from the files that hold or held them."""
    for report in sorted(reports):
        rows = connection.execute(
            select(t.file.c.path, t.file.c.status).where(t.file.c.report == report).order_by(t.file.c.first_seen)
        ).all()
        held = [row.path for row in rows if row.status not in ("replaced", "vanished")]
        vanished = [row.path for row in rows if row.status == "vanished"]
        status = "current" if held else "vanished" if vanished else "superseded"
        values = {"status": status}
        present = connection.execute(select(t.report.c.file).where(t.report.c.id == report)).scalar_one()
        if held and present not in held:
            values["file"] = held[0]
        connection.execute(update(t.report).where(t.report.c.id == report).values(**values))


def _delete_facts(connection: Connection, report: str) -> None:
    for table in (*_FACT_TABLES, t.evidence, t.relation, t.layer):
        connection.execute(delete(table).where(table.c.report == report))


def _write_report(
    connection: Connection, facts: ReportFacts, *, file: str, version: str, run: str | None, now: str, is_known: bool
) -> None:
    values = _fields(facts.report, t.report)
    values |= {"status": "current", "version": version, "run": run, "saved_at": now}
    if is_known:
        # A second file of the same content is known by the name of the first (see `_refresh_reports`).
        del values["file"]
        connection.execute(update(t.report).where(t.report.c.id == facts.layer.id).values(**values))
    else:
        connection.execute(insert(t.report).values(id=facts.layer.id, **{**values, "file": file}))
    structure = facts.layer.model_dump(mode="json", include={"pages", "tables", "blocks", "doubts", "margins"})
    connection.execute(
        insert(t.layer).values(
            report=facts.layer.id,
            media_type=facts.layer.media_type,
            text=facts.layer.text,
            packed_words=facts.layer.packed_words,
            **structure,
        )
    )


def _write_records(connection: Connection, records: Sequence[Record]) -> None:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    passages: list[dict[str, Any]] = []
    for position, (identifier, record) in enumerate(zip(record_ids(records), records, strict=True)):
        if not isinstance(record, Report):
            table = t.RECORD_TABLES[record.type]
            rows[record.type].append({"id": identifier, "position": position, **_fields(record, table)})
        passages += [
            {"record": identifier, "position": number, "report": record.report, **passage.model_dump()}
            for number, passage in enumerate(record.evidence)
        ]
    for record_type, values in rows.items():
        connection.execute(insert(t.RECORD_TABLES[record_type]), values)
    if passages:
        connection.execute(insert(t.evidence), passages)


def _write_relations(connection: Connection, report: str, relations: Sequence[Relation]) -> None:
    if relations:
        connection.execute(
            insert(t.relation),
            [
                {
                    "report": report,
                    "position": position,
                    "kind": relation.kind,
                    "cue": relation.cue,
                    "body": relation.model_dump(mode="json"),
                }
                for position, relation in enumerate(relations)
            ],
        )


def _fields(record: Record, table: Table) -> dict[str, Any]:
    """The fields of a record that are columns of its table; the report's own id is its ``id``."""
    values = record.model_dump(exclude={"type", "evidence"})
    if isinstance(record, Report):
        del values["report"]
    unknown = values.keys() - _COLUMNS[table.name]
    if unknown:
        raise ValueError(f"table {table.name} has no column for {', '.join(sorted(unknown))}")
    # SQLite takes integers of 64 bits, a report may print longer numbers.
    return {
        name: float(value) if isinstance(value, int) and name in ("value", "value_to", "of") else value
        for name, value in values.items()
    }


def report_facts(connection: Connection, report_ids: Collection[str] | None) -> list[ReportFacts]:
    """The reports with their facts as they were saved, by file; superseded ones only where asked for by id."""
    query = select(t.report, t.layer).join(t.layer, t.layer.c.report == t.report.c.id)
    if report_ids is None:
        reports = connection.execute(query.where(t.report.c.status != "superseded")).mappings().all()
    else:
        reports = _by_chunks(connection, query, t.report.c.id, sorted(report_ids))
    ids = sorted(row[t.report.c.id] for row in reports)
    passages = _passages(connection, ids)
    records = {name: _grouped(connection, table, ids) for name, table in t.RECORD_TABLES.items() if name != "report"}
    relations = _grouped(connection, t.relation, ids)
    return [
        _assemble(
            row,
            passages,
            {name: grouped.get(row[t.report.c.id], []) for name, grouped in records.items()},
            relations.get(row[t.report.c.id], []),
        )
        for row in sorted(reports, key=lambda row: (row[t.report.c.file], row[t.report.c.id]))
    ]


def _by_chunks(connection: Connection, query: Any, column: Any, ids: Sequence[str]) -> list[RowMapping]:
    rows: list[RowMapping] = []
    for start in range(0, len(ids), _CHUNK):
        rows += connection.execute(query.where(column.in_(ids[start : start + _CHUNK]))).mappings().all()
    return rows


def _grouped(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, list[RowMapping]]:
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in _by_chunks(connection, select(table).order_by(table.c.position), table.c.report, ids):
        groups[row["report"]].append(row)
    return groups


def _passages(connection: Connection, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    passages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = select(t.evidence).order_by(t.evidence.c.record, t.evidence.c.position)
    for row in _by_chunks(connection, query, t.evidence.c.report, ids):
        passages[row["record"]].append({name: row[name] for name in ("start", "end", "quote", "page", "box")})
    return passages


def _assemble(
    row: RowMapping,
    passages: Mapping[str, list[dict[str, Any]]],
    records: Mapping[str, Sequence[RowMapping]],
    relations: Sequence[RowMapping],
) -> ReportFacts:
    report, file = row[t.report.c.id], row[t.report.c.file]
    structure = {
        column.name: row[column] for column in t.layer.columns if column.name != "report" and row[column] is not None
    }
    layer = TextLayer.model_validate({"id": report, "file": file, **structure})
    head = {field: row[t.report.c[field]] for field in _FIELDS["report"]}
    head |= {"report": report, "evidence": passages.get(report, [])}
    built: list[Record] = [Report.model_validate(head)]
    for name, rows in records.items():
        model = RECORD_TYPES[name]
        for record in rows:
            values = {field: _number(record[field]) for field in _FIELDS[name]}
            values["evidence"] = passages.get(record["id"], [])
            built.append(cast(Record, model.model_validate(values)))
    return ReportFacts.of(layer, built, [Relation.model_validate(relation["body"]) for relation in relations])


def _number(value: Any) -> Any:
    """Whole floats as integers: counts are printed as 24, not as 24.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
