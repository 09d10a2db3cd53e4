"""The command that scores extraction, shows its mistakes, and what a change gained and lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.options import ListFormat
from pipelines.cli.output import command, console, json_line, text_output
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pipelines.evaluate import Evaluation
    from pipelines.evaluate.changes import Change
    from pipelines.evaluate.runs import Run, Source

EXAMPLE = (
    "Example: baocao evaluate corpus/gold --html mistakes.html, or baocao evaluate reports --save before.json, "
    "then, after a change, baocao evaluate reports --against before.json (or --against HEAD)"
)


@command
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR", help="A folder of gold records (*.json); with --against or --save also bare reports."
        ),
    ],
    reports: Annotated[Path | None, typer.Option("--reports", metavar="DIR", help="Where the reports are.")] = None,
    format: Annotated[ListFormat, typer.Option("--format", help="For programs, or to read.")] = ListFormat.TABLE,
    summary: Annotated[
        bool, typer.Option("--summary", help="Only the scores over all reports: nothing of a blind corpus is shown.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write a page to click through the mistakes.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="REV_OR_FILE", help="List the records gained and lost against that run."),
    ] = None,
    clusters: Annotated[
        Path | None,
        typer.Option(
            "--clusters", metavar="FILE", help="Score the entities instead: gold clusters and pairs of names."
        ),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Write what was found, to compare with later.")
    ] = None,
) -> None:
    """Score extraction against gold records, with every miss and false alarm; compare it with an earlier run."""
    if clusters is not None:
        _print_entities(clusters, format)
        return
    if summary and (html or save):
        raise UsageError("--summary shows nothing of the reports, but --html and --save write passages; leave one out")
    if gold.is_dir() and not any(gold.glob("*.json")) and (against or save):
        if html:
            raise UsageError(f"{gold}: holds no gold (*.json), without which there are no mistakes; leave --html out")
        _compare_plain(gold, against, save, format, summary=summary)
        return
    from pipelines.evaluate import evaluate as score
    from pipelines.evaluate import score_run
    from pipelines.evaluate.golds import find_golds
    from pipelines.evaluate.runs import earlier_run

    evaluation = score(gold, reports)
    if save is not None:
        _save(evaluation.run, save)
    if html is not None:
        from pipelines.evaluate.page import render_page

        with text_output(html) as stream:
            stream.write(render_page(evaluation))
    if against is None:
        _print_scores(evaluation, format, summary=summary)
        return
    earlier = earlier_run(against, [(path, str(found["file"])) for path, found in find_golds(gold, reports)])
    before = score_run(earlier, evaluation, gold, reports)
    _print_changes(earlier, evaluation.run, format, summary=summary, scores=(before, evaluation))


def _print_entities(clusters: Path, format: ListFormat) -> None:
    """Scores of reconciliation: on the gold records, on what extraction finds, and on pairs of names."""
    from pipelines.evaluate.clusters import evaluate_clusters, extracted_facts, gold_facts, load_clusters
    from pipelines.evaluate.pairs import evaluate_pairs, load_pairs

    gold = load_clusters(clusters)
    parts = [
        (title, evaluate_clusters([facts for folder in gold.gold for facts in read(folder)], gold))
        for title, read in (("Given the gold records", gold_facts), ("Given what is extracted", extracted_facts))
    ]
    pairs = evaluate_pairs(load_pairs(gold.pairs)) if gold.pairs is not None else None
    if format is ListFormat.TABLE:
        screen = console()
        for title, found in parts:
            screen.print(title, found)
        if pairs is not None:
            screen.print(pairs)
        return
    for title, found in parts:
        for row in found.as_rows():
            sys.stdout.write(json_line({"given": title, **row}))
    for row in pairs.as_rows() if pairs is not None else ():
        sys.stdout.write(json_line(row))


def _compare_plain(folder: Path, against: str | None, save: Path | None, format: ListFormat, *, summary: bool) -> None:
    """Runs over reports that have no gold."""
    from pipelines.evaluate.runs import earlier_run, run_now
    from pipelines.readers import find_files

    sources: list[Source] = [(path, str(path)) for path in find_files([folder])]
    if not sources:
        raise UsageError(f"{folder}: holds neither gold nor reports; give a folder of one or the other")
    run = run_now(sources)
    if save is not None:
        _save(run, save)
    if against is not None:
        _print_changes(earlier_run(against, sources), run, format, summary=summary)


def _save(run: Run, path: Path) -> None:
    from pipelines.evaluate.runs import run_json

    with text_output(path) as stream:
        stream.write(run_json(run))


def _print_scores(evaluation: Evaluation, format: ListFormat, *, summary: bool) -> None:
    if format is ListFormat.TABLE:
        console().print(evaluation.summary() if summary else evaluation)
        return
    for row in evaluation.as_rows():
        sys.stdout.write(json_line(row))


def _print_changes(
    before: Run,
    after: Run,
    format: ListFormat,
    *,
    summary: bool,
    scores: tuple[Evaluation, Evaluation] | None = None,
) -> None:
    from pipelines.evaluate.changes import compare_runs, only_in_one
    from pipelines.evaluate.tables import change_lines, change_tables

    verdicts = {id(o.row): o.right for evaluation in scores or () for o in evaluation.outcomes}
    changes = compare_runs(before, after, verdicts)
    if format is ListFormat.JSONL and not summary:
        for change in changes:
            sys.stdout.write(json_line(_change_row(change)))
        return
    screen = console()
    screen.print(f"Against {before.name}")
    old, new = scores or (None, None)
    for table in change_tables(changes, old, new):
        screen.print(table)
    if not summary:
        for name in only_in_one(before, after):
            screen.print(f"Not in both runs: {name}")
        for line in change_lines(changes):
            screen.print(line)


def _change_row(change: Change) -> dict[str, object]:
    right = {"right_before": change.right_before, "right_after": change.right_after}
    return {"change": change.kind, "file": change.file, "before": change.before, "after": change.after, **right}
