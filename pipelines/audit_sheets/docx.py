"""The list as a Word document."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pipelines.audit_sheets.rows import DECISIONS, SEVERITIES, Row, Sheet
from pipelines.html_view.labels import show_date

if TYPE_CHECKING:
    from docx.document import Document

_COLORS = {"error": (0xB9, 0x1C, 0x1C), "warning": (0x92, 0x40, 0x0E), "notice": (0x1D, 0x4E, 0xD8)}


def render_docx(sheet: Sheet) -> bytes:
    """The document: headings for reports, a paragraph for each finding, its passages as a list, a line for the "
    "verdict."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(12)
    document.core_properties.title = _text(sheet.title)
    document.core_properties.author = ""
    document.add_heading(_text(sheet.title), level=0)
    counts = ", ".join(f"{sheet.count(key)} {name.lower()}" for key, name in SEVERITIES.items())
    document.add_paragraph(f"Lập ngày {sheet.made}. {len(sheet.rows)} phát hiện: {counts}.")
    if not sheet.rows:
        document.add_paragraph("Không có phát hiện nào.")
    for section in sheet.sections:
        document.add_heading(_text(section.title), level=1)
        for row in section.rows:
            _add_row(document, row)
    if sheet.orphans:
        document.add_heading("Ý kiến mà phát hiện không còn", level=1)
        for verdict in sheet.orphans:
            said = f"{DECISIONS[verdict.decision]} – {verdict.by}, {show_date(verdict.at[:10])}: “{verdict.note}”"
            document.add_paragraph(_text(f"{said} ({verdict.fingerprint})"), style="List Bullet")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_row(document: Document, row: Row) -> None:
    from docx.shared import Pt, RGBColor

    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    run = head.add_run(f"{row.number}. {row.severity_name} – {row.rule_name}")
    run.bold = True
    run.font.color.rgb = RGBColor(*_COLORS[row.severity])
    head.add_run(f" ({row.kind})")
    # By it a verdict written on paper finds its way back.
    head.add_run(f"\n{row.fingerprint}").font.size = Pt(8)
    document.add_paragraph(_text(row.message)).paragraph_format.keep_with_next = True
    document.add_paragraph().add_run(_text(row.message_en)).italic = True
    values = [f"Nêu: {row.stated}"] if row.stated else []
    values += [f"đối chiếu: {row.expected}"] if row.expected else []
    if values:
        document.add_paragraph(_text("; ".join(values)))
    for passage in row.passages:
        line = document.add_paragraph(style="List Bullet")
        line.add_run(_text(f"“{passage.quote}”"))
        if passage.value:
            line.add_run(_text(f" = {passage.value}")).bold = True
        line.add_run(_text(f" – {passage.place}")).font.size = Pt(10)
    said = f"{row.decision} – {row.by}, {row.at}: “{row.note}”" if row.decision else "Ý kiến: " + "." * 80
    document.add_paragraph(_text(said))


def _text(text: str) -> str:
    """The text without control characters, which no Word document can hold."""
    return "".join(char if char >= " " or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text)
