"""The store: everything that was ingested, found and decided, in one database."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from pipelines.errors import UsageError
from pipelines.facts import ReportFacts
from pipelines.store import entities, findings, queries, reports, timelines
from pipelines.store import tables as t
from pipelines.store.database import Database, connect
from pipelines.store.migrate import migrate
from pipelines.store.models import ReportState, Run, VerdictState
from schemas import (
    MACHINE,
    Anchor,
    Entity,
    EntityKind,
    Finding,
    Issue,
    Judgement,
    Record,
    TextLayer,
    Verdict,
    VerdictDecision,
)
from schemas.relation import Relation

if TYPE_CHECKING:
    import pandas as pd


def _now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Store:
    """One open store. Every method is one transaction; a method that fails leaves all as it was.

    Methods raise StoreError where the database refuses (it is locked, full, read-only, gone).
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str) -> Store:
        """The store at a URL, made or brought to the present schema where needed.

        ``sqlite:///baocao.db`` is a file beside the work, ``sqlite:////srv/baocao.db`` one with a full
        path, ``postgresql://user@host/name`` a server's database.

        Raises: StoreError where it cannot be opened or written, is no store, or is a newer program's.
        """
        database = connect(url)
        migrate(database)
        return cls(database)

    @property
    def name(self) -> str:
        """What to call the store in messages: its file, or its URL without a password."""
        return self._database.name

    def close(self) -> None:
        """Let go of the connections."""
        self._database.engine.dispose()

    # --- reports -----------------------------------------------------------------------------

    def report_states(self) -> dict[str, ReportState]:
        """What is known of every file, by its path as given."""
        with self._database.read() as connection:
            return reports.report_states(connection)

    def save_report(
        self,
        layer: TextLayer,
        records: Sequence[Record],
        relations: Sequence[Relation],
        *,
        version: str,
        run: str | None = None,
    ) -> None:
        """Store a report: its text, records and relations in the place of what it had.

        ``version`` is the digest of the extraction that made the records. A file whose content
        changed leaves its old report behind, superseded unless another file still holds it.

        Raises: ValueError where the records are not of this layer or lack the report record.
        """
        with self._database.write() as connection:
            reports.save(connection, layer, records, relations, version=version, run=run, now=_now())

    def mark_seen(self, files: Mapping[str, str]) -> None:
        """Note that files (path as given → report id) still, or now, hold reports that are stored.

        Raises: UsageError where a report is not in the store.
        """
        with self._database.write() as connection:
            try:
                reports.see_files(connection, files, now=_now())
            except KeyError as error:
                raise UsageError(f"{self.name}: holds no report {error.args[0]}; ingest its file first") from error

    def mark_vanished(self, files: Iterable[str]) -> None:
        """Mark files that are no longer there; their facts stay, with ``report_status`` vanished."""
        with self._database.write() as connection:
            reports.mark_vanished(connection, files)

    def report_facts(self, report_ids: Collection[str] | None = None) -> list[ReportFacts]:
        """The reports with their facts, by file; all but the superseded ones where no ids are given."""
        with self._database.read() as connection:
            return reports.report_facts(connection, report_ids)

    # --- issues ------------------------------------------------------------------------------

    def add_issue(self, file: str, stage: str, error: str, message: str, report: str | None = None) -> None:
        """Put a file that failed into quarantine; ``error`` is the class, ``message`` the sentence."""
        with self._database.write() as connection:
            findings.add_issue(
                connection, file=file, stage=stage, error=error, message=message, report=report, now=_now()
            )

    def resolve_issues(self, file: str) -> None:
        """Close the issues of a file that went through."""
        with self._database.write() as connection:
            findings.resolve_issues(connection, file, now=_now())

    def issues(self) -> list[Issue]:
        """The open issues, by file and stage."""
        with self._database.read() as connection:
            return findings.issues(connection)

    # --- entities ----------------------------------------------------------------------------

    def save_entities(
        self,
        entities_found: Sequence[Entity],
        redirects: Mapping[str, str] | None = None,
        events: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Put the entities of all reports in the place of those of the last reconciliation.

        ``redirects`` says where ids lead that gave way to an older one, ``events`` are rows of ``school_event``.
        """
        with self._database.write() as connection:
            entities.save_entities(connection, entities_found, redirects or {}, events)

    def timeline(self, name: str, **where: str) -> pd.DataFrame:
        """A timeline as a data frame: ``post_timeline``, ``school_timeline``, ``award_tally``, ``indicator_series``.

        ``where`` keeps the rows whose columns have these values: ``timeline("post_timeline", person="person-1f…")``.

        Raises: UsageError where the timeline or a column is unknown.
        """
        return timelines.timeline(self._database, name, where)

    def entity(self, identifier: str) -> Entity:
        """The entity of an id, be it one that gave way to an older one.

        Raises: UsageError where there is none.
        """
        with self._database.read() as connection:
            found = entities.entity(connection, identifier)
        if found is None:
            raise UsageError(f"{self.name}: there is no entity {identifier!r}; `baocao entities person` lists them")
        return found

    def report_ages(self) -> dict[str, int]:
        """In which run each report was first seen, by its id: what makes an entity's id the older one."""
        with self._database.read() as connection:
            return entities.report_ages(connection)

    def entities(self, kind: EntityKind | None = None) -> list[Entity]:
        """The entities of a kind (of all kinds for None), by name and id."""
        with self._database.read() as connection:
            return entities.entities(connection, kind)

    def add_judgement(
        self,
        left: str,
        right: str,
        decision: str,
        by: str,
        note: str,
        score: float | None = None,
        *,
        left_anchors: Sequence[Anchor] = (),
        right_anchors: Sequence[Anchor] = (),
    ) -> Judgement:
        """Append a judgement; the next reconciliation honours it (see `pipelines.reconcile`).

        The anchors say by content what is judged; without them the ids count.

        Raises: pydantic.ValidationError where the decision is unknown.
        """
        fields = {"left": left, "right": right, "decision": decision, "by": by, "note": note, "score": score}
        anchors = {"left_anchors": tuple(left_anchors), "right_anchors": tuple(right_anchors)}
        judgement = Judgement.model_validate({**fields, **anchors, "at": _now()})
        with self._database.write() as connection:
            entities.add_judgement(connection, judgement)
        return judgement

    def save_machine_judgements(self, made: Iterable[tuple[str, str, str, float, str]]) -> None:
        """Append what the resolver decided (left, right, decision, score, note), as far as it is new.

        What it no longer decides is retracted; persons' judgements are left alone.
        """
        now = _now()
        names = ("left", "right", "decision", "score", "note")
        rows = [
            Judgement.model_validate({**dict(zip(names, row, strict=True)), "by": MACHINE, "at": now}) for row in made
        ]
        with self._database.write() as connection:
            entities.add_machine_judgements(connection, rows, now=now)

    def judgements(self) -> list[Judgement]:
        """Every judgement in the order given."""
        with self._database.read() as connection:
            return entities.judgements(connection)

    # --- findings ----------------------------------------------------------------------------

    def save_findings(self, findings_found: Sequence[Finding], reports: Collection[str] | None) -> None:
        """Store what an audit of some reports, or of the corpus (None), found, instead of what it left before.

        Raises: ValueError where a finding is not of that audit.
        """
        with self._database.write() as connection:
            findings.save_findings(connection, findings_found, reports)

    def findings(self, include_judged: bool = False) -> list[Finding]:
        """The findings that still need a verdict, or all, the gravest first."""
        with self._database.read() as connection:
            return findings.findings(connection, include_judged=include_judged)

    def add_verdict(self, fingerprint: str, decision: VerdictDecision, by: str, note: str) -> Verdict:
        """Store an auditor's decision; the fingerprint may be cut short where it stays unique.

        Raises: UsageError where it fits no finding, or several.
        """
        verdict = Verdict(fingerprint=fingerprint, decision=decision, by=by, note=note, at=_now())
        with self._database.write() as connection:
            return findings.add_verdict(connection, verdict)

    def verdicts(self) -> list[VerdictState]:
        """Every verdict in the order given; those whose finding is gone are orphans."""
        with self._database.read() as connection:
            return findings.verdicts(connection)

    # --- runs --------------------------------------------------------------------------------

    def start_run(self) -> str:
        """The id of a new run."""
        now = _now()
        run = f"{now[:19].replace(':', '').replace('-', '')}-{secrets.token_hex(3)}"
        with self._database.write() as connection:
            connection.execute(insert(t.run).values(id=run, started_at=now))
        return run

    def finish_run(self, run: str, summary: dict[str, Any]) -> None:
        """Note that a run ended, and its summary.

        Raises: UsageError where there is no such run.
        """
        with self._database.write() as connection:
            change = update(t.run).where(t.run.c.id == run).values(finished_at=_now(), summary=summary)
            if connection.execute(change).rowcount == 0:
                raise UsageError(f"{self.name}: there is no run {run!r}; `baocao status` lists them")

    def runs(self) -> list[Run]:
        """Every run, the latest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(t.run).order_by(t.run.c.started_at.desc(), t.run.c.id.desc())).mappings()
            return [Run(row["id"], row["started_at"], row["finished_at"], row["summary"] or {}) for row in rows]

    # --- facts -------------------------------------------------------------------------------

    def facts(self, type: str, where: str | None = None) -> pd.DataFrame:
        """The facts of a record type, a row each, as a data frame.

        Columns are the record's fields, then its report's (``report_file``, ``report_title``…), its
        entity's (``entity_id``, ``entity_name``) and its first passage's (``quote``, ``start``,
        ``end``, ``page``). ``where`` is a SQL condition over them: ``level = 'TH' AND value > 20``.

        Raises: UsageError where the type or a column is unknown or the condition is more than one.
        """
        return queries.facts(self._database, type, where)

    def table(self, name: str) -> pd.DataFrame:
        """A table of the store that holds no facts (``entity``, ``finding``, ``issue``…), as it is.

        Raises: UsageError where it is unknown.
        """
        return queries.table(self._database, name)
