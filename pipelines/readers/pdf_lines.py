"""Words of a page gathered into lines, and lines into running text that knows where each word is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import sub
from typing import NamedTuple

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
    __slots__ = ("bottom", "size", "spread", "text", "top", "words", "x0", "x1")
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str

    def __init__(self, words: tuple[Word, ...], *, spread: bool = False) -> None:
        self.words = words
        self.spread = spread
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


def _line(words: tuple[Word, ...], spread: bool) -> Line:
    return Line(words, spread=spread)


@dataclass
class Passage:
    """Text with its words' places and the doubts about its numbers, all counted from the passage's start."""

    text: str = ""
    words: list[PrintedWord] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, word: Word, page: int) -> None:
        """Adds a word to the text as it is printed."""
        text = _cleaned(word.text)
        if not text:
            return
        start, end = len(self.text), len(self.text) + len(text)
        self.text += text
        x0, top, x1, bottom = word.place or word[1:5]
        self.words.append(PrintedWord(start, end, page, x0, top, x1, bottom, word.confidence))
        if word.other is not None:
            self.doubts.append(Doubt(start=start, end=end, reason="second_reader", other=word.other))
        elif word.confidence is not None and word.confidence < SURE and any(char.isdigit() for char in text):
            self.doubts.append(Doubt(start=start, end=end, reason="confidence"))

    def append(self, other: Passage) -> None:
        """Adds another passage on a line of its own."""
        if not other.text:
            return
        if self.text:
            self.text += "\n"
        at = len(self.text)
        self.text += other.text
        self.words += [word._replace(start=word.start + at, end=word.end + at) for word in other.words]
        self.doubts += [_shifted(doubt, at) for doubt in other.doubts]


def _shifted(doubt: Doubt, by: int) -> Doubt:
    return doubt.model_copy(update={"start": doubt.start + by, "end": doubt.end + by})


#: How sure text recognition must be of a word for the number in it to be trusted.
SURE = 0.8


@lru_cache(maxsize=20_000)
def _cleaned(text: str) -> str:
    return clean(text)


def find_lines(words: Iterable[Word]) -> list[Line]:
    """Words gathered into lines over the whole width of the page, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        middle = (word.top + word.bottom) / 2
        # Compared with the first word of the row, so that rows do not creep down the page.
        if rows and abs(middle - (rows[-1][0].top + rows[-1][0].bottom) / 2) < 0.4 * (word.bottom - word.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda word: word.x0))) for row in rows]


def compose(parts: Sequence[tuple[int, Sequence[Line]]]) -> Passage:
    """Lines as running text: ``parts`` are the number of a page and the lines on it.

    One space stands between two lines, none after a hyphen inside a word. The hyphen stays:
    Vietnamese is not hyphenated at line ends, so it belongs to the word (``2020-`` + ``2021``). A
    soft hyphen goes.
    """
    passage = Passage()
    soft = False
    for page, lines in parts:
        for line in lines:
            if passage.text and not soft and not _hyphenated(passage.text, line.text):
                passage.text += " "
            for gap, word in zip(line.gaps(), line.words, strict=True):
                passage.text += gap
                passage.add(word, page)
            soft = line.text.endswith("\u00ad")
    passage.text = passage.text.rstrip(" ")
    return passage


def _hyphenated(before: str, text: str) -> bool:
    return before[-1] in "-‑" and re.search(r"\w[-‑]$", before) is not None and re.match(r"\w", text) is not None
