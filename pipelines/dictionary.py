"""What the exported tables and columns mean: for the data dictionary and for Datasette."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Float, Integer

from pipelines.store import tables as t
from pipelines.store.views import view_columns, view_name
from schemas import RECORD_TYPES
from schemas.export import PUBLIC_MODELS, data_dictionary, describe

#: What the tables are that no public model describes.
_ABOUT = {
    "entity_mention": "A passage that names an entity.",
    "entity_redirect": "An id that gave way to an older one when entities came together.",
    "school_event": "An event in the life of a school, and the passage that tells of it.",
    "file": "A file and the report that it holds or held.",
    "run": "One run of the main job.",
}
#: The store's own tables that are exported beside the facts.
_OTHER_TABLES = (
    "entity",
    "entity_mention",
    "entity_redirect",
    "school_event",
    "finding",
    "operand",
    "verdict",
    "judgement",
    "issue",
    "run",
    "file",
)
EXPORT_TABLES: tuple[str, ...] = (*RECORD_TYPES, *_OTHER_TABLES)
TABLE_COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(view_columns(name)) if name in RECORD_TYPES else tuple(t.metadata.tables[name].columns.keys())
    for name in EXPORT_TABLES
}
#: Columns by which Datasette offers to filter.
_FACETS = {
    "report": ["kind", "issuer", "period"],
    "official": ["role", "activity"],
    "school": ["level"],
    "award": ["kind", "prize", "level", "period"],
    "statistic": ["indicator_id", "aspect", "level", "period"],
    "citation": ["doc_type"],
}


def dictionary_rows() -> list[dict[str, str]]:
    """One row a column of every exported table: table, about, field, type, values, description."""
    values = {(row["table"], row["field"]): row["values"] for row in data_dictionary()}
    return [
        {
            "table": name,
            "about": about(name),
            "field": column,
            "type": _type_name(name, column),
            "values": values.get((name, column), ""),
            "description": describe(name, column),
        }
        for name in EXPORT_TABLES
        for column in TABLE_COLUMNS[name]
    ]


def about(table: str) -> str:
    """What a row of the table is, in a sentence."""
    if table in _ABOUT:
        return _ABOUT[table]
    return (PUBLIC_MODELS[table].__doc__ or "").strip().splitlines()[0]


def _type_name(table: str, column: str) -> str:
    columns = t.metadata.tables[table].columns
    if column not in columns:
        return "whole number" if column in ("start", "end", "page", "passages") else "text"
    kind = columns[column].type
    if isinstance(kind, (BigInteger, Integer)):
        return "whole number"
    if isinstance(kind, Float):
        return "number"
    return "list" if column in ("signers", "recipients", "variants") else "text"


def datasette_metadata(store_name: str) -> dict[str, Any]:
    """Metadata for ``datasette STORE --metadata metadata.json``: titles, columns, filters, queries."""
    tables: dict[str, Any] = {}
    for name in EXPORT_TABLES:
        columns = {column: describe(name, column) for column in TABLE_COLUMNS[name]}
        shown = view_name(name) if name in RECORD_TYPES else name
        tables[shown] = {"description": about(name), "columns": columns}
        if name in _FACETS:
            tables[shown]["facets"] = _FACETS[name]
    hidden = sorted(set(t.metadata.tables) - set(EXPORT_TABLES))
    tables |= {name: {"hidden": True} for name in hidden}
    queries = {
        "open_findings": {
            "title": "Findings without a verdict",
            "sql": "SELECT severity, rule, message, stated, expected, fingerprint FROM finding "
            "WHERE fingerprint NOT IN (SELECT fingerprint FROM verdict) ORDER BY severity, rule",
        },
        "files_in_quarantine": {
            "title": "Files that could not be processed",
            "sql": "SELECT file, stage, message, first_seen, last_seen FROM issue WHERE resolved_at IS NULL",
        },
    }
    title = "Facts of education reports"
    return {"title": title, "databases": {Path(store_name).stem: {"tables": tables, "queries": queries}}}
