"""The people whom the cells of prize tables name."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.grid import Grid
from extractors._shared.names import find_names
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context

_NAME_CELL = re.compile(
    rf"(?:(?:ông|bà|thầy|cô|em)\.? )?(?P<name>(?:[{CAPITAL}][^\W\d_]*'? ?[^\W\d_]*'?[^\W\d_]* ?){{1,6}})", re.I
)
_BODY = re.compile(r"(?:trường|tập thể|đội|tổ|lớp|đoàn|phòng|chi|liên|thcs|thpt|th|mn|mg|tiểu học|mầm non)(?!\w)")


def person_in(context: Context, block: Block | None) -> tuple[int, int] | None:
    """The name in a cell under a heading of names: one that the rules know, else a cell that is written like one."""
    if block is None:
        return None
    document = context.document
    if names := find_names(document, block.start, block.end):
        return names[0].start, names[0].end
    text = document.text[block.start : block.end]
    if context.schools_in(block.start, block.end) or _BODY.match(text.lower()):
        return None
    match = _NAME_CELL.fullmatch(text)
    if match is None or len(text.split()) < 2 - ("'" in text) or not text[0].isupper():
        return None
    return block.start + match.start("name"), block.end


def person_first(context: Context, block: Block | None) -> tuple[int, int] | None:
    """The person with whom a cell of people and bodies opens: ``Bà A - HT Trường B``; None for a body."""
    names = find_names(context.document, block.start, block.end) if block else []
    if block is None or not names:
        return None
    schools = context.schools_in(block.start, block.end)
    opens = not schools or names[0].end <= schools[0][0]
    return (names[0].start, names[0].end) if opens and names[0].start - block.start <= len("Ông giáo ") else None


#: How the person of a cell is addressed.
_PUPIL = re.compile(r"(?:em|cháu|bé) ")
_ADULT = re.compile(r"(?:thầy|cô|thầy giáo|cô giáo) ")


def kind_called(context: Context, block: Block | None) -> str | None:
    """What kind of person a cell addresses: ``Em A``, ``Cô B``; None where it does not say."""
    lowered = context.document.lower[block.start : block.end] if block else ""
    return "student" if _PUPIL.match(lowered) else "teacher" if _ADULT.match(lowered) else None


_SAME = re.compile(r"[-–. ]*(?:nt|n/t|như trên|[\"”“″]|''|//)[-–. ]*", re.I)


def is_ditto(text: str) -> bool:
    """Whether a cell says that it holds what the one above it holds: ``nt``, ``-nt-``, ``//``."""
    return _SAME.fullmatch(text) is not None


def kind_of_rows(grid: Grid, col: int | None) -> str | None:
    """What kind of people the column of names lists, by its heading or the columns beside it; None for unknown."""
    heads = " ".join(grid.header_path(col)).lower() if col is not None else ""
    every = " ".join(" ".join(grid.header_path(c)) for c in range(grid.shape[1])).lower()
    if "giáo viên" in heads or "chức vụ" in every or "chức danh" in every:
        return "teacher"
    return "student" if "học sinh" in heads or re.search(r"(?<!\w)lớp(?!\w)", every) else None
