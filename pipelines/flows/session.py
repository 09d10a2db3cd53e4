"""Getting Prefect ready in this process: its environment, a server, and the import of Prefect itself."""

from __future__ import annotations

import importlib
import os

from pipelines.flows.environment import prepare_prefect
from pipelines.flows.schedule import server_settings
from pipelines.flows.server import PrefectServer, ServerError, is_healthy


def start_prefect(*, verbose: bool = False, scheduler: bool = False) -> PrefectServer | None:
    """The server started for this process, or None where the user's own (``PREFECT_API_URL``) answers.

    The server ends with this process, after Prefect's own handlers of the end, which still talk to
    it. Prefect and the flow are imported while it starts.

    Raises: ServerError where no server starts or answers; UsageError where Prefect's home cannot be written.
    """
    prepare_prefect(verbose=verbose)
    given = os.environ.get("PREFECT_API_URL")
    if given:
        if not is_healthy(given):
            raise ServerError(f"{given}: no Prefect server answers; start it, or unset PREFECT_API_URL to use our own")
        return None
    if scheduler:
        os.environ.update(server_settings())
    server = PrefectServer(scheduler=scheduler, verbose=verbose)
    os.environ["PREFECT_API_URL"] = server.api_url
    importlib.import_module("pipelines.flows.orchestrate")
    server.wait()
    return server
