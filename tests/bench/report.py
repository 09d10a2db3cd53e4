"""Writes ``docs/evaluation.md``: the scores of extraction on the corpus and on its blind part.

Run: ``make evaluation``. Prints nothing of the blind reports but their scores.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.evaluate import evaluate

ROOT = Path(__file__).parents[2]
PARTS = (
    ("Open part: rules may be tuned to it", ROOT / "corpus" / "gold"),
    ("Blind part: never read while rules are written", ROOT / "corpus" / "blind" / "gold"),
)
HEAD = """# Evaluation

Written by `make evaluation`. *core* asks for the right record at the right passage, *full* for its attributes as well
([the scorer](../pipelines/evaluate/scoring.py) says how records match). Precision, recall and F1 add up the counts of
all reports.
"""
FOOT = """
## What is known to be missing

- Cases marked `known_miss` in `extractors/*/cases.yml` say what is not solved yet and why.
- Planted inconsistencies that the audit does not find are the expected failures of `tests/pipelines/audit`.
- Scans, `.doc`, `.rtf`, spreadsheets and files in fonts of before Unicode are refused, not read.
"""


def main() -> None:
    lines = [HEAD]
    for title, folder in PARTS:
        evaluation = evaluate(folder)
        lines += [f"\n## {title}\n", f"{len(evaluation.files)} reports.\n"]
        lines += [
            "| measure | precision | recall | F1 | right | false | missed |",
            "| --- | --: | --: | --: | --: | --: | --: |",
        ]
        for name, score in evaluation.scores.items():
            rates = " | ".join(
                "–" if rate is None else f"{rate:.3f}" for rate in (score.precision, score.recall, score.f1)
            )
            lines.append(f"| {name} | {rates} | {score.tp} | {score.fp} | {score.fn} |")
    (ROOT / "docs").mkdir(exist_ok=True)
    (ROOT / "docs" / "evaluation.md").write_text("\n".join([*lines, FOOT]), encoding="utf-8")


if __name__ == "__main__":
    main()
