"""The main job as a plain function: what it stores, what it skips, what it survives."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.errors import StoreError
from pipelines.extraction import Outcome, process_file
from pipelines.flows import ingest as module
from pipelines.flows.ingest import ingest
from pipelines.flows.runners import Batch, LocalRunner, Result
from pipelines.store import Store
from tests.pipelines.flow_fixtures import ROOT, WriteReport


class HereRunner:
    """Processes files in this process, and counts them."""

    workers = 1

    def __init__(self) -> None:
        self.files: list[str] = []
        self.stages: list[str] = []

    def run(self, batches: Sequence[Batch], *, on_file: Callable[[], None]) -> Iterator[list[Outcome]]:
        """See `Runner.run`."""
        for batch in batches:
            self.files += [path.name for path in batch]
            yield [process_file(path) for path in batch]
            on_file()

    def stage(self, name: str, function: Callable[[], Result]) -> Result:
        """See `Runner.stage`."""
        self.stages.append(name)
        return function()


def test_a_first_run_stores_all_and_a_second_does_nothing(folder: Path, store_url: str) -> None:
    first, second = HereRunner(), HereRunner()
    done = ingest([folder], store_url, runner=first)
    again = ingest([folder], store_url, runner=second)
    assert (done.new, done.unchanged, done.failures, done.reports) == (3, 0, (), 3)
    assert done.records["school"] > 0
    assert sum(done.findings.values()) > 0
    assert (again.new, again.unchanged) == (0, 3)
    assert second.files == []
    assert second.stages == ["look-for-changes"]
    assert (again.records, again.findings, again.entities) == (done.records, done.findings, done.entities)


def test_only_what_changed_is_extracted(folder: Path, store_url: str, write_report: WriteReport) -> None:
    ingest([folder], store_url, runner=HereRunner())
    write_report(folder, "bao-cao-2.txt", number=22)
    (folder / "bao-cao-3.txt").unlink()
    runner = HereRunner()
    summary = ingest([folder], store_url, runner=runner)
    assert runner.files == ["bao-cao-2.txt"]
    assert (summary.new, summary.changed, summary.unchanged, summary.vanished) == (0, 1, 1, 1)
    states = Store.open(store_url).report_states()
    assert states[str(folder / "bao-cao-3.txt")].status == "vanished"


def test_files_that_fail_become_issues_and_leave_when_they_are_mended(
    folder: Path, store_url: str, write_report: WriteReport
) -> None:
    empty = folder / "rong.txt"
    empty.touch()
    binary = folder / "anh.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    summary = ingest([folder, folder / "khong-co.txt"], store_url, runner=HereRunner())
    assert summary.new == 3
    assert {Path(failure.file).name for failure in summary.failures} == {"rong.txt", "anh.txt", "khong-co.txt"}
    assert all(failure.message.startswith(failure.file) for failure in summary.failures)
    assert len(Store.open(store_url).issues()) == 3
    write_report(folder, "rong.txt", number=4)
    binary.unlink()
    ingest([folder], store_url, runner=HereRunner())
    assert Store.open(store_url).issues() == []


def test_issues_of_files_taken_away_are_closed_in_the_folders_given_only(
    folder: Path, tmp_path: Path, store_url: str
) -> None:
    other = tmp_path / "khac"
    other.mkdir()
    for file in (folder / "rong.txt", other / "rong.txt"):
        file.touch()
    ingest([folder, other], store_url, runner=HereRunner())
    for file in (folder / "rong.txt", other / "rong.txt"):
        file.unlink()
    ingest([folder], store_url, runner=HereRunner())
    assert [issue.file for issue in Store.open(store_url).issues()] == [str(other / "rong.txt")]


def test_a_fault_of_one_report_in_the_audit_is_an_issue(
    folder: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipelines.audit

    genuine = pipelines.audit.audit_report

    def audit(facts: object) -> object:
        if facts.report.file.endswith("bao-cao-2.txt"):  # type: ignore[attr-defined]
            raise KeyError("boom")
        return genuine(facts)  # type: ignore[arg-type]

    monkeypatch.setattr(pipelines.audit, "audit_report", audit)
    summary = ingest([folder], store_url, runner=HereRunner())
    (failure,) = summary.failures
    assert failure.stage == "audit"
    assert "bao-cao-2.txt" in failure.message
    assert failure.details is not None
    assert "boom" in failure.details
    assert summary.reports == 3


def test_new_rules_judge_old_reports(folder: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([folder], store_url, runner=HereRunner())
    monkeypatch.setattr(module, "audit_version", lambda: "another")
    runner = HereRunner()
    ingest([folder], store_url, runner=runner)
    assert runner.files == []
    assert runner.stages == ["look-for-changes", "reconcile", "audit"]


def test_new_extractors_read_old_reports(folder: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ingest([folder], store_url, runner=HereRunner())
    monkeypatch.setattr(module, "extraction_version", lambda: "another")
    summary = ingest([folder], store_url, runner=HereRunner())
    assert (summary.outdated, summary.unchanged, summary.new) == (3, 0, 0)
    assert summary.records == before.records


def test_a_run_that_ended_before_the_audit_is_made_good(
    folder: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module._Job, "conclude", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            ingest([folder], store_url, runner=HereRunner())
    assert Store.open(store_url).findings() == []
    runner = HereRunner()
    summary = ingest([folder], store_url, runner=runner)
    assert runner.files == []
    assert summary.unchanged == 3
    assert sum(summary.findings.values()) > 0


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_worker_processes_give_the_same(folder: Path, store_url: str, tmp_path: Path) -> None:
    (folder / "rong.txt").touch()
    here = ingest([folder], store_url, runner=HereRunner())
    there = ingest([folder], f"sqlite:///{tmp_path / 'other.db'}", runner=LocalRunner(2))
    assert there.records == here.records
    assert there.findings == here.findings
    assert [failure.file for failure in there.failures] == [str(folder / "rong.txt")]


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_that_cannot_be_written_ends_the_job(folder: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(StoreError, match=r"facts\.db"):
        ingest([folder], f"sqlite:///{closed / 'facts.db'}")


def test_a_store_in_a_folder_that_is_not_there_ends_the_job(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="khong-co"):
        ingest([folder], f"sqlite:///{tmp_path / 'khong-co' / 'facts.db'}")


KILLED = """
import sys
from contextlib import closing
from pathlib import Path
from pipelines.flows.ingest import ingest
from pipelines.flows.runners import LocalRunner
ingest([Path(sys.argv[1])], sys.argv[2], runner=LocalRunner(1))
"""


def test_a_killed_run_keeps_what_it_stored_and_the_next_completes(
    tmp_path: Path, store_url: str, write_report: WriteReport
) -> None:
    reports = tmp_path / "many"
    reports.mkdir()
    for number in range(40):
        write_report(reports, f"{number:02}.txt", number=number)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(reports), store_url], env=environment)
    database = Path(store_url.removeprefix("sqlite:///"))
    deadline = time.monotonic() + 60
    while _stored(database) == 0 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = _stored(database)
    assert 0 < kept < 40, "the run was not killed in its middle"
    summary = ingest([reports], store_url, runner=HereRunner())
    assert summary.unchanged == kept
    assert summary.new == 40 - kept
    assert summary.reports == 40
    counts = {len(facts.records) for facts in Store.open(store_url).report_facts()}
    assert len(counts) == 1, "a report was stored by halves"


def _stored(database: Path) -> int:
    """The number of reports in a store that another process writes."""
    if not database.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            count: int = connection.execute("SELECT count(*) FROM report").fetchone()[0]
            return count
    except sqlite3.OperationalError:  # the table is not there yet
        return 0
