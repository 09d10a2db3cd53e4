"""Excel 97-2003 workbooks (.xls) through xlrd, the letters of each cell by its font."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import xlrd

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.runs import Run
from pipelines.readers.sheets import Sheet, SheetCell, add_sheets, is_date_format, print_date, print_number
from schemas import TextLayer

MEDIA_TYPE = "application/vnd.ms-excel"


def read_xls(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a workbook: each visible sheet with its tables; hidden rows and columns are left out.

    Raises: UnreadableError.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True)
        sheets = [_sheet(book, sheet) for sheet in book.sheets() if sheet.visibility == 0]
    except UnreadableError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        if "encrypted" in str(error).lower():
            raise UnreadableError("is protected with a password; save a copy without the password") from error
        raise UnreadableError("is damaged and cannot be opened as an Excel workbook; fetch the file again") from error
    builder = LayerBuilder()
    add_sheets(builder, sheets)
    return builder.build(sha256=sha256, file=file, media_type=MEDIA_TYPE)


def _sheet(book: Any, sheet: Any) -> Sheet:
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    covered = _covered(sheet.merged_cells)
    hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_cols = {col for col, info in sheet.colinfo_map.items() if info.hidden}
    cells: list[SheetCell] = []
    for row in range(sheet.nrows):
        if row in hidden_rows:
            continue
        for col in range(sheet.row_len(row)):
            if (row, col) in covered or col in hidden_cols:
                continue
            runs = tuple(_runs(book, sheet, row, col))
            if not runs and (row, col) not in spans:
                continue
            height, width = spans.get((row, col), (1, 1))
            cells.append(SheetCell(row, col, runs, height, width))
            if len(cells) > MAX_CELLS:
                raise UnreadableError(f"has more than {MAX_CELLS} cells; split it into reports")
    return Sheet(sheet.name, cells)


def _covered(merged: Any) -> set[tuple[int, int]]:
    """Cells that another one spans. Raises: UnreadableError."""
    covered: set[tuple[int, int]] = set()
    for top, bottom, left, right in merged:
        if (bottom - top) * (right - left) > MAX_CELLS:
            raise UnreadableError(f"has more than {MAX_CELLS} cells; split it into reports")
        covered.update(
            (row, col) for row in range(top, bottom) for col in range(left, right) if (row, col) != (top, left)
        )
    return covered


def _runs(book: Any, sheet: Any, row: int, col: int) -> Iterator[Run]:
    kind, value = sheet.cell_type(row, col), sheet.cell_value(row, col)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return
    form = book.xf_list[sheet.cell_xf_index(row, col)]
    font = book.font_list[form.font_index].name
    code = book.format_map[form.format_key].format_str if form.format_key in book.format_map else "General"
    if kind == xlrd.XL_CELL_TEXT:
        changes = sheet.rich_text_runlist_map.get((row, col), [])
        bounds = [0, *(start for start, _ in changes), len(value)]
        fonts = [font, *(book.font_list[number].name for _, number in changes)]
        for name, start, end in zip(fonts, bounds, bounds[1:], strict=False):
            if value[start:end]:
                yield name, value[start:end]
    elif kind == xlrd.XL_CELL_DATE or (kind == xlrd.XL_CELL_NUMBER and is_date_format(code)):
        yield font, _date(value, code, book.datemode)
    elif kind == xlrd.XL_CELL_NUMBER:
        yield font, print_number(value, code)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        yield font, "TRUE" if value else "FALSE"


def _date(value: float, code: str, mode: int) -> str:
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, mode)
    except (ValueError, OverflowError):
        return print_number(value, "General")
    return print_date(moment, code)
