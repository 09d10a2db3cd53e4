"""Pages of PDF text a second, beside pdfplumber on the same files, and the memory of a thousand pages.

Run: ``python -m tests.bench.pdf``. Both read the corpus's PDFs in one process, in turns, and their texts are
compared letter by letter, without white space and in one order of the letters. Memory is that of fresh
processes that are given a file of 250, 500 and 1,000 pages: the most that reading it took, and what of that is
the text layer, which grows with the text. What grows besides is told for each page.
"""

from __future__ import annotations

import io
import pickle
import resource
import subprocess
import sys
import tempfile
import tracemalloc
import unicodedata
from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from pipelines.readers.pdf import read_pdf
from schemas import TextLayer
from tests.bench.speed import best_of

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"


def ours(data: bytes) -> str:
    layer = read_pdf(data, sha256="0" * 64, file="a.pdf")
    return layer.text + "".join(margin.text for margin in layer.margins)


def theirs(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as document:
        texts = []
        for page in document.pages:
            texts.append(page.extract_text())
            page.close()
    return "".join(texts)


def letters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFC", text).split()))


def many_pages(count: int) -> bytes:
    """The corpus's pages over and over."""
    document = pdfium.PdfDocument.new()
    sources = [pdfium.PdfDocument(path) for path in sorted(REPORTS.glob("*.pdf"))]
    while len(document) < count:
        for source in sources:
            document.import_pages(source, list(range(min(len(source), count - len(document)))))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def resident() -> float:
    """The memory of this process at present, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def size_of(layer: TextLayer) -> float:
    """What a layer takes, in megabytes: itself, made anew from its bytes."""
    packed = pickle.dumps(layer)
    tracemalloc.start()
    copy = pickle.loads(packed)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert copy == layer
    return size / 1e6


def memory_of(count: int) -> tuple[float, float]:
    """The most memory that reading so many pages takes, and that of the layer, in megabytes."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(many_pages(count))
        file.flush()
        command = [sys.executable, "-m", "tests.bench.pdf", file.name]
        peak, size = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(peak), float(size)


def measure_memory(path: Path) -> None:
    data = path.read_bytes()
    before = resident()
    layer = read_pdf(data, sha256="0" * 64, file="a.pdf")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(peak - before, size_of(layer))


def main() -> None:
    if len(sys.argv) > 1:
        measure_memory(Path(sys.argv[1]))
        return
    files = [path.read_bytes() for path in sorted(REPORTS.glob("*.pdf"))]
    pages = sum(len(pdfium.PdfDocument(data)) for data in files)
    differing = total = 0
    for data in files:
        mine, other = letters(ours(data)), letters(theirs(data))
        differing += ((mine - other) + (other - mine)).total()
        total += other.total()
    print(f"{len(files)} files, {pages} pages, {total} letters, {differing} of them read otherwise by one of both")
    fast = best_of(5, lambda: [ours(data) for data in files])
    slow = best_of(2, lambda: [theirs(data) for data in files])
    print(f"baocao      {pages / fast:8.1f} pages/s: paragraphs, tables, boxes of words")
    print(f"pdfplumber  {pages / slow:8.1f} pages/s: text alone")
    print(f"baocao is {slow / fast:.1f} times as fast")
    besides = {}
    for count in (250, 500, 1000):
        peak, size = memory_of(count)
        besides[count] = peak - size
        print(f"memory of {count:5} pages {peak:6.0f} MB above the file's own, {size:.0f} MB of them the text layer")
    print(f"besides the layer each page takes {(besides[1000] - besides[250]) / 750 * 1000:.1f} KB more")


if __name__ == "__main__":
    main()
