"""Fixtures for tests of whole runs: invented reports, a store, and one Prefect server for the session."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

REPORT = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN AN HẢI
Số: {number}/BC-PGDĐT
An Hải, ngày 12 tháng 6 năm {year}

BÁO CÁO
Tổng kết năm học {year}

1. Quy mô trường lớp
Toàn huyện có 12 trường Tiểu học và 9 trường THCS. Trường Tiểu học Hòa Lộc 1 có 24 lớp.
2. Kết quả
Có 7 giải học sinh giỏi cấp huyện gồm 4 giải nhì và 2 giải ba.
Thực hiện Chỉ thị số 31/CT-UBND ngày 15/8/{year} của UBND huyện.

TRƯỞNG PHÒNG
Trần Văn Kiên
"""

WriteReport = Callable[..., Path]
RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def write_report() -> WriteReport:
    """Writes a small report: ``write_report(folder, "a.txt", number=2)``; number and year make its bytes its own."""

    def write(folder: Path, name: str, *, number: int = 1, year: int = 2020) -> Path:
        path = folder / name
        path.write_text(REPORT.format(number=number, year=year), encoding="utf-8")
        return path

    return write


@pytest.fixture
def folder(tmp_path: Path, write_report: WriteReport) -> Path:
    """A folder with three reports."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(1, 4):
        write_report(reports, f"bao-cao-{number}.txt", number=number)
    return reports


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """The URL of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'facts.db'}"


@pytest.fixture(scope="session")
def prefect_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of commands that use Prefect: one real server, with its scheduler, for all tests."""
    from pipelines.flows.environment import prepare_prefect
    from pipelines.flows.schedule import server_settings
    from pipelines.flows.server import PrefectServer

    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ["BAOCAO_HOME"] = str(tmp_path_factory.mktemp("home"))
    os.environ.pop("BAOCAO_STORE", None)
    prepare_prefect()
    os.environ.update(server_settings())
    server = PrefectServer(scheduler=True)
    try:
        server.wait()
        yield {**os.environ, "PREFECT_API_URL": server.api_url, "PYTHONPATH": str(ROOT)}
    finally:
        server.stop()
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture
def run_command(tmp_path: Path) -> RunCommand:
    """Runs ``baocao`` in a process of its own: ``run_command("extract", path, env=…)``."""

    def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipelines.cli.main", *map(str, arguments)]
        environment = env or {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=120)

    return run
