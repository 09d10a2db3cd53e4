"""Columns of a table that tell by how much the count before rose or fell: ``2023 | 2024 | Tăng, giảm``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.numbers import parse_numeral
from extractors.relations.grids import Grid, find_grids, read_column
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_STEP = re.compile(r"(?<!\w)(?:tăng|giảm|chênh lệch|so sánh|bỏ học|hao hụt)(?!\w)|\+ ?/ ?[-–]|±")
_SIGNED = re.compile(
    r"\(?(?:(?P<sign>[-+–−↑↓])|(?P<up>tăng|thêm|nhiều hơn)|(?P<down>giảm|bớt|ít hơn))? ?"
    r"(?P<count>\d{1,3}(?:\.\d{3})+|\d+)(?: [^\W\d_]+)?\)?"
)
_MIN_ROWS, _MIN_WORDED = 3, 2


def find_steps(reading: Reading) -> Iterator[Relation]:
    """The change of each row against the two counts before it, where all rows but one at most say that it is one."""
    for grid in find_grids(reading):
        columns = [read_column(grid, col) for col in range(grid.cols)]
        for step in columns[3:]:
            old, new = columns[step.index - 2], columns[step.index - 1]
            if not step.rate and not old.rate and not new.rate and _STEP.search(step.heading):
                yield from _column(grid, old.index, new.index, step.index)


def _column(grid: Grid, old: int, new: int, step: int) -> Iterator[Relation]:
    rows: list[tuple[int, Quantity, Quantity, Quantity, bool]] = []
    worded = 0
    for row in range(grid.first, grid.rows):
        said = _SIGNED.fullmatch(grid.text(row, step))
        if said is None or grid.value(row, old) is None or grid.value(row, new) is None:
            continue
        label = grid.label(row)
        first, last = grid.quantity(row, old, label), grid.quantity(row, new, label)
        moved, size = last.value - first.value, parse_numeral(said["count"])
        bare = said["sign"] is None and not said["up"] and not said["down"]
        told = size if said["sign"] in ("+", "↑") or said["up"] else -size
        agrees = abs(moved) == size if bare else moved == told
        signed = (size if moved >= 0 else -size) if bare else told
        worded += bool(said["up"] or said["down"])
        rows.append((row, first, last, _signed(grid, row, step, signed), agrees))
    # Where words tell the way two rows will do.
    if (
        len(rows) < (_MIN_ROWS if worded < len(rows) else _MIN_WORDED)
        or sum(agrees for *_, agrees in rows) < len(rows) - 1
    ):
        return
    for _, first, last, moved_by, _ in rows:
        yield Relation(
            kind="change",
            whole=last,
            parts=(moved_by, first),
            exhaustive=True,
            cue="up" if moved_by.value >= 0 else "down",
        )


def _signed(grid: Grid, row: int, col: int, value: int | float) -> Quantity:
    block = grid.cells[row, col]
    return Quantity(
        value=value,
        printed=grid.reading.document.value(block.start, block.end),
        label=grid.label(row),
        evidence=grid.reading.evidence(block.start, block.end),
    )
