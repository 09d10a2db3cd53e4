"""One indicator with two values, inside a report and across reports."""

from __future__ import annotations

import pytest

from pipelines.audit import audit_corpus, audit_report
from pipelines.facts import ReportFacts
from pipelines.reconcile import reconcile
from schemas import Statistic
from tests.pipelines.audit.making import make_facts, make_layer

DISTRICT = {"issuer": "Phòng GD&ĐT huyện Sông Mây", "place": "Sông Mây"}
BASE = {
    "indicator": "trường tiểu học đạt chuẩn quốc gia",
    "unit": "trường",
    "level": "TH",
    "place": "huyện Sông Mây",
    "period": "2019",
}


def report(*rows: tuple[str, dict[str, object]], file: str = "a.txt", own: dict[str, str] | None = None) -> ReportFacts:
    """A report of one paragraph a row, with the statistic that stands in it."""
    layer = make_layer("\n".join(sentence for sentence, _ in rows), file)
    records = []
    for sentence, fields in rows:
        start = layer.text.index(sentence)
        passage = layer.evidence(start, start + len(sentence))
        records.append(Statistic.model_validate({"report": layer.id, **BASE, **fields, "evidence": (passage,)}))
    return make_facts(layer.text, *records, layer=layer, file=file, **(own or DISTRICT))


def said(value: float, words: str = "Số trường tiểu học đạt chuẩn", **fields: object) -> tuple[str, dict[str, object]]:
    return f"{words} là {str(value).replace('.', ',')}", {"value": value, **fields}


FIRES = [
    (said(20), said(21, "Toàn huyện có số trường đạt chuẩn")),
    (said(95.5, unit="%"), said(96.5, "Tỷ lệ trường chuẩn", unit="%")),
    (said(1250), said(1205, "Tổng hợp lại")),
    (said(20, indicator_id="truong_chuan"), said(19, "Cuối năm", indicator_id="truong_chuan")),
    (said(27.68, unit="%"), said(27.86, "Phụ lục ghi", unit="%")),
    (said(15, of=20), said(16, "Theo thống kê", of=20)),
    (said(20, place=None), said(22, "Đến nay", place=None)),
    (said(20, level=None), said(23, "Hiện nay", level=None)),
    (said(9579, unit="học sinh", indicator="học sinh cuối năm"), said(9597, "Có", unit="em", indicator="em học Tin")),
    (said(8560, unit="m2", indicator="khuôn viên"), said(8650, "Rộng", unit="m2", indicator="diện tích")),
]
SILENT = [
    (said(20), said(20, "Cũng có")),
    (said(20), said(21, "Năm sau", period="2020")),
    (said(20), said(12, "Cấp THCS", level="THCS")),
    (said(20), said(25, "Phấn đấu", aspect="target")),
    (said(20), said(-3, "Giảm", aspect="change")),
    (said(27.68, unit="%"), said(27.7, "Làm tròn", unit="%")),
    (said(20), said(95, "Tỷ lệ", unit="%")),
    (said(20), said(4, "Xã Núi Hồng", place="xã Núi Hồng")),
    (said(20, indicator="trường"), said(5, "Còn", indicator="trường")),
    (said(15, of=20), said(15, "Chia theo", of=22)),
    (said(957, unit="em", indicator="học sinh nam"), said(975, "Nữ", unit="em", indicator="học sinh nữ")),
    (said(9579, unit="em", indicator="học sinh"), said(9759, "Số sách", unit="cuốn", indicator="sách")),
    (said(9579, unit="em", indicator="học sinh"), said(7959, "Khác", unit="em", indicator="học sinh nội trú")),
    (said(1200000, unit="đồng", indicator="học phí"), said(2100000, "Quỹ", unit="đồng", indicator="quỹ lớp")),
]


@pytest.mark.parametrize(("first", "second"), FIRES)
def test_fires(first, second):
    found = [f for f in audit_report(report(first, second)) if f.rule == "value_conflict"]
    assert [[operand.quote for operand in f.operands] for f in found] == [[first[0], second[0]]]
    pair = report(first, file="a.txt"), report(second, file="b.txt")
    found = [f for f in audit_corpus(pair, reconcile(pair)) if f.rule == "value_conflict"]
    assert [[operand.file for operand in f.operands] for f in found] == [["a.txt", "b.txt"]]


@pytest.mark.parametrize(("first", "second"), SILENT)
def test_silent(first, second):
    assert "value_conflict" not in {f.rule for f in audit_report(report(first, second))}
    pair = report(first, file="a.txt"), report(second, file="b.txt")
    assert "value_conflict" not in {f.rule for f in audit_corpus(pair, reconcile(pair))}


def test_other_districts_have_other_values():
    first = report(said(20, place=None), file="a.txt")
    own = {"issuer": "Phòng GD&ĐT huyện Núi Hồng", "place": "Núi Hồng"}
    second = report(said(25, place=None), file="b.txt", own=own)
    pair = (first, second)
    assert "value_conflict" not in {f.rule for f in audit_corpus(pair, reconcile(pair))}
