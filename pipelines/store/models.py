"""What the store hands out that is not a model of the schemas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from schemas import Verdict


@dataclass(frozen=True, slots=True)
class ReportState:
    """What the store knows of a file: its report (SHA-256 of the bytes), by which extraction, its status.

    ``status`` is ``new``, ``unchanged``, ``changed`` or ``vanished``; times are ISO 8601 in UTC.
    """

    file: str
    report: str
    version: str
    status: str
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the main job. ``finished_at`` is None while it runs, and where it was killed."""

    id: str
    started_at: str
    finished_at: str | None = None
    summary: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerdictState:
    """A verdict in the order given, and whether its finding is gone (``orphan``).

    ``heir`` is the finding that it went over to: one that says the same with other words; None where there is none.
    """

    verdict: Verdict
    orphan: bool
    heir: str | None = None
