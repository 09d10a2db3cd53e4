"""Every rule against its tables of texts: those that must fire and those that must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.audit import audit_report, load_rules
from tests.pipelines.audit.making import make_facts

_CASES = Path(__file__).parent / "cases"
_TABLES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_CASES.glob("*.yml"))}
_MIN_CASES = 8


def _rows(kind: str) -> list[Any]:
    return [
        pytest.param(rule, row, id=f"{rule}-{number}")
        for rule, table in _TABLES.items()
        for number, row in enumerate(table[kind], 1)
    ]


@pytest.mark.parametrize(("rule", "row"), _rows("fires"))
def test_fires(rule: str, row: dict[str, Any]) -> None:
    facts = make_facts(row["text"])
    found = [finding for finding in audit_report(facts) if finding.rule == rule]
    assert len(found) == len(row["findings"]), [finding.message for finding in found]
    for finding, wanted in zip(found, row["findings"], strict=True):
        if "stated" in wanted:
            assert finding.stated == wanted["stated"]
        if "expected" in wanted:
            assert finding.expected == wanted["expected"]
        quotes = [operand.quote for operand in finding.operands]
        for quote in wanted.get("quotes", ()):
            assert any(quote in found_quote for found_quote in quotes), quotes
        for operand in finding.operands:
            assert facts.layer.text[operand.start : operand.end] == operand.quote
            assert (operand.report, operand.file) == (facts.layer.id, facts.layer.file)


@pytest.mark.parametrize(("rule", "row"), _rows("silent"))
def test_silent(rule: str, row: dict[str, Any]) -> None:
    found = [finding for finding in audit_report(make_facts(row["text"])) if finding.rule == rule]
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
