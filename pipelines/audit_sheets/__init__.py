"""Findings as a list for the auditor's file: a page to print, a Word document or a workbook.

All three say the same in the same order: report by report, the gravest first, each finding with its passages and what
an auditor decided about it, then the decisions whose finding is gone.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.audit_sheets.docx import render_docx
from pipelines.audit_sheets.html import render_html
from pipelines.audit_sheets.rows import Sheet, make_sheet
from pipelines.audit_sheets.xlsx import render_xlsx

__all__ = ["RENDERERS", "Sheet", "make_sheet"]

#: What makes the bytes of each format.
RENDERERS: dict[str, Callable[[Sheet], bytes]] = {"html": render_html, "docx": render_docx, "xlsx": render_xlsx}
