"""Commands that hand out what is stored: facts, entities, exports, schemas and the state of runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.options import EntityType, FrameFormat, ListFormat, Out, RecordType, StoreUrl
from pipelines.cli.output import OutputError, command, console, json_line, printable, text_output
from pipelines.errors import UsageError
from pipelines.stores import DEFAULT_STORE, open_store

FACTS_EXAMPLE = (
    "Example: baocao facts statistic --where \"level = 'THCS' AND unit = '%'\" --format xlsx --out thcs.xlsx"
)
EXPORT_EXAMPLE = "Example: baocao export tables --format parquet"
SCHEMA_EXAMPLE = "Example: baocao schema --out schemas-json"
ENTITIES_EXAMPLE = "Example: baocao entities school --format table"
STATUS_EXAMPLE = "Example: baocao status --store sqlite:///facts.db"

_SHOWN_RUNS = 10


@command
def facts(
    type: Annotated[RecordType, typer.Argument(metavar="TYPE", help=f"One of {', '.join(RecordType)}.")],
    where: Annotated[str | None, typer.Option("--where", metavar="SQL", help="A condition over the columns.")] = None,
    format: Annotated[FrameFormat, typer.Option("--format", help="How the rows are written.")] = FrameFormat.CSV,
    out: Out = None,
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Print the facts of one type, a row each, with their report, entity and passage."""
    from pipelines.exports import export_frame

    if out is None and format in (FrameFormat.XLSX, FrameFormat.PARQUET) and sys.stdout.isatty():
        raise UsageError(f"{format} is nothing to read on a terminal; name a file with --out")
    frame = open_store(store).facts(type.value, where)
    export_frame(frame, out or sys.stdout.buffer, format.value, table=type.value)


@command
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to; made where it is missing.")],
    format: Annotated[FrameFormat, typer.Option("--format", help="How the tables are written.")] = FrameFormat.CSV,
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Write all tables of the store, and a data dictionary, to a folder."""
    from pipelines.exports import export_all

    for path in export_all(open_store(store), folder, format.value):
        typer.echo(printable(str(path)))


@command
def schema(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write a file a row type instead.")] = None,
) -> None:
    """Print the JSON Schema of every row that is printed or exported, the canonical schema, and the data dictionary."""
    from schemas.export import data_dictionary, json_schemas
    from schemas.kinds import canonical_dictionary, canonical_kinds, indicator_registry, kind_schema

    canonical = {name: kind_schema(kind) for name, kind in canonical_kinds().items()}
    others = {
        "data_dictionary": data_dictionary(),
        "canonical_dictionary": canonical_dictionary(),
        "indicators": indicator_registry(),
    }

    if out is None:
        found = {"schemas": json_schemas(), "canonical": canonical, **others}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    files: dict[str, object] = {f"{name}.schema.json": content for name, content in json_schemas().items()}
    files |= {f"canonical_{name}.schema.json": content for name, content in canonical.items()}
    files |= {f"{name}.json": content for name, content in others.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be made ({error.strerror}); name another folder with --out") from error
    for name, content in files.items():
        with text_output(out / name) as stream:
            stream.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        typer.echo(printable(str(out / name)))


@command
def entities(
    type: Annotated[EntityType, typer.Argument(metavar="TYPE", help="school, person, organization or document.")],
    format: Annotated[ListFormat, typer.Option("--format", help="For programs, or to read.")] = ListFormat.JSONL,
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Print what the mentions of all reports were joined into, each with its mentions."""
    found = open_store(store).entities(type.value)
    if format is ListFormat.JSONL:
        for entity in found:
            sys.stdout.write(json_line(entity.model_dump(mode="json")))
        return
    from rich.table import Table

    table = Table("id", "name", "attributes", "reports", "mentions", "spellings")
    for entity in found:
        attributes = ", ".join(f"{key}: {value}" for key, value in entity.attributes.items() if value is not None)
        spellings = "; ".join(sorted({" ".join(mention.quote.split())[:60] for mention in entity.mentions}))
        reports = len({mention.report for mention in entity.mentions})
        cells = (entity.id, entity.name, attributes, str(reports), str(len(entity.mentions)), spellings)
        table.add_row(*map(printable, cells))
    console().print(table)


@command
def status(store: StoreUrl = DEFAULT_STORE) -> None:
    """Show the last runs, the files in quarantine, and verdicts whose finding is gone."""
    from rich.table import Table

    opened = open_store(store)
    screen = console()
    states = opened.report_states().values()
    vanished = sum(state.status == "vanished" for state in states)
    screen.print(f"Store {opened.name}: {len(states)} files, {vanished} of them vanished")
    runs = Table("started (UTC)", "state", "new", "changed", "unchanged", "failed", "seconds", title="Last runs")
    for run in opened.runs()[:_SHOWN_RUNS]:
        counts = [str(run.summary.get(name, "")) for name in ("new", "changed", "unchanged", "failed", "seconds")]
        runs.add_row(run.started_at, "done" if run.finished_at else "running or interrupted", *counts)
    screen.print(runs)
    issues = opened.issues()
    if issues:
        table = Table("stage", "what failed", "first seen (UTC)", "last seen (UTC)", title="Files in quarantine")
        for issue in issues:
            table.add_row(issue.stage, printable(issue.message), issue.first_seen, issue.last_seen)
        screen.print(table)
    else:
        screen.print("No files in quarantine.")
    from pipelines.reconcile.judgements import orphans as orphaned

    judgements = opened.judgements()
    for judgement in orphaned(opened.entities(), judgements) if judgements else ():
        pair = f"{judgement.left} and {judgement.right}"
        screen.print(
            printable(
                f"Judgement without its mentions: {judgement.decision} {pair} by {judgement.by} ({judgement.note})"
            )
        )
    orphans = [state.verdict for state in opened.verdicts() if state.orphan]
    for verdict in orphans:
        screen.print(
            printable(f"Verdict without its finding: {verdict.decision} {verdict.fingerprint} by {verdict.by}")
        )
