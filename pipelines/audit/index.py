"""The comparison across reports, kept up to date report by report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from typing import Any

from pipelines.audit.engine import Rule, load_rules
from pipelines.audit.findings import is_certain, merge_findings
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Finding, TextLayer

#: A rule and what reports have in common under it.
Group = tuple[str, str]


#: The order of a report and its items, each with what it shares with those that say the same (None: nothing).
_Member = tuple[tuple[str, str, str], list[tuple[Any, Hashable]]]
#: As many items that say the same are compared.
_FOR_ALL = 25


class CorpusIndex:
    """What every report says under every key of every rule, so that one more report costs only what it touches.

    Of a report that is there in several formats only the first file takes part: it does not confirm itself.
    """

    def __init__(self, rules: Iterable[Rule] | None = None) -> None:
        self._rules = {rule.name: rule for rule in (load_rules() if rules is None else rules) if rule.items is not None}
        self._groups: dict[Group, dict[str, _Member]] = defaultdict(dict)
        self._of: dict[str, set[Group]] = {}
        self._doubtful: dict[str, TextLayer] = {}
        self._editions: dict[tuple[str | None, ...], dict[str, View]] = defaultdict(dict)

    def add(self, view: View) -> set[Group]:
        """Take in a report; the groups that it touches."""
        editions = self._editions[_edition(view.facts)]
        known = min(editions.values(), key=lambda one: one.order, default=None)
        editions[view.facts.layer.id] = view
        if known is None:
            return self._put(view)
        if view.order >= known.order:
            return set()
        return self._drop(known.facts.layer.id) | self._put(view)

    def remove(self, facts: ReportFacts) -> set[Group]:
        """Forget a report; the groups that it touched. One that was never added touches none."""
        editions = self._editions[_edition(facts)]
        if editions.pop(facts.layer.id, None) is None:
            return set()
        touched = self._drop(facts.layer.id)
        heir = min(editions.values(), key=lambda one: one.order, default=None)
        return touched | self._put(heir) if heir is not None and touched else touched

    def findings(self, groups: Collection[Group] | None = None) -> list[Finding]:
        """The findings of some groups, or of all, by rule and place."""
        found: list[Finding] = []
        for rule, key in self._groups if groups is None else groups:
            members = self._groups.get((rule, key), {})
            check = self._rules[rule].across
            if len(members) > 1 and check is not None:
                found += check(key, _chosen(members.values()))
        certain = [finding for finding in merge_findings(found) if is_certain(finding, self._doubtful)]
        return sorted(certain, key=lambda finding: (finding.rule, *place_of(finding)))

    def _put(self, view: View) -> set[Group]:
        touched: set[Group] = set()
        report = view.facts.layer.id
        if view.facts.layer.doubts:
            self._doubtful[report] = view.facts.layer
        for rule in self._rules.values():
            assert rule.items is not None
            for key, item in rule.items(view):
                group = rule.name, key
                alike = rule.alike(item) if rule.alike is not None else None
                self._groups[group].setdefault(report, (view.order, []))[1].append((item, alike))
                touched.add(group)
        self._of[report] = touched
        return touched

    def _drop(self, report: str) -> set[Group]:
        touched = self._of.pop(report, set())
        self._doubtful.pop(report, None)
        for group in touched:
            del self._groups[group][report]
            if not self._groups[group]:
                del self._groups[group]
        return touched


def _chosen(members: Iterable[_Member]) -> list[Any]:
    """The items in the order of their reports, of those that say the same the first that were taken in."""
    seen: Counter[Hashable] = Counter()
    chosen: list[tuple[tuple[str, str, str], int, Any]] = []
    for order, items in members:
        for item, alike in items:
            seen[alike] += 1
            if alike is None or seen[alike] <= _FOR_ALL:
                chosen.append((order, len(chosen), item))
    return [item for _, _, item in sorted(chosen, key=lambda one: one[:2])]


def place_of(finding: Finding) -> tuple[str, int, str, str]:
    """Where a finding stands, for its order among others: its first passage."""
    first = finding.operands[0]
    return first.file, first.start, finding.rule, finding.fingerprint


def _edition(facts: ReportFacts) -> tuple[str | None, ...]:
    """What the files of one report share: its heading; a report without a title is only itself."""
    report = facts.report
    if not report.title:
        return (facts.layer.id,)
    return report.kind, " ".join(report.title.lower().split()), report.issuer, report.number, report.date, report.period
