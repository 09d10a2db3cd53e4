"""Who a table of holders names, row by row, and the titles that the table itself gives to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.grid import Grid, is_numeric
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context
from extractors.awards.tables import NAME, SCHOOL, result_column, tells
from extractors.awards.winner import Winner

_UNIT = re.compile(
    r"(?:tập thể|tổ|đội|lớp|chi đoàn|chi đội|liên đội|công đoàn|chi bộ|đoàn|phòng|ban|khối|nhóm|cán bộ|nhân dân"
    r"|hội)(?!\w)"
)
_NAME_CELL = re.compile(
    rf"(?:(?:Ông|Bà|Thầy|Cô|Em|Đ/c|Đồng chí)\.? )?"
    rf"(?P<name>(?:[{CAPITAL}][^\W\d_]*'? ?[^\W\d_]*'?[^\W\d_]*,? ?){{1,6}})"
)
_HEAD = re.compile(r"[^,:;(\n]+?(?= - |[,:;(\n]|$)", re.M)
_GROUP_HEAD = re.compile(r"[^,:;(\n]+")
_PAIR = re.compile(
    r"(?:tổ|nhóm) [^\W\d_]+(?: [^\W\d_]+)? - [^\W\d_]+(?: [^\W\d_]+)? (?=trường |thcs |thpt |th |tiểu học )"
)
#: Figures beside a holder that count nothing: a year of birth, a class, an amount.
_DETAIL = re.compile(r"năm|ngày|tiền|thưởng|lớp|khối|tuổi|quyết định|ghi chú|điểm|mã|số (?:hiệu|sổ|tt)|^$")
_MARK = re.compile(r"[xX×+✓√v✔*]")


#: What kinds of holders follow, and none itself: ``a) Tập thể``, ``Cá nhân:``, ``Các tập thể, cá nhân``.
_KIND = re.compile(
    r"[ *•+-]*(?:(?:các|về) )*(?:tập thể|cá nhân|đơn vị|cán bộ|học sinh|giáo viên|nhà giáo)"
    r"(?:(?:,| và) (?:tập thể|cá nhân|giáo viên|nhân viên|học sinh))*(?: (?:gồm|sau))?[ .:]*"
)


#: Bodies of a school that bear its name, and words for all who are at it.
_OWN_BODY = re.compile(r"(?:công đoàn|chi bộ|liên đội|đoàn|chi đoàn|hội)(?: cơ sở| bộ phận)?")
_OF_ALL = re.compile(r"tập thể|cán bộ|nhân dân|ban|phòng")


def is_unit(lowered: str, at: int) -> bool:
    """Whether a body that is no school is named at a position: ``tổ Khoa học tự nhiên``, ``công đoàn trường``."""
    return _UNIT.match(lowered, at) is not None


def holder(context: Context, start: int, end: int) -> Winner | None:
    """Who one item of a list of holders is: a person, a school or a body; the rest of the item tells the school."""
    document = context.document
    # "Tổ Toán - Tin Trường THCS A": the dash is part of the name
    head = (_GROUP_HEAD if _PAIR.match(document.lower, start, end) else _HEAD).match(document.text, start, end)
    if head is None or _KIND.fullmatch(document.lower, start, end):
        return None
    within = context.schools_in(start, head.end())
    if within and within[0][0] > start and is_unit(document.lower, start):
        # "Tổ Toán - Lý Trường THCS A" is the group, "Công đoàn Trường B" bears the school's name
        own = document.text[start : within[0][0]].rstrip(" -,")
        bare = _OWN_BODY.fullmatch(own.lower()) is not None
        if bare or (not _OF_ALL.match(own.lower()) and len(own.split()) > 1):
            called = document.value(start, within[0][1]) if bare else document.value(start, start + len(own))
            return Winner(start, within[0][1], None, within[0][2], None, called)
    if is_unit(document.lower, start) and not context.schools_in(start, head.end()):
        schools = context.schools_in(head.end(), end)
        school = schools[0] if schools else None
        return Winner(start, head.end(), None, school[2] if school else None, None, document.value(*head.span()))
    winner = context.winner(start, end)
    return winner if winner is not None and winner.start <= start + 15 else None


def row_holders(context: Context, grid: Grid, *, all_rows: bool = False) -> dict[int, Winner]:
    """The person or body of each row that has no result of its own (``all_rows``: of all); {} for one that counts."""
    if _counts(grid):
        return {}
    result = None if marked_titles(context, grid) else result_column(context, grid)
    document = context.document
    names, schools = grid.find_col(NAME), grid.find_col(SCHOOL)
    if names is None and schools is None:
        names = next((col for col in range(min(2, grid.shape[1])) if not grid.is_counter(col)), None)
    holders: dict[int, Winner] = {}
    for row in range(grid.header_rows, grid.shape[0]):
        won = grid.cells.get((row, result)) if result is not None else None
        if grid.is_total(row) or (won is not None and tells(context, won) and not all_rows):
            continue
        named = grid.cells.get((row, names)) if names is not None else None
        placed = grid.cells.get((row, schools)) if schools is not None and schools != names else None
        person = _person(context, named)
        if named is not None and _KIND.fullmatch(document.lower, named.start, named.end):
            continue
        if named is not None and person is None and (schools != names or all_rows):
            person = holder(context, named.start, named.end)
        blocks = [placed] if placed else [b for c in range(grid.shape[1]) if (b := grid.cells.get((row, c)))]
        found = _school(context, blocks)
        if person is not None and is_numeric(document.text[person.start : person.end]):
            continue
        if person and found and not person.school:
            person = Winner(person.start, person.end, person.person, found.school, found.school_text, person.unit)
        if winner := person or (found if named is None else None):
            holders[row] = winner
    return holders


def _counts(grid: Grid) -> bool:
    """Whether a table counts something by row: its rows are no holders."""
    for col in range(1, grid.shape[1]):
        heads = " ".join(grid.header_path(col)).lower()
        cells = [text for row in range(grid.header_rows, grid.shape[0]) if (text := grid.text(row, col).strip())]
        figures = [text for text in cells if re.fullmatch(r"\d[\d.,]* ?%?", text)]
        if figures and len(figures) * 2 > len(cells) and not grid.is_counter(col) and not _DETAIL.search(heads):
            return True
    return False


def marked_titles(context: Context, grid: Grid) -> dict[int, Term]:
    """The columns headed by a title whose cells are marks (``x``), not figures."""
    document = context.document
    titled: dict[int, Term] = {}
    for col in range(grid.shape[1]):
        rows = [row for row in range(grid.header_rows, grid.shape[0]) if not grid.is_total(row)]
        cells = [grid.text(row, col).strip() for row in rows]
        if not any(cells) or not all(_MARK.fullmatch(text) for text in cells if text):
            continue
        for row in reversed(range(grid.header_rows)):
            block = grid.cells.get((row, col))
            if block is not None and (terms := document.terms("title", block.start, block.end)):
                titled[col] = terms[0]
                break
    return titled


def told_titles(context: Context, grid: Grid) -> Iterator[tuple[int, Term, Block]]:
    """Rows with the title that the table gives them, by a mark under its heading or by a row above that names it.

    The block is the cell that tells it.
    """
    document = context.document
    marks = marked_titles(context, grid)
    heading: tuple[Term, Block] | None = None
    for row in range(grid.header_rows, grid.shape[0]):
        for col, term in marks.items():
            cell = grid.cells.get((row, col))
            if cell is not None and _MARK.fullmatch(grid.text(row, col).strip()):
                yield row, term, document.block_at(term.start)
        blocks = {b.index: b for c in range(grid.shape[1]) if (b := grid.cells.get((row, c))) and b.end > b.start}
        words = [b for b in blocks.values() if not is_numeric(document.text[b.start : b.end])]
        terms = document.terms("title", words[0].start, words[0].end) if len(words) == 1 else []
        if terms and len(blocks) <= 2:
            heading = terms[0], words[0]
        elif heading is not None:
            yield row, *heading


def _person(context: Context, block: Block | None) -> Winner | None:
    """The winner of a cell under a heading of names: what is written like a name is one."""
    if block is None:
        return None
    winner = context.winner(block.start, block.end)
    if winner is not None and winner.person:
        return winner
    text = context.document.text[block.start : block.end]
    match = _NAME_CELL.fullmatch(text)
    if winner is not None or match is None or _UNIT.match(text.lower()) or len(text.split()) < 2 - ("'" in text):
        return winner
    start = block.start + match.start("name")
    return Winner(start, block.end, context.document.value(start, block.end), None, None)


def _school(context: Context, blocks: list[Block]) -> Winner | None:
    """The first school that the cells name."""
    found = [item for block in blocks for item in context.schools_in(block.start, block.end)]
    if not found:
        return None
    start, end, school = found[0]
    return Winner(start, end, None, school, context.document.value(start, end))
