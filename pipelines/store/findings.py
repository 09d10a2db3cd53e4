"""Findings, the verdicts of auditors, and what could not be processed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from pipelines.errors import UsageError
from pipelines.store import tables as t
from pipelines.store.models import VerdictState
from pipelines.store.verdicts import inherited, judge
from schemas import Finding, Issue, Operand, Verdict

_FINDING_FIELDS = ("rule", "severity", "scope", "message", "message_en", "stated", "expected", "fingerprint")


def save_findings(connection: Connection, findings: Sequence[Finding], reports: Collection[str] | None) -> None:
    """Put findings in the place of those that the same audit left before.

    ``reports`` are the reports that were audited, None is the corpus: the findings of that scope go,
    the given ones come. A fingerprint is kept once in a report.

    Raises: ValueError where a finding is of the other scope or of a report that was not audited.
    """
    _delete_findings(connection, reports)
    seen: set[tuple[str, str | None]] = set()
    for finding in findings:
        report = finding.operands[0].report if finding.scope == "report" and finding.operands else None
        if (reports is None) != (finding.scope == "corpus") or (reports is not None and report not in reports):
            raise ValueError(f"finding {finding.fingerprint} of {finding.rule} is not of the audit being saved")
        if (finding.fingerprint, report) in seen:
            continue
        seen.add((finding.fingerprint, report))
        values = {name: getattr(finding, name) for name in _FINDING_FIELDS}
        key = connection.execute(
            insert(t.finding).values(report=report, **values, **{"class": finding.finding_class})
        ).inserted_primary_key
        assert key is not None
        if finding.operands:
            connection.execute(
                insert(t.operand),
                [
                    {"finding": key[0], "position": position, **operand.model_dump()}
                    for position, operand in enumerate(finding.operands)
                ],
            )


def _delete_findings(connection: Connection, reports: Collection[str] | None) -> None:
    if reports is None:
        connection.execute(delete(t.finding).where(t.finding.c.scope == "corpus"))
        return
    for report in sorted(reports):
        connection.execute(delete(t.finding).where(t.finding.c.scope == "report", t.finding.c.report == report))


def findings(connection: Connection, *, include_judged: bool) -> list[Finding]:
    """The findings in the order error, warning, notice, then by rule and place.

    A finding whose passages stand in a superseded report is not among them. Judged ones are left
    out unless asked for; a reopened finding counts as not judged, its ``verdict`` is None. One that
    several files of one report hold (its Word file and its PDF) is one finding, at the first of them.
    A verdict goes over to the finding that says the same with other words; where a value changed the
    finding comes back and says so.
    """
    superseded = set(connection.execute(select(t.report.c.id).where(t.report.c.status == "superseded")).scalars())
    operands: dict[int, list[Operand]] = defaultdict(list)
    for row in connection.execute(select(t.operand).order_by(t.operand.c.finding, t.operand.c.position)).mappings():
        operands[row["finding"]].append(Operand(**{name: row[name] for name in Operand.model_fields}))
    found: list[Finding] = []
    for row in connection.execute(select(t.finding)).mappings():
        passages = tuple(operands[row["id"]])
        if any(passage.report in superseded for passage in passages):
            continue
        values = {name: row[name] for name in _FINDING_FIELDS}
        found.append(Finding(**values, finding_class=row["class"], operands=passages))
    first: dict[str, Finding] = {}
    for finding in sorted(found, key=_place):
        first.setdefault(finding.fingerprint, finding)
    judged = judge(list(first.values()), _latest(connection))
    return [finding for finding in judged if include_judged or finding.verdict is None]


def _place(finding: Finding) -> tuple[int, str, list[tuple[str, int, int]], str]:
    passages = [(operand.file, operand.start, operand.end) for operand in finding.operands]
    return ("error", "warning", "notice").index(finding.severity), finding.rule, passages, finding.fingerprint


def _latest(connection: Connection) -> dict[str, Verdict]:
    """The latest verdict by fingerprint, those that reopened among them."""
    rows = connection.execute(select(t.verdict).order_by(t.verdict.c.id)).mappings()
    return {row["fingerprint"]: Verdict(**{name: row[name] for name in Verdict.model_fields}) for row in rows}


def add_verdict(connection: Connection, verdict: Verdict) -> Verdict:
    """Store a verdict about a finding, whose fingerprint may be cut short where it stays unique.

    Raises: UsageError where no finding has the fingerprint, or several begin with it.
    """
    known = set(connection.execute(select(t.finding.c.fingerprint)).scalars())
    known |= set(connection.execute(select(t.verdict.c.fingerprint)).scalars())
    given = verdict.fingerprint
    matches = {given} if given in known else {print_ for print_ in known if given and print_.startswith(given)}
    if not matches:
        raise UsageError(f"no finding has the fingerprint {given!r}; `baocao audit --all` lists them")
    if len(matches) > 1:
        raise UsageError(f"several findings begin with {given!r}; give more of one: {', '.join(sorted(matches)[:5])}")
    verdict = verdict.model_copy(update={"fingerprint": matches.pop()})
    connection.execute(insert(t.verdict).values(**verdict.model_dump()))
    return verdict


def verdicts(connection: Connection) -> list[VerdictState]:
    """Every verdict in the order given; those whose finding is gone, in other words too, are orphans."""
    known = set(connection.execute(select(t.finding.c.fingerprint)).scalars())
    heirs = {given: heir for heir, given in inherited(known, _latest(connection)).items()}
    return [
        VerdictState(
            verdict=Verdict(**{name: row[name] for name in Verdict.model_fields}),
            orphan=row["fingerprint"] not in known and row["fingerprint"] not in heirs,
            heir=heirs.get(row["fingerprint"]),
        )
        for row in connection.execute(select(t.verdict).order_by(t.verdict.c.id)).mappings()
    ]


def add_issue(
    connection: Connection, *, file: str, stage: str, error: str, message: str, report: str | None, now: str
) -> None:
    """Note that a stage failed for a file; an open issue of the same stage is brought up to date."""
    values = {"error": error, "message": message, "report": report, "last_seen": now}
    is_same = (t.issue.c.file == file, t.issue.c.stage == stage, t.issue.c.resolved_at.is_(None))
    if connection.execute(update(t.issue).where(*is_same).values(**values)).rowcount == 0:
        connection.execute(insert(t.issue).values(file=file, stage=stage, first_seen=now, **values))


def resolve_issues(connection: Connection, file: str, *, now: str) -> None:
    """Close the open issues of a file."""
    is_open = (t.issue.c.file == file, t.issue.c.resolved_at.is_(None))
    connection.execute(update(t.issue).where(*is_open).values(resolved_at=now))


def issues(connection: Connection) -> list[Issue]:
    """The open issues, by file and stage."""
    query = select(t.issue).where(t.issue.c.resolved_at.is_(None)).order_by(t.issue.c.file, t.issue.c.stage)
    return [Issue(**{name: row[name] for name in Issue.model_fields}) for row in connection.execute(query).mappings()]
