"""The auditor's pages: the findings, and one of them with its passages side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from explorer.layout import options, page, table
from pipelines.audit_sheets.rows import DECISIONS, RULES, SEVERITIES, Passage, Row, Sheet, passages_of
from pipelines.html_view.labels import show_date
from pipelines.html_view.passages import clean
from schemas import Finding, Operand, Verdict

#: As many findings are listed at once, and as many characters of text stand around a passage.
_LISTED, _AROUND = 500, 280
_FORMS = {"confirm": "Xác nhận là lỗi", "dismiss": "Bác bỏ, không phải lỗi", "reopen": "Mở lại"}


@dataclass(frozen=True)
class Choice:
    """Which findings are asked for; an empty field asks for all."""

    severity: str = ""
    rule: str = ""
    report: str = ""
    judged: bool = False

    def takes(self, finding: Finding) -> bool:
        """Whether a finding is among them."""
        return (
            (not self.severity or finding.severity == self.severity)
            and (not self.rule or finding.rule == self.rule)
            and (not self.report or any(operand.report == self.report for operand in finding.operands))
        )

    def query(self) -> str:
        """The choice as the end of an address, with its question mark; empty where all is asked for."""
        fields = {"severity": self.severity, "rule": self.rule, "report": self.report, "all": "1" * self.judged}
        given = urlencode({name: value for name, value in fields.items() if value})
        return f"?{given}" if given else ""


def list_page(sheet: Sheet, choice: Choice, reports: Mapping[str, str]) -> str:
    """The findings chosen, report by report; ``reports`` are the names of files by report."""
    form = (
        '<form method="get" action="/findings">'
        f'<label>Mức độ<select name="severity">{options([("", "Tất cả"), *SEVERITIES.items()], choice.severity)}'
        f'</select></label><label>Nội dung<select name="rule">'
        f"{options([('', 'Tất cả'), *sorted(RULES.items(), key=lambda rule: rule[1])], choice.rule)}</select></label>"
        f'<label>Báo cáo<select name="report">{options([("", "Tất cả"), *reports.items()], choice.report)}</select>'
        f'</label><label>Ý kiến<select name="all">'
        f"{options([('', 'Chưa có'), ('1', 'Có và chưa')], '1' * choice.judged)}</select></label>"
        "<button>Lọc</button></form>"
    )
    counts = ", ".join(f"{sheet.count(key)} {name.lower()}" for key, name in SEVERITIES.items())
    shown, body = 0, ""
    for section in sheet.sections:
        rows = section.rows[: _LISTED - shown]
        shown += len(rows)
        if rows:
            heads = ("Mức độ", "Nội dung", "Phát hiện", *(["Ý kiến"] if choice.judged else []))
            listed = table(heads, (_list_row(row, choice) for row in rows))
            body += f'<section class="listed"><h2>{clean(section.title)}</h2>{listed}</section>'
    if shown < len(sheet.rows):
        body += f"<p>Còn {len(sheet.rows) - shown} phát hiện nữa; hãy lọc bớt.</p>"
    if not sheet.rows:
        body = "<p>Không có phát hiện nào như vậy.</p>"
    return page(
        "Phát hiện",
        f"<h1>Phát hiện</h1><p>{len(sheet.rows)} phát hiện: {counts}.</p>{form}{body}{_orphans(sheet.orphans)}",
        here="/findings",
    )


def _list_row(row: Row, choice: Choice) -> str:
    link = f"/finding/{clean(row.fingerprint)}{clean(choice.query())}"
    decision = f"<td>{row.decision}</td>" if choice.judged else ""
    return (
        f'<tr><td><span class="badge {row.severity}">{row.severity_name}</span></td><td>{clean(row.rule_name)}</td>'
        f'<td><a href="{link}">{clean(row.message)}</a></td>{decision}</tr>'
    )


def _orphans(orphans: Sequence[Verdict]) -> str:
    if not orphans:
        return ""
    rows = "".join(f"<li>{_said(verdict)}</li>" for verdict in orphans)
    return f"<h2>Ý kiến mà phát hiện không còn</h2><ul>{rows}</ul>"


def _said(verdict: Verdict) -> str:
    return (
        f"<strong>{DECISIONS[verdict.decision]}</strong> – {clean(verdict.by)}, {clean(show_date(verdict.at[:10]))}: "
        f"“{clean(verdict.note)}”"
    )


@dataclass(frozen=True)
class Neighbours:
    """Where to go from a finding: the fingerprints before and after it among those chosen, None at the ends."""

    before: str | None
    after: str | None


def finding_page(
    finding: Finding,
    row: Row,
    *,
    texts: Mapping[str, str],
    verdicts: Sequence[Verdict],
    neighbours: Neighbours,
    choice: Choice,
    by: str | None,
) -> str:
    """A finding with its passages side by side, what was decided, and the form for a verdict.

    ``texts`` are the texts of its reports, ``by`` is who decided last at this browser; None where nobody may decide.
    """
    head = (
        f'<p class="steps"><a href="/findings{clean(choice.query())}">← Danh sách</a>{_steps(neighbours, choice)}</p>'
        f'<h1><span class="badge {row.severity}">{row.severity_name}</span> {clean(row.rule_name)}</h1>'
        f'<p class="told">{clean(finding.message)}</p><p class="quiet" lang="en">{clean(finding.message_en)}</p>'
    )
    values = [f"Nêu: <b>{clean(row.stated)}</b>"] if row.stated else []
    values += [f"đối chiếu: <b>{clean(row.expected)}</b>"] if row.expected else []
    sides = "".join(
        _side(operand, passage, texts.get(operand.report, ""))
        for (operand, _), passage in zip(passages_of(finding), row.passages, strict=True)
    )
    made = "".join(f"<li>{_said(verdict)}</li>" for verdict in verdicts)
    told = f"<p>{'; '.join(values)}</p>" if values else ""
    return page(
        f"{row.rule_name}: {row.passages[0].place}" if row.passages else row.rule_name,
        f"{head}{told}"
        f'<h2>Các đoạn</h2><div class="sides">{sides}</div>'
        f"<h2>Ý kiến</h2>{f'<ul>{made}</ul>' if made else '<p>Chưa có ý kiến.</p>'}{_form(finding, choice, by)}"
        f'<p class="quiet">Mã: <code>{clean(finding.fingerprint)}</code></p>',
        here="/findings",
    )


def _steps(neighbours: Neighbours, choice: Choice) -> str:
    named = ((neighbours.before, "‹ Trước"), (neighbours.after, "Tiếp theo ›"))
    return "".join(
        f'<a href="/finding/{clean(fingerprint)}{clean(choice.query())}">{name}</a>'
        for fingerprint, name in named
        if fingerprint
    )


def _side(operand: Operand, passage: Passage, text: str) -> str:
    value = f" = <b>{clean(passage.value)}</b>" if passage.value else ""
    return (
        f'<article><h3><a href="/report/{clean(operand.report)}">{clean(passage.place)}</a>{value}</h3>'
        f'<p class="passage">{_in_context(operand, text)}</p></article>'
    )


def _in_context(operand: Operand, text: str) -> str:
    """The passage marked, with some of the text around it, cut between words."""
    mark = f"<mark>{clean(operand.quote)}</mark>"
    if text[operand.start : operand.end] != operand.quote:
        return mark
    start, end = max(0, operand.start - _AROUND), min(len(text), operand.end + _AROUND)
    before, after = text[start : operand.start], text[operand.end : end]
    if start:
        before = f"… {before.partition(' ')[2]}"
    if end < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return f"{clean(before.lstrip())}{mark}{clean(after.rstrip())}"


def _form(finding: Finding, choice: Choice, by: str | None) -> str:
    if by is None:
        return (
            '<p class="quiet">Từ địa chỉ này chỉ xem được; ý kiến ghi trên máy đang chạy, ở đó cũng có lệnh '
            "<code>baocao verdict</code>.</p>"
        )
    decisions = ("reopen",) if finding.verdict else ("confirm", "dismiss")
    buttons = "".join(f'<button name="decision" value="{name}">{_FORMS[name]}</button>' for name in decisions)
    return (
        f'<form method="post" action="/finding/{clean(finding.fingerprint)}{clean(choice.query())}">'
        f'<label>Người quyết định<input name="by" required maxlength="200" autocomplete="name" value="{clean(by)}">'
        '</label><label class="wide">Vì sao<input name="note" required maxlength="2000" autocomplete="off"></label>'
        f"{buttons}</form>"
    )
