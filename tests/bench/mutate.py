"""What share of broken relations the audit finds, by rule, and how many false alarms intact reports give.

Run: ``python -m tests.bench.mutate [--limit N] [--misses RULE]``. Every report of the open corpus is broken in one
place at a time (see `tests.bench.mutations`), and the real reports where they are at hand (``BAOCAO_REPORTS``). A
mutation is found where its rule has a finding in the broken report that it has not in the intact one, or, for a number
that takes part in several relations, where another rule shows that number. The choice is the same in every run. False
alarms are findings on intact reports that ``planted.yml`` does not list.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from extractors import analyze, load_document
from extractors.relations import find_relations
from pipelines.audit import CorpusIndex, Rule, audit_report, load_rules, views_of
from pipelines.facts import ReportFacts
from pipelines.readers import read
from pipelines.reconcile import reconcile
from schemas import Finding, TextLayer
from tests.bench.mutations import Mutation, Source, additions, figures, layout, records
from tests.bench.mutations.model import apply
from tests.pipelines.audit.planted import one_file_a_report

ROOT = Path(__file__).parents[2]
REAL = Path(os.environ.get("BAOCAO_REPORTS") or ROOT.parent / "shared" / "reports")
PARTS = (ROOT / "corpus" / "reports", ROOT / "corpus" / "opened" / "reports", REAL)
#: One file a report: the format with the most structure.
FORMATS = (".docx", ".html", ".txt", ".md", ".pdf")
SEED = 20260101
_AROUND = 120
#: Rules about numbers of which one may take part in several relations.
BY_NUMBERS = frozenset(("sum_of_parts", "percent_total", "percent_of_counts", "change_mismatch", "ratio_bounds"))
#: Mutations of one rule in one report at most, so that no report decides the figures.
AT_MOST = 60
#: Rules that read nothing but relations.
BY_RELATIONS = frozenset(
    [
        "sum_of_parts",
        "percent_total",
        "ratio_bounds",
        "percent_of_counts",
        "list_count",
        "denominator_drift",
        "numbering",
        "incomplete_form",
        "change_mismatch",
        "stale_year",
    ]
)


def main() -> None:
    """Print recall by rule, then the false alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=AT_MOST, help="mutations of one rule in one report at most")
    parser.add_argument("--misses", default="", help="print the mutations of this rule that are missed (all: of every)")
    given = parser.parse_args()
    chosen = mutations(given.limit)
    print(f"{len(sources())} reports, {len(chosen)} mutations")
    with ProcessPoolExecutor() as pool:
        hits = list(pool.map(is_found, chosen, chunksize=16))
    rows: dict[str, list[bool]] = defaultdict(list)
    for mutation, hit in zip(chosen, hits, strict=True):
        rows[mutation.rule].append(hit)
        rows["all"].append(hit)
    print(f"{'rule':<20}{'mutations':>10}{'found':>8}{'recall':>8}")
    for rule in (*sorted(set(rows) - {"all"}), "all"):
        print(f"{rule:<20}{len(rows[rule]):>10}{sum(rows[rule]):>8}{sum(rows[rule]) / len(rows[rule]):>8.3f}")
    for mutation, hit in zip(chosen, hits, strict=True):
        if not hit and given.misses in (mutation.rule, "all"):
            print(f"missed: {mutation.rule} {mutation.report} {mutation.how}: {_shown(mutation)}")
    alarms = [finding for finding in _intact() if not _is_known(finding)]
    print(f"false alarms: {len(alarms)} in {len(sources())} intact reports")
    for finding in alarms:
        print(f"  {finding.rule} {Path(finding.operands[0].file).name}: {finding.message}")


@cache
def sources() -> dict[str, Source]:
    """The intact reports by name, each in its format with the most structure, with its gold records."""
    folders = [folder for folder in PARTS if folder.is_dir()]
    files = {path.stem: path for folder in folders for path in one_file_a_report(folder, FORMATS)}
    return {name: Source(name, read(path), _gold(path)) for name, path in sorted(files.items())}


def _gold(path: Path) -> dict[str, Any]:
    file = path.parent.parent / "gold" / f"{path.stem}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def mutations(limit: int) -> list[Mutation]:
    """The mutations, chosen by the seed; the same edit of one report is made once."""
    chosen: list[Mutation] = []
    for name, source in sources().items():
        random = Random(f"{SEED} {name}")
        found: dict[str, dict[tuple[Any, ...], Mutation]] = defaultdict(dict)
        for mutation in _all(source, random):
            if any(edit.new == source.layer.text[edit.start : edit.end] for edit in mutation.edits):
                continue
            found[mutation.rule].setdefault((mutation.report, mutation.edits), mutation)
        for rule in sorted(found):
            rows = list(found[rule].values())
            chosen += random.sample(rows, min(limit, len(rows)))
    return chosen


def _all(source: Source, random: Random) -> Iterator[Mutation]:
    yield from figures.find(source, random)
    yield from layout.find(source, random)
    yield from records.find(source, sources(), random)
    yield from additions.find(source, sources(), random)


def is_found(mutation: Mutation) -> bool:
    """Whether the rule finds something in the broken report that it does not find in the intact one."""
    rule = next(rule for rule in load_rules() if rule.name == mutation.rule)
    layer = apply(sources()[mutation.report].layer, mutation.edits)
    if mutation.beside is None:
        by_relations = rule.name in BY_RELATIONS
        facts = _relations(layer, mutation.report) if by_relations else _facts(layer, mutation.fields)
        known = _known(mutation.report, by_relations)
        new = [finding for finding in _inside(facts, by_relations) if finding.fingerprint not in known]
        return any(finding.rule == rule.name or _touches(finding, mutation) for finding in new)
    facts = _facts(layer, mutation.fields)
    beside = _with(_intact_facts(mutation.beside), mutation.beside_fields)
    intact = _with(_intact_facts(mutation.report), mutation.fields)
    known = {finding.fingerprint for finding in _across([intact, beside], [rule])}
    return any(f.fingerprint not in known for f in _across([facts, beside], [rule]))


def _touches(finding: Finding, mutation: Mutation) -> bool:
    """Whether a finding of another rule shows the number that was changed: the auditor sees it all the same."""
    edit = mutation.edits[0]
    end = edit.start + len(edit.new)
    return mutation.rule in BY_NUMBERS and any(o.start < end and edit.start < o.end for o in finding.operands)


def _inside(facts: ReportFacts, by_relations: bool) -> list[Finding]:
    rules = [rule for rule in load_rules() if rule.report is not None]
    return [
        finding
        for rule in rules
        if rule.report is not None and (rule.name in BY_RELATIONS or not by_relations)
        for finding in rule.report(facts)
    ]


@cache
def _known(name: str, by_relations: bool) -> frozenset[str]:
    """The fingerprints of the findings inside an intact report."""
    facts = _relations(sources()[name].layer, name) if by_relations else _intact_facts(name)
    return frozenset(finding.fingerprint for finding in _inside(facts, by_relations))


def _across(reports: Sequence[ReportFacts], rules: Sequence[Rule] | None = None) -> list[Finding]:
    index = CorpusIndex(rules)
    for view in views_of(reports, reconcile(reports)):
        index.add(view)
    return index.findings()


@cache
def _intact_facts(name: str) -> ReportFacts:
    return _facts(sources()[name].layer, {})


def _relations(layer: TextLayer, name: str) -> ReportFacts:
    """The relations of a text alone, which are much faster to find than its records."""
    report = _intact_facts(name).report.model_copy(update={"report": layer.id, "evidence": ()})
    return ReportFacts.of(layer, [report], find_relations(load_document(layer), [report]))


def _facts(layer: TextLayer, fields: dict[str, Any]) -> ReportFacts:
    analysis = analyze(layer)
    return _with(ReportFacts.of(layer, analysis.records, analysis.relations), fields)


def _with(facts: ReportFacts, fields: dict[str, Any]) -> ReportFacts:
    if not fields:
        return facts
    own = facts.report.model_copy(update=fields)
    return ReportFacts.of(facts.layer, [own, *facts.records[1:]], facts.relations)


def _intact() -> list[Finding]:
    reports = [_intact_facts(name) for name in sources()]
    return [f for facts in reports for f in audit_report(facts)] + _across(reports)


@cache
def _planted() -> list[dict[str, Any]]:
    rows = []
    for file in sorted((ROOT / "corpus").glob("planted.yml")) + sorted(
        (ROOT / "corpus" / "opened").glob("planted.yml")
    ):
        planted = yaml.safe_load(file.read_text(encoding="utf-8"))
        rows += [*planted["findings"], *planted.get("consequences", [])]
    return rows


def _is_known(finding: Finding) -> bool:
    from tests.pipelines.audit.planted import is_meant

    return any(is_meant(finding, row) for row in _planted())


def _shown(mutation: Mutation) -> str:
    text = sources()[mutation.report].layer.text
    return " | ".join(
        f"…{text[max(0, e.start - _AROUND) : e.start]}[{text[e.start : e.end]}→{e.new}]{text[e.end : e.end + _AROUND]}…"
        for e in mutation.edits[:2]
    ).replace("\n", "⏎")


if __name__ == "__main__":
    main()
