"""Pages of PDF text a second, beside pdfplumber on the same files, and the memory of a thousand pages.

Run: ``python -m tests.bench.pdf``. Both read the corpus's PDFs in one process, in turns, and their texts are
compared letter by letter, without white space and in one order of the letters. Memory is that of two fresh
processes, one over a hundred pages and one over a thousand.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from pipelines.readers.pdf import read_pdf
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


def peak_of(count: int) -> float:
    """The greatest memory, in megabytes, of a process that reads so many pages."""
    command = [sys.executable, "-m", "tests.bench.pdf", str(count)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    if len(sys.argv) > 1:
        data = many_pages(int(sys.argv[1]))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ours(data)
        print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
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
    print(f"memory of   100 pages {peak_of(100):6.0f} MB above the file's own")
    print(f"memory of 1,000 pages {peak_of(1000):6.0f} MB above the file's own")


if __name__ == "__main__":
    main()
