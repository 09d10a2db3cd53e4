"""Numbers told in the order of grades: ``HSG huyện (Nhất-Nhì-Ba-KK) | 4-9-13-11``, ``A (11 HCV - 6 HCB - 4 HCĐ)``, ``B
(8-9-5)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.grid import Grid, grids
from extractors._shared.scan import Words, holds
from extractors.awards.atoms import CONSOLATION, GRADES, MEDALS, Atom
from extractors.awards.context import Context
from extractors.awards.table_contests import level_above
from extractors.awards.tables import counts_wins, headed, schools_of_row
from schemas.records import Award

_GRADE = r"(?:giải |hc ?|huy chương )?(?:nhất|nhì|ba|khuyến khích|kk|vàng|bạc|đồng|[vbđ])"
#: The grades in a heading: ``(Nhất-Nhì-Ba-KK)``, ``HCV/HCB/HCĐ``.
_LEGEND = re.compile(rf"(?<!\w){_GRADE}(?: ?[-–/,;+] ?{_GRADE}){{1,4}}(?!\w)", re.I)
_WORD = re.compile(r"nhất|nhì|ba|khuyến khích|kk|vàng|bạc|đồng|[vbđ](?!\w)")
#: The numbers of a cell in order; a dash alone is none.
_PART = re.compile(r"\d{1,4}|(?<!\d)(?<!\d )[-–](?= |$)")
_NUMBERS = re.compile(r"[\d\s–/,;+-]+")
#: Kind and grade of a prize.
Graded = tuple[str, str]


def extract_ordered_grades(context: Context) -> Iterator[Award]:
    """The prizes of cells that tell a number for each grade of their heading, and the totals in columns beside them."""
    for grid in grids(context.document):
        legends = {col: legend for col in range(grid.shape[1]) if (legend := _legend(" ".join(grid.header_path(col))))}
        if not legends:
            continue
        totals = [col for col in range(grid.shape[1]) if col not in legends and counts_wins(grid, col)]
        for row in range(grid.header_rows, grid.shape[0]):
            for col, legend in legends.items():
                for graded, count in zip(legend, _counts(grid.text(row, col), len(legend)), strict=False):
                    yield from _award(context, grid, (row, col), graded, count)
            for col in totals:
                text = grid.text(row, col).strip()
                yield from _award(context, grid, (row, col), ("prize", "giai"), int(text) if text.isdigit() else 0)


def _legend(head: str) -> list[Graded]:
    """The grades that a heading tells in order; [] for none."""
    match = _LEGEND.search(head.lower())
    return [_graded(word) for word in _WORD.findall(match.group(0).replace("hc", ""))] if match else []


def _graded(word: str) -> Graded:
    if word in MEDALS:
        return "medal", MEDALS[word]
    return "prize", "khuyen_khich" if word in CONSOLATION else GRADES[word]


def _counts(cell: str, length: int) -> list[int]:
    """The numbers of a cell, as many as there are grades; [] for any other cell."""
    parts = _PART.findall(cell) if _NUMBERS.fullmatch(cell) else []
    return [int(part) if part.isdigit() else 0 for part in parts] if len(parts) == length else []


def _award(context: Context, grid: Grid, place: tuple[int, int], graded: Graded, count: int) -> Iterator[Award]:
    """The award of one number of a cell; none for no prize."""
    document, (row, col) = context.document, place
    block = grid.cells.get(place)
    if block is None or not count:
        return
    label = grid.cells.get((row, grid.label_col)) if grid.label_col is not None else None
    schools = schools_of_row(context, grid, grid.label_col, label) if grid.label_col is not None and label else []
    contest, level = headed(context, grid, col)
    head = grid.cells.get((grid.header_rows - 1, col)) if grid.header_rows else None
    level = level or (context.level(head, head.end, head.end, (head.start, head.end)) if head and contest else None)
    yield Award(
        report=context.report_id,
        evidence=(document.evidence(block.start, block.end),),
        confidence=0.8,
        kind=graded[0],  # type: ignore[arg-type]
        prize=graded[1],
        contest=_LEGEND.sub("", contest).strip(" ():;,-") or None if contest else None,
        level=level or level_above(context, label or block),  # type: ignore[arg-type]
        count=count,
        recipient=document.value(*schools[0][:2]) if schools else None,
        recipient_kind="school" if schools else None,
        school=schools[0][2].name if schools else None,
        period=context.period,
    )


#: The bare numbers of one whose grades the line before tells in order.
_BARE = re.compile(r" ?\((?P<numbers>\d{1,3}(?: ?[-–/;] ?\d{1,3}){1,3})\)")
_NUMBER = re.compile(r"\d{1,3}")
_OPENS = Words(("(",))
#: Lines back in which the grades may be told.
_BACK = 4


def told_in_order(context: Context, block: Block) -> Iterator[tuple[Atom, tuple[int, int]]]:
    """The prizes that bare numbers behind a school tell in the order of the line before, each with the school's range.

    ``Nhất: TH A (11 HCV - 6 HCB - 4 HCĐ)``, then ``Nhì: TH B (8-9-5)``
    """
    document = context.document
    if block.kind == "cell" or not holds(_OPENS, document.lower, block.body, block.end):
        return
    for start, end, _ in context.schools_in(block.body, block.end):
        match = _BARE.match(document.text, end, block.end)
        numbers = list(_NUMBER.finditer(document.text, *match.span("numbers"))) if match else []
        grades = _before(context, block, start, len(numbers)) if numbers else []
        for (kind, prize), number in zip(grades, numbers, strict=False):
            if int(number[0]):
                yield Atom(*number.span(), kind, prize, int(number[0])), (start, end)


def _before(context: Context, block: Block, at: int, length: int) -> list[Graded]:
    """The grades of the nearest row of as many counts in brackets behind a school, before a position; [] for none."""
    document = context.document
    for other in reversed(document.blocks[max(0, block.index - _BACK) : block.index + 1]):
        for _, end, _ in reversed(context.schools_in(other.body, min(other.end, at))):
            close = document.text.find(")", end, other.end)
            if not document.text.startswith(" (", end) or close < 0:
                continue
            row = [a for a in context.atoms(other.body, other.end) if end <= a.start < close and a.count]
            if len(row) == length and all(one.prize != "giai" for one in row):
                return [(one.kind, one.prize) for one in row]
    return []
