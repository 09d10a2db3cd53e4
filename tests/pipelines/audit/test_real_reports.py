"""The audit of the real reports, where they are at hand (``BAOCAO_REPORTS``)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from extractors import analyze
from pipelines.audit import audit_corpus, audit_report
from pipelines.facts import ReportFacts
from pipelines.reconcile import reconcile
from schemas import TextLayer, canonical_text

REPORTS = Path(os.environ.get("BAOCAO_REPORTS") or Path(__file__).parents[4] / "shared" / "reports")
NAMES = {
    "review": "nam-truc-kiem-diem-cong-tac-dang-2019.txt",
    "news": "nam-truc-kiem-diem-cong-tac-dang-2018.txt",
    "semester": "nam-truc-so-ket-hk1-2020-2021.txt",
    "emulation": "go-quao-tong-ket-thi-dua-2020-2021.txt",
    "programme": "nam-truc-chuong-trinh-hanh-dong-2021-2025.txt",
}

pytestmark = pytest.mark.skipif(
    not all((REPORTS / name).is_file() for name in NAMES.values()), reason=f"the real reports are not in {REPORTS}"
)


@pytest.fixture(scope="module")
def facts() -> dict[str, ReportFacts]:
    read = {}
    for key, name in NAMES.items():
        raw = (REPORTS / name).read_bytes()
        layer = TextLayer(
            id=hashlib.sha256(raw).hexdigest(), file=name, media_type="text/plain", text=canonical_text(raw.decode())
        )
        analysis = analyze(layer)
        read[key] = ReportFacts.of(layer, analysis.records, analysis.relations)
    return read


def summary(found):
    return sorted((f.rule, f.stated, f.expected) for f in found)


def test_the_review_of_2019(facts):
    found = audit_report(facts["review"])
    assert summary(found) == [
        ("citation_number", "01-KH/UBND", "01/KH-UBND"),
        ("citation_number", "01-ĐA/UBND", "01/ĐA-UBND"),
        ("citation_number", "29/NQ-TW", "29-NQ/TW"),
        ("percent_total", "100,18%", "100%"),
        ("sum_of_parts", "7", "6"),
    ]


def test_the_sums_of_the_review_that_hold_are_read(facts):
    sums = {
        (relation.whole.value, *(part.value for part in relation.parts))
        for relation in facts["review"].relations
        if relation.kind == "sum" and relation.whole is not None
    }
    held = {
        (158, 3, 80, 75), (80, 19, 61), (75, 33, 8, 34), (142, 113, 29), (64, 21, 21, 22), (36, 17, 19), (5, 1, 2, 2),
        (6, 1, 4, 1), (15, 3, 2, 4, 6), (4, 3, 1), (2, 1, 1),
    }  # fmt: skip
    assert held <= sums


def test_the_emulation_report(facts):
    found = [f for f in audit_report(facts["emulation"]) if f.rule != "incomplete_form"]
    assert summary(found) == [
        ("citation_number", "29/NQ-TW", "29-NQ/TW"),
        ("denominator_drift", "23", "24"),
        ("numbering", "3.", "4"),
        ("numbering", "III.", "IV"),
        ("sum_of_parts", "189", "149"),
    ]


def test_the_semester_review(facts):
    assert summary(audit_report(facts["semester"])) == [("numbering", "3.", "4"), ("numbering", "5.", "4")]


def test_the_other_two(facts):
    assert summary(audit_report(facts["news"])) == []
    assert summary(audit_report(facts["programme"])) == [("impossible_date", "năm học 2021-2025", None)]


def test_across_the_reports(facts):
    reports = list(facts.values())
    found = audit_corpus(reports, reconcile(reports))
    dates = [{operand.value for operand in f.operands} for f in found if f.rule == "citation_date"]
    assert sorted(dates, key=sorted) == [{"2016-05-05", "2016-05-15"}, {"2016-07-24", "2016-07-26"}]
    numbers = [(f.stated, f.expected) for f in found if f.rule == "citation_number"]
    assert numbers == [("29/NQ-TW", "29-NQ/TW")]
    assert {f.rule for f in found} == {"citation_date", "citation_number"}
