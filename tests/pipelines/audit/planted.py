"""Which finding is meant by a row of ``planted.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schemas import Finding

_BEGINNING, _LEAST = 25, 12


def words(text: str) -> str:
    """A quote with white space folded and without the signs at its ends."""
    return " ".join(text.split()).strip(" .,;:()")


def is_meant(finding: Finding, row: dict[str, Any]) -> bool:
    """Whether a finding is of the row's rule and report and stands at one of its quotes, or has its cell's value."""
    files = set(row.get("files") or [row["file"]])
    if finding.rule != row["rule"] or not files & {Path(operand.file).stem for operand in finding.operands}:
        return False
    if "cells" in row and row.get("stated"):
        return (finding.stated or "").rstrip("%") == row["stated"]
    quotes = [words(operand.quote) for operand in finding.operands]
    return any(words(q)[:_BEGINNING] in said or said[:_LEAST] in words(q) for q in row["quotes"] for said in quotes)
