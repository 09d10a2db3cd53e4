"""A second look at the ink of letters that recognition takes for others of the same shape.

``x`` is ``X`` in small, an en dash is a longer hyphen, ``l`` is an ``i`` without a dot, and ``ỉ`` one
with a larger mark. The recogniser sees each line at one height and goes by what words are usual;
their measures on the page tell these apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipelines.readers.syllables import TONES
from pipelines.readers.tesseract import SeenLine, SeenWord

#: Grey value below which a point belongs to a letter.
_DARK = 140
#: Widths of dashes in sizes of the letters: a hyphen has a quarter or a third, an en dash half of it.
_EN_DASH = 0.33
#: Letters whose capital is the same, only larger, and how high they are as a share of a figure; a capital has all.
_SAME_SHAPE = frozenset("COSVWXZ")
_SMALL = 0.77
#: How much higher than the page's dots the mark above a stem may be to be a dot; a hook is nearly twice as high.
_DOT = 1.45
#: Width of an ``i``, as a share of the size of the letters.
_NARROW = 0.22
#: Stems with a dot that a page has to show for one without to mean anything, and which share of all stems they are.
_ENOUGH, _NEARLY_ALL = 5, 0.9
#: Confidence below which a sign was hardly read, and by how much of its height it may differ from others.
_HARDLY, _ALIKE = 0.7, 0.15
_QUOTED = re.compile(r"[\"“”]\d+")
_LAST = re.compile(r"[^\W\d_](?=[,.;:)]?$)")

Ink = npt.NDArray[np.bool_]


class _Stem(NamedTuple):
    """The last letter of a word: how high its stem is, in pixels, and the mark above it; 0 where it has none."""

    height: int
    mark: int


def looked_at_again(picture: Image.Image, lines: Sequence[SeenLine]) -> list[SeenLine]:
    """The lines with the letters put right that their measures on the picture tell apart."""
    if not lines:
        return []
    ink: Ink = np.asarray(picture) < _DARK
    usual = median(line.size for line in lines)
    figure = _figure_height(lines)
    stems = {
        (row, column): stem
        for row, line in enumerate(lines)
        for column, word in enumerate(line.words)
        if (stem := _last_stem(ink, line, word, usual)) is not None
    }
    dots = [stem.mark / stem.height for (row, column), stem in stems.items() if _last(lines[row].words[column]) == "i"]
    is_clear = sum(dot > 0 for dot in dots) >= max(_ENOUGH, _NEARLY_ALL * len(dots))
    dot = median(dots) if is_clear else None
    seen = [
        replace(
            line,
            words=tuple(
                _put_right(_with_one(ink, word), stems.get((row, column)), figure, max(line.size, usual), dot)
                for column, word in enumerate(line.words)
            ),
        )
        for row, line in enumerate(lines)
    ]
    return _ticked(seen)


def _ticked(lines: Sequence[SeenLine]) -> list[SeenLine]:
    """The lines; what was hardly read and is no word, but measures as an ``x`` that ticks cells does, is one too."""
    ticks = [word for line in lines for word in line.words if word.text == "x"]
    if len(ticks) < _ENOUGH:
        return list(lines)
    wide, high = median(tick.x1 - tick.x0 for tick in ticks), median(tick.bottom - tick.top for tick in ticks)

    def read(word: SeenWord) -> SeenWord:
        off = max(abs(word.x1 - word.x0 - wide), abs(word.bottom - word.top - high))
        is_tick = word.confidence < _HARDLY and not word.text.isalnum() and off < _ALIKE * high
        return word._replace(text="x") if is_tick else word

    return [replace(line, words=tuple(map(read, line.words))) for line in lines]


def _put_right(word: SeenWord, stem: _Stem | None, figure: float, size: float, dot: float | None) -> SeenWord:
    """The word; ``dot`` is how high the dots of the page are as shares of their stems, None where they are not seen."""
    text = word.text
    if text == "-" and word.x1 - word.x0 > _EN_DASH * size:
        return word._replace(text="–")
    if text in _SAME_SHAPE and word.bottom - word.top < _SMALL * figure:
        return word._replace(text=text.lower())
    if stem is None or dot is None:
        return word
    last = _last(word)
    if last == "ỉ" and 0 < stem.mark < _DOT * dot * stem.height:
        return word._replace(text=_LAST.sub("i", text))
    # No Vietnamese word ends in l; names from other languages do, which have no tones.
    if last == "i" and not stem.mark and text[0].isupper() and len(text) > 2 and not _has_tone(text):
        return word._replace(text=_LAST.sub("l", text))
    return word


def _with_one(ink: Ink, word: SeenWord) -> SeenWord:
    """The word; what is read as a quotation mark before a digit, but has ink at its foot, is a one: ``"1``."""
    if _QUOTED.fullmatch(word.text) is None:
        return word
    first = (word.x1 - word.x0) / len(word.text) / 2
    foot = ink[
        round((word.top + 2 * word.bottom) / 3) : round(word.bottom), round(word.x0) : round(word.x0 + first) + 1
    ]
    # Two marks in one: the recognition was not sure, and is not to be.
    return word._replace(text="1" + word.text[1:], confidence=word.confidence / 2) if foot.any() else word


def _has_tone(text: str) -> bool:
    return any(part in TONES for part in unicodedata.normalize("NFD", text))


def _last(word: SeenWord) -> str:
    match = _LAST.search(word.text)
    return match[0] if match else ""


def _figure_height(lines: Sequence[SeenLine]) -> float:
    """How high figures and capitals without marks are on the page, in pixels; 0 where there are none."""
    heights = [
        word.bottom - word.top
        for line in lines
        for word in line.words
        if word.text.isdecimal() or (len(word.text) > 1 and word.text.isascii() and word.text.isupper())
    ]
    return median(heights) if heights else 0.0


def _last_stem(ink: Ink, line: SeenLine, word: SeenWord, size: float) -> _Stem | None:
    """The last letter of a word that ends in an i, with a mark or not; None of other words."""
    if _last(word) not in {"i", "ỉ"}:
        return None
    baseline = round(line.baseline + line.slope * (word.x1 - line.x0)) + 1
    left, right = max(round(word.x0), 0), round(word.x1) + 1
    rows = ink[max(round(word.top) - 3, 0) : max(baseline, 0), left:right]
    columns: Ink = np.asarray(rows.any(axis=0))
    end = _end_of_letter(columns, len(columns))
    if not word.text[-1].isalpha():
        # The sign behind the letter is passed over, and the gap before it.
        end = _end_of_letter(columns, _start_of_letter(columns, end))
    # Letters may touch: an i is no wider than this.
    start = max(_start_of_letter(columns, end), end - round(_NARROW * size))
    return _measured(np.asarray(rows[:, start:end].any(axis=1)))


def _end_of_letter(columns: Ink, end: int) -> int:
    while end and not columns[end - 1]:
        end -= 1
    return end


def _start_of_letter(columns: Ink, start: int) -> int:
    while start and columns[start - 1]:
        start -= 1
    return start


def _measured(rows: Ink) -> _Stem | None:
    """The stem and the mark above it, given which rows of a letter hold ink; None of anything else."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rows, [False])).astype(np.int8)))
    heights = [int(end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    if len(heights) == 1:
        return _Stem(heights[0], 0)
    return _Stem(heights[1], heights[0]) if len(heights) == 2 and heights[0] < heights[1] else None
