"""Tables of what is registered, planned or aimed at: nothing in them has been obtained."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from extractors.awards.prize_rows import NOW
from schemas.records import Award

#: The line above such a table: ``3. Đăng ký thi đua``, ``Danh hiệu đăng ký năm học tới:``, ``Bảng chỉ tiêu``.
_PLANNED = re.compile(
    r"[\s*+•.|-]*(?:\(?\w{1,4}[./)] ?)*(?:(?:bảng|biểu|danh sách|các|về|danh hiệu(?: thi đua)?|công tác|tổng hợp) )*"
    r"(?:đăng ký|chỉ tiêu|phấn đấu|mục tiêu|dự kiến|cơ cấu giải)(?!\w)"
)
_OBTAINED = re.compile(r"(?<!\w)(?:kết quả|đạt được|đã|thực hiện|so với|so sánh)(?!\w)")


def is_planned(context: Context, award: Award) -> bool:
    """Whether an award stands in a table under a line that says that it tells of plans, in no column of what is now."""
    document = context.document
    block = document.block_at(view_offset(document, award.evidence[0].start))
    if block.kind != "cell" or block.table is None or _is_now(context.document, block):
        return False
    above = next((other for other in reversed(document.blocks[: block.index]) if other.kind != "cell"), None)
    if above is None or not _PLANNED.match(document.lower, above.start, above.end):
        return False
    return _OBTAINED.search(document.lower, above.start, above.end) is None


def _is_now(document: Document, block: Block) -> bool:
    """Whether the column of a cell tells what is so already: ``Hiện nay`` beside ``Năm 2030``."""
    if block.cell is None or block.table is None:
        return False
    heads = [b for b in document.cells(block.table) if b.cell is not None and b.cell.row < block.cell.row]
    over = [b for b in heads if b.cell is not None and b.cell.col <= block.cell.col < b.cell.col + b.cell.col_span]
    return any(NOW.search(document.lower, head.start, head.end) for head in over)
