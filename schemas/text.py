"""The text layer: what a reader returns and what every passage is sliced from."""

from __future__ import annotations

import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

#: Integers that one word takes in `TextLayer.packed_words`.
_WORD_FIELDS = 8


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


# A long report has tens of thousands of boxes, blocks and cells: with slots each takes a third of what a model does.
@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Box:
    """Where a passage stands on its page, in PDF points from the page's top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Evidence(Model):
    """A passage that supports a record: ``quote == layer.text[start:end]``, in code points.

    ``page`` and ``box`` say where it begins; both are None where the format has no pages.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    page: int | None = None
    box: Box | None = None


class Page(Model):
    """One page: its number, counted from 1, and the half-open range of text on it."""

    number: int
    start: int
    end: int


class PrintedWord(NamedTuple):
    """Where a word of the text is printed: its page and its box in points from the page's top left corner.

    ``confidence`` (0..1) is how sure text recognition was; None where the letters were stored in
    the file.
    """

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


def pack_words(words: Iterable[PrintedWord], *, by: int = 0) -> bytes:
    """The words, in the order of the text, as `TextLayer.packed_words` keeps them; ``by`` is where their text starts.

    Eight 32-bit integers a word, lengths in hundredths of a point: a report of a thousand pages
    has more words than objects would have room for.
    """
    packed = array("i")
    extend = packed.extend
    for start, end, page, x0, top, x1, bottom, confidence in words:
        sure = -1 if confidence is None else round(confidence * 1000)
        left, right = round(x0 * 100), round(x1 * 100)
        extend((start + by, end + by, page, left, round(top * 100), right, round(bottom * 100), sure))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


class Doubt(Model):
    """A number that text recognition may have misread, or more: the range of the word it stands in.

    ``reason`` is ``confidence`` where the recognition itself was not sure, ``second_reader``
    where another one read ``other`` there.
    """

    start: int
    end: int
    reason: Literal["confidence", "second_reader"]
    other: str | None = None


class Margin(Model):
    """A running head, a running foot or a page number: printed on the page, no part of the text."""

    kind: Literal["header", "footer"]
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Block:
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


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Cell:
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
    reading order, inside the range of their table. ``packed_words`` says where each word is
    printed (see `words`), ``doubts`` which numbers were not read for sure, ``margins`` what the
    pages print around the text.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        ignored_types=(cached_property,),
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )

    id: str
    file: str
    media_type: str
    text: str
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()
    packed_words: bytes = b""
    doubts: tuple[Doubt, ...] = ()
    margins: tuple[Margin, ...] = ()

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
        return Evidence(
            start=start, end=end, quote=self.text[start:end], page=self.page_at(start), box=self.box(start, end)
        )

    @cached_property
    def _word_fields(self) -> array[int]:
        """The packed integers, eight a word (see `pack_words`)."""
        fields = array("i", self.packed_words)
        if sys.byteorder == "big":
            fields.byteswap()
        return fields

    def words(self, start: int, end: int) -> Iterator[PrintedWord]:
        """The printed words that a half-open range touches, in order; none where the format has no pages."""
        fields = self._word_fields
        count = len(fields) // _WORD_FIELDS
        first = bisect_right(range(count), start, key=lambda index: fields[index * _WORD_FIELDS + 1])
        for index in range(first, count):
            at, stop, page, x0, top, x1, bottom, sure = fields[index * _WORD_FIELDS : (index + 1) * _WORD_FIELDS]
            if at >= end:
                return
            confidence = None if sure < 0 else sure / 1000
            yield PrintedWord(at, stop, page, x0 / 100, top / 100, x1 / 100, bottom / 100, confidence)

    def box(self, start: int, end: int) -> Box | None:
        """The box around the part of a half-open range that stands on the page where it begins.

        None where no word of the range has a place.
        """
        if not self.packed_words:
            return None
        words = list(self.words(start, end))
        on_page = [word for word in words if word.page == words[0].page]
        if not on_page:
            return None
        return Box(
            page=on_page[0].page,
            x0=min(word.x0 for word in on_page),
            top=min(word.top for word in on_page),
            x1=max(word.x1 for word in on_page),
            bottom=max(word.bottom for word in on_page),
        )

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a half-open range holds a number that text recognition may have misread."""
        return any(doubt.start < end and start < doubt.end for doubt in self.doubts)
