"""The audit of reports that were new to its rules when they were first measured: what it finds stays found.

``corpus/plants`` holds reports with planted errors and look-alikes; its README tells what was found at first.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.pipelines.audit.planted import findings_of, is_meant, one_file_a_report

PLANTS = Path(__file__).parents[3] / "corpus" / "plants"
FORMATS = (".html", ".txt", ".md")
#: Planted errors that are found at least, and findings that no row explains at most.
FOUND, OTHERS = 233, 2


def test_planted_errors_stay_found_and_false_alarms_stay_few():
    rows = yaml.safe_load((PLANTS / "planted.yml").read_text(encoding="utf-8"))
    found = findings_of(one_file_a_report(PLANTS / "reports", FORMATS))
    missed = [row["id"] for row in rows["findings"] if not any(is_meant(finding, row) for finding in found)]
    known = [*rows["findings"], *rows["consequences"]]
    others = [finding.message for finding in found if not any(is_meant(finding, row) for row in known)]
    assert len(rows["findings"]) - len(missed) >= FOUND, missed
    assert len(others) <= OTHERS, others
