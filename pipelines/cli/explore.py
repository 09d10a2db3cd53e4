"""``baocao explore``: the web explorer. Its room lies above this one, so it is loaded by name."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from pipelines.cli.options import StoreUrl
from pipelines.cli.output import command, printable
from pipelines.errors import UsageError
from pipelines.stores import DEFAULT_STORE, open_store

EXAMPLE = "Example: baocao explore --port 8765, then http://127.0.0.1:8765 in a browser or /reconcile in OpenRefine"


@command
def explore(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Listen on this address.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Listen on this port.")] = 8765,
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Serve the web explorer and the service that matches tables, until it is interrupted.

    Verdicts are taken from this machine only: on any other address the pages can be read and nothing is written.
    """
    try:
        server = import_module("explorer.server")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the explorer is not installed ({error.name} is missing); install baocao as a whole"
        ) from error
    opened = open_store(store)
    listener, address = server.listen(host, port)
    typer.echo(printable(f"{address}  ({opened.name}); Ctrl-C ends."), err=True)
    server.serve(opened, listener, host)
