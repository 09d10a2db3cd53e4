"""Dark bands of a page made light: white headings on coloured rows, titles in dark bars, grey letters on grey.

Recognition takes a dark area for a picture and says nothing of what stands in it. Areas whose background is far
darker than the paper around or the letters in them are therefore drawn anew, as dark letters on white.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Grey = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

#: Inches between the points that are looked at, and the window (in such points) whose background is asked for.
_STEP, _WINDOW = 0.02, 9
#: Grey value below which a point is dark, and that of backgrounds that get a frame and may have light letters.
_DARK, _FRAMED, _PALE = 206, 160, 175
#: Share of the points of a window that are dark where its background is: the strokes of letters are fewer.
_MOSTLY = 0.52
#: Share of the paper's brightness that a band has at most, by which it falls over two squares where a band begins,
#: and how many squares long such an edge is at least.
_SHADE, _EDGE, _LONG = 0.85, 0.13, 12
#: Least width and height of a band, in points looked at; strokes of letters, rulings and the star of a stamp are
#: smaller. Along so many points its rows are dark.
_WIDE, _HIGH, _ALONG = 50, 5, 20
#: Which of a hundred points of a band is as bright as its letters.
_BRIGHTEST = 97
#: Contrast below which nothing is made out; a background darker than the second has no letters that are darker still.
_LEAST_CONTRAST, _BLACK = 40, 96


def without_bands(picture: Image.Image, dpi: float) -> Image.Image:
    """The level picture, its paper white, with its dark bands drawn as dark letters on white, framed by a line.

    The picture itself where it has no bands.
    """
    step = max(round(_STEP * dpi), 1)
    grey = np.asarray(picture)
    points = np.ascontiguousarray(grey[::step, ::step])
    if min(points.shape) < _WIDE:
        return picture
    core, bands = _bands(points < _DARK)
    if not core.any():
        return picture
    middle = Image.fromarray(points).filter(ImageFilter.MedianFilter(_WINDOW))
    # Near the edge of a band the middle value may be that of the paper beside it.
    edge = _widened(_widened(~core, _WINDOW // 2).T, _WINDOW // 2).T
    background = np.where(~edge, np.asarray(middle), np.asarray(middle.filter(ImageFilter.MinFilter(_WINDOW + 2))))
    drawn = grey.copy()
    for top, bottom in _runs(np.asarray(bands.any(axis=1))):
        for left, right in _runs(np.asarray(bands[top:bottom].any(axis=0))):
            here = np.s_[top:bottom, left:right]
            part = drawn[top * step : bottom * step, left * step : right * step]
            inside = _filled((part < _DARK) & (_enlarged(255 * bands[here], part) > 127))
            level = _enlarged(background[here], part)
            letters = _as_ink(part, level, points[here][core[here]])
            part[:] = np.where(inside, letters, part)
            # What is hardly darker than paper may end anywhere, in the middle of a letter too.
            part[_edge(inside) & (level < _FRAMED)] = 0
    return Image.fromarray(drawn)


def with_sharp_edges(near: Grey, far: Grey) -> Mask:
    """Which squares of a page are bands: dark beside the paper around, and with a sharp edge above or below.

    ``near`` is how bright each square is, ``far`` the paper around it. A shadow has soft edges.
    """
    dark: Mask = near < _SHADE * far
    if not dark.any():
        return dark
    fall = near[:-2].astype(np.int16) - near[2:]
    edge = np.zeros_like(dark)
    edge[2:] |= dark[2:] & (fall > _EDGE * far[2:])
    edge[:-2] |= dark[:-2] & (-fall > _EDGE * far[:-2])
    band = _opened(edge, _LONG)
    while band.any():
        grown = _widened(_widened(band, 1).T, 1).T & dark
        if (grown == band).all():
            break
        band = grown
    return band


def _bands(dark: Mask) -> tuple[Mask, Mask]:
    """Which points lie in dark bands, and which of them or at their edges."""
    core = _opened(_opened(_mostly(dark, _WINDOW, _WINDOW), _WIDE).T, _HIGH).T
    if not core.any():
        return core, core
    # A window that is half outside of the band is light already: the band reaches further than that. Above and below
    # it ends with the last row that is dark along a good way, for letters may stand close to it.
    rows = _mostly(dark, _ALONG, 1)
    band = core
    for _ in range(_WINDOW // 2 + 1):
        band = core | (_widened(band.T, 1).T & rows)
    return core, _widened(_widened(band, _WINDOW // 2).T, 1).T


def _mostly(dark: Mask, wide: int, high: int) -> Mask:
    """Around which points most are dark."""
    share = Image.fromarray(dark.astype(np.uint8) * 255).filter(ImageFilter.BoxBlur((wide // 2, high // 2)))
    return np.asarray(share) > 255 * _MOSTLY


def _opened(mask: Mask, length: int) -> Mask:
    """The runs of the rows that are at least so long."""
    width = mask.shape[1]
    sums = np.pad(np.cumsum(mask, axis=1, dtype=np.int32), ((0, 0), (1, length)), mode="edge")
    starts = sums[:, length:] - sums[:, :-length] == length
    sums = np.pad(np.cumsum(starts, axis=1, dtype=np.int32), ((0, 0), (length, 0)))
    return np.asarray(sums[:, length : length + width] - sums[:, :width] > 0)


def _widened(mask: Mask, by: int) -> Mask:
    """The runs of the rows, and so many points beside them."""
    width = mask.shape[1]
    sums = np.cumsum(np.pad(mask, ((0, 0), (by + 1, by))), axis=1, dtype=np.int32)
    return np.asarray(sums[:, 2 * by + 1 :] - sums[:, :width] > 0)


def _runs(mask: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _enlarged(points: Grey, part: Grey) -> Grey:
    small = Image.fromarray(np.asarray(points, dtype=np.uint8))
    return np.asarray(small.resize(part.shape[::-1], Image.Resampling.BILINEAR), dtype=np.float32)


def _filled(dark: Mask) -> Mask:
    """The points between dark ones, as letters and light lines in a band are; the paper beside it is not."""
    rows = np.logical_or.accumulate(dark, axis=1) & np.logical_or.accumulate(dark[:, ::-1], axis=1)[:, ::-1]
    columns = np.logical_or.accumulate(dark, axis=0) & np.logical_or.accumulate(dark[::-1], axis=0)[::-1]
    return np.asarray(rows | columns)


def _edge(inside: Mask) -> Mask:
    """The outermost points: where a band ends is a line."""
    inner = Image.fromarray(np.pad(inside, 2).astype(np.uint8)).filter(ImageFilter.MinFilter(5))
    return np.asarray(inside & (np.asarray(inner)[2:-2, 2:-2] == 0))


def _as_ink(grey: Grey, level: Grey, seen: Grey) -> Grey:
    """Dark on white whatever differs from its background, be it brighter or darker; ``seen`` are points of the band."""
    middle = float(np.median(seen)) if seen.size else 0.0
    light = float(np.percentile(seen, _BRIGHTEST)) if seen.size else 255.0
    # Where nothing is brighter than the background, its letters are darker.
    contrast = light - middle if light - middle > _LEAST_CONTRAST else 255.0 - middle
    # Most points are background: what they differ by is noise.
    noise = float(np.median(np.abs(seen - middle))) if seen.size else 0.0
    brighter = (grey - level - noise) / max(contrast - noise, _LEAST_CONTRAST)
    darker = (level - grey - noise) / np.maximum(level - noise, _BLACK)
    # Nobody prints white letters on what is nearly white: there the paper shows through.
    ink = darker if middle > _PALE else np.maximum(brighter, darker)
    return np.asarray(255 * (1 - np.clip(ink, 0, 1)), dtype=np.uint8)
