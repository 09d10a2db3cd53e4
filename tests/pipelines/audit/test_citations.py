"""Citations of one document: two dates, two spellings, malformed numbers."""

from __future__ import annotations

import pytest

from pipelines.audit import audit_corpus, audit_report
from pipelines.audit.rules.citation_number import proper_number
from pipelines.facts import ReportFacts
from pipelines.reconcile import reconcile
from schemas import Finding
from tests.pipelines.audit.making import cite, make_facts, make_layer

DISTRICT = {"issuer": "Phòng GD&ĐT huyện Sông Mây", "place": "Sông Mây"}
NEIGHBOUR = {"issuer": "Phòng GD&ĐT huyện Núi Hồng", "place": "Núi Hồng"}


def report(
    *cited: tuple[str, dict[str, object]], file: str = "a.txt", own: dict[str, str] | None = None
) -> ReportFacts:
    """A report that says each quote and cites it with the fields given."""
    text = "\n".join(f"Thực hiện {quote} về thi đua." for quote, _ in cited)
    layer = make_layer(text, file)
    records = [cite(layer, quote, **fields) for quote, fields in cited]
    return make_facts(text, *records, layer=layer, file=file, **(own or DISTRICT))


def inside(rule: str, *cited: tuple[str, dict[str, object]]) -> list[Finding]:
    return [finding for finding in audit_report(report(*cited)) if finding.rule == rule]


def across(rule: str, *reports: ReportFacts) -> list[Finding]:
    found = audit_corpus(reports, reconcile(reports))
    return [finding for finding in found if finding.rule == rule]


def dated(number: str, date: str, *, kind: str = "Chỉ thị", issuer: str | None = None) -> tuple[str, dict[str, object]]:
    year, month, day = date.split("-")
    quote = f"{kind} số {number} ngày {day}/{month}/{year}" + (f" của {issuer}" if issuer else "")
    return quote, {"doc_type": kind, "number": number, "date": date, "issuer": issuer}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (dated("05-CT/TW", "2016-05-05"), dated("05-CT/TW", "2016-05-15")),
        (dated("29-NQ/TW", "2013-11-04", kind="Nghị quyết"), dated("29-NQ/TW", "2013-11-14", kind="Nghị quyết")),
        (
            dated("20/2014/NĐ-CP", "2014-03-24", kind="Nghị định"),
            dated("20/2014/NĐ-CP", "2014-04-23", kind="Nghị định"),
        ),
        (dated("01/ĐA-UBND", "2016-07-24", kind="Đề án"), dated("01/ĐA-UBND", "2016-07-26", kind="Đề án")),
        (
            dated("32/2018/TT-BGDĐT", "2018-12-26", kind="Thông tư"),
            dated("32/2018/TT-BGDĐT", "2018-12-06", kind="Thông tư"),
        ),
        (dated("622/QĐ-TTg", "2017-05-10", kind="Quyết định"), dated("622/QĐ-TTg", "2017-10-05", kind="Quyết định")),
        (
            dated("12/KH-UBND", "2020-03-05", kind="Kế hoạch", issuer="UBND huyện Sông Mây"),
            dated("12/KH-UBND", "2020-03-15", kind="Kế hoạch", issuer="UBND huyện Sông Mây"),
        ),
        (dated("05-CT/TW", "2016-05-15"), dated("05/CT-TW", "2016-05-16")),
    ],
)
def test_two_dates_fire_inside_and_across(first, second):
    found = inside("citation_date", first, second)
    assert [finding.scope for finding in found] == ["report"]
    assert {operand.quote for operand in found[0].operands} == {first[0], second[0]}
    assert {operand.value for operand in found[0].operands} == {first[1]["date"], second[1]["date"]}

    pair = report(first, file="a.txt"), report(second, file="b.txt")
    found = across("citation_date", *pair)
    assert [finding.scope for finding in found] == ["corpus"]
    assert {operand.file for operand in found[0].operands} == {"a.txt", "b.txt"}
    assert found[0].expected is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Numbering begins anew each January.
        (dated("01/ĐA-UBND", "2016-07-24", kind="Đề án"), dated("01/ĐA-UBND", "2018-08-08", kind="Đề án")),
        (dated("05-CT/TW", "2016-05-15"), dated("05-CT/TW", "2016-05-15")),
        (dated("05-CT/TW", "2016-05-15"), dated("50-CT/TW", "2016-05-25")),
        (dated("05-CT/TW", "2016-05-15"), dated("05-NQ/TW", "2016-11-01", kind="Nghị quyết")),
        # Province and district number their plans on their own.
        (
            dated("12/KH-UBND", "2020-03-05", kind="Kế hoạch", issuer="UBND tỉnh Hà Sơn"),
            dated("12/KH-UBND", "2020-04-08", kind="Kế hoạch", issuer="UBND huyện Sông Mây"),
        ),
        (dated("08/NQ-CP", "2018-01-24", kind="Nghị quyết"), dated("08-NQ/TU", "2018-02-25", kind="Nghị quyết")),
        (("Chỉ thị số 05-CT/TW", {"number": "05-CT/TW"}), dated("05-CT/TW", "2016-05-15")),
        (
            ("Chỉ thị số 05-CT/TW tháng 5/2016", {"number": "05-CT/TW", "date": "2016-05"}),
            dated("05-CT/TW", "2016-05-15"),
        ),
    ],
)
def test_other_documents_and_short_dates_are_silent(first, second):
    assert not inside("citation_date", first, second)
    assert not across("citation_date", report(first, file="a.txt"), report(second, file="b.txt"))


def test_districts_number_their_documents_on_their_own():
    first = report(dated("12/KH-UBND", "2020-03-05", kind="Kế hoạch", issuer="UBND huyện"), file="a.txt")
    second = report(
        dated("12/KH-UBND", "2020-04-08", kind="Kế hoạch", issuer="UBND huyện"), file="b.txt", own=NEIGHBOUR
    )
    assert not across("citation_date", first, second)


def test_the_date_of_most_reports_is_expected():
    reports = [report(dated("05-CT/TW", "2016-05-15"), file=f"{name}.txt") for name in "ab"]
    found = across("citation_date", *reports, report(dated("05-CT/TW", "2016-05-05"), file="c.txt"))
    assert [(finding.stated, finding.expected) for finding in found] == [("05/5/2016", "15/5/2016")]


@pytest.mark.parametrize(
    ("number", "proper"),
    [
        ("29/NQ-TW", "29-NQ/TW"),
        ("01-ĐA/UBND", "01/ĐA-UBND"),
        ("45/KH-HU", "45-KH/HU"),
        ("12-KH/PGDĐT", "12/KH-PGDĐT"),
        ("08-NQ/CP", "08/NQ-CP"),
        ("77/KL-TU", "77-KL/TU"),
        ("15/HD/SGDĐT", "15/HD-SGDĐT"),
        ("622-QĐ-TTg", "622/QĐ-TTg"),
        ("29-NQ/TW", None),
        ("73/KH-UBND", None),
        ("55/2012/NĐ-CP", None),
        ("17/2018/TT-BGDĐT", None),
        ("91/SGDĐT-KTKĐ", None),
        ("1057-CV/TU", None),
        ("43/2019/QH14", None),
        ("56/HD-HĐTĐKT", None),
        ("30/KH-PGD&ĐT", None),
        ("05", None),
    ],
)
def test_proper_number(number, proper):
    assert proper_number(number) == proper


@pytest.mark.parametrize(("number", "proper"), [("29/NQ-TW", "29-NQ/TW"), ("01-ĐA/UBND", "01/ĐA-UBND")])
def test_a_malformed_number_is_named_once(number, proper):
    kind = "Nghị quyết" if "NQ" in number else "Đề án"
    quote = f"{kind} số {number}"
    found = inside("citation_number", (quote, {"doc_type": kind, "number": number}))
    assert [(finding.stated, finding.expected) for finding in found] == [(number, proper)]
    assert [operand.quote for operand in found[0].operands] == [quote]


def test_two_spellings_across_reports():
    first = report(("Nghị quyết số 29/NQ-TW", {"doc_type": "Nghị quyết", "number": "29/NQ-TW"}), file="a.txt")
    second = report(("Nghị quyết số 29-NQ/TW", {"doc_type": "Nghị quyết", "number": "29-NQ/TW"}), file="b.txt")
    found = across("citation_number", first, second)
    assert [(finding.stated, finding.expected) for finding in found] == [("29/NQ-TW", "29-NQ/TW")]
    assert {operand.file for operand in found[0].operands} == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("05-CT/TW", "5-CT/TW"),
        ("70/KH-UBND", "70/Kh-UBND"),
        ("30/KH-PGD&ĐT", "30/KH-PGDĐT"),
        ("13/2020/TT-BGDĐT", "13/TT-BGDĐT"),
    ],
)
def test_case_zeros_and_signs_make_no_other_spelling(first, second):
    kind = {"CT": "Chỉ thị", "KH": "Kế hoạch", "TT": "Thông tư"}[
        next(part for part in ("CT", "KH", "TT") if part in first.upper())
    ]
    a = report((f"{kind} {first}", {"doc_type": kind, "number": first}), file="a.txt")
    b = report((f"{kind} {second}", {"doc_type": kind, "number": second}), file="b.txt")
    assert not across("citation_number", a, b)


def test_a_document_dated_after_the_report():
    layer = make_layer("Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016 về thi đua.")
    citation = cite(layer, "Chỉ thị số 05-CT/TW ngày 15/5/2016", number="05-CT/TW", date="2016-05-15")
    late = make_facts(layer.text, citation, layer=layer, date="2016-05-10", kind="bao_cao")
    assert [f.rule for f in audit_report(late)] == ["impossible_date"]
    news = make_facts(layer.text, citation, layer=layer, date="2016-05-10", kind="tin_hoi_nghi")
    later = make_facts(layer.text, citation, layer=layer, date="2016-06", kind="bao_cao")
    assert not audit_report(news)
    assert not audit_report(later)
