"""How good extraction is: records against gold, by type and field, with every miss and false alarm."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.evaluate.golds import find_golds
from pipelines.evaluate.reliability import Reliability, reliability
from pipelines.evaluate.runs import Run
from pipelines.evaluate.scoring import Confusion, FileScores, Mistake, Outcome, Score, score_file
from pipelines.readers import read
from schemas import Record, TextLayer

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Evaluation", "FileScores", "Mistake", "Outcome", "Score", "evaluate", "score_file", "score_run"]

Extract = Callable[[TextLayer], Sequence[Record]]


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
        """Over all reports, by type and field: ``award.contest``. Only an equal value is right."""
        return _total(file.fields for file in self.files)

    @property
    def soft_fields(self) -> dict[str, Score]:
        """As ``fields``, with the share of words that two texts have in common counted as right."""
        return _total(file.soft_fields for file in self.files)

    @property
    def confusions(self) -> dict[str, Confusion]:
        """By type and closed field (``statistic.aspect``) what the gold says, what was found, and how often."""
        keys = dict.fromkeys(key for file in self.files for key in file.confusions)
        return {
            key: sum((file.confusions[key] for file in self.files if key in file.confusions), Counter()) for key in keys
        }

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every miss and false alarm, by report and measure."""
        return tuple(mistake for file in self.files for mistake in file.mistakes)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every extracted record that gold decides on."""
        return tuple(outcome for file in self.files for outcome in file.outcomes)

    @property
    def reliability(self) -> Reliability:
        """What the confidence of records is worth."""
        return reliability(self.outcomes)

    @property
    def run(self) -> Run:
        """What was found, to be saved or compared with another run."""
        return Run("now", {file.file: file.rows for file in self.files})

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
        from pipelines.evaluate.tables import summary

        return summary(self)

    def __rich__(self) -> RenderableType:
        from pipelines.evaluate.tables import details

        return details(self)


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
    files = []
    for report, gold in find_golds(gold_dir, reports_dir):
        layer = read(report, gold["file"])
        rows = [record.model_dump(mode="json") for record in extract(layer)]
        files.append(score_file(str(gold["file"]), gold, rows, layer.text))
    return Evaluation(tuple(files))


def score_run(run: Run, evaluation: Evaluation, gold_dir: Path, reports_dir: Path | None = None) -> Evaluation:
    """The scores of an earlier run over the reports of an evaluation, as far as the run holds them."""
    texts = {file.file: file.text for file in evaluation.files}
    golds = {str(gold["file"]): gold for _, gold in find_golds(gold_dir, reports_dir)}
    return Evaluation(
        tuple(
            score_file(file, golds[file], run.records[file], text)
            for file, text in texts.items()
            if file in run.records
        )
    )


def _total(parts: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    collected: dict[str, list[Score]] = {}
    for part in parts:
        for key, score in part.items():
            collected.setdefault(key, []).append(score)
    return {key: reduce(add, scores) for key, scores in collected.items()}
