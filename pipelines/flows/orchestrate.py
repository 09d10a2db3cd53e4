"""The Prefect skin of the ingestion. Importing this module imports Prefect: call `prepare_prefect` before."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from datetime import datetime
from importlib import import_module
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipelines.errors import BaocaoError
from pipelines.extraction import Outcome, process_file
from pipelines.flows.environment import check_dask
from pipelines.flows.ingest import Progress, ingest, no_progress
from pipelines.flows.runners import BATCHES_PER_WORKER, Batch, Result, process_batch
from pipelines.flows.summary import RunSummary, as_markdown
from pipelines.flows.workers import WorkerPool, default_workers

#: Key under which Prefect lists the summaries of all runs.
ARTIFACT_KEY = "baocao-run"

# A flow's parameters are data; whoever shows the progress in this process is none.
_progress: ContextVar[Progress] = ContextVar("progress", default=no_progress)


class PrefectRunner:
    """Runs each batch and each stage as a task of the flow it is used in.

    A task is a thread that drives one worker process, so that Prefect's bookkeeping stays in this
    process and a worker can be killed.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, batches: Sequence[Batch], *, on_file: Callable[[], None]) -> Iterator[list[Outcome]]:
        """See `pipelines.flows.runners.Runner.run`."""
        outcomes: dict[int, list[Outcome]] = {}
        with WorkerPool(self.workers) as pool:

            def extract_batch(number: int, first: str, files: int) -> int:
                # The outcomes go past Prefect, which would keep them all until the flow ends.
                outcomes[number] = process_batch(pool, batches[number], on_file)
                return files

            extract = task(name="extract-batch", task_run_name="extract-{number}", cache_policy=NO_CACHE)(extract_batch)
            waiting: deque[tuple[int, PrefectFuture[int]]] = deque()
            for number, batch in enumerate(batches):
                waiting.append((number, extract.submit(number, str(batch[0]), len(batch))))
                if len(waiting) >= self.workers * BATCHES_PER_WORKER:
                    yield _take(outcomes, *waiting.popleft())
            while waiting:
                yield _take(outcomes, *waiting.popleft())

    def stage(self, name: str, function: Callable[[], Result]) -> Result:
        """See `pipelines.flows.runners.Runner.stage`."""
        return task(name=name, cache_policy=NO_CACHE)(function)()


class DaskRunner:
    """Runs each batch as a task on a Dask cluster whose workers see the same files."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, batches: Sequence[Batch], *, on_file: Callable[[], None]) -> Iterator[list[Outcome]]:
        """See `pipelines.flows.runners.Runner.run`."""
        extract = task(name="extract-batch", cache_policy=NO_CACHE)(_process_here)
        futures: deque[PrefectFuture[list[Outcome]]] = deque()
        for batch in batches:
            futures.append(extract.submit([str(path) for path in batch]))
            if len(futures) >= self.workers * BATCHES_PER_WORKER:
                yield _counted(futures.popleft().result(), on_file)
        while futures:
            yield _counted(futures.popleft().result(), on_file)

    def stage(self, name: str, function: Callable[[], Result]) -> Result:
        """See `pipelines.flows.runners.Runner.stage`."""
        return task(name=name, cache_policy=NO_CACHE)(function)()


@flow(name="baocao-ingest", flow_run_name="ingest into {store_url}")
def ingest_reports(
    paths: list[str], store_url: str, workers: int, *, settle_seconds: float = 0.0, runner: str = "process"
) -> RunSummary:
    """`pipelines.flows.ingest.ingest` as a Prefect flow, its summary as an artifact."""
    chosen = PrefectRunner(workers) if runner == "process" else DaskRunner(workers)
    summary = ingest(
        [Path(path) for path in paths],
        store_url,
        runner=chosen,
        settle_seconds=settle_seconds,
        progress=_progress.get(),
    )
    create_markdown_artifact(as_markdown(summary), key=ARTIFACT_KEY, description="What the run did")
    return summary


@flow(name="baocao-inbox", flow_run_name="ingest {inbox}")
def ingest_inbox(inbox: str, store_url: str, workers: int, *, settle_seconds: float) -> RunSummary:
    """One look at an inbox; says on stderr what it did, where it did something."""
    try:
        summary = ingest([Path(inbox)], store_url, runner=PrefectRunner(workers), settle_seconds=settle_seconds)
    except BaocaoError as error:
        _say(f"{inbox}: {error}")
        raise
    done = {"new": summary.new, "changed": summary.changed, "extracted anew": summary.outdated}
    done |= {"vanished": summary.vanished, "failed": len(summary.failures)}
    if any(done.values()):
        create_markdown_artifact(as_markdown(summary), key=ARTIFACT_KEY, description="What the run did")
        _say(f"{inbox}: {', '.join(f'{count} {name}' for name, count in done.items() if count)}")
    for failure in summary.failures:
        _say(failure.message)
    return summary


def _say(message: str) -> None:
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in message)
    print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {line}", file=sys.stderr, flush=True)


def run_flow(
    paths: Sequence[Path],
    store_url: str,
    *,
    workers: int | None = None,
    runner: str = "process",
    dask_address: str | None = None,
    progress: Progress = no_progress,
) -> RunSummary:
    """The summary of one run of the flow in this process, against the Prefect server of the environment.

    Raises: StoreError; UsageError where Dask is asked for and not installed.
    """
    count = workers or default_workers()
    task_runner = _thread_runner(count) if runner == "process" else _dask_runner(count, dask_address)
    token = _progress.set(progress)
    try:
        configured = ingest_reports.with_options(task_runner=task_runner)
        return configured([str(path) for path in paths], store_url, count, runner=runner)
    finally:
        _progress.reset(token)


def _thread_runner(workers: int) -> TaskRunner[PrefectFuture[int]]:
    return ThreadPoolTaskRunner(max_workers=workers)  # type: ignore[return-value]


def _dask_runner(workers: int, address: str | None) -> TaskRunner[PrefectFuture[int]]:
    check_dask()
    module = import_module("prefect_dask")
    if address is not None:
        return module.DaskTaskRunner(address=address)  # type: ignore[no-any-return]
    return module.DaskTaskRunner(cluster_kwargs={"n_workers": workers, "threads_per_worker": 1})  # type: ignore[no-any-return]


def _take(outcomes: dict[int, list[Outcome]], number: int, future: PrefectFuture[int]) -> list[Outcome]:
    """The outcomes of a batch when its task is done. Raises what Prefect raised where it did not run."""
    future.result()
    return outcomes.pop(number)


def _process_here(paths: list[str]) -> list[Outcome]:
    """The outcomes of a batch, processed in this process. Runs on a Dask worker."""
    return [process_file(Path(path)) for path in paths]


def _counted(outcomes: list[Outcome], on_file: Callable[[], None]) -> list[Outcome]:
    for _ in outcomes:
        on_file()
    return outcomes
