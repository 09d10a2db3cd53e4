"""Which files are new, changed, as before, or gone."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.flows.changes import find_changes
from pipelines.store import ReportState
from tests.pipelines.flow_fixtures import WriteReport

VERSION = "v1"


def states(*paths: Path, version: str = VERSION, status: str = "new") -> Mapping[str, ReportState]:
    """What a store that ingested these files as they are now would say."""
    digests = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return {
        file: ReportState(file, digest, version, status, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
        for file, digest in digests.items()
    }


def test_all_files_of_an_empty_store_are_new(folder: Path) -> None:
    changes = find_changes([folder], {}, version=VERSION)
    assert [path.name for path in changes.new] == ["bao-cao-1.txt", "bao-cao-2.txt", "bao-cao-3.txt"]
    assert changes.to_do == changes.new
    assert not changes.unchanged


def test_stored_files_are_unchanged(folder: Path) -> None:
    changes = find_changes([folder], states(*folder.iterdir()), version=VERSION)
    assert len(changes.unchanged) == 3
    assert changes.to_do == ()


def test_other_bytes_or_another_extraction_are_work(folder: Path, write_report: WriteReport) -> None:
    known = states(*folder.iterdir())
    changed = write_report(folder, "bao-cao-1.txt", number=99)
    assert find_changes([folder], known, version=VERSION).changed == (changed,)
    assert len(find_changes([folder], known, version="v2").outdated) == 2


def test_a_known_content_under_another_name_needs_no_extraction(folder: Path) -> None:
    known = states(*folder.iterdir())
    copy = folder / "ban-sao.txt"
    copy.write_bytes((folder / "bao-cao-1.txt").read_bytes())
    changes = find_changes([folder], known, version=VERSION)
    assert changes.to_do == ()
    assert changes.unchanged[str(copy)] == changes.unchanged[str(folder / "bao-cao-1.txt")]


def test_a_file_that_took_the_content_of_another_is_changed(folder: Path) -> None:
    known = states(*folder.iterdir())
    target = folder / "bao-cao-2.txt"
    target.write_bytes((folder / "bao-cao-1.txt").read_bytes())
    assert find_changes([folder], known, version=VERSION).changed == (target,)


def test_files_vanish_only_from_the_folders_given(folder: Path, tmp_path: Path, write_report: WriteReport) -> None:
    elsewhere = write_report(tmp_path, "khac.txt", number=7)
    known = states(*folder.iterdir(), elsewhere)
    gone = folder / "bao-cao-3.txt"
    gone.unlink()
    elsewhere.unlink()
    assert find_changes([folder], known, version=VERSION).vanished == (str(gone),)
    assert find_changes([folder / "bao-cao-1.txt"], known, version=VERSION).vanished == ()


def test_a_vanished_file_is_not_told_twice(folder: Path) -> None:
    gone = folder / "bao-cao-3.txt"
    known = states(gone, status="vanished")
    gone.unlink()
    assert find_changes([folder], known, version=VERSION).vanished == ()


def test_a_path_that_is_not_there_is_work_so_that_reading_tells(tmp_path: Path) -> None:
    missing = tmp_path / "khong-co.txt"
    assert find_changes([missing], {}, version=VERSION).new == (missing,)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "ong.txt"
    os.mkfifo(pipe)
    assert find_changes([pipe], {}, version=VERSION).new == (pipe,)


def test_a_file_that_is_being_written_waits(folder: Path) -> None:
    growing = folder / "bao-cao-2.txt"

    def grow() -> None:
        with growing.open("a", encoding="utf-8") as stream:
            stream.write("thêm")

    writer = threading.Timer(0.1, grow)
    writer.start()
    changes = find_changes([folder], {}, version=VERSION, settle_seconds=0.4)
    writer.join()
    assert changes.waiting == (growing,)
    assert len(changes.new) == 2
