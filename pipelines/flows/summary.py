"""What a run did, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.extraction import Failure

SEVERITIES = ("error", "warning", "notice")


@dataclass(frozen=True)
class RunSummary:
    """The counts of one run. Records, entities and findings are those of the whole store after it.

    ``findings`` counts by severity what has no verdict yet.
    """

    run: str
    store: str
    new: int = 0
    changed: int = 0
    outdated: int = 0
    unchanged: int = 0
    vanished: int = 0
    waiting: int = 0
    failures: tuple[Failure, ...] = ()
    reports: int = 0
    records: Mapping[str, int] = field(default_factory=dict)
    entities: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def as_row(self) -> dict[str, Any]:
        """The summary as plain data, as the store keeps it with the run."""
        return {
            "new": self.new,
            "changed": self.changed,
            "outdated": self.outdated,
            "unchanged": self.unchanged,
            "vanished": self.vanished,
            "waiting": self.waiting,
            "failed": len(self.failures),
            "failures": [{"file": f.file, "stage": f.stage, "message": f.message} for f in self.failures],
            "reports": self.reports,
            "records": dict(self.records),
            "entities": dict(self.entities),
            "findings": dict(self.findings),
            "seconds": round(self.seconds, 3),
        }


def as_markdown(summary: RunSummary) -> str:
    """The summary as a Markdown page, for the run's page in Prefect."""
    counts = {
        "new": summary.new,
        "changed": summary.changed,
        "extracted anew": summary.outdated,
        "unchanged": summary.unchanged,
        "vanished": summary.vanished,
        "still being written": summary.waiting,
        "failed": len(summary.failures),
    }
    lines = [f"# Run {summary.run}", "", f"Store `{summary.store}`, {summary.seconds:.1f} s", ""]
    for title, values in (
        ("Files of this run", counts),
        ("Records in the store", summary.records),
        ("Findings without a verdict", summary.findings),
    ):
        lines += [f"| {title} | |", "| --- | ---: |", *(f"| {name} | {count} |" for name, count in values.items()), ""]
    if summary.failures:
        lines += ["## Failed files", "", *(f"- {_plain(failure.message)}" for failure in summary.failures), ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A text that may hold anything, as a Markdown code span on one line."""
    return "`" + " ".join(text.replace("`", "'").split()) + "`"
