"""Files that want to crash, hang, fill the memory or reach out: each is read or refused in one sentence, and soon."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.extraction import Extracted, Failure, Outcome, process_file
from pipelines.flows.workers import WorkerPool
from pipelines.readers import find_files
from tests.corpus_tools.hostile import HOSTILE, make_large, small

#: Far below the limit of a file: what takes longer hangs.
SECONDS = 60
CASES = small()


def read_in_little_memory(path: Path) -> Outcome:
    """What a file yields in half of the memory that it may have, which is full sooner."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, hard))
    return process_file(path)


def outcomes(folder: Path) -> dict[str, list[Outcome]]:
    """What the files of a folder yielded, by their names; an archive's members under its name."""
    paths = [path for name in sorted(folder.iterdir()) for path in find_files([name])]
    with ThreadPoolExecutor(2) as threads, WorkerPool(2, file_seconds=SECONDS, function=read_in_little_memory) as pool:
        found: dict[str, list[Outcome]] = {}
        for path, outcome in zip(paths, threads.map(pool.process, paths), strict=True):
            found.setdefault(path.relative_to(folder).parts[0], []).append(outcome)
    return found


@pytest.fixture(scope="module")
def stored() -> dict[str, list[Outcome]]:
    return outcomes(HOSTILE)


def check(name: str, found: list[Outcome], word: str | None) -> None:
    """One sentence and its word, or a text; an empty word allows both."""
    assert found, name
    for outcome in found:
        if isinstance(outcome, Extracted):
            assert word in (None, ""), f"{name} was read"
            assert outcome.layer.text.strip()
            assert len(outcome.layer.text) < 1_000_000
            continue
        assert word is not None, outcome.message
        assert outcome.error == "ReadError", outcome.details or outcome.message
        assert word in outcome.message
        assert outcome.message.startswith(f"{outcome.file}: ")
        assert "\n" not in outcome.message
        assert outcome.details is None


def test_there_are_enough_of_them_and_all_are_stored() -> None:
    assert len(CASES) >= 40
    names = {path.name for path in HOSTILE.iterdir()} - {"README.md"}
    assert names == set(CASES), "run python -m tests.corpus_tools.hostile"


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_read_or_refused(stored: dict[str, list[Outcome]], name: str) -> None:
    check(name, stored[name], CASES[name][1])


def test_what_is_read_of_them_reaches_nowhere(stored: dict[str, list[Outcome]]) -> None:
    for name, found in stored.items():
        for outcome in found:
            if isinstance(outcome, Extracted):
                assert "root:" not in outcome.layer.text, name
                assert "secret" not in outcome.layer.text, name


@pytest.fixture
def large(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    yield tmp_path, make_large(tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()


def test_large_and_special_files_are_refused(large: tuple[Path, dict[str, str]]) -> None:
    folder, expected = large
    found = outcomes(folder)
    assert set(found) == set(expected)
    for name, word in expected.items():
        check(name, found[name], word)
    # None of them was read into memory as a whole.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4_000_000


def test_a_process_that_outgrows_its_memory_or_its_time_costs_only_itself(tmp_path: Path) -> None:
    for name in ("memory", "time", "fine"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    with ThreadPoolExecutor(1) as threads, WorkerPool(1, file_seconds=15, function=_misbehave) as pool:
        memory, slow, fine = threads.map(pool.process, [tmp_path / name for name in ("memory", "time", "fine")])
    assert isinstance(memory, Failure)
    assert memory.error in ("MemoryError", "ProcessEnded")
    assert isinstance(slow, Failure)
    assert slow.error == "TimeoutError"
    assert isinstance(fine, Failure)
    assert fine.error == "Fine"


def _misbehave(path: Path) -> Outcome:
    if path.name == "memory":
        try:
            return Failure(path.name, "read", "Fine", str(len(bytearray(64 * 1024**3))))
        except MemoryError:
            return Failure(path.name, "read", "MemoryError", "out of memory")
    while path.name == "time":
        pass
    return Failure(path.name, "read", "Fine", "fine")
