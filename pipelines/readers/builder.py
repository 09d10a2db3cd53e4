"""Collects paragraphs and tables into one text layer and keeps count of offsets."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence

from pipelines.readers.grid import GridCell, mark_headers
from pipelines.readers.limits import MAX_CELLS, MAX_CHARACTERS, UnreadableError
from schemas import (
    Block,
    Box,
    Cell,
    Doubt,
    Margin,
    Page,
    PrintedWord,
    Table,
    TextLayer,
    canonical_text,
    pack_words,
)

#: Characters that are not printed and would cut a syllable in two for whoever searches the text.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def clean(text: str) -> str:
    """Canonical text without invisible characters and without blanks at the ends of its lines."""
    # Nearly every text is clean already: nothing invisible, no blank but the plain one, one line.
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")
    lines = canonical_text(text.translate(_INVISIBLE)).split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


class LayerBuilder:
    """A text layer under construction. Every paragraph and every cell gets lines of its own."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._page_starts: list[tuple[int, int]] = []
        self._cells = 0
        self._words = io.BytesIO()
        self._doubts: list[Doubt] = []
        self._margins: list[Margin] = []

    @property
    def length(self) -> int:
        """Number of characters so far, which is where the next paragraph starts."""
        return self._length

    def start_page(self, number: int, offset: int | None = None) -> None:
        """Lets a page begin at an offset, or with whatever is added next."""
        self._page_starts.append((number, self._length if offset is None else offset))

    def add(self, text: str, *, kind: str = "paragraph", level: int | None = None, box: Box | None = None) -> None:
        """Adds a paragraph, which may have several lines; an empty one is left out.

        Raises: UnreadableError.
        """
        if cleaned := clean(text):
            start, end = self._put(cleaned)
            self._blocks.append(Block(start=start, end=end, kind=kind, level=level, box=box))

    def add_table(self, cells: Sequence[GridCell]) -> list[int]:
        """Adds a table, row by row, each cell on lines of its own; an empty cell takes none.

        Returns the offset of each cell in reading order. Raises: UnreadableError.
        """
        self._cells += len(cells)
        if self._cells > MAX_CELLS:
            raise UnreadableError(f"has more than {MAX_CELLS} table cells; split it into reports")
        start = self._length
        placed = [(cell, *self._put(clean(cell.text))) for cell in mark_headers(cells)]
        # An empty cell at the end would otherwise stand behind the table.
        last = max((end for _, first, end in placed if end > first), default=start)
        if last > start:
            marked = tuple(_cell(cell, min(first, last), min(end, last)) for cell, first, end in placed)
            self._tables.append(Table(start=start, end=last, cells=marked))
        return [first for _, first, _ in placed]

    def place(self, words: Iterable[PrintedWord], doubts: Iterable[Doubt], *, by: int = 0) -> None:
        """Says where words of the text are printed, and which numbers are doubtful; in the order of the text.

        Both are counted from the start of the text where ``by`` is 0, else from that offset.
        """
        if by:
            doubts = (doubt.model_copy(update={"start": doubt.start + by, "end": doubt.end + by}) for doubt in doubts)
        self._words.write(pack_words(words, by=by))
        self._doubts += doubts

    def add_margins(self, margins: Iterable[Margin]) -> None:
        """Keeps what pages print around the text, outside of it."""
        self._margins += margins

    def build(self, *, sha256: str, file: str, media_type: str) -> TextLayer:
        """The finished layer."""
        text = "".join(self._parts)
        starts = [*(min(start, len(text)) for _, start in self._page_starts), len(text)]
        pages = tuple(
            Page(number=number, start=starts[index], end=starts[index + 1])
            for index, (number, _) in enumerate(self._page_starts)
        )
        return TextLayer(
            id=sha256,
            file=file,
            media_type=media_type,
            text=text,
            pages=pages,
            tables=tuple(self._tables),
            blocks=tuple(self._blocks),
            packed_words=self._words.getvalue(),
            doubts=tuple(self._doubts),
            margins=tuple(self._margins),
        )

    def _put(self, text: str) -> tuple[int, int]:
        start = self._length
        if text:
            self._parts += (text, "\n")
            self._length += len(text) + 1
        if self._length > MAX_CHARACTERS:
            raise UnreadableError(f"holds more than {MAX_CHARACTERS} characters; split it into reports")
        return start, start + len(text)


def _cell(cell: GridCell, start: int, end: int) -> Cell:
    return Cell(
        row=cell.row,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        start=start,
        end=end,
        header=bool(cell.header),
    )
