"""The contest that a table is about and its level: told above the table, in its title or in a column of its own."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.grid import Grid
from extractors.awards.context import Context
from extractors.awards.level_totals import BARE_LEVELS

#: The heading of a column of contests.
CONTEST_HEAD = re.compile(r"cuộc thi|hội thi|kỳ thi|kì thi|phong trào|tên giải|sân chơi")
_LEVEL_HEAD = re.compile(r"cấp(?: thi| giải| độ| tổ chức)?")
_LEVEL_ALONE = re.compile(r"(?:(?:số )?giải )?(?:(?:cấp|vòng) )?(?P<level>[^\W\d_]+(?: [^\W\d_]+)?)")


def above(context: Context, block: Block) -> tuple[int, int] | None:
    """The contest that the lines just before a table name, else the headings above it, the title or earlier lines."""
    document = context.document
    before = [other for other in document.blocks[max(0, block.index - 200) : block.index] if other.kind != "cell"]
    for other in reversed(before[-3:]):
        if named := context.named_contest(other.body, other.end):
            return named
    for other in document.ancestors(before[-1]) if before else ():
        if named := context.named_contest(*document.head(other)):
            return named
    if context.titled_contest:
        return context.titled_contest
    return next((contest for other in reversed(before) if (contest := context.contest(other, other.end))), None)


def level_above(context: Context, block: Block) -> str | None:
    """The level of the contest that a table is about; None where none is told."""
    contest = above(context, block)
    if contest is None:
        return None
    return context.level(context.document.block_at(contest[0]), contest[1], contest[1], contest)


def level_in_row(context: Context, grid: Grid, row: int) -> str | None:
    """The level that a row's cell under ``Cấp`` names alone; None where there is none."""
    for col in range(grid.shape[1]):
        path = grid.header_path(col)
        if path and _LEVEL_HEAD.fullmatch(path[-1].lower().strip()):
            return level_named(context, grid.text(row, col))
    return None


def level_named(context: Context, text: str) -> str | None:
    """The level that a text names and nothing else: ``Cấp huyện``, ``Tỉnh``, ``Giải quốc gia``; None for none."""
    match = _LEVEL_ALONE.fullmatch(text.lower().strip(" ."))
    level = BARE_LEVELS.get(match["level"]) if match else None
    return context.city_level if level == "thanh_pho" else level


def level_of_row(context: Context, grid: Grid, row: int, label: Block) -> str | None:
    """The level of a row: in its cell for levels, in the contest that labels it, else that of the whole table."""
    told = level_in_row(context, grid, row)
    if told or grid.is_total(row) or not CONTEST_HEAD.search(" ".join(grid.header_path(grid.label_col or 0)).lower()):
        return told or level_above(context, label)
    terms = context.document.terms("level", label.start, label.end)
    return context.level_of(terms[-1]) if terms else level_above(context, label)
