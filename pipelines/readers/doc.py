"""Word 97-2003 documents (.doc): the flow of the body with tables, notes and text boxes at the end."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Literal

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.flow import EdgeCell, Item, Paragraph, add_items, margins_of, place, runs_of
from pipelines.readers.limits import UnreadableError
from pipelines.readers.runs import OldFonts, Run
from pipelines.readers.signs import is_symbol_font, symbols
from pipelines.readers.word_binary import WordFile
from pipelines.readers.word_formats import CharacterFormat, ParagraphFormat
from pipelines.readers.word_lists import read_lists
from schemas import TextLayer

MEDIA_TYPE = "application/msword"
_OLDEST = 0x00C1  # Word 97
_DAMAGED = "is damaged or cut short and cannot be opened as a Word document; fetch the file again"
#: Marks that end a paragraph: its own, a cell's, a page's or section's.
_ENDS = "\r\x07\x0c"
_CHARACTERS = {"\x0b": "\n", "\t": " ", "\x1e": "-", "\x0e": "\n"}
#: Flags of a table cell: it is merged into the one on its left, or goes on downwards.
_MERGED, _VERTICAL, _VERTICAL_START = 0x02, 0x20, 0x40


def read_doc(main: bytes, tables: Sequence[bytes], *, sha256: str, file: str) -> TextLayer | None:
    """The layer of a .doc, from its stream WordDocument and its two table streams; None of Word 95 and older.

    Letters in the fonts of before Unicode are mapped run by run. Tracked deletions and hidden text
    are left out, automatic numbers stand as they are printed, headers and footers are kept as margins.

    Raises: UnreadableError.
    """
    try:
        identifier, version = struct.unpack_from("<HH", main, 0)
        flags = struct.unpack_from("<H", main, 10)[0]
        if identifier != 0xA5EC or version < _OLDEST:
            return None
        if flags & 0x0100:
            raise UnreadableError("is protected with a password; save a copy without the password")
        word = WordFile(main, tables[1 if flags & 0x0200 else 0])
        walker = _Walker(word)
        items = list(walker.items())
        margins = list(walker.margins())
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise UnreadableError(_DAMAGED) from error
    builder = LayerBuilder()
    fonts = OldFonts(runs_of(items))
    add_items(builder, items, fonts)
    builder.add_margins(margins_of(margins, fonts))
    return builder.build(sha256=sha256, file=file, media_type=MEDIA_TYPE)


class _Walker:
    """Goes through the text once, paragraph by paragraph."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._numbering, self._list_ids = read_lists(word)
        #: Whether each open field, the outermost first, is still in its instruction.
        self._fields: list[bool] = []

    def items(self) -> Iterator[Item]:
        """The body; then footnotes, endnotes and text boxes, which the file keeps behind it."""
        word = self._word
        yield from self._story(0, word.body)
        at = word.body
        for length, kind in (
            (word.footnotes, "footnote"),
            (word.headers, ""),
            (word.comments, ""),
            (word.endnotes, "footnote"),
            (word.boxes, "paragraph"),
        ):
            if kind:
                for item in self._story(at, at + length):
                    if isinstance(item, Paragraph) and kind == "footnote":
                        item.kind = kind
                    yield item
            at += length

    def margins(self) -> Iterator[tuple[Literal["header", "footer"], list[Item]]]:
        """Headers and footers, each with what it is; the lines that part footnotes from the text are none."""
        start = self._word.body + self._word.footnotes
        bounds = [start + cp for cp in self._word.header_bounds()]
        if not bounds:
            yield "header", list(self._story(start, start + self._word.headers))
        # Six separators of notes come first, then for each section six: even, odd and first pages.
        for index in range(6, len(bounds) - 1):
            kind: Literal["header", "footer"] = "footer" if index % 6 in (2, 3, 5) else "header"
            yield kind, list(self._story(bounds[index], bounds[index + 1]))

    def _story(self, start: int, end: int) -> Iterator[Item]:
        rows: list[list[EdgeCell]] = []
        cell: list[Item] = []
        cells: list[list[Item]] = []
        for paragraph, form, mark in self._paragraphs(start, min(end, len(self._word.text))):
            if form.depth == 0:
                if rows:
                    yield place(rows)
                    rows = []
                if cells or cell:  # a row without an end: what it holds is not lost
                    yield from (item for content in [*cells, cell] for item in content)
                    cells, cell = [], []
                yield paragraph
                continue
            if form.ends_row and form.depth == 1:
                rows.append(_row(cells, form))
                cells, cell = [], []
                continue
            if not form.ends_row:
                cell.append(paragraph)
            if mark == "\x07" and form.depth == 1:
                cells.append(cell)
                cell = []
        if rows:
            yield place(rows)
        yield from (item for content in [*cells, cell] for item in content)

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[Paragraph, ParagraphFormat, str]]:
        text = self._word.text
        at = start
        while at < end:
            stop = at
            while stop < end and text[stop] not in _ENDS:
                stop += 1
            stop = min(stop, end - 1)
            form = self._word.paragraph(stop)
            runs = self._runs(at, stop + 1, form.style)
            yield self._labelled(runs, form, is_empty=stop == at), form, text[stop]
            at = stop + 1

    def _labelled(self, runs: list[Run], form: ParagraphFormat, *, is_empty: bool) -> Paragraph:
        """The paragraph with its number; an empty one has one too, one whose text is all hidden has none."""
        label = ""
        list_id = self._list_ids.get(form.list)
        prints = any(text.strip() for _, text in runs)
        if list_id is not None and not form.ends_row and (is_empty or prints):
            label = self._numbering.label(list_id, form.list_level)
        if form.outline is not None:
            return Paragraph(runs, "heading", form.outline + 1, label)
        return Paragraph(runs, "list_item", form.list_level + 1, label) if label else Paragraph(runs)

    def _runs(self, start: int, end: int, style: int) -> list[Run]:
        runs: list[Run] = []
        # Fields: what stands between 13 and 14 is the instruction, between 14 and 15 what is printed.
        for text, form in self._word.runs(start, end, style):
            for char in text:
                if char == "\x13":
                    self._fields.append(True)
                elif char == "\x14" and self._fields:
                    self._fields[-1] = False
                elif char == "\x15" and self._fields:
                    self._fields.pop()
                elif not (any(self._fields) or form.is_hidden or form.is_deleted):
                    runs.append((form.font, _printed(char, form)))
        return _joined(runs)


def _printed(char: str, form: CharacterFormat) -> str:
    if form.symbol:
        return form.symbol
    if char in _CHARACTERS:
        return _CHARACTERS[char]
    if char == "\x1f":
        # An optional hyphen is nothing, but its byte is the letter ư where the font is one of TCVN3.
        return "\xad"
    if char < " " or (form.is_special and char != "\xa0"):
        return ""
    return symbols(char, form.font) if is_symbol_font(form.font) else char


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbours of one font as one run."""
    joined: list[Run] = []
    parts: list[str] = []
    font = ""
    for own, text in runs:
        if own != font and parts:
            joined.append((font, "".join(parts)))
            parts = []
        font = own
        parts.append(text)
    if parts:
        joined.append((font, "".join(parts)))
    return joined


def _row(cells: Sequence[list[Item]], form: ParagraphFormat) -> list[EdgeCell]:
    """The cells of a row with their borders; those that are merged into their left neighbour widen it."""
    row: list[EdgeCell] = []
    edges = form.edges if len(form.edges) > len(cells) else tuple(range(0, 1440 * (len(cells) + 1), 1440))
    for index, content in enumerate(cells):
        flags = form.merges[index] if index < len(form.merges) else 0
        if flags & _MERGED and row:
            row[-1].right = edges[index + 1]
            row[-1].content.extend(content)
            continue
        vertical = bool(flags & _VERTICAL)
        row.append(
            EdgeCell(
                edges[index],
                edges[index + 1],
                content,
                restarts=vertical and bool(flags & _VERTICAL_START),
                continues=vertical and not flags & _VERTICAL_START,
                header=form.is_heading_row or None,
            )
        )
    return row
