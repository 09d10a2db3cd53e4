"""Ruled tables in the picture of a page: their lines found and wiped out, their cells laid out for recognition.

A recogniser that meets a row of cells reads across them, half a line up and half a line down.
Cells are therefore cut out and set below the page: short ones side by side on shelves, those of
several lines on a shelf of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipelines.readers.pdf_rulings import Ruling
from pipelines.readers.pdf_tables import find_cells

_POINTS = 72.0
#: Grey values below which a point belongs to a letter, and to a line, which may be thinner than a point.
_DARK, _FAINT = 140, 200
#: Least length of lines and their greatest thickness, in inches; letters are shorter.
_LEVEL_LENGTH, _UPRIGHT_LENGTH, _THICKNESS = 0.35, 0.2, 0.06
_MOST_LINES = 2_000
#: Share of a line that is dark.
_SOLID = 0.95
#: How far a border may miss the line that it meets, in inches; twice that where it crosses others.
_REACH = 0.06
#: Cells whose ink is no higher than this, in inches, hold one line.
_ONE_LINE = 0.22
#: Cells of several lines that may stand between those that are read in a row.
_MOST_BETWEEN = 12
#: Space around what is cut out and between shelves, in inches.
_SPACE = 0.12

#: x0, top, x1, bottom of what is dark in a cell, in pixels.
_Ink = tuple[int, int, int, int]
Dark = npt.NDArray[np.bool_]


class _Stroke(NamedTuple):
    """A line in pixels: along it, and across it (both ends inside)."""

    start: int
    end: int
    first: int
    last: int


class _Piece(NamedTuple):
    """Where a cut-out stands on the canvas, and by how much that is off its place on the page."""

    x0: int
    top: int
    x1: int
    bottom: int
    right_by: int
    down_by: int


@dataclass(frozen=True)
class Layout:
    """A picture to recognise, the lines found on the page (in points) and where its parts come from."""

    picture: Image.Image
    rulings: tuple[Ruling, ...]
    pieces: tuple[_Piece, ...]

    def shift(self, x: float, y: float) -> tuple[int, int]:
        """By how much, to the right and down, a point of the picture is off its place on the page."""
        for piece in self.pieces:
            if piece.x0 <= x <= piece.x1 and piece.top <= y <= piece.bottom:
                return piece.right_by, piece.down_by
        return 0, 0


def lay_out(page: Image.Image, dpi: float) -> Layout:
    """The page without its lines, what stands in ruled cells set below it."""
    grey = np.asarray(page, dtype=np.uint8).copy()
    dark: Dark = grey < _FAINT
    level = list(_strokes(dark, round(_LEVEL_LENGTH * dpi), round(_THICKNESS * dpi)))
    upright = list(_strokes(np.ascontiguousarray(dark.T), round(_UPRIGHT_LENGTH * dpi), round(_THICKNESS * dpi)))
    upright = [border for stroke in upright if (border := _border(stroke, level, dpi)) is not None]
    if len(level) + len(upright) > _MOST_LINES:
        return Layout(page, (), ())
    scale = _POINTS / dpi
    rulings = [_ruling(stroke, scale) for stroke in level]
    rulings += [Ruling(top, x0, bottom, x1) for x0, top, x1, bottom in (_ruling(stroke, scale) for stroke in upright)]
    for stroke in level:
        grey[max(stroke.first - 2, 0) : stroke.last + 3, stroke.start : stroke.end] = 255
    for stroke in upright:
        grey[stroke.start : stroke.end, max(stroke.first - 2, 0) : stroke.last + 3] = 255
    cells = [
        tuple(round(edge / scale) for edge in box) for boxes in find_cells(rulings) if len(boxes) > 3 for box in boxes
    ]
    picture, pieces = _on_shelves(grey, cells, dpi)
    return Layout(Image.fromarray(picture), tuple(rulings), tuple(pieces))


def _border(upright: _Stroke, level: Sequence[_Stroke], dpi: float) -> _Stroke | None:
    """The upright stroke as a border: it meets level lines at both ends; the stem of a large letter does not.

    One that crosses several lines is no letter; on a bad copy it may fall short of the last ones,
    and is taken to reach them.
    """
    near = _REACH * dpi
    across = [line.first for line in level if line.start - near <= upright.first and upright.last <= line.end + near]
    ends = [min((y for y in across), key=lambda y: abs(y - end), default=None) for end in (upright.start, upright.end)]
    if ends[0] is None or ends[1] is None:
        return None
    if all(abs(y - end) < near for y, end in zip(ends, (upright.start, upright.end), strict=True) if y is not None):
        return upright
    crossed = sorted(y for y in across if upright.start - near < y < upright.end + near)
    rows = sum(below - above > near for above, below in pairwise(crossed))
    if rows < 2 or abs(ends[0] - upright.start) > 2 * near or abs(ends[1] - upright.end) > 2 * near:
        return None
    return upright._replace(start=min(upright.start, ends[0]), end=max(upright.end, ends[1]))


def _ruling(stroke: _Stroke, scale: float) -> Ruling:
    middle = (stroke.first + stroke.last) / 2 * scale
    return Ruling(stroke.start * scale, middle, stroke.end * scale, middle)


def _strokes(dark: Dark, least: int, thickest: int) -> Iterator[_Stroke]:
    """Level lines: rows that are dark over a length, with the rows beside them where a line is not quite level."""
    if dark.shape[1] <= least or dark.shape[0] < 3:
        return
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    rows = _streaked(thick, least)
    # Sums may run over: what is asked for is less than they hold.
    sums = np.cumsum(thick[rows], axis=1, dtype=np.uint16)
    full = (sums[:, least:] - sums[:, :-least]) >= _SOLID * least
    open_strokes: list[_Stroke] = []
    for place in np.flatnonzero(full.any(axis=1)):
        row, runs = rows[place], _runs(full[place])
        grown: list[_Stroke] = []
        for start, end in runs:
            new = _Stroke(start, end + least, int(row), int(row))
            for old in list(open_strokes):
                if row - old.last <= 2 and old.start <= new.end and new.start <= old.end:
                    open_strokes.remove(old)
                    first = min(old.first, new.first)
                    new = _Stroke(min(old.start, new.start), max(old.end, new.end), first, int(row))
            grown.append(new)
        for old in open_strokes:
            if row - old.last <= 2:
                grown.append(old)
            elif old.last - old.first <= thickest + 2:
                yield _thinned(old)
        open_strokes = grown
    yield from (_thinned(old) for old in open_strokes if old.last - old.first <= thickest + 2)


def _streaked(thick: Dark, least: int) -> npt.NDArray[np.intp]:
    """The rows that may hold a line: most eights of points in such a length are dark throughout, unlike in text."""
    eights = np.packbits(thick, axis=1) == 255
    count = (least - 7) // 8
    sums = np.cumsum(eights, axis=1, dtype=np.uint16)
    sums[:, count:] -= sums[:, :-count].copy()
    return np.flatnonzero(sums.max(axis=1) >= count - math.floor((1 - _SOLID) * least))


def _thinned(stroke: _Stroke) -> _Stroke:
    """The stroke without the rows beside it that were looked at as well."""
    if stroke.last - stroke.first < 2:
        return stroke
    return stroke._replace(first=stroke.first + 1, last=stroke.last - 1)


def _runs(row: npt.NDArray[Any]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _on_shelves(
    grey: npt.NDArray[np.uint8], cells: Sequence[tuple[int, ...]], dpi: float
) -> tuple[npt.NDArray[np.uint8], list[_Piece]]:
    """The page with its cells emptied, and what stood in them on shelves below."""
    space = round(_SPACE * dpi)
    height, width = grey.shape
    inks = [ink for cell in sorted(cells, key=lambda cell: (cell[1], cell[0])) if (ink := _ink(grey, cell)) is not None]
    pieces: list[_Piece] = []
    top = height + space
    shelves = _shelves(inks, width - 2 * space, space, _ONE_LINE * dpi)
    for shelf in shelves:
        x, upper = space, min(ink[1] for ink in shelf)
        for x0, y0, x1, y1 in shelf:
            # What stands in one row keeps its base line.
            above = top + y0 - upper
            pieces.append(_Piece(x, above, x + x1 - x0, above + y1 - y0, x - x0, above - y0))
            x += x1 - x0 + 3 * space
        top = max(piece.bottom for piece in pieces[-len(shelf) :]) + space
    if not pieces:
        return grey, []
    canvas = np.full((top, max(width, max(piece.x1 for piece in pieces) + space)), 255, dtype=np.uint8)
    canvas[:height, :width] = grey
    for piece, (x0, y0, x1, y1) in zip(pieces, [ink for shelf in shelves for ink in shelf], strict=True):
        canvas[piece.top : piece.bottom, piece.x0 : piece.x1] = grey[y0:y1, x0:x1]
        canvas[y0:y1, x0:x1] = 255
    return canvas, pieces


def _shelves(inks: Sequence[_Ink], width: int, space: int, one_line: float) -> list[list[_Ink]]:
    """What is read in a row: the one-line cells of a row of the table side by side, any other alone.

    A lone figure is easily overlooked, so a cell of several lines between them does not part them.
    """
    shelves: list[list[_Ink]] = []
    used: list[int] = []
    for ink in inks:
        wide = ink[2] - ink[0] + 3 * space
        for place in range(len(shelves) - 1, max(len(shelves) - 1 - _MOST_BETWEEN, -1), -1):
            if used[place] + wide <= width and _in_row(shelves[place][0], ink, one_line):
                shelves[place].append(ink)
                used[place] += wide
                break
        else:
            shelves.append([ink])
            used.append(wide)
    return shelves


def _in_row(first: _Ink, ink: _Ink, one_line: float) -> bool:
    if max(first[3] - first[1], ink[3] - ink[1]) > one_line:
        return False
    return abs(first[1] + first[3] - ink[1] - ink[3]) < max(first[3] - first[1], ink[3] - ink[1])


def _ink(grey: npt.NDArray[np.uint8], cell: Sequence[int]) -> _Ink | None:
    """The box around what is dark in a cell; None of an empty one."""
    left, above, right, below = cell
    inner = grey[above + 3 : below - 2, left + 3 : right - 2] < _DARK
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    # A speck or a rest of the frame is no text, a dash is.
    if rows.size < 2 or columns.size < 2 or rows.size + columns.size < 8:
        return None
    x0, y0 = left + 3 + int(columns[0]), above + 3 + int(rows[0])
    x1, y1 = left + 4 + int(columns[-1]), above + 4 + int(rows[-1])
    return max(x0 - 2, 0), max(y0 - 2, 0), min(x1 + 2, grey.shape[1]), min(y1 + 2, grey.shape[0])
