"""Ruled tables of a PDF page: pdfplumber finds the cells, their text comes from our own characters."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from pipelines.readers.grid import GridCell, is_layout, shape
from pipelines.readers.limits import UnreadableError
from pipelines.readers.pdf_flow import Line, find_lines, find_words, join_lines
from pipelines.readers.pdf_page import Char

#: Edges closer than this are one (points); borders are drawn as thin boxes.
_SNAP = 3.0
#: x0, top, x1, bottom.
Box = tuple[float, float, float, float]
_ITEM = re.compile(r"[-–+•*▪➢]\s")


@dataclass(frozen=True)
class RuledTable:
    """A table on a page: its box, its column edges and its cells."""

    x0: float
    top: float
    x1: float
    bottom: float
    columns: tuple[float, ...]
    cells: tuple[GridCell, ...]


class TableFinder:
    """Finds tables on the pages of one PDF; opens it with pdfplumber when it is first asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def close(self) -> None:
        """Gives the memory of pdfplumber's document back."""
        # Its own `close` reads every page again, damaged ones too; nothing outside memory is open.
        self._document = None

    def find(self, index: int, chars: Sequence[Char]) -> list[RuledTable]:
        """Tables of the page at an index from 0, from top to bottom, with cells filled from ``chars``.

        A frame around text and a table of layout are none.

        Raises: UnreadableError where pdfplumber cannot read a page that PDFium can: figures
        without their headings would be worse than none.
        """
        try:
            boxes = self._find_cells(index)
        except (PdfminerException, PDFException, PSException, IndexError, ValueError, TypeError, KeyError) as error:
            raise UnreadableError(
                f"is damaged: the tables on page {index + 1} cannot be read; fetch the file again or print it anew"
            ) from error
        tables = [_table([_moved(cell, bbox) for cell in cells], chars) for cells, bbox in boxes if len(cells) > 1]
        found = [table for table in tables if not is_layout(table.cells) and any(cell.text for cell in table.cells)]
        return sorted(found, key=lambda table: (table.top, table.x0))

    def _find_cells(self, index: int) -> list[tuple[list[Box], Box]]:
        """The cells' boxes of each table on a page, with the page's own box."""
        if self._document is None:
            # What pdfminer warns of is either harmless or raised as an error as well.
            logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
            self._document = pdfplumber.open(io.BytesIO(self._data))
        page = self._document.pages[index]
        try:
            return [
                ([cell for row in table.rows for cell in row.cells if cell is not None], page.bbox)
                for table in page.find_tables()
            ]
        finally:
            # pdfplumber keeps every page's objects until it is told not to.
            page.close()


def _moved(cell: Box, bbox: Box) -> Box:
    """A cell's box counted from the page's top left corner."""
    return cell[0] - bbox[0], cell[1] - bbox[1], cell[2] - bbox[0], cell[3] - bbox[1]


def _table(boxes: Sequence[Box], chars: Sequence[Char]) -> RuledTable:
    columns = _edges([edge for box in boxes for edge in (box[0], box[2])])
    rows = _edges([edge for box in boxes for edge in (box[1], box[3])])
    inside = _sort_into(boxes, chars)
    cells = []
    for box, own in zip(boxes, inside, strict=True):
        row, col = _at(rows, box[1]), _at(columns, box[0])
        row_span, col_span = max(_at(rows, box[3]) - row, 1), max(_at(columns, box[2]) - col, 1)
        cells.append(GridCell(row, col, cell_text(own), row_span, col_span))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return RuledTable(columns[0], rows[0], columns[-1], rows[-1], tuple(columns), tuple(cells))


def _edges(positions: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    return edges


def _at(edges: Sequence[float], position: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))


def _sort_into(boxes: Sequence[Box], chars: Sequence[Char]) -> list[list[Char]]:
    """The characters of each box: those whose middle lies in it."""
    inside: list[list[Char]] = [[] for _ in boxes]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    last = 0
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        if not (left <= x <= right and top <= y <= bottom):
            continue
        # The next character mostly stands in the same box.
        for index in (last, *range(len(boxes))):
            box = boxes[index]
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                inside[index].append(char)
                last = index
                break
    return inside


def cell_text(chars: Sequence[Char]) -> str:
    """The text of a cell: wrapped lines joined, list items on lines of their own."""
    items: list[list[Line]] = []
    for line in find_lines(find_words(chars)):
        if items and not _ITEM.match(line.text):
            items[-1].append(line)
        else:
            items.append([line])
    return "\n".join(join_lines([line.text for line in item]) for item in items)


def is_continued(above: RuledTable, below: RuledTable) -> bool:
    """Whether a table at the top of a page goes on with one at the foot of the page before."""
    return (
        len(above.columns) == len(below.columns)
        and all(abs(a - b) <= 2 * _SNAP for a, b in zip(above.columns, below.columns, strict=True))
        and shape(above.cells)[1] == shape(below.cells)[1]
    )
