"""Which lines of a flattened row stand in which of its columns, by what they look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors._shared.flat_headings import Heading, Line
from extractors._shared.view import CAPITAL

_SYLLABLE = rf"[{CAPITAL}][\w'’.-]*"
_NAME = re.compile(
    rf"(?:(?i:đ/c|đồng chí|ông|bà|thầy|cô|em|th\.?s|ts|pgs|ngưt)[.:]* ?)*{_SYLLABLE}(?: {_SYLLABLE}){{1,6}}"
    r"(?: ?\([^()]*\))?",
)
_CAPITALISED = re.compile(rf"{_SYLLABLE}(?: {_SYLLABLE})+")
_FIGURE = re.compile(
    r"[-+<>≥≤~]? ?\d[\d., ]*(?:/ ?\d[\d.]*)? ?%?(?: ?\(\d[\d., ]*%?\))?|[-–—…._x/]+|\d[\d.,]* ?(?:m2|m²|em|hs|đ|đồng)"
)
_DATE = re.compile(r"(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d\d|ngày \d.*", re.I)
_YEAR = re.compile(r".*\d.*", re.I)
_PHONE = re.compile(r"[+0(][\d ().-]{7,}(?:[/,;-][\d ().-]+)?")
_SEX = re.compile(r"nam|nữ|x", re.I)
_CLASS = re.compile(
    r"(?:lớp |khối )?(?:\d{1,2} ?[/.]? ?[^\W\d_]{0,6}[./]?\d{0,2}|(?:mầm|chồi|lá|nhà trẻ|mẫu giáo)\b.*)", re.I
)
_SCHOOL = re.compile(r"(?:trường|thcs|thpt|th|mn|mg|tiểu học|mầm non|mẫu giáo|tt)(?!\w)", re.I)
_STRICT = {"date": _DATE, "year": _YEAR, "phone": _PHONE, "sex": _SEX, "class": _CLASS}
_WORDS = frozenset({"text", "post", "school"})
_FIGURES = frozenset({"figure", "grade", "share"})
_EITHER = frozenset({"any", "free", "result"})
#: Kinds of columns that are mostly empty.
EMPTYISH = frozenset({"note", "mark"})
#: What a line is worth in a column it has the look of, and in one that asks for another look.
_FITS, _STRANGE = 2.0, -2.0
#: A figure with its unit (``Số bộ/lớp``) is no longer.
_LONG_FIGURE = 14
_NONE = -1e9
#: What a column that is usually filled is worth empty.
_EMPTY = -0.6


class Placed(NamedTuple):
    """How well the lines of a row fit its columns, and the range of each column's cell."""

    score: float
    cells: dict[int, tuple[int, int]]
    lines: int = 1

    @property
    def fits(self) -> bool:
        """Whether the lines are a row of these columns."""
        return self.score >= 0.4 * self.lines


@lru_cache(maxsize=4096)  # a cell is tried in each of its row's columns
def is_figure(text: str) -> bool:
    """Whether a line holds a figure, a dash or a date and no words."""
    return _FIGURE.fullmatch(text) is not None or _DATE.fullmatch(text) is not None


def is_wrapped(text: str) -> bool:
    """Whether a line goes on the one before by how it begins."""
    return text[0].islower() or text[0] == "("


def place(lines: Sequence[Line], columns: Sequence[Heading]) -> Placed:
    """The best way to put lines into columns, in order: a column may stay empty, and words may be wrapped."""
    return best_way(lines, columns, _worth, empty=_EMPTY, most=len(lines))


def best_way(
    pieces: Sequence[Line],
    columns: Sequence[Heading],
    worth: Callable[[Sequence[Line], Heading], float],
    *,
    empty: float,
    most: int,
) -> Placed:
    """The best way to put lines or words into columns, in order, at ``most`` so many of them in each.

    ``worth`` is what pieces are worth as one cell of a column, ``empty`` what a column is that stays empty though its
    kind is mostly filled. The score is nothing without pieces or columns.
    """
    width, count = len(columns), len(pieces)
    if not width or not count:
        return Placed(0.0, {}, 0)
    # best[c][n]: the first n pieces stand in the first c columns; beside it how many of them in the last one.
    best = [[(_NONE, 0)] * (count + 1) for _ in range(width + 1)]
    best[0][0] = 0.0, 0
    for col, head in enumerate(columns):
        for done in range(count + 1):
            score, _ = best[col][done]
            if score == _NONE:
                continue
            skipped = score + (0.0 if head.kind in EMPTYISH else empty)
            if skipped >= best[col + 1][done][0]:  # of two ways the one that fills the columns on the left
                best[col + 1][done] = skipped, 0
            for taken in range(1, min(most, count - done) + 1):
                more = score + worth(pieces[done : done + taken], head)
                if more > best[col + 1][done + taken][0]:
                    best[col + 1][done + taken] = more, taken
    cells: dict[int, tuple[int, int]] = {}
    at = count
    for col in range(width, 0, -1):
        if taken := best[col][at][1]:
            cells[col - 1] = pieces[at - taken].start, pieces[at - 1].end
        at -= taken
    return Placed(best[width][count][0], cells, count)


def _worth(lines: Sequence[Line], head: Heading) -> float:
    """What lines are worth as one cell of a column: its look, less for each line that does not go on the one before."""
    worth = _look(lines[0].text, head)
    for before, line in pairwise(lines):
        goes_on = is_wrapped(line.text) or before.text.endswith((",", "-", " và"))
        wordy = head.kind in _WORDS or head.kind in EMPTYISH or head.mixed
        figure = is_figure(line.text)
        worth += (0.2 if goes_on or (head.mixed and not figure) else -0.9) if wordy and not figure else -2.5
    return worth


def has_look(text: str, kind: str) -> bool:
    """Whether a text looks as the cells of a kind do that has a look of its own: a name, a class, a date."""
    if kind == "name":
        return _NAME.fullmatch(text) is not None and not any(sign.isdigit() for sign in text)
    return kind not in _STRICT or _STRICT[kind].fullmatch(text) is not None


def _look(text: str, head: Heading) -> float:
    kind = head.kind
    if kind == "name":
        named = _NAME.fullmatch(text) or (head.mixed and _CAPITALISED.match(text))
        return _FITS if named and not any(sign.isdigit() for sign in text) else _STRANGE
    if kind == "sex" and is_figure(text):
        return 1.0  # below ``Nữ`` stands how many they are
    if kind in _STRICT:
        return _FITS if _STRICT[kind].fullmatch(text) else _STRANGE
    if kind in _FIGURES:
        return _FITS if is_figure(text) else -0.6 if len(text) > _LONG_FIGURE else 0.0
    if kind in EMPTYISH:
        return 0.8 if is_figure(text) else 0.2 if kind == "note" else -0.3
    if is_figure(text):
        return 1.2 if kind in _EITHER else -1.0
    if kind == "school":
        return 1.4 if _SCHOOL.match(text) else 1.0
    return 0.8 if kind in _EITHER else 0.9 if kind == "post" and text.istitle() else 1.0
