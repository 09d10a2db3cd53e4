"""Imported once by the process from which workers are forked, so that each starts with the extractors loaded."""

from __future__ import annotations

from contextlib import suppress

from pipelines.extraction import load_extractors

with suppress(Exception):  # each file will meet the same and report it
    load_extractors()
