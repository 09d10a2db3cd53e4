"""What a list of findings says, before it is written in some format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipelines.html_view.labels import show_date, show_number
from pipelines.store import VerdictState
from schemas import Finding, Operand, Verdict

_ISO_DATE = re.compile(r"\d{4}-[01]\d(?:-[0-3]\d)?")
#: Findings that several reports share stand under this heading, after those of single reports.
ACROSS = "Giữa các báo cáo"
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "notice": "Lưu ý"}
DECISIONS = {"confirm": "Xác nhận", "dismiss": "Bác bỏ", "reopen": "Mở lại"}
CLASSES = {
    "contradiction": "mâu thuẫn",
    "rounding": "làm tròn",
    "variant": "cách viết",
    "gap": "thiếu, nhảy",
    "not_comparable": "không so sánh được",
}
RULES = {
    "change_mismatch": "Mức tăng giảm",
    "citation_date": "Ngày văn bản",
    "citation_issuer": "Cơ quan ban hành",
    "citation_number": "Số, ký hiệu văn bản",
    "citation_subject": "Trích yếu văn bản",
    "citation_type": "Loại văn bản",
    "copied_text": "Đoạn chép lại",
    "denominator_drift": "Quy mô tổng thể",
    "impossible_date": "Ngày, năm học không thể có",
    "incomplete_form": "Chỗ để trống",
    "list_count": "Số lượng liệt kê",
    "numbering": "Đánh số",
    "percent_of_counts": "Tỷ lệ so với số lượng",
    "percent_total": "Tổng các tỷ lệ",
    "post_conflict": "Chức vụ",
    "ratio_bounds": "Tỷ số vượt tổng",
    "school_status": "Tình trạng trường",
    "stale_year": "Năm cũ còn sót",
    "sum_of_parts": "Tổng và các phần",
    "value_conflict": "Hai giá trị của một chỉ tiêu",
}


@dataclass(frozen=True)
class Passage:
    """One passage of a finding: where it stands, its words on one line, the values read from it (or empty)."""

    place: str
    quote: str
    value: str


@dataclass(frozen=True)
class Row:
    """One finding. ``decision`` is empty where nobody decided; ``stated`` and ``expected`` where there is nothing."""

    number: int
    severity: str
    severity_name: str
    rule: str
    rule_name: str
    kind: str
    message: str
    message_en: str
    stated: str
    expected: str
    passages: tuple[Passage, ...]
    decision: str
    by: str
    note: str
    at: str
    fingerprint: str


@dataclass(frozen=True)
class Section:
    """The findings of one report, or those across reports."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole list: its title, when it was made, its sections, and decisions whose finding is gone."""

    title: str
    made: str
    sections: tuple[Section, ...]
    orphans: tuple[Verdict, ...]

    @property
    def rows(self) -> list[Row]:
        """All findings in their order."""
        return [row for section in self.sections for row in section.rows]

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(row.severity == severity for row in self.rows)


def make_sheet(findings: Sequence[Finding], verdicts: Sequence[VerdictState], *, title: str, made: str) -> Sheet:
    """The list of some findings, given the gravest first. ``made`` is the day it is made, for its head."""
    latest = {state.heir or state.verdict.fingerprint: state for state in verdicts}
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(ACROSS if finding.scope == "corpus" else file_name(finding.operands[0]), []).append(finding)
    sections, number = [], 0
    for name in sorted(groups, key=lambda name: (name == ACROSS, name)):
        rows = []
        for finding in groups[name]:
            number += 1
            rows.append(_row(number, finding, latest.get(finding.fingerprint)))
        sections.append(Section(name, tuple(rows)))
    orphans = tuple(state.verdict for state in latest.values() if state.orphan)
    return Sheet(title, made, tuple(sections), orphans)


def file_name(operand: Operand) -> str:
    """The name of a passage's file, without its folders."""
    return PurePosixPath(operand.file.replace("\\", "/")).name


def _row(number: int, finding: Finding, state: VerdictState | None) -> Row:
    verdict = state.verdict if state is not None and finding.verdict is not None else None
    return Row(
        number=number,
        severity=finding.severity,
        severity_name=SEVERITIES[finding.severity],
        rule=finding.rule,
        rule_name=RULES.get(finding.rule, finding.rule),
        kind=CLASSES[finding.finding_class],
        message=finding.message,
        message_en=finding.message_en,
        stated=finding.stated or "",
        expected=finding.expected or "",
        passages=tuple(_passage(operand, values) for operand, values in passages_of(finding)),
        decision=DECISIONS[finding.verdict] if finding.verdict else "",
        by=verdict.by if verdict else "",
        note=verdict.note if verdict else "",
        at=show_date(verdict.at[:10]) if verdict else "",
        fingerprint=finding.fingerprint,
    )


def passages_of(finding: Finding) -> list[tuple[Operand, str]]:
    """The passages of a finding, each once and in their order, with the values read from it: ``0,22; 1; 473``."""
    groups: dict[tuple[str, int, int], list[Operand]] = {}
    for operand in finding.operands:
        groups.setdefault((operand.report, operand.start, operand.end), []).append(operand)
    return [(group[0], "; ".join(filter(None, map(shown_value, group)))) for group in groups.values()]


def _passage(operand: Operand, values: str) -> Passage:
    page = f", trang {operand.page}" if operand.page is not None else f", ký tự {operand.start}"
    return Passage(f"{file_name(operand)}{page}", " ".join(operand.quote.split()), values)


def shown_value(operand: Operand) -> str:
    """The value read from a passage as people write it: ``24``, ``98,5``, ``05/5/2016``; empty where there is none."""
    value = operand.value
    if isinstance(value, float | int):
        return show_number(value)
    return show_date(value) if value and _ISO_DATE.fullmatch(value) else value or ""
