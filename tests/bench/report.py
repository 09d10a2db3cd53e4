"""Writes ``docs/evaluation.md``: the scores of extraction on each part of the corpus, and what is known to be missing.

Run: ``make evaluation``. Of the blind part nothing is printed but totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from pipelines.evaluate import Evaluation, evaluate
from pipelines.evaluate.reliability import Reliability
from pipelines.evaluate.tables import count, rate, rates
from tests.bench.calibrate import cross_fitted, load_examples
from tests.bench.completion import compare as with_completion
from tests.bench.tagger import compare as with_tagger

ROOT = Path(__file__).parents[2]
PARTS = (
    ("Open part: rules may be tuned to it", "corpus/gold"),
    ("Opened part: blind once, tuned to since", "corpus/opened/gold"),
    ("Fresh part: new to the rules when first measured, tuned to since", "corpus/fresh/gold"),
    ("Blind part: never read while rules are written", "corpus/blind/gold"),
)
HEAD = """# Evaluation

Written by `make evaluation`. Precision, recall and F1 add up the counts of all reports. *core*, *person*, *name* and
*number* ask for the right record at the right passage, *full* and the longer ones for its attributes as well (strict),
and *soft* counts the share of each record that is right, by the words that texts have in common
([which record is which](../pipelines/evaluate/compare.py)). How well annotators agree stands beside each part of the
corpus: [open](../corpus/README.md), [opened](../corpus/opened/README.md), [blind](../corpus/blind/README.md); what the
fresh part gave at first stands [there](../corpus/fresh/README.md).
`baocao evaluate FOLDER --html FILE` shows every miss and false alarm of an open part in its context.
"""


def main() -> None:
    """Write the page."""
    lines = [HEAD]
    evaluations = {title: evaluate(ROOT / folder) for title, folder in PARTS}
    for title, evaluation in evaluations.items():
        lines += ["", f"## {title}", "", f"{len(evaluation.files)} reports.", "", *_scores(evaluation)]
    blind = evaluations[PARTS[-1][0]]
    lines += ["", "## Fields on the blind part", "", "Of the records that were found; strict: equal values.", ""]
    lines += _fields(blind)
    lines += ["", "## Confidence on the blind part", "", *_reliability(cross_fitted(*load_examples()))]
    lines += ["", "## Rules alone, and with what is learned", "", *_learned()]
    lines += ["", "## What is known to be missing", "", *_missing()]
    (ROOT / "docs").mkdir(exist_ok=True)
    (ROOT / "docs" / "evaluation.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _scores(evaluation: Evaluation) -> Iterator[str]:
    rows = (
        (key, *rates(score), count(score.tp), count(score.fp), count(score.fn))
        for key, score in evaluation.scores.items()
    )
    return _table(("measure", "precision", "recall", "F1", "right", "false", "missed"), rows)


def _fields(evaluation: Evaluation) -> Iterator[str]:
    soft = evaluation.soft_fields
    rows = ((key, *rates(score), rate(soft[key].f1)) for key, score in evaluation.fields.items())
    return _table(("field", "precision", "recall", "F1", "soft F1"), rows)


def _reliability(found: Reliability) -> Iterator[str]:
    yield "Of the records that claim so much, the share of which all is right, attributes included."
    yield "Each report is rated by [what the others teach](../tests/bench/calibrate.py)."
    yield ""
    rows = (
        (f"{each.low:.2f}–{each.high:.2f}", str(each.records), f"{each.confidence:.3f}", f"{each.right:.3f}")
        for each in found.bins
    )
    yield from _table(("confidence", "records", "mean confidence", "right"), rows)
    yield ""
    yield f"Expected calibration error: {rate(found.error)}."


def _learned() -> Iterator[str]:
    yield "On the blind part, F1 of the rules alone and with what the open parts teach. Shipped are the words that"
    yield "[complete an indicator](../tests/bench/completion.py); the [tagger of persons](../tests/bench/tagger.py)"
    yield "is not, since it does not raise both of its measures."
    yield ""
    completed = [(key, *scores, "yes") for key, *scores in with_completion()]
    tagged = [(key, *scores, "no") for key, *scores in with_tagger()]
    rows = ((key, rate(alone.f1), rate(taught.f1), shipped) for key, alone, taught, shipped in (*completed, *tagged))
    yield from _table(("measure", "rules", "with what is learned", "shipped"), rows)


def _missing() -> Iterator[str]:
    """The cases that are marked as not solved, with the reason that stands there."""
    for path in sorted((ROOT / "extractors").glob("*/cases.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            if reason := case.get("known_miss"):
                last = str(case["text"]).strip().splitlines()[-1]
                yield f"- {path.parent.name}: {reason} (`{last}`)"
    yield "- Planted inconsistencies that the audit does not find are the expected failures of `tests/pipelines/audit`."


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' --: |' * (len(heads) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    main()
