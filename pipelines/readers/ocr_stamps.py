"""The ink of round stamps, and of what is signed beside them, taken off a scan in colours.

A stamp covers the left third of a signature, and with it the name and the post of who signed (Nghị định
30/2020/NĐ-CP): in grey its red is as dark as print. Print has no colour, ink has: of the colours of a point only
the brightest is looked at, which is bright in red or blue on white, and dark where black lies below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Mask = npt.NDArray[np.bool_]

#: Points an inch that are looked at for stamps: a point of them is a millimetre.
_COARSE = 25
#: How much more red than anything else there is in the ink of stamps, beyond the tint of the paper, of 255.
_RED = 28
#: By how much the colours of a point differ for it to be ink.
_COLOURED = 45
#: Value below which some colour of a point is dark, and which share of such points has colour on a page of black print.
_DARK, _AS_A_RULE = 128, 0.6
#: Which of a hundred points, from dark to bright, has the colour of the paper.
_PAPER = 75
#: Value above which a point beside ink is the edge of that ink and not of print.
_EDGE = 120
#: Every how manieth point is enough to tell what a page is like.
_SAMPLE = 4
#: Most of a page that is red where it has stamps; what has more is a picture.
_MOST_RED = 0.1
#: Inches that stamps of offices and Party bodies measure across (3 to 4.2 cm), with room for bad copies.
_LEAST, _MOST = 0.95, 1.9
#: How much longer than high, or higher than long, a stamp is at most, and in how many of so many directions its
#: rim is seen.
_ROUND, _DIRECTIONS, _SEEN = 1.25, 24, 18
#: Where the rim lies, as a share of the radius.
_RIM = 0.72, 1.15
#: How far to the left, above, to the right and below a stamp people sign, in its diameters.
_SIGNED = 0.3, 0.6, 1.6, 0.3
_NEAR = tuple(product((-2, -1, 0, 1, 2), repeat=2))


class _Box(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def in_grey(picture: Image.Image, dpi: float) -> Image.Image:
    """The picture in grey (mode ``L``), without the ink of stamps and signatures where it has colours and a stamp."""
    grey = picture.convert("L")
    if picture.mode in {"1", "L", "LA"} or min(picture.size) < dpi * _LEAST:
        return grey
    colours = picture.convert("RGB")
    step = max(round(dpi / _COARSE), 1)
    stamps = [_grown(stamp, step) for stamp in _stamps(_reddish(colours.reduce(step)), dpi / step)]
    boxes = [_with_signature(stamp, *picture.size) for stamp in stamps]
    if not stamps or _prints_in_colour(colours, boxes):
        return grey
    cleaned = np.asarray(grey).copy()
    for box in boxes:
        within = [_Box(s.left - box.left, s.top - box.top, s.right - box.left, s.bottom - box.top) for s in stamps]
        cleaned[_part(box)] = _without_ink(np.asarray(colours.crop(box)), within)
    return Image.fromarray(cleaned)


def _part(box: _Box) -> tuple[slice, slice]:
    return slice(max(box.top, 0), max(box.bottom, 0)), slice(max(box.left, 0), max(box.right, 0))


def _prints_in_colour(colours: Image.Image, inked: Sequence[_Box]) -> bool:
    """Whether what is dark on the page is coloured as a rule: then ink is not told from print."""
    points = np.asarray(colours)[::_SAMPLE, ::_SAMPLE]
    darkest, brightest = points.min(axis=2), points.max(axis=2)
    for box in inked:
        darkest[_part(_Box(*(edge // _SAMPLE for edge in box)))] = 255
    dark = darkest < _DARK
    return bool((brightest - darkest > _COLOURED)[dark].sum() > _AS_A_RULE * dark.sum())


def _without_ink(colours: npt.NDArray[np.uint8], stamps: Sequence[_Box]) -> npt.NDArray[np.uint8]:
    """A part of a page in grey, its coloured ink as bright as the paper: red ink in stamps, any other all over."""
    paper = np.percentile(colours[::_SAMPLE, ::_SAMPLE].reshape(-1, 3), _PAPER, axis=0)
    colours = np.minimum(colours * (255 / np.maximum(paper, 1)).astype(np.float32), 255).astype(np.uint8)
    brightest = np.maximum(np.maximum(colours[:, :, 0], colours[:, :, 1]), colours[:, :, 2])
    darkest = np.minimum(np.minimum(colours[:, :, 0], colours[:, :, 1]), colours[:, :, 2])
    is_ink = brightest - darkest > _COLOURED
    is_red = is_ink & (colours[:, :, 0] == brightest)
    outside = np.ones(is_ink.shape, dtype=bool)
    for stamp in stamps:
        outside[_part(stamp)] = False
    print_in_red = is_red & outside
    grey = brightest.astype(np.float32)
    grey[print_in_red] = darkest[print_in_red]
    for ink in (is_red & ~outside, is_ink & ~is_red):
        if ink.any():
            # The ink itself becomes white, and what is printed below it stays as much darker as it is.
            grey[ink] *= 255 / float(np.median(brightest[ink]))
    # A camera blurs the edge of ink: it has less colour than the ink and is darker than the paper.
    beside = np.asarray(Image.fromarray(is_ink & ~print_in_red).convert("L").filter(ImageFilter.MaxFilter(3))) > 0
    grey[beside & (grey > _EDGE)] = 255
    return np.asarray(np.minimum(grey, 255), dtype=np.uint8)


def _reddish(small: Image.Image) -> Mask:
    points = np.asarray(small, dtype=np.int16)
    red = points[:, :, 0] - points[:, :, 1:].max(axis=2)
    return np.asarray(red - np.median(red) > _RED)


def _stamps(red: Mask, dpi: float) -> Iterator[_Box]:
    """Where red stands in a circle of the size of a stamp, in points."""
    if red.mean() > _MOST_RED:
        return
    for points in _blots(red):
        box = _Box(*points.min(axis=0)[::-1].tolist(), *(points.max(axis=0)[::-1] + 1).tolist())
        wide, high = box.right - box.left, box.bottom - box.top
        if not _LEAST * dpi <= min(wide, high) <= max(wide, high) <= _MOST * dpi or max(wide, high) > _ROUND * min(
            wide, high
        ):
            continue
        down = (points[:, 0] + 0.5 - (box.top + box.bottom) / 2) / (high / 2)
        across = (points[:, 1] + 0.5 - (box.left + box.right) / 2) / (wide / 2)
        far = np.hypot(down, across)
        rim = (_RIM[0] < far) & (far < _RIM[1])
        turns = np.arctan2(down[rim], across[rim]) / (2 * math.pi) % 1
        if np.unique((turns * _DIRECTIONS).astype(int)).size >= _SEEN:
            yield box


def _blots(mask: Mask) -> Iterator[npt.NDArray[Any]]:
    """The points (row, column) that lie together, no more than a point apart."""
    left = set(zip(*(places.tolist() for places in np.nonzero(mask)), strict=True))
    while left:
        blot = [left.pop()]
        for row, column in blot:
            near = left & {(row + down, column + across) for down, across in _NEAR}
            left -= near
            blot += near
        yield np.array(blot)


def _grown(stamp: _Box, step: int) -> _Box:
    """The stamp in pixels of the page, with the edge of its ink."""
    return _Box((stamp.left - 1) * step, (stamp.top - 1) * step, (stamp.right + 1) * step, (stamp.bottom + 1) * step)


def _with_signature(stamp: _Box, width: int, height: int) -> _Box:
    across, down = stamp.right - stamp.left, stamp.bottom - stamp.top
    left, above, right, below = _SIGNED
    return _Box(
        max(stamp.left - round(left * across), 0),
        max(stamp.top - round(above * down), 0),
        min(stamp.right + round(right * across), width),
        min(stamp.bottom + round(below * down), height),
    )
