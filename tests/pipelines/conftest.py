"""Reports for tests, built from a text: evidence is always cut out of it, never made up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from pipelines.facts import ReportFacts
from schemas import Evidence, Record, Report, TextLayer
from tests.pipelines.flow_fixtures import folder, prefect_environment, run_command, store_url, write_report

# Fixtures are found by their names here; a session-wide one must be known in one place only.
__all__ = ["folder", "prefect_environment", "run_command", "store_url", "write_report"]

Build = Callable[..., ReportFacts]


class Draft:
    """A text layer and shorthands for its records."""

    def __init__(self, text: str, file: str) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.layer = TextLayer(id=digest, file=file, media_type="text/plain", text=text)

    def at(self, quote: str) -> tuple[Evidence, ...]:
        """The first passage that reads so."""
        start = self.layer.text.index(quote)
        return (self.layer.evidence(start, start + len(quote)),)

    def make(self, model: Callable[..., Record], quote: str, **fields: object) -> Record:
        """A record supported by the first passage that reads so."""
        return model(report=self.layer.id, evidence=self.at(quote), **fields)

    def report(self, **fields: object) -> Report:
        """The report record, supported by the first line."""
        first = self.layer.text.split("\n", 1)[0]
        return Report(report=self.layer.id, file=self.layer.file, evidence=self.at(first), **fields)


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """A draft of a text: ``draft("Báo cáo …", file="2024.txt")``."""

    def build(text: str, file: str = "bao-cao.txt") -> Draft:
        return Draft(text, file)

    return build
