"""What a document holds between its format and the text layer: paragraphs and tables, in the order they are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipelines.readers.builder import LayerBuilder, clean
from pipelines.readers.grid import GridCell, by_columns, only_places
from pipelines.readers.runs import OldFonts, Run
from schemas import Margin

#: Edges of cells that lie closer than this (in twentieths of a point) are one edge: hands draw them.
_SAME_EDGE = 60


@dataclass
class Paragraph:
    """A paragraph in runs of one font each; ``label`` is its automatic number."""

    runs: list[Run] = field(default_factory=list)
    kind: str = "paragraph"
    level: int | None = None
    label: str = ""


@dataclass
class Grid:
    """A table: its cells without text, each with what stands in it."""

    cells: list[tuple[GridCell, list[Item]]]


Item = Paragraph | Grid


@dataclass
class EdgeCell:
    """A cell of a format that tells where its borders lie and not in which column it stands.

    ``continues`` is set where a vertical merge goes on from the row above.
    """

    left: int
    right: int
    content: list[Item]
    restarts: bool = False
    continues: bool = False
    header: bool | None = None


def place(rows: Sequence[Sequence[EdgeCell]]) -> Grid:
    """The table of rows whose cells are given by their edges."""
    columns = _columns(edge for row in rows for cell in row for edge in (cell.left, cell.right))
    placed: list[tuple[GridCell, list[Item]]] = []
    open_cells: dict[int, int] = {}  # column -> place in `placed` of a cell that goes on downwards
    for number, row in enumerate(rows):
        next_open: dict[int, int] = {}
        for cell in row:
            col = _column(columns, cell.left)
            span = max(_column(columns, cell.right) - col, 1)
            above = open_cells.get(col)
            if cell.continues and above is not None:
                old, content = placed[above]
                placed[above] = (
                    GridCell(old.row, old.col, "", number - old.row + 1, old.col_span, header=old.header),
                    [*content, *cell.content],
                )
                next_open[col] = above
                continue
            placed.append((GridCell(number, col, "", 1, span, header=cell.header), cell.content))
            if cell.restarts or cell.continues:
                next_open[col] = len(placed) - 1
        open_cells = next_open
    return Grid(placed)


def _columns(edges: Iterable[int]) -> list[int]:
    """Where columns begin: the edges from left to right, near ones as one."""
    columns: list[int] = []
    for edge in sorted(set(edges)):
        if not columns or edge - columns[-1] > _SAME_EDGE:
            columns.append(edge)
    return columns


def _column(columns: Sequence[int], edge: int) -> int:
    return max(bisect_left(columns, edge + 1) - 1, 0)


def runs_of(items: Iterable[Item]) -> Iterator[Run]:
    """Every run of the items, those in tables too, paragraphs parted by line ends."""
    for item in items:
        if isinstance(item, Paragraph):
            yield from item.runs
            yield (item.runs[-1][0] if item.runs else "", "\n")
        else:
            for _, content in item.cells:
                yield from runs_of(content)


def add_items(builder: LayerBuilder, items: Iterable[Item], fonts: OldFonts) -> None:
    """Adds paragraphs and tables; a table that only places text on the page is read column by column.

    Raises: UnreadableError.
    """
    for item in items:
        if isinstance(item, Paragraph):
            text = fonts.join(item.runs)
            builder.add(item.label + text if clean(text) else "", kind=item.kind, level=item.level)
            continue
        content = {id(cell): inside for cell, inside in item.cells}
        cells = [cell for cell, _ in item.cells]
        if _only_places(item, fonts):
            for cell in by_columns(cells):
                add_items(builder, content[id(cell)], fonts)
        elif cells:
            builder.add_table([_filled(cell, content[id(cell)], fonts) for cell in cells])


def _only_places(table: Grid, fonts: OldFonts) -> bool:
    filled = [index for index, (_, content) in enumerate(table.cells) if any(_prints(item) for item in content)]
    cells = [cell for cell, _ in table.cells]
    return only_places(cells, filled, lambda index: "\n".join(_lines(table.cells[index][1], fonts)))


def _prints(item: Item) -> bool:
    """Whether anything stands there, be it a number alone."""
    label = isinstance(item, Paragraph) and bool(item.label)
    return label or any(text.strip() for _, text in runs_of([item]))


def margins_of(
    stories: Iterable[tuple[Literal["header", "footer"], Sequence[Item]]], fonts: OldFonts
) -> Iterator[Margin]:
    """Headers and footers, each text once."""
    seen: set[tuple[str, str]] = set()
    for kind, items in stories:
        text = "\n".join(line for raw in _lines(items, fonts) if (line := clean(raw)))
        if text and (kind, text) not in seen:
            seen.add((kind, text))
            yield Margin(kind=kind, text=text)


def _filled(cell: GridCell, content: Sequence[Item], fonts: OldFonts) -> GridCell:
    text = "\n".join(_lines(content, fonts))
    return GridCell(cell.row, cell.col, text, cell.row_span, cell.col_span, header=cell.header)


def _lines(items: Sequence[Item], fonts: OldFonts) -> Iterator[str]:
    """The lines of what stands in a cell; a table in it row by row. An automatic number may be all there is."""
    labels: list[str] = []
    is_empty = True
    for item in items:
        lines: Iterable[str] = ()
        if isinstance(item, Paragraph):
            if clean(text := fonts.join(item.runs)):
                lines = [item.label + text]
            else:
                labels.append(item.label)
        else:
            lines = [line for _, content in item.cells for line in _lines(content, fonts)]
        for line in lines:
            is_empty = False
            yield line
    if is_empty:
        yield from lone_labels(labels)


def lone_labels(labels: Iterable[str]) -> Iterator[str]:
    """What a cell prints whose paragraphs hold automatic numbers and no text, as a column of row numbers does.

    Bullets without a text say nothing.
    """
    return (label.strip() for label in labels if any(map(str.isalnum, label)))
