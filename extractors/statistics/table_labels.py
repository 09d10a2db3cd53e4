"""What names the rows of a table of figures: labels without their notes, the shares noted in them, sections above."""

from __future__ import annotations

import re

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Document
from extractors._shared.grid import Grid, grids
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.numbers import parse_numeral
from extractors.statistics.naming import ADJECTIVES, is_level_label
from extractors.statistics.schooling import level_of_grade
from extractors.statistics.wording import grade_of
from extractors.statistics.yearbook import is_gloss, is_index_heading, row_label
from schemas.records import School

#: ``Tốt (tỷ lệ so với tổng số) 40%``, as the forms of public disclosure have it (Thông tư 36/2017/TT-BGDĐT).
_NOTE = re.compile(r" ?\((?:tỷ|tỉ) lệ[^()]*\)(?: ?(?P<share>\d[\d.,]* ?%))?", re.I)
#: Headings of columns whose figures count nothing.
NO_FIGURE = re.compile(
    r"(?<!\w)(?:năm sinh|ngày sinh|ghi chú|điện thoại|số điện thoại|sđt|ngày|năm tốt nghiệp|mã|số quyết định|"
    r"số, ngày|trang|email|năm vào|thời gian|nhiệm kỳ|xếp thứ|vị thứ|thứ hạng|xếp hạng|thứ tự|thứ)(?!\w)|^hạng$"
)
_UNIT = re.compile(r"\((?:đvt:? ?|đơn vị tính:? ?)?(?P<unit>m2|m²|ha|km)\)", re.I)
_UNIT_ABOVE = re.compile(r"Số (?P<unit>[^\s/]+(?: [^\s/]+)?/.+)")
_AVERAGE = re.compile(r"bình quân")
_FIGURE = re.compile(r"\d[\d.]*(?:,\d+)?")
_YEARS = re.compile(r"(?:năm(?: học)? )?(?P<first>20\d\d)(?: ?[-–] ?(?P<last>20\d\d))?", re.I)
_GRADES = re.compile(r"(?<!\w)(?:lớp|khối) ?\d")
_WHOLE = 100


#: What a label counts, noted behind it: ``Số trường (Trường)``.
_UNIT_NOTE = re.compile(r" ?\((?:đvt:? ?|đơn vị:? ?)?(?:trường|lớp|phòng|học sinh|giáo viên|người|trẻ|cơ sở)\)$", re.I)
#: By what the rows below part the ones above, and how the label of such a whole begins.
_PARTS = re.compile(r"(?:phân|chia) (?:theo|ra)(?!\w)|trong đó$", re.I)
_WHOLE_LABEL = re.compile(r"(?:tổng )?số (?:lượng )?(?=\w)", re.I)


def plain_label(label: str) -> str:
    """A label without the note that its figures are shares: ``Tốt (tỷ lệ so với tổng số)`` is ``Tốt``."""
    return _UNIT_NOTE.sub("", _NOTE.sub("", label)).strip()


def whole_of(grid: Grid, row: int) -> str:
    """What a row is a part of: ``giáo viên`` of ``Số giáo viên`` above ``Phân theo giới tính``; "" for other rows."""
    parted = False
    for above in range(row - 1, grid.header_rows - 1, -1):
        label = plain_label(grid.row_label(above))
        if _PARTS.match(label) and not _figures_of(grid, above):
            parted = True
        elif whole := _WHOLE_LABEL.match(label):
            return label[whole.end() :] if parted and not _WHOLE_LABEL.match(grid.row_label(row)) else ""
    return ""


def noted_share(label: str) -> tuple[int, int] | None:
    """Where a label tells the share itself: ``40%`` of ``Tốt (tỷ lệ so với tổng số) 40%``."""
    match = _NOTE.search(label)
    return match.span("share") if match and match["share"] else None


def noted_cells(document: Document) -> frozenset[int]:
    """The blocks of the labels that tell a share themselves."""
    text = document.text
    return frozenset(
        block.index
        for number in range(len(document.tables))
        for block in document.cells(number)
        if noted_share(text[block.start : block.end]) is not None
    )


def level_of_grades(document: Document) -> str | None:
    """The one level of all the grades that tables name: ``THCS`` of ``Khối lớp 6`` to ``Khối lớp 9``."""
    levels: list[str] = []
    for grid in grids(document):
        said = [" ".join(grid.header_path(col)) for col in range(grid.shape[1])]
        said += [grid.row_label(row) for row in range(grid.header_rows, grid.shape[0])]
        levels += [level for text in map(str.lower, said) if _GRADES.search(text) and (level := level_of_grade(text))]
    return levels[0] if len(levels) > 1 and len(set(levels)) == 1 else None


def notes_shares(grid: Grid) -> bool:
    """Whether the figures of the rows that are noted as shares can be shares: none is more than a hundred."""
    for row in range(grid.header_rows, grid.shape[0]):
        if not _NOTE.search(grid.row_label(row)):
            continue
        for col in range(grid.shape[1]):
            text = grid.text(row, col).strip()
            if col != grid.label_col and _FIGURE.fullmatch(text) and parse_numeral(text) > _WHOLE:
                return False
    return True


def is_noted(label: str) -> bool:
    """Whether a label notes that its figures are shares."""
    return _NOTE.search(label) is not None


def section_of(grid: Grid, row: int) -> str:
    """What the grades of a row grade: the nearest label above that is none itself; "" for a row without a grade."""
    if grade_of(plain_label(grid.row_label(row))) is None:
        return ""
    for above in range(row - 1, grid.header_rows - 1, -1):
        label = plain_label(grid.row_label(above))
        if label and grade_of(label) is None:
            return label
    return ""


def noted_unit(grid: Grid, row: int, col: int) -> str | None:
    """The unit that a row or a column notes: ``Diện tích phòng ngủ (m2)``, ``Số m2/trẻ em`` above in a column."""
    heads = grid.header_path(col)
    if not _AVERAGE.match(" ".join(heads).lower()):
        noted = next((found for text in (*reversed(heads), grid.row_label(row)) if (found := _UNIT.search(text))), None)
        return noted["unit"] if noted else None
    for above in range(row - 1, grid.header_rows - 1, -1):
        if shared := _UNIT_ABOVE.fullmatch(grid.text(above, col).strip()):
            return shared["unit"]
    return None


def years_of(label: str) -> str | None:
    """The year or school year that is all a label says: ``Năm học 2018 - 2019`` names when, not what."""
    match = _YEARS.fullmatch(label.strip())
    if match is None:
        return None
    return f"{match['first']}-{match['last']}" if match["last"] else match["first"]


def is_bounded(text: str) -> bool:
    """Whether a cell tells a bound rather than a figure: ``trên 95%``, ``12 trở lên``."""
    return re.match(r"(?:trên|dưới|không|ít nhất|tối thiểu|≥|≤|>|<)|.*trở (?:lên|xuống)$", text.lower()) is not None


def is_grade_number(label: str) -> bool:
    """Whether a row is labelled by the bare number of a grade: ``6``."""
    return re.fullmatch(r"(?:[1-9]|1[0-2])", label.strip()) is not None


def is_class_size(grid: Grid, head: str) -> bool:
    """Whether a heading counts all pupils of a row: ``Sĩ số``, and ``TS`` beside grades."""
    if head.lower() in ("sĩ số", "ss"):
        return True
    paths = (grid.header_path(col) for col in range(grid.shape[1])) if head.lower() in ("ts", "tshs") else ()
    return any(path and grade_of(path[-1]) is not None for path in paths)


def level_of_caption(caption: str) -> str | None:
    """The one school level that a caption names; None for several or none."""
    found = {level for _, _, level in find_levels(caption, caption.lower())}
    return found.pop() if len(found) == 1 else None


#: Two grades of prizes side by side.
_PRIZES = re.compile(r"(?:(?<!\w)(?:nhất|nhì|ba|khuyến khích|kk|vàng|bạc|hcv|hcb|hcđ)(?!\w)[ |]*){2,}", re.I)


def under_prizes(document: Document, first: int) -> bool:
    """Whether the lines right above a table, which begins with a block, head it with grades of prizes."""
    above = document.blocks[max(0, first - 2) : first]
    return any(b.kind != "cell" and _PRIZES.search(document.text, b.start, b.end) for b in above)


#: Those who won prizes, as a row or column counts them, and where they won them below such a row.
_WINNERS = re.compile(r"(?<!không )(?<!chưa )(?:đạt|đoạt) giải(?!\w)", re.I)
_WHERE_WON = re.compile(r"[-+ ]*cấp (?:trường|xã|huyện|quận|tỉnh|thành phố|quốc gia|khu vực|cụm)(?!\w).{0,30}", re.I)


def counts_winners(grid: Grid, row: int) -> bool:
    """Whether a row counts those who won prizes, which are awards: ``Số học sinh đạt giải`` and ``Cấp tỉnh`` below."""
    label = grid.row_label(row)
    while row > grid.header_rows and _WHERE_WON.fullmatch(label):
        row -= 1
        label = grid.row_label(row)
    return _WINNERS.search(label) is not None


_RANK = re.compile(r"(?:xếp )?(?:hạng|thứ hạng|vị thứ)(?: thi đua)?(?!\w)|xếp thứ(?!\w)", re.I)


def tells_rank(grid: Grid, row: int) -> bool:
    """Whether a row tells ranks, which count nothing: ``Xếp hạng thi đua của huyện``."""
    return _RANK.match(grid.row_label(row)) is not None


_IN_HEAD = re.compile(r"20\d\d(?: ?- ?20\d\d)?")
_MONTH = re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2]) ?/ ?(?P<year>20\d\d)")


def period_in(head: str) -> str | None:
    """The month, year or school year that a heading names."""
    if month := _MONTH.search(head):
        return f"{month['year']}-{int(month['month']):02}"
    if year := _IN_HEAD.search(head):
        return year.group(0).replace(" ", "")
    lowered = head.lower()
    if "năm học" not in lowered:
        return None
    return next((date.iso for date in find_dates(head, lowered) if date.kind == "school_year"), None)


def told_again(grid: Grid, row: int) -> bool:
    """Whether a row of totals only repeats one above: ``Tổng số`` before the kinds, ``Cộng`` behind them."""
    if not grid.is_total(row):
        return False
    figures = _figures_of(grid, row)
    above = (_figures_of(grid, other) for other in range(grid.header_rows, row) if grid.is_total(other))
    return any(len(figures) > 1 and figures.items() <= before.items() for before in above)


def _figures_of(grid: Grid, row: int) -> dict[int, str]:
    """The figures of a row by their columns."""
    texts = {col: grid.text(row, col).strip() for col in range(grid.shape[1])}
    return {col: text for col, text in texts.items() if text[:1].isdigit()}


#: Grades of prizes and medals.
GRADED = re.compile(r"(?:giải )?(?:nhất|nhì|ba|khuyến khích|kk)|(?:hc|huy chương )?(?:vàng|bạc|đồng)")


def counts_grades(grid: Grid) -> bool:
    """Whether a table has columns for two grades of prizes or more: what they count are awards."""
    paths = (grid.header_path(col) for col in range(grid.shape[1]))
    return sum(bool(path and GRADED.fullmatch(path[-1].lower().strip())) for path in paths) > 1


#: What heads the columns of a table of those who were praised, by the title that they got.
_PRAISED = re.compile(
    r"(?:số )?(?:(?:hs|học sinh|gv|giáo viên|em) )?(?:(?:hoàn thành )?(?:xuất sắc|tiêu biểu|giỏi|tiên tiến|vượt trội)"
    r"(?: [^\W\d_]+){0,3}|khen (?:từng mặt|toàn diện|đột xuất|xuất sắc|vượt trội|tiêu biểu))",
    re.I,
)
_PRAISE = re.compile(r"(?<!\w)(?:khen thưởng|khen tặng|được khen)(?!\w)", re.I)


def counts_praised(grid: Grid, col: int, caption: str) -> bool:
    """Whether a column counts those praised under a caption that says so, which are awards: ``HS Xuất sắc``."""
    path = grid.header_path(col)
    return bool(path and _PRAISE.search(caption) and _PRAISED.fullmatch(path[-1].strip()))


#: What heads the parts of the column before: ``Số phòng học | Chia ra | Kiên cố, Tạm``.
_INTO = re.compile(r"(?:chia|phân) (?:ra|theo)(?: [^|]*)?|trong đó|bao gồm|gồm|(?:trong )?tổng số", re.I)
#: Kinds of the column before that are no things themselves.
_KINDS = ADJECTIVES | {"tạm", "nhờ", "mượn", "nhờ, mượn", "cấp 4", "tranh tre", "biên chế", "hợp đồng", "dtts"}
_COUNTS = re.compile(r"(?:tổng số|tổng|số lượng|số) [^\W\d_]", re.I)


#: People whose women and other kinds the next columns tell: ``Học sinh | Nữ``.
_PEOPLE_HEAD = re.compile(
    r"(?:học sinh|hs|trẻ|cháu|giáo viên|gv|đảng viên|đoàn viên|học viên|thí sinh|cb-?gv-?(?:nv)?|"
    r"cán bộ, giáo viên, nhân viên)"
)


def parted_heads(grid: Grid, col: int) -> list[str]:
    """The headings of the column that a column's figures part; [] where it parts none."""
    path = grid.header_path(col)
    if not path or col == 0:
        return []
    group = path[0] if len(path) > 1 and _INTO.fullmatch(path[0].strip(" :")) else None
    if group is None and path[-1].lower().strip() not in _KINDS:
        return []
    for left in range(col - 1, -1, -1):
        heads = grid.header_path(left)
        if left == grid.label_col or not heads:
            return []
        if heads[0] != group and heads[-1].lower().strip() not in _KINDS:
            return heads if _COUNTS.match(heads[-1]) or _PEOPLE_HEAD.fullmatch(heads[-1].lower().strip()) else []
    return []


def school_of(grid: Grid, row: int, schools: list[tuple[int, School]]) -> School | None:
    """The school that names a row."""
    block = grid.cells.get((row, grid.label_col)) if grid.label_col is not None else None
    return next((school for at, school in schools if block and block.start <= at < block.end), None)


def caption_of(document: Document, grid: Grid) -> str:
    """The nearest heading or line before a table, which says what it is about."""
    first = document.cells(grid.number)[0].index
    for block in reversed(document.blocks[max(0, first - 4) : first]):
        least = 4 if block.marker is not None and block.kind == "heading" else 8
        said = document.value(block.body, block.end) if block.kind != "cell" else ""
        if least < len(said) < 200 and not (is_gloss(said) or _ONLY_YEARS.fullmatch(said.lower())):
            return said
    return ""


#: The headings of columns in a line of their own.
_ONLY_YEARS = re.compile(r"(?:(?:năm(?: học)? )?20\d\d(?: ?- ?20\d\d)?[ |,;]*)+")


def is_prose_cell(document: Document, block: Block) -> bool:
    """Whether a table cell holds a sentence with figures rather than a figure or a name."""
    if block.kind != "cell" or block.cell is None or block.cell.header:
        return False
    text = document.text[block.start : block.end]
    return len(text.split()) >= _LEAST_WORDS and re.search(r"\d", text) is not None and not is_index_heading(text)


_LEAST_WORDS = 6


def heads_level(grid: Grid, col: int) -> bool:
    """Whether ``TH`` heads a column as a level, beside those of others, and not as what was carried out."""
    path = grid.header_path(col)
    others = (grid.header_path(other)[-1:] for other in range(grid.shape[1]) if other != col)
    return bool(path) and path[-1].lower() == "th" and any(is_level_label(h.lower()) for head in others for h in head)


#: A caption that tells in what all figures below it are: ``Chất lượng giáo dục (%):``.
_PERCENT_CAPTION = re.compile(
    r"\((?:[^()]{0,30}[,;] ?)?(?:đvt|đơn vị(?: tính)?)?:? ?(?:tỷ lệ |tỉ lệ )?%\) ?:?$|"
    r"(?:đvt|đơn vị tính) ?: ?(?:tỷ lệ |tỉ lệ )?\(?%\)?\.?$",
    re.I,
)


def shares_below(caption: str, value: float) -> bool:
    """Whether a caption says that the figures below it are shares, and a value can be one."""
    return value <= _WHOLE and _PERCENT_CAPTION.search(caption.strip()) is not None


def level_of_cell(grid: Grid, row: int, col: int) -> str | None:
    """The level that a row's label or a column's headings name; None for several or none."""
    path = grid.header_path(col)
    columns = path[-1:] if path and is_level_label(path[-1].lower()) else []
    for text in [*columns, row_label(grid, row), *path]:
        found = [level for _, _, level in find_levels(text, text.lower())]
        if found:
            return join_levels(found) if len(set(found)) == 1 else None
        if own := level_of_grade(f"khối {text}" if is_grade_number(text) else text.lower()):
            return own
    return None
