"""The text of a report as HTML, with every passage of a record marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from schemas import Cell, Table, TextLayer


@dataclass(frozen=True)
class Passage:
    """A half-open range of the text that supports a record (its id on the page and its type)."""

    start: int
    end: int
    record: str
    type: str


@dataclass(frozen=True)
class MarkedText:
    """The HTML of a text, and the id of the mark at which each passage begins, by its record and start."""

    html: str
    anchors: Mapping[tuple[str, int], str]


def clean(text: str) -> str:
    """The text escaped for HTML, also in attributes; control characters become replacement characters."""
    return escape("".join(char if char >= " " or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text))


def mark_text(layer: TextLayer, passages: Sequence[Passage], *, prefix: str) -> MarkedText:
    """The whole text of a layer with its passages marked; passages may overlap in any way.

    The text is cut wherever a passage begins or ends, and each piece names all the records whose
    passage it belongs to. Tables become tables. Ids begin with ``prefix``.
    """
    return _Marker(layer, passages, prefix).run()


class _Marker:
    def __init__(self, layer: TextLayer, passages: Sequence[Passage], prefix: str) -> None:
        self._layer = layer
        self._prefix = prefix
        self._anchors: dict[tuple[str, int], str] = {}
        self._borders = sorted({border for p in passages for border in (p.start, p.end)})
        self._pieces = _pieces(passages, self._borders)
        self._next_id = 0

    def run(self) -> MarkedText:
        parts: list[str] = []
        position = 0
        for table in sorted(self._layer.tables, key=lambda table: table.start):
            if table.start < position:
                continue  # a table within a table is part of its cell's text
            parts.append(self._range(position, table.start))
            parts.append(self._table(table))
            position = table.end
        parts.append(self._range(position, len(self._layer.text)))
        return MarkedText("".join(parts), self._anchors)

    def _table(self, table: Table) -> str:
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(cell)
        lines = []
        for number in range(table.shape[0]):
            cells = "".join(self._cell(cell) for cell in sorted(rows.get(number, []), key=lambda cell: cell.col))
            lines.append(f"<tr>{cells}</tr>")
        return f'<div class="scroll"><table>{"".join(lines)}</table></div>'

    def _cell(self, cell: Cell) -> str:
        tag = "th" if cell.header else "td"
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
        return f"<{tag}{spans}>{self._range(cell.start, cell.end)}</{tag}>"

    def _range(self, start: int, end: int) -> str:
        """The HTML of a range, cut at the borders of passages."""
        parts: list[str] = []
        position = start
        index = bisect_left(self._borders, start + 1)
        while position < end:
            stop = min(self._borders[index], end) if index < len(self._borders) else end
            parts.append(self._piece(position, stop, self._pieces.get(index - 1, ())))
            position = stop
            index += 1
        return "".join(parts)

    def _piece(self, start: int, end: int, passages: Sequence[Passage]) -> str:
        text = clean(self._layer.text[start:end])
        if not passages:
            return text
        identifier = f"{self._prefix}p{self._next_id}"
        self._next_id += 1
        for passage in passages:
            self._anchors.setdefault((passage.record, passage.start), identifier)
        records = " ".join(dict.fromkeys(passage.record for passage in passages))
        types = " ".join(dict.fromkeys(f"t-{passage.type}" for passage in passages))
        return f'<mark id="{identifier}" class="{types}" data-records="{records}">{text}</mark>'


def _pieces(passages: Sequence[Passage], borders: Sequence[int]) -> dict[int, list[Passage]]:
    """The passages over each piece; piece ``i`` lies between border ``i`` and the next. Short passages last."""
    pieces: dict[int, list[Passage]] = {}
    numbers = {border: index for index, border in enumerate(borders)}
    for passage in sorted(passages, key=lambda p: (p.start, -p.end)):
        for index in range(numbers[passage.start], numbers[passage.end]):
            pieces.setdefault(index, []).append(passage)
    return pieces
