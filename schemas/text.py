"""The text layer: what a reader returns and what every passage is sliced from."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """Base of every model of the project: immutable, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def canonical_text(text: str) -> str:
    """Canonical form of a text: NFC, ``\\n`` line ends, any other white space one U+0020 each.

    Nothing is collapsed or removed besides a leading byte order mark, so that ``quote ==
    text[start:end]`` can be checked by anybody who holds the file.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and "\t" not in text and "\f" not in text and "\v" not in text:
        return text
    return "".join(" " if char != "\n" and char.isspace() else char for char in text)


class Evidence(Model):
    """A passage that supports a record: ``quote == layer.text[start:end]``, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    page: int | None = None


class Box(Model):
    """Where a passage stands on its page, in PDF points from the page's top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Page(Model):
    """One page: its number, counted from 1, and the half-open range of text on it."""

    number: int
    start: int
    end: int


class Block(Model):
    """A reader's hint about a range of text, where the format says what it is.

    ``kind`` is ``paragraph``, ``heading``, ``list_item``, ``header``, ``footer`` or ``footnote``;
    ``level`` counts from 1 for headings and lists and is None elsewhere; ``box`` is given where
    the format has pages.
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int | None = None
    box: Box | None = None


class Cell(Model):
    """A table cell, once for all the rows and columns that it spans. Rows and columns count from 0."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    start: int
    end: int
    header: bool = False


class Table(Model):
    """A table of the text: its range and its cells in reading order (row by row)."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns, spans included."""
        rows = max((cell.row + cell.row_span for cell in self.cells), default=0)
        cols = max((cell.col + cell.col_span for cell in self.cells), default=0)
        return rows, cols


class TextLayer(Model):
    """The immutable text of one file.

    ``id`` is the SHA-256 of the file's bytes in hex and identifies the report. ``text`` is
    canonical (see `canonical_text`). Cells stand in the text too: each on lines of its own, in
    reading order, inside the range of their table.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: str
    file: str
    media_type: str
    text: str
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    def page_at(self, offset: int) -> int | None:
        """Number of the page on which the offset stands; None where the format has no pages."""
        if not self.pages:
            return None
        return self.pages[max(bisect_right(self._page_starts, offset) - 1, 0)].number

    def evidence(self, start: int, end: int) -> Evidence:
        """The passage of a half-open range.

        Raises: ValueError where the range is empty or leaves the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{self.file}: no passage at {start}..{end} of {len(self.text)} characters")
        return Evidence(start=start, end=end, quote=self.text[start:end], page=self.page_at(start))
