"""Limits for each file, all in one place: what a file may take before it is given up.

A report is hostile until shown otherwise; no real one comes near these limits. Each can be set by an
environment variable, ``BAOCAO_LIMIT_`` and its name (``BAOCAO_LIMIT_CELLS=500000``), or on the command
line by ``--limit cells=500000``. `pipelines.readers.limits` reads them once, when it is imported.
"""

from __future__ import annotations

import os

from pipelines.errors import UsageError

#: Beginning of the names of environment variables.
PREFIX = "BAOCAO_LIMIT_"
#: Each setting with what it is by default and what it bounds.
DEFAULTS: dict[str, tuple[int, str]] = {
    "text_bytes": (20_000_000, "bytes of a text, a table of values or a web page"),
    "file_bytes": (100_000_000, "bytes of a document that may hold pictures, or of an archive"),
    "unpacked_bytes": (200_000_000, "bytes that a packed document or an archive unpacks to"),
    "unpack_ratio": (200, "times that a sizeable packed part may grow"),
    "zip_entries": (10_000, "files in an archive or parts of a document"),
    "zip_depth": (3, "archives inside each other"),
    "characters": (20_000_000, "characters of one report"),
    "cells": (100_000, "table cells of one report"),
    "pages": (2_000, "pages of a PDF"),
    "pdf_characters": (3_000_000, "characters of a PDF, each held with its box while it is read"),
    "seconds": (300, "seconds for one file"),
    "memory_bytes": (4 * 1024**3, "bytes of memory for the process that reads one file"),
}


def limit(name: str) -> int:
    """A limit as it is set. Raises: UsageError."""
    raw = os.environ.get(PREFIX + name.upper(), "")
    if not raw:
        return DEFAULTS[name][0]
    try:
        value = int(raw.replace("_", ""))
    except ValueError:
        value = 0
    if value < 1:
        raise UsageError(f"{PREFIX}{name.upper()}={raw}: is no whole number above 0; give {DEFAULTS[name][0]}, say")
    return value


def set_limit(assignment: str) -> None:
    """Sets a limit, ``cells=500000``, for the readers that are imported later, here or in other processes.

    Raises: UsageError.
    """
    name, _, value = assignment.partition("=")
    name = name.strip().lower()
    if name not in DEFAULTS:
        raise UsageError(f"--limit {assignment}: there is no limit {name!r}; known are {', '.join(DEFAULTS)}")
    variable = PREFIX + name.upper()
    before = os.environ.get(variable)
    os.environ[variable] = value.strip() or "nothing"
    try:
        limit(name)
    except UsageError as error:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before
        raise UsageError(f"--limit {assignment}: is no whole number above 0") from error
