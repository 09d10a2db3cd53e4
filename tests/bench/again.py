"""Seconds of a second ingestion of the same folder, beside those of an empty Prefect flow.

Run: ``python -m tests.bench.again [FOLDER]`` (default: the real reports where they are, else the
corpus). Both are whole processes, start-up included, run in turn three times each; the medians and
the difference are printed. The empty flow runs in a Prefect home of its own that is warm already.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.speed import default_paths

EMPTY_FLOW = "from prefect import flow\n@flow\ndef nothing(): pass\nnothing()"
QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_LOGGING_LEVEL": "ERROR"}


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """Seconds of the wall and what the command printed."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stdout + done.stderr


def main() -> None:
    folder = str(Path(sys.argv[1]) if len(sys.argv) > 1 else default_paths()[0])
    with tempfile.TemporaryDirectory() as home:
        base = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")} | QUIET
        empty = base | {"PREFECT_HOME": str(Path(home, "empty"))}
        ours = base | {"BAOCAO_HOME": str(Path(home, "baocao"))}
        ingest = [sys.executable, "-m", "pipelines.cli.main", "ingest", folder, "--store", f"sqlite:///{home}/bench.db"]
        flow = [sys.executable, "-c", EMPTY_FLOW]
        timed(flow, empty)
        timed(ingest, ours)
        flows, ingests = [], []
        for _ in range(3):
            flows.append(timed(flow, empty)[0])
            seconds, printed = timed(ingest, ours)
            ingests.append(seconds)
            summary = next(line for line in printed.splitlines() if "unchanged" in line)
    bare, again = statistics.median(flows), statistics.median(ingests)
    print(summary)
    print(f"empty Prefect flow     {bare:6.2f} s   {[round(s, 2) for s in flows]}")
    print(f"second ingestion       {again:6.2f} s   {[round(s, 2) for s in ingests]}")
    print(f"difference             {again - bare:+6.2f} s   (at most +1.00 is wanted)")


if __name__ == "__main__":
    main()
