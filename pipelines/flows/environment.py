"""The environment in which Prefect runs: a home of the project's own, no calls home, quiet logs.

`prepare_prefect` must run before the first ``import prefect``, which reads the environment once.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from pipelines.errors import UsageError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def baocao_home() -> Path:
    """The folder for data of the program: ``$BAOCAO_HOME``, else ``baocao`` in the user's data folder."""
    chosen = os.environ.get("BAOCAO_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "baocao"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "baocao"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "baocao"


def prepare_prefect(*, verbose: bool = False) -> None:
    """Set what Prefect reads from the environment; what the user has set stays, save for calls home.

    Raises: UsageError where the home of Prefect cannot be written.
    """
    environment = os.environ
    environment["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    environment["DO_NOT_TRACK"] = "1"
    environment.setdefault("PREFECT_HOME", str(baocao_home() / "prefect"))
    environment.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if verbose else "CRITICAL")
    environment.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "WARNING" if verbose else "CRITICAL")
    # Some of its services log outside its own tree: on a slow machine that they still have items to send.
    environment.setdefault("PREFECT_LOGGING_ROOT_LEVEL", "WARNING" if verbose else "CRITICAL")
    # Log lines go to the terminal with --verbose. Sent to a server that ends with the flow, they only delay the end.
    environment.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")
    environment.setdefault("PREFECT_SERVER_REGISTER_BLOCKS_ON_START", "false")
    # A proxy of the office must not be asked for addresses on this machine.
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in environment.get(name, "").split(",") if host]
        environment[name] = ",".join([*hosts, *(host for host in _LOOPBACK if host not in hosts)])
    home = Path(environment["PREFECT_HOME"])
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise UsageError(
            f"{home}: the folder for Prefect's own data cannot be written ({error.strerror}); "
            "set BAOCAO_HOME to a folder that can"
        ) from error


def check_dask() -> None:
    """Raises: UsageError where the package that runs flows on Dask is not installed."""
    if importlib.util.find_spec("prefect_dask") is None:
        raise UsageError(
            "--runner dask needs the package prefect-dask, which is not installed; pip install 'baocao[dask]', "
            "or leave --runner away to use the cores of this machine"
        )
