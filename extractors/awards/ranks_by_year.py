"""Rows that tell a rank for each year: ``Xếp hạng thi đua (19 trường THCS của huyện) | 8 | 5 | 2``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.grid import Grid, grids
from extractors.awards.context import Context
from extractors.awards.rank_levels import level_of_schools
from schemas.records import Award

_LABEL = re.compile(
    r"(?:[\d.]+[.)]? |[-+*•] ?)?(?:kết quả )?(?:xếp (?:hạng|thứ|vị thứ)|vị thứ|thứ hạng"
    r"|hạng)(?P<rest>(?: [^\W\d_]+){0,8})"
    r"(?: ?\((?P<aside>[^()]*)\))?"
)
_CELL = re.compile(r"(?:thứ |hạng )?(?P<n>\d{1,3})(?: ?/ ?(?P<of>\d{1,3}))?")
_YEAR = re.compile(r"(?:năm(?: học)? |nh )?(?P<year>(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)")
_OF_MANY = re.compile(r"(?<!\d)(?P<n>\d{1,3})(?= (?:trường|đơn vị|xã|phường|huyện))")
#: What is ranked that is nobody's place: grades, degrees.
_NO_PLACE = re.compile(r"hạnh kiểm|học lực|giáo viên|viên chức|chức danh|hạng (?:i|1)")


def ranks_by_year(context: Context) -> Iterator[Award]:
    """A rank for each cell of such a row below the heading of a year."""
    document = context.document
    for grid in grids(document):
        if grid.label_col is None or not grid.header_rows:
            continue
        heads = {col: _YEAR.fullmatch(" ".join(grid.header_path(col)).lower().strip()) for col in range(grid.shape[1])}
        years = {col: head["year"].replace(" ", "").replace("–", "-") for col, head in heads.items() if head}
        for row in range(grid.header_rows, grid.shape[0]) if years else ():
            label = grid.cells.get((row, grid.label_col))
            told = _LABEL.fullmatch(grid.text(row, grid.label_col).lower().strip()) if label else None
            if label and told and not _NO_PLACE.search(told.group(0)):
                for col, year in years.items():
                    yield from _of_cell(context, grid, (row, col), label, told, year)


def _of_cell(
    context: Context, grid: Grid, place: tuple[int, int], label: Block, told: re.Match[str], year: str
) -> Iterator[Award]:
    """The rank of one cell; nothing for one that tells none."""
    document, block = context.document, grid.cells.get(place)
    match = _CELL.fullmatch(grid.text(*place).lower().strip())
    if block is None or match is None or not int(match["n"]):
        return
    many = _OF_MANY.search(told["aside"] or "")
    level = level_of_schools(told.group(0))
    terms = document.terms("level", label.start, label.end)
    rest = told["rest"].strip()
    at = document.lower.find(rest, label.start, label.end) if rest else -1
    yield Award(
        report=context.report_id,
        evidence=(document.evidence(block.start, block.end), document.evidence(label.start, label.end)),
        confidence=0.7,
        kind="rank",
        prize=str(int(match["n"])),
        contest=document.value(at, at + len(rest)) if at >= 0 else None,
        level=context.level_of(terms[-1]) if terms else level,  # type: ignore[arg-type]
        count=1,
        participants=int(match["of"] or (many["n"] if many else 0)) or None,
        period=year,
    )
