"""Prize tables: a winner a row, or a school a row with a column for each grade."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.grid import Grid, grids, is_numeric
from extractors._shared.lexicon import entries
from extractors._shared.subjects import is_subject
from extractors.awards.cell_counts import extract_cell_counts, extract_contest_rows
from extractors.awards.context import Context
from extractors.awards.rank_tables import extract_rank_rows, roman_places
from extractors.awards.table_contests import CONTEST_HEAD, above, level_above, level_named, level_of_row
from extractors.awards.table_people import is_ditto, kind_called, kind_of_rows, person_first, person_in
from schemas.records import Award, School

PACKAGE = "extractors.awards"
#: What parts the honours of one cell.
_PART = re.compile(r"[;\n]|, | và (?=bằng|giấy|cờ|danh)|\+")
RESULT = re.compile(r"giải|thành tích|kết quả|huy chương|danh hiệu|xếp loại|hình thức khen")
_NOT_RESULT = re.compile(r"đề nghị|đăng ký|chỉ tiêu|kế hoạch|dự kiến|ghi chú")
NAME = re.compile(
    r"họ và tên|họ & tên|tác giả|thí sinh|vận động viên|tên cá nhân|họ tên|họ, tên|tên học sinh|tên giáo viên|học sinh"
    r"|tập thể, cá nhân"
)
SCHOOL = re.compile(r"trường|đơn vị|tập thể")
_BARE_GRADES = {
    "nhất": "nhat",
    "nhì": "nhi",
    "ba": "ba",
    "tư": "giai",  # the contract has no fourth grade
    "khuyến khích": "khuyen_khich",
    "kk": "khuyen_khich",
    "kk.": "khuyen_khich",
    "k.k": "khuyen_khich",
    "k/k": "khuyen_khich",
    "k.khích": "khuyen_khich",
    "k. khích": "khuyen_khich",
    "k khích": "khuyen_khich",
    "kkhích": "khuyen_khich",
    "kh.khích": "khuyen_khich",
    "công nhận": "khuyen_khich",
    "công nhận kk": "khuyen_khich",
    "c.nhận": "khuyen_khich",
    "c.nhận kk": "khuyen_khich",
    "i": "nhat",
    "ii": "nhi",
    "iii": "ba",
}
_MEDALS = {"vàng": "vang", "bạc": "bac", "đồng": "dong", "hcv": "vang", "hcb": "bac", "hcđ": "dong"}
_COUNTED = re.compile(
    r"(?:(?:tổng|cộng|số|sl|số lượng|lượng|lượt)(?: số| cộng)? ?)*(?:hs|học sinh|em|thí sinh|bài|gv|giáo viên"
    r"|sản phẩm)?"
    r" ?(?:đạt |có |được |đoạt )?giải(?: thưởng)?(?: đạt(?: được)?)?"
)
_SUM = re.compile(r"(?:tổng|cộng|tổng cộng|tổng số)(?: (?:giải|hc|huy chương))?")
_SHARE = re.compile(r"%|tỷ lệ|tỉ lệ|(?<!\w)tl(?!\w)")
_PRIZE_HEAD = re.compile(r"giải|số giải|kết quả|huy chương|prize")


def extract_table_awards(context: Context) -> Iterator[Award]:
    """The awards of all tables of the document."""
    for grid in grids(context.document):
        graded = {col: grade for col in range(grid.shape[1]) if (grade := _grade_of_column(grid, col))}
        graded |= _plain_grades(grid) if len(graded) < 2 else {}
        yield from extract_rank_rows(context, grid, emulation=len(graded) < 2)
        result = result_column(context, grid)
        result = None if result == roman_places(context, grid) else result
        totals = {
            col: ("prize", "giai")
            for col in range(grid.shape[1])
            if _is_total_column(grid, col, graded=len(graded) >= 2)
        }
        if graded:
            if all(kind == "medal" for kind, _ in graded.values()):
                totals = dict.fromkeys(totals, ("medal", "giai"))
            totals |= {
                col: ("prize", "giai") for col in range(grid.shape[1]) if col not in graded and counts_wins(grid, col)
            }
        if len(graded) >= 2 or totals:
            placed = result if result is not None and _places(grid, result) else None
            yield from _matrix(context, grid, graded | totals, placed=placed)
            if placed is not None and placed not in graded | totals:
                yield from _winners(context, grid, placed)
        elif result is not None and (grid.find_col(NAME) is not None or grid.find_col(SCHOOL) is not None):
            for telling in (result, *_further_results(context, grid, result)):
                yield from _winners(context, grid, telling)
        elif result is not None and (col := _contest_label(context, grid, result)) is not None:
            yield from extract_contest_rows(context, grid, col, result)
        else:
            yield from extract_cell_counts(context, grid, _contest_columns(context, grid))


def _contest_label(context: Context, grid: Grid, result: int) -> int | None:
    """The column whose cells name a contest in most rows, beside what was won in it; None for none."""
    rows = range(grid.header_rows, grid.shape[0])
    for col in range(grid.shape[1]):
        named = [row for row in rows if _CONTEST_NAME.search(grid.text(row, col).lower())]
        if col != result and len(named) * 2 > len(rows):
            return col
    return None


def _places(grid: Grid, col: int) -> bool:
    """Whether a column tells the place of each row by a grade alone: ``Nhất``, ``Nhì``, ``KK``."""
    return (
        sum(grid.text(row, col).lower().strip() in _BARE_GRADES for row in range(grid.header_rows, grid.shape[0])) > 1
    )


def _contest_columns(context: Context, grid: Grid) -> dict[int, Block]:
    """The columns headed by a contest or by the level of one alone, each with its heading."""
    heads = {col: grid.cells.get((grid.header_rows - 1, col)) for col in range(grid.shape[1]) if grid.header_rows}
    told = {col: " ".join(grid.header_path(col)[-1:]) for col in heads}
    return {
        col: block
        for col, block in heads.items()
        if block is not None and (_CONTEST_NAME.search(told[col].lower()) or level_named(context, told[col]))
    }


def result_column(context: Context, grid: Grid) -> int | None:
    """The column that tells what each row won: one headed so, else any whose cells tell it; None for none."""
    headed = [col for col in range(grid.shape[1]) if RESULT.search(" ".join(grid.header_path(col)).lower())]
    for col in [*headed, *(col for col in range(grid.shape[1]) if col not in headed)]:
        if _NOT_RESULT.search(" ".join(grid.header_path(col)).lower()):
            continue
        rows = range(grid.header_rows, grid.shape[0])
        blocks = [b for row in rows if (b := grid.cells.get((row, col))) and b.end > b.start]
        medals = col in headed and sum(grid.text(row, col).lower().strip() in _MEDALS for row in rows)
        telling = sum(tells(context, block) for block in blocks) + medals
        if col in headed:
            if telling:
                return col
        elif telling >= 2 and telling * 5 >= len(blocks) * 3 and len(blocks) * 2 >= len(rows):
            return col
    return None


def _further_results(context: Context, grid: Grid, first: int) -> list[int]:
    """Further columns that tell what each row won: under another level or another kind of honour."""
    aside = {first, grid.find_col(NAME), grid.find_col(SCHOOL)}
    found = []
    for col in range(first + 1, grid.shape[1]):
        head = " ".join(grid.header_path(col))
        if col in aside or _NOT_RESULT.search(head.lower()):
            continue
        if not (level_named(context, head) or RESULT.search(head.lower())):
            continue
        blocks = [b for row in range(grid.header_rows, grid.shape[0]) if (b := grid.cells.get((row, col)))]
        if any(tells(context, block) for block in blocks):
            found.append(col)
    return found


def tells(context: Context, block: Block) -> bool:
    """Whether a cell names a title, a prize or a grade."""
    document = context.document
    text = document.lower[block.start : block.end].strip()
    return bool(
        text in _BARE_GRADES
        or _of_subject_alone(text)
        or document.terms("title", block.start, block.end)
        or context.atoms(block.start, block.end)
    )


_GRADED = re.compile(
    r"(?P<grade>nhất|nhì|ba|khuyến khích|kk)[ :,-]+(?:môn |bộ môn )?(?P<subject>[^\W\d_]+(?: [^\W\d_]+){0,2})"
    r"(?: \d{1,2})?"
)


def _of_subject_alone(text: str) -> str | None:
    """The grade of a cell that tells it with the subject alone: ``Nhất Toán 9``; None for any other cell."""
    match = _GRADED.fullmatch(text)
    return match["grade"] if match and is_subject(match["subject"]) else None


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
    if not any(grid.text(row, col).strip().isdigit() for row in range(grid.header_rows, grid.shape[0])):
        return False  # ``Giải`` over grades tells what each winner won
    return bool(_COUNTED.fullmatch(path[-1])) or (graded and bool(_SUM.fullmatch(path[-1])))


def _matrix(context: Context, grid: Grid, graded: dict[int, tuple[str, str]], *, placed: int | None) -> Iterator[Award]:
    """Counts of prizes by row: a school or a contest each; total rows are awards as well.

    ``placed`` is a column that tells places by their grade and so names no row.
    """
    document = context.document
    names = grid.find_col(SCHOOL) if placed is not None and placed == grid.label_col else grid.label_col
    for row in range(grid.header_rows, grid.shape[0]):
        for col, (kind, prize) in graded.items():
            block = grid.cells.get((row, col))
            text = grid.text(row, col).strip()
            if block is None or not text.isdigit() or int(text) == 0:
                continue
            label = grid.cells.get((row, names)) if names is not None else None
            schools = schools_of_row(context, grid, names, label) if names is not None and label else []
            level_at = label or block
            yield Award(
                report=context.report_id,
                evidence=(document.evidence(block.start, block.end),),
                confidence=0.85,
                kind=kind,  # type: ignore[arg-type]
                prize=prize,
                contest=(head := headed(context, grid, col))[0] or _matrix_contest(context, grid, row, level_at),
                level=head[1] or level_of_row(context, grid, row, level_at),  # type: ignore[arg-type]
                count=int(text),
                recipient=document.value(schools[0][0], schools[0][1]) if schools else None,
                recipient_kind="school" if schools else None,
                school=schools[0][2].name if schools else None,
                period=context.period,
            )


def schools_of_row(context: Context, grid: Grid, names: int, label: Block) -> list[tuple[int, int, School]]:
    """The school that a row's label names, in a column of schools also by its own name alone: ``TT Yên Khê``."""
    if schools := context.schools_in(label.start, label.end):
        return schools
    heads = " ".join(grid.header_path(names)).lower()
    school = context.school_at(label.start, label.end) if _SCHOOLS_HEAD.search(heads) else None
    return [(label.start, label.end, school)] if school else []


_SCHOOLS_HEAD = re.compile(r"(?<!\w)(?:trường|đơn vị)(?!\w)")
_CONTEST_NAME = re.compile(
    r"hsg|học sinh giỏi|(?:hội|cuộc|kỳ|kì) thi|olympic|violympic|ioe|hkpđ|hội khỏe|khoa học k[ỹĩ] thuật|khkt"
    r"|tin học trẻ|giao lưu"
    r"|(?<!dự )thi (?!đua|lại|thử)|trạng nguyên|viết chữ đẹp|kể chuyện|giải toán"
)


def counts_wins(grid: Grid, col: int) -> bool:
    """Whether a column beside graded ones counts the winners of a contest: ``HSG lớp 9 cấp tỉnh``."""
    path = [text.lower().strip() for text in grid.header_path(col)]
    return len(path) == 1 and bool(_CONTEST_NAME.search(path[0])) and not _SHARE.search(path[0]) and "dự" not in path[0]


def headed(context: Context, grid: Grid, col: int) -> tuple[str | None, str | None]:
    """The contest that a column's headings name, and its level; None for each that they do not tell."""
    document = context.document
    for row in range(grid.header_rows):
        block = grid.cells.get((row, col))
        if block is not None and _CONTEST_NAME.search(document.lower[block.start : block.end]):
            terms = document.terms("level", block.start, block.end)
            level = context.level_of(terms[-1]) if terms else None
            return document.value(block.start, block.end), level
    return None, None


_RESULTS_OF = re.compile(r"^kết quả (?:tham gia )?", re.I)
_SUBJECT_HEAD = re.compile(r"môn|nội dung|lĩnh vực|bảng thi|hạng mục")


def _of_subject(contest: str | None, subject: str) -> str:
    """A contest with its subject: ``Kỳ thi chọn học sinh giỏi lớp 9 cấp tỉnh - Toán``; the subject where it is all."""
    return f"{contest} - {subject}" if contest else subject


def _matrix_contest(context: Context, grid: Grid, row: int, block: Block) -> str | None:
    """The contest that a row names, where the rows are contests, else the one that the table is about."""
    heads = " ".join(grid.header_path(grid.label_col)).lower() if grid.label_col is not None else ""
    contest = above(context, block)
    told = context.document.value(*contest) if contest else None
    label = "" if grid.is_total(row) else grid.row_label(row)
    if label and CONTEST_HEAD.search(heads):
        return label
    return _of_subject(told, label) if label and _SUBJECT_HEAD.search(heads) else told


def _winners(context: Context, grid: Grid, result: int) -> Iterator[Award]:
    """A winner a row: name, school and what was won."""
    document = context.document
    name_col, school_col = grid.find_col(NAME), grid.find_col(SCHOOL)
    if name_col is None and school_col is None:
        return
    if school_col == name_col:  # "Họ và tên / tập thể | Đơn vị"
        school_col = next((c for c in range(grid.shape[1]) if c != name_col and _is_school(grid, c)), school_col)
    schools: list[tuple[int, int, School]] = []
    for row in range(grid.header_rows, grid.shape[0]):
        won = grid.cells.get((row, result))
        if won is None or is_numeric(grid.text(row, result)) or grid.is_total(row):
            continue
        named = grid.cells.get((row, name_col)) if name_col is not None else None
        placed = grid.cells.get((row, school_col)) if school_col is not None else None
        person = person_in(context, named) or person_first(context, placed)
        ditto = placed is not None and is_ditto(grid.text(row, school_col or 0))
        schools = schools if ditto else context.schools_in(placed.start, placed.end) if placed else []
        if not person and not schools and named is not None:
            schools = context.schools_in(named.start, named.end)
        if not person and not schools:
            continue
        for kind, prize, title, start, end in _won(document.lower, context, won):
            what = _told(context, won, end) if kind != "title" else None
            within = context.named_contest(end, won.end) if what else None
            if what and within is None and _PART_OF.fullmatch(what.lower()):
                what = _of_subject(_contest(context, grid, row, won), what)
            yield Award(
                report=context.report_id,
                evidence=tuple(document.evidence(b.start, b.end) for b in (named or placed, won) if b),
                confidence=0.85,
                kind=kind,  # type: ignore[arg-type]
                prize=prize,
                title=title,
                contest=what or (_contest(context, grid, row, won) if kind != "title" else None),
                level=context.level(won, start, end, within)
                or headed(context, grid, result)[1]
                or level_named(context, " ".join(grid.header_path(result)))
                or ("cum" if context.of_schools_block else level_above(context, won)),  # type: ignore[arg-type]
                count=1,
                recipient=document.value(*person) if person else document.value(*schools[0][:2]),
                recipient_kind=(kind_called(context, named) or kind_of_rows(grid, name_col)) if person else "school",  # type: ignore[arg-type]
                school=schools[0][2].name if schools else None,
                period=context.period,
            )


#: What a cell says of the part of a contest in which a prize was won.
_PART_OF = re.compile(r"(?:bậc|cấp học|khối|bảng|nhóm)(?: học)? [^\W_]+(?: [^\W_]+)?")


def _is_school(grid: Grid, col: int) -> bool:
    """Whether the headings of a column are those of schools or bodies."""
    return SCHOOL.search(" ".join(grid.header_path(col)).lower()) is not None


def _told(context: Context, block: Block, end: int) -> str | None:
    """What a cell says behind the prize: ``Giải Nhất HSG cấp huyện môn Vật lý``; None where it says only the prize."""
    rest = context.document.text[end : block.end].strip(" :-,.()")
    if len(rest.split()) < 2:
        return None
    start = context.document.text.index(rest, end)
    return context.document.value(start, start + len(rest))


def _won(lowered: str, context: Context, block: Block) -> Iterator[tuple[str, str | None, str | None, int, int]]:
    text = lowered[block.start : block.end].strip()
    if text in _BARE_GRADES:
        yield "prize", _BARE_GRADES[text], None, block.start, block.end
        return
    if grade := _of_subject_alone(text):
        yield "prize", _BARE_GRADES[grade], None, block.start, block.start + len(grade)
        return
    if text in _MEDALS:
        yield "medal", _MEDALS[text], None, block.start, block.end
        return
    atoms = context.atoms(block.start, block.end)
    for atom in atoms:
        yield atom.kind, atom.prize, None, atom.start, atom.end
    if atoms:
        return  # a title behind a prize names the contest
    titles = [t for t in context.document.terms("title", block.start, block.end) if t.id in entries(PACKAGE, "title")]
    for index, term in enumerate(titles):
        stop = titles[index + 1].start if index + 1 < len(titles) else block.end
        end = term.start + len(_PART.split(context.document.text[term.start : stop])[0].rstrip(" ,;"))
        yield "title", None, context.document.value(term.start, max(end, term.end)), term.start, max(end, term.end)


def _contest(context: Context, grid: Grid, row: int, won: Block) -> str | None:
    col = grid.find_col(CONTEST_HEAD)
    if col is not None and grid.text(row, col):
        return grid.text(row, col)
    column = headed(context, grid, won.cell.col)[0] if won.cell else None
    contest = above(context, won)
    told = _RESULTS_OF.sub("", column) if column else context.document.value(*contest) if contest else None
    col = grid.find_col(_SUBJECT_HEAD)
    return _of_subject(told, grid.text(row, col)) if col is not None and grid.text(row, col) else told
