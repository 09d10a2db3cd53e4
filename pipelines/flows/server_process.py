"""The child process of `pipelines.flows.server`. Run by its path; imports nothing of the project."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress


def _end_with_parent() -> None:
    """Wait for the end of standard input, then end this process: politely, and soon after for certain."""
    with suppress(OSError):
        while os.read(0, 1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(0)


def main() -> None:
    """Serve Prefect on a free port of loopback and print the port; ends when standard input ends."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    # What libraries print must not end up in the parent's pipe, which nobody reads any more.
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app", factory=True, log_level="critical", lifespan="on", access_log=False
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
