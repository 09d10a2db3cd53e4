"""``baocao schedule`` against a real Prefect server: what is put into the inbox is stored by itself."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipelines.errors import BaocaoError, UsageError
from pipelines.flows.schedule import check_inbox, make_schedule
from pipelines.store import ReportState, Store
from tests.pipelines.flow_fixtures import WriteReport

_SECONDS = 90


@pytest.mark.timeout(240)
def test_a_report_put_into_the_inbox_is_stored_by_itself(
    tmp_path: Path, store_url: str, write_report: WriteReport, prefect_environment: dict[str, str]
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    log = tmp_path / "log.txt"
    command = [sys.executable, "-m", "pipelines.cli.main", "schedule", str(inbox), "--every", "5", "--store", store_url]
    with log.open("w") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=prefect_environment, cwd=tmp_path)
    try:
        _wait(lambda: "Watching" in log.read_text(), process, log)
        assert Store.open(store_url).report_states() == {}
        write_report(inbox, "bao-cao.txt")
        (inbox / "rong.txt").touch()
        _wait(lambda: bool(_states(store_url)), process, log)
        _wait(lambda: "rong.txt: is empty" in log.read_text(), process, log)
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
        process.kill()
        process.wait()
    (state,) = _states(store_url).values()
    assert state.file == str(inbox / "bao-cao.txt")
    said = log.read_text()
    assert "1 new, 1 failed" in said
    assert "Traceback" not in said


def _states(store_url: str) -> dict[str, ReportState]:
    with suppress(BaocaoError):  # the store is being made
        return Store.open(store_url).report_states()
    return {}


def _wait(condition: object, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a condition holds; fails with what the process said where it does not."""
    assert callable(condition)
    deadline = time.monotonic() + _SECONDS
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, f"nothing happened in {_SECONDS} s:\n{log.read_text()}"
        time.sleep(0.2)


def test_schedules() -> None:
    assert make_schedule(every=None, cron=None).interval is not None
    assert make_schedule(every=5, cron=None).interval is not None
    assert make_schedule(every=None, cron="0 6 * * 1-5").cron == "0 6 * * 1-5"
    with pytest.raises(UsageError, match="'soon'"):
        make_schedule(every=None, cron="soon")


def test_an_inbox_must_be_a_folder(tmp_path: Path) -> None:
    check_inbox(tmp_path)
    with pytest.raises(UsageError, match="khong-co"):
        check_inbox(tmp_path / "khong-co")
