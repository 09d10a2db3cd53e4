"""The audit of a folder of reports, and which finding is meant by a row of ``planted.yml``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractors import analyze
from pipelines.audit import audit_corpus, audit_report
from pipelines.facts import ReportFacts
from pipelines.readers import read
from pipelines.reconcile import reconcile
from schemas import Finding

_BEGINNING, _LEAST = 25, 12


def one_file_a_report(folder: Path, formats: Sequence[str]) -> list[Path]:
    """The files of a folder by name, of a report in several formats the one that comes first in ``formats``."""
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in formats:
            known = files.setdefault(path.stem, path)
            files[path.stem] = min(known, path, key=lambda file: formats.index(file.suffix))
    return list(files.values())


def findings_of(files: Sequence[Path]) -> list[Finding]:
    """What the audit finds in each of some reports, then across them."""
    reports = []
    for path in files:
        layer = read(path)
        analysis = analyze(layer)
        reports.append(ReportFacts.of(layer, analysis.records, analysis.relations))
    return [f for facts in reports for f in audit_report(facts)] + audit_corpus(reports, reconcile(reports))


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
