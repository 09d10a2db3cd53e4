"""The main job: read, extract, store, reconcile, audit. Plain functions; `orchestrate` runs them under Prefect."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pipelines.errors import StoreError
from pipelines.extraction import Extracted, Failure, Outcome, Stage, display_name, unexpected_failure
from pipelines.facts import ReportFacts
from pipelines.flows.changes import find_changes, gone_from
from pipelines.flows.runners import LocalRunner, Runner, make_batches
from pipelines.flows.summary import SEVERITIES, RunSummary
from pipelines.flows.versions import audit_version, extraction_version
from pipelines.store import Run, Store
from schemas import MACHINE, RECORD_TYPES, Entity, Finding

#: Reports whose findings are stored in one transaction.
_AUDIT_CHUNK = 200


class Progress(Protocol):
    """Told how far a run is; may be called from several threads."""

    def __call__(self, stage: Stage, *, done: int, total: int) -> None:
        """``done`` of ``total`` files (reports, in the audit) went through the stage."""


def no_progress(stage: Stage, *, done: int, total: int) -> None:
    """Tells nobody."""


def ingest(
    paths: Sequence[Path],
    store_url: str,
    *,
    runner: Runner | None = None,
    settle_seconds: float = 0.0,
    progress: Progress = no_progress,
) -> RunSummary:
    """Bring the store up to date with the files under the paths, and tell what was done.

    Files whose bytes and extraction version are stored are skipped, files that vanished from the
    folders are marked. A file that fails becomes an issue and stops nothing. Each report is stored
    in a transaction of its own, so that a run that is killed loses nothing that was stored; the
    next run does the rest. With ``settle_seconds``, files that changed within them wait.

    Raises: StoreError where the store cannot be opened or written.
    """
    started = time.monotonic()
    store = Store.open(store_url)
    try:
        job = _Job(store, runner or LocalRunner(), progress)
        return job.run(paths, settle_seconds=settle_seconds, started=started)
    finally:
        store.close()


@dataclass
class _Job:
    """One run: what it works with, and the failures and stored reports so far."""

    store: Store
    runner: Runner
    progress: Progress
    failures: list[Failure] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)

    def run(self, paths: Sequence[Path], *, settle_seconds: float, started: float) -> RunSummary:
        """See `ingest`."""
        last = next(iter(self.store.runs()), None)
        run = self.store.start_run()
        states = self.store.report_states()
        version = extraction_version()
        changes = self.runner.stage(
            "look-for-changes",
            lambda: find_changes(paths, states, version=version, settle_seconds=settle_seconds),
        )
        self.store.mark_vanished(changes.vanished)
        # Who takes a bad file away has done what there was to do.
        for file in gone_from(paths, [issue.file for issue in self.store.issues()], changes.found):
            self.store.resolve_issues(file)
        self.store.mark_seen(changes.unchanged)
        self.extract(changes.to_do, version=version, run=run)
        totals = self.conclude(last, is_changed=bool(self.stored or changes.vanished))
        failed = {failure.file for failure in self.failures}
        summary = RunSummary(
            run=run,
            store=self.store.name,
            **{
                name: sum(display_name(path) not in failed for path in getattr(changes, name))
                for name in ("new", "changed", "outdated")
            },
            unchanged=len(changes.unchanged),
            vanished=len(changes.vanished),
            waiting=len(changes.waiting),
            failures=tuple(self.failures),
            reports=totals.reports,
            records=totals.records,
            entities=totals.entities,
            findings=_by_severity(self.store.findings()),
            seconds=time.monotonic() - started,
        )
        self.store.finish_run(run, {**summary.as_row(), "concluded": _conclusion(self.store)})
        return summary

    # --- read, extract, store ------------------------------------------------------------------

    def extract(self, paths: Sequence[Path], *, version: str, run: str) -> None:
        """Read, extract and store the files, batch by batch."""
        if not paths:
            return
        numbers = itertools.count(1)  # counts right from several threads

        def on_file() -> None:
            self.progress("extract", done=next(numbers), total=len(paths))

        self.progress("extract", done=0, total=len(paths))
        for outcomes in self.runner.run(make_batches(paths, self.runner.workers), on_file=on_file):
            for outcome in outcomes:
                self.save(outcome, version=version, run=run)

    def save(self, outcome: Outcome, *, version: str, run: str) -> None:
        """Store one outcome: the report with its facts, or the issue.

        Raises: StoreError where the store takes neither.
        """
        if isinstance(outcome, Failure):
            self.fail(outcome)
            return
        failure = self.save_report(outcome, version=version, run=run)
        if failure is not None:
            self.fail(failure)
            return
        self.stored.add(outcome.layer.id)
        self.store.resolve_issues(outcome.file)

    def save_report(self, found: Extracted, *, version: str, run: str) -> Failure | None:
        """Store a report; the failure where the store refuses its content."""
        try:
            self.store.save_report(found.layer, found.records, found.relations, version=version, run=run)
        except StoreError as error:
            # Perhaps it is this report's content. If it is the store, it will not take the issue either.
            return Failure(found.file, "store", type(error).__name__, f"{found.file}: cannot be stored ({error})")
        except Exception as error:  # noqa: BLE001 - becomes an issue row and a message; the other files go on
            return unexpected_failure(found.file, "store", error)
        return None

    def fail(self, failure: Failure, report: str | None = None) -> None:
        """Put a file into quarantine."""
        self.failures.append(failure)
        self.store.add_issue(failure.file, failure.stage, failure.error, failure.message, report)

    # --- reconcile, audit ------------------------------------------------------------------------

    def conclude(self, last: Run | None, *, is_changed: bool) -> _Totals:
        """Reconcile and audit, unless nothing changed since a run that did; the totals of the store."""
        concluded = last.summary.get("concluded") if last is not None else None
        if concluded == _conclusion(self.store):
            if not is_changed and last is not None:
                return _Totals.of(last)
            audited = self.stored
        else:
            # The last run was killed, or another version made the findings: any report may lack its own.
            audited = None
        reports = self.store.report_facts()
        entities = self.runner.stage("reconcile", lambda: self.reconcile(reports))
        self.runner.stage("audit", lambda: self.audit(reports, entities, audited))
        return _Totals(len(reports), _by_type(reports), dict(Counter(entity.kind for entity in entities)))

    def reconcile(self, reports: Sequence[ReportFacts]) -> list[Entity]:
        """The entities of all reports, stored."""
        from pipelines.correct import reconcile_store

        return reconcile_store(self.store, reports).entities

    def audit(self, reports: Sequence[ReportFacts], entities: Sequence[Entity], only: Collection[str] | None) -> None:
        """Store what the audit finds: in these reports (None: in all), and across all."""
        from pipelines.audit import audit_corpus, audit_report
        from pipelines.audit_settings import load_settings

        settings = load_settings()

        chosen = [facts for facts in reports if only is None or facts.layer.id in only]
        for start in range(0, len(chosen), _AUDIT_CHUNK):
            chunk = chosen[start : start + _AUDIT_CHUNK]
            findings: list[Finding] = []
            for number, facts in enumerate(chunk, start):
                try:
                    findings += audit_report(facts)
                except Exception as error:  # noqa: BLE001 - becomes an issue row and a message; the others go on
                    self.fail(unexpected_failure(facts.layer.file, "audit", error), facts.layer.id)
                self.progress("audit", done=number + 1, total=len(chosen))
            self.store.save_findings(settings.apply(findings), {facts.layer.id for facts in chunk})
        self.store.save_findings(settings.apply(audit_corpus(reports, entities)), None)


@dataclass(frozen=True)
class _Totals:
    """What the store holds after a run."""

    reports: int
    records: dict[str, int]
    entities: dict[str, int]

    @classmethod
    def of(cls, run: Run) -> _Totals:
        """The totals that a finished run noted."""
        return cls(run.summary["reports"], run.summary["records"], run.summary["entities"])


def _conclusion(store: Store) -> dict[str, Any]:
    """What entities and findings follow from besides the reports; noted with a run that drew them."""
    from pipelines.audit_settings import settings_digest

    judgements = sum(made.by != MACHINE for made in store.judgements())
    return {"version": audit_version(), "judgements": judgements, "settings": settings_digest()}


def _by_type(reports: Iterable[ReportFacts]) -> dict[str, int]:
    counts = Counter(record.type for facts in reports for record in facts.records)
    return {name: counts[name] for name in RECORD_TYPES}  # type: ignore[index]


def _by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {name: counts[name] for name in SEVERITIES}  # type: ignore[index]
