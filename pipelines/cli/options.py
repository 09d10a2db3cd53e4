"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.bounds import set_limit

StoreUrl = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="BAOCAO_STORE",
        metavar="URL",
        help="The store: sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Reports, or folders of reports.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead of stdout.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes to use; default: the cores."),
]

Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="A limit for each file, e.g. seconds=60, pages=5000 or memory_bytes=2000000000; may be repeated.",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Show Prefect's own messages.")]


class ListFormat(StrEnum):
    """Formats of lists of things."""

    JSONL = "jsonl"
    TABLE = "table"


class AuditFormat(StrEnum):
    """Formats of the findings: for programs, to read here, or for the auditor's file."""

    JSONL = "jsonl"
    TABLE = "table"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"


class RecordFormat(StrEnum):
    """Formats of the records of reports."""

    JSONL = "jsonl"
    TABLE = "table"
    HTML = "html"


class FrameFormat(StrEnum):
    """Formats of facts."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"


class RecordType(StrEnum):
    """The types of records."""

    REPORT = "report"
    OFFICIAL = "official"
    SCHOOL = "school"
    AWARD = "award"
    STATISTIC = "statistic"
    CITATION = "citation"


class EntityType(StrEnum):
    """The kinds of entities."""

    SCHOOL = "school"
    PERSON = "person"
    ORGANIZATION = "organization"
    DOCUMENT = "document"


class Decision(StrEnum):
    """What an auditor can decide."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    REOPEN = "reopen"


def apply_limits(assignments: list[str] | None) -> None:
    """Sets the limits given with ``--limit``, before any reader is imported, which reads them then.

    Raises: UsageError.
    """
    for assignment in assignments or ():
        set_limit(assignment)
