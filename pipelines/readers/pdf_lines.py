"""Words of a page gathered into lines, and lines into running text that knows where each word is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter, sub
from typing import NamedTuple
from unicodedata import is_normalized

from pipelines.readers.builder import clean
from schemas import Doubt, PrintedWord


class Word(NamedTuple):
    """Characters without a blank between them.

    ``confidence`` (0..1) and ``other``, what a second reader saw there, are None where the letters
    were stored in the file. ``place`` is the box on the page as it is shown, None where that is the
    box itself; it is another one where a scan was turned level.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None
    other: str | None = None
    place: tuple[float, float, float, float] | None = None


class Line:
    """Words on one base line, from left to right; a ``spread`` one is a row of a list set in columns.

    ``x0``, ``top``, ``x1`` and ``bottom`` are its box, ``size`` is the height of its letters' boxes.
    """

    # A page has many lines and each is asked for its box many times.
    __slots__ = ("_holes", "bottom", "size", "spread", "text", "top", "words", "x0", "x1")
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str

    def __init__(self, words: tuple[Word, ...], *, spread: bool = False) -> None:
        self.words = words
        self.spread = spread
        self._holes: list[tuple[float, float]] | None = None
        texts, lefts, tops, rights, bottoms, *_ = zip(*words, strict=True)
        self.x0, self.top, self.x1, self.bottom = lefts[0], min(tops), max(rights), max(bottoms)
        self.size = max(sorted(map(sub, bottoms, tops))[len(words) // 2], 1.0)
        #: The words with one space between them, with two where a column of a spread line ends.
        self.text = " ".join(texts)
        if spread:
            self.text = "".join(gap + word.text for gap, word in zip(self.gaps(), words, strict=True))

    def __reduce__(self) -> tuple[object, ...]:
        return _line, (self.words, self.spread)

    def gaps(self) -> list[str]:
        """What stands before each word: nothing, one space or two."""
        if not self.spread:
            return ["", *[" "] * (len(self.words) - 1)]
        gaps, right = [""], self.words[0].x1
        for word in self.words[1:]:
            gaps.append("  " if word.x0 - right >= 1.5 * self.size else " ")
            right = word.x1
        return gaps

    def holes(self) -> list[tuple[float, float]]:
        """The empty strips between words, left and right edge, that are half a letter's size wide or wider."""
        if self._holes is None:
            least, right, holes = 0.5 * self.size, self.words[0].x1, []
            for _, x0, _, x1, *_ in self.words:
                if x0 - right >= least:
                    holes.append((right, x0))
                if x1 > right:
                    right = x1
            self._holes = holes
        return self._holes


def _line(words: tuple[Word, ...], spread: bool) -> Line:
    return Line(words, spread=spread)


@dataclass
class Passage:
    """Text with its words' places and the doubts about its numbers."""

    text: str = ""
    words: list[PrintedWord] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def append(self, other: Passage) -> None:
        """Adds another passage on a line of its own; both are counted from their start."""
        if not other.text:
            return
        if self.text:
            self.text += "\n"
        at = len(self.text)
        self.text += other.text
        self.words += [PrintedWord._make((start + at, end + at, *rest)) for start, end, *rest in other.words]
        self.doubts += [_shifted(doubt, at) for doubt in other.doubts]


def _shifted(doubt: Doubt, by: int) -> Doubt:
    return doubt.model_copy(update={"start": doubt.start + by, "end": doubt.end + by})


#: How sure text recognition must be of a word for the number in it to be trusted.
SURE = 0.8


def find_lines(words: Iterable[Word]) -> list[Line]:
    """Words gathered into lines over the whole width of the page, from top to bottom."""
    rows: list[list[Word]] = []
    first = 0.0
    for word in sorted(words, key=_height):
        _, _, top, _, bottom, *_ = word
        middle = (top + bottom) / 2
        # Compared with the first word of the row, so that rows do not creep down the page.
        apart = middle - first if rows else 2 * (bottom - top)
        if apart < 0.4 * (bottom - top) or (apart < bottom - top and _is_beside(word, rows[-1])):
            rows[-1].append(word)
        else:
            rows.append([word])
            first = middle
    return [Line(tuple(sorted(row, key=_left))) for row in rows]


def _is_beside(word: Word, row: Iterable[Word]) -> bool:
    """Whether a word stands on the foot of a row's word next to it, which may be of a font with a higher box."""
    _, x0, top, x1, bottom, *_ = word
    space = 0.5 * (bottom - top)
    return any(
        abs(bottom - foot) < 0.5 and (abs(x0 - right) < space or abs(left - x1) < space)
        for _, left, _, right, foot, *_ in row
    )


def _height(word: Word) -> tuple[float, float]:
    return word[2] + word[4], word[1]


_left = itemgetter(1)


#: Makes tuples with names in half the time that their class takes, which counts the fields.
_new = tuple.__new__


def compose(parts: Sequence[tuple[int, Sequence[Line]]], at: int = 0) -> Passage:
    """Lines as running text: ``parts`` are the number of a page and the lines on it; places are counted from ``at``.

    One space stands between two lines, none after a hyphen inside a word. The hyphen stays:
    Vietnamese is not hyphenated at line ends, so it belongs to the word (``2020-`` + ``2021``). A
    soft hyphen goes.
    """
    pieces: list[str] = []
    words: list[PrintedWord] = []
    doubts: list[Doubt] = []
    end, soft = at, False
    for page, lines in parts:
        for line in lines:
            if end > at and not soft and not is_hyphenated("".join(pieces[-2:]), line.text):
                pieces.append(" ")
                end += 1
            # Nearly every line is clean already, and `clean` would see it by the same, word by word.
            is_clean = line.text.isprintable() and is_normalized("NFC", line.text)
            for gap, word in zip(line.gaps(), line.words, strict=True):
                text, x0, top, x1, bottom, confidence, other, place = word
                if not is_clean:
                    text = clean(text)
                pieces += (gap, text)
                start = end + len(gap)
                end = start + len(text)
                if not text:
                    continue
                if place is not None:
                    x0, top, x1, bottom = place
                words.append(_new(PrintedWord, (start, end, page, x0, top, x1, bottom, confidence)))
                if confidence is not None and (doubt := _doubt(text, start, confidence, other)) is not None:
                    doubts.append(doubt)
            soft = line.text.endswith("\u00ad")
    return Passage("".join(pieces).rstrip(" "), words, doubts)


def _doubt(text: str, start: int, confidence: float, other: str | None) -> Doubt | None:
    """Why the number in a recognised word may be wrong; None of a word without a number, and where nothing says so."""
    if other is not None:
        return Doubt(start=start, end=start + len(text), reason="second_reader", other=other)
    if confidence < SURE and any(char.isdigit() for char in text):
        return Doubt(start=start, end=start + len(text), reason="confidence")
    return None


def is_hyphenated(before: str, text: str) -> bool:
    """Whether a word goes on behind the hyphen at the end of the line before: ``2020-`` and ``2021``."""
    return before[-1:] in ("-", "‑") and re.search(r"\w[-‑]$", before) is not None and re.match(r"\w", text) is not None
