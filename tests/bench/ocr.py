"""How well and how fast scans of the corpus are read, beside Tesseract alone on the same pictures.

Run: ``python -m tests.bench.ocr [--pages N] [NAME…]`` (default: every report that has a PDF, all pages). Two scans
of each: clean at 200 dpi; at 150 dpi with noise, shade and a skew of 1.6 degrees. Seconds are those of one core,
the preparation of the picture included.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipelines.readers import read
from pipelines.readers.pdf_assembly import assemble
from pipelines.readers.scan import read_scan
from schemas import TextLayer
from tests.corpus_tools.formats import record_values
from tests.corpus_tools.scans import CLEAN, NOISY, Scanner, scan

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


class Score(Counter[str]):
    """Sums over all reports by what is counted, and the numbers that were missed."""

    def __init__(self) -> None:
        super().__init__()
        self.misses: list[str] = []

    def rate(self, *parts: str, of: str) -> float:
        """The share of the parts in a whole."""
        return sum(self[part] for part in parts) / self[of]


def cpu() -> float:
    """Seconds of CPU of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def plain(text: str) -> str:
    return " ".join(text.replace("–", "-").split())


def measure(path: Path, scanner: Scanner, pages: int | None, score: Score) -> None:
    pictures = scan(path, scanner, pages=pages)
    start = cpu()
    builder = assemble(read_scan(picture, scanner.dpi, number) for number, picture in enumerate(pictures, start=1))
    layer = builder.build(sha256="0" * 64, file=path.name, media_type="application/pdf")
    score["seconds"] += cpu() - start
    start = cpu()
    alone = " ".join(tesseract_alone(picture, scanner.dpi) for picture in pictures)
    score["seconds_alone"] += cpu() - start
    stored = read(path)
    truth = stored.text[: stored.pages[len(pictures) - 1].end]
    score["pages"] += len(pictures)
    score["letters"] += len(plain(truth))
    score["wrong"] += Levenshtein.distance(plain(truth), plain(layer.text))
    score["wrong_alone"] += Levenshtein.distance(plain(truth), plain(alone))
    count_numbers(truth, layer, score)
    if len(pictures) == len(stored.pages):
        known, found = record_values(stored), record_values(layer)
        score["records"] += known.total()
        score["found"] += (known & found).total()


def tesseract_alone(picture: object, dpi: int) -> str:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        picture.save(file.name)  # type: ignore[attr-defined]
        command = ["tesseract", file.name, "-", "-l", "vie", "--dpi", str(dpi)]
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def count_numbers(truth: str, layer: TextLayer, score: Score) -> None:
    """A number of the original is right where it was read as often, else marked where a doubtful one stands instead.

    That is one which the original does not have, or not so often.
    """
    known = Counter(_NUMBER.findall(truth))
    read_as: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for match in _NUMBER.finditer(layer.text):
        read_as[match[0]] += 1
        doubtful[match[0]] += layer.is_doubtful(*match.span())
    right = (known & read_as).total()
    score["numbers"] += known.total()
    score["right"] += right
    score["marked"] += min(((read_as - known) & doubtful).total(), known.total() - right)
    score.misses += list((known - read_as).elements())


def report(name: str, score: Score) -> None:
    pages, letters, numbers, records = (score[what] for what in ("pages", "letters", "numbers", "records"))
    print(f"{name}: {pages} pages, {letters // pages} letters a page")
    rate, alone = (score.rate(which, of="letters") for which in ("wrong", "wrong_alone"))
    print(f"  character error rate   {rate:8.4f}   Tesseract alone {alone:.4f}")
    right, told = score.rate("right", of="numbers"), score.rate("right", "marked", of="numbers")
    print(f"  numbers right          {right:8.4f}   right or marked {told:.4f} of {numbers}")
    if records:
        found = score.rate("found", of="records")
        print(f"  records of the original{found:8.4f}   of {records}")
    a_page = [score.rate(which, of="pages") for which in ("seconds", "seconds_alone")]
    print(f"  seconds a page and core{a_page[0]:8.2f}   Tesseract alone {a_page[1]:.2f}")
    print(f"  numbers missed: {' '.join(score.misses[:40])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    paths = [path for path in sorted(REPORTS.glob("*.pdf")) if not arguments.names or path.stem in arguments.names]
    for name, scanner in (("clean, 200 dpi", CLEAN), ("noisy, 150 dpi, skewed", NOISY)):
        score = Score()
        for path in paths:
            measure(path, scanner, arguments.pages, score)
        report(name, score)


if __name__ == "__main__":
    main()
