"""Reading and extraction of files, without a store and without Prefect.

Neither the extractors nor any reader is imported before a file needs it, so that a command over
a few texts starts fast.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipelines.errors import BaocaoError, ReadError

if TYPE_CHECKING:
    from extractors import Analysis
    from schemas import Record, TextLayer
    from schemas.relation import Relation

Stage = Literal["read", "extract", "store", "reconcile", "audit"]


@dataclass(frozen=True)
class Extracted:
    """What one file yielded: its text and records, the report record first."""

    file: str
    layer: TextLayer
    records: tuple[Record, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Failure:
    """A file that one stage could not process.

    ``message`` is a sentence for the user that names the file and the way out, ``error`` the class
    of the error, ``details`` the traceback of an error that nobody foresaw (None of a foreseen one).
    """

    file: str
    stage: Stage
    error: str
    message: str
    details: str | None = None


Outcome = Extracted | Failure


def load_extractors() -> None:
    """Load the extractors and their lexicons, which the first file would do otherwise.

    Nothing of the half million objects that this makes is garbage: the collector is kept away from
    them, which halves the time.
    """
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        import extractors
        from schemas import TextLayer

        extractors.load_document(TextLayer(id="", file="", media_type="text/plain", text="."))
    finally:
        gc.freeze()
        if is_collecting:
            gc.enable()


def extract_file(path: Path, name: str | None = None) -> Analysis:
    """The document, records and relations of one file. ``name`` is what the records call the file.

    Raises: ReadError where the file cannot be read.
    """
    from pipelines.readers import read

    layer = read(path, name)
    from extractors import analyze

    return analyze(layer)


def process_file(path: Path) -> Outcome:
    """What a file yielded, or why it failed. Raises nothing but what ends the process (Ctrl-C)."""
    file = display_name(path)
    stage: Stage = "read"
    try:
        from pipelines.readers import read

        layer = read(path)
        stage = "extract"
        from extractors import analyze

        analysis = analyze(layer)
    except BaocaoError as error:
        reason = error.reason if isinstance(error, ReadError) else str(error)
        return Failure(file, stage, type(error).__name__, f"{file}: {reason}")
    except MemoryError:
        return Failure(file, stage, "MemoryError", f"{file}: needs more memory than it may have; split it into reports")
    except Exception as error:  # noqa: BLE001 - becomes an issue row and a message; the other files go on
        return unexpected_failure(file, stage, error)
    return Extracted(file, layer, tuple(analysis.records), tuple(analysis.relations))


def unexpected_failure(file: str, stage: Stage, error: Exception) -> Failure:
    """The failure of a file by an error that nobody foresaw; ``details`` holds its traceback."""
    kind = type(error).__name__
    message = (
        f"{file}: the {stage} stage failed with {kind}; this is a fault of baocao, please report it (--debug says more)"
    )
    return Failure(file, stage, kind, message, "".join(traceback.format_exception(error)))


def extract_files(paths: Iterable[Path], workers: int = 1) -> Iterator[Outcome]:
    """What each file yielded, in the order of the paths.

    Files are processed in processes of their own, as many as ``workers``: one that crashes, takes too
    long or needs too much memory costs nothing but itself.
    """
    from concurrent.futures import ThreadPoolExecutor

    from pipelines.flows.workers import WorkerPool

    # Left in reverse order: killing the processes lets threads that wait for them end.
    count = max(workers, 1)
    with ThreadPoolExecutor(count) as threads, WorkerPool(count) as pool:
        yield from threads.map(pool.process, paths)


def display_name(path: Path) -> str:
    """The path as it is stored and printed: undecodable bytes of a name as replacement characters."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
