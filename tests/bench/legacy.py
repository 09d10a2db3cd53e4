"""How well files in encodings of before Unicode are read: error rates against transcripts that lie beside them.

usage: python -m tests.bench.legacy [FOLDER]

The folder (``$BAOCAO_LEGACY``, else ``../shared/legacy``) holds ``name.doc`` (or another format) beside
``name.truth.txt``. Nothing of it belongs to the project.

A transcript has its own order of what stands side by side, and holds what is printed around the text. Lost words are
therefore told as well: those of the transcript that the layer, its margins included, does not have so often.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipelines.errors import ReadError
from pipelines.readers import read

_TONELESS = str.maketrans("đĐ", "dD")


@dataclass(frozen=True)
class Score:
    """One file: share of wrong characters, of letters with marks that are right, of lost words, and why not read."""

    file: str
    error_rate: float
    diacritics: float
    lost: float
    refused: str = ""


def folder() -> Path:
    """Where the files lie, whether or not they are there."""
    given = os.environ.get("BAOCAO_LEGACY")
    return Path(given) if given else Path(__file__).parents[3] / "shared" / "legacy"


def scores(root: Path) -> Iterator[Score]:
    """The score of each file that has a transcript."""
    for truth in sorted(root.glob("*.truth.txt")):
        stem = truth.name.removesuffix(".truth.txt")
        for path in sorted(root.glob(f"{stem}.*")):
            if path != truth:
                yield score(path, truth.read_text(encoding="utf-8", errors="ignore"))


def score(path: Path, transcript: str) -> Score:
    """The score of a file against its transcript; white space and the tone's place count for nothing."""
    try:
        layer = read(path)
    except ReadError as error:
        return Score(path.name, 1.0, 0.0, 1.0, str(error))
    read_text, wanted = _comparable(layer.text), _comparable(transcript)
    around = _comparable(" ".join(margin.text for margin in layer.margins))
    words, known = _words(f"{read_text} {around}"), _words(wanted)
    lost = (known - words).total() / max(known.total(), 1)
    error_rate = Levenshtein.distance(wanted, read_text) / len(wanted)
    return Score(path.name, error_rate, _diacritics(wanted, read_text), lost)


def _comparable(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(dict.fromkeys(map(ord, "\u00ad\u200b\ufeff")))
    return " ".join(text.split())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _diacritics(wanted: str, found: str) -> float:
    """Of the letters that carry a mark, the share whose counterpart carries the same."""
    right = total = 0
    for tag, start, end, other, _ in Levenshtein.opcodes(wanted, found):
        for at in range(start, end):
            if _plain(wanted[at]) != wanted[at].lower():
                total += 1
                same = tag == "equal" or (
                    tag == "replace"
                    and found[other + at - start : other + at - start + 1].lower() == wanted[at].lower()
                )
                right += same
    return right / total if total else 1.0


def _plain(char: str) -> str:
    return unicodedata.normalize("NFD", char.translate(_TONELESS))[0].lower()


def summary(found: list[Score]) -> tuple[float, float]:
    """Median error rate and median share of right marks."""
    return statistics.median(one.error_rate for one in found), statistics.median(one.diacritics for one in found)


def main(arguments: list[str]) -> None:
    """Prints a line for each file, then the medians."""
    found = list(scores(Path(arguments[0]) if arguments else folder()))
    for one in found:
        print(
            f"{one.error_rate:8.2%} wrong characters  {one.diacritics:8.2%} right marks  {one.lost:7.2%} lost words"
            f"  {one.file}  {one.refused}"
        )
    error_rate, diacritics = summary(found)
    print(f"{error_rate:8.2%} wrong characters  {diacritics:8.2%} right marks  median of {len(found)} files")


if __name__ == "__main__":
    main(sys.argv[1:])
