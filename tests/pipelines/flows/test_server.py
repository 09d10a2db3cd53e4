"""The Prefect server of our own: it lives and dies with the process that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.flows.environment import baocao_home, prepare_prefect
from pipelines.flows.server import ServerError, is_healthy
from pipelines.flows.session import start_prefect
from tests.pipelines.flow_fixtures import ROOT

PARENT = """
import os, time
from pipelines.flows.server import PrefectServer
print(PrefectServer()._process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment without settings of Prefect's, and a home that is not there yet."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    for name in ("NO_PROXY", "no_proxy", "DO_NOT_TRACK", "PREFECT_HOME"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("BAOCAO_HOME", str(home))
    return home


def test_the_server_ends_when_its_parent_is_killed(prefect_environment: dict[str, str]) -> None:
    environment = {**prefect_environment, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout is not None
    with parent.stdout:
        server = int(parent.stdout.readline())
        os.kill(server, 0)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 15
    while _is_running(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(server)


def _is_running(process: int) -> bool:
    """Whether a process runs (a zombie that nobody has buried does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_prefect_keeps_to_our_home_and_phones_nobody(clean_environment: Path) -> None:
    prepare_prefect()
    assert os.environ["PREFECT_HOME"] == str(clean_environment / "prefect")
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert "127.0.0.1" in os.environ["NO_PROXY"].split(",")
    assert (clean_environment / "prefect").is_dir()


_LOG = """
import logging
from pipelines.flows.environment import prepare_prefect
prepare_prefect(verbose={verbose})
import prefect
from prefect.logging.configuration import setup_logging
setup_logging()
logging.getLogger("EventsWorker").warning("Still processing items")
"""


@pytest.mark.parametrize("verbose", [False, True])
def test_prefects_services_speak_only_where_they_are_asked_to(clean_environment: Path, verbose: bool) -> None:
    program = [sys.executable, "-c", _LOG.format(verbose=verbose)]
    done = subprocess.run(program, capture_output=True, text=True, env=dict(os.environ), timeout=120, check=True)
    assert ("Still processing" in done.stderr + done.stdout) == verbose


def test_what_the_user_set_stays(clean_environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "mine"))
    monkeypatch.setenv("NO_PROXY", "example.org")
    prepare_prefect()
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "mine")
    assert os.environ["NO_PROXY"].split(",")[0] == "example.org"


def test_a_home_that_cannot_be_written_is_said(clean_environment: Path) -> None:
    clean_environment.touch()
    with pytest.raises(UsageError, match="BAOCAO_HOME"):
        prepare_prefect()


def test_the_home_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BAOCAO_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert baocao_home() == tmp_path / "baocao"


def test_a_server_of_the_user_that_does_not_answer_is_said(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert not is_healthy("http://127.0.0.1:9/api")
    with pytest.raises(ServerError, match="PREFECT_API_URL"):
        start_prefect()
