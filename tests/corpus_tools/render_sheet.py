"""The report as .xlsx: lines in merged rows, columns side by side, tables with their merges and headings."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from .markup import Columns, Grid, Line, Source

#: A column for each cell of the widest tables; lines of text are merged over some of them.
_LINE_COLUMNS = 6


def to_xlsx(source: Source) -> bytes:
    """A workbook of one sheet."""
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2022, 1, 1)})
    sheet = book.add_worksheet("Báo cáo")
    row = 0
    for block in source.blocks:
        if isinstance(block, Line):
            if block.text.strip():
                sheet.merge_range(row, 0, row, _LINE_COLUMNS - 1, "")
                sheet.write_string(row, 0, block.text.strip())
            row += 1
        elif isinstance(block, Columns):
            for side, col in ((block.left, 0), (block.right, 3)):
                for offset, line in enumerate(line for line in side if line.text.strip()):
                    sheet.write_string(row + offset, col, line.text.strip())
            row += max(len(block.left), len(block.right)) + 1
        else:
            _write_grid(sheet, block, row)
            row += block.rows + 1
    book.close()
    return stream.getvalue()


def _write_grid(sheet: Any, grid: Grid, top: int) -> None:
    for cell in grid.cells:
        row, text = top + cell.row, cell.line.text
        if cell.row_span > 1 or cell.col_span > 1:
            sheet.merge_range(row, cell.col, row + cell.row_span - 1, cell.col + cell.col_span - 1, "")
        sheet.write_string(row, cell.col, text)
