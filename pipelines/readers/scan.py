"""A picture of a page to the same kind of sheet that a PDF with text gives: words with boxes, and rulings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from statistics import median

from PIL import Image

from pipelines.readers.ocr_image import NOISY, Straight, cleaned, enlarged, is_sideways, reduced
from pipelines.readers.ocr_ink import looked_at_again
from pipelines.readers.ocr_photo import Box, Flat, laid_flat
from pipelines.readers.ocr_tables import Layout, lay_out
from pipelines.readers.ocr_words import corrected
from pipelines.readers.pdf_lines import Word
from pipelines.readers.pdf_page import Sheet
from pipelines.readers.second_reader import second_opinions
from pipelines.readers.tesseract import SeenLine, find_turn, recognise

#: Mean confidence below which a page may stand on its head.
_HARDLY_READ = 0.6
#: Mean confidence below which a line is a signature, a stamp or a photograph.
_NO_LETTERS = 0.3
#: How far the letters of a line reach above and below its base line, of their size.
_ABOVE, _BELOW = 0.8, 0.28
_POINTS = 72.0
#: What the confidence in letters is worth where noise was taken down: it knows nothing of what went with it.
_NOISY_TRUST = 0.93
#: How much wider than its digits a figure is, in digits, for a comma to be missing, and a lone digit for another one.
_MISSING, _MISSING_DIGIT = 0.3, 0.4
#: A figure with a sign in it that figures do not have: ``4i``, ``3⁄20``, ``2|7``.
_BROKEN = re.compile(r"\d[|⁄ìïÌÏ]|[|⁄ìïÌÏ]\d|\d[il]$")


def read_scan(picture: Image.Image, dpi: float, number: int) -> Sheet:
    """The page of a picture, at so many pixels an inch, as page ``number``.

    Raises: UnreadableError.
    """
    grey, dpi = reduced(picture, dpi)
    flat = laid_flat(grey, dpi)
    turn = find_turn(flat.picture) if is_sideways(flat.picture) else 0
    page = _Page(flat, _POINTS / dpi, turn)
    if not turn and page.confidence < _HARDLY_READ and (turn := find_turn(flat.picture)):
        page = max(page, _Page(flat, _POINTS / dpi, turn), key=lambda each: each.confidence)
    return page.sheet(number)


class _Page:
    """A sheet turned upright (by so many degrees, clockwise) and read; ``given`` points are a pixel of its picture."""

    def __init__(self, flat: Flat, given: float, turn: int) -> None:
        dpi = flat.dpi
        self._flat, self._given = flat, given
        self._scale = _POINTS / dpi
        self._turn = turn
        upright = flat.picture.rotate(-turn, expand=True) if turn else flat.picture
        self._size = upright.width * self._scale, upright.height * self._scale
        straight = cleaned(upright, dpi)
        picture, fine = enlarged(straight, dpi)
        layout = lay_out(picture, fine)
        lines = looked_at_again(layout.picture, recognise(layout.picture, fine))
        self._rulings = layout.rulings
        trust = _NOISY_TRUST if straight.noise > NOISY else 1.0
        words = less_sure(corrected(list(_words(lines, layout, _POINTS / fine))), trust)
        self.confidence = sum(word.confidence or 0 for word in words) / len(words) if words else 0.0
        words = second_opinions(picture, words, _POINTS / fine)
        self._words = [word._replace(place=self._place(straight, word)) for word in words]

    def sheet(self, number: int) -> Sheet:
        """What was read, as a page of that number."""
        return Sheet(number, *self._size, tuple(self._words), self._rulings, is_drawn=True)

    def _place(self, straight: Straight, word: Word) -> Box | None:
        """Where the word stands on the page as it was given; None where that was neither turned nor laid flat."""
        if not straight.angle and not self._turn and self._flat.back is None:
            return None
        x0, top, x1, bottom = straight.place(*(edge / self._scale for edge in word[1:5]))
        width, height = (side / self._scale for side in self._size)
        if self._turn == 90:
            x0, top, x1, bottom = top, width - x1, bottom, width - x0
        elif self._turn == 180:
            x0, top, x1, bottom = width - x1, height - bottom, width - x0, height - top
        elif self._turn == 270:
            x0, top, x1, bottom = height - bottom, x0, height - top, x1
        x0, top, x1, bottom = (edge * self._given for edge in self._flat.place(x0, top, x1, bottom))
        return x0, top, x1, bottom


def _words(lines: Sequence[SeenLine], layout: Layout, scale: float) -> Iterator[Word]:
    """The words in points at their places on the page, each as high as the letters of its line."""
    usual = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        if sum(word.confidence for word in line.words) < _NO_LETTERS * len(line.words):
            continue
        # Recognition tells sizes by what letters a line happens to have.
        size = usual if abs(line.size - usual) < 0.3 * usual else line.size
        for text, x0, _, x1, _, confidence in line.words:
            baseline = line.baseline + line.slope * ((x0 + x1) / 2 - line.x0)
            right_by, down_by = layout.shift((x0 + x1) / 2, baseline - size / 3)
            baseline -= down_by
            yield Word(
                text,
                (x0 - right_by) * scale,
                (baseline - _ABOVE * size) * scale,
                (x1 - right_by) * scale,
                (baseline + _BELOW * size) * scale,
                confidence,
            )


def less_sure(words: Sequence[Word], trust: float) -> list[Word]:
    """The words, with less confidence in figures from which something may be missing, and ``trust`` in all.

    ``275`` that is as wide as ``27,5`` has probably lost its comma, ``3`` that is as wide as ``34`` a
    digit, and so has ``8`` right before ``140``.
    """
    widths = [(word.x1 - word.x0) / len(word.text) for word in words if word.text.isdecimal() and len(word.text) > 1]
    digit = median(widths) if widths else 0.0
    checked: list[Word] = []
    for index, word in enumerate(words):
        count = len(word.text)
        room = {1: 1 + _MISSING_DIGIT, 2: math.inf}.get(count, count + _MISSING)
        broken = _BROKEN.search(word.text) is not None
        broken = broken or (digit > 0 and word.text.isdecimal() and word.x1 - word.x0 > room * digit)
        beside = words[index + 1] if index + 1 < len(words) else None
        cut = beside is not None and word.text[-1].isdigit() and _is_rest(word, beside)
        cut = cut or (index > 0 and words[index - 1].text[-1].isdigit() and _is_rest(words[index - 1], word))
        sure = (word.confidence or 0) * trust
        checked.append(word._replace(confidence=sure / 2 if broken or cut else sure))
    return checked


def _is_rest(word: Word, beside: Word) -> bool:
    """Whether a figure stands so near behind another that both may be one: ``8 140``."""
    near = beside.x0 - word.x1 < 0.45 * (word.bottom - word.top) and abs(beside.top - word.top) < 1
    return near and beside.x0 > word.x0 and re.fullmatch(r"\d{3}|\d+%", beside.text) is not None
