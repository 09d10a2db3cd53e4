"""Prize tables: a winner a row, or a school a row with a column for each grade."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.grid import Grid, grids, is_numeric
from extractors._shared.lexicon import entries
from extractors._shared.names import find_names
from extractors.awards.context import Context
from schemas.records import Award

RESULT = re.compile(r"giải|thành tích|kết quả|huy chương|danh hiệu|xếp loại|hình thức khen")
NAME = re.compile(r"họ và tên|họ tên|họ, tên|tên học sinh|tên giáo viên|học sinh|tập thể, cá nhân")
SCHOOL = re.compile(r"trường|đơn vị")
_BARE_GRADES = {
    "nhất": "nhat",
    "nhì": "nhi",
    "ba": "ba",
    "tư": "tu",
    "khuyến khích": "khuyen_khich",
    "kk": "khuyen_khich",
    "kk.": "khuyen_khich",
}
_MEDALS = {"vàng": "vang", "bạc": "bac", "đồng": "dong", "hcv": "vang", "hcb": "bac", "hcđ": "dong"}
_COUNTED = re.compile(
    r"(?:tổng |tổng số |số )?(?:lượng )?giải(?: thưởng)?(?: đạt(?: được)?)?|số (?:em|hs|học sinh) đạt giải"
)
_SUM = re.compile(r"(?:tổng|cộng|tổng cộng|tổng số)(?: giải)?")
_SHARE = re.compile(r"%|tỷ lệ|tỉ lệ|(?<!\w)tl(?!\w)")
_PRIZE_HEAD = re.compile(r"giải|số giải|kết quả|huy chương|prize")


def extract_table_awards(context: Context) -> Iterator[Award]:
    """The awards of all tables of the document."""
    for grid in grids(context.document):
        graded = {col: grade for col in range(grid.shape[1]) if (grade := _grade_of_column(grid, col))}
        graded |= _plain_grades(grid) if len(graded) < 2 else {}
        result = grid.find_col(RESULT)
        totals = {
            col: ("prize", "giai")
            for col in range(grid.shape[1])
            if _is_total_column(grid, col, graded=len(graded) >= 2)
        }
        if len(graded) >= 2 or totals:
            yield from _matrix(context, grid, graded | totals)
        elif result is not None:
            yield from _winners(context, grid, result)


def _grade_of_column(grid: Grid, col: int) -> tuple[str, str] | None:
    """The kind and grade that heads a column of counts (``Giải > Nhất``), or None."""
    path = [text.lower().strip() for text in grid.header_path(col)]
    if not path:
        return None
    last = re.sub(r"^giải |^huy chương ", "", path[-1]).strip()
    if last in _MEDALS:
        return "medal", _MEDALS[last]
    if last in _BARE_GRADES and (path[-1].startswith("giải") or any(_PRIZE_HEAD.search(head) for head in path[:-1])):
        return "prize", _BARE_GRADES[last]
    return None


def _plain_grades(grid: Grid) -> dict[int, tuple[str, str]]:
    """Columns headed by bare grades (``Nhất``, ``Nhì``) that hold figures; {} for fewer than two."""
    heads = {col: path[-1].lower().strip() for col in range(grid.shape[1]) if (path := grid.header_path(col))}
    plain = {col: ("prize", _BARE_GRADES[head]) for col, head in heads.items() if head in _BARE_GRADES}
    return plain if len(plain) >= 2 else {}


def _is_total_column(grid: Grid, col: int, *, graded: bool) -> bool:
    """Whether a column counts prizes of any grade: ``Số giải``, or the total beside the grades."""
    path = [text.lower().strip() for text in grid.header_path(col)]
    if not path or _SHARE.search(path[-1]):
        return False
    return bool(_COUNTED.fullmatch(path[-1])) or (graded and bool(_SUM.fullmatch(path[-1])))


def _matrix(context: Context, grid: Grid, graded: dict[int, tuple[str, str]]) -> Iterator[Award]:
    """Counts of prizes by row: a school or a contest each; total rows are awards as well."""
    document = context.document
    for row in range(grid.header_rows, grid.shape[0]):
        for col, (kind, prize) in graded.items():
            block = grid.cells.get((row, col))
            text = grid.text(row, col).strip()
            if block is None or not text.isdigit() or int(text) == 0:
                continue
            label = grid.cells.get((row, grid.label_col)) if grid.label_col is not None else None
            schools = context.schools_in(label.start, label.end) if label else []
            level_at = label or block
            yield Award(
                report=context.report_id,
                evidence=(document.evidence(block.start, block.end),),
                confidence=0.85,
                kind=kind,  # type: ignore[arg-type]
                prize=prize,
                contest=_matrix_contest(context, grid, row, level_at),
                level=_level(context, level_at),  # type: ignore[arg-type]
                count=int(text),
                recipient=document.value(schools[0][0], schools[0][1]) if schools else None,
                recipient_kind="school" if schools else None,
                school=schools[0][2].name if schools else None,
                period=context.period,
            )


_CONTEST_HEAD = re.compile(r"môn|nội dung|cuộc thi|hội thi|kỳ thi|phong trào|tên giải")


def _matrix_contest(context: Context, grid: Grid, row: int, block: Block) -> str | None:
    """The contest that a row names, where the rows are contests, else the one that the table is about."""
    heads = " ".join(grid.header_path(grid.label_col)).lower() if grid.label_col is not None else ""
    if _CONTEST_HEAD.search(heads) and not grid.is_total(row):
        return grid.row_label(row) or None
    contest = _above(context, block)
    return context.document.value(*contest) if contest else None


def _winners(context: Context, grid: Grid, result: int) -> Iterator[Award]:
    """A winner a row: name, school and what was won."""
    document = context.document
    name_col, school_col = grid.find_col(NAME), grid.find_col(SCHOOL)
    if name_col is None and school_col is None:
        return
    for row in range(grid.header_rows, grid.shape[0]):
        won = grid.cells.get((row, result))
        if won is None or is_numeric(grid.text(row, result)) or grid.is_total(row):
            continue
        named = grid.cells.get((row, name_col)) if name_col is not None else None
        placed = grid.cells.get((row, school_col)) if school_col is not None else None
        person = find_names(document, named.start, named.end) if named else []
        schools = context.schools_in(placed.start, placed.end) if placed else []
        if not person and not schools:
            continue
        for kind, prize, title, start, end in _won(document.lower, context, won):
            yield Award(
                report=context.report_id,
                evidence=tuple(document.evidence(b.start, b.end) for b in (named or placed, won) if b),
                confidence=0.85,
                kind=kind,  # type: ignore[arg-type]
                prize=prize,
                title=title,
                contest=_contest(context, grid, row, won) if kind != "title" else None,
                level=context.level(won, start, end, None) or _level(context, won),  # type: ignore[arg-type]
                count=1,
                recipient=document.value(person[0].start, person[0].end) if person else document.value(*schools[0][:2]),
                recipient_kind=_kind(grid, name_col) if person else "school",  # type: ignore[arg-type]
                school=schools[0][2].name if schools else None,
                period=context.period,
            )


def _won(lowered: str, context: Context, block: Block) -> Iterator[tuple[str, str | None, str | None, int, int]]:
    text = lowered[block.start : block.end].strip()
    if text in _BARE_GRADES:
        yield "prize", _BARE_GRADES[text], None, block.start, block.end
        return
    for atom in context.atoms(block.start, block.end):
        yield atom.kind, atom.prize, None, atom.start, atom.end
    for term in context.document.terms("title", block.start, block.end):
        if term.id in entries("extractors.awards", "title"):
            yield "title", None, context.document.value(term.start, block.end), term.start, block.end


def _kind(grid: Grid, col: int | None) -> str | None:
    heads = " ".join(grid.header_path(col)).lower() if col is not None else ""
    every = " ".join(" ".join(grid.header_path(c)) for c in range(grid.shape[1])).lower()
    if "giáo viên" in heads or "chức vụ" in every or "chức danh" in every:
        return "teacher"
    return "student" if "học sinh" in heads or re.search(r"(?<!\w)lớp(?!\w)", every) else None


def _contest(context: Context, grid: Grid, row: int, won: Block) -> str | None:
    col = grid.find_col(re.compile(r"môn|nội dung|cuộc thi|hội thi|kỳ thi"))
    if col is not None and grid.text(row, col):
        return grid.text(row, col)
    contest = _above(context, won)
    return context.document.value(*contest) if contest else None


def _above(context: Context, block: Block) -> tuple[int, int] | None:
    """The contest named in the blocks just before the table."""
    for other in reversed(context.document.blocks[max(0, block.index - 200) : block.index]):
        if other.kind != "cell" and (contest := context.contest(other, other.end)):
            return contest
    return None


def _level(context: Context, block: Block) -> str | None:
    contest = _above(context, block)
    if contest is None:
        return None
    return context.level(context.document.block_at(contest[0]), contest[1], contest[1], contest)
