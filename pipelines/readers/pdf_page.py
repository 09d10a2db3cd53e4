"""One page of a PDF through PDFium: its words with boxes, its rulings and pictures.

Coordinates are PDF points from the top left corner of the page as it is shown, rotation applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import pypdfium2 as pdfium

from pipelines.readers.limits import UnreadableError
from pipelines.readers.pdf_lines import Word
from pipelines.readers.pdf_rulings import Ruling, read_graphics
from pipelines.readers.pdf_words import read_words

#: x0, top, x1, bottom in our coordinates.
Box = tuple[float, float, float, float]


class Frame:
    """Turns PDFium's page coordinates (up from the bottom left, not rotated) into ours."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.rotation = page.get_rotation()
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """x0, top, x1, bottom of a box."""
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.rotation == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom

    def boxes(self, rects: Iterable[Sequence[float]]) -> list[Box]:
        """x0, top, x1, bottom of each of many: left, top, right and bottom as PDFium stores them."""
        if self.rotation:
            return [self.box(left, bottom, right, top) for left, top, right, bottom in rects]
        x, y = self.left, self.top
        return [(left - x, y - top, right - x, y - bottom) for left, top, right, bottom in rects]


_TEXT = itemgetter(0)


@dataclass(frozen=True)
class Sheet:
    """What one page holds.

    ``words`` are in the order of the file; ``is_drawn`` says that a picture or a drawing covers the
    page, so that its text may be in there, and ``dpi`` how many pixels an inch that picture has.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    is_drawn: bool
    dpi: float | None = None

    @cached_property
    def text(self) -> str:
        """The words with a space between them, in the order of the file."""
        return " ".join(map(_TEXT, self.words))

    @cached_property
    def letters(self) -> int:
        """How many letters and signs its words have."""
        return sum(map(len, map(_TEXT, self.words)))


def read_sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """The page at an index from 0.

    Raises: UnreadableError.
    """
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"is damaged: page {index + 1} cannot be opened; fetch the file again") from error
    try:
        frame = Frame(page)
        graphics = read_graphics(page, frame)
        words = tuple(read_words(text_page, frame, graphics.rulings))
        return Sheet(index + 1, frame.width, frame.height, words, graphics.rulings, graphics.is_drawn, graphics.dpi)
    finally:
        text_page.close()
        page.close()
