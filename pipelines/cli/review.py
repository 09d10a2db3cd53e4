"""``baocao audit`` and ``baocao verdict``: what does not add up, and what an auditor says to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.options import Decision, ListFormat, StoreUrl
from pipelines.cli.output import (
    command,
    console,
    json_line,
    printable,
)
from pipelines.errors import UsageError
from pipelines.stores import DEFAULT_STORE, open_store

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from schemas import Finding, Operand

AUDIT_EXAMPLE = "Example: baocao audit --format table, or baocao audit | jq 'select(.severity == \"error\")'"
VERDICT_EXAMPLE = "Example: baocao verdict 3f9ab2c41d dismiss --by 'Lê Thị Mai' --note 'tổng gồm cả lớp ghép'"

_STYLES = {"error": "bold red", "warning": "bold yellow", "notice": "bold blue"}
_SHOWN_FINGERPRINT = 12


@command
def audit(
    store: StoreUrl = DEFAULT_STORE,
    format: Annotated[ListFormat, typer.Option("--format", help="For programs, or to read.")] = ListFormat.JSONL,
    all: Annotated[bool, typer.Option("--all", help="Those with a verdict too.")] = False,
) -> None:
    """Print the findings without a verdict, the gravest first, each with all its passages."""
    findings = open_store(store).findings(include_judged=all)
    if format is ListFormat.JSONL:
        for finding in findings:
            typer.echo(json_line(finding.as_row()), nl=False)
        return
    screen = console()
    for finding in findings:
        _print_finding(finding, screen)
    counts = ", ".join(f"{sum(f.severity == name for f in findings)} {name}" for name in _STYLES)
    screen.print(f"{len(findings)} findings: {counts}" if findings else "No findings without a verdict.")


def _print_finding(finding: Finding, screen: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    head = Text(finding.severity, style=_STYLES[finding.severity])
    head.append(f"  {finding.rule}  {finding.finding_class}", style="bold")
    head.append(f"  {finding.fingerprint[:_SHOWN_FINGERPRINT]}", style="dim")
    if finding.verdict is not None:
        head.append(f"  [{finding.verdict}]", style="green")
    screen.print(head)
    screen.print(Padding(Text(printable(finding.message)), (0, 0, 0, 2)))
    screen.print(Padding(Text(printable(finding.message_en), style="italic"), (0, 0, 0, 2)))
    for operand in finding.operands:
        screen.print(Padding(_operand(operand), (0, 0, 0, 4)))
    screen.print()


def _operand(operand: Operand) -> Text:
    from rich.text import Text

    place = f"{operand.file}:{operand.start}" + (f" p. {operand.page}" if operand.page is not None else "")
    text = Text(printable(place), style="cyan")
    if operand.value is not None:
        text.append(f" = {printable(str(operand.value))}", style="bold default")
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
    """Decide about a finding; a dismissed one is not shown again, whatever is ingested later."""
    if not by.strip() or not note.strip():
        raise UsageError("--by and --note must say who decides and why")
    made = open_store(store).add_verdict(fingerprint, decision.value, by.strip(), note.strip())
    typer.echo(json_line(made.model_dump(mode="json")), nl=False)
