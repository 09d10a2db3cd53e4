"""A sheet of paper photographed on something darker: found by its edges, and laid flat.

Only Pillow and NumPy. A picture that a scanner made has no such edges and stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Points = npt.NDArray[Any]
Box = tuple[float, float, float, float]

#: Pixels of the longer side of the picture in which edges are looked for, and those that letters reach there.
_SIDE, _LETTERS = 480, 7
#: By how much paper is brighter than what lies beside it, of 255, over so many pixels.
_STEP, _OVER = 22, 4
#: How far from its line an edge may be seen, and along which share of the picture's side it is.
_NEAR, _LEAST_SEEN = 1.5, 0.4
#: How far in an edge may lie, and how far it may lean, of the picture's side.
_DEEPEST, _STEEPEST = 0.42, 0.36
#: How far edges lean where some of them are not in the picture: the dark rims of a scanner's glass do not lean.
_LEANS = 0.01
#: From which share of the whole the paper may be what the picture is about, and above which it is all of it.
_LEAST_PAPER, _ALL_PAPER = 0.3, 0.97
#: What lies beside the paper is at least so much darker, as a share of the paper's brightness.
_DARKER = 0.82
#: By how much less than the paper's edge the part that is kept begins, of its width: its rim is in shadow.
_RIM = 0.004
#: Sides of A4, and how far the sides of a photographed sheet may be from their ratio.
_A4, _A4_INCHES, _ASKEW = math.sqrt(2), 8.27, 1.22


class _Line(NamedTuple):
    """``at + lean * along``: across the picture of a left or right edge, down of an upper or lower one."""

    at: float
    lean: float
    is_seen: bool


@dataclass(frozen=True)
class Flat:
    """A sheet laid flat, with its pixels an inch; ``back`` leads from it to the picture it was taken from.

    ``back`` is None where the picture is the sheet; else the eight numbers of a projection.
    """

    picture: Image.Image
    dpi: float
    back: tuple[float, ...] | None = None

    def place(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """The upright box around where a box of the sheet stood in the picture it was taken from, in pixels."""
        if self.back is None:
            return x0, top, x1, bottom
        a, b, c, d, e, f, g, h = self.back
        corners = [
            ((a * x + b * y + c) / (g * x + h * y + 1), (d * x + e * y + f) / (g * x + h * y + 1))
            for x in (x0, x1)
            for y in (top, bottom)
        ]
        across, down = zip(*corners, strict=True)
        return min(across), min(down), max(across), max(down)


def laid_flat(grey: Image.Image, dpi: float) -> Flat:
    """The sheet in a picture (mode ``L``); the picture itself where no edges of a sheet are seen in it.

    A sheet with the sides of A4, all four of them in the picture, is taken for A4.
    """
    corners, is_whole = _find_corners(grey)
    if corners is None:
        return Flat(grey, dpi)
    upper_left, upper_right, lower_right, lower_left = corners
    width = max(math.dist(upper_left, upper_right), math.dist(lower_left, lower_right))
    height = max(math.dist(upper_left, lower_left), math.dist(upper_right, lower_right))
    if is_whole and _A4 / _ASKEW < max(width / height, height / width) < _A4 * _ASKEW:
        # The side that leans away from the camera looks shorter than it is.
        short = max(min(width, height), max(width, height) / _A4)
        width, height = (short, short * _A4) if width < height else (short * _A4, short)
        dpi = short / _A4_INCHES
    size = max(round(width), 1), max(round(height), 1)
    back = projection(((0, 0), (size[0], 0), size, (0, size[1])), corners)
    flat = grey.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    return Flat(flat, dpi, back)


def projection(places: Sequence[Sequence[float]], others: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The projection that leads from four places to four others."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(places, others, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    wanted = [value for place in others for value in place]
    return tuple(float(each) for each in np.linalg.solve(np.array(rows, dtype=float), np.array(wanted, dtype=float)))


def _find_corners(grey: Image.Image) -> tuple[tuple[tuple[float, float], ...] | None, bool]:
    """The corners of the sheet in pixels, clockwise from the upper left, or None; whether all its edges are seen."""
    step = max(grey.width, grey.height) / _SIDE
    size = max(round(grey.width / step), 1), max(round(grey.height / step), 1)
    if min(size) < _SIDE // 4:
        return None, False
    small = grey.resize(size, Image.Resampling.BOX)
    # Letters and rulings give way to the paper around them.
    paper = small.filter(ImageFilter.MaxFilter(_LETTERS)).filter(ImageFilter.MinFilter(_LETTERS))
    points = np.asarray(paper, dtype=np.int16)
    left, right = _edge(points), _edge(points[:, ::-1])
    upper, lower = _edge(points.T), _edge(points.T[:, ::-1])
    right = right._replace(at=size[0] - 1 - right.at, lean=-right.lean)
    lower = lower._replace(at=size[1] - 1 - lower.at, lean=-lower.lean)
    edges = left, right, upper, lower
    is_whole = all(edge.is_seen for edge in edges)
    if sum(edge.is_seen for edge in edges) < 2 or not (is_whole or max(abs(edge.lean) for edge in edges) > _LEANS):
        return None, False
    corners = [_crossing(a, b) for a, b in ((left, upper), (right, upper), (right, lower), (left, lower))]
    if not _is_sheet(points, corners):
        return None, False
    inset = _RIM * max(size)
    moved = [
        (x + inset * (1 if at in (0, 3) else -1), y + inset * (1 if at in (0, 1) else -1))
        for at, (x, y) in enumerate(corners)
    ]
    return tuple(((x + 0.5) * step, (y + 0.5) * step) for x, y in moved), is_whole


def _edge(points: Points) -> _Line:
    """The left edge of the paper: where most rows grow brighter along one line; the picture's own where none do."""
    height, width = points.shape
    reach = round(_DEEPEST * width)
    rise = points[:, _OVER : reach + _OVER] - points[:, :reach]
    found = rise.argmax(axis=1)
    rows = np.nonzero(rise[np.arange(height), found] >= _STEP)[0]
    none = _Line(0.0, 0.0, is_seen=False)
    if rows.size < _LEAST_SEEN * height:
        return none
    # The middle of the rise, however blurred.
    across = np.array([_middle(rise[row], found[row]) for row in rows])
    best: Points | None = None
    # Every line through two of some thirty places far from each other; the one that most rows agree with is the edge.
    tried = np.linspace(0, rows.size - 1, 32).astype(int)
    for first in tried:
        for second in tried:
            if rows[second] - rows[first] < height // 5:
                continue
            lean = (across[second] - across[first]) / (rows[second] - rows[first])
            if abs(lean) > _STEEPEST:
                continue
            near = np.abs(across - across[first] - lean * (rows - rows[first])) <= _NEAR
            if best is None or near.sum() > best.sum():
                best = near
    if best is None or best.sum() < max(_LEAST_SEEN * height, rows.size // 2):
        return none
    lean, at = np.polyfit(rows[best], across[best], 1)
    return _Line(float(at), float(lean), is_seen=True)


def _middle(rise: Points, at: int) -> float:
    """Where a rise has its middle: of the places beside the steepest that are nearly as steep."""
    first, last = max(at - _OVER, 0), min(at + _OVER + 1, rise.size)
    weights = np.maximum(rise[first:last] - rise[at] // 2, 0).astype(float)
    return float((np.arange(first, last) * weights).sum() / weights.sum()) + _OVER / 2


def _crossing(side: _Line, end: _Line) -> tuple[float, float]:
    """Where a left or right edge (x by y) meets an upper or lower one (y by x)."""
    x = (side.at + side.lean * end.at) / (1 - side.lean * end.lean)
    return x, end.at + end.lean * x


def _is_sheet(points: Points, corners: Sequence[tuple[float, float]]) -> bool:
    """Whether the corners part bright paper of some size from what is darker."""
    down, across = np.indices(points.shape)
    inside = np.ones(points.shape, dtype=bool)
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        inside &= (x1 - x0) * (down - y0) - (y1 - y0) * (across - x0) >= 0
    share = float(inside.mean())
    if not _LEAST_PAPER < share < _ALL_PAPER:
        return False
    return bool(np.percentile(points[~inside], 80) < _DARKER * np.median(points[inside]))
