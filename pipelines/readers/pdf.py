"""PDFs: the text that they store by PDFium, page by page; pages without usable text by recognition."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.readers.limits import MAX_PAGES, MAX_PDF_CHARACTERS, UnreadableError
from pipelines.readers.ocr_choice import MAX_SCANNED_PAGES, better_read, looks_unread
from pipelines.readers.pdf_assembly import assemble
from pipelines.readers.pdf_forms import check_forms, without_encryption
from pipelines.readers.pdf_page import Sheet, read_sheet
from schemas import TextLayer

#: Resolution in which a page is drawn for recognition, and how many pixels that may take.
_USUAL_DPI, _MOST_DPI = 200.0, 300.0
_MOST_PIXELS = 12_000_000
#: The longest side that a page may have, in points, as the format has it.
_MOST_SIDE = 14_400
#: Pages after which a document is opened anew.
_PAGES_OPEN = 100


def read_pdf(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a PDF: pages, paragraphs and ruled tables, each word with its place.

    Raises: UnreadableError.
    """
    builder = assemble(_sheets(data))
    return builder.build(sha256=sha256, file=file, media_type="application/pdf")


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


def _sheets(data: bytes) -> Iterator[Sheet]:
    document = _open(data)
    try:
        check_forms(without_encryption(document, data))
        pages = len(document)
        if pages > MAX_PAGES:
            raise UnreadableError(f"has {pages} pages, more than {MAX_PAGES}; split it into reports")
        count = recognised = 0
        for index in range(pages):
            if index and index % _PAGES_OPEN == 0:
                # PDFium keeps the fonts and objects of every page that it saw until the document is closed.
                document.close()
                document = _open(data)
            sheet = read_sheet(document, index)
            if looks_unread(sheet):
                recognised += 1
                if recognised > MAX_SCANNED_PAGES:
                    raise UnreadableError(f"has more than {MAX_SCANNED_PAGES} pages that are pictures; split it")
                sheet = better_read(sheet, _recognised(document, sheet))
            count += sheet.letters
            if count > MAX_PDF_CHARACTERS:
                raise UnreadableError(f"holds more than {MAX_PDF_CHARACTERS} characters; split it into reports")
            yield sheet
    finally:
        document.close()


def _recognised(document: pdfium.PdfDocument, sheet: Sheet) -> Sheet:
    """The page read from its picture."""
    # Loaded here: a PDF with text needs no picture library.
    from pipelines.readers.scan import read_scan

    if max(sheet.width, sheet.height) > _MOST_SIDE:
        raise UnreadableError(
            f"has a page of {sheet.width:.0f} by {sheet.height:.0f} points, which no report has; print it on A4"
        )
    inches = max(sheet.width * sheet.height, 1.0) / 72**2
    dpi = min(sheet.dpi or _USUAL_DPI, _MOST_DPI, (_MOST_PIXELS / inches) ** 0.5)
    page = document[sheet.number - 1]
    try:
        # In colours, which tell print from stamps.
        return read_scan(page.render(scale=dpi / 72).to_pil(), dpi, sheet.number)
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"is damaged: page {sheet.number} cannot be drawn; fetch the file again") from error
    finally:
        page.close()
