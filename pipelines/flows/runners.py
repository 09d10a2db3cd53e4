"""Ways to run the stages of an ingestion: here in threads over killable processes; `orchestrate` adds Prefect's."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

from pipelines.extraction import Outcome
from pipelines.flows.workers import WorkerPool, default_workers

Result = TypeVar("Result")
Batch = Sequence[Path]

#: Files of one task: enough that its bookkeeping (about 15 ms) does not count, few enough to be stored soon.
BATCH_FILES = 16
#: Batches under way per worker; outcomes wait in memory until they are stored.
BATCHES_PER_WORKER = 3


class Runner(Protocol):
    """Runs batches and stages. Whatever a runner does, the caller stores the outcomes itself."""

    workers: int

    def run(self, batches: Sequence[Batch], *, on_file: Callable[[], None]) -> Iterator[list[Outcome]]:
        """The outcomes of each batch in order; ``on_file`` is called, from any thread, when a file is done."""

    def stage(self, name: str, function: Callable[[], Result]) -> Result:
        """What a stage of the run returns."""


class LocalRunner:
    """Threads that each drive one worker process; no Prefect."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or default_workers()

    def run(self, batches: Sequence[Batch], *, on_file: Callable[[], None]) -> Iterator[list[Outcome]]:
        """See `Runner.run`."""
        # Left in reverse order: killing the processes lets threads that wait for them end.
        with ThreadPoolExecutor(self.workers) as threads, WorkerPool(self.workers) as pool:
            waiting: deque[Future[list[Outcome]]] = deque()
            for batch in batches:
                waiting.append(threads.submit(process_batch, pool, batch, on_file))
                if len(waiting) >= self.workers * BATCHES_PER_WORKER:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def stage(self, name: str, function: Callable[[], Result]) -> Result:
        """See `Runner.stage`."""
        return function()


def process_batch(pool: WorkerPool, batch: Batch, on_file: Callable[[], None]) -> list[Outcome]:
    """The outcomes of a batch, in its order."""
    outcomes = []
    for path in batch:
        outcomes.append(pool.process(path))
        on_file()
    return outcomes


def make_batches(paths: Sequence[Path], workers: int) -> list[Batch]:
    """The paths in batches that keep all workers busy."""
    size = max(1, min(BATCH_FILES, -(-len(paths) // (workers * 2))))
    return [paths[start : start + size] for start in range(0, len(paths), size)]
