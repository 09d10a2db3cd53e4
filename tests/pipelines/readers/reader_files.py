"""Small documents made at test time: docx and PDF with Vietnamese letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = nsdecls("w")
#: A letterhead as every office prints it, an invented district.
LEFT = ("UBND HUYỆN AN PHONG", "PHÒNG GIÁO DỤC", "Số: 12/BC-PGDĐT")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Phong, ngày 3 tháng 6 năm 2021")
LONG = (
    "Trong năm học vừa qua, toàn ngành đã thực hiện tốt nhiệm vụ được giao với 24/24 đơn vị duy trì sĩ số học sinh, "
    "tỷ lệ chuyên cần đạt 98,5% và chất lượng đại trà được nâng lên rõ rệt so với cùng kỳ năm học 2018-2019."
)


def vietnamese_font() -> Path:
    """A TrueType font with all Vietnamese letters that comes with a dependency, so that every machine has it."""
    import prefect

    found = sorted(Path(prefect.__file__).parent.rglob("Geist-VariableFont_wght.ttf"))
    assert found, "Prefect's pages came with this font; find another one with Vietnamese letters"
    return found[0]


def styles() -> dict[str, Any]:
    """Paragraph styles of reportlab by name: ``body`` (indented, justified), ``flat``, ``center``."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Vietnamese", str(vietnamese_font())))
    body = ParagraphStyle(
        "body", fontName="Vietnamese", fontSize=12, leading=16, firstLineIndent=24, alignment=4, spaceAfter=6
    )
    flat = ParagraphStyle("flat", parent=body, firstLineIndent=0)
    center = ParagraphStyle("center", parent=flat, alignment=1, spaceAfter=0, fontSize=11, leading=14)
    left = ParagraphStyle("left", parent=center, alignment=0)
    return {"body": body, "flat": flat, "center": center, "left": left}


def write_pdf(path: Path, story: Sequence[Any], *, furniture: bool = False, **options: Any) -> Path:
    """A PDF of A4 pages; with running heads and page numbers where asked for."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    styles()

    def draw(canvas: Any, document: Any) -> None:
        if furniture:
            canvas.setFont("Vietnamese", 9)
            canvas.drawCentredString(300, 20, str(document.page))
            canvas.drawString(60, 820, f"Báo cáo năm học, trang {document.page}")

    SimpleDocTemplate(str(path), pagesize=A4, **options).build(list(story), onFirstPage=draw, onLaterPages=draw)
    return path


def side_by_side(left: Sequence[str], right: Sequence[str], *, centered_left: bool = True) -> Any:
    """A table without rulings that sets two blocks beside each other."""
    from reportlab.platypus import Paragraph, Table

    look = styles()
    columns = [
        [Paragraph(line, look["center" if centered_left else "left"]) for line in left],
        [Paragraph(line, look["center"]) for line in right],
    ]
    return Table([columns], colWidths=[200, 290], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def ruled_table(rows: Sequence[Sequence[Any]], spans: Sequence[tuple[Any, ...]] = (), **options: Any) -> Any:
    """A table with all its lines drawn."""
    from reportlab.lib import colors
    from reportlab.platypus import Table

    styles()
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "Vietnamese", 11)]
    return Table([list(row) for row in rows], style=[*grid, *spans], **options)


def paragraph_xml(inner: str) -> Any:
    """A ``w:p`` element with the given inside."""
    return parse_xml(f"<w:p {W}>{inner}</w:p>")


def needs_tesseract() -> Any:
    """A mark for tests that need Tesseract: skipped where it is not installed, unless nothing may be skipped."""
    import os
    import shutil

    import pytest

    missing = shutil.which("tesseract") is None
    assert not (missing and os.environ.get("BAOCAO_TEST_STRICT")), "install tesseract-ocr and tesseract-ocr-vie"
    return pytest.mark.skipif(missing, reason="Tesseract is not installed")
