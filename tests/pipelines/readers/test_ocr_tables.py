"""Cells of scanned tables on their way to recognition."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from pipelines.readers.ocr_tables import lay_out


def test_one_line_cells_of_a_row_share_a_shelf_though_a_cell_of_two_lines_stands_between() -> None:
    page = Image.new("L", (1600, 900), 255)
    draw = ImageDraw.Draw(page)
    columns, rows = (100, 200, 600, 900, 1200), (100, 220, 340, 460)
    for x in columns:
        draw.line((x, rows[0], x, rows[-1]), fill=0, width=3)
    for y in rows:
        draw.line((columns[0], y, columns[-1], y), fill=0, width=3)
    for top in rows[:-1]:
        for left in columns[:-1]:
            draw.rectangle((left + 20, top + 20, left + 50, top + 45), fill=0)
        draw.rectangle((columns[1] + 20, top + 65, columns[1] + 50, top + 90), fill=0)
    layout = lay_out(page, 200.0)
    shelves = {piece.top for piece in layout.pieces if piece.bottom - piece.top < 50}
    assert len(layout.pieces) == 12
    assert len(shelves) == 3
    # What stands on a shelf is what stood in its cell.
    canvas = np.asarray(layout.picture)
    for piece in layout.pieces:
        assert (canvas[piece.top : piece.bottom, piece.x0 : piece.x1] < 140).any()
