"""Tables of statistical yearbooks: labels with an English gloss, kinds below a level, rows of years, blocks of indices.

``Tiểu học - Primary school`` / ``Công lập - Public`` below a row of years, and once more below ``Chỉ số phát triển (Năm
trước = 100) - %``, as the statistical offices of the provinces print them.
"""

from __future__ import annotations

import re

from extractors._shared.grid import Grid
from extractors._shared.levels import find_levels

_ENGLISH = (
    r"(?:pre-?school|primary|secondary|lower|upper|public|non-?public|private|person|pupils?|students?|schools?|"
    r"class(?:es)?|teachers?|total|of which|female|male|kindergartens?|nurser(?:y|ies)|children|rate|number|index|"
    r"urban|rural|general|ethnic|percentage|graduates?|academic|prel|previous)"
)
_GLOSS = re.compile(rf" ?[-–/] ?(?=[A-Z])(?i:{_ENGLISH})(?![^\W\d_])[A-Za-z ,()'=\d-]*$")
_ENGLISH_LINE = re.compile(rf"(?=[A-Z])(?i:{_ENGLISH})(?![^\W\d_])[A-Za-z ,()'=\d-]*")
#: Kinds of schools and pupils that stand below the level whose they are.
KIND = re.compile(
    r"[-+ ]*(?:(?:ngoài )?công lập|bán công|dân lập|tư thục|trong đó:? nữ|nữ|dân tộc(?: thiểu số)?)", re.I
)
_INDEX = re.compile(r"(?P<name>(?:chỉ số phát triển|tốc độ (?:phát triển|tăng))[^%\n-]*?) ?(?:[-–(] ?)?%", re.I)
_YEAR = re.compile(r"(?:[^\W\d_]+\.? ?){0,3}?(?P<year>(?:19|20)\d\d(?: ?- ?20\d\d)?)")


def is_gloss(text: str) -> bool:
    """Whether a line only says in English what the line above it says: ``Number of pupils of general education``."""
    return _ENGLISH_LINE.fullmatch(text) is not None


def row_label(grid: Grid, row: int) -> str:
    """The label of a row without its gloss; a kind (``Công lập``) with its level, an index with its name."""
    label = _own_label(grid, row)
    if KIND.fullmatch(label) and (level := _level_above(grid, row)):
        label = f"{level} {label.lstrip('-+ ').lower()}"
    index = index_of(grid, row)
    return f"{label}, {index[0].lower()}{index[1:]}" if index and label else label


def _own_label(grid: Grid, row: int) -> str:
    return without_gloss(grid.row_label(row))


def _level_above(grid: Grid, row: int) -> str:
    """The nearest label above that is no kind itself, where it names a level; else ""."""
    for above in range(row - 1, grid.header_rows - 1, -1):
        label = _own_label(grid, above)
        if label and not KIND.fullmatch(label):
            return label if find_levels(label, label.lower()) else ""
    return ""


def index_of(grid: Grid, row: int) -> str:
    """The name of the index, in per cent, that the rows below a heading tell; "" for other rows."""
    for above in range(row - 1, grid.header_rows - 1, -1):
        said = grid.row_label(above)
        if said and not any(grid.text(above, col).strip() for col in range(1, grid.shape[1])):
            return index_named(said)
    return ""


def index_named(text: str) -> str:
    """The name of the index, in per cent, that a heading tells; "" for another text."""
    match = _INDEX.match(text)
    return match["name"].strip() if match else ""


def without_gloss(label: str) -> str:
    """A label without what it says once more in English."""
    return _GLOSS.sub("", label)


def is_index_heading(text: str) -> bool:
    """Whether a cell is the heading of a block of indices, whose figure is that with which they compare."""
    return _INDEX.match(text) is not None


def is_row_of_years(grid: Grid, row: int) -> bool:
    """Whether a row below the headings only names years: ``2010 | 2014 | 2015 | Sơ bộ Prel.2016``."""
    said = [text for col in range(grid.shape[1]) if (text := grid.text(row, col).strip())]
    return len(said) > 1 and all(map(_YEAR.fullmatch, said))


def year_of(grid: Grid, row: int, col: int) -> str | None:
    """The year above a figure in its heading or in a row of years, which begins where the figures do; None for none."""
    for above in range(row - 1, -1, -1):
        if is_row_of_years(grid, above):
            shift = 1 if grid.text(above, 0).strip() else 0
            match = _YEAR.fullmatch(grid.text(above, col - shift).strip())
            return match["year"].replace(" ", "") if match else None
    return None
