"""Fingerprints, intervals and what every finding must hold."""

from __future__ import annotations

import pytest

from pipelines.audit import audit_report
from pipelines.audit.findings import fingerprint, merge_findings
from pipelines.audit.intervals import Interval, interval, show
from schemas import Evidence
from schemas.relation import Quantity
from tests.pipelines.audit.making import make_facts, make_layer

SUM = "Có 11 em đạt giải, trong đó có 3 giải nhì; đạt 06 giải ba."
OTHER = "Xếp loại học lực: Giỏi 21,4%; Khá 40,2%; Trung bình 35,0%; Yếu 4,1%."


def prints(text: str, file: str = "a.txt") -> dict[str, str]:
    return {finding.rule: finding.fingerprint for finding in audit_report(make_facts(text, file=file))}


def test_a_moved_paragraph_and_another_file_keep_the_fingerprint():
    first = prints(f"{SUM}\n{OTHER}")
    assert set(first) == {"sum_of_parts", "percent_total"}
    assert prints(f"Mở đầu.\n\n{OTHER}\nĐoạn chen giữa.\n{SUM}", file="b.txt") == first


def test_spaces_case_of_tones_and_line_wraps_keep_the_fingerprint():
    assert prints(SUM.replace(", ", ",   ")) == prints(SUM)
    assert prints("Khối có 9 uỷ viên (4 nam, 6 nữ).") == prints("Khối có 9 ủy viên (4 nam, 6 nữ).")


def test_another_value_changes_the_fingerprint():
    assert prints(SUM)["sum_of_parts"] != prints(SUM.replace("06", "07"))["sum_of_parts"]


def test_the_same_words_of_another_year_are_another_finding():
    first = audit_report(make_facts(SUM, period="2019"))[0]
    second = audit_report(make_facts(SUM, period="2020"))[0]
    assert first.fingerprint != second.fingerprint


def test_a_sentence_said_twice_is_one_finding_with_all_its_passages():
    found = audit_report(make_facts(f"{SUM}\nNhắc lại:\n{SUM}"))
    assert len(found) == 1
    assert len(found[0].operands) == 6
    assert merge_findings([found[0], found[0]]) == found


def test_fingerprints_tell_rules_apart():
    assert fingerprint("sum_of_parts", "a") != fingerprint("list_count", "a")
    assert fingerprint("sum_of_parts", "Huyện uỷ  (7)") == fingerprint("sum_of_parts", "huyện ủy 7")


def quantity(printed: str, value: float, unit: str | None = None) -> Quantity:
    passage = Evidence(start=0, end=len(printed), quote=printed)
    return Quantity(value=value, printed=printed, unit=unit, evidence=passage)


@pytest.mark.parametrize(
    ("printed", "value", "unit", "low", "high"),
    [
        ("27,68%", 27.68, "%", 27.675, 27.685),
        ("28%", 28, "%", 27.5, 28.5),
        ("26", 26, "giáo viên", 26, 26),
        ("1.250", 1250, "em", 1250, 1250),
        ("3.5", 3.5, None, 3.45, 3.55),
        ("5,2 tỷ", 5_200_000_000, None, 5_150_000_000, 5_250_000_000),
        ("một", 1, "giải", 1, 1),
    ],
)
def test_interval(printed, value, unit, low, high):
    made = interval(quantity(printed, value, unit))
    assert (made.low, made.high) == pytest.approx((low, high))


def test_three_shares_at_two_decimals_miss_100_by_at_most_0_015():
    assert Interval(99.985, 100.015).holds(100)
    within = make_facts("Kết quả 100% đỗ tốt nghiệp, trong đó loại Giỏi 27,68%; loại Khá 43,97%; loại TB 28,36%.")
    beyond = make_facts("Kết quả 100% đỗ tốt nghiệp, trong đó loại Giỏi 27,68%; loại Khá 43,97%; loại TB 28,37%.")
    assert not audit_report(within)
    assert [finding.rule for finding in audit_report(beyond)] == ["percent_total"]


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(1250, None, "1.250"), (100.18, 2, "100,18"), (7.0, None, "7"), (0.015, None, "0,015")],
)
def test_show(value, places, text):
    assert show(value, places) == text


def test_operands_are_true_slices_in_order():
    layer = make_layer(f"Phần đầu\n{SUM}")
    finding = audit_report(make_facts(layer.text, layer=layer))[0]
    assert [operand.value for operand in finding.operands] == [11.0, 3.0, 6.0]
    for operand in finding.operands:
        assert layer.text[operand.start : operand.end] == operand.quote
