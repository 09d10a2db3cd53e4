"""Killed or raced at any point, the store holds the old facts or the new ones."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.store import Store
from pipelines.store.database import set_journal

ROOT = Path(__file__).parents[3]

# Saves the report of argv[2] in the store of argv[1] and dies where argv[3] says.
KILLED = """
import os, sys
from pipelines.facts import ReportFacts
from pipelines.store import Store, reports
from schemas import Report, TextLayer

url, text, point = sys.argv[1:]
layer = TextLayer(id="b" * 64, file="in/2023.txt", media_type="text/plain", text=text)
record = Report(report=layer.id, file=layer.file, title="new", evidence=(layer.evidence(0, 3),))
setattr(reports, point, lambda *arguments, **options: os._exit(9))
Store.open(url).save_report(layer, [record], [], version="v2")
"""

KILLED_MIGRATION = """
import os, sys
from pipelines.store import Store, views

views.create_views = lambda connection: os._exit(9)
Store.open(sys.argv[1])
"""


def run(code: str, *arguments: str) -> int:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=False).returncode


@pytest.mark.parametrize("point", ["_write_records", "_refresh_reports"])
def test_a_process_killed_while_saving_leaves_the_old_facts(store, facts, save, tmp_path: Path, point):
    old = facts()
    save(old)
    url = f"sqlite:///{tmp_path / 'facts.db'}"
    assert run(KILLED, url, "BÁO CÁO", point) == 9
    again = Store.open(url)
    assert again.report_facts() == [old]
    assert again.report_states()["in/2023.txt"].report == old.layer.id
    # The next run carries on.
    new = facts(schools=25)
    save(new)
    assert again.report_facts() == [new]


def test_a_process_killed_while_migrating_leaves_a_store_that_opens(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'facts.db'}"
    assert run(KILLED_MIGRATION, url) == 9
    assert Store.open(url).facts("report").empty


def test_an_error_while_saving_leaves_the_old_facts(store, facts, save, monkeypatch):
    old = facts()
    save(old)
    monkeypatch.setattr("pipelines.store.reports._write_relations", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(facts(schools=25))
    assert store.report_facts() == [old]


def test_writers_wait_for_each_other(store, facts, save):
    reports = [facts(schools=100 + number, file=f"in/{number}.txt") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, reports))
    assert {report.layer.file for report in store.report_facts()} == {report.layer.file for report in reports}


def test_several_programs_may_make_the_store_at_once(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'facts.db'}"
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(Store.open, [url] * 4))
    assert all(store.facts("report").empty for store in stores)


def test_a_journal_that_another_program_sets_just_now_is_waited_for():
    tries = []

    class Driver:
        def execute(self, statement: str) -> None:
            tries.append(statement)
            if len(tries) < 3:
                raise sqlite3.OperationalError("database is locked")

    set_journal(Driver())
    assert len(tries) == 3


def test_another_fault_of_the_journal_is_told_at_once():
    class Driver:
        def execute(self, statement: str) -> None:
            raise sqlite3.OperationalError("attempt to write a readonly database")

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        set_journal(Driver())
