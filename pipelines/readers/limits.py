"""How much one file may take, all settings in one place, and the error of what is not read.

A report is hostile until shown otherwise; no real one comes near these limits. Each can be set by an
environment variable, ``BAOCAO_LIMIT_`` and its name (``BAOCAO_LIMIT_CELLS=500000``), or on the command
line by ``--limit cells=500000``.
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


def _setting(name: str) -> int:
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
    """Sets a limit, ``cells=500000``, for this process and those it starts; before readers are imported.

    Raises: UsageError.
    """
    name, _, value = assignment.partition("=")
    name = name.strip().lower()
    if name not in DEFAULTS:
        raise UsageError(f"--limit {assignment}: there is no limit {name!r}; known are {', '.join(DEFAULTS)}")
    before = os.environ.get(PREFIX + name.upper())
    os.environ[PREFIX + name.upper()] = value.strip()
    try:
        _setting(name)
    except UsageError as error:
        if before is None:
            del os.environ[PREFIX + name.upper()]
        else:
            os.environ[PREFIX + name.upper()] = before
        raise UsageError(f"--limit {assignment}: is no whole number above 0") from error


MAX_TEXT_BYTES = _setting("text_bytes")
MAX_BINARY_BYTES = _setting("file_bytes")
MAX_UNPACKED_BYTES = _setting("unpacked_bytes")
MAX_UNPACK_RATIO = _setting("unpack_ratio")
#: Parts smaller than this may grow more: a page of blanks packs well.
RATIO_FLOOR_BYTES = 5_000_000
MAX_ZIP_ENTRIES = _setting("zip_entries")
MAX_ZIP_DEPTH = _setting("zip_depth")
MAX_CHARACTERS = _setting("characters")
MAX_CELLS = _setting("cells")
MAX_PAGES = _setting("pages")
MAX_PDF_CHARACTERS = _setting("pdf_characters")
FILE_SECONDS = _setting("seconds")
MEMORY_BYTES = _setting("memory_bytes")


class UnreadableError(Exception):
    """A file is not read; the text is the reason, a sentence that `pipelines.errors.ReadError` begins with the file."""


def megabytes(size: int) -> str:
    """A size in bytes as a person reads it: ``203 MB``."""
    return f"{size / 1_000_000:.0f} MB"
