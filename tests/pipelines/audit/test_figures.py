"""Passages of figures whose arithmetic is right raise nothing: what an auditor must read for nothing."""

from pathlib import Path

import pytest

from tests.pipelines.audit.planted import findings_of

FIGURES = sorted((Path(__file__).parents[3] / "corpus" / "figures").glob("*.txt"))
#: Findings that are wrong.
KNOWN = {
    "csvc-ocr-loi": {"sum_of_parts"},  # letters parted as by a scan: "16 phòng h ọc" is no part of what follows
}


def test_there_are_passages_of_many_kinds():
    assert len(FIGURES) > 200


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_right_figures_raise_nothing(path: Path):
    rules = {finding.rule for finding in findings_of([path])}
    assert rules == KNOWN.get(path.stem, set())
