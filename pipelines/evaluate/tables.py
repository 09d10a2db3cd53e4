"""Scores, confusions and mistakes as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.evaluate.changes import Change, count_changes
from pipelines.evaluate.compare import Row
from pipelines.evaluate.reliability import Reliability
from pipelines.evaluate.scoring import Confusion, Mistake, Score

if TYPE_CHECKING:
    from pipelines.evaluate import Evaluation

#: Fields that tell records of a type apart in a list of mistakes.
SHOWN = (
    *("person", "post", "name", "kind", "prize", "title", "contest", "count", "recipient", "school"),
    *("value", "of", "unit", "indicator", "aspect", "doc_type", "number", "date"),
)


def summary(evaluation: Evaluation) -> RenderableType:
    """The scores over all reports, without a line of any report."""
    return Group(
        _score_table(f"{len(evaluation.files)} reports (soft: the share of each record that is right)", evaluation),
        _field_table(evaluation.fields, evaluation.soft_fields),
        *confusion_tables(evaluation.confusions),
        reliability_table(evaluation.reliability),
        Text(f"Passages that are not their slice of the text: {evaluation.bad_quotes}"),
    )


def details(evaluation: Evaluation) -> RenderableType:
    """The summary, the scores of each report, and every miss and false alarm with its passage."""
    from pipelines.evaluate import Evaluation

    parts: list[RenderableType] = [summary(evaluation)]
    if len(evaluation.files) > 1:
        parts += [_score_table(file.file, Evaluation((file,))) for file in evaluation.files]
    for file in evaluation.files:
        if file.mistakes:
            parts.append(Text(f"\n{file.file}", style="bold"))
        # Passages are printed as text: a bracket in a report is no markup.
        parts += [Text(_line(mistake)) for mistake in file.mistakes]
    return Group(*parts)


def _score_table(title: str, evaluation: Evaluation) -> Table:
    table = _table(title, "Measure", "P", "R", "F1", "right", "false", "missed")
    for key, score in evaluation.scores.items():
        table.add_row(key, *rates(score), *map(count, (score.tp, score.fp, score.fn)))
    return table


def _field_table(strict: Mapping[str, Score], soft: Mapping[str, Score]) -> Table:
    columns = ("P", "R", "F1", "soft P", "soft R", "soft F1", "right", "false", "missed")
    table = _table("Fields (of the records that were found; soft: by the words in common)", "Field", *columns)
    for key, score in strict.items():
        table.add_row(key, *rates(score), *rates(soft[key]), *map(count, (score.tp, score.fp, score.fn)))
    return table


def confusion_tables(confusions: Mapping[str, Confusion]) -> Iterator[RenderableType]:
    """For each closed field with a confusion, a table of what the gold says (rows) and what was found (columns)."""
    for key, confusion in confusions.items():
        if all(ours == theirs for ours, theirs in confusion):
            continue
        rows = sorted({ours for ours, _ in confusion}, key=_none_first)
        columns = sorted({theirs for _, theirs in confusion}, key=_none_first)
        table = _table(f"{key}: gold down, found across", "", *(value or "–" for value in columns))
        for ours in rows:
            cells = (confusion.get((ours, theirs), 0) for theirs in columns)
            table.add_row(ours or "–", *(str(times) if times else "·" for times in cells))
        yield table


def _none_first(value: str | None) -> str:
    return value or ""


def reliability_table(found: Reliability) -> RenderableType:
    """Ranges of confidence, how many records claim it and how many of them are right."""
    table = _table("Confidence (right: all of the record is)", "confidence", "records", "mean", "right", "gap")
    for each in found.bins:
        gap = f"{each.right - each.confidence:+.3f}"
        low_to_high = f"{each.low:.2f}–{each.high:.2f}"
        table.add_row(low_to_high, str(each.records), f"{each.confidence:.3f}", f"{each.right:.3f}", gap)
    return Group(table, Text(f"Expected calibration error: {rate(found.error)}"))


def change_tables(
    changes: Sequence[Change], before: Evaluation | None, after: Evaluation | None
) -> Iterator[RenderableType]:
    """How many records of each type were gained, lost and changed and, with gold, the scores before and after."""
    table = _table("Records that differ", "Type", "gained", "lost", "changed")
    for kind, counts in count_changes(changes).items():
        table.add_row(kind, *(str(counts[name]) for name in ("gained", "lost", "changed")))
    yield table if changes else Text("No record differs.")
    if before is None or after is None:
        return
    table = _table("Scores before and after", "Measure", "F1 before", "F1 after", "right", "false", "missed")
    for key, new in after.scores.items():
        old = before.scores.get(key, Score())
        differences = (_difference(then, now) for then, now in ((old.tp, new.tp), (old.fp, new.fp), (old.fn, new.fn)))
        table.add_row(key, rate(old.f1), rate(new.f1), *differences)
    yield table


def change_lines(changes: Sequence[Change]) -> Iterator[Text]:
    """A line a change: the record, whether gold has it so, and its passage."""
    file = None
    for change in changes:
        if change.file != file:
            file = change.file
            yield Text(f"\n{file}", style="bold")
        row = change.after if change.after is not None else change.before or {}
        evidence: Row = next(iter(row.get("evidence") or ()), {})
        quote = " ".join(str(evidence.get("quote") or "").split())
        line = f"{change.kind.upper():7} {change.type}{_verdict(change)}: {describe(row)} « {quote} »"
        differences = (f"{n}: {_value(old)} → {_value(new)}" for n, (old, new) in change.differences().items())
        yield Text(line + "".join(f" | {each}" for each in differences))


def _difference(before: float, after: float) -> str:
    return f"{after - before:+d}" if isinstance(after, int) and isinstance(before, int) else f"{after - before:+.1f}"


def _verdict(change: Change) -> str:
    words = {True: "right", False: "wrong", None: "undecided"}
    if change.right_before is None and change.right_after is None:
        return ""
    if change.kind != "changed":
        return f" ({words[change.right_after if change.kind == 'gained' else change.right_before]})"
    return f" ({words[change.right_before]} → {words[change.right_after]})"


def _table(title: str, first: str, *others: str) -> Table:
    # A title is never broken to the width of a narrow table.
    table = Table(title=title, title_justify="left", box=box.SIMPLE, min_width=len(title))
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def rates(score: Score) -> tuple[str, str, str]:
    """Precision, recall and F1 with three decimals, a dash where they are not defined."""
    return rate(score.precision), rate(score.recall), rate(score.f1)


def rate(value: float | None) -> str:
    """A rate with three decimals, a dash for None."""
    return "–" if value is None else f"{value:.3f}"


def count(value: float) -> str:
    """A count; parts of records have one decimal."""
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def _line(mistake: Mistake) -> str:
    word = "MISS " if mistake.kind == "miss" else "FALSE"
    at = "" if mistake.start is None else f" at {mistake.start}"
    quote = " ".join(mistake.quote.split())
    line = f"{word} {mistake.measure}: {describe(mistake.record)} « {quote} »{at}"
    differences = mistake.differences()
    if not differences:
        return line
    return f"{line} | gold ≠ found: " + ", ".join(
        f"{name}: {_value(gold)} ≠ {_value(found)}" for name, (gold, found) in differences.items()
    )


def _value(value: object) -> str:
    return "–" if value is None or value == "" else str(value)


def describe(record: Row) -> str:
    """What tells a record from others of its type, in one line."""
    return ", ".join(f"{key}={record[key]}" for key in SHOWN if record.get(key) is not None)
