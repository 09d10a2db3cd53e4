"""The ink of round stamps taken off a scan in grey, where it is not as dark as print.

Without colours a stamp is told by its rim: a thin closed circle of three to four centimetres with paper around it.
On a scan in black and white alone its ink is as black as print, and stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

Grey = npt.NDArray[Any]

#: Points an inch that are looked at for rims, and for where exactly they run.
_COARSE, _FINE = 33, 100
#: Inches from the middle of a stamp to its rim, and how much of an inch further there is paper.
_LEAST, _MOST, _BEYOND = 0.5, 0.95, 0.06
#: In how many directions a rim is looked for (in every third at a glance), in which share of them it is seen from
#: afar, and which share is closed.
_DIRECTIONS, _GLANCE, _SEEN, _CLOSED = 48, 3, 0.9, 0.9
#: Most of the directions in which something dark stands beyond the rim.
_CROWDED = 0.5
#: Share of the paper's brightness below which a point has ink.
_INK = 0.8
#: How much darker than the rim, of 255, print is at least for the two to be told apart; where between them they part.
_APART, _PART = 35, 0.55
#: How many stamps a page may have.
_STAMPS = 6
#: Which of a hundred points, from dark to bright, is print, and which is paper.
_PRINT, _PAPER = 12, 75


class Rim(NamedTuple):
    """A circle, in pixels."""

    x: float
    y: float
    radius: float


def without_grey_stamps(grey: Image.Image, dpi: float) -> Image.Image:
    """The picture (mode ``L``) with the ink of round stamps as bright as paper; as it is where it has none."""
    points = np.asarray(grey)
    cleaned: Grey | None = None
    for rim in find_rims(grey, dpi):
        reach = rim.radius + _BEYOND * dpi
        top, left = max(int(rim.y - reach), 0), max(int(rim.x - reach), 0)
        part = np.s_[top : int(rim.y + reach) + 1, left : int(rim.x + reach) + 1]
        lighter = _without_ink(points[part], points, Rim(rim.x - left, rim.y - top, rim.radius), reach)
        if lighter is not None:
            cleaned = points.copy() if cleaned is None else cleaned
            cleaned[part] = lighter
    return grey if cleaned is None else Image.fromarray(cleaned)


def find_rims(grey: Image.Image, dpi: float) -> list[Rim]:
    """The rims of round stamps on a page, the clearest first."""
    if min(grey.size) < 2 * _MOST * dpi:
        return []
    step = max(round(dpi / _COARSE), 1)
    ink = _ink(np.asarray(grey.reduce(step)))
    fine = max(round(dpi / _FINE), 1)
    near = _ink(np.asarray(grey.reduce(fine)))
    found: list[Rim] = []
    for x, y, radius in _circles(ink, dpi / step):
        ratio = step / fine
        rim = _closer(near, Rim((x + 0.5) * ratio, (y + 0.5) * ratio, radius * ratio), dpi / fine)
        if rim is not None:
            rim = Rim(*(each * fine for each in rim))
            if all(math.hypot(rim.x - other.x, rim.y - other.y) > other.radius for other in found):
                found.append(rim)
        if len(found) == _STAMPS:
            break
    return found


def _ink(points: Grey) -> npt.NDArray[np.uint8]:
    return np.asarray(points < _INK * np.percentile(points, _PAPER), dtype=np.uint8)


def _directions(count: int) -> tuple[Grey, Grey]:
    turns = np.arange(count) * (2 * math.pi / count)
    return np.cos(turns), np.sin(turns)


def _circles(ink: npt.NDArray[np.uint8], dpi: float) -> Iterator[Rim]:
    """Where ink stands in nearly all directions at one distance, the most complete first, each place once."""
    padded = np.pad(ink, 1)
    wide = padded[1:-1, 1:-1] | padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
    found: list[tuple[int, int, int, int]] = []
    across, down = _directions(_DIRECTIONS)
    for radius in range(round(_LEAST * dpi), round(_MOST * dpi) + 1):
        height, width = ink.shape[0] - 2 * radius, ink.shape[1] - 2 * radius
        if min(height, width) <= 0:
            break
        seen = np.zeros((height, width), dtype=np.uint8)
        places = [
            *zip(
                np.rint(radius * across).astype(int) + radius, np.rint(radius * down).astype(int) + radius, strict=True
            )
        ]
        for x, y in places[::_GLANCE]:
            seen += wide[y : y + height, x : x + width]
        rows, columns = np.nonzero(seen == len(places[::_GLANCE]))
        closely = np.zeros(rows.size, dtype=np.uint8)
        for x, y in places:
            closely += wide[rows + y, columns + x]
        for row, column, count in zip(rows, columns, closely, strict=True):
            if count >= _SEEN * len(places):
                found.append((int(count), radius, int(column) + radius, int(row) + radius))
    found.sort(reverse=True)
    taken: list[tuple[int, int]] = []
    for _, radius, x, y in found:
        if all(abs(x - other_x) + abs(y - other_y) > 4 for other_x, other_y in taken):
            taken.append((x, y))
            yield Rim(x, y, radius)
        if len(taken) == 2 * _STAMPS:
            return


def _closer(ink: npt.NDArray[np.uint8], rough: Rim, dpi: float) -> Rim | None:
    """The circle where it runs exactly; None where it is not closed, or no paper lies around it."""
    across, down = _directions(4 * _DIRECTIONS)
    best, share = rough, 0.0
    for step, reach in ((2, 4), (1, 1)):
        middle = best
        for dr, dy, dx in product(range(-reach, reach + 1), repeat=3):
            tried = Rim(middle.x + step * dx, middle.y + step * dy, middle.radius + step * dr)
            seen = _along(ink, tried.x + tried.radius * across, tried.y + tried.radius * down)
            if seen > share:
                best, share = tried, seen
    if share < _CLOSED:
        return None
    beyond = best.radius + _BEYOND * dpi
    return best if _along(ink, best.x + beyond * across, best.y + beyond * down) < _CROWDED else None


def _along(ink: npt.NDArray[np.uint8], x: Grey, y: Grey) -> float:
    """The share of places that have ink; beyond the page is none."""
    column, row = x.astype(int), y.astype(int)
    inside = (column >= 0) & (row >= 0) & (column < ink.shape[1]) & (row < ink.shape[0])
    return float(ink[row[inside], column[inside]].sum()) / len(x)


def _without_ink(part: Grey, page: Grey, rim: Rim, reach: float) -> Grey | None:
    """A part of a page without what is as light as the rim in it or lighter; None where print is as light as that."""
    paper = float(np.percentile(part, _PAPER))
    across, down = _directions(4 * _DIRECTIONS)
    columns = np.clip(rim.x + rim.radius * across, 0, part.shape[1] - 1).astype(int)
    rows = np.clip(rim.y + rim.radius * down, 0, part.shape[0] - 1).astype(int)
    stamp = float(np.median(part[rows, columns]))
    dark = page[page < _INK * paper]
    printed = float(np.percentile(dark, _PRINT))
    if stamp - printed < _APART:
        return None
    cut = printed + _PART * (stamp - printed)
    row, column = np.ogrid[: part.shape[0], : part.shape[1]]
    inside = np.hypot(column - rim.x, row - rim.y) <= reach
    # What is between print and stamp is the edge of a letter: it stays in between.
    sharper = np.clip(printed + (part - printed) * ((255 - printed) / (cut - printed)), 0, 255)
    return np.where(inside & (part > printed), sharper, part).astype(np.uint8)
