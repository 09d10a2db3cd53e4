"""A number that text recognition may have misread never feeds a finding."""

import pytest

from extractors import analyze
from pipelines.audit import audit_report
from pipelines.facts import ReportFacts
from schemas import Doubt, TextLayer

TEXT = (
    "PHÒNG GD&ĐT SÔNG MÂY\nBÁO CÁO\nTổng kết năm học 2020-2021\n"
    "Toàn huyện có 45 trường, trong đó 20 trường mầm non, 15 trường tiểu học và 14 trường THCS.\n"
)


def layer(*doubts: Doubt) -> TextLayer:
    return TextLayer(id="0" * 64, file="scan.pdf", media_type="application/pdf", text=TEXT, doubts=doubts)


def findings(read: TextLayer) -> list[str]:
    analysis = analyze(read)
    return [finding.rule for finding in audit_report(ReportFacts.of(read, analysis.records, analysis.relations))]


def test_a_sum_that_does_not_hold_is_told() -> None:
    assert "sum_of_parts" in findings(layer())


@pytest.mark.parametrize("number", ["45 trường", "15 trường"])
def test_a_doubtful_number_tells_nothing(number: str) -> None:
    start = TEXT.index(number)
    assert findings(layer(Doubt(start=start, end=start + 2, reason="confidence"))) == []
