"""Tables of ranks: a rank a row, under a heading such as ``Xếp thứ`` or ``Hạng``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.grid import Grid, is_numeric
from extractors._shared.outline import roman_value
from extractors.awards.context import Context
from extractors.awards.table_contests import above, level_above
from schemas.records import Award

_RANK_HEAD = re.compile(
    r"(?:xếp )?(?:hạng|thứ|vị thứ|thứ hạng|thứ tự)"
    r"(?: (?:thi đua|chung|toàn \w+|trong \w+|huyện|quận|tỉnh|thành phố))?|vị thứ|xếp vị thứ"
)
#: A rank in a cell, also out of how many: ``4``, ``5/21``.
_RANKED = re.compile(r"[ .]*(?:thứ |hạng )?(?P<n>\d{1,3})(?: ?/ ?(?P<of>\d{1,3}))?[ .]*")
#: A row of the year in which a school took the rank.
_YEAR = re.compile(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?")
_EMULATION = re.compile(
    r"(?:khối|cụm) thi đua (?:số )?\d+|thi đua (?:khối|cụm) (?:số )?\d+|(?:(?:công tác|phong trào|kết quả) )?thi đua"
    r"(?: (?!năm|của|số|ban hành|theo|kèm|và(?!\w))[^\s,;:.()]+){0,4}|xếp hạng (?:khối|cụm|thi đua)"
)


#: A place told by a Roman number.
_ROMAN = re.compile(r"[ .]*(?:hạng )?(?P<n>i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)[ .]*")
#: The last place that may also be the grade of a prize.
_LAST_GRADE = 3


def roman_places(context: Context, grid: Grid) -> int | None:
    """The column of ranks in Roman numbers; None where there is none or where the numbers may grade prizes.

    Schools of a block that are compared are ranked; elsewhere only a fourth place tells a rank from a prize.
    """
    col = _rank_column(grid)
    texts = [grid.text(row, col).lower() for row in range(grid.header_rows, grid.shape[0])] if col is not None else []
    places = [roman_value(match["n"].upper()) for text in texts if (match := _ROMAN.fullmatch(text))]
    ranked = len(places) > 1 and (context.of_schools_block or max(places) > _LAST_GRADE)
    return col if ranked else None


def _rank_column(grid: Grid) -> int | None:
    """The column under a heading such as ``Xếp thứ``; None for none."""
    for col in range(grid.shape[1]):
        path = grid.header_path(col)
        if path and _RANK_HEAD.fullmatch(path[-1].lower().strip()):
            return col
    return None


def extract_rank_rows(context: Context, grid: Grid, *, emulation: bool) -> Iterator[Award]:
    """A rank a row, under a heading such as ``Xếp thứ`` or ``Hạng``; beside medals it is one of their contest."""
    document = context.document
    col = _rank_column(grid)
    if col is None:
        return
    pattern = _RANKED if roman_places(context, grid) is None else _ROMAN
    for row in range(grid.header_rows, grid.shape[0]):
        cell, ranked = grid.cells.get((row, col)), pattern.fullmatch(grid.text(row, col).lower())
        label = _row_subject(context, grid, row, col)
        if cell is None or ranked is None or label is None or grid.is_total(row):
            continue
        year = _YEAR.fullmatch(document.text, label.start, label.end)
        schools = context.schools_in(label.start, label.end)
        told = None if emulation else above(context, label)
        contest = document.value(*told) if told else _emulation(context, grid)
        yield Award(
            report=context.report_id,
            evidence=(document.evidence(cell.start, cell.end), document.evidence(label.start, label.end)),
            confidence=0.85,
            kind="rank",
            prize=str(int(ranked["n"]) if ranked["n"].isdigit() else roman_value(ranked["n"].upper())),
            contest=contest,
            level="cum" if context.of_schools_block else level_above(context, label),  # type: ignore[arg-type]
            count=1,
            participants=int(of) if (of := ranked.groupdict().get("of")) else None,
            recipient=None if year else document.value(*(schools[0][:2] if schools else (label.start, label.end))),
            recipient_kind="school" if schools or year else "unit",
            school=schools[0][2].name if schools else None,
            period=year.group(0).replace(" ", "") if year else context.period,
        )


def _row_subject(context: Context, grid: Grid, row: int, col: int) -> Block | None:
    """The cell that names who was ranked: the row's label, else the first cell of words."""
    for other in range(grid.shape[1]):
        block = grid.cells.get((row, other))
        if other != col and block is not None and not grid.is_counter(other) and not is_numeric(grid.text(row, other)):
            return block
    return None


def _emulation(context: Context, grid: Grid) -> str | None:
    """What a table of ranks ranks: the contest or the emulation that the lines above it or the title name."""
    document = context.document
    first = document.cells(grid.number)[0]
    near = [b for b in document.blocks[max(0, first.index - 4) : first.index] if b.kind != "cell"]
    for block in [*reversed(near), *document.ancestors(near[-1] if near else first)]:
        if match := _EMULATION.search(document.lower, block.body, block.end):
            return document.value(*match.span())
    if match := _EMULATION.search(context.title.lower()):
        return context.title[match.start() : match.end()]
    contest = above(context, first)
    return document.value(*contest) if contest else None
