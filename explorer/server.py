"""Serving the application until it is interrupted."""

from __future__ import annotations

import ipaddress
import socket

import uvicorn

from explorer.app import LOOPBACK, create_app
from pipelines.errors import UsageError
from pipelines.store import Store


def listen(host: str, port: int) -> tuple[socket.socket, str]:
    """A socket on an address, and the address of the start page; port 0 takes one that is free.

    Raises: UsageError where the address cannot be used, or is none under which a browser could ask.
    """
    if host in ("0.0.0.0", "::", ""):
        raise UsageError(
            f"{host or '(nothing)'}: is every address of this machine and no name for it; give --host the one address "
            "under which others reach it"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise UsageError(f"{host}:{port}: cannot be listened on ({reason}); name another with --port") from error
    return listener, f"http://{_in_url(host)}:{listener.getsockname()[1]}"


def serve(store: Store, listener: socket.socket, host: str) -> None:
    """Serve the application over a store on a socket, until Ctrl-C. Verdicts are taken on the loopback only."""
    app = create_app(store, (_in_url(host),), writable=is_loopback(host))
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
