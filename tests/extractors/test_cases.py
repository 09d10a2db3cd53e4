"""Runs the cases that stand beside every topic's code: a text and exactly the records it yields."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import extract
from pipelines.readers.text import read_markdown
from schemas import TextLayer, canonical_text

ROOT = Path(__file__).parents[2] / "extractors"
TOPICS = sorted(path.parent for path in ROOT.glob("*/lexicon.yml"))
MINIMUM = 40


def layer_of(text: str) -> TextLayer:
    text = canonical_text(text)
    return TextLayer(id=hashlib.sha256(text.encode()).hexdigest(), file="case.txt", media_type="text/plain", text=text)


def load_cases(topic: Path) -> list[dict[str, Any]]:
    path = topic / "cases.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else []


def record_topics() -> list[Path]:
    return [topic for topic in TOPICS if hasattr(import_module(f"extractors.{topic.name}"), "TYPE")]


CASES = [
    pytest.param(topic.name, case, id=f"{topic.name}-{number}")
    for topic in record_topics()
    for number, case in enumerate(load_cases(topic), 1)
]


def differences(expected: list[dict[str, Any]], records: list[Any], text: str) -> list[str]:
    """What is missing and what is too much; an expected field that is not named is not compared."""
    left, problems = list(records), []
    for wanted in expected:
        match = next((record for record in left if fits(wanted, record, text)), None)
        if match is None:
            problems.append(f"missing {wanted}")
        else:
            left.remove(match)
    return problems + [f"too much {record.model_dump(exclude={'report', 'confidence'})}" for record in left]


def fits(wanted: dict[str, Any], record: Any, text: str) -> bool:
    for field, value in wanted.items():
        if field == "quote":
            start = text.find(value)
            assert start >= 0, f"the case's quote does not stand in its text: {value}"
            if not any(e.start < start + len(value) and start < e.end for e in record.evidence):
                return False
        else:
            actual = getattr(record, field)
            if (list(actual) if isinstance(actual, tuple) else actual) != value:
                return False
    return True


@pytest.fixture
def as_worded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indicators as the rules word them: what was learned from the corpus is tested by itself."""
    monkeypatch.setattr("extractors.statistics.complete", lambda document, record: record)


@pytest.mark.usefixtures("as_worded")
@pytest.mark.parametrize(("topic", "case"), CASES)
def test_case(topic: str, case: dict[str, Any]) -> None:
    data = case["text"].encode()
    layer = (
        read_markdown(data, sha256=hashlib.sha256(data).hexdigest(), file="case.md")
        if case.get("table")
        else layer_of(case["text"])
    )
    kind = import_module(f"extractors.{topic}").TYPE
    records = [record for record in extract(layer) if record.type == kind]
    for record in records:
        for evidence in record.evidence:
            assert layer.text[evidence.start : evidence.end] == evidence.quote
    problems = differences(case.get("expect") or [], records, layer.text)
    if "known_miss" in case:
        assert problems, f"solved, so take the mark off: {case['known_miss']}"
    else:
        assert not problems, "\n".join(problems)


@pytest.mark.parametrize("topic", record_topics(), ids=lambda topic: topic.name)
def test_topic_has_enough_cases(topic: Path) -> None:
    cases = load_cases(topic)
    assert len(cases) >= MINIMUM
    if topic.name != "report":
        assert sum(not case.get("expect") for case in cases) >= 5, "cases that must yield nothing"
