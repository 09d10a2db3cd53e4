"""Reads and audits documents put together from pieces of sentences at random: nothing may raise.

usage: python -m tests.bench.shuffled [FIRST] [LAST]

The pieces are those of the corpus and of the audit's cases; in some the words are turned or the head is cut off, and
between two stands any sign, so that lists never end and brackets never close. Prints each place that raised, once.
The choice is the same for the same number.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random

import yaml

from extractors import analyze
from pipelines.audit import audit_report
from pipelines.facts import ReportFacts
from pipelines.readers.text import read_markdown
from schemas import canonical_text

ROOT = Path(__file__).parents[2]
_CASES = ROOT / "tests" / "pipelines" / "audit" / "cases"
_TEXTS = (ROOT / "corpus" / "sources", ROOT / "corpus" / "opened" / "reports")
_PIECES = re.compile(r"(?<=[.;:!?])\s+|\n")
_SIGNS = (" ", "\n", ". ", "; ", ": ", ", ", "\n- ", "\n+ ", " (")
_MOST = 14


@cache
def pieces() -> tuple[str, ...]:
    """Sentences, items and cells, in the same order each time."""
    texts = [path.read_text(encoding="utf-8") for folder in _TEXTS for path in sorted(folder.glob("*.txt"))]
    for path in sorted(_CASES.glob("*.yml")):
        cases = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [row for part in ("fires", "silent") for row in cases.get(part, ())]
        texts += [row["text"] for row in rows if isinstance(row.get("text"), str)]
    return tuple(piece for text in texts for piece in _PIECES.split(text) if piece.strip())


def document(number: int) -> str:
    """The text of this number."""
    random = Random(number)
    made = ""
    for _ in range(random.randint(2, _MOST)):
        piece, way = random.choice(pieces()), random.random()
        if way < 0.15:
            words = piece.split()
            turn = random.randrange(len(words))
            piece = " ".join(words[turn:] + words[:turn])
        elif way < 0.25:
            piece = piece[random.randrange(len(piece)) :]
        made += piece + random.choice(_SIGNS)
    return made


def read_through(text: str) -> None:
    """Extract and audit a text; raises what they raise."""
    layer = read_markdown(canonical_text(text).encode(), sha256="0" * 64, file="shuffled.md")
    analysis = analyze(layer)
    audit_report(ReportFacts.of(layer, analysis.records, analysis.relations))


def _raised(number: int) -> tuple[int, str] | None:
    try:
        read_through(document(number))
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return number, traceback.format_exc()
    return None


def main() -> None:
    """Print what raised, once for each place, and how many documents did; exit code 1 where one did."""
    first, last = (int(word) for word in (*sys.argv[1:], "0", "20000")[:2])
    places: Counter[str] = Counter()
    with ProcessPoolExecutor() as pool:
        for found in pool.map(_raised, range(first, last), chunksize=50):
            if found is None:
                continue
            number, trace = found
            place = [line for line in trace.splitlines() if line.lstrip().startswith("File ")][-1]
            if not places[place]:
                print(f"document {number}:\n{trace}")
            places[place] += 1
    print(f"{places.total()} of {last - first} documents raised, in {len(places)} places")
    sys.exit(1 if places else 0)


if __name__ == "__main__":
    main()
