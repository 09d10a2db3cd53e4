"""Schools told by their name only, a line each with its size: ``Hoa Mai: 8 nhóm lớp`` in a report on one level.

The same names may head the columns of a table: ``Nội dung | Nam Hà | Tân Lễ | Cộng``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.levels import find_levels
from extractors.schools.below import COMMUNES, NOUN, PERSONS
from extractors.schools.context import Context
from extractors.schools.items import is_person, is_province, read_item
from extractors.schools.mentions import SchoolMention

#: The size of a school behind its name.
_SIZE = re.compile(
    r"\s?(?:[:=(]|[-–])\s?(?:có )?\d[\d.]* ?(?:nhóm|lớp|học sinh|hs|trẻ|cháu|em|giáo viên|gv|cbgv|cán bộ)(?!\w)"
)
_LEAST = 2
_LONGEST, _NAME = 160, 60
#: What heads the rows of a table whose columns are schools, and columns that are none.
_ROWS = re.compile(r"(?:nội dung|chỉ tiêu|tiêu chí|danh mục|các chỉ số|chỉ số|hạng mục|diễn giải|mục)(?: .{0,30})?")
_NO_SCHOOL = re.compile(
    r"(?:cộng|tổng|toàn|chung|ghi chú|đvt|đơn vị|s?tt|so sánh|tỷ lệ|tỉ lệ|năm|kế hoạch)(?!\w).{0,30}|\W*"
)


def find_figured(context: Context) -> Iterator[SchoolMention]:
    """Bare names of schools by their sizes, where the report is not of one school."""
    if _is_of_one(context):
        return
    run: list[SchoolMention] = []
    for block in context.document.blocks:
        item = _sized(context, block)
        if item is not None and not (run and _parts(context, run[-1], block)):
            run.append(item)
            continue
        if len(run) >= _LEAST:
            yield from run
        run = [item] if item is not None else []
    if len(run) >= _LEAST:
        yield from run
    yield from _columns(context)


def _is_of_one(context: Context) -> bool:
    """Whether the head of a report names one school: what its lines tell are then sites and classes."""
    kinds = ("title", "letterhead")
    return any(context.document.block_at(mention.start).kind in kinds for mention in context.explicit)


def _sized(context: Context, block: Block) -> SchoolMention | None:
    """The school of a line that gives its size."""
    document = context.document
    if block.cell is not None or block.kind not in ("item", "paragraph") or block.end - block.body > _LONGEST:
        return None
    if not _SIZE.search(document.lower, block.body, min(block.end, block.body + _NAME)):
        return None
    above = document.blocks[block.parent] if block.parent is not None else None
    told = document.lower[above.body : above.end] if above is not None else ""
    level = _line_level(context, block) or document.level(block) or context.level_of(block)
    if level is None or COMMUNES.search(told) or PERSONS.search(told):
        return None
    item = read_item(document, block.body, level)
    if item is None or not _SIZE.match(document.lower, item.end, block.end):
        return None
    return None if is_province(item) or is_person(context, item) else item


def _parts(context: Context, before: SchoolMention, block: Block) -> bool:
    """Whether a line belongs to another list than the one before."""
    last = context.document.block_at(before.start)
    return last.index + 1 != block.index or (last.marker is None) != (block.marker is None)


def _line_level(context: Context, block: Block) -> str | None:
    """The level of the nearest line above that is nothing but one, up to lines with sizes."""
    document = context.document
    for other in reversed(document.blocks[max(block.index - 30, 0) : block.index]):
        text = document.block_text(other).strip(" *_:.-")
        levels = find_levels(text, text.lower())
        if len(levels) == 1 and levels[0][:2] == (0, len(text)):
            return levels[0][2]
        if not _SIZE.search(document.lower, other.body, other.end):
            return None
    return None


def _columns(context: Context) -> Iterator[SchoolMention]:
    """The schools that head the columns of tables, where the caption or the report speaks of schools of one level."""
    document = context.document
    for table in range(len(document.tables)):
        heads = [block for block in document.cells(table) if block.cell is not None and block.cell.row == 0]
        if len(heads) <= _LEAST or not _ROWS.fullmatch(document.block_text(heads[0]).lower().strip()):
            continue
        above = document.blocks[max(heads[0].index - 3, 0) : heads[0].index]
        caption = " ".join(document.lower[block.start : block.end] for block in above)
        level = context.level_of(heads[0])
        if level is None or COMMUNES.search(caption) or not NOUN.search(caption):
            continue
        named = [block for block in heads[1:] if not _NO_SCHOOL.fullmatch(document.block_text(block).lower().strip())]
        items = [read_item(document, block.body, level) for block in named]
        if len(items) >= _LEAST and all(i is not None and i.end == b.end for i, b in zip(items, named, strict=True)):
            yield from (item for item in items if item is not None and not is_province(item))
