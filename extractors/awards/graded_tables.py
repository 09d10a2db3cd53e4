"""Winners listed in a table below the line that tells their prize: ``Học sinh đạt giải Nhất``, ``I. GIẢI NHÌ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.grid import Grid, grids
from extractors.awards.atoms import Atom
from extractors.awards.awarded import prize_award
from extractors.awards.context import Context
from extractors.awards.holder_tables import row_holders
from extractors.awards.tables import NAME, SCHOOL, result_column
from schemas.records import Award

#: A line that is nothing but a heading of winners of one prize.
_HEADING = re.compile(
    r"[\s*+•.-]*(?:(?:bảng|biểu|phụ lục) (?:số )?\w{1,3} ?[.:–-] ?)?(?:\(?\w{1,4}[.)/-] ?)?"
    r"(?:(?:danh sách|kết quả|các|những|số|học sinh|hs|giáo viên|gv|em|thí sinh"
    r"|cá nhân|tập thể|đơn vị|trường|đội|vận động viên|vđv|thầy|cô|đạt|đoạt|giành|được|trao|có|\d{1,3}) ?)*$"
)
#: Characters of such a line.
_LONGEST = 130


def extract_graded_tables(context: Context) -> Iterator[Award]:
    """A prize for each row of the tables that only list the winners of the prize told right above them."""
    for grid in grids(context.document):
        if (grid.find_col(NAME) is None and grid.find_col(SCHOOL) is None) or result_column(context, grid) is not None:
            continue
        if told := _told_above(context, grid):
            for winner in row_holders(context, grid).values():
                yield prize_award(context, told[0], replace(told[1], count=None), winner, count=1)


def _told_above(context: Context, grid: Grid) -> tuple[Block, Atom] | None:
    """The line right above a table that tells one prize of whoever the table lists, with that prize; None for none."""
    document = context.document
    first = document.cells(grid.number)[0]
    if not first.index:
        return None
    block = document.blocks[first.index - 1]
    if block.kind == "cell" or block.end - block.body > _LONGEST or context.is_wish(block, block.body, block.end):
        return None
    atoms = context.atoms(block.body, block.end)
    if len(atoms) != 1 or atoms[0].prize == "giai" or not _HEADING.match(document.lower, block.body, atoms[0].start):
        return None
    rest = document.text[atoms[0].end : block.end]
    return (block, atoms[0]) if "." not in rest.strip(" .:") else None
