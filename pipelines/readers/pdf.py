"""PDFs with text: running heads dropped, lines joined to paragraphs, columns and ruled tables kept apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.readers.builder import LayerBuilder, clean
from pipelines.readers.encoding import OLD_FONTS, is_plausible_vietnamese
from pipelines.readers.grid import GridCell, mark_headers, shape
from pipelines.readers.limits import MAX_PAGES, MAX_PDF_CHARACTERS, UnreadableError
from pipelines.readers.pdf_flow import (
    Line,
    continues,
    find_columns,
    find_lines,
    find_paragraphs,
    find_words,
    join_lines,
    right_edge,
)
from pipelines.readers.pdf_page import Char, Sheet, read_sheet
from pipelines.readers.pdf_tables import RuledTable, TableFinder, is_continued
from schemas import Box, TextLayer

#: Share of the page's height at its top and foot in which running heads and page numbers stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(r"[\W_]*(\d{1,4})[\W_]*")
_SCAN = "is a scan without text; run text recognition (OCR) on it first"


@dataclass
class _Paragraph:
    """Lines with the number of the page on which each part stands."""

    parts: list[tuple[int, list[Line]]]
    edge: float
    narrow: bool


@dataclass
class _TableItem:
    """A table, over several pages where it is continued: page number and index of its first cell there."""

    last: RuledTable
    cells: list[GridCell]
    starts: list[tuple[int, int]] = field(default_factory=list)


def read_pdf(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a PDF that has text: pages, paragraphs with their boxes, ruled tables.

    Raises: UnreadableError.
    """
    document = _open(data)
    finder = TableFinder(data)
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError(f"has {len(document)} pages, more than {MAX_PAGES}; split it into reports")
        sheets = _read_sheets(document)
        _check_text(sheets)
        tables = [
            finder.find(sheet.number - 1, sheet.chars) if sheet.has_rulings and sheet.chars else [] for sheet in sheets
        ]
    finally:
        finder.close()
        document.close()
    lines = [_lines_outside(sheet, found) for sheet, found in zip(sheets, tables, strict=True)]
    items: list[_Paragraph | _TableItem] = []
    lines = _without_furniture(sheets, lines)
    edges = _edges(sheets, lines)
    for sheet, found, own in zip(sheets, tables, lines, strict=True):
        _add_page(items, sheet.number, own, found, edges[round(sheet.width)])
    return _build(items, sheets).build(sha256=sha256, file=file, media_type="application/pdf")


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableError("is protected with a password; save a copy without the password") from error
        raise UnreadableError("is damaged or cut short and cannot be opened as a PDF; fetch the file again") from error
    # PDFium repairs what it can; a repaired report may lack pages, and nobody would know.
    if b"%%EOF" not in data[-2048:].rstrip(b"\0 \r\n\t") and b"%%EOF" not in data.rstrip(b"\0 \r\n\t")[-2048:]:
        document.close()
        raise UnreadableError("is cut short, the end of the PDF is missing; fetch the file again")
    return document


def _read_sheets(document: pdfium.PdfDocument) -> list[Sheet]:
    sheets: list[Sheet] = []
    count = 0
    for index in range(len(document)):
        sheets.append(read_sheet(document, index))
        count += len(sheets[-1].chars)
        if count > MAX_PDF_CHARACTERS:
            raise UnreadableError(f"holds more than {MAX_PDF_CHARACTERS} characters; split it into reports")
    return sheets


def _check_text(sheets: Sequence[Sheet]) -> None:
    """Raises: UnreadableError where the pages hold no text, or none that can be understood."""
    letters = [sum(not char.text.isspace() for char in sheet.chars) for sheet in sheets]
    scanned = [sheet.number for sheet, count in zip(sheets, letters, strict=True) if sheet.is_picture and count < 100]
    if not any(letters) or len(scanned) == len(sheets):
        raise UnreadableError(_SCAN)
    if len(scanned) * 2 > len(sheets):
        raise UnreadableError(
            f"is mostly a scan ({len(scanned)} of {len(sheets)} pages are pictures); run text recognition (OCR) on it"
        )
    total = sum(letters)
    lost = sum(char.text == "\ufffd" or "\ue000" <= char.text <= "\uf8ff" for sheet in sheets for char in sheet.chars)
    if lost > total * 0.2:
        raise UnreadableError("does not say which letters it prints; run text recognition (OCR) on it first")
    old = sum(sheet.old_font_share * count for sheet, count in zip(sheets, letters, strict=True))
    if old > total * 0.5 and not is_plausible_vietnamese(
        "".join(char.text for sheet in sheets for char in sheet.chars)
    ):
        raise UnreadableError(OLD_FONTS)


def _lines_outside(sheet: Sheet, tables: Sequence[RuledTable]) -> list[Line]:
    """The lines of a page without what stands in tables."""

    def outside(char: Char) -> bool:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        return not any(table.x0 <= x <= table.x1 and table.top <= y <= table.bottom for table in tables)

    return find_lines(find_words(char for char in sheet.chars if outside(char)))


def _without_furniture(sheets: Sequence[Sheet], pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page without running heads, running feet and page numbers.

    A line in the margin is one if the same, digits aside, stands at the same height of several
    pages, or if it is a number that counts the pages.
    """
    repeated: Counter[tuple[str, int]] = Counter()
    counted: Counter[int] = Counter()
    for sheet, lines in zip(sheets, pages, strict=True):
        margin = [line for line in lines if _in_margin(line, sheet)]
        repeated.update({key for line in margin for key in _furniture_keys(line)})
        counted.update(
            {int(match[1]) - sheet.number for line in margin if (match := _PAGE_NUMBER.fullmatch(line.text))}
        )

    def is_furniture(line: Line, sheet: Sheet) -> bool:
        if not _in_margin(line, sheet):
            return False
        if match := _PAGE_NUMBER.fullmatch(line.text):
            offset = int(match[1]) - sheet.number
            return offset == 0 or counted[offset] > 1
        letters = any(char.isalpha() for char in line.text)
        return letters and max(repeated[key] for key in _furniture_keys(line)) >= max(2, len(sheets) * 0.4)

    kept = []
    for sheet, lines in zip(sheets, pages, strict=True):
        marks = [is_furniture(line, sheet) for line in lines]
        first = _end_of_head(lines, marks)
        last = len(lines) - _end_of_head(lines[::-1], marks[::-1])
        kept.append(lines[first : max(first, last)])
    return kept


def _end_of_head(lines: Sequence[Line], marks: Sequence[bool]) -> int:
    """How many lines from the edge of a page are its frame: those marked, up to a distance to the text.

    A sentence that happens to begin several pages is followed by the next line at once.
    """
    count = marks.index(False) if False in marks else len(marks)
    while 0 < count < len(lines):
        outer, inner = lines[count - 1], lines[count]
        apart = max(inner.top - outer.bottom, outer.top - inner.bottom)
        if apart > 0.5 * inner.size or _PAGE_NUMBER.fullmatch(outer.text):
            break
        count -= 1
    return count


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return line.bottom < sheet.height * _MARGIN or line.top > sheet.height * (1 - _MARGIN)


def _furniture_keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What is the same for a running head on all pages; two heights, since one may fall on an edge."""
    text = re.sub(r"\d+", "#", line.text)
    return (text, round(line.top / 8)), (text, -1 - round(line.top / 8 + 0.5))


def _edges(sheets: Sequence[Sheet], pages: Sequence[list[Line]]) -> dict[int, float]:
    """Where running text is wrapped, by the width of the page: one page alone may hold too few lines to tell."""
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for sheet, own in zip(sheets, pages, strict=True):
        lines[round(sheet.width)] += own
    return {width: right_edge(own) if own else 0.0 for width, own in lines.items()}


def _add_page(
    items: list[_Paragraph | _TableItem],
    number: int,
    lines: Sequence[Line],
    tables: Sequence[RuledTable],
    edge: float,
) -> None:
    """Adds what stands on a page, from top to bottom, to what stands before it."""
    first = True
    rest = list(lines)
    for table in (*tables, None):
        above = [line for line in rest if table is None or line.top < table.top]
        rest = [line for line in rest if table is not None and line.top >= table.top]
        for column in find_columns(above):
            wrap = edge if column.running else right_edge(column.lines)
            for paragraph in find_paragraphs(column, wrap):
                new = _Paragraph([(number, list(paragraph))], wrap, column.narrow)
                if not (first and items and _join_paragraph(items[-1], new)):
                    items.append(new)
                first = False
        if table is None:
            continue
        if not (first and items and _join_table(items[-1], table, number)):
            items.append(_TableItem(table, mark_headers(table.cells), [(number, 0)]))
        first = False


def _join_paragraph(before: _Paragraph | _TableItem, new: _Paragraph) -> bool:
    """Whether the first paragraph of a page goes on with the last before it; if so, joins them."""
    if isinstance(before, _TableItem) or before.narrow or new.narrow:
        return False
    if not continues(before.parts[-1][1], new.parts[0][1][0], edge=before.edge, new_page=True):
        return False
    before.parts += new.parts
    return True


def _join_table(before: _Paragraph | _TableItem, table: RuledTable, number: int) -> bool:
    """Whether the table that opens a page goes on with the one before it; if so, joins them."""
    if isinstance(before, _Paragraph) or not is_continued(before.last, table):
        return False
    rows, _ = shape(before.cells)
    headings = {cell.text for cell in before.cells if cell.header}
    before.starts.append((number, len(before.cells)))
    # Headings repeated on the new page are headings again; nothing else in it is.
    before.cells += [replace(cell, row=cell.row + rows, header=cell.text in headings) for cell in table.cells]
    before.last = table
    return True


def _build(items: Sequence[_Paragraph | _TableItem], sheets: Sequence[Sheet]) -> LayerBuilder:
    builder = LayerBuilder()
    starts: dict[int, int] = {}
    for item in items:
        if isinstance(item, _TableItem):
            offsets = builder.add_table(item.cells)
            for number, index in item.starts:
                starts.setdefault(number, offsets[index])
        else:
            offset = builder.length
            text = ""
            for number, lines in item.parts:
                part = clean(join_lines([line.text for line in lines]))
                text = join_lines([text, part]) if text else part
                starts.setdefault(number, offset + len(text) - len(part))
            builder.add(text, box=_box(*item.parts[0]))
    following: defaultdict[int, int] = defaultdict(lambda: builder.length)
    for sheet in reversed(sheets):
        # A page without text of its own begins where the next one does.
        following[sheet.number] = starts.get(sheet.number, following[sheet.number + 1])
    for sheet in sheets:
        builder.start_page(sheet.number, following[sheet.number])
    return builder


def _box(number: int, lines: Sequence[Line]) -> Box:
    """The box of a paragraph's part on its first page."""
    return Box(
        page=number,
        x0=round(min(line.x0 for line in lines), 1),
        top=round(min(line.top for line in lines), 1),
        x1=round(max(line.x1 for line in lines), 1),
        bottom=round(max(line.bottom for line in lines), 1),
    )
