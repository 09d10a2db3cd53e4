"""Findings, what auditors decide about them, and what could not be processed."""

from __future__ import annotations

from typing import Literal

from schemas.text import Model

Severity = Literal["error", "warning", "notice"]
FindingClass = Literal["contradiction", "rounding", "variant", "gap", "not_comparable"]
VerdictDecision = Literal["confirm", "dismiss", "reopen"]


class Operand(Model):
    """One passage that takes part in a finding, with the value read from it."""

    report: str
    file: str
    start: int
    end: int
    quote: str
    page: int | None = None
    value: str | float | None = None


class Verdict(Model):
    """A person's decision about a finding. ``at`` is ISO 8601 in UTC."""

    fingerprint: str
    decision: VerdictDecision
    by: str
    note: str
    at: str


class Finding(Model):
    """Something that does not add up, with the passages side by side.

    ``stated`` is what the report says, ``expected`` what follows from its other passages, both as
    printed numbers or dates. ``fingerprint`` is built from content, so that a verdict survives a
    new extraction. ``message`` is Vietnamese, ``message_en`` English.
    """

    type: Literal["finding"] = "finding"
    rule: str
    severity: Severity
    # ``class`` is the public name; Python keeps it for itself, so it is an alias on output.
    finding_class: FindingClass
    scope: Literal["report", "corpus"]
    message: str
    message_en: str
    operands: tuple[Operand, ...]
    stated: str | None = None
    expected: str | None = None
    fingerprint: str
    verdict: VerdictDecision | None = None

    def as_row(self) -> dict[str, object]:
        """The finding as the command line prints it: ``finding_class`` under its name ``class``."""
        row: dict[str, object] = {}
        for key, value in self.model_dump().items():
            row["class" if key == "finding_class" else key] = value
        return row


class Issue(Model):
    """A file or stage that failed. ``first_seen`` and ``last_seen`` are ISO 8601 in UTC."""

    file: str
    stage: str
    error: str
    message: str
    first_seen: str
    last_seen: str
    report: str | None = None
