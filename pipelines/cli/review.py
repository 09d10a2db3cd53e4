"""``baocao audit`` and ``baocao verdict``: what does not add up, and what an auditor says to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.options import AuditFormat, Decision, Out, StoreUrl
from pipelines.cli.output import (
    binary_output,
    command,
    console,
    json_line,
    printable,
    text_output,
)
from pipelines.errors import UsageError
from pipelines.stores import DEFAULT_STORE, open_store

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from pipelines.store import Store
    from schemas import Finding, Operand

AUDIT_EXAMPLE = (
    "Example: baocao audit --format table, or baocao audit --format docx --period 2020-2021 --out phat-hien.docx, "
    "or baocao audit | jq 'select(.severity == \"error\")'"
)
VERDICT_EXAMPLE = "Example: baocao verdict 3f9ab2c41d dismiss --by 'Lê Thị Mai' --note 'tổng gồm cả lớp ghép'"

_STYLES = {"error": "bold red", "warning": "bold yellow", "notice": "bold blue"}


@command
def audit(
    store: StoreUrl = DEFAULT_STORE,
    format: Annotated[
        AuditFormat, typer.Option("--format", help="For programs, to read, or for the auditor's file.")
    ] = AuditFormat.JSONL,
    all: Annotated[bool, typer.Option("--all", help="Those with a verdict too.")] = False,
    report: Annotated[
        str, typer.Option("--report", metavar="NAME", help="Only of reports whose file has this name.")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="Only of reports about it: 2020-2021.")
    ] = "",
    out: Out = None,
) -> None:
    """Print the findings without a verdict, the gravest first, each with all its passages.

    As html, docx or xlsx the list is for printing and filing: by report, with room for the auditor's word, and at its
    end the verdicts whose finding is gone. Word documents and workbooks need --out.
    """
    opened = open_store(store)
    findings = _chosen(opened, opened.findings(include_judged=all), report, period)
    if format in (AuditFormat.HTML, AuditFormat.DOCX, AuditFormat.XLSX):
        _write_sheet(opened, findings, format, report or period, out)
        return
    orphans = [state.verdict for state in opened.verdicts() if state.orphan]
    with text_output(out) as stream:
        if format is AuditFormat.JSONL:
            for finding in findings:
                stream.write(json_line(finding.as_row()))
            return
        screen = console()
        if out is not None:
            screen.file = stream
        for finding in findings:
            _print_finding(finding, screen)
        counts = ", ".join(f"{sum(f.severity == name for f in findings)} {name}" for name in _STYLES)
        screen.print(f"{len(findings)} findings: {counts}" if findings else "No findings without a verdict.")
        for verdict in orphans:
            said = f"{verdict.decision} by {verdict.by} on {verdict.at[:10]}: {verdict.note}"
            screen.print(printable(f"Verdict without a finding: {verdict.fingerprint} {said}"), markup=False)


def _chosen(store: Store, findings: Sequence[Finding], report: str, period: str) -> list[Finding]:
    """The findings of reports of a file name and a period, all where neither is asked for.

    Raises: UsageError where no report is meant.
    """
    if not report and not period:
        return list(findings)
    rows = store.facts("report")
    meant = {
        str(row["report"])
        for row in rows.to_dict("records")
        if (not report or report.lower() in PurePath(str(row["file"])).name.lower())
        and (not period or str(row["period"]) == period)
    }
    if not meant:
        asked = " and ".join(filter(None, (report and f"a name with {report!r}", period and f"the period {period!r}")))
        raise UsageError(f"no report has {asked}; `baocao facts report` lists them")
    return [finding for finding in findings if any(operand.report in meant for operand in finding.operands)]


def _write_sheet(store: Store, findings: Sequence[Finding], format: AuditFormat, what: str, out: Path | None) -> None:
    from pipelines.audit_sheets import RENDERERS, make_sheet

    title = "Danh sách phát hiện" + (f": {what}" if what else "")
    sheet = make_sheet(findings, store.verdicts(), title=title, made=f"{datetime.now(UTC):%d/%m/%Y}")
    content = RENDERERS[format.value](sheet)
    if out is None:
        if format is not AuditFormat.HTML:
            raise UsageError(f"a {format.value} file is not for the screen; name a file with --out")
        typer.echo(content.decode(), nl=False)
        return
    with binary_output(out) as path:
        path.write_bytes(content)


def _print_finding(finding: Finding, screen: Console) -> None:
    from rich.text import Text

    from pipelines.audit_sheets.rows import passages_of

    head = Text(finding.severity, style=_STYLES[finding.severity])
    head.append(f"  {finding.rule}  {finding.finding_class}", style="bold")
    head.append(f"  {finding.fingerprint}", style="dim")
    if finding.verdict is not None:
        head.append(f"  [{finding.verdict}]", style="green")
    screen.print(head)
    _print_indented(Text(printable(finding.message)), 2, screen)
    _print_indented(Text(printable(finding.message_en), style="italic"), 2, screen)
    for operand, values in passages_of(finding):
        _print_indented(_operand(operand, values), 4, screen)
    screen.print()


def _print_indented(text: Text, indent: int, screen: Console) -> None:
    """Wrapped to the screen, without the spaces that padding would put behind each line."""
    from rich.text import Text

    for line in text.wrap(screen, screen.width - indent):
        line.rstrip()
        screen.print(Text(" " * indent) + line)


def _operand(operand: Operand, values: str) -> Text:
    from rich.text import Text

    place = f"{operand.file}:{operand.start}" + (f" p. {operand.page}" if operand.page is not None else "")
    text = Text(printable(place), style="cyan")
    if values:
        text.append(f" = {printable(values)}", style="bold default")
    text.append(f"\n“{printable(' '.join(operand.quote.split()))}”", style="default")
    return text


@command
def verdict(
    fingerprint: Annotated[str, typer.Argument(metavar="FINGERPRINT", help="As audit prints it, or its beginning.")],
    decision: Annotated[Decision, typer.Argument(help="confirm: it is an error; dismiss: it is none; reopen: undo.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")],
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Decide about a finding; a dismissed one is not shown again unless one of its values changes."""
    if not by.strip() or not note.strip():
        raise UsageError("--by and --note must say who decides and why")
    made = open_store(store).add_verdict(fingerprint, decision.value, by.strip(), note.strip())
    typer.echo(json_line(made.model_dump(mode="json")), nl=False)
