"""Processes that read and extract files, each of which can be killed without harm to the others."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType, TracebackType

from pipelines.extraction import Failure, Outcome, display_name, process_file
from pipelines.readers.limits import FILE_SECONDS, MEMORY_BYTES


@dataclass(frozen=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection


class WorkerPool:
    """A number of worker processes, started when first needed. Methods may be called from any thread."""

    def __init__(
        self, workers: int, *, file_seconds: float = FILE_SECONDS, function: Callable[[Path], Outcome] = process_file
    ) -> None:
        self._context = _context()
        self._file_seconds = file_seconds
        self._function = function
        # A place is taken while a file is processed; None stands for a process not yet started.
        self._places: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._places.put(None)
        self._running: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def process(self, path: Path) -> Outcome:
        """What the file yielded, or why it failed; waits until a process is free."""
        worker = self._places.get()
        try:
            worker = worker or self._start()
            if worker is None:
                return Failure(display_name(path), "read", "Cancelled", f"{display_name(path)}: was not processed")
            outcome, alive = self._ask(worker, path)
            if not alive:
                self._end(worker)
                worker = None
            return outcome
        finally:
            self._places.put(worker)

    def close(self) -> None:
        """Kill the processes, those at work too; a file that waits for one is not processed."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for worker in running:
            self._end(worker)

    def _start(self) -> _Worker | None:
        """A new worker; None where the pool is closed."""
        with self._lock:
            if self._closed:
                return None
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs, self._function), daemon=True)
            with _without_main():
                process.start()
            theirs.close()
            worker = _Worker(process, ours)
            self._running.add(worker)
            return worker

    def _end(self, worker: _Worker) -> None:
        # The connection is left to the garbage collector: another thread may be waiting on it.
        worker.process.kill()
        worker.process.join()
        with self._lock:
            self._running.discard(worker)

    def _ask(self, worker: _Worker, path: Path) -> tuple[Outcome, bool]:
        """The outcome of one file, and whether the process lives on."""
        file = display_name(path)
        try:
            worker.connection.send(path)
            if not worker.connection.poll(self._file_seconds):
                message = f"{file}: took longer than {self._file_seconds:.0f} s; split it into smaller reports"
                return Failure(file, "read", "TimeoutError", message), False
            outcome: Outcome = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(timeout=5)
            ending = _ending(worker.process.exitcode)
            message = f"{file}: the process that read it ended ({ending}); open the file and save it anew"
            return Failure(file, "read", "ProcessEnded", message), False
        return outcome, True


def _context() -> ForkServerContext | SpawnContext:
    """Forking from a server that has the extractors loaded costs no start-up per process."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.flows.warm"])
    return context


@contextmanager
def _without_main() -> Iterator[None]:
    """Hides the program's main module, which every new process would import otherwise.

    A worker needs nothing of it, a script without ``if __name__ == "__main__"`` would run again in
    each, and the main module of a scheduled run is Prefect itself, 2 s of imports.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


#: What `multiprocessing` says where the server that forks did not tell how a process ended.
_NOT_TOLD = 255


def _ending(exitcode: int | None) -> str:
    if exitcode == _NOT_TOLD:
        return "how is not known"
    if exitcode is None or exitcode >= 0:
        return f"exit code {exitcode}"
    name = signal.Signals(-exitcode).name
    # A library that gets no more memory aborts.
    return f"{name}, perhaps out of memory" if name in ("SIGKILL", "SIGABRT") else name


def _serve(connection: Connection, function: Callable[[Path], Outcome]) -> None:
    """Process the paths that come in until the other side is gone. Runs in the worker process."""
    # Ctrl-C is for the parent, which kills this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    with suppress(EOFError, OSError):
        while True:
            connection.send(function(connection.recv()))


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    # macOS knows the limit and refuses to set it; there the limit stays with the system.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def default_workers() -> int:
    """The number of cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
