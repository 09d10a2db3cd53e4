"""Every rule against its tables of texts: those that must fire and those that must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.audit import audit_corpus, audit_report, load_rules
from pipelines.facts import ReportFacts
from pipelines.reconcile import reconcile
from schemas import Finding
from tests.pipelines.audit.making import make_facts, read_facts

_CASES = Path(__file__).parent / "cases"
_TABLES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_CASES.glob("*.yml"))}
_MIN_CASES = 15


def _rows(kind: str) -> list[Any]:
    return [
        pytest.param(rule, row, id=f"{rule}-{number}")
        for rule, table in _TABLES.items()
        for number, row in enumerate(table[kind], 1)
    ]


def _found(rule: str, row: dict[str, Any]) -> tuple[list[Finding], dict[str, ReportFacts]]:
    """What a rule finds in a case, and its reports by id. ``reports`` are compared, ``text`` stands alone."""
    if "reports" in row:
        reports = [read_facts(file=f"{number}.txt", **fields) for number, fields in enumerate(row["reports"], 1)]
        found = [*(f for facts in reports for f in audit_report(facts)), *audit_corpus(reports, reconcile(reports))]
    else:
        read = _TABLES[rule].get("records") or "|---|" in row["text"]
        make = read_facts if read else make_facts
        reports = [make(row["text"], **row.get("report", {}))]
        found = audit_report(reports[0])
    return [finding for finding in found if finding.rule == rule], {facts.layer.id: facts for facts in reports}


@pytest.mark.parametrize(("rule", "row"), _rows("fires"))
def test_fires(rule: str, row: dict[str, Any]) -> None:
    found, reports = _found(rule, row)
    assert len(found) == len(row["findings"]), [(finding.message, finding.expected) for finding in found]
    for finding, wanted in zip(found, row["findings"], strict=True):
        if "stated" in wanted:
            assert finding.stated == wanted["stated"]
        if "expected" in wanted:
            assert finding.expected == wanted["expected"]
        quotes = [operand.quote for operand in finding.operands]
        for quote in wanted.get("quotes", ()):
            assert any(quote in found_quote for found_quote in quotes), quotes
        for operand in finding.operands:
            layer = reports[operand.report].layer
            assert layer.text[operand.start : operand.end] == operand.quote
            assert operand.file == layer.file


@pytest.mark.parametrize(("rule", "row"), _rows("silent"))
def test_silent(rule: str, row: dict[str, Any]) -> None:
    found, _ = _found(rule, row)
    assert not found, [finding.message for finding in found]


@pytest.mark.parametrize("rule", _TABLES)
def test_every_table_has_enough_rows(rule: str) -> None:
    assert rule in {known.name for known in load_rules()}
    assert all(len(_TABLES[rule][kind]) >= _MIN_CASES for kind in ("fires", "silent"))


def test_every_rule_is_explained_in_both_languages() -> None:
    rules = load_rules()
    assert len(rules) >= len(_TABLES)
    for rule in rules:
        assert len(rule.explanation.split("\n\n")) >= 2, rule.name
