"""Learns ``extractors/statistics/completion.json``: which words near a number belong to its indicator.

Run: ``make completion``. Of every gold statistic of the open parts of the corpus whose number the rules find in running
text, each word near the number that the rules' phrase lacks is an example: does the gold's indicator have it? A
logistic regression over the features of `extractors.statistics.completion` answers that; a
few steps of gradient descent in a fixed order, so that the same corpus and rules give the same file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

from extractors import find_records
from extractors.statistics import read_prose
from extractors.statistics.completion import FILE, LONGEST, Model, candidates
from extractors.statistics.row_reading import find_rows
from pipelines.evaluate import evaluate
from pipelines.evaluate.compare import MEASURES, word_set
from pipelines.evaluate.golds import find_golds
from pipelines.evaluate.pairing import founds_of, golds_of, pair
from pipelines.evaluate.scoring import Score
from pipelines.readers import read

ROOT = Path(__file__).parents[2]
OPEN_PARTS = ("corpus/gold", "corpus/opened/gold", "corpus/fresh/gold")
BLIND_PART = "corpus/blind/gold"
TARGET = ROOT / "extractors" / "statistics" / FILE
#: A word is added where this is how likely it belongs: what is added wrongly misleads more than what is missing.
THRESHOLD = -0.4  # the log-odds of .4
SWITCH = 0.3
RARE = 3  # features met less often teach nothing
ROUNDS, BATCH, RATE, DECAY = 8, 256, 0.2, 2e-6
FEATURES = 9


class Example(NamedTuple):
    """A word near a number: its features, and whether it belongs to the number's indicator."""

    features: tuple[str, ...]
    belongs: bool


def examples(part: str) -> Iterator[Example]:
    """The words near the numbers of a part that their phrases lack."""
    similarity = next(
        measure for measure in MEASURES if (measure.type, measure.name) == ("statistic", "core")
    ).similarity
    for path, gold in find_golds(ROOT / part):
        layer = read(path, gold["file"])
        document, records = find_records(layer)
        by_type = {kind: [r for r in records if r.type == kind] for kind in {r.type for r in records}}
        statistics = read_prose(document, by_type, find_rows(document))
        golds = golds_of(gold.get("statistic") or (), layer.text)
        founds = founds_of([record.model_dump(mode="json") for record in statistics])
        for theirs, ours in pair(similarity, golds, founds).items():
            wanted = word_set(golds[theirs].row["indicator"])
            if not golds[theirs].sure or len(statistics[ours].indicator.split()) > LONGEST:
                continue
            for word in candidates(document, statistics[ours]):
                if not word.known:
                    yield Example(word.features, bool(word_set(word.word) & wanted))


def learn(given: Sequence[Example]) -> Model:
    """The model that tells the words of these examples best."""
    counts = Counter(feature for example in given for feature in example.features)
    names = [name for name, count in counts.items() if count >= RARE]
    numbers = {name: number for number, name in enumerate(names, 1)}
    rows = np.zeros((len(given), FEATURES), np.int32)
    for at, example in enumerate(given):
        known = [numbers[feature] for feature in example.features if feature in numbers]
        rows[at, : len(known)] = known
    wanted = np.array([float(example.belongs) for example in given])
    weights, slopes = np.zeros(len(names) + 1), np.full(len(names) + 1, 1e-4)  # the first is that of rare features
    bias, bias_slopes = 0.0, 1e-4
    order = np.random.default_rng(0)
    for _ in range(ROUNDS):
        shuffled = order.permutation(len(given))
        for first in range(0, len(given), BATCH):
            batch = shuffled[first : first + BATCH]
            error = 1 / (1 + np.exp(-weights[rows[batch]].sum(1) - bias)) - wanted[batch]
            slope = np.bincount(rows[batch].ravel(), np.repeat(error, FEATURES), len(weights))
            slope += DECAY * len(batch) * weights
            slope[0] = 0
            slopes += slope**2
            weights -= RATE * slope / np.sqrt(slopes)
            bias_slopes += error.sum() ** 2
            bias -= RATE * error.sum() / np.sqrt(bias_slopes)
    told = {name: round(float(weights[number]), 2) for name, number in sorted(numbers.items())}
    return Model(round(float(bias), 2), THRESHOLD, SWITCH, {name: weight for name, weight in told.items() if weight})


def compare() -> list[tuple[str, Score, Score]]:
    """Of the measures of indicators the totals on the blind part: as the rules word them, and completed."""
    completed = evaluate(ROOT / BLIND_PART).scores
    with patch("extractors.statistics.complete", lambda document, record: record):
        worded = evaluate(ROOT / BLIND_PART).scores
    return [(key, worded[key], completed[key]) for key in ("statistic/full", "statistic/soft")]


def main() -> None:
    """Learn from the open parts and write the file."""
    given = [example for part in OPEN_PARTS for example in examples(part)]
    model = learn(given)
    text = json.dumps(asdict(model), ensure_ascii=False, indent=0)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{len(given)} words near numbers, {sum(e.belongs for e in given)} of them of an indicator; ", end="")
    print(f"{len(model.weights)} weights written to {TARGET.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
