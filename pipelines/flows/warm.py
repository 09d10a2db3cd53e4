"""Imported once by the process from which workers are forked, so that each starts with the extractors loaded."""

from __future__ import annotations

from contextlib import suppress

with suppress(Exception):  # a fault of the extractors is reported for each file that meets it, not here
    import extractors
    from schemas import TextLayer

    extractors.load_document(TextLayer(id="", file="", media_type="text/plain", text="."))
