"""How good extraction is: records against gold, by type and field, with every miss and false alarm."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import UsageError
from pipelines.evaluate.compare import MEASURES, Row
from pipelines.evaluate.scoring import FileScores, Mistake, Score, score_file
from pipelines.readers import read
from schemas import Record, TextLayer

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

__all__ = ["Evaluation", "FileScores", "Mistake", "Score", "evaluate", "score_file"]

Extract = Callable[[TextLayer], Sequence[Record]]
#: Fields that tell records of a type apart in a list of mistakes.
_SHOWN = (
    *("person", "post", "name", "kind", "prize", "title", "contest", "count", "recipient", "school"),
    *("value", "of", "unit", "indicator", "aspect", "doc_type", "number", "date"),
)


@dataclass(frozen=True)
class Evaluation:
    """The scores of every report that has gold."""

    files: tuple[FileScores, ...]

    @property
    def scores(self) -> dict[str, Score]:
        """Over all reports, by type and measure: ``award/core``. Counts are added up, not averaged."""
        return _total(file.scores for file in self.files)

    @property
    def fields(self) -> dict[str, Score]:
        """Over all reports, by type and field: ``award.contest``."""
        return _total(file.fields for file in self.files)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every miss and false alarm, by report and measure."""
        return tuple(mistake for file in self.files for mistake in file.mistakes)

    @property
    def bad_quotes(self) -> int:
        """Number of passages whose quote is not their slice of the text; anything but 0 is an error."""
        return sum(file.bad_quotes for file in self.files)

    def as_rows(self) -> list[dict[str, object]]:
        """One row a report and score, and a report ``*`` over all, for comparison by programs."""
        rows: list[dict[str, object]] = []
        totals = [(file.file, file.scores, file.fields) for file in self.files]
        for file, scores, fields in [*totals, ("*", self.scores, self.fields)]:
            for key, score in [*scores.items(), *fields.items()]:
                counts = {"tp": score.tp, "fp": score.fp, "fn": score.fn}
                rates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
                rows.append({"file": file, "measure": key, **counts, **rates})
        return rows

    def as_text(self, width: int = 120) -> str:
        """The tables and the list of mistakes as plain text of at most so many columns."""
        from rich.console import Console

        console = Console(file=io.StringIO(), width=width, color_system=None)
        console.print(self)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    def summary(self) -> RenderableType:
        """The scores over all reports and the fields, without a line of any report: for a blind corpus."""
        from rich.console import Group
        from rich.text import Text

        return Group(
            _score_table(f"{len(self.files)} reports", self.scores),
            _score_table("Fields (of the records that were found)", self.fields),
            Text(f"Passages that are not their slice of the text: {self.bad_quotes}"),
        )

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        parts: list[RenderableType] = [self.summary()]
        if len(self.files) > 1:
            parts += [_score_table(file.file, file.scores) for file in self.files]
        for file in self.files:
            if file.mistakes:
                parts.append(Text(f"\n{file.file}", style="bold"))
            # Passages are printed as text: a bracket in a report is no markup.
            parts += [Text(_line(mistake)) for mistake in file.mistakes]
        return Group(*parts)


def evaluate(gold_dir: Path, reports_dir: Path | None = None, *, extract: Extract | None = None) -> Evaluation:
    """The scores of extraction over a folder of gold files (JSON), in the order of their names.

    A gold file's ``file`` is looked for in ``reports_dir``, beside the gold file, in the folder
    above, and in ``reports`` beside the gold folder. ``extract`` is the extraction to judge, our
    own if None.

    Raises: UsageError for a folder without gold, a gold file that is none and a report that is
    not found; ReadError for a report that cannot be read.
    """
    if extract is None:
        from extractors import extract as ours

        extract = ours
    if not gold_dir.is_dir():
        raise UsageError(f"{gold_dir}: is no folder; give the folder that holds the gold files")
    golds = [(path, _load_gold(path)) for path in sorted(gold_dir.glob("*.json"))]
    if not golds:
        raise UsageError(f"{gold_dir}: holds no gold (*.json); give the folder that holds the gold files")
    files = []
    for path, gold in golds:
        report = _find_report(path, str(gold["file"]), gold_dir, reports_dir)
        layer = read(report, gold["file"])
        rows = [record.model_dump(mode="json") for record in extract(layer)]
        files.append(score_file(str(gold["file"]), gold, rows, layer.text))
    return Evaluation(tuple(files))


def _load_gold(path: Path) -> Mapping[str, Any]:
    try:
        gold = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: is no gold file that can be read ({error}); correct or remove it") from error
    if not isinstance(gold, dict) or not isinstance(gold.get("file"), str):
        raise UsageError(f"{path}: names no report in `file`; correct it or take it out of the folder")
    known = {measure.type for measure in MEASURES}
    if any(not isinstance(gold.get(kind) or [], list) for kind in known):
        raise UsageError(f"{path}: a record type holds no list; correct it or take it out of the folder")
    return gold


def _find_report(gold: Path, file: str, gold_dir: Path, reports_dir: Path | None) -> Path:
    folders = [gold.parent, gold_dir, gold_dir.resolve().parent, gold_dir.resolve().parent / "reports"]
    if reports_dir is not None:
        folders.insert(0, reports_dir)
    for folder in folders:
        if (folder / file).is_file():
            return folder / file
    raise UsageError(f"{gold}: its report {file} is not found; put it beside the gold folder in `reports`")


def _total(parts: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    collected: dict[str, list[Score]] = {}
    for part in parts:
        for key, score in part.items():
            collected.setdefault(key, []).append(score)
    return {key: reduce(add, scores) for key, scores in collected.items()}


def _score_table(title: str, scores: Mapping[str, Score]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE)
    table.add_column("Measure")
    for name in ("P", "R", "F1", "right", "false", "missed"):
        table.add_column(name, justify="right")
    for key, score in scores.items():
        rates = [_rate(rate) for rate in (score.precision, score.recall, score.f1)]
        table.add_row(key, *rates, str(score.tp), str(score.fp), str(score.fn))
    return table


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.3f}"


def _line(mistake: Mistake) -> str:
    word = "MISS " if mistake.kind == "miss" else "FALSE"
    at = "" if mistake.start is None else f" at {mistake.start}"
    quote = " ".join(mistake.quote.split())
    return f"{word} {mistake.measure}: {_describe(mistake.record)} « {quote} »{at}"


def _describe(record: Row) -> str:
    return ", ".join(f"{key}={record[key]}" for key in _SHOWN if record.get(key) is not None)
