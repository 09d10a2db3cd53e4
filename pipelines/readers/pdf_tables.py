"""Ruled tables of a page: pdfplumber's rules make cells of our lines, their text comes from our words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, merge_edges

from pipelines.readers.grid import GridCell, is_layout, shape
from pipelines.readers.pdf_lines import Line, Word, find_lines
from pipelines.readers.pdf_rulings import Ruling
from pipelines.readers.syllables import is_syllable

#: Edges closer than this are one (points); borders are drawn as thin boxes.
_SNAP = 3.0
#: x0, top, x1, bottom.
_Box = tuple[float, float, float, float]
_Point = tuple[float, float]
_ITEM = re.compile(r"[-–+•*▪➢]\s")


@dataclass(frozen=True)
class RuledCell:
    """A cell of a table on one page: its place in the grid and its lines, list items apart."""

    row: int
    col: int
    row_span: int
    col_span: int
    items: tuple[tuple[Line, ...], ...]

    def as_grid_cell(self, text: str) -> GridCell:
        """The cell with its text."""
        return GridCell(self.row, self.col, text, self.row_span, self.col_span)


@dataclass(frozen=True)
class RuledTable:
    """A table on a page: its box, its column edges and its cells in reading order.

    ``is_drawn`` tells that lines part its columns; else they are parted by what stands in them, and their edges are
    not quite the same on every page.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    columns: tuple[float, ...]
    cells: tuple[RuledCell, ...]
    is_drawn: bool = True

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def find_tables(rulings: Sequence[Ruling], words: Sequence[Word]) -> list[RuledTable]:
    """Tables of a page from top to bottom, with cells filled from its words.

    A frame around text and a table of layout are none.
    """
    tables = [_table(boxes, words) for boxes in find_cells(rulings) if len(boxes) > 1]
    found = [
        table
        for table in tables
        if any(cell.items for cell in table.cells)
        and not is_layout([cell.as_grid_cell("x" * bool(cell.items)) for cell in table.cells])
    ]
    return sorted(found, key=lambda table: (table.top, table.x0))


def find_cells(rulings: Sequence[Ruling]) -> list[list[_Box]]:
    """The boxes that lines enclose, by table."""
    if sum(ruling.top == ruling.bottom for ruling in rulings) < 2 or len(rulings) < 4:
        return []
    edges = merge_edges([_edge(ruling) for ruling in rulings], _SNAP, _SNAP, _SNAP, _SNAP)
    edges = [edge for edge in edges if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _SNAP]
    boxes: list[list[_Box]] = cells_to_tables(_smallest_cells(edges_to_intersections(edges, _SNAP, _SNAP)))
    return boxes


def _smallest_cells(crossings: dict[_Point, dict[str, list[dict[str, Any]]]]) -> list[_Box]:
    """The smallest box right below each crossing whose sides are lines: pdfplumber's rule.

    pdfplumber gathers the lines through both ends anew for each side that it tries; here they are
    numbered once.
    """
    numbers: dict[_Box, int] = {}
    through: dict[_Point, tuple[set[int], set[int]]] = {}
    columns: defaultdict[float, list[_Point]] = defaultdict(list)
    rows: defaultdict[float, list[_Point]] = defaultdict(list)
    for point in sorted(crossings):
        level, upright = (
            {numbers.setdefault((each["x0"], each["top"], each["x1"], each["bottom"]), len(numbers)) for each in edges}
            for edges in (crossings[point]["h"], crossings[point]["v"])
        )
        through[point] = level, upright
        columns[point[0]].append(point)
        rows[point[1]].append(point)
    found = []
    for point, (level, upright) in through.items():
        below = [each for each in columns[point[0]] if each > point and not upright.isdisjoint(through[each][1])]
        right = [each for each in rows[point[1]] if each > point and not level.isdisjoint(through[each][0])]
        for (_, bottom), (x1, top) in product(below, right):
            corner = through.get((x1, bottom))
            if corner is None or corner[1].isdisjoint(through[x1, top][1]):
                continue
            if not corner[0].isdisjoint(through[point[0], bottom][0]):
                found.append((point[0], point[1], x1, bottom))
                break
    return found


def _edge(ruling: Ruling) -> dict[str, Any]:
    return {
        **ruling._asdict(),
        "width": ruling.x1 - ruling.x0,
        "height": ruling.bottom - ruling.top,
        "doctop": ruling.top,
        "orientation": "h" if ruling.top == ruling.bottom else "v",
    }


def _table(boxes: Sequence[_Box], words: Sequence[Word]) -> RuledTable:
    columns = _edges([edge for box in boxes for edge in (box[0], box[2])])
    rows = _edges([edge for box in boxes for edge in (box[1], box[3])])
    cells = []
    for box, own in zip(boxes, _sort_into(boxes, words), strict=True):
        row, col = _at(rows, box[1]), _at(columns, box[0])
        row_span, col_span = max(_at(rows, box[3]) - row, 1), max(_at(columns, box[2]) - col, 1)
        cells.append(RuledCell(row, col, row_span, col_span, _items(own)))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return RuledTable(columns[0], rows[0], columns[-1], rows[-1], tuple(columns), tuple(cells))


def _edges(positions: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    return edges


def _at(edges: Sequence[float], position: float) -> int:
    """The index of the nearest edge, of the left one where two are as near."""
    index = bisect_left(edges, position)
    if index and (index == len(edges) or position - edges[index - 1] <= edges[index] - position):
        return index - 1
    return index


def _sort_into(boxes: Sequence[_Box], words: Sequence[Word]) -> list[list[Word]]:
    """The words of each box: those whose middle lies in it."""
    inside: list[list[Word]] = [[] for _ in boxes]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    last = 0
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not (left <= x <= right and top <= y <= bottom):
            continue
        # The next word mostly stands in the same box.
        x0, above, x1, below = boxes[last]
        if above <= y <= below and x0 <= x <= x1:
            inside[last].append(word)
            continue
        for index, (x0, above, x1, below) in enumerate(boxes):
            if above <= y <= below and x0 <= x <= x1:
                inside[index].append(word)
                last = index
                break
    return inside


def _items(words: Sequence[Word]) -> tuple[tuple[Line, ...], ...]:
    """The lines of a cell: wrapped lines together, each list item apart."""
    items: list[list[Line]] = []
    for line in find_lines(words):
        if items and not _ITEM.match(line.text):
            items[-1].append(line)
        else:
            items.append([line])
    return tuple(tuple(item) for item in items)


def column_rooms(table: RuledTable) -> dict[int, float]:
    """How wide the widest line of each column is, which is about the room that its cells give."""
    rooms: dict[int, float] = {}
    for cell in table.cells:
        for line in (line for item in cell.items for line in item if cell.col_span == 1):
            rooms[cell.col] = max(rooms.get(cell.col, 0.0), line.x1 - line.x0)
    return rooms


def rejoined(lines: Sequence[Line], room: float) -> list[Line]:
    """The lines of a cell, words put together that were too wide for their column: ``Hạn`` over ``g``.

    A line of one word was cut in the middle where the next letter had no room left, and where the
    two parts are a figure or one syllable.
    """
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before is None or len(before.words) > 1 or not _is_rest(before.words[0], line.words[0], room):
            whole.append(line)
            continue
        first, rest = before.words[0], line.words[0]
        word = first._replace(text=first.text + rest.text, x1=max(first.x1, rest.x1), bottom=rest.bottom)
        whole[-1] = Line((word,))
        if len(line.words) > 1:
            whole.append(Line(line.words[1:]))
    return whole


def _is_rest(word: Word, rest: Word, room: float) -> bool:
    letter = (rest.x1 - rest.x0) / len(rest.text)
    if word.x1 - word.x0 + letter <= room:
        return False
    both = word.text + rest.text
    if both[0].isdigit():
        return word.text[-1].isdigit() and rest.text.isdigit()
    capitals = both.isupper() and both.isascii() and len(word.text) < 3 > len(rest.text)
    return capitals or (is_syllable(both) and not (is_syllable(word.text) and is_syllable(rest.text)))


def is_continued(above: RuledTable, below: RuledTable) -> bool:
    """Whether a table at the top of a page goes on with one at the foot of the page before."""
    if above.is_drawn != below.is_drawn or len(above.columns) != len(below.columns):
        return False
    first, last = (0, None) if above.is_drawn else (1, -1)  # letters alone end where they end
    edges = list(zip(above.columns, below.columns, strict=True))[first:last]
    widest = 2 * _SNAP if above.is_drawn else min(b - a for a, b in pairwise(above.columns)) / 2
    width = [shape([cell.as_grid_cell("") for cell in table.cells])[1] for table in (above, below)]
    return width[0] == width[1] and all(abs(a - b) <= widest for a, b in edges)
