"""Where a flattened table and its rows end: its total, the sentence behind it, a last cell that looks like a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.flat_cells import is_figure
from extractors._shared.flat_headings import Line

TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn (?:trường|huyện|tỉnh|ngành|xã))(?::? [^\W_]+){0,4}[: .]*", re.I)
#: The last rows of a table of figures: its total and what share that is.
CLOSING = re.compile(rf"{TOTAL.pattern}|tc|t[ỷỉ] lệ[ (%)]*", re.I)
#: What stands behind a table: the end of a letter, a sentence.
ENDS = re.compile(
    r"nơi nhận|trên đây|ngày \d|[^\n]*, ngày \d|người lập|hiệu trưởng$|thủ trưởng|(?:tm|kt|tl)\.|.{161}", re.I
)


def closes_row(lines: Sequence[Line], at: int, anchors: Sequence[int]) -> bool:
    """Whether a number that would count on is the last cell of the row above: ``3`` / … / ``4`` / ``Cộng``.

    That row would be one cell short of the one before it, and what follows is the total or none of the table's rows.
    """
    if len(anchors) < 2 or at + 1 - anchors[-1] != anchors[-1] - anchors[-2] or at + 1 >= len(lines):
        return False
    figured = is_figure(lines[anchors[-1] + 2].text)
    goes_on = at + 2 < len(lines) and is_figure(lines[at + 2].text)
    return TOTAL.fullmatch(lines[at + 1].text) is not None or (figured and not goes_on)
