"""What a tagger trained on the corpus would add to the rules: an experiment, no part of the product.

Run: ``python -m tests.bench.tagger``. A conditional random field (``underthesea_core``) trained on the open
parts of the corpus marks persons and posts in sentences, from which officials are made that the
rules did not find. Printed are the totals on the blind part of the rules
alone and with the tagger. Training is deterministic, and takes about a minute.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from underthesea_core import CRFTagger, CRFTrainer

from extractors import analyze
from extractors._shared.document import Document
from extractors._shared.view import fold_tone_style
from pipelines.evaluate.compare import fold
from pipelines.evaluate.golds import find_golds
from pipelines.evaluate.scoring import Score, score_file
from pipelines.readers import read

ROOT = Path(__file__).parents[2]
OPEN_PARTS = ("corpus/gold", "corpus/opened/gold")
BLIND_PART = "corpus/blind/gold"
ITERATIONS = 60
#: A post this many words from a name belongs to it.
REACH = 4

_WORD = re.compile(r"\w+|[^\w\s]")
Row = dict[str, Any]


@dataclass
class Report:
    """A report with its gold and what the rules find in it."""

    gold: Mapping[str, Any]
    document: Document
    rows: list[Row]


@dataclass
class Trainer:
    """Sequences of features with their labels, and the tagger that they teach."""

    features: list[list[list[str]]] = field(default_factory=list)
    labels: list[list[str]] = field(default_factory=list)

    def add(self, features: list[list[str]], labels: list[str]) -> None:
        self.features.append(features)
        self.labels.append(labels)

    def train(self) -> CRFTagger:
        trainer = CRFTrainer()
        trainer.set_l1_penalty(0.1)
        trainer.set_l2_penalty(0.01)
        trainer.set_max_iterations(ITERATIONS)
        with _silence():
            return CRFTagger.from_model(trainer.train(self.features, self.labels))


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keeps the trainer from printing each of its steps, which it does past Python's streams."""
    kept = [os.dup(number) for number in (1, 2)]
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - no path, a device
        for number in (1, 2):
            os.dup2(nothing.fileno(), number)
    try:
        yield
    finally:
        for number, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, number)
            os.close(copy)


def load(part: str) -> list[Report]:
    reports = []
    for path, gold in find_golds(ROOT / part):
        analysis = analyze(read(path, gold["file"]))
        rows = [record.model_dump(mode="json") for record in analysis.records]
        reports.append(Report(gold, analysis.document, rows))
    return reports


def sentences(document: Document) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """Where each sentence of the view begins, and its words."""
    for block in document.blocks:
        for start, end in document.sentences(block):
            words = list(_WORD.finditer(document.text, start, end))
            if words:
                yield start, words


def features(words: Sequence[re.Match[str]]) -> list[list[str]]:
    """What the taggers know of each word: itself, its shape, and its neighbors."""
    texts = [word[0] for word in words]
    rows = []
    for at, text in enumerate(texts):
        row = ["bias"]
        for step in range(-3, 4):
            near = texts[at + step].lower() if 0 <= at + step < len(texts) else "<>"
            row += [f"w{step}={near}", f"s{step}={_shape(texts[at + step])}"] if near != "<>" else [f"w{step}=<>"]
        row += [f"b-={texts[at - 1].lower() if at else '<>'}|{text.lower()}"]
        row += [f"b+={text.lower()}|{texts[at + 1].lower() if at + 1 < len(texts) else '<>'}"]
        rows.append(row)
    return rows


def _shape(word: str) -> str:
    if word.isdigit():
        return "9"
    return "A" if word.isupper() else "Aa" if word[0].isupper() else "a" if word.isalpha() else word


# Persons and posts


def _mark(labels: list[str], texts: Sequence[str], phrase: str, name: str) -> None:
    """Labels every place where the words of a phrase stand."""
    wanted = [fold(word) for word in _WORD.findall(fold_tone_style(phrase))]
    for at in range(len(texts) - len(wanted) + 1):
        if wanted and list(texts[at : at + len(wanted)]) == wanted and set(labels[at : at + len(wanted)]) == {"O"}:
            labels[at : at + len(wanted)] = [f"B-{name}", *[f"I-{name}"] * (len(wanted) - 1)]


def train_people(reports: Sequence[Report]) -> CRFTagger:
    trainer = Trainer()
    for report in reports:
        officials = report.gold.get("official") or ()
        phrases = {(row["person"], "PER") for row in officials} | {(row["post"], "POST") for row in officials}
        ordered = sorted(phrases, key=lambda phrase: (-len(phrase[0]), phrase))
        for _, words in sentences(report.document):
            texts = [fold(word[0]) or word[0] for word in words]
            labels = ["O"] * len(words)
            for phrase, name in ordered:
                _mark(labels, texts, phrase, name)
            trainer.add(features(words), labels)
    return trainer.train()


def people(report: Report, tagger: CRFTagger) -> list[Row]:
    """The rules' records, with officials for persons that only the tagger finds."""
    document = report.document
    known = {fold(row["person"]) for row in report.rows if row["type"] == "official"}
    added: list[Row] = []
    for _, words in sentences(document):
        spans = list(_spans(tagger.tag(features(words))))
        for name, first, last in spans:
            start, end = words[first].start(), words[last - 1].end()
            person = document.value(start, end)
            posts = [
                span for span in spans if span[0] == "POST" and min(abs(span[1] - last), abs(first - span[2])) <= REACH
            ]
            if name != "PER" or last - first < 2 or not posts or fold(person) in known:
                continue
            _, left, right = min(posts, key=lambda span: min(abs(span[1] - last), abs(first - span[2])))
            post = document.value(words[left].start(), words[right - 1].end())
            evidence = document.evidence(start, end).model_dump(mode="json")
            added.append({"type": "official", "person": person, "post": post, "role": post, "evidence": [evidence]})
            known.add(fold(person))
    return [*report.rows, *added]


def _spans(labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    at = 0
    while at < len(labels):
        last = at + 1
        if labels[at].startswith("B-"):
            name = labels[at][2:]
            while last < len(labels) and labels[last] == f"I-{name}":
                last += 1
            yield name, at, last
        at = last


def totals(reports: Sequence[Report], rows: Sequence[list[Row]]) -> dict[str, Score]:
    found: dict[str, Score] = {}
    for report, records in zip(reports, rows, strict=True):
        for key, score in score_file("", report.gold, records, report.document.layer.text).scores.items():
            found[key] = found.get(key, Score()) + score
    return found


def compare() -> list[tuple[str, Score, Score]]:
    """Of each measure of officials the totals on the blind part: rules alone, and with the tagger."""
    opened = list(itertools.chain.from_iterable(map(load, OPEN_PARTS)))
    blind = load(BLIND_PART)
    rules = totals(blind, [report.rows for report in blind])
    tagger = train_people(opened)
    tagged = totals(blind, [people(report, tagger) for report in blind])
    return [(key, rules[key], tagged[key]) for key in ("official/person", "official/person+post")]


def main() -> None:
    """Print the comparison."""
    for key, rules, combined in compare():
        print(f"{key:22} F1 rules {rules.f1 or 0:.3f}   with tagger {combined.f1 or 0:.3f}")


if __name__ == "__main__":
    main()
