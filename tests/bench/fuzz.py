"""Reads thousands of mutated files: none may crash the reader, hang it, or raise what nobody foresaw.

usage: python -m tests.bench.fuzz [INPUTS] [--seed N]

Seeds are the files of the corpus, its hostile ones, and old office files made here; Hypothesis mutates them by
cutting, doubling, overwriting and swapping bytes, also inside of packed parts. Every input is read in a process of its
own that is killed when it takes too long. Programs of other people (text recognition) are not called: they would take
hours.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pipelines.extraction import Extracted, Failure, Outcome, display_name
from pipelines.flows.workers import WorkerPool, default_workers
from tests.corpus_tools.hostile import docx, small, xlsx
from tests.pipelines.readers.office_files import Doc, Xls, list_item, par, row_end

CORPUS = Path(__file__).parents[2] / "corpus"
SECONDS = 60
#: Larger seeds make slow inputs and no new ways to fail.
_MAX_SEED_BYTES = 300_000
#: What stands in files where a number or a name decides: sizes, ends, the words of formats.
_TOKENS = (
    *(
        b"\0",
        b"\xff" * 4,
        b"\x7f\xff\xff\xff",
        b"\x80\0\0\0",
        b"\1\0\0\0",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"%PDF-",
        b"endobj",
    ),
    *(
        b"{",
        b"}",
        b"\\bin999",
        b"\\u-1",
        b"<",
        b"</w:p>",
        b"<w:tbl>",
        b"&#0;",
        b"<!DOCTYPE x>",
        b"<table>",
        b"\xd0\xcf\x11\xe0",
    ),
    *(b"99999999999", b"-1", b"/Kids", b" 0 R", b"stream\n", b"\r\n\r\n", "ữ".encode(), b"\xe1\xbb"),
)


def read_only(path: Path) -> Outcome:
    """What reading alone yields, as `process_file` tells it. Runs in a process of its own."""
    from pipelines.errors import ReadError
    from pipelines.extraction import unexpected_failure
    from pipelines.readers import read

    file = display_name(path)
    os.environ["PATH"] = ""  # no program is found
    try:
        layer = read(path)
    except ReadError as error:
        return Failure(file, "read", "ReadError", str(error))
    except Exception as error:  # noqa: BLE001 - is what the bench looks for
        return unexpected_failure(file, "read", error)
    # The layer is checked where it is: sending it takes longer than reading it.
    for table in layer.tables:
        assert 0 <= table.start <= table.end <= len(layer.text)
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)
    assert all(0 <= block.start <= block.end <= len(layer.text) for block in layer.blocks)
    return Failure(file, "read", "Read", f"{file}: {len(layer.text)} characters")


def seeds() -> list[tuple[str, bytes]]:
    """Names and bytes of the files that are mutated."""
    found = [
        (path.name, path.read_bytes())
        for folder in ("reports", "opened/reports")
        for path in sorted((CORPUS / folder).glob("*.*"))
        if path.stat().st_size <= _MAX_SEED_BYTES
    ]
    found += [(name, data) for name, (data, _) in small().items() if len(data) <= _MAX_SEED_BYTES]
    cells = [par(text, properties=b"\x16\x24\x01", mark="\x07") for text in ("TT", "12")]
    document = Doc(
        [par("céng hoµ x· héi", ".VnTime"), *cells, row_end([0, 500, 900]), list_item("one")],
        footnotes=[par("a note")],
        headers=[par("head")],
        levels=[(1, "\0.", 1)],
    )
    book = Xls(
        {(row, col): (f"c{row}{col}", ".VnTime", "0.0%") for row in range(4) for col in range(3)}, [(0, 1, 0, 0)]
    )
    found += [
        ("old.doc", document.build()),
        ("wide.doc", document.build(wide=True)),
        ("old.xls", book.build()),
        ("a.docx", docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" * 3)),
        ("a.xlsx", xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>12.5</v></c></row>' * 4)),
        (
            "a.rtf",
            rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 .VnTime;}}{\header\pard h\par}\f0 c\'e9ng\par\trowd\cellx9\cellx99"
            rb"\intbl a\cell b\cell\row\pard{\*\shpinst{\shptxt x\par}}\u7883?\par}",
        ),
    ]
    return found


def mutations() -> st.SearchStrategy[tuple[int, int, int]]:
    """Which seed, and the seed of the random changes: Hypothesis draws, `mutate` changes."""
    return st.tuples(st.integers(0, 10_000), st.integers(0, 2**32), st.integers(1, 12))


def mutate(data: bytes, number: int, changes: int) -> bytes:
    """The file with some changes; those of a zip stand inside its parts every second time."""
    chance = random.Random(number)
    if data[:2] == b"PK" and chance.random() < 0.6:
        return _mutated_zip(data, chance, changes)
    return _mutated(data, chance, changes)


def _mutated(data: bytes, chance: random.Random, changes: int) -> bytes:
    out = bytearray(data)
    for _ in range(changes):
        at = chance.randrange(len(out) + 1)
        size = chance.choice((1, 1, 2, 4, 16, 200, 5000))
        kind = chance.randrange(7)
        if kind == 0:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del out[at : at + size]
        elif kind == 2:
            out[at:at] = out[at : at + size] * chance.choice((1, 2, 20))
        elif kind == 3:
            out[at : at + chance.choice((0, 1, 4))] = chance.choice(_TOKENS)
        elif kind == 4:
            other = chance.randrange(len(out) + 1)
            out[at : at + size] = out[other : other + size]
        elif kind == 5 and out[at : at + 4]:
            out[at : at + 4] = chance.choice((0, 1, 255, 65536, 2**31, 2**32 - 1)).to_bytes(4, "little")
        elif kind == 6 and chance.random() < 0.3:
            del out[at:]
    return bytes(out)


def _mutated_zip(data: bytes, chance: random.Random, changes: int) -> bytes:
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            names = old.namelist()
            chosen = set(chance.sample(names, min(len(names), 2)))
            for name in dict.fromkeys(names):
                content = old.read(name)
                info = zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0))
                new.writestr(info, _mutated(content, chance, changes) if name in chosen else content)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError):
        return _mutated(data, chance, changes)
    return stream.getvalue()


def inputs(count: int, first: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of mutated files, the same ones for the same first number."""
    files = seeds()
    drawn: list[tuple[int, int, int]] = []

    @seed(first)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mutations())
    def draw(one: tuple[int, int, int]) -> None:
        drawn.append(one)

    draw()
    for number, (which, chance, changes) in enumerate(drawn):
        # Hypothesis likes small numbers; every seed has its turn all the same.
        name, data = files[(which + number) % len(files)]
        yield f"{number:05}-{name}", mutate(data, chance + number, changes)


def run(count: int, first: int, workers: int) -> tuple[Counter[str], list[Failure], float]:
    """How many inputs ended how, what should not have happened, and the longest time that one took."""
    # Not this file's own name: another process cannot import `__main__`.
    from tests.bench.fuzz import read_only as function

    ended: Counter[str] = Counter()
    bad: list[Failure] = []
    slowest = 0.0
    with (
        tempfile.TemporaryDirectory(prefix="baocao-fuzz-") as folder,
        ThreadPoolExecutor(workers) as threads,
        WorkerPool(workers, file_seconds=SECONDS, function=function) as pool,
    ):

        def one(item: tuple[str, bytes]) -> tuple[Outcome, float]:
            path = Path(folder, item[0])
            path.write_bytes(item[1])
            started = time.monotonic()
            outcome = pool.process(path)
            seconds = time.monotonic() - started
            if isinstance(outcome, Failure) and outcome.error in ("Read", "ReadError"):
                path.unlink()
            return outcome, seconds

        for outcome, seconds in threads.map(one, inputs(count, first)):
            assert not isinstance(outcome, Extracted)
            ended[outcome.error] += 1
            slowest = max(slowest, seconds)
            if outcome.error not in ("Read", "ReadError") or "\n" in outcome.message:
                bad.append(outcome)
    return ended, bad, slowest


def main() -> None:
    """Prints how the inputs ended; exit code 1 where one ended badly."""
    parser = argparse.ArgumentParser(description="Read thousands of mutated files.")
    parser.add_argument("inputs", nargs="?", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    given_arguments = parser.parse_args()
    started = time.monotonic()
    ended, bad, slowest = run(given_arguments.inputs, given_arguments.seed, default_workers())
    for failure in bad:
        print(failure.error, failure.message, failure.details or "", sep="\n")
    total, taken = sum(ended.values()), time.monotonic() - started
    print(
        f"{total} inputs in {taken:.0f} s: {ended['Read']} read, {ended['ReadError']} refused, {len(bad)} ended badly; "
        f"the slowest took {slowest:.1f} s"
    )
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
