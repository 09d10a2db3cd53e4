"""Rows of a flattened table whose cells stand in one line with single spaces between: which words are which cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extractors._shared.flat_cells import Placed, best_way, has_look, is_figure
from extractors._shared.flat_headings import Heading, Line
from extractors._shared.lexicon import load_lexicon
from extractors._shared.subjects import is_subject
from extractors._shared.view import fold_tone_style, lower

_WORD = re.compile(r"\S+")
#: The number of a grade belongs to its label: ``Khối 6 120 20``; that of classes does not: ``Số lớp 6 5``.
_LABEL_AND_FIGURES = re.compile(
    r"(?P<label>.*?[^\W\d_].*?)(?<!Khối)(?<!khối)(?:(?<!Lớp)(?<!lớp)|(?<=[Ss]ố lớp))(?P<rest>(?: +(?:\d[\d.,]*%?|-))+)"
    r"(?P<unit> +Số (?:m2|[^\d\n])+)?"
)
_SCHOOL = re.compile(r"(?:trường|thcs|thpt|th|mn|mg|tiểu học|mầm non|mẫu giáo|pt\w+|dtnt)(?!\w)", re.I)
#: From when to when: ``Từ năm 1990 đến 1995``, ``2010 - nay``.
_TERM = re.compile(
    r"(?:từ )?(?:(?:năm|tháng) )?[\d./]{4,7}(?: ?(?:-|–|đến|tới) ?(?:(?:năm|tháng) )?(?:[\d./]{4,7}|nay))?(?: nay)?",
    re.I,
)
#: No cell of such a row has more words, and no row.
_LONGEST, _MOST = 14, 40
#: How usual names of so many syllables are.
_NAMES = {2: 1.2, 3: 2.0, 4: 2.0, 5: 1.4, 6: 0.4}
_FITS, _STRANGE, _EMPTY = 2.0, -2.5, -0.8


def split_figures(cells: tuple[Line, ...]) -> tuple[Line, ...]:
    """The cells of a row in one line: its label and the figures behind it (``Phòng học 9 -``, ``… 9 Số m2/trẻ em``)."""
    if len(cells) != 1 or not (match := _LABEL_AND_FIGURES.fullmatch(cells[0].text)):
        return cells
    spans = [match.span("label"), *(figure.span() for figure in _WORD.finditer(match[0], *match.span("rest")))]
    if match["unit"]:
        spans.append((match.start("unit") + 1, match.end("unit")))
    return tuple(cells[0].part(*span) for span in spans)


@cache
def _forms(group: str) -> frozenset[str]:
    rows = load_lexicon("extractors._shared", "columns.yml")[group]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


@cache
def _families() -> frozenset[str]:
    rows = load_lexicon("extractors._shared", "names.yml")["family"]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


def place_words(lines: Sequence[Line], columns: Sequence[Heading]) -> Placed:
    """The best way to put the words of a row into its columns, in order: ``Lê Thị Na 8A THCS An Hà Toán Nhì``.

    What a column holds says where its cell begins and ends; a column may stay empty. The score is nothing where
    the row has too many words to be one.
    """
    words = [line.part(*word.span()) for line in lines for word in _WORD.finditer(line.text)]
    if not 1 < len(words) <= _MOST:
        return Placed(0.0, {}, 0)
    found = best_way(words, columns, _worth_together, empty=_EMPTY, most=_LONGEST)
    return found._replace(lines=len(found.cells))


def _worth_together(words: Sequence[Line], head: Heading) -> float:
    return _worth(" ".join(word.text for word in words), head.kind)


@lru_cache(maxsize=8192)  # the same words are tried in row after row
def _worth(text: str, kind: str) -> float:
    """What words are worth as a cell of a kind: by their look, less for each word too many."""
    size = text.count(" ") + 1
    if kind == "name":
        return _name(text, size)
    if text[0].islower():
        return _STRANGE  # ``Hiệu`` / ``trưởng``: no cell begins inside a word
    if kind == "sex" and size == 1 and is_figure(text):
        return _FITS / 2  # of whom so many are girls
    if kind == "year" and _TERM.fullmatch(text):
        return _FITS
    if kind in ("class", "date", "year", "phone", "sex"):
        return _FITS if has_look(text, kind) and size < 4 else _STRANGE * size
    if kind in ("figure", "grade", "share"):
        return _FITS if size == 1 and is_figure(text) else _STRANGE * size
    folded = lower(fold_tone_style(text)).strip(" .")
    if kind in ("result", "free", "any") and folded in _forms("cell_result"):
        return _FITS
    if is_figure(text):
        return 0.6 if kind in ("result", "free", "any") and size == 1 else _STRANGE * size
    if folded in _forms("cell_result"):
        return _STRANGE
    if kind == "school":
        whole = 0.3 * folded.startswith("trường ")
        if size == 1:
            return _STRANGE / 2
        usual, worth = (3, _FITS + whole) if _SCHOOL.match(text) else (2, 0.8)
        own = sum(len(word) > 1 for word in text.split(" "))  # "Tân Lễ A", "Nam Hà 2"
        return worth - 0.15 * abs(own - usual) - _lowered(text)
    if kind == "text" and is_subject(folded):
        return _FITS
    return 0.7 - 0.2 * size


def _name(text: str, size: int) -> float:
    """What words are worth as a person's name, which begins with a family name."""
    if not has_look(text, "name") or size not in _NAMES or _SCHOOL.match(text):
        return _STRANGE * size
    return _NAMES[size] + (0.5 if lower(fold_tone_style(text.split(" ")[0])) in _families() else -0.5)


def _lowered(text: str) -> float:
    """What takes away from the name of a school: words in small letters that belong to none."""
    return 0.4 * sum(word[0].islower() and lower(word) not in _IN_SCHOOLS for word in text.split(" "))


_IN_SCHOOLS = frozenset(
    (
        *("học", "non", "giáo", "trường", "xã", "phường", "huyện", "thị", "trấn", "số", "và", "tiểu", "mầm", "mẫu"),
        *("trung", "cơ", "sở", "phổ", "thông", "dân", "tộc", "nội", "bán", "trú"),
    )
)
