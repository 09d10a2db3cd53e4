# mypy: disable-error-code="import-untyped"
"""The report as .docx (python-docx) and as a PDF with a text layer (reportlab), the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import docx
import reportlab.rl_config
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from .markup import Columns, Grid, GridCell, Line, Source

#: Where a font with all Vietnamese letters may lie: Debian's fonts-dejavu-core, else the one of Prefect's pages.
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
_EPOCH = (2022, 1, 1, 0, 0, 0)


def find_font() -> Path:
    """A TrueType font that has the Vietnamese letters. Raises: FileNotFoundError."""
    for name in _FONTS:
        if Path(name).is_file():
            return Path(name)
    import prefect

    for path in sorted(Path(prefect.__file__).parent.rglob("Geist-VariableFont_wght.ttf")):
        return path
    raise FileNotFoundError("no TrueType font with Vietnamese letters: install fonts-dejavu-core")


def to_docx(source: Source) -> bytes:
    """A Word file: paragraphs, a borderless table for columns, merged header cells."""
    document: Any = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    properties = document.core_properties
    properties.author, properties.title = "baocao", source.name
    properties.created = properties.modified = datetime(*_EPOCH)
    for block in source.blocks:
        if isinstance(block, Line):
            if block.text.strip():
                _docx_line(document.add_paragraph(), block)
        elif isinstance(block, Columns):
            table = document.add_table(rows=1, cols=2)
            for cell, side in zip(table.rows[0].cells, (block.left, block.right), strict=True):
                _docx_lines(cell, _printed(side))
        else:
            _docx_grid(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


def _printed(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip()]


def _docx_line(paragraph: Any, line: Line) -> None:
    run = paragraph.add_run(line.text.strip())
    run.bold = True if line.style != "plain" else None
    if line.style == "centre":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _docx_lines(cell: Any, lines: Sequence[Line]) -> None:
    for i, line in enumerate(lines):
        _docx_line(cell.paragraphs[0] if i == 0 else cell.add_paragraph(), line)


def _docx_grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=grid.rows, cols=grid.cols)
    table.style = "Table Grid"
    cells = [row.cells for row in table.rows]  # once: python-docx counts the whole table again for every cell asked for
    for cell in grid.cells:
        target = cells[cell.row][cell.col]
        if cell.row_span > 1 or cell.col_span > 1:
            target = target.merge(cells[cell.row + cell.row_span - 1][cell.col + cell.col_span - 1])
        target.text = cell.line.text


def _without_clock(data: bytes) -> bytes:
    """The same zip with one fixed date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def to_pdf(source: Source, font: Path) -> bytes:
    """An A4 PDF with a text layer; a paragraph is never cut by a page end."""
    reportlab.rl_config.invariant = 1
    pdfmetrics.registerFont(TTFont("Corpus", str(font)))
    style = ParagraphStyle(
        "body", fontName="Corpus", fontSize=10.5, leading=14, alignment=TA_JUSTIFY, firstLineIndent=18
    )
    centre = ParagraphStyle("centre", parent=style, alignment=TA_CENTER, firstLineIndent=0)
    small = ParagraphStyle("cell", parent=centre, fontSize=8.5, leading=11)
    flow: list[Flowable] = []
    for block in source.blocks:
        if isinstance(block, Line):
            flow.append(_pdf_line(block, centre if block.style == "centre" else style))
        elif isinstance(block, Columns):
            sides = [[_pdf_line(line, centre) for line in _printed(side)] for side in (block.left, block.right)]
            flow.append(Table([sides], colWidths=[230, 260], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))
        else:
            flow.append(_pdf_grid(block, small))
            flow.append(Spacer(1, 8))
    buffer = io.BytesIO()
    page = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=56,
        rightMargin=48,
        topMargin=52,
        bottomMargin=52,
        title=source.name,
        author="baocao",
    )
    page.build(flow)
    return buffer.getvalue()


class _Whole(Paragraph):  # type: ignore[misc]
    """A paragraph that moves to the next page as a whole."""

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        return []


def _pdf_line(line: Line, style: ParagraphStyle) -> Flowable:
    text = line.text.strip()
    return _Whole(escape(text, quote=False), style) if text else Spacer(1, 6)


def _pdf_grid(grid: Grid, style: ParagraphStyle) -> Flowable:
    rows: list[list[Any]] = [[""] * grid.cols for _ in range(grid.rows)]
    rules: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for cell in grid.cells:
        rows[cell.row][cell.col] = Paragraph(escape(cell.line.text, quote=False), style)
        if cell.row_span > 1 or cell.col_span > 1:
            last = (cell.col + cell.col_span - 1, cell.row + cell.row_span - 1)
            rules.append(("SPAN", (cell.col, cell.row), last))
    widest = [
        max((len(c.line.text) for c in grid.cells if c.col == i and c.col_span == 1), default=4)
        for i in range(grid.cols)
    ]
    weights = [min(max(width, 5), 30) for width in widest]
    widths = [490 * weight / sum(weights) for weight in weights]
    words = [
        max(
            (stringWidth(w, style.fontName, style.fontSize) for c in grid.cells if c.col == i for w in _words(c)),
            default=0,
        )
        for i in range(grid.cols)
    ]
    if any(word > width - 12 for word, width in zip(words, widths, strict=True)):  # a word would be cut in two
        rules += [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT")]
        widths = [max(width, word + 5) for word, width in zip(words, widths, strict=True)]
        widths = _shrunk(widths, [word + 5 for word in words], 490)
    return Table(rows, colWidths=widths, style=rules)


def _words(cell: GridCell) -> list[str]:
    return cell.line.text.split() if cell.col_span == 1 else []


def _shrunk(widths: list[float], least: list[float], total: float) -> list[float]:
    """The widths with what they have above ``least`` cut in proportion until they make ``total``."""
    spare = sum(widths) - sum(least)
    keep = max(0.0, (total - sum(least)) / spare) if spare > 0 else 1.0
    return [low + (width - low) * min(keep, 1.0) for width, low in zip(widths, least, strict=True)]
