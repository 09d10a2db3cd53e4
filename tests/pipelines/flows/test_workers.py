"""Processes that can be killed: what one file does to its process costs the others nothing."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.extraction import Failure, Outcome
from pipelines.flows.workers import WorkerPool


def behave(path: Path) -> Outcome:
    """Stands for reading a file: its name says what happens. Runs in the worker process."""
    if path.name == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name == "slow":
        time.sleep(60)
    if path.name == "exit":
        os._exit(7)
    return Failure(path.name, "read", "Fine", f"{path.name}: {os.getpid()}")


def run(names: list[str], *, seconds: float = 20) -> dict[str, Failure]:
    """The outcomes by file, over two processes."""
    with ThreadPoolExecutor(2) as threads, WorkerPool(2, file_seconds=seconds, function=behave) as pool:
        outcomes = list(threads.map(pool.process, map(Path, names)))
    assert all(isinstance(outcome, Failure) for outcome in outcomes)
    return {outcome.file: outcome for outcome in outcomes if isinstance(outcome, Failure)}


def test_a_crash_costs_one_file() -> None:
    outcomes = run(["a", "crash", "b", "exit", "c"])
    assert {name: outcome.error for name, outcome in outcomes.items()} == {
        "a": "Fine",
        "crash": "ProcessEnded",
        "b": "Fine",
        "exit": "ProcessEnded",
        "c": "Fine",
    }
    # On a busy machine the system does not always tell.
    assert any(told in outcomes["crash"].message for told in ("SIGKILL", "how is not known"))
    assert "exit code 7" in outcomes["exit"].message


def test_a_file_that_takes_too_long_is_given_up() -> None:
    started = time.monotonic()
    outcomes = run(["slow", "a", "b"], seconds=5)
    assert outcomes["slow"].error == "TimeoutError"
    assert "slow" in outcomes["slow"].message
    assert outcomes["b"].error == "Fine"
    assert time.monotonic() - started < 30


def test_closing_ends_the_processes_at_work() -> None:
    with ThreadPoolExecutor(1) as threads:
        pool = WorkerPool(1, function=behave)
        first = threads.submit(pool.process, Path("a")).result()
        assert isinstance(first, Failure)
        waiting = threads.submit(pool.process, Path("slow"))
        time.sleep(0.2)
        pool.close()
        outcome = waiting.result(timeout=15)
    assert isinstance(outcome, Failure)
    assert outcome.error in ("ProcessEnded", "Cancelled")
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.message.split(": ")[1]), 0)
