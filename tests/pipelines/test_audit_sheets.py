"""The list of findings for the auditor's file: page, Word document, workbook."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from lxml import etree

from pipelines.audit import audit_report, load_rules
from pipelines.audit_sheets import RENDERERS, make_sheet
from pipelines.audit_sheets.rows import ACROSS, RULES, shown_value
from pipelines.store import VerdictState
from schemas import Finding, Verdict
from tests.pipelines.audit.making import make_facts

HOSTILE = "=HYPERLINK(1)<script>alert(1)</script>\x07"


def finding(**changes: object) -> Finding:
    (found,) = audit_report(make_facts("Có 11 em đạt giải, trong đó có 3 giải nhì; đạt 06 giải ba.", file="in/a.txt"))
    return found.model_copy(update=changes)


def verdict(fingerprint: str, note: str = "đã gọi trường") -> Verdict:
    return Verdict(
        fingerprint=fingerprint, decision="confirm", by="Lê Thị Mai", note=note, at="2026-01-05T08:00:00+00:00"
    )


def sheet(*findings: Finding, orphan: bool = False):
    states = [VerdictState(verdict(found.fingerprint), orphan=False) for found in findings if found.verdict]
    states += [VerdictState(verdict("00" * 12, "bảng cũ"), orphan=True)] if orphan else []
    return make_sheet(findings, states, title="Danh sách phát hiện", made="05/01/2026")


def words(kind: str, content: bytes) -> str:
    """All text of a rendered list."""
    if kind == "html":
        return content.decode()
    if kind == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)
    with zipfile.ZipFile(BytesIO(content)) as book:
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    return "\n".join("".join(item.itertext()) for item in strings)


@pytest.mark.parametrize("kind", sorted(RENDERERS))
def test_a_finding_stands_with_its_passages_and_its_verdict(kind):
    text = words(kind, RENDERERS[kind](sheet(finding(verdict="confirm"), orphan=True)))
    for said in ("a.txt", "Lỗi", "Tổng và các phần", "3 + 6 = 9", "they fall short", "06 giải ba"):
        assert said in text
    for said in ("Xác nhận", "Lê Thị Mai", "đã gọi trường", "bảng cũ"):
        assert said in text


@pytest.mark.parametrize("kind", sorted(RENDERERS))
def test_an_empty_list_is_a_list(kind):
    assert RENDERERS[kind](sheet())


@pytest.mark.parametrize("kind", sorted(RENDERERS))
def test_hostile_text_stays_text(kind):
    found = finding(message=HOSTILE, stated=HOSTILE)
    content = RENDERERS[kind](sheet(found))
    text = words(kind, content)
    assert "=HYPERLINK(1)" in text
    assert "<script>alert" not in content.decode("latin-1") or kind != "html"
    if kind == "xlsx":
        with zipfile.ZipFile(BytesIO(content)) as book:
            assert all(b"<f>" not in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets"))


@pytest.mark.parametrize("kind", sorted(RENDERERS))
def test_each_finding_has_the_code_that_a_verdict_needs(kind):
    found = finding()
    assert found.fingerprint in words(kind, RENDERERS[kind](sheet(found)))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (24.0, "24"),
        (1250, "1.250"),
        (98.5, "98,5"),
        ("2016-05-05", "05/05/2016"),
        ("2020-2021", "2020-2021"),
        (None, ""),
    ],
)
def test_values_stand_as_people_write_them(value, shown):
    operand = finding().operands[0].model_copy(update={"value": value})
    assert shown_value(operand) == shown


def test_findings_stand_by_report_and_those_across_last():
    rows = sheet(finding(scope="corpus", fingerprint="ff" * 12), finding())
    assert [section.title for section in rows.sections] == ["a.txt", ACROSS]
    assert [row.number for row in rows.rows] == [1, 2]


def test_every_rule_has_a_name_to_read():
    assert {rule.name for rule in load_rules()} == set(RULES)


def test_a_passage_that_gives_several_values_stands_once():
    (found,) = audit_report(make_facts("Tỷ lệ trẻ thấp còi: 9/473 trẻ = 2,9%.", file="in/a.txt"))
    (passage,) = sheet(found).rows[0].passages
    assert passage.value == "2,9; 9; 473"
