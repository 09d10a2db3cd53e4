"""Characters a second of the whole extraction, beside ``underthesea.ner`` per sentence on the same text.

Run: ``python -m tests.bench.speed [FILE…]`` (default: the real reports where they are, else the
corpus). Prints one line each and the ratio; both work in one process on the same text in the same
run, so that the ratio holds whatever else the machine does.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractors import analyze, extract, load_document
from pipelines.readers import find_files, read

ROOT = Path(__file__).parents[2]
#: How often both are measured.
ROUNDS = 3


def default_paths() -> list[Path]:
    reports = Path(os.environ.get("BAOCAO_REPORTS", ROOT.parent / "shared" / "reports"))
    return [reports] if reports.is_dir() else [ROOT / "corpus" / "reports"]


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds of CPU of the fastest run."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or default_paths()
    layers = [read(path) for path in find_files(paths)]
    characters = sum(len(layer.text) for layer in layers)
    documents = [load_document(layer) for layer in layers]
    sentences = [
        document.text[start:end]
        for document in documents
        for block in document.blocks
        for start, end in document.sentences(block)
    ]
    print(f"{len(layers)} reports, {characters} characters, {len(sentences)} sentences")

    from underthesea import ner  # its models load here, outside the measured time

    ner(sentences[0])
    records = relations = theirs = float("inf")
    for _ in range(ROUNDS):
        # In turns and the best of each, so that what else the machine does weighs on both alike.
        records = min(records, best_of(3, lambda: [extract(layer) for layer in layers]))
        relations = min(relations, best_of(3, lambda: [analyze(layer) for layer in layers]))
        theirs = min(theirs, best_of(1, lambda: [ner(sentence) for sentence in sentences]))
    for name, seconds in (
        ("baocao extract, all six record types", records),
        ("baocao, with the relations that the audit checks", relations),
        ("underthesea.ner, per sentence", theirs),
    ):
        speed = f"{characters / seconds:12,.0f} characters/s"
        print(f"{name:50s} {seconds:8.2f} s CPU {speed} {theirs / seconds:8.1f} times underthesea.ner")


if __name__ == "__main__":
    main()
