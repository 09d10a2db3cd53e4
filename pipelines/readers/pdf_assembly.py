"""Pages of words and rulings to one text layer: tables apart, running heads dropped, paragraphs over page ends."""

from __future__ import annotations

import pickle
import tempfile
import zlib
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, NamedTuple, Self

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.grid import GridCell, mark_headers, shape
from pipelines.readers.limits import UnreadableError
from pipelines.readers.pdf_flow import continues, find_columns, find_paragraphs, usual_end
from pipelines.readers.pdf_lines import Line, Passage, Word, compose, find_lines
from pipelines.readers.pdf_margins import Margins
from pipelines.readers.pdf_page import Sheet
from pipelines.readers.pdf_rows import find_row_tables
from pipelines.readers.pdf_tables import RuledCell, RuledTable, column_rooms, find_tables, is_continued, rejoined
from schemas import Box, Margin


class _Leaf(NamedTuple):
    """A page between the two passes, with its lines and tables."""

    number: int
    width: int
    height: float
    lines: list[Line]
    tables: list[RuledTable]


class _Leaves:
    """Pages between the two passes. Those of a long report wait in a file, for it has many; it has no name."""

    def __init__(self) -> None:
        self._held: deque[_Leaf] = deque()
        self._file: IO[bytes] | None = None
        self._filed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, leaf: _Leaf) -> None:
        """Takes in the next page. Raises: UnreadableError."""
        if len(self._held) < _HELD:
            self._held.append(leaf)
            return
        packed = zlib.compress(pickle.dumps(leaf, protocol=5), level=1)
        try:
            if self._file is None:
                # Closed by `__exit__`.
                self._file = tempfile.TemporaryFile(prefix="baocao-")  # noqa: SIM115
            pickle.dump(packed, self._file)
            self._file.flush()
        except OSError as error:
            raise UnreadableError(
                f"is long, and its pages cannot be kept on the disk while it is read ({error.strerror});"
                f" make room in {tempfile.gettempdir()}"
            ) from error
        self._filed += 1

    def each(self) -> Iterator[_Leaf]:
        """Each page once, in order; a page that was given is not held any more."""
        while self._held:
            yield self._held.popleft()
        if self._file is not None:
            self._file.seek(0)
            for _ in range(self._filed):
                leaf: _Leaf = pickle.loads(zlib.decompress(pickle.load(self._file)))
                yield leaf


@dataclass
class _Paragraph:
    """Lines with the number of the page on which each part stands."""

    parts: list[tuple[int, list[Line]]]
    edge: float
    narrow: bool


@dataclass
class _TableItem:
    """A table, over several pages where it is continued.

    ``passages`` are those of the cells, ``starts`` the number of each page and the index of its first cell.
    """

    last: RuledTable
    cells: list[GridCell]
    passages: list[Passage]
    starts: list[tuple[int, int]] = field(default_factory=list)


_Item = _Paragraph | _TableItem
#: Pages that are held in memory.
_HELD = 50


def assemble(sheets: Iterable[Sheet]) -> LayerBuilder:
    """A layer under construction with all that the pages hold, in reading order.

    Raises: UnreadableError.
    """
    writer = _Writer()
    pending: _Item | None = None
    with _Leaves() as leaves:
        margins, edges = _first_pass(sheets, leaves)
        for leaf in leaves.each():
            kept, around = margins.split(leaf.number, leaf.height, leaf.lines)
            writer.start_page(leaf.number, around)
            for position, item in enumerate(_items(leaf.number, kept, leaf.tables, edges[leaf.width])):
                if pending is not None and position == 0 and _join(pending, item):
                    continue
                if pending is not None:
                    writer.write(pending)
                pending = item
    if pending is not None:
        writer.write(pending)
    return writer.finish()


def _first_pass(sheets: Iterable[Sheet], leaves: _Leaves) -> tuple[Margins, dict[int, float]]:
    """Fills the pages in; returns what is seen of their margins, and where text is wrapped by the width of the page.

    One page alone may hold too few lines to tell either.
    """
    margins = Margins()
    ends: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))
    for sheet in sheets:
        tables = find_tables(sheet.rulings, sheet.words)
        lines = find_lines(_outside(tables, sheet.words) if tables else sheet.words)
        unruled, lines = find_row_tables(lines)
        if unruled:
            tables = sorted([*tables, *unruled], key=lambda table: (table.top, table.x0))
        width = round(sheet.width)
        leaves.add(_Leaf(sheet.number, width, sheet.height, lines, tables))
        margins.see(sheet.number, sheet.height, lines)
        ends[width].extend([line.x1 for line in lines])
    return margins, {width: usual_end(own) for width, own in ends.items()}


def _outside(tables: Sequence[RuledTable], words: Iterable[Word]) -> Iterator[Word]:
    """The words that stand in no table."""
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not any(table.holds(x, y) for table in tables):
            yield word


def _items(number: int, lines: Sequence[Line], tables: Sequence[RuledTable], edge: float) -> Iterator[_Item]:
    """What stands on a page, from top to bottom."""
    rest = list(lines)
    for table in (*tables, None):
        above = [line for line in rest if table is None or line.top < table.top]
        rest = [line for line in rest if table is not None and line.top >= table.top]
        for column in find_columns(above):
            wrap = edge if column.running else usual_end([line.x1 for line in column.lines])
            for paragraph in find_paragraphs(column, wrap):
                yield _Paragraph([(number, list(paragraph))], wrap, column.narrow)
        if table is not None:
            yield _table_item(table, number)


def _table_item(table: RuledTable, number: int) -> _TableItem:
    rooms = column_rooms(table)
    passages = [_cell_passage(cell, number, rooms.get(cell.col, 0.0)) for cell in table.cells]
    cells = [cell.as_grid_cell(passage.text) for cell, passage in zip(table.cells, passages, strict=True)]
    return _TableItem(table, mark_headers(cells), passages, [(number, 0)])


def _cell_passage(cell: RuledCell, number: int, room: float) -> Passage:
    """The text of a cell: list items on lines of their own."""
    passage = Passage()
    for item in cell.items:
        passage.append(compose([(number, rejoined(item, room))]))
    return passage


def _join(before: _Item, new: _Item) -> bool:
    """Whether what opens a page goes on with what stands before it; if so, joins them."""
    if isinstance(before, _TableItem):
        return isinstance(new, _TableItem) and _join_table(before, new)
    if isinstance(new, _TableItem) or before.narrow or new.narrow:
        return False
    if not continues(before.parts[-1][1], new.parts[0][1][0], edge=before.edge, new_page=True):
        return False
    before.parts += new.parts
    return True


def _join_table(before: _TableItem, new: _TableItem) -> bool:
    if not is_continued(before.last, new.last):
        return False
    rows, _ = shape(before.cells)
    headings = {cell.text for cell in before.cells if cell.header}
    before.starts += [(number, len(before.cells)) for number, _ in new.starts]
    # Headings repeated on the new page are headings again; nothing else in it is.
    before.cells += [replace(cell, row=cell.row + rows, header=cell.text in headings) for cell in new.cells]
    before.passages += new.passages
    before.last = new.last
    return True


class _Writer:
    """Writes items into a layer and keeps count of where each page begins."""

    def __init__(self) -> None:
        self._builder = LayerBuilder()
        self._pages: list[int] = []
        self._starts: dict[int, int] = {}

    def start_page(self, number: int, around: Sequence[Margin]) -> None:
        """Notes a page and what is printed around its text."""
        self._pages.append(number)
        self._builder.add_margins(around)

    def write(self, item: _Item) -> None:
        """Adds a paragraph or a table."""
        if isinstance(item, _TableItem):
            offsets = self._builder.add_table(item.cells)
            for number, index in item.starts:
                self._starts.setdefault(number, offsets[index])
            for offset, passage in zip(offsets, item.passages, strict=True):
                self._builder.place(passage.words, passage.doubts, by=offset)
            return
        offset = self._builder.length
        passage = compose(item.parts, offset)
        self._builder.add(passage.text, box=_box(*item.parts[0]))
        if self._builder.length > offset:
            self._builder.place(passage.words, passage.doubts)
            for word in passage.words:
                self._starts.setdefault(word.page, word.start)

    def finish(self) -> LayerBuilder:
        """The builder, with the pages marked; a page without text of its own begins where the next one does."""
        start = self._builder.length
        starts = []
        for number in reversed(self._pages):
            start = self._starts.get(number, start)
            starts.append((number, start))
        for number, start in reversed(starts):
            self._builder.start_page(number, start)
        return self._builder


def _box(number: int, lines: Sequence[Line]) -> Box:
    """The box of a paragraph's part on its first page."""
    x0, top = min([line.x0 for line in lines]), min([line.top for line in lines])
    x1, bottom = max([line.x1 for line in lines]), max([line.bottom for line in lines])
    return Box(page=number, x0=round(x0, 1), top=round(top, 1), x1=round(x1, 1), bottom=round(bottom, 1))
