"""Running heads, running feet and page numbers: what the pages of a document print around its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.readers.pdf_lines import Line, compose
from schemas import Box, Margin

#: Share of the page's height at its top and foot in which running heads and page numbers stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(r"(?:trang|page)?[\W_]*(\d{1,4})(?:\s*/\s*\d{1,4})?[\W_]*", re.IGNORECASE)


class Margins:
    """What stands in the margins of the pages seen so far, and which of it is no text of the document.

    A line in the margin is a running head if the same, digits aside, stands at the same height of
    several pages, or if it is a number that counts the pages.
    """

    def __init__(self) -> None:
        self._pages = 0
        self._repeated: Counter[tuple[str, int]] = Counter()
        self._counted: Counter[int] = Counter()

    def see(self, number: int, height: float, lines: Sequence[Line]) -> None:
        """Counts what stands in the margins of a page."""
        self._pages += 1
        for line in lines:
            if not _is_outside(line, height):
                continue
            self._repeated.update(_keys(line))
            if match := _PAGE_NUMBER.fullmatch(line.text):
                self._counted[int(match[1]) - number] += 1

    def split(self, number: int, height: float, lines: Sequence[Line]) -> tuple[list[Line], list[Margin]]:
        """The lines of a page that belong to the text, and those around it."""
        marks = [self._is_frame(line, number, height) for line in lines]
        first = _end_of_head(lines, marks)
        last = max(first, len(lines) - _end_of_head(lines[::-1], marks[::-1]))
        around = [*lines[:first], *lines[last:]]
        return list(lines[first:last]), [_margin(line, number, is_head=line.top < height / 2) for line in around]

    def _is_frame(self, line: Line, number: int, height: float) -> bool:
        if not _is_outside(line, height):
            return False
        if match := _PAGE_NUMBER.fullmatch(line.text):
            offset = int(match[1]) - number
            return offset == 0 or self._counted[offset] > 1
        letters = any(char.isalpha() for char in line.text)
        return letters and max(self._repeated[key] for key in _keys(line)) >= max(2, self._pages * 0.4)


def _end_of_head(lines: Sequence[Line], marks: Sequence[bool]) -> int:
    """How many lines from the edge of a page are its frame: those marked, up to a distance to the text.

    A sentence that happens to begin several pages is followed by the next line at once.
    """
    count = marks.index(False) if False in marks else len(marks)
    while 0 < count < len(lines):
        outer, inner = lines[count - 1], lines[count]
        apart = max(inner.top - outer.bottom, outer.top - inner.bottom)
        if apart > 0.5 * inner.size or _PAGE_NUMBER.fullmatch(outer.text):
            break
        count -= 1
    return count


def _margin(line: Line, number: int, *, is_head: bool) -> Margin:
    text = compose([(number, [line])]).text or line.text
    box = Box(page=number, x0=line.x0, top=line.top, x1=line.x1, bottom=line.bottom)
    return Margin(kind="header" if is_head else "footer", text=text, box=box)


def _is_outside(line: Line, height: float) -> bool:
    return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)


def _keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What is the same for a running head on all pages; two heights, since one may fall on an edge."""
    text = re.sub(r"\d+", "#", line.text)
    return (text, round(line.top / 8)), (text, -1 - round(line.top / 8 + 0.5))
