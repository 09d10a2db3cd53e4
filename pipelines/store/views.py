"""The flat views of facts: one row a record, with its report, its entity and its first passage.

They are made again by every migration; a change here needs a new one, if only an empty one.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from pipelines.store.tables import RECORD_TABLES
from pipelines.store.timelines import create_timelines, drop_timelines

#: Columns of a record table that are the store's own business.
_HIDDEN = {"position", "version", "run", "saved_at", "status"}
#: The report's columns beside a fact; prefixed, since an award has a title, a kind and a period too.
REPORT_COLUMNS = ("file", "title", "kind", "date", "issuer", "place", "period", "status")
#: Columns of the first passage, then how many passages support the fact.
EVIDENCE_COLUMNS = ("quote", "start", "end", "page", "passages")
#: The kind of entity that a record of a type names; an award's is the school it went to.
ENTITY_KINDS = {
    "report": "organization",
    "official": "person",
    "school": "school",
    "award": "school",
    "citation": "document",
}


def view_name(record_type: str) -> str:
    """Name of the view of a record type: ``award_facts``."""
    return f"{record_type}_facts"


def field_columns(record_type: str) -> list[str]:
    """The columns that are the record's own: its id and the fields of the contract."""
    columns = [column.name for column in RECORD_TABLES[record_type].columns if column.name not in _HIDDEN]
    return ["id", "report", *columns[1:]] if record_type == "report" else columns


def view_columns(record_type: str) -> list[str]:
    """All columns of the view of a record type, in order."""
    columns = field_columns(record_type)
    if record_type == "report":
        columns += ["report_status"]
    else:
        columns += [f"report_{name}" for name in REPORT_COLUMNS]
    if record_type in ENTITY_KINDS:
        columns += ["entity_id", "entity_name"]
    return [*columns, *EVIDENCE_COLUMNS]


def create_views(connection: Connection) -> None:
    """Create the view of every record type, and the timelines."""
    for record_type in RECORD_TABLES:
        connection.execute(text(f"CREATE VIEW {view_name(record_type)} AS {_select(record_type)}"))
    create_timelines(connection)


def drop_views(connection: Connection) -> None:
    """Drop the views where they are."""
    drop_timelines(connection)
    for record_type in RECORD_TABLES:
        connection.execute(text(f"DROP VIEW IF EXISTS {view_name(record_type)}"))


def _select(record_type: str) -> str:
    is_report = record_type == "report"
    fields = [f'f."{name}" AS "{name}"' for name in field_columns(record_type)]
    if is_report:
        # A report's own id is also its ``report``, as in the records.
        fields[1] = "f.id AS report"
        fields.append("f.status AS report_status")
    else:
        fields += [f'r."{name}" AS "report_{name}"' for name in REPORT_COLUMNS]
    joins = "" if is_report else " JOIN report r ON r.id = f.report"
    if record_type in ENTITY_KINDS:
        fields += ["n.id AS entity_id", "n.name AS entity_name"]
        joins += f" LEFT JOIN entity n ON n.id = ({_entity_of(record_type)})"
    fields += [f'e."{name}" AS "{name}"' for name in EVIDENCE_COLUMNS[:-1]]
    fields.append("(SELECT COUNT(*) FROM evidence c WHERE c.record = f.id) AS passages")
    joins += " LEFT JOIN evidence e ON e.record = f.id AND e.position = 0"
    alias = "f" if is_report else "r"
    return f"SELECT {', '.join(fields)} FROM {record_type} f{joins} WHERE {alias}.status <> 'superseded'"


def _entity_of(record_type: str) -> str:
    """The id of a record's entity, as a subquery over ``f``."""
    record = "f.id"
    if record_type == "award":
        # An award names its school as the report's school record does.
        record = "(SELECT MIN(s.id) FROM school s WHERE s.report = f.report AND s.name = f.school)"
    return (
        "SELECT MIN(m.entity) FROM entity_mention m JOIN entity k ON k.id = m.entity "
        f"WHERE m.record = {record} AND k.kind = '{ENTITY_KINDS[record_type]}'"
    )
