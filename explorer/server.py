"""Serving the application until it is interrupted."""

from __future__ import annotations

import socket

import uvicorn

from explorer.app import create_app
from pipelines.errors import UsageError
from pipelines.store import Store


def serve(store: Store, host: str, port: int) -> None:
    """Serve the application over a store on an address, until Ctrl-C.

    Raises: UsageError where the address cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"{host}:{port}: cannot be listened on ({error.strerror}); name another with --port"
        ) from error
    app = create_app(store, (f"[{host}]" if ":" in host else host,))
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])
