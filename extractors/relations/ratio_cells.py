"""Cells of a table that hold a count and its whole: ``267/284`` under ``Đạt chuẩn``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.relations.grids import Column, Grid
from schemas.relation import Relation

_RATIO = re.compile(r"(?P<count>\d{1,3}(?:\.\d{3})*|\d+) ?/ ?(?P<of>\d{1,3}(?:\.\d{3})*|\d+)")
#: A result may pass its plan; pairs under these headings are two counts, or days.
_NO_SHARE = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|giao|dự toán|ngày|tháng|thời gian|tỷ số|tỉ số|đầu (?:năm|kỳ)|nữ|trừ|"
    r"nam|hs|lớp)(?!\w)"
)
_FEWEST, _NEAR = 2, 1.25
_MAX_DAY, _MAX_MONTH = 31, 12


def find_ratio_cells(grid: Grid, columns: Sequence[Column]) -> Iterator[Relation]:
    """The cells of a column of ratios, where two at least count no more than their whole and one counts a few more."""
    for column in columns[1:]:
        if _NO_SHARE.search(column.heading):
            continue
        found: list[tuple[int, int, int]] = []
        for row in range(grid.first, grid.rows):
            if (match := _RATIO.fullmatch(grid.text(row, column.index))) is not None:
                found.append((row, *(int(match[name].replace(".", "")) for name in ("count", "of"))))  # type: ignore[arg-type]
        wrong = [(row, count, of) for row, count, of in found if count > of]
        if len(found) - len(wrong) < _FEWEST or len(wrong) != 1:
            continue
        if all(count <= _MAX_DAY and of <= _MAX_MONTH for _, count, of in found):
            continue
        (row, count, of) = wrong[0]
        if count > _NEAR * of:
            continue
        cell = grid.cells[row, column.index]
        part = grid.reading.quantity(count, (cell.start, cell.end), (cell.start, cell.end))
        yield Relation(
            kind="ratio", whole=part.model_copy(update={"value": of}), parts=(part,), exhaustive=True, cue="/"
        )
