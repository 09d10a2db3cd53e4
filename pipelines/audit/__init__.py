"""What does not add up: rules over the facts of one report or of all, and their findings.

A rule is a file in `pipelines.audit.rules`, found by scanning: ``check_<rule>(facts)`` looks at one
report; ``items_<rule>(view)`` gives what a report says under which keys and ``across_<rule>(key, items)`` compares
what several say under one. The docstring of the first is the published explanation, in Vietnamese and in English.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.audit.engine import Rule, load_rules
from pipelines.audit.findings import is_certain, merge_findings, told_once
from pipelines.audit.index import CorpusIndex, place_of
from pipelines.audit.view import View, views_of
from pipelines.facts import ReportFacts
from schemas import Entity, Finding

__all__ = ["CorpusIndex", "Rule", "View", "audit_corpus", "audit_report", "load_rules", "views_of"]


def audit_report(facts: ReportFacts) -> list[Finding]:
    """The findings inside one report, in the order of the text; pure."""
    found = [finding for rule in load_rules() if rule.report is not None for finding in rule.report(facts)]
    told = told_once(merge_findings(found))
    return sorted((one for one in told if is_certain(one, {facts.layer.id: facts.layer})), key=place_of)


def audit_corpus(reports: Sequence[ReportFacts], entities: Sequence[Entity]) -> list[Finding]:
    """The findings that take more than one report, by rule and place; pure.

    ``entities`` are those of `pipelines.reconcile.reconcile` over the same reports.
    """
    index = CorpusIndex()
    for view in sorted(views_of(reports, entities), key=lambda one: one.order):
        index.add(view)
    return index.findings()
