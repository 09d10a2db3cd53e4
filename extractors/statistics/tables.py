"""Statistics in tables: every figure under its column headings and beside its row label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block, Document, Found
from extractors._shared.grid import Grid, grids
from extractors._shared.numbers import Ranges, find_numbers, view_offset
from extractors.statistics import status
from extractors.statistics.counted import MONEY, counted_unit, people_of, who_is_counted
from extractors.statistics.doubles import counts_in_cell
from extractors.statistics.report_levels import report_level
from extractors.statistics.schooling import level_at_contest
from extractors.statistics.table_labels import (
    GRADED,
    NO_FIGURE,
    caption_of,
    counts_grades,
    counts_praised,
    counts_winners,
    heads_level,
    is_bounded,
    is_class_size,
    is_grade_number,
    is_noted,
    level_of_caption,
    level_of_cell,
    level_of_grades,
    noted_share,
    noted_unit,
    notes_shares,
    parted_heads,
    period_in,
    plain_label,
    school_of,
    section_of,
    shares_below,
    tells_rank,
    told_again,
    under_prizes,
    whole_of,
    years_of,
)
from extractors.statistics.times import time_above
from extractors.statistics.wording import (
    LEVEL_NAMES,
    grade_of,
    identify,
    names_level,
    spaced,
    with_level,
    with_subject,
)
from extractors.statistics.yearbook import index_of, is_row_of_years, row_label, year_of
from schemas.records import Award, Report, School, Statistic

_BOUND = (
    r"(?:(?:trên|dưới|đạt|khoảng|hơn|gần|không quá|không dưới|ít nhất|tối thiểu|tối đa|từ|tăng|giảm|còn|≥|≤|>|<|=) ?)*"
)
_AMOUNT = r"[-+]?\d[\d., ]*(?:/ ?\d[\d.]*)? ?%?(?: ?(?:-|đến) ?\d[\d.,]* ?%?)?"
_FIGURE = re.compile(
    rf"{_BOUND}{_AMOUNT} ?(?:(?:em|hs|đ|đồng|lớp|gv|trẻ|cháu|người|trường|đ/c|phòng|học sinh|giáo viên|"
    rf"triệu đồng|tỷ đồng)\b)?(?: trở lên| trở xuống)?"
)
#: A figure with a unit that no heading tells: ``5315 m2``, ``8 bộ``, ``2 m2/trẻ em``.
_MEASURED = re.compile(
    rf"{_AMOUNT} ?(?P<unit>(?:m2|m²|ha|(?!năm|tháng|ngày|tuổi|giờ|lớp|tiết)[^\W\d_]{{2,10}}(?: [^\W\d_]{{2,10}})?)"
    r"(?:/[^\W\d_]+(?: [^\W\d_]+)?)?)"
)
_PRIZED = re.compile(r"\d+ (?:giải|hcv|hcb|hcđ|huy chương(?: vàng| bạc| đồng)?)")  # a count of awards
#: A count with its share: ``12 (4,4%)``, ``45/52 - 86,5%``.
_PAIR = re.compile(rf"{_AMOUNT}(?: ?(?:em|hs|trẻ|cháu|lớp|gv))? ?[(;/-] ?(?:tl:? ?|tỷ lệ:? ?)?\d[\d.,]* ?%? ?\)?")
_PERCENT_HEAD = re.compile(r"(?<!\w)(?:tl|tỷ lệ|tỉ lệ|t\.lệ|%|tỷ lệ %|tỉ lệ %)(?!\w)|%")
#: Times of office and the like: ``1984 - 1991``, ``từ 2019``.
_SPAN = re.compile(
    r"(?:từ |đến |năm )*(?:\d{1,2} ?/ ?)?(?:19|20)\d\d ?(?:(?:-|đến) ?(?:nay|(?:\d{1,2} ?/ ?)?(?:19|20)\d\d)?)"
)
_NAMES = re.compile(r"họ và tên|họ tên|họ, tên")
_SCALE = re.compile(r"(?:đvt|đơn vị tính|đơn vị)?:? ?\(?(?P<scale>nghìn|triệu|tỷ) đồng\)?", re.I)
_SCALES = {"nghìn": 1000, "triệu": 10**6, "tỷ": 10**9}
_COUNT_OR_SHARE = re.compile(r"(?:sl|tl|số lượng|tỷ lệ|tỉ lệ|t\.lệ|số|%|tỷ lệ \(?%\)?|tỉ lệ \(?%\)?|tl \(?%\)?|tl%)\.?")
_CAPTION_NUMBER = re.compile(r"^(?:phụ lục|biểu|bảng|biểu số)(?: số)? ?[\dIVX]*[.:]? ?", re.I)
_YEAR_NOTED = re.compile(r" ?\((?:năm )?(?:học )?(?:19|20)\d\d(?: ?- ?20\d\d)?\)$")  # ``91 (năm 2010)``
_FOUNDED = re.compile(r"(?:năm |ngày )?(?:được )?(?:thành lập|khánh thành|sáp nhập|xây dựng)")
_RESULT = re.compile(r"thực hiện|^th(?!\w)|(?<!\w)hiện (?:có|nay|tại|trạng)|đạt được|kết quả|năm trước|đầu năm")
_TARGET = re.compile(r"^dự toán|(?<!so với )(?:kế hoạch|chỉ tiêu|phấn đấu|mục tiêu|kh(?!\w))")


def extract_tables(document: Document, found: Found) -> Iterator[Statistic]:
    """One record for every figure cell that no award has taken."""
    report = next((r for r in found.get("report", ()) if isinstance(r, Report)), None)
    taken = Ranges(
        [
            (view_offset(document, e.start), view_offset(document, e.end - 1) + 1)
            for award in found.get("award", ())
            if isinstance(award, Award)
            for e in award.evidence
        ]
    )
    schools = [
        (view_offset(document, e.start), school)
        for school in found.get("school", ())
        if isinstance(school, School)
        for e in school.evidence
    ]
    level, grades = report_level(document, found), level_of_grades(document)
    outlook = status.Outlook.of(document, report)
    for grid in grids(document):
        if under_prizes(document, document.cells(grid.number)[0].index):
            continue
        caption = caption_of(document, grid)
        sheet = _Sheet(grid, caption, level_of_caption(caption), level, outlook, schools, notes_shares(grid), grades)
        for row in range(grid.header_rows, grid.shape[0]):
            if told_again(grid, row) or is_row_of_years(grid, row):
                continue
            for col in range(grid.shape[1]):
                block = grid.cells.get((row, col))
                cell = block.cell if block else None
                if block is None or cell is None or (cell.row, cell.col) != (row, col):
                    continue
                if col == grid.label_col and not taken.touch(block.start, block.end):
                    yield from _label_share(document, sheet, row, block)
                named = col == grid.label_col or grid.is_counter(col)
                if named or taken.touch(block.start, block.end) or counts_praised(grid, col, caption):
                    continue
                yield from _figures(document, sheet, row, col, block)


@dataclass(frozen=True)
class _Sheet:
    """A table with its caption and the level that names, with the report's level and outlook, and its schools."""

    grid: Grid
    caption: str
    caption_level: str | None
    level: str | None
    outlook: status.Outlook
    schools: list[tuple[int, School]]
    shares: bool  # what its rows note as shares can be some
    grades: str | None  # the level of all grades that the report's tables name


def _label_share(document: Document, sheet: _Sheet, row: int, block: Block) -> Iterator[Statistic]:
    """The share that a row's label tells itself: ``Tốt (tỷ lệ so với tổng số) 40%``."""
    share = noted_share(document.text[slice(*sheet.grid.span(block))].replace("\n", " "))
    for number in find_numbers(document.text, block.start + share[0], block.start + share[1]) if share else []:
        label = plain_label(sheet.grid.row_label(row))
        phrase = with_subject(_made_whole(label, section_of(sheet.grid, row), sheet.caption))
        yield Statistic(
            report=document.layer.id,
            evidence=(document.evidence(block.start, max(block.end, number.end)),),
            confidence=0.8,
            indicator=phrase,
            indicator_id=identify(phrase, "%"),
            value=number.value,
            unit="%",
            aspect="target" if sheet.outlook.promises else "value",
            level=sheet.caption_level or document.level(block) or sheet.level or sheet.grades,
            period=sheet.outlook.period,
        )


def _figures(document: Document, sheet: _Sheet, row: int, col: int, block: Block) -> Iterator[Statistic]:
    """The records of one cell: its figure, or a count and its share."""
    grid, caption, outlook = sheet.grid, sheet.caption, sheet.outlook
    whole = grid.text(row, col).strip()
    text = _YEAR_NOTED.sub("", whole)
    path = _under_group(grid, col)
    heads = " ".join(path)
    pair = _PAIR.fullmatch(text.lower())
    measured = _MEASURED.fullmatch(text.lower())
    if (
        not (pair or _FIGURE.fullmatch(text.lower()) or measured)
        or NO_FIGURE.search(heads.lower())
        or _SPAN.fullmatch(text.lower())
        or _PRIZED.fullmatch(text.lower())
        or (heads.lower().strip() in ("lớp", "điểm", "điểm thi", "số điểm") and grid.find_col(_NAMES) is not None)
        or tells_rank(grid, row)
        or not (path or grid.row_label(row))
    ):
        return
    if path and GRADED.fullmatch(path[-1].lower().strip()) and ("giải" in heads.lower() or counts_grades(grid)):
        return
    numbers = find_numbers(document.text, block.start, block.end - (len(whole) - len(text)))
    if len(numbers) != 1 and not (pair and len(numbers) == 2):
        return
    named_row = row_label(grid, row)
    if _FOUNDED.match(named_row.lower()) and 1900 <= numbers[0].value <= 2100:
        return
    ranked = GRADED.fullmatch(named_row.lower()) and grid.label_col is not None and grid.label_col + 1 < col
    if ranked and (who := grid.text(row, (grid.label_col or 0) + 1)) and who[0].isalpha():
        if not path:
            return  # the medals of those who are ranked
        named_row = who  # beside the prize stands who has won it
    label = "" if (year := years_of(named_row)) and path else f"{whole_of(grid, row)} {plain_label(named_row)}".strip()
    school = school_of(grid, row, sheet.schools)
    shared = sheet.caption_level or document.level(block) or sheet.level
    head = path[-1].lower() if path else ""
    unit_col = grid.find_col(_UNIT_COLUMN)
    measure = grid.text(row, unit_col).strip() if unit_col not in (None, col) else ""
    period = next((said for said in map(period_in, reversed(path)) if said), year) or year_of(grid, row, col)
    period = period or time_above(document, block, caption) or outlook.period
    earlier = bool(period and outlook.period and period[:4] < outlook.period[:4])
    change = bool(_CHANGE.fullmatch(head))
    counting = "" if grid.is_total(row) else f"{label} {section_of(grid, row)}"
    shared_row = not measure and (
        _SHARE_ROW.search(label.lower()) is not None
        or (sheet.shares and is_noted(named_row))
        or index_of(grid, row) != ""
        or (shares_below(caption, numbers[0].value) and not measured)
    )
    promised = outlook.promises and not _WHOLE_ROW.match(label.lower())
    wanted = promised or (outlook.plan and (outlook.wants(document, block, caption) or is_bounded(text)))
    both = counts_in_cell(numbers[0], (named_row, head))
    own = measured["unit"] if measured else ""
    for index, (number, label, own) in enumerate(both or [(number, label, own) for number in numbers]):
        in_percent = bool(_PERCENT_HEAD.search(head)) or measure == "%" or shared_row
        counted = both or (pair and index == 0 and len(numbers) > 1)  # "634 (78,7%)" under "Tỷ lệ so với tổng số"
        percent = number.percent or (not counted and (in_percent or index > 0))
        if counts_winners(grid, row) and not (percent or change):
            continue
        unit = own or measure or noted_unit(grid, row, col)
        unit = "%" if percent else unit or counted_unit([*parted_heads(grid, col), *path], counting, caption)
        value = number.value
        if unit == "đồng" and not number.scaled and (scale := _SCALE.search(f"{heads} {named_row} {caption}")):
            value = value * _SCALES[scale["scale"].lower()]
        if change and value > 0 and _FELL.fullmatch(head):
            value = -value
        named = None if shared == sheet.level else shared
        phrase = spaced(_indicator(grid, row, col, label, caption, (shared, named), named=school is not None))
        yield Statistic(
            report=document.layer.id,
            evidence=(document.evidence(block.start, block.end),),
            confidence=0.9,
            indicator=phrase,
            indicator_id=identify(phrase, unit) if number.of is None else None,
            value=value,
            value_to=number.value_to,
            unit=(people_of(phrase) or unit)
            if unit in (None, "trường", "lớp") and grade_of(head)
            else unit or people_of(phrase),
            of=number.of,
            aspect="change"
            if change
            else "target"
            if _TARGET.search(head) or (wanted and not earlier and (heads_level(grid, col) or not _RESULT.search(head)))
            else "value",
            level=level_at_contest(document, phrase, school.level if school else None)
            or level_of_cell(grid, row, col)
            or shared
            or sheet.grades,
            place=school.name if school else None,
            period=period,
        )


#: The whole is what it is, also where its parts are promised.
_WHOLE_ROW = re.compile(r"(?:tổng|số) ")
#: A row of shares: ``Tỷ lệ huy động trẻ ra lớp``, ``Trẻ 5 tuổi ra lớp (%)``.
_SHARE_ROW = re.compile(r"^(?:tỷ|tỉ) lệ(?! giáo viên ?/)|(?<!\d)(?<!\d )\(?%\)?$")
_UNIT_COLUMN = re.compile(r"^(?:đơn vị tính|đvt|đơn vị đo|đ\.?v\.?t)\.?$")
_FELL = re.compile(r"(?:[^\W\d_]+,? ){0,3}giảm(?: ?\(-\))?(?: so với .*)?")
_CHANGE = re.compile(
    r"(?:(?:số )?(?:hs|học sinh|trẻ|cháu|lớp|nhóm, lớp|trường|gv|giáo viên|cbgvnv|lượng) )?"
    r"(?:tăng|giảm|chênh lệch|so sánh)(?: ?\([+-]\))?"
    r"(?: ?[/,(]? ?(?:tăng|giảm|\+|-|\)))*(?: ?\([+/, -]*\))?"
    r"(?: (?:hs|học sinh|trẻ|cháu|lớp|nhóm, lớp|trường|gv|giáo viên|cbgvnv))?(?: ?\([+/, -]*\))?(?: so (?:với )?.*)?"
)


def _indicator(
    grid: Grid, row: int, col: int, label: str, caption: str, levels: tuple[str | None, str | None], *, named: bool
) -> str:
    """The headings of a column without ``SL`` and ``TL``, and the row's label where it says what is measured.

    A row that is a school or a total says where or of what the figure is. Headings that say too
    little (``Khá``, ``Tỉ lệ``) are made whole by the column before and by the table's caption.
    ``levels`` are the level counted and the one to be named, None where all of the report is of it.
    """
    counted, level = levels
    heads = _plain_heads(grid, col)
    if (
        not heads
        and col
        and col - 1 != grid.label_col
        and not _EMPTY.fullmatch(" ".join(grid.header_path(col)).lower())
    ):
        heads = _plain_heads(grid, col - 1)
    heads = "học sinh" if is_class_size(grid, heads) else _COUNTING.sub("", heads)
    if label and not grid.is_total(row) and _SUM.fullmatch(heads.lower()):
        heads = ""  # of ``Tổng số`` beside ``Lớp 6``, ``Lớp 7`` the row says what is counted
    corner = " ".join(grid.header_path(grid.label_col)).lower() if grid.label_col is not None else ""
    said = not (label and heads and (named or grid.is_total(row) or _PLACES.search(corner)))
    row_words = _COUNTING.sub("", label) if said else ""
    if not heads and grid.is_total(row) and _NOUN.search(corner):
        row_words = f"{_COUNTING.sub('', corner)} {label.lower()}"  # ``Số lớp`` above ``Khối 6``, ``Khối 7``, ``Cộng``
    if row_words and is_grade_number(row_words):
        row_words = f"{'lớp' if 'lớp' in corner and 'khối' not in corner else 'khối'} {row_words}"
    title = _CAPTION_NUMBER.sub("", caption)
    if not heads and _NOUN.match(counted_above := _COUNTING.sub("", title)):
        grade = plain_label(row_words).lstrip("-+ ")
        if _SUM.fullmatch(row_words.lower()):
            row_words = counted_above  # ``Tổng số`` under ``Số phòng học``
        elif _OF_GRADE.fullmatch(grade.lower()) and len(title.split()) <= _SHORT_TITLE:
            row_words = f"{counted_above} {grade}"  # ``Khối lớp 6`` under ``Học sinh``
    section = section_of(grid, row)
    row_words = _SCALE_TAIL.sub("", _DIVIDED.sub("", row_words))
    parts = [_made_whole(part, section, title) for part in (heads, row_words) if part]
    if row_words and _OF_GRADE.fullmatch(heads.lower()):
        parts = [with_subject(parts[1]), heads]  # ``học sinh hạnh kiểm Tốt lớp 6``
    if parts and not _NOUN.search(" ".join(parts)) and (whole := parted_heads(grid, col)):
        parts.insert(0, _COUNTING.sub("", whole[-1]))  # ``Kiên cố`` under ``Chia ra`` behind ``Số phòng học``
    if parts and not _NOUN.search(" ".join(parts)):
        told = with_subject(" ".join(parts))
        if told != " ".join(parts):
            parts = [told]
        else:
            parts.insert(0, who_is_counted(f"{corner} {' '.join(parts)} {title}".lower(), counted))
    phrase = " ".join(part for part in parts if part).strip()
    if len(phrase.split()) < 3 and (phrase.lower() in _SUMS or not _NOUN.search(phrase)):
        phrase = f"{phrase} {title if len(title.split()) <= _LONGEST_TITLE else ''}".strip()
    elif level and not names_level(phrase):
        phrase = f"{phrase} {LEVEL_NAMES.get(level, '')}".strip() if said or len(phrase.split()) < 3 else phrase
    return with_level(phrase, level) or label or caption or "số liệu"


#: ``học sinh chia theo hạnh kiểm`` counts pupils by ``hạnh kiểm``.
_DIVIDED = re.compile(r"(?<= )(?:chia )?theo(?:,)? ", re.I)
_OF_GRADE, _SUMS = re.compile(r"(?:khối ?|lớp ?)+\d{1,2}"), ("tiền", "kinh phí", "thành tiền")
#: Words of a line that still titles a table; a longer one is a sentence before it.
_LONGEST_TITLE, _SHORT_TITLE = 24, 3
_PLACES = re.compile(r"(?<!\w)(?:trường|đơn vị|xã|cơ sở|họ và tên|họ tên|địa phương|cụm)(?!\w)")
_COUNTING = re.compile(r"^(?:tổng số|số lượng|số|tổng cộng)(?: (?=\w))", re.I)
_EMPTY = re.compile(
    r"chia ra|trong đó|bao gồm|kết quả|ghi chú|số liệu|thực hiện|kế hoạch|chỉ tiêu(?: giao)?|đơn vị tính|đvt|số lượng|"
    r"tăng ?[/,(]? ?giảm\)?|so sánh|chênh lệch|(?:thực hiện |kế hoạch |chỉ tiêu |đầu |cuối |"
    r"sơ bộ |prel\.? |ước tính |chính thức )*(?:năm(?: học)? ?)?20\d\d(?: ?- ?20\d\d)?|"
    r"(?:(?:đầu|giữa|cuối) )?(?:tháng|năm|kỳ|học kỳ|quý|đợt)(?: học)?"
    r"(?: [\divx/-]{1,9})?"
)
_SHARE_TAIL = re.compile(
    r"(?<=\w)[ :,]+(?:\(?(?:sl|tl|tỷ lệ|tỉ lệ|số lượng|đồng|triệu đồng|người|em|hs)?[ (]*%?\)?)$", re.I
)
_SCALE_TAIL = re.compile(r" ?\((?:đvt:? ?)?(?:triệu |nghìn |tỷ )?đồng\)", re.I)
_TOTAL_TAIL = re.compile(r"(?<=\w) (?:tổng số|tổng cộng|ts|cộng|số lượng)$", re.I)
_NOUN = re.compile(
    r"(?<!\w)(?:học sinh|(?:ts ?)?hs|trẻ|cháu|em|giáo viên|gv|cbql|cbgv(?:nv)?|cb-gv-nv|cán bộ|nhân viên|nv|đảng viên|"
    r"trường|đơn vị|lớp|phòng|người|thí sinh|tiết|khu|điểm|kinh phí|"
    r"nhóm|máy|sách|chi|thu|tiền|bộ|biên chế|sáng kiến|chi bộ|đoàn viên|viên chức|phiếu|xã|hộ|diện tích|dân số)(?!\w)",
    re.I,
)
_TOPIC = re.compile(
    r"(?<!\w)(?:học lực|hạnh kiểm|rèn luyện|học tập|tốt nghiệp|chuẩn nghề nghiệp|năng lực|phẩm chất)(?!\w)"
)


def _made_whole(part: str, section: str, title: str) -> str:
    """``Khá`` is ``xếp loại học lực Khá`` where the section of the row or the caption says what is graded."""
    grade = grade_of(part)
    if grade is None or _TOPIC.search(part.lower()):
        return part
    topic = _TOPIC.search(section.lower()) or _TOPIC.search(title.lower())
    return f"{topic.group(0)} {part}" if topic else part


def _plain_heads(grid: Grid, col: int) -> str:
    heads = [t for t in grid.header_path(col) if not _COUNT_OR_SHARE.fullmatch(t.lower().strip())]
    if len(heads) > 1 and _NOUN.match(heads[-1]) and any(_NOUN.search(head) for head in heads[:-1]):
        heads = heads[-1:]  # "CB, GV, NV | Đảng viên" counts the latter
    said = " ".join(
        _TOTAL_TAIL.sub("", _plain(_SCALE_TAIL.sub("", t)))
        for t in heads
        if not _EMPTY.fullmatch(t.lower().strip(" :"))
    )
    said = _TOTAL_TAIL.sub("", said)
    return re.sub(r"^em ", "học sinh ", _COUNTING.sub("", said), flags=re.I)


def _under_group(grid: Grid, col: int) -> list[str]:
    """The headings of a column; ``Cộng`` behind a group of amounts adds up that group."""
    path = grid.header_path(col)
    if col and len(path) == 1 and _SUM.fullmatch(path[0].lower().strip()):
        before = grid.header_path(col - 1)
        if len(before) > 1 and MONEY.search(before[0].lower()):
            return [before[0], *path]
    return path


_SUM = re.compile(r"cộng|tổng|tổng cộng|tổng số|ts")


def _plain(head: str) -> str:
    """A heading without ``SL``, ``TL (%)`` at its end; ``Tổng số HS`` keeps its noun."""
    short = _SHARE_TAIL.sub("", head)
    return head if short.lower().strip() in ("tổng số", "số", "số lượng", "tổng cộng", "tổng") else short
