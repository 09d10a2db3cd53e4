"""The tables of the store. Columns of facts are named as the fields of the record contract."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()

#: Statuses of a file: ``replaced`` is content that the file used to have.
FILE_STATUSES = ("new", "unchanged", "changed", "vanished", "replaced")
#: Statuses of a report. Facts of a superseded report are kept, and shown nowhere.
REPORT_STATUSES = ("current", "vanished", "superseded")


class JsonText(TypeDecorator[Any]):
    """A list or mapping kept as readable JSON text, alike on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The JSON text of a value; None stays None."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value of a JSON text; None stays None."""
        return None if value is None else json.loads(value)


def _report_key(*, primary_key: bool = False) -> Column[str]:
    return Column("report", Text, ForeignKey("report.id"), primary_key=primary_key, nullable=False)


run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("summary", JsonText),
)

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("title", Text),
    Column("kind", Text, nullable=False),
    Column("number", Text),
    Column("issuer", Text),
    Column("place", Text),
    Column("date", Text),
    Column("period", Text),
    Column("signers", JsonText, nullable=False),
    Column("recipients", JsonText, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("run", Text, ForeignKey("run.id")),
    Column("saved_at", Text, nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("path", Text, primary_key=True),
    _report_key(primary_key=True),
    Column("status", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Index("ix_file_report", "report"),
)

layer = Table(
    "layer",
    metadata,
    _report_key(primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", JsonText, nullable=False),
    Column("tables", JsonText, nullable=False),
    Column("blocks", JsonText, nullable=False),
    Column("packed_words", LargeBinary),
    Column("doubts", JsonText),
    Column("margins", JsonText),
)


def _record_table(name: str, *fields: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        _report_key(),
        # Reading order within the report, so that records come back as they were saved.
        Column("position", Integer, nullable=False),
        *fields,
        Column("confidence", Float, nullable=False),
        Index(f"ix_{name}_report", "report"),
    )


official = _record_table(
    "official",
    Column("person", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("organization", Text),
    Column("activity", Text, nullable=False),
    Column("as_of", Text),
)

school = _record_table(
    "school",
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("own_name", Text, nullable=False),
    Column("ordinal", BigInteger),
    Column("place", Text),
    Column("variants", JsonText, nullable=False),
)

award = _record_table(
    "award",
    Column("kind", Text, nullable=False),
    Column("prize", Text),
    Column("title", Text),
    Column("contest", Text),
    Column("level", Text),
    Column("count", BigInteger),
    Column("participants", BigInteger),
    Column("recipient", Text),
    Column("recipient_kind", Text),
    Column("school", Text),
    Column("period", Text),
)

statistic = _record_table(
    "statistic",
    Column("indicator", Text, nullable=False),
    Column("indicator_id", Text),
    Column("value", Float, nullable=False),
    Column("value_to", Float),
    Column("unit", Text),
    Column("of", Float),
    Column("aspect", Text, nullable=False),
    Column("level", Text),
    Column("place", Text),
    Column("period", Text),
)

citation = _record_table(
    "citation",
    Column("doc_type", Text, nullable=False),
    Column("number", Text),
    Column("date", Text),
    Column("issuer", Text),
    Column("subject", Text),
)

evidence = Table(
    "evidence",
    metadata,
    # The id of a record of any type: a fact table, or the report itself.
    Column("record", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _report_key(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("page", Integer),
    Column("box", JsonText),
    Index("ix_evidence_report", "report"),
)

relation = Table(
    "relation",
    metadata,
    _report_key(primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("body", JsonText, nullable=False),
)

entity = Table(
    "entity",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("attributes", JsonText, nullable=False),
    Index("ix_entity_kind", "kind"),
)

entity_mention = Table(
    "entity_mention",
    metadata,
    Column("entity", Text, ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _report_key(),
    Column("file", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    # The record in which the mention stands; None where the mention is none's.
    Column("record", Text),
    # What the record calls the entity.
    Column("name", Text),
    Index("ix_entity_mention_record", "record"),
    Index("ix_entity_mention_report", "report"),
)

entity_redirect = Table(
    "entity_redirect",
    metadata,
    # An id that gave way to an older one when entities came together.
    Column("old", Text, primary_key=True),
    Column("entity", Text, ForeignKey("entity.id", ondelete="CASCADE"), nullable=False),
)

school_event = Table(
    "school_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school", Text, ForeignKey("entity.id", ondelete="CASCADE"), nullable=False),
    Column("event", Text, nullable=False),
    Column("date", Text),
    # Ids of the further schools that took part.
    Column("others", JsonText, nullable=False),
    _report_key(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Index("ix_school_event_report", "report"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("score", Float),
    Column("at", Text, nullable=False),
    # Both sides by content; null where only the ids were known.
    Column("left_anchors", JsonText),
    Column("right_anchors", JsonText),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    # The report of a report's finding; None for one that needs several reports.
    Column("report", Text, ForeignKey("report.id")),
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("class", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("message_en", Text, nullable=False),
    Column("stated", Text),
    Column("expected", Text),
    Index("ix_finding_fingerprint", "fingerprint"),
    Index("ix_finding_report", "report"),
)

operand = Table(
    "operand",
    metadata,
    Column("finding", Integer, ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _report_key(),
    Column("file", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("page", Integer),
    # A number or a text, hence JSON.
    Column("value", JsonText),
    Index("ix_operand_report", "report"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_verdict_fingerprint", "fingerprint"),
)

issue = Table(
    "issue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("report", Text),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    # None while the issue is open.
    Column("resolved_at", Text),
    Index("ix_issue_file", "file"),
)

#: The fact tables by record type, the report itself first.
RECORD_TABLES: dict[str, Table] = {
    "report": report,
    "official": official,
    "school": school,
    "award": award,
    "statistic": statistic,
    "citation": citation,
}
