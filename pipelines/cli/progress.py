"""The progress bar of long work, on stderr and only where that is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.cli.output import console

if TYPE_CHECKING:
    from pipelines.extraction import Stage
    from pipelines.flows.ingest import Progress

_NAMES = {"extract": "Reading and extracting", "audit": "Auditing"}


@contextmanager
def show_progress() -> Iterator[Progress]:
    """What to call with the progress of a run; a bar for each stage."""
    from rich import progress as bars

    screen = console(stderr=True)
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=screen, disable=not screen.is_terminal) as shown:
        tasks: dict[str, bars.TaskID] = {}

        def show(stage: Stage, *, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(_NAMES.get(stage, stage), total=total)
            shown.update(tasks[stage], completed=done)

        yield show


@contextmanager
def show_start() -> Iterator[None]:
    """Says that Prefect is starting, as long as it does."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield
        return
    with screen.status("Starting Prefect (the first time takes up to half a minute)"):
        yield
