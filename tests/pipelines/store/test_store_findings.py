"""Findings and verdicts, issues, runs, judgements."""

from __future__ import annotations

import pytest

from pipelines.audit_sheets import make_sheet
from pipelines.errors import UsageError
from pipelines.store import VerdictState
from schemas import Finding, Operand


def finding(facts, fingerprint: str, *, quote: str = "11 trường", scope: str = "report", **changes) -> Finding:
    start = facts.layer.text.index(quote)
    operand = Operand(
        report=facts.layer.id, file=facts.layer.file, start=start, end=start + len(quote), quote=quote, value=11
    )
    values = {
        "rule": "sum_of_parts",
        "severity": "error",
        "finding_class": "contradiction",
        "message": "Tổng không khớp",
        "message_en": "The total does not match",
    }
    return Finding(**{**values, **changes}, scope=scope, fingerprint=fingerprint, operands=(operand,))


@pytest.fixture
def saved(facts, save):
    given = facts()
    save(given)
    return given


def test_findings_come_back_gravest_first(store, saved):
    notice = finding(saved, "aa01", severity="notice", rule="numbering")
    error = finding(saved, "bb02", stated="24", expected="25")
    store.save_findings([notice, error], {saved.layer.id})
    assert store.findings() == [error, notice]


def test_an_audit_replaces_its_own_findings_only(store, saved):
    store.save_findings([finding(saved, "aa01")], {saved.layer.id})
    store.save_findings([finding(saved, "cc03", scope="corpus")], None)
    store.save_findings([finding(saved, "bb02")], {saved.layer.id})
    assert {found.fingerprint for found in store.findings()} == {"bb02", "cc03"}
    store.save_findings([], None)
    assert {found.fingerprint for found in store.findings()} == {"bb02"}
    store.save_findings([], {saved.layer.id})
    assert store.findings() == []
    assert store.table("operand").empty


def test_the_same_finding_twice_is_kept_once(store, saved):
    store.save_findings([finding(saved, "aa01"), finding(saved, "aa01", quote="13 trường")], {saved.layer.id})
    assert len(store.findings()) == 1


@pytest.mark.parametrize("scope", ["report", "corpus"])
def test_a_finding_of_another_audit_is_refused(store, saved, scope):
    reports = None if scope == "report" else {saved.layer.id}
    with pytest.raises(ValueError, match="not of the audit"):
        store.save_findings([finding(saved, "aa01", scope=scope)], reports)


def test_findings_of_a_superseded_report_are_not_shown(store, saved, facts, save):
    store.save_findings([finding(saved, "aa01")], {saved.layer.id})
    store.save_findings([finding(saved, "cc03", scope="corpus")], None)
    save(facts(schools=25))
    assert store.findings(include_judged=True) == []


def test_a_dismissed_finding_is_not_seen_again_until_it_is_reopened(store, saved):
    store.save_findings([finding(saved, "aa01")], {saved.layer.id})
    store.add_verdict("aa01", "dismiss", by="Lan", note="bảng cũ")
    store.save_findings([finding(saved, "aa01")], {saved.layer.id})
    assert store.findings() == []
    assert [found.verdict for found in store.findings(include_judged=True)] == ["dismiss"]
    store.add_verdict("aa01", "reopen", by="Lan", note="xem lại")
    assert [found.verdict for found in store.findings()] == [None]


def test_a_verdict_outlives_its_finding_as_an_orphan(store, saved):
    store.save_findings([finding(saved, "aa01"), finding(saved, "bb02")], {saved.layer.id})
    one = store.add_verdict("aa01", "confirm", by="Lan", note="đã gọi trường")
    two = store.add_verdict("bb02", "confirm", by="Minh", note="")
    store.save_findings([finding(saved, "bb02")], {saved.layer.id})
    assert store.verdicts() == [VerdictState(one, orphan=True), VerdictState(two, orphan=False)]
    # It may still be taken back.
    assert store.add_verdict("aa01", "reopen", by="Lan", note="").fingerprint == "aa01"


def test_a_verdict_says_to_which_finding_it_went_over(store, saved):
    old, new = "11111111" + "22222222" + "33333333", "44444444" + "22222222" + "33333333"
    store.save_findings([finding(saved, old)], {saved.layer.id})
    given = store.add_verdict(old, "dismiss", by="Lan", note="bảng cũ")
    assert [state.heir for state in store.verdicts()] == [None]
    store.save_findings([finding(saved, new, message="Tổng không bằng")], {saved.layer.id})
    assert store.verdicts() == [VerdictState(given, orphan=False, heir=new)]
    (judged,) = store.findings(include_judged=True)
    (row,) = make_sheet([judged], store.verdicts(), title="", made="").rows
    assert (row.decision, row.by, row.note) == ("Bác bỏ", "Lan", "bảng cũ")


def test_a_fingerprint_may_be_cut_short_where_it_stays_unique(store, saved):
    store.save_findings([finding(saved, "aa01"), finding(saved, "aa02"), finding(saved, "bb03")], {saved.layer.id})
    assert store.add_verdict("bb", "confirm", by="Lan", note="").fingerprint == "bb03"
    assert store.add_verdict("aa01", "confirm", by="Lan", note="").fingerprint == "aa01"
    for wrong, said in (("aa", "aa01, aa02"), ("zz", "no finding"), ("", "no finding")):
        with pytest.raises(UsageError, match=said):
            store.add_verdict(wrong, "confirm", by="Lan", note="")


def test_an_issue_is_one_row_until_it_is_resolved(store):
    store.add_issue("in/x.pdf", "read", "ReadError", "cut short; ask for it again")
    store.add_issue("in/x.pdf", "read", "ReadError", "empty; ask for it again")
    (issue,) = store.issues()
    assert (issue.file, issue.stage, issue.message) == ("in/x.pdf", "read", "empty; ask for it again")
    assert issue.first_seen <= issue.last_seen
    store.resolve_issues("in/x.pdf")
    assert store.issues() == []
    store.add_issue("in/x.pdf", "read", "ReadError", "empty again")
    assert len(store.issues()) == 1
    assert len(store.table("issue")) == 2


def test_runs_are_listed_latest_first(store):
    first, second = store.start_run(), store.start_run()
    store.finish_run(first, {"new": 3, "files": ["in/a.txt"]})
    runs = {run.id: run for run in store.runs()}
    assert set(runs) == {first, second}
    assert runs[first].summary == {"new": 3, "files": ["in/a.txt"]}
    assert runs[first].finished_at is not None
    assert runs[second].finished_at is None
    with pytest.raises(UsageError, match="there is no run"):
        store.finish_run("nobody", {})


def test_judgements_are_kept_in_order(store):
    given = [
        store.add_judgement("person-1", "person-2", "same", by="Lan", note="cùng người"),
        store.add_judgement("person-1", "person-2", "retracted", by="Lan", note="", score=0.5),
    ]
    assert store.judgements() == given
    with pytest.raises(ValueError, match="decision"):
        store.add_judgement("person-1", "person-2", "perhaps", by="Lan", note="")
    assert store.judgements() == given
