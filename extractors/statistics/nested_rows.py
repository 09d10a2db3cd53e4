"""Rows below the row of which they are parts: levels below ``Số lớp học (Lớp)``, kinds of schools below a level.

Yearbooks print them one below the other, and once more below ``Chỉ số phát triển (Năm trước = 100) - %``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Document
from extractors.statistics.naming import CLASSIFIERS, is_level_label
from extractors.statistics.row_reading import Row, Rows
from extractors.statistics.yearbook import KIND, index_named, without_gloss

_WHOLE = re.compile(r"(?P<count>(?:tổng )?số (?:lượng )?)(?=[^\W\d_])", re.I)
_UNIT = re.compile(r" ?\((?:đvt:? ?|đơn vị(?: tính)?:? ?)?(?P<unit>[^()\d]{2,20})\)$", re.I)
_OF_WHOLE = re.compile(r"^[-+ ]*(?:trong đó ?:? ?|chia ra ?:? ?)", re.I)
#: The figure with which an index compares.
_BASE = re.compile(r" ?\([^()]*= ?100\)")
_PERCENT = re.compile(r" ?(?:\(%\)|- ?%)$")
_LEAST, _MOST = 2, 200


def nested(document: Document, table: Rows) -> Rows:
    """The table, its parts worded with their wholes: ``lớp học Tiểu học công lập`` for ``Công lập``.

    Figures below the heading of an index are per cent. The same table where no row begins with ``Số``, or where
    fewer than two rows are parts of one.
    """
    table = Rows([_in_percent(row) for row in table.rows], table.heads)
    labels = [without_gloss(row.label) for row in table.rows]
    parts = sum(is_level_label(label.lower()) or KIND.fullmatch(label) is not None for label in labels)
    if parts < _LEAST or not any(_WHOLE.match(label) for label in labels):
        return table
    rows: list[Row] = []
    whole, level, index, unit = "", "", "", None
    for row, label in zip(table.rows, labels, strict=True):
        index = _index_above(document, row) or index
        noted = _UNIT.search(label)
        label = _UNIT.sub("", label)
        if count := _WHOLE.match(label):
            whole, level = label[count.end() :], ""
            unit = noted["unit"].lower() if noted and noted["unit"].lower() not in CLASSIFIERS else None
            said = whole
        elif whole and is_level_label(label.lower()):
            level = label
            said = f"{whole} {level}"
        elif whole and KIND.fullmatch(label):
            said = f"{whole} {level} {_OF_WHOLE.sub('', label).lower()}".replace("  ", " ")
        else:
            whole, level, said = "", "", label
        cells = tuple(cell and cell._replace(percent=True) for cell in row.cells) if index else row.cells
        said = f"{index[0].lower()}{index[1:]} {said}" if index else said
        rows.append(
            replace(row, label=said, cells=cells, unit=row.unit or (unit if whole else None), whole=bool(whole))
        )
    return Rows(rows, table.heads)


def _in_percent(row: Row) -> Row:
    """A row whose label says that its figures are shares, with these in per cent: ``Tỷ lệ … (%)``."""
    noted = _PERCENT.search(row.label)
    if noted is None or any(cell and cell.value > _MOST for cell in row.cells):
        return row
    return replace(
        row, label=row.label[: noted.start()], cells=tuple(cell and cell._replace(percent=True) for cell in row.cells)
    )


def _index_above(document: Document, row: Row) -> str:
    """The index whose heading stands right above a row's label; "" for none."""
    first = row.blocks[0]
    above = document.blocks[first - 1] if first else None
    return _BASE.sub("", index_named(document.value(above.start, above.end))) if above else ""
