"""Rows of a form numbered I, II, 1, 2 …: a total with its rows below it, or the kinds of what the row before counts.

Forms of public disclosure are built so: ``I Số phòng học 26`` / ``II Loại phòng học`` / ``1 Kiên cố 20`` …,
``VI Tổng diện tích các phòng 2.104`` / ``1 Phòng học 1.352`` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.relations.grids import Column, Grid
from extractors.relations.slips import differ_by_slip
from schemas.relation import Relation

_ROMAN = re.compile(r"[ivx]+\.?")
_NUMBER = re.compile(r"\d{1,2}\.?")
_TOTAL = re.compile(
    r"(?:tổng|cộng)(?!\w)|(?:số |tổng số )?(?:học sinh|hs|trẻ|giáo viên|gv|cán bộ|phòng|lớp)[^\d:]* (?:chia|phân) theo "
)
#: ``Số phòng học`` counts what ``Loại phòng học`` tells the kinds of.
_COUNTED, _KINDS = re.compile(r"(?:tổng )?số (?P<of>[^\d():]+)"), re.compile(r"(?:các )?loại (?P<of>[^\d():]+)")
_DIGITS = 2


def find_outlined_sums(grid: Grid, columns: Sequence[Column]) -> Iterator[Relation]:
    """The sums of a form's groups, in each column of counts, where the rows make their total but for a slip."""
    romans = [row for row in range(grid.first, grid.rows) if _ROMAN.fullmatch(grid.text(row, 0))]
    for at, head in enumerate(romans):
        end = romans[at + 1] if at + 1 < len(romans) else grid.rows
        rows = [row for row in range(head + 1, end) if _NUMBER.fullmatch(grid.text(row, 0))]
        if len(rows) < 2 or len(rows) != end - head - 1:
            continue
        for column in columns[2:]:
            whole = _whole(grid, head, romans[at - 1] if at else None, column)
            if column.rate or whole is None:
                continue
            cells = [row for row in rows if not grid.is_blank(row, column.index)]
            values = [grid.value(row, column.index) for row in cells]
            if len(cells) > 1 and None not in values and _makes(values, grid.value(whole, column.index) or 0):
                yield Relation(
                    kind="sum",
                    whole=grid.quantity(whole, column.index, grid.label(whole)),
                    parts=tuple(grid.quantity(row, column.index, grid.label(row)) for row in cells),
                    exhaustive=True,
                    disjoint=True,
                    cue=grid.label(head),
                )


def _whole(grid: Grid, head: int, before: int | None, column: Column) -> int | None:
    """The row whose number the rows of a group make: the group's own total, or the count before its kinds."""
    label = grid.text(head, 1)
    if _TOTAL.match(label) and grid.value(head, column.index) is not None:
        return head
    kinds = _KINDS.fullmatch(label)
    if kinds is None or before is None or grid.value(before, column.index) is None:
        return None
    counted = _COUNTED.fullmatch(grid.text(before, 1))
    return before if counted is not None and counted["of"].strip() == kinds["of"].strip() else None


def _makes(values: Sequence[float | None], whole: float) -> bool:
    made = sum(value or 0 for value in values)
    if whole in values and made != whole:
        return False  # all of them have what one row counts: the rows tell of some again
    if made == whole or differ_by_slip(made, whole, _DIGITS):
        return True
    return any(value is not None and differ_by_slip(value, value + whole - made, _DIGITS) for value in values)
