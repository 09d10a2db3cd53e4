"""Learns ``extractors/_shared/confidence.yml``: how sure the records of each group are, and which groups there are.

Run: ``make calibration``. The groups are the leaves of one small tree of questions a type, grown on all parts
of the corpus. Rules are tuned to the open parts, so that their records are right more often than
others: the rate of a group is therefore the share of its records that is right on the blind part, leaning on the
rate of the type where the group is small. Of the blind part nothing is read but these counts. What
the rates are worth is measured by rating each fifth of the blind reports by groups and rates that were learned
without it. The same corpus and rules give the same file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from extractors import find_records
from extractors._shared.confidence import Tree, ask, decide
from pipelines.evaluate.golds import find_golds
from pipelines.evaluate.reliability import Reliability, reliability
from pipelines.evaluate.scoring import Outcome, score_file
from pipelines.readers import read

ROOT = Path(__file__).parents[2]
OPEN_PARTS = ("corpus/gold", "corpus/opened/gold")
BLIND_PART = "corpus/blind/gold"
TARGET = ROOT / "extractors" / "_shared" / "confidence.yml"
HEAD = """# How sure records are, by type and group; written by `make calibration`, never by hand.
# A leaf is the share of such records of which all is right; `ask` names a question of confidence.py.
"""
MIN_LEAF = 30
MIN_GAIN = 4.0  # in nats: below it a question tells no more than chance may
MAX_DEPTH = 4

LEAN = 20.0  # the rate of the type counts as so many records of each group
FOLDS = 5


@dataclass(frozen=True)
class Example:
    """A record that gold decides on: its type, its report's place, the answers about it, and whether all is right."""

    type: str
    report: int
    answers: Mapping[str, bool]
    right: bool


def examples(part: str) -> list[Example]:
    """The records of a part that gold decides on."""
    found = []
    for number, (report, gold) in enumerate(find_golds(ROOT / part)):
        layer = read(report, gold["file"])
        document, records = find_records(layer)
        rows = [record.model_dump(mode="json") for record in records]
        sources = {id(row): record for row, record in zip(rows, records, strict=True)}
        for outcome in score_file(str(gold["file"]), gold, rows, layer.text).outcomes:
            answers = ask(sources[id(outcome.row)], document)
            found.append(Example(outcome.type, number, answers, outcome.right))
    return found


def learn(opened: Sequence[Example], blind: Sequence[Example]) -> dict[str, Tree]:
    """The tree of each type: grown on all examples, its rates those of the blind ones."""
    trees = {}
    for kind in sorted({example.type for example in (*opened, *blind)}):
        unread = [example for example in blind if example.type == kind]
        grown = grow([*(example for example in opened if example.type == kind), *unread])
        trees[kind] = rated(grown, unread, _rate(unread, 0.5, 2.0))
    return trees


def grow(given: Sequence[Example], depth: int = 0) -> Tree:
    """The tree that tells right from wrong best, question by question; its leaves are the rates of the examples."""
    leaf = _rate(given, 0.5, 2.0)
    if depth == MAX_DEPTH:
        return leaf
    best: tuple[float, str] | None = None
    for question in given[0].answers:
        yes, no = _split(given, question)
        if min(len(yes), len(no)) >= MIN_LEAF:
            gain = _cost(given) - _cost(yes) - _cost(no)
            if best is None or gain > best[0] + 1e-9:
                best = (gain, question)
    if best is None or best[0] < MIN_GAIN:
        return leaf
    yes, no = _split(given, best[1])
    return {"ask": best[1], "yes": grow(yes, depth + 1), "no": grow(no, depth + 1)}


def rated(tree: Tree, given: Sequence[Example], prior: float) -> Tree:
    """The tree with the rates of these examples in its leaves, each leaning on the prior."""
    if isinstance(tree, float):
        return round(_rate(given, prior, LEAN), 3)
    yes, no = _split(given, tree["ask"])
    return {"ask": tree["ask"], "yes": rated(tree["yes"], yes, prior), "no": rated(tree["no"], no, prior)}


def cross_fitted(opened: Sequence[Example], blind: Sequence[Example]) -> Reliability:
    """What the confidence of the blind records is worth, each rated by what the other blind reports teach."""
    outcomes = []
    for fold in range(FOLDS):
        trees = learn(opened, [example for example in blind if example.report % FOLDS != fold])
        for example in blind:
            if example.report % FOLDS == fold and example.type in trees:
                sure = decide(trees[example.type], example.answers)
                outcomes.append(Outcome(example.type, sure, example.right, {}))
    return reliability(outcomes)


def _split(given: Sequence[Example], question: str) -> tuple[list[Example], list[Example]]:
    yes = [example for example in given if example.answers[question]]
    return yes, [example for example in given if not example.answers[question]]


def _rate(given: Sequence[Example], prior: float, weight: float) -> float:
    return (sum(example.right for example in given) + weight * prior) / (len(given) + weight)


def _cost(given: Sequence[Example]) -> float:
    """Minus the log likelihood of the examples under their own rate."""
    rate, right = _rate(given, 0.5, 2.0), sum(example.right for example in given)
    return -right * math.log(rate) - (len(given) - right) * math.log(1 - rate)


def load_examples() -> tuple[list[Example], list[Example]]:
    """The examples of the open parts and of the blind one."""
    return [example for part in OPEN_PARTS for example in examples(part)], examples(BLIND_PART)


def main() -> None:
    """Learn, write, and print what the rates are worth."""
    opened, blind = load_examples()
    trees = learn(opened, blind)
    TARGET.write_text(HEAD + yaml.safe_dump(trees, sort_keys=False, allow_unicode=True), encoding="utf-8")
    found = cross_fitted(opened, blind)
    print(f"{len(opened)} records of the open parts, {len(blind)} of the blind one; reports rated by the others:")
    for each in found.bins:
        print(f"{each.low:.2f}-{each.high:.2f} {each.records:5} mean {each.confidence:.3f} right {each.right:.3f}")
    print(f"expected calibration error {found.error or 0:.3f}")


if __name__ == "__main__":
    main()
