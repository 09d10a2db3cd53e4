"""``baocao ingest`` and ``baocao schedule``: the main job, once or by itself."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.options import Limits, Paths, StoreUrl, Verbose, Workers, apply_limits
from pipelines.cli.output import (
    check_choice,
    command,
    printable,
    report_failures,
    store_option,
)
from pipelines.errors import UsageError
from pipelines.stores import DEFAULT_STORE, open_store

if TYPE_CHECKING:
    from pipelines.flows.summary import RunSummary

INGEST_EXAMPLE = "Example: baocao ingest reports --store sqlite:///facts.db --workers 4"
SCHEDULE_EXAMPLE = "Example: baocao schedule inbox --every 60, or baocao schedule inbox --cron '0 6 * * 1-5'"


@command
def ingest(
    paths: Paths,
    store: StoreUrl = DEFAULT_STORE,
    workers: Workers = None,
    runner: Annotated[
        str, typer.Option("--runner", metavar="process|dask", help="The cores of this machine, or a Dask cluster.")
    ] = "process",
    dask: Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="A running Dask scheduler.")] = None,
    limit: Limits = None,
    verbose: Verbose = False,
) -> int:
    """Read, extract, store, reconcile and audit reports: only what changed since the last time."""
    check_choice(runner, ("process", "dask"), "runner")
    if dask is not None and runner != "dask":
        raise UsageError("--dask is for --runner dask; add it, or leave --dask away")
    apply_limits(limit)
    from pipelines.cli.progress import show_progress, show_start
    from pipelines.flows.environment import check_dask
    from pipelines.flows.session import start_prefect

    # What is wrong with the command is said before Prefect has started.
    if runner == "dask":
        check_dask()
    open_store(store, must_exist=False).close()
    with show_start():
        start_prefect(verbose=verbose)
    from pipelines.flows.orchestrate import run_flow

    with show_progress() as progress:
        summary = run_flow(paths, store, workers=workers, runner=runner, dask_address=dask, progress=progress)
    code = report_failures(summary.failures)
    print_summary(summary, paths, store)
    return code


def print_summary(summary: RunSummary, paths: list[Path], store: str) -> None:
    """Tell what a run did and where to look next."""
    counts = {
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "extracted anew": summary.outdated,
        "vanished": summary.vanished,
        "still being written": summary.waiting,
        "failed": len(summary.failures),
    }
    always = ("new", "changed", "unchanged", "failed")
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count or name in always)
    lines = [
        f"Reports    {told} ({summary.seconds:.1f} s)",
        f"Store      {summary.store}: {summary.reports} reports",
        f"Records    {_listed(summary.records)}",
        f"Entities   {_listed(summary.entities)}",
        f"Findings   {_listed(summary.findings)} (without a verdict)",
        "",
        "Where to look next",
    ]
    option = store_option(store)
    program, folder = _program(), shlex.quote(str(paths[0]))
    hints = [(f"{program} audit --format table{option}", "what does not add up, with the passages")]
    hints += [
        (f"{program} facts statistic{option} --format xlsx --out statistics.xlsx", "facts of one type"),
        (f"{program} entities school{option}", "schools over all reports"),
        (f"{program} extract {folder} --format html --out reports.html", "the reports, highlighted"),
    ]
    if summary.failures:
        hints.append((f"{program} status{option}", "files in quarantine"))
    width = max(len(hint) for hint, _ in hints)
    lines += [f"  {hint:<{width}}  # {what}" for hint, what in hints]
    typer.echo(printable("\n".join(lines)))


def _listed(counts: dict[str, int] | object) -> str:
    assert isinstance(counts, dict)
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "none"


@command
def schedule(
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", help="The folder into which reports are put.")],
    every: Annotated[int | None, typer.Option("--every", min=1, metavar="SECONDS", help="Default: 60.")] = None,
    cron: Annotated[str | None, typer.Option("--cron", metavar="EXPRESSION", help="Five fields, local time.")] = None,
    store: StoreUrl = DEFAULT_STORE,
    workers: Workers = None,
    limit: Limits = None,
    verbose: Verbose = False,
) -> int:
    """Serve a Prefect deployment that ingests what is put into a folder, until it is interrupted."""
    if every is not None and cron is not None:
        raise UsageError("--every and --cron exclude each other; give one of them")
    apply_limits(limit)
    from pipelines.cli.progress import show_start
    from pipelines.flows.schedule import check_inbox, make_schedule, serve
    from pipelines.flows.session import start_prefect
    from pipelines.flows.workers import default_workers

    check_inbox(inbox)
    open_store(store, must_exist=False).close()
    with show_start():
        server = start_prefect(verbose=verbose, scheduler=True)
    planned = make_schedule(every=every, cron=cron)
    if server is not None:
        typer.echo(f"Prefect: {server.url}", err=True)
    typer.echo(f"Watching {printable(str(inbox))}; Ctrl-C ends.", err=True)
    serve(inbox, store, schedule=planned, workers=workers or default_workers())
    return 0


def _program() -> str:
    """How this program was called, so that a hint can be typed as it stands (``.venv/bin/baocao``)."""
    called = Path(sys.argv[0])
    if called.name != "baocao" or shutil.which("baocao") == str(called.absolute()):
        return "baocao"
    return shlex.quote(str(called))
