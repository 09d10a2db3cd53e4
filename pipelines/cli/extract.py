"""``baocao extract``: records of files, without a store and without Prefect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from pipelines.cli.options import Limits, Out, Paths, RecordFormat, apply_limits
from pipelines.cli.output import (
    command,
    complain,
    console,
    json_line,
    printable,
    record_row,
    report_failures,
    text_output,
)
from pipelines.extraction import Extracted, Failure, extract_files

if TYPE_CHECKING:
    from rich.console import Console

    from schemas import Record

#: From this many files on, processes of their own pay for their start.
_FILES_FOR_PROCESSES = 16

EXAMPLE = (
    "Example: baocao extract reports/2019.docx --format html --out 2019.html, "
    "or baocao extract reports | jq -c 'select(.type == \"award\")'"
)


@command
def extract(
    paths: Paths,
    format: Annotated[RecordFormat, typer.Option("--format", help="For programs, or to read.")] = RecordFormat.JSONL,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add the text as read to the report record.")] = False,
    out: Out = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, metavar="N", help="Processes to use.")] = None,
    limit: Limits = None,
) -> int:
    """Read reports and print their records, each with its passages. Needs no store."""
    apply_limits(limit)
    from pipelines.readers import find_files

    files = find_files(paths)
    if not files:
        complain(f"{', '.join(map(str, paths))}: no files in there")
    failures: list[Failure] = []
    found = _without_failures(extract_files(files, workers or _workers_for(files)), failures)
    if format is RecordFormat.HTML:
        _write_page(found, out)
    elif format is RecordFormat.TABLE:
        _write_tables(found, out)
    else:
        with text_output(out) as stream:
            for extracted in found:
                _write_lines(extracted, stream, with_text=with_text)
    return report_failures(failures)


def _workers_for(files: list[Path]) -> int:
    if len(files) < _FILES_FOR_PROCESSES:
        return 1
    from pipelines.flows.workers import default_workers

    return default_workers()


def _without_failures(outcomes: Iterable[Extracted | Failure], failures: list[Failure]) -> Iterator[Extracted]:
    """What was extracted; the failures are added to the list."""
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            yield outcome


def _write_lines(extracted: Extracted, stream: TextIO, *, with_text: bool) -> None:
    head, *records = extracted.records
    row = record_row(head)
    stream.write(json_line({**row, "text": extracted.layer.text} if with_text else row))
    for record in records:
        stream.write(json_line(record_row(record)))
    stream.flush()


def _write_page(found: Iterable[Extracted], out: Path | None) -> None:
    from pipelines.html_view import render_page

    # The page needs all reports at once, for its table of contents.
    reports = list(found)
    with text_output(out) as stream:
        stream.write(render_page(reports))


def _write_tables(found: Iterable[Extracted], out: Path | None) -> None:
    screen = console()
    with text_output(out) as stream:
        if out is not None:
            screen.file = stream
            screen.width = 160
        for extracted in found:
            _print_tables(extracted, screen)


def _print_tables(extracted: Extracted, screen: Console) -> None:
    from rich.table import Table

    screen.rule(printable(extracted.file))
    by_type: dict[str, list[Record]] = {}
    for record in extracted.records:
        by_type.setdefault(record.type, []).append(record)
    for record_type, records in by_type.items():
        rows = [_cells(record) for record in records]
        # A column without a value in any row only takes room.
        columns = [name for name in rows[0] if any(row[name] for row in rows)]
        table = Table(title=f"{record_type} ({len(records)})", title_justify="left")
        for name in columns:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*(row[name] for name in columns))
        screen.print(table)


def _cells(record: Record) -> dict[str, str]:
    row = record.model_dump(exclude={"type", "report", "evidence", "file", "confidence"})
    cells = {
        name: "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in row.items()
    }
    quotes = " … ".join(" ".join(passage.quote.split()) for passage in record.evidence)
    cells["quote"] = quotes if len(quotes) <= 120 else f"{quotes[:120]}…"
    return {name: printable(value) for name, value in cells.items()}
