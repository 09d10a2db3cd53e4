"""A Prefect server of our own, as a child process on loopback, for as long as this process lives.

Prefect's own temporary server imports the whole server into the client first and starts the child
afterwards; here the child starts at once, on a free port that it takes itself, while the client
imports Prefect and looks at the files. The child reads its standard input and ends when that is
closed, so that it never outlives a parent that was killed.
"""

from __future__ import annotations

import atexit
import http.client
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.errors import BaocaoError

# The first start in an empty home migrates Prefect's database: 20 s on a slow machine.
START_SECONDS = 180.0


class ServerError(BaocaoError):
    """The Prefect server did not start or cannot be reached."""


class PrefectServer:
    """A running child process. ``api_url`` is what Prefect calls ``PREFECT_API_URL``."""

    def __init__(self, *, scheduler: bool = False, verbose: bool = False) -> None:
        """Start the child; ``scheduler`` adds the services that start scheduled runs, and the pages.

        Raises: ServerError where no child can be started.
        """
        environment = dict(os.environ)
        environment.pop("PREFECT_API_URL", None)
        if not scheduler:
            environment |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
        self._process = subprocess.Popen(
            # By its path and without the folder on the import path: works wherever this package was imported from.
            [sys.executable, "-P", str(Path(__file__).with_name("server_process.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if verbose else subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the parent, which then closes the child
        )
        atexit.register(self.stop)
        assert self._process.stdout is not None
        port = self._process.stdout.readline().decode().strip()
        if not port:
            raise ServerError("The Prefect server did not start; --verbose shows its messages")
        self.url = f"http://127.0.0.1:{port}"
        self.api_url = f"{self.url}/api"

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Return when the server answers.

        Raises: ServerError where it ended or does not answer in time.
        """
        until = time.monotonic() + seconds
        while not is_healthy(self.api_url):
            if self._process.poll() is not None:
                home = os.environ.get("PREFECT_HOME", "PREFECT_HOME")
                raise ServerError(
                    f"The Prefect server ended while it started; --verbose shows why, "
                    f"and a damaged {home} may be deleted"
                )
            if time.monotonic() > until:
                raise ServerError(f"The Prefect server did not answer within {seconds:.0f} s; try again")
            time.sleep(0.05)

    def stop(self) -> None:
        """End the child, if it still runs."""
        atexit.unregister(self.stop)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def is_healthy(api_url: str) -> bool:
    """Whether a Prefect server answers at this address (no proxy asked)."""
    address = urlsplit(api_url)
    secure = address.scheme == "https"
    connection_type = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connection_type(address.hostname or "", address.port, timeout=10)
    try:
        connection.request("GET", f"{address.path.rstrip('/')}/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
