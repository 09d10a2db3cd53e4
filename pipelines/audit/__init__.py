"""What does not add up: rules over the facts of one report or of all, and their findings.

A rule is a file in `pipelines.audit.rules`, found by scanning: ``check_<rule>(facts)`` looks at one
report, ``check_<rule>_corpus(reports, entities)`` at all of them. Its docstring is the published
explanation, in Vietnamese and in English.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.audit.engine import Rule, load_rules
from pipelines.audit.findings import merge_findings
from pipelines.facts import ReportFacts
from schemas import Entity, Finding

__all__ = ["Rule", "audit_corpus", "audit_report", "load_rules"]


def audit_report(facts: ReportFacts) -> list[Finding]:
    """The findings inside one report, in the order of the text; pure."""
    found = [finding for rule in load_rules() if rule.report is not None for finding in rule.report(facts)]
    return sorted(merge_findings(found), key=_place)


def audit_corpus(reports: Sequence[ReportFacts], entities: Sequence[Entity]) -> list[Finding]:
    """The findings that take more than one report, by rule and place; pure.

    ``entities`` are those of `pipelines.reconcile.reconcile` over the same reports. Of a report that
    is there in several formats only the first file takes part: it does not confirm itself.
    """
    ordered = sorted(reports, key=lambda facts: (facts.report.date or "", facts.layer.file, facts.layer.id))
    ordered = list({_edition(facts): facts for facts in reversed(ordered)}.values())[::-1]
    found = [f for rule in load_rules() if rule.corpus is not None for f in rule.corpus(ordered, entities)]
    return sorted(merge_findings(found), key=lambda finding: (finding.rule, *_place(finding)))


def _edition(facts: ReportFacts) -> tuple[str | None, ...]:
    """What the files of one report share: its heading; a report without a title is only itself."""
    report = facts.report
    if not report.title:
        return (facts.layer.id,)
    return report.kind, " ".join(report.title.lower().split()), report.issuer, report.number, report.date, report.period


def _place(finding: Finding) -> tuple[str, int, str, str]:
    first = finding.operands[0]
    return first.file, first.start, finding.rule, finding.fingerprint
