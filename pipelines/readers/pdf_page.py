"""One page of a PDF through PDFium: its characters with boxes, its rulings and pictures.

Coordinates are PDF points from the top left corner of the page as it is shown, rotation applied.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.readers.encoding import is_old_font
from pipelines.readers.limits import UnreadableError

_MAX_PAGE_CHARACTERS = 300_000
_MAX_PAGE_OBJECTS = 50_000
_FONT_SAMPLE = 17


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character: its box reaches over the height of the line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class Sheet:
    """What one page holds. ``chars`` are in the order of the file; a blank is a space or line end."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    has_rulings: bool
    is_picture: bool
    old_font_share: float


def read_sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """The page at an index from 0.

    Raises: UnreadableError.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"is damaged: page {index + 1} cannot be opened; fetch the file again") from error
    try:
        text_page = page.get_textpage()
        try:
            frame = _Frame(page)
            chars = tuple(_chars(text_page, frame))
            share = _old_font_share(text_page)
        finally:
            text_page.close()
        rulings, picture = _graphics(page, frame)
        return Sheet(index + 1, frame.width, frame.height, chars, rulings, picture, share)
    finally:
        page.close()


class _Frame:
    """Turns PDFium's page coordinates (up from the bottom left, not rotated) into ours."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_mediabox()
        self.rotation = page.get_rotation()
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a box."""
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.rotation == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom


def _chars(text_page: pdfium.PdfTextPage, frame: _Frame) -> Iterator[Char]:
    raw = text_page.raw
    count = text_page.count_chars()
    if count > _MAX_PAGE_CHARACTERS:
        raise UnreadableError(f"holds {count} characters on one page, which no report does; it is not read")
    rect = pdfium_c.FS_RECTF()
    seen: set[tuple[str, int, int]] = set()
    high = 0
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        # Characters beyond 16 bits come as two halves on some platforms.
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD), 0
        # PDFium puts U+0002 for a hyphen at the end of a line.
        text = {0: "\ufffd", 2: "-"}.get(code) or chr(code)
        if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, rect):
            continue
        x0, top, x1, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        if text.isspace():
            yield Char(" " if text not in "\r\n" else "\n", x0, top, x1, bottom)
            continue
        if unicodedata.category(text) == "Cc" or x1 < 0 or x0 > frame.width or bottom < 0 or top > frame.height:
            continue
        # Bold is often faked by printing twice on nearly the same place.
        key = (text, round(x0), round(top))
        if key in seen and not unicodedata.combining(text):
            continue
        seen.add(key)
        yield Char(text, x0, top, x1, bottom)


def _old_font_share(text_page: pdfium.PdfTextPage) -> float:
    """Share of the characters, by sample, that are set in fonts of before Unicode."""
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    sampled = old = 0
    for index in range(0, text_page.count_chars(), _FONT_SAMPLE):
        if pdfium_c.FPDFText_GetFontInfo(text_page.raw, index, buffer, 128, flags):
            sampled += 1
            old += is_old_font(buffer.value.decode("utf-8", "replace"))
    return old / sampled if sampled else 0.0


def _graphics(page: pdfium.PdfPage, frame: _Frame) -> tuple[bool, bool]:
    """Whether the page has rulings that may make a table, and whether a picture covers most of it."""
    across = down = 0
    boxed = picture = False
    area = frame.width * frame.height
    kinds = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE)
    for count, item in enumerate(page.get_objects(filter=kinds, max_depth=4)):
        if count > _MAX_PAGE_OBJECTS:
            # A drawing, not a table.
            return False, picture
        x0, top, x1, bottom = frame.box(*item.get_bounds())
        width, height = x1 - x0, bottom - top
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            picture = picture or width * height > area * 0.5
        elif height < 3 and width > 8:
            across += 1
        elif width < 3 and height > 5:
            down += 1
        elif width > 20 and height > 10 and width * height < area * 0.95:
            boxed = True
    return boxed or (across >= 2 and down >= 2), picture
