"""Titles that tables count, in a column or a row of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Term
from extractors._shared.grid import Grid, grids
from extractors.awards.context import Context
from extractors.awards.holder_tables import marked_titles
from extractors.awards.holders import title_award
from extractors.awards.prize_rows import counts_prizes
from extractors.awards.title_names import entry_of, extend
from schemas.records import Award

_SHARE = re.compile(r"%|tỷ lệ|tỉ lệ|(?<!\w)tl(?!\w)")
_NOT_WON = re.compile(
    r"chỉ tiêu|kế hoạch|đăng ký|đề nghị|phấn đấu|ghi chú|số quyết định|điểm|tăng|giảm|số tiền|mức thưởng"
)
_COUNT_HEAD = re.compile(
    r"số lượng|(?<!\w)sl(?!\w)|tổng|kết quả|số người|cá nhân|tập thể|đạt|thực hiện|công nhận|năm|cộng"
)
_OF_PRIZES = re.compile(r"\((?:số )?giải\)|(?<!\w)số giải(?!\w)|(?<!\w)giải (?=hsg|học sinh giỏi|hs giỏi)")
_IN_CONTEST = re.compile(r"^\W*(?:hội thi|cuộc thi|kỳ thi|hội giảng)(?!\w)")
_PERSON = re.compile(r"họ và tên|họ tên|(?<!\w)tên(?! (?:danh hiệu|giải|cuộc|hội|phong|nội))")


def extract_title_tables(context: Context) -> Iterator[Award]:
    """The titles that the tables of a document count."""
    for grid in grids(context.document):
        heads = {col: " ".join(grid.header_path(col)).lower() for col in range(grid.shape[1])}
        marked = marked_titles(context, grid)  # marks beside names, and their sums
        groups = ("title", "honour") if _of_rewards(context, grid) else ("title",)
        columns = (col for col in heads if col not in marked)
        titled = {col: term for col in columns if (term := _titled_column(context, grid, col, groups))}
        if titled:
            yield from _columns(context, grid, titled, heads)
        elif not any(_PERSON.search(head) for head in heads.values()):
            yield from _rows(context, grid, heads)


#: The line above a table of rewards: honours of pupils are counted in it, no grades.
_REWARDS = re.compile(r"(?<!\w)(?:khen thưởng|danh hiệu)(?!\w)")
_LONGEST_CAPTION = 120


def _of_rewards(context: Context, grid: Grid) -> bool:
    """Whether the line right above a table says that it counts who was rewarded: ``Khen thưởng học sinh cuối năm``."""
    document = context.document
    first = document.cells(grid.number)[0].index
    above = document.blocks[first - 1] if first else None
    short = above is not None and above.kind != "cell" and above.end - above.body < _LONGEST_CAPTION
    return short and above is not None and _REWARDS.search(document.lower, above.body, above.end) is not None


def _titled_column(context: Context, grid: Grid, col: int, groups: Sequence[str]) -> Term | None:
    """The title that heads a column, or None."""
    for row in reversed(range(grid.header_rows)):
        block = grid.cells.get((row, col))
        for group in groups if block else ():
            if block and (terms := _terms(context, block, group)):
                return terms[0]
    return None


def _terms(context: Context, block: Block, group: str = "title") -> list[Term]:
    """The titles of a cell; ``Hoàn thành tốt`` alone may be a grade of pupils and is none."""
    lowered = context.document.lower
    terms = context.document.terms(group, block.start, block.end)
    return [
        t
        for t in terms
        if "grading" not in entry_of(t).attributes or lowered[t.start : t.end].endswith(("nhiệm vụ", "nv"))
    ]


def _figure(grid: Grid, row: int, col: int) -> int | None:
    text = grid.text(row, col).strip().split("/")[0].replace(".", "")
    return int(text) or None if text.isdigit() else None


def _figures(grid: Grid, col: int) -> bool:
    """Whether a column holds mostly whole numbers."""
    cells = [text for row in range(grid.header_rows, grid.shape[0]) if (text := grid.text(row, col).strip())]
    return bool(cells) and sum(text.isdigit() for text in cells) * 2 > len(cells)


def _columns(context: Context, grid: Grid, titled: dict[int, Term], heads: dict[int, str]) -> Iterator[Award]:
    """A school or body a row, its holders in the column of each title."""
    for row in range(grid.header_rows, grid.shape[0]):
        label = grid.cells.get((row, grid.label_col)) if grid.label_col is not None else None
        for col, term in titled.items():
            block, count = grid.cells.get((row, col)), _figure(grid, row, col)
            if block is None or count is None or _SHARE.search(heads[col]) or _NOT_WON.search(heads[col]):
                continue
            award = _award(context, block, term, (block.start, block.end), count)
            schools = context.schools_in(label.start, label.end) if label else []
            years = find_dates(context.document.text, context.document.lower, label.start, label.end) if label else []
            update = {
                "school": schools[0][2].name if schools else None,
                "period": years[0].iso if years and years[0].iso else award.period,
            }
            if _OF_PRIZES.search(heads[col]):  # "HSG tỉnh (giải)": prizes, no holders
                update |= {"kind": "prize", "prize": "giai", "title": None, "contest": award.title}
            yield award.model_copy(update=update)


def _rows(context: Context, grid: Grid, heads: dict[int, str]) -> Iterator[Award]:
    """A title a row, its holders in the columns of figures."""
    if grid.label_col is None:
        return
    figures = [
        col
        for col, head in heads.items()
        if col > (grid.label_col or 0)
        and (_COUNT_HEAD.search(head) or _figures(grid, col))
        and not _SHARE.search(head)
        and not _NOT_WON.search(head)
    ]
    for row in range(grid.header_rows, grid.shape[0]):
        label = grid.cells.get((row, grid.label_col))
        terms = _terms(context, label) if label else []
        if label is None or not terms or terms[0].start > label.start + 25:
            continue
        if counts_prizes(grid.row_label(row).lower()) or _IN_CONTEST.search(grid.row_label(row).lower()):
            continue  # "Số giải học sinh giỏi cấp huyện": prizes, no holders
        if any(grid.text(row, col).strip() == "%" for col in range(grid.shape[1])):
            continue  # the row tells a share
        for col in figures:
            block, count = grid.cells.get((row, col)), _figure(grid, row, col)
            if block is not None and count is not None:
                award = _award(context, label, terms[0], (block.start, block.end), count)
                head = grid.cells.get((grid.header_rows - 1, col)) if grid.header_rows else None
                levels = context.document.terms("level", head.start, head.end) if head else []
                if levels and award.level is None:
                    award = award.model_copy(update={"level": context.level_of(levels[-1])})
                years = find_dates(heads[col], heads[col], 0, len(heads[col]))
                yield award.model_copy(update={"period": years[0].iso}) if years and years[0].iso else award


def _award(context: Context, block: Block, term: Term, passage: tuple[int, int], count: int) -> Award:
    giver = "giver" in entry_of(term).attributes
    last = context.document.block_at(term.start).end
    end = extend(context.document.lower, term.end, last, giver=giver)
    return title_award(context, block, term, passage, end, count, None)
