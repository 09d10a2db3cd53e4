"""Verdicts find their findings again: after a new reading, in another format, and when a value changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import analyze
from pipelines.audit import audit_report
from pipelines.facts import ReportFacts
from pipelines.fingerprints import parse_fingerprint
from pipelines.readers import read
from pipelines.store.verdicts import inherited, judge
from schemas import Finding, Verdict
from tests.pipelines.audit.making import make_facts

CORPUS = Path(__file__).parents[3] / "corpus" / "reports"
SUM = "Có 11 em đạt giải, trong đó có 3 giải nhì; đạt 06 giải ba."


def findings(text: str, **report: object) -> list[Finding]:
    return audit_report(make_facts(text, **report))


def verdict(finding: Finding, decision: str) -> dict[str, Verdict]:
    made = Verdict(
        fingerprint=finding.fingerprint,
        decision=decision,
        by="Lê Thị Mai",
        note="bảng cũ",
        at="2026-01-05T08:00:00+00:00",
    )
    return {finding.fingerprint: made}


def test_a_fingerprint_has_three_parts():
    parts = parse_fingerprint(findings(SUM)[0].fingerprint)
    other = parse_fingerprint(findings(SUM.replace("06", "07"))[0].fingerprint)
    assert parts is not None
    assert other is not None
    assert (parts.words, parts.identity) == (other.words, other.identity)
    assert parts.values != other.values
    assert parse_fingerprint("aa01") is None


@pytest.mark.parametrize("decision", ["confirm", "dismiss"])
def test_a_verdict_holds_for_the_same_finding_moved(decision):
    given = verdict(findings(SUM)[0], decision)
    moved = findings(f"Mở đầu của báo cáo.\n\n{SUM}\nĐoạn khác.")
    assert [finding.verdict for finding in judge(moved, given)] == [decision]


def test_a_verdict_goes_over_where_only_words_differ():
    given = verdict(findings(SUM)[0], "dismiss")
    recast = findings(SUM.replace("Có 11 em", "Toàn đoàn có 11 em"))
    assert recast[0].fingerprint not in given
    assert [finding.verdict for finding in judge(recast, given)] == ["dismiss"]
    assert inherited({recast[0].fingerprint}, given) == {recast[0].fingerprint: next(iter(given))}


def test_a_dismissed_finding_comes_back_where_a_value_changed_and_says_so():
    given = verdict(findings(SUM)[0], "dismiss")
    (back,) = judge(findings(SUM.replace("06", "07")), given)
    assert back.verdict is None
    assert "Trở lại: Lê Thị Mai đã bác bỏ ngày 2026-01-05" in back.message
    assert "Back again: Lê Thị Mai" in back.message_en


def test_nothing_is_said_of_a_confirmed_finding_whose_value_changed():
    given = verdict(findings(SUM)[0], "confirm")
    (back,) = judge(findings(SUM.replace("06", "07")), given)
    assert back.verdict is None
    assert "Trở lại" not in back.message


def test_the_same_words_of_another_year_are_judged_anew():
    given = verdict(findings(SUM, period="2019")[0], "dismiss")
    (other,) = judge(findings(SUM, period="2020"), given)
    assert other.verdict is None
    assert "Trở lại" not in other.message


def test_a_reopened_finding_has_no_verdict():
    found = findings(SUM)
    assert judge(found, verdict(found[0], "reopen")) == found


@pytest.mark.parametrize(
    "name", ["giong-sao-tong-ket-thi-dua-thcs-2020-2021", "yen-trach-chuong-trinh-hanh-dong-2021-2025"]
)
def test_every_format_of_a_report_gives_the_same_fingerprints(name):
    prints = {}
    for path in sorted(CORPUS.glob(f"{name}.*")):
        layer = read(path)
        analysis = analyze(layer)
        found = audit_report(ReportFacts.of(layer, analysis.records, analysis.relations))
        prints[path.suffix] = {finding.fingerprint for finding in found}
    assert len(prints) > 1
    assert len(set(map(frozenset, prints.values()))) == 1, prints
