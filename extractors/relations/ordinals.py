"""Sequences told in words (``Thứ nhất, …; Thứ hai, …``, ``Một là, …``) and the numbers of a table's rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.grids import Grid, find_grids
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_CARDINALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
#: A weekday is followed by a date or by another one; ``lần thứ hai`` and ``người thứ ba`` count something else.
_MARKS = {
    "thứ": re.compile(
        rf"(?<!\w)thứ (?P<n>{'|'.join(_ORDINALS)})(?: là)?\s*[,:](?! ?(?:ngày )?\d)(?! (?:thứ|chủ nhật)(?!\w))"
    ),
    "là": re.compile(rf"(?<!\w)(?P<n>{'|'.join(_CARDINALS)}) là[,:]? (?!\d)"),
}
_AT = {"thứ": Words(("thứ nhất", "thứ nhất:")), "là": Words(("một là",))}
#: Where such a word opens a clause.
_OPENS = re.compile(r"(?:^|[.;:–-])\s*(?:và )?$")
_LEAST = 3
_SHOWN = 80
_HEADS = re.compile(r"(?:s ?tt|tt|số tt|số thứ tự)\.?")


def find_ordinals(reading: Reading) -> Iterator[Relation]:
    """Sequences of words that begin with the first and count on but for one place; rows of tables likewise."""
    for style, pattern in _MARKS.items():
        if holds(_AT[style], reading.lower, 0, len(reading.lower)):
            yield from _in_words(reading, style, pattern)
    for grid in find_grids(reading):
        yield from _in_rows(grid)


def _in_words(reading: Reading, style: str, pattern: re.Pattern[str]) -> Iterator[Relation]:
    names = _ORDINALS if style == "thứ" else _CARDINALS
    run: list[Quantity] = []
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk", "caption"):
            continue
        for match in pattern.finditer(reading.lower, block.body, block.end):
            if not _OPENS.search(reading.lower[max(block.body, match.start() - 6) : match.start()]):
                continue
            number = names.index(match["n"]) + 1
            if number == 1:
                yield from _sequence(run, style)
                run = []
            run.append(_part(reading, block, number, match.span()))
    yield from _sequence(run, style)


def _part(reading: Reading, block: Block, number: int, span: tuple[int, int]) -> Quantity:
    printed = reading.document.value(*span).strip(" ,:")
    passage = reading.evidence(span[0], min(block.end, span[1] + _SHOWN))
    return Quantity(value=number, printed=printed, label=" ".join(passage.quote.split()), evidence=passage)


def _sequence(run: Sequence[Quantity], style: str) -> Iterator[Relation]:
    numbers = [int(part.value) for part in run]
    if len(run) >= _LEAST and numbers[0] == 1 and _counts_on(numbers):
        yield Relation(kind="sequence", whole=None, parts=tuple(run), exhaustive=True, cue=style)


def _counts_on(numbers: Sequence[int]) -> bool:
    """Whether numbers count on but for one place, or one number that is its neighbour's, and do not go back there."""
    steps = [b - a for a, b in pairwise(numbers)]
    wrong = [at for at, step in enumerate(steps) if step != 1]
    doubled = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(steps[at] for at in wrong) == [0, 2]
    return all(step >= 0 for step in steps) and (len(wrong) <= 1 or doubled)


def _in_rows(grid: Grid) -> Iterator[Relation]:
    """The numbers in the first column of a table, where its heading says that they are those of its rows.

    A row without a number heads a group or adds up; a new list begins with 1.
    """
    if grid.cols < 2 or not _HEADS.fullmatch(grid.text(0, 0)):
        return
    run: list[Quantity] = []
    for row in range(1, grid.rows):
        cell, value = grid.cells.get((row, 0)), grid.value(row, 0)
        above = grid.cells.get((row - 1, 0))
        if cell is None or cell is above or not isinstance(value, int):
            continue
        if value == 1:
            yield from _sequence(run, "rows")
            run = []
        beside = grid.cells.get((row, 1), cell)
        passage = grid.reading.evidence(cell.start, max(cell.end, beside.end))
        printed = grid.reading.document.value(cell.start, cell.end)
        run.append(Quantity(value=value, printed=printed, label=grid.label(row), evidence=passage))
    yield from _sequence(run, "rows")
