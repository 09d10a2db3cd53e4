"""Total columns of tables whose headings do not say what they add up: most rows do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extractors.relations.grids import TOTAL_ROW, Column, Grid
from schemas.relation import Relation

_TOTAL = re.compile(r"(?<!\w)(?:tổng|cộng|tc)(?!\w)")
#: A column of what is taken off again.
_TAKEN = re.compile(r"(?<!\w)(?:điểm )?(?:trừ|bị trừ)(?!\w)")
_LEAST_ROWS, _LEAST_COLUMNS, _MOST = 3, 3, 0.75
#: Two columns alone make a total where so many rows say so.
_TWO, _MANY_ROWS = 2, 4
#: Of stocks: what was there, what came, what went, and what is left.
_FIRST = re.compile(
    r"(?<!\w)(?:đầu (?:năm(?: học)?|kỳ|nhiệm kỳ)|năm (?:học )?trước chuyển sang|(?:số )?(?:hiện )?có đầu)(?!\w)"
)
_LAST = re.compile(r"(?<!\w)(?:cuối (?:năm(?: học)?|kỳ|nhiệm kỳ)|còn lại|hiện còn|hiện có|tồn)(?!\w)")
_CAME = re.compile(
    r"(?<!\w)(?:bổ sung|tăng|nhập|mua(?: mới| thêm)?|thu|chuyển đến|tuyển(?: mới)?|tiếp nhận|nhận|kết nạp|"
    r"được tặng|thêm)"
    r"(?!\w)"
)
_WENT = re.compile(
    r"(?<!\w)(?:thanh lý|giảm|hỏng|mất|xuất|chi|chuyển đi|bỏ học|thôi học|nghỉ (?:hưu|việc)|cấp phát|chuyển trường|"
    r"chuyển sinh hoạt)(?!\w)"
)
_HAIR = 1e-6


def find_learned_sums(grid: Grid, columns: Sequence[Column], known: Collection[int]) -> Iterator[Relation]:
    """The rows of a total column that neighbouring columns add up to in all rows but one, or in three of four.

    So points of contests are added (``ND 1 | ND 2 | Thưởng | Tổng điểm``). ``known`` are total columns whose parts the
    headings tell.
    """
    for whole in columns[1:]:
        if whole.rate or whole.index in known or not _TOTAL.search(whole.heading):
            continue
        parts = _parts_of(grid, columns, whole)
        for row in range(grid.first, grid.rows) if parts else ():
            if (found := _sum(grid, row, whole, parts)) is not None:
                yield found


def find_stocks(grid: Grid, columns: Sequence[Column]) -> Iterator[Relation]:
    """The rows of ``Đầu năm | Bổ sung | Thanh lý | Cuối năm``, where all but one agree with the headings."""
    told = [column for column in columns[1:] if not column.rate]
    firsts = [column for column in told if _FIRST.search(column.heading)]
    lasts = [column for column in told if _LAST.search(column.heading) and column not in firsts]
    if len(firsts) != 1 or len(lasts) != 1:
        return
    between = [column for column in told if column not in (*firsts, *lasts)]
    signs = [1 if _CAME.search(c.heading) else -1 if _WENT.search(c.heading) else 0 for c in between]
    if not between or 0 in signs:
        return
    rows: list[tuple[int, float]] = []
    for row in range(grid.first, grid.rows):
        values = [_number(grid, row, column) for column in (*firsts, *between)]
        left = grid.value(row, lasts[0].index)
        if left is None or None in values or TOTAL_ROW.fullmatch(grid.label(row)):
            continue
        made = sum(sign * (value or 0) for sign, value in zip((1, *signs), values, strict=True))
        rows.append((row, abs(made - left)))
    wrong = [row for row, miss in rows if miss > _HAIR]
    if len(rows) < _LEAST_ROWS or len(wrong) != 1:
        return
    steps = [(c, sign) for c, sign in zip(between, signs, strict=True) if grid.value(wrong[0], c.index) is not None]
    moved = [
        q.model_copy(update={"value": sign * q.value})
        for q, sign in ((grid.quantity(wrong[0], c.index, c.heading), sign) for c, sign in steps)
    ]
    yield Relation(
        kind="change",
        whole=grid.quantity(wrong[0], lasts[0].index, lasts[0].heading),
        parts=(grid.quantity(wrong[0], firsts[0].index, firsts[0].heading), *moved),
        exhaustive=True,
        cue="balance",
    )


def _number(grid: Grid, row: int, column: Column) -> float | None:
    """The number of a cell, 0 of a blank one; None where it holds words."""
    value = grid.value(row, column.index)
    return 0 if value is None and grid.is_blank(row, column.index) else value


def _parts_of(grid: Grid, columns: Sequence[Column], whole: Column) -> list[Column]:
    """The longest run of columns right before a total, else right behind it, that makes it; empty where none does."""
    plain = [not column.rate and not _TOTAL.search(column.heading) for column in columns]
    first = whole.index
    while first > 1 and plain[first - 1]:
        first -= 1
    last = whole.index + 1
    while last < len(columns) and plain[last]:
        last += 1
    runs = [columns[start : whole.index] for start in range(first, whole.index)]
    runs += [columns[whole.index + 1 : stop] for stop in range(last, whole.index + 1, -1)]
    return next((list(run) for run in runs if len(run) >= _TWO and _makes(grid, run, whole)), [])


def _makes(grid: Grid, run: Sequence[Column], whole: Column) -> bool:
    misses = []
    for row in range(grid.first, grid.rows):
        total = grid.value(row, whole.index)
        values = _values(grid, row, run)
        if total is not None and values is not None and sum(value != 0 for value in values) > 1:
            misses.append(abs(sum(values) - total) > _HAIR)
    agree = misses.count(False)
    if len(run) < _LEAST_COLUMNS and agree < _MANY_ROWS:
        return False
    return len(misses) >= _LEAST_ROWS and agree > 1 and agree >= min(len(misses) - 1, _MOST * len(misses))


def _values(grid: Grid, row: int, run: Sequence[Column]) -> list[float] | None:
    """The numbers of a row with a minus where they are taken off, blanks as nothing; None where one is no number."""
    found: list[float] = []
    for column in run:
        value = grid.value(row, column.index)
        if value is None and not grid.is_blank(row, column.index):
            return None
        found.append(-(value or 0) if _TAKEN.search(column.heading) else value or 0)
    return found


def _sum(grid: Grid, row: int, whole: Column, run: Sequence[Column]) -> Relation | None:
    values = _values(grid, row, run)
    if values is None or grid.value(row, whole.index) is None:
        return None
    cells = [(c, v) for c, v in zip(run, values, strict=True) if grid.value(row, c.index) is not None]
    parts = [grid.quantity(row, c.index, c.heading).model_copy(update={"value": v}) for c, v in cells]
    if len(parts) < 2 or len({id(grid.cells[row, c.index]) for c, _ in cells}) < len(cells):
        return None
    return Relation(
        kind="sum",
        whole=grid.quantity(row, whole.index, f"{grid.label(row)}: {whole.heading}"),
        parts=tuple(parts),
        exhaustive=True,
        disjoint=True,
        cue=grid.label(row),
    )
