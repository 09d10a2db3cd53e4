"""Totals, shares and percentages of tables, by their row and column headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors.relations.celled import find_celled_rates
from extractors.relations.completeness import UPPER_GRADES, is_whole_scale
from extractors.relations.disproved import are_of_another
from extractors.relations.grids import TOTAL_ROW, Column, Grid, find_grids, read_column
from extractors.relations.learned import find_learned_sums, find_stocks
from extractors.relations.outlined import find_outlined_sums
from extractors.relations.ratio_cells import find_ratio_cells
from extractors.relations.reading import Reading, attribute, dimensions
from extractors.relations.shares import STRUCTURE
from extractors.relations.table_bases import find_table_bases
from schemas.relation import Relation

_GRAND_ROW = re.compile(r"tổng cộng|tổng toàn|toàn|tổng$")
_NO_SUM_COL = re.compile(
    r"(?<!\w)(?:tt|stt|số tt|bình quân|điểm tb|đtb|điểm trung bình|xếp thứ|xếp hạng|thứ|hạng|năm|ghi chú|"
    r"điểm(?! trường| lẻ)|"
    r"xếp loại|tăng|giảm|so với (?:năm|cùng|kế hoạch|học kỳ)|đạt|chuẩn)(?!\w)"
)
_ROMAN = re.compile(r"[IVX]+\.?")
_MIN_HEADS = 3
_TOOK_PART = re.compile(r"(?<!\w)(?:dự thi|tham gia|tham dự|đăng ký)(?!\w)")
_MIN_ROWS = 3
_MOST = 0.75
_ALL = 100
#: So near a percentage must be to what follows, to count as meant for it.
_CLOSE = 0.15


def find_table_relations(reading: Reading) -> list[Relation]:
    """Sums by column (rows ``Cộng``, ``Toàn huyện``) and by row (column ``Tổng số`` against its parts).

    Beside them the percentages of a row against its counts, and as shares of one scale.
    """
    found: list[Relation] = []
    for grid in find_grids(reading):
        columns = [read_column(grid, col) for col in range(grid.cols)]
        found += _column_sums(grid, columns)
        found += _row_sums(grid, columns)
        found += find_learned_sums(grid, columns, _wholes(columns))
        found += find_stocks(grid, columns)
        found += find_ratio_cells(grid, columns)
        found += find_outlined_sums(grid, columns)
        found += find_celled_rates(grid, columns)
        found += _rate_column(grid, columns)
        found += _rate_of_total(grid, columns)
        found += list(find_table_bases(grid, columns, found))
        found += _structure(grid, columns, _above(reading, grid.blocks[0]))
    return found


def _above(reading: Reading, first: Block) -> str:
    """The text right above a table."""
    before = reading.document.blocks[first.index - 1] if first.index else None
    return reading.lower[before.start : before.end] if before is not None and before.table is None else ""


#: In how many columns the rows hold less than which share of the total where they are a selection.
_COLUMNS_LACKING, _LACKING = 3, 0.9
_OF_TOTAL = re.compile(r"(?:so với|trong|trên) (?:tổng )?số|trong tổng|cơ cấu")


def _structure(grid: Grid, columns: list[Column], above: str) -> Iterator[Relation]:
    """A column of percentages that shares out one whole, as its heading or the text above says: ``Cơ cấu``."""
    for column in columns[1:]:
        said = _OF_TOTAL.search(column.heading) or STRUCTURE.search(above[-160:])
        if not column.rate or not said or len([c for c in columns if c.rate]) > 1:
            continue
        rows = [row for row in range(grid.first, grid.rows) if not TOTAL_ROW.fullmatch(grid.label(row))]
        cells = [row for row in rows if not grid.is_blank(row, column.index)]
        if len(cells) >= _MIN_HEADS and all(grid.value(row, column.index) is not None for row in cells):
            parts = tuple(grid.quantity(row, column.index, grid.label(row)) for row in cells)
            yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue=column.heading)


def _column_sums(grid: Grid, columns: list[Column]) -> Iterator[Relation]:
    for total, parts in _total_rows(grid):
        sums = list(_sums_of_row(grid, columns, total, parts))
        if not _is_selection(sums):
            yield from sums


def _is_selection(sums: list[Relation]) -> bool:
    """Whether the rows are some of those that the total counts: most columns lack far more than a slip would."""
    lacking = [s for s in sums if s.whole is not None and _LACKING * s.whole.value > sum(p.value for p in s.parts)]
    return len(lacking) >= _COLUMNS_LACKING and 2 * len(lacking) > len(sums)


def _sums_of_row(grid: Grid, columns: list[Column], total: int, parts: list[int]) -> Iterator[Relation]:
    for column in columns[1:]:
        if column.rate or grid.value(total, column.index) is None:
            continue
        if _NO_SUM_COL.search(column.heading) and not _is_grade(columns, column):
            continue
        cells = [row for row in parts if not grid.is_blank(row, column.index)]
        if len(cells) < 2 or any(grid.value(row, column.index) is None for row in cells):
            continue
        if len({id(grid.cells[row, column.index]) for row in cells}) < len(cells):
            continue
        if _is_mean(grid.value(total, column.index) or 0, [grid.value(row, column.index) or 0 for row in cells]):
            continue
        yield Relation(
            kind="sum",
            whole=grid.quantity(total, column.index, column.heading),
            parts=tuple(grid.quantity(row, column.index, grid.label(row)) for row in cells),
            exhaustive=True,
            disjoint=True,
            cue=grid.label(total),
        )


def _is_grade(columns: list[Column], column: Column) -> bool:
    """Whether a column counts one grade beside others: ``Tốt | Khá | Đạt | Chưa đạt``."""
    grades = {c.labels["dim_grade"] for c in columns if "dim_grade" in c.labels and not c.rate}
    return "dim_grade" in column.labels and len(grades) >= _MIN_HEADS


def _is_mean(total: float, values: list[float]) -> bool:
    """Whether a total with decimals lies between its parts: pupils of a class are averaged, not added up."""
    return not all(float(value).is_integer() for value in (total, *values)) and min(values) <= total <= max(values)


def _total_rows(grid: Grid) -> Iterator[tuple[int, list[int]]]:
    """Each total row with the rows that it adds up."""
    pending: list[int] = []
    subtotals: list[int] = []
    roman = [row for row in range(grid.first, grid.rows) if _ROMAN.fullmatch(grid.text(row, 0).upper())]
    if roman:
        # Groups numbered I, II …: only their own totals are known to add up.
        totals = [row for row in range(grid.first, grid.rows) if TOTAL_ROW.fullmatch(grid.label(row))]
        if len(totals) == 1 and len(roman) > 1 and totals[0] not in roman:  # a total among the groups: all are of it
            yield totals[0], roman
        return
    for row in range(grid.first, grid.rows):
        label = grid.label(row)
        if not TOTAL_ROW.fullmatch(label):
            pending.append(row)
        elif row == grid.first:
            below = list(range(row + 1, grid.rows))
            if not any(TOTAL_ROW.fullmatch(grid.label(other)) for other in below):
                yield row, below
                return
        elif _GRAND_ROW.match(label) and subtotals:
            yield row, [*subtotals, *pending]
            pending = []
        else:
            yield row, pending
            subtotals.append(row)
            pending = []


def _wholes(columns: list[Column]) -> set[int]:
    """The total columns whose parts are known by the headings."""
    found = (_whole_column(columns, group) for _, group in _groups(columns) if any(not c.rate for c in group))
    return {column.index for column in found if column is not None}


def _row_sums(grid: Grid, columns: list[Column]) -> Iterator[Relation]:
    for dimension, group in _groups(columns):
        counts = [column for column in group if not column.rate]
        rates = [column for column in group if column.rate]
        found = {column.labels[dimension] for column in group}
        complete = _is_complete(dimension, found)
        counted = True if found in UPPER_GRADES else complete
        whole = _whole_column(columns, group) if counts else None
        sums = _sums_by(grid, whole, counts, counted) if whole is not None else []
        if are_of_another(sums):
            whole = None
        else:
            yield from sums
        for row in range(grid.first, grid.rows):
            label = grid.label(row)
            if whole is not None and grid.value(row, whole.index) is not None:
                yield from _row_rates(grid, row, whole, counts, rates, dimension)
            values = [column for column in rates if grid.value(row, column.index) is not None]
            blank = sum(grid.is_blank(row, column.index) for column in rates)
            if (
                len(values) >= 2
                and len(values) + blank == len(rates)
                and attribute(dimension, rates[0].labels[dimension], "shares")
            ):
                parts = tuple(grid.quantity(row, column.index, f"{label}: {column.heading}") for column in values)
                yield Relation(kind="shares", whole=None, parts=parts, exhaustive=complete, disjoint=True, cue=label)


def _rate_column(grid: Grid, columns: list[Column]) -> Iterator[Relation]:
    """A column ``Tỉ lệ`` of no scale: the count before it out of those who took part or of the total.

    That it means these two is known where most of its rows say so.
    """
    for rate in columns:
        if not rate.rate or rate.labels or rate.index < 2:
            continue
        count = columns[rate.index - 1]
        for whole in columns[1 : count.index]:
            if whole.rate:
                continue
            known = whole.total or _TOOK_PART.search(whole.heading) is not None
            if not known and _AIMED.search(whole.heading) is None:
                continue
            rows: list[tuple[int, float, float]] = []
            for row in range(grid.first, grid.rows):
                printed, made, base = (grid.value(row, column.index) for column in (rate, count, whole))
                if printed is not None and made is not None and base:
                    rows.append((row, printed, 100 * made / base))
            agree = sum(abs(printed - follows) <= 1 for _, printed, follows in rows)
            # Of three rows with their headings two are enough, of more three in four.
            if len(rows) < _MIN_ROWS or agree < min(len(rows) - 1, _MOST * len(rows)):
                continue
            if not known and len({printed for _, printed, _ in rows}) < 2:
                continue  # all of them 100: any column would do
            for row, _, _ in rows:
                yield Relation(
                    kind="percentage",
                    whole=grid.quantity(row, whole.index, whole.heading),
                    parts=(
                        grid.quantity(row, rate.index, rate.heading),
                        grid.quantity(row, count.index, count.heading),
                    ),
                    exhaustive=True,
                    cue=grid.label(row),
                )
            break


#: What was planned or looked for is a whole as well.
_AIMED = re.compile(r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|giao|dự toán|phải|điều tra|trong độ tuổi|đăng ký)(?!\w)")


def _rate_of_total(grid: Grid, columns: list[Column]) -> Iterator[Relation]:
    """A count and its percentage by row, of the count in the only total row: ``Khá 210 37,2% … Cộng 565 100%``.

    That the percentages are of it is known where all rows but one at most say so.
    """
    totals = [row for row in range(grid.first, grid.rows) if TOTAL_ROW.fullmatch(grid.label(row))]
    if len(totals) != 1:
        return
    for rate in columns[2:]:
        count = columns[rate.index - 1]
        base = grid.value(totals[0], count.index)
        if not rate.rate or count.rate or not base or grid.value(totals[0], rate.index) not in (None, 100):
            continue
        rows: list[tuple[int, float, float]] = []
        for row in range(grid.first, grid.rows):
            printed, made = grid.value(row, rate.index), grid.value(row, count.index)
            if row != totals[0] and printed is not None and made is not None:
                rows.append((row, printed, 100 * made / base))
        agree = sum(abs(printed - follows) <= _CLOSE for _, printed, follows in rows)
        if len(rows) < _MIN_ROWS or agree < len(rows) - 1:
            continue
        for row, _, _ in rows:
            parts = (
                grid.quantity(row, rate.index, rate.heading),
                grid.quantity(row, count.index, count.heading),
            )
            whole = grid.quantity(totals[0], count.index, count.heading)
            yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=grid.label(row))


def _groups(columns: list[Column]) -> Iterator[tuple[str, list[Column]]]:
    """Runs of columns whose headings are categories of one dimension, each named once (as SL and TL).

    Of runs that share columns the longest.
    """
    taken: set[int] = set()
    for dimension, run in sorted(_runs(columns), key=lambda found: -len(found[1])):
        indexes = {column.index for column in run}
        if not indexes & taken:
            taken |= indexes
            yield dimension, run


def _runs(columns: list[Column]) -> Iterator[tuple[str, list[Column]]]:
    for dimension in dimensions():
        run: list[Column] = []
        for column in [*columns, None]:
            key = None if column is None else column.labels.get(dimension)
            fresh = (
                key is not None
                and column is not None
                and (key, column.rate) not in {(c.labels[dimension], c.rate) for c in run}
            )
            if not fresh:
                if len({c.labels[dimension] for c in run}) > 1:
                    yield dimension, run
                run = []
            if key is not None and column is not None:
                run.append(column)


def _is_complete(dimension: str, found: set[str]) -> bool | None:
    if any(attribute(dimension, label, "mixed") or attribute(dimension, label, "nested") for label in found):
        return None
    if dimension in ("dim_level", "dim_class"):
        return True if len(found) >= 3 else None
    if dimension == "dim_prize":
        return True if any(attribute(dimension, label, "low") for label in found) else None
    return True if is_whole_scale(dimension, found) else None


def _whole_column(columns: list[Column], group: list[Column]) -> Column | None:
    """The total column beside a group: right before or after it, else the nearest one to its left."""
    before, after = group[0].index - 1, group[-1].index + 1
    for index in (before, after):
        if 0 <= index < len(columns) and columns[index].total:
            return columns[index]
    left = [column for column in columns[: group[0].index] if column.total]
    return left[-1] if left else None


def _sums_by(grid: Grid, whole: Column, counts: list[Column], complete: bool | None) -> list[Relation]:
    rows = [row for row in range(grid.first, grid.rows) if grid.value(row, whole.index) is not None]
    return [found for row in rows for found in _row_sum(grid, row, whole, counts, complete)]


def _row_sum(grid: Grid, row: int, whole: Column, counts: list[Column], complete: bool | None) -> Iterator[Relation]:
    cells = [column for column in counts if not grid.is_blank(row, column.index)]
    if len(cells) < 2 or any(grid.value(row, column.index) is None for column in cells):
        return
    if grid.signed(row, whole.index) and grid.value(row, whole.index) != _ALL:
        return  # of a percentage of all the parts have percentages of their own
    yield Relation(
        kind="sum",
        whole=grid.quantity(row, whole.index, f"{grid.label(row)}: {whole.heading}"),
        parts=tuple(grid.quantity(row, column.index, column.heading) for column in cells),
        exhaustive=complete,
        disjoint=True if complete else None,
        cue=grid.label(row),
    )


def _row_rates(
    grid: Grid, row: int, whole: Column, counts: list[Column], rates: list[Column], dimension: str
) -> Iterator[Relation]:
    by_label = {column.labels[dimension]: column for column in counts}
    for rate in rates:
        count = by_label.get(rate.labels[dimension])
        if count is None or grid.value(row, rate.index) is None or grid.value(row, count.index) is None:
            continue
        yield Relation(
            kind="percentage",
            whole=grid.quantity(row, whole.index, whole.heading),
            parts=(grid.quantity(row, rate.index, rate.heading), grid.quantity(row, count.index, count.heading)),
            exhaustive=True,
            cue=grid.label(row),
        )
