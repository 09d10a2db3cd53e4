"""The inbox: a Prefect deployment that ingests what is put into a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import UsageError

if TYPE_CHECKING:
    from prefect.schedules import Schedule

#: Seconds between two looks at the inbox where nothing else is asked for.
DEFAULT_SECONDS = 60
#: Seconds during which a file must not have changed: one that is still being copied waits for the next run.
SETTLE_SECONDS = 2.0
_POLL_SECONDS = "5"


def check_inbox(inbox: Path) -> None:
    """Raises: UsageError where the inbox is no folder that can be listed."""
    if not inbox.is_dir():
        raise UsageError(f"{inbox}: there is no such folder; make it, or name another")
    if not os.access(inbox, os.R_OK | os.X_OK):
        raise UsageError(f"{inbox}: may not be listed by this user; change its permissions")


def server_settings() -> Mapping[str, str]:
    """Settings of a server of our own that serves for a long time; those that the user made stay."""
    wanted = {
        "PREFECT_RUNNER_POLL_FREQUENCY": _POLL_SECONDS,
        # A run a minute is half a million a year: old ones are deleted.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    }
    return {name: value for name, value in wanted.items() if name not in os.environ}


def serve(inbox: Path, store_url: str, *, schedule: Schedule, workers: int) -> None:
    """Serve the deployment until the process is interrupted. The first run starts at once.

    A run that is due while another is at work is left out. Prefect must be ready (`start_prefect`).
    """
    from prefect import serve as serve_deployments
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.deployments import run_deployment
    from prefect.types.entrypoint import EntrypointType

    from pipelines.flows.orchestrate import ingest_inbox

    name = _deployment_name(inbox)
    parameters: dict[str, Any] = {
        "inbox": str(inbox),
        "store_url": store_url,
        "workers": workers,
        "settle_seconds": SETTLE_SECONDS,
    }
    # Typed as perhaps a coroutine: Prefect makes one where a loop is running, and none is here.
    deployment: Any = ingest_inbox.to_deployment(
        name,
        schedules=[schedule],
        parameters=parameters,
        entrypoint_type=EntrypointType.MODULE_PATH,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
    )
    deployment.apply()
    run_deployment(f"{ingest_inbox.name}/{name}", timeout=0, as_subflow=False)
    serve_deployments(deployment, print_starting_message=False)


def make_schedule(*, every: int | None, cron: str | None) -> Schedule:
    """The schedule: a number of seconds, or a cron expression in local time; a minute for neither.

    Raises: UsageError where the cron expression is none.
    """
    from prefect.schedules import Cron, Interval

    if cron is None:
        return Interval(every or DEFAULT_SECONDS)
    try:
        return Cron(cron, timezone=_local_timezone())
    except ValueError as error:
        raise UsageError(f"--cron {cron!r}: is no cron expression; write five fields, as in '0 6 * * 1-5'") from error


def _local_timezone() -> str:
    """The IANA name of the local time zone; UTC where the system does not tell."""
    import tzlocal

    return tzlocal.get_localzone_name() or "UTC"


def _deployment_name(inbox: Path) -> str:
    """The inbox as Prefect lists it: unique to the folder, without slashes."""
    full = inbox.absolute()
    return f"{full.name}-{hashlib.sha256(str(full).encode()).hexdigest()[:8]}"
