"""The list as a workbook: one row a finding, one row a passage on a second sheet."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from pipelines.audit_sheets.rows import DECISIONS, Sheet
from pipelines.html_view.labels import show_date

_FINDINGS = (
    ("TT", 5), ("Báo cáo", 32), ("Mức độ", 10), ("Nội dung kiểm tra", 22), ("Loại", 14), ("Phát hiện", 70),
    ("In English", 60),
    ("Nêu", 14), ("Đối chiếu", 16), ("Ý kiến", 12), ("Người quyết định", 18), ("Ghi chú", 30), ("Ngày", 12),
    ("Mã", 26),
)  # fmt: skip
_PASSAGES = (("TT", 5), ("Chỗ", 40), ("Đoạn trích", 80), ("Giá trị", 20))
_ORPHANS = (("Mã", 26), ("Ý kiến", 12), ("Người quyết định", 18), ("Ghi chú", 40), ("Ngày", 12))
#: As much text as a cell can hold.
_LIMIT = 32_767


def render_xlsx(sheet: Sheet) -> bytes:
    """The workbook. Texts are written as texts, never as formulas or links."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        findings = [
            (row.number, section.title, row.severity_name, row.rule_name, row.kind, row.message, row.message_en,
             row.stated, row.expected, row.decision, row.by, row.note, row.at, row.fingerprint)
            for section in sheet.sections
            for row in section.rows
        ]  # fmt: skip
        passages = [(row.number, p.place, p.quote, p.value) for row in sheet.rows for p in row.passages]
        _add(book, "Phát hiện", _FINDINGS, findings)
        _add(book, "Đoạn trích", _PASSAGES, passages)
        if sheet.orphans:
            orphans = [
                (v.fingerprint, DECISIONS[v.decision], v.by, v.note, show_date(v.at[:10])) for v in sheet.orphans
            ]
            _add(book, "Ý kiến không còn phát hiện", _ORPHANS, orphans)
        book.set_properties({"title": sheet.title})
    return stream.getvalue()


def _add(
    book: xlsxwriter.Workbook, name: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | int]]
) -> None:
    page = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for col, (head, width) in enumerate(heads):
        page.set_column(col, col, width)
        page.write_string(0, col, head, bold)
    for number, row in enumerate(rows, 1):
        for col, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(number, col, value, wrapped)
            else:
                page.write_string(number, col, value[:_LIMIT], wrapped)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
