"""Pictures of pages made fit for text recognition: shade divided out, noise taken down, turned level.

Only Pillow and NumPy. Grey values are 0 (black) to 255 (white).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from pipelines.readers.ocr_bands import with_sharp_edges, without_bands
from pipelines.readers.ocr_rims import without_grey_stamps
from pipelines.readers.ocr_stamps import in_grey

Grey = npt.NDArray[Any]

#: Pixels an inch at which letters of 8 to 14 points are read well; noise is not made larger.
_MOST_DPI, _GOOD_DPI, _LEAST_NOISY_DPI = 300, 250, 150
#: Pixels to which a page may be enlarged.
_MOST_PIXELS = 60_000_000
#: Angles looked for, in degrees, and the angle below which a page is level.
_MOST_SKEW, _LEVEL = 6.0, 0.1
#: Deviation of grey values above which a picture is noisy, and above which it is blurred as well.
NOISY, _VERY_NOISY = 6.0, 30.0
#: By how much a speck is darker or brighter than all its neighbours.
_LONE = 60
#: Share of specks from which they are taken away, and rows that are looked at together for them.
_LEAST_SPECKS = 0.0005
_STRIP = 32
#: How far around a dark band paper is looked for, in 32 pixels.
_FAR = 7
#: Grey values that become black and white once the noise is down.
_BLACK, _WHITE = 60, 200


@dataclass(frozen=True)
class Straight:
    """A picture that was turned by an angle (degrees, against the clock) around its middle, and its noise before."""

    picture: Image.Image
    angle: float
    noise: float

    def place(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """Where a box of the straight picture stood in the one that was turned."""
        if not self.angle:
            return x0, top, x1, bottom
        turn = math.radians(self.angle)
        middle_x, middle_y = self.picture.width / 2, self.picture.height / 2
        across, down = (x0 + x1) / 2 - middle_x, (top + bottom) / 2 - middle_y
        x = middle_x + across * math.cos(turn) + down * math.sin(turn)
        y = middle_y - across * math.sin(turn) + down * math.cos(turn)
        wide, high = (x1 - x0) / 2, (bottom - top) / 2
        high += wide * abs(math.sin(turn))
        return x - wide, y - high, x + wide, y + high


def reduced(picture: Image.Image, dpi: float) -> tuple[Image.Image, float]:
    """The picture in grey, without stamps, at no more pixels an inch than are of use, and how many that are."""
    grey = in_grey(picture, dpi)
    return (_resized(grey, _MOST_DPI / dpi), _MOST_DPI) if dpi > _MOST_DPI else (grey, dpi)


def enlarged(straight: Straight, dpi: float) -> tuple[Image.Image, float]:
    """The picture at enough pixels an inch to tell a comma from a dot, and how many that are."""
    wanted = _LEAST_NOISY_DPI if straight.noise > NOISY else _GOOD_DPI
    # A drawing as large as a wall is not made larger still.
    wanted = min(wanted, dpi * (_MOST_PIXELS / (straight.picture.width * straight.picture.height)) ** 0.5)
    if dpi >= wanted:
        return straight.picture, dpi
    return _resized(straight.picture, wanted / dpi), wanted


def _resized(picture: Image.Image, factor: float) -> Image.Image:
    size = max(round(picture.width * factor), 1), max(round(picture.height * factor), 1)
    return picture.resize(size, Image.Resampling.LANCZOS)


def cleaned(picture: Image.Image, dpi: float) -> Straight:
    """The picture with white paper, without specks, noise, stamps and dark bands, its lines level."""
    picture = _without_specks(picture)
    noise = _noise(picture)
    if noise > NOISY:
        picture = _smoothed(picture, noise)
    picture = without_grey_stamps(_on_white(picture), dpi)
    angle = find_skew(picture)
    if angle:
        picture = picture.rotate(-angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = without_bands(picture, dpi)
    if noise > NOISY:
        if noise > _VERY_NOISY:
            picture = picture.filter(ImageFilter.GaussianBlur(0.6))
        step = 255 / (_WHITE - _BLACK)
        picture = picture.point([min(max(round((value - _BLACK) * step), 0), 255) for value in range(256)])
    return Straight(picture, angle, noise)


def _without_specks(picture: Image.Image) -> Image.Image:
    """Points that are far darker or brighter than all around them take the value of their surroundings."""
    grey = np.asarray(picture)
    # Specks lie all over a page: an eighth of it tells whether it may have any to speak of.
    strips = [grey[top : top + _STRIP] for top in range(0, grey.shape[0], 8 * _STRIP)]
    if sum(int(_lone_points(strip).sum()) for strip in strips) < _LEAST_SPECKS / 4 * sum(map(np.size, strips)):
        return picture
    lone = _lone_points(grey)
    down, across = np.nonzero(lone)
    if down.size < _LEAST_SPECKS * grey.size:
        return picture
    padded = np.pad(grey, 1, mode="edge")
    around = np.stack([padded[down + y, across + x] for y in range(3) for x in range(3)])
    healed = grey.copy()
    healed[down, across] = np.partition(around, 4, axis=0)[4]
    return Image.fromarray(healed)


def _lone_points(grey: Grey) -> Grey:
    """Which points stand alone. A thin line, a comma or the dot of an i has neighbours of its kind."""
    height, width = grey.shape
    padded = np.pad(grey, 1, mode="edge")
    around = [padded[y : y + height, x : x + width] for y in range(3) for x in range(3) if (y, x) != (1, 1)]
    darkest, brightest = around[0].copy(), around[0].copy()
    for each in around[1:]:
        np.minimum(darkest, each, out=darkest)
        np.maximum(brightest, each, out=brightest)
    # The greater one minus the smaller one, for there is nothing below 0.
    darker = np.maximum(darkest, grey) - grey > _LONE
    return np.asarray(darker | (np.maximum(grey, brightest) - brightest > _LONE))


def _noise(picture: Image.Image) -> float:
    """Deviation of the grey values that is not in the picture itself (Immerkær 1996, by the median)."""
    if min(picture.size) < 8:
        return 0.0
    grey = np.asarray(picture, dtype=np.int16)
    height, width = grey.shape
    # Every third point of every third row is enough.
    around = [[grey[y : height - 2 + y : 3, x : width - 2 + x : 3] for x in range(3)] for y in range(3)]
    beside = around[0][1] + around[1][0] + around[1][2] + around[2][1]
    corners = around[0][0] + around[0][2] + around[2][0] + around[2][2]
    return float(np.median(np.abs(4 * around[1][1] - 2 * beside + corners))) / 0.6745 / 6


def _smoothed(picture: Image.Image, noise: float) -> Image.Image:
    """Wiener's filter over three by three points: paper is smoothed, the edges of letters stay."""
    grey = np.asarray(picture, dtype=np.float32)
    mean = _mean_of_nine(grey)
    variance = np.maximum(_mean_of_nine(grey * grey) - mean * mean, 1e-3)
    kept = np.maximum(variance - noise * noise, 0) / variance
    return Image.fromarray(np.clip(mean + kept * (grey - mean), 0, 255).astype(np.uint8))


def _mean_of_nine(grey: Grey) -> Grey:
    padded = np.pad(grey, 1, mode="edge")
    rows = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    return np.asarray((rows[:-2] + rows[1:-1] + rows[2:]) / 9, dtype=np.float32)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture divided by the brightness of its paper. Dark bands stay as dark as they are."""
    step = 8
    small = picture.resize((max(picture.width // step, 1), max(picture.height // step, 1)), Image.Resampling.BOX)
    near = small.filter(ImageFilter.MaxFilter(5))
    if min(near.size) > _FAR:
        around = near.resize((near.width // 4, near.height // 4), Image.Resampling.NEAREST)
        around = around.filter(ImageFilter.MaxFilter(_FAR)).resize(near.size, Image.Resampling.BILINEAR)
        beside, far = np.asarray(near), np.asarray(around)
        near = Image.fromarray(np.where(with_sharp_edges(beside, far), far, beside))
    paper = near.filter(ImageFilter.GaussianBlur(4))
    # The paper of a clean scan is white everywhere already.
    if np.asarray(paper).min() > 245:
        return picture
    brightness = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    grey = np.asarray(picture, dtype=np.float32) * 255 / np.maximum(brightness, 32)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def find_skew(picture: Image.Image) -> float:
    """By how many degrees, against the clock, the lines of a page are turned; 0 where they are level.

    Level lines make rows with much ink beside rows with none.
    """
    scale = min(1.0, 900 / max(picture.width, 1))
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    small = np.asarray(picture.resize(size, Image.Resampling.BOX), dtype=np.uint8)
    down, across = np.nonzero(small < min(160, int(small.mean())))
    if down.size < 50:
        return 0.0
    # A hundred thousand points of ink tell the angle of any page.
    step = max(down.size // 100_000, 1)
    down, across = down[::step].astype(np.float32), across[::step].astype(np.float32)
    best = 0.0
    for reach, width in ((_MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = [best + width * count for count in range(-round(reach / width), round(reach / width) + 1)]
        best = max(angles, key=lambda angle: _sharpness(down, across, angle))
    return best if abs(best) >= _LEVEL and abs(best) < _MOST_SKEW else 0.0


def _sharpness(down: Grey, across: Grey, angle: float) -> float:
    rows = down + across * math.tan(math.radians(angle))
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())


def is_sideways(picture: Image.Image) -> bool:
    """Whether the lines of a page seem to run up or down: columns differ more than rows do."""
    small = picture.reduce(max(max(picture.size) // 600, 1))
    dark = 255 - np.asarray(small, dtype=np.float32)
    inner = dark[dark.shape[0] // 20 : -dark.shape[0] // 20 or None, dark.shape[1] // 20 : -dark.shape[1] // 20 or None]
    if inner.size < 100:
        return False
    down, across = (float(np.square(np.diff(inner.mean(axis=axis))).sum()) for axis in (1, 0))
    return across > 2 * down
