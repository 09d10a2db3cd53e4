"""Classes and pupils named with a school whose level has none such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.levels import find_levels
from extractors._shared.scan import WholeWords, holds, matches_from, matches_in_lines, places_of
from extractors.relations.grids import find_grids
from extractors.relations.reading import UPPER, Reading
from schemas.relation import Quantity, Relation

_CLASS = re.compile(
    rf"(?<!\w)[Ll]ớp (?P<grade>\d{{1,2}})(?:[A-ZĐ]\d{{0,2}}|[/.]\d{{1,2}})?(?: ?[,–-] | \(| của | ở | )"
    rf"(?=(?:[Tt]rường |TRƯỜNG )?(?P<kind>PTDTBT |PTDTNT |[Pp]hổ thông dân tộc (?:bán|nội) trú )?"
    rf"(?:[Tt]iểu học|TH[&-]THCS|TH|THCS|THPT|[Mm]ầm non|MN|[Tt]rung học)"
    rf"(?: số \d+)?(?: xã| thị trấn| phường)? [{UPPER}])"
)
# The school first: Trường Tiểu học An Hòa (lớp 7A).
_AFTER = re.compile(
    rf"(?:[Tt]iểu học|TH|THCS|THPT|[Tt]rung học cơ sở)(?: số \d+)?(?: xã| thị trấn| phường)?(?: [{UPPER}]\w*| \d)+"
    rf"(?:, | \(| - | – )(?:học sinh )?[Ll]ớp (?P<grade>\d{{1,2}})(?!\w* (?:và|,|-|đến))"
)
# The school that takes in a class: Trường THPT An Hòa tuyển vào khối lớp 6.
_TAKES = re.compile(
    rf"(?:[Tt]iểu học|TH|THCS|THPT|[Tt]rung học cơ sở|[Tt]rung học phổ thông)(?: số \d+)?(?: xã| thị trấn| phường)?"
    rf"(?: [{UPPER}]\w*| \d)+ (?:đã |được )?(?:tuyển sinh|tuyển|mở)(?: mới| vào| học sinh)*(?: \d+)?"
    rf" (?:khối )?lớp (?P<grade>\d{{1,2}})(?!\d)"
)
# What a school has: Trường Mầm non An Hòa có 64 học sinh lớp 5, Trường THCS An Hòa: có 3 lớp mẫu giáo.
_HAS = re.compile(
    rf"(?:[Tt]iểu học|TH|THCS|THPT|[Tt]rung học cơ sở|[Tt]rung học phổ thông|[Mm]ầm non|MN)(?: số \d+)?"
    rf"(?: xã| thị trấn| phường)?(?: [{UPPER}]\w*| \d)+:? (?:hiện |nay |đã )?có (?:\d[\d.]* )?"
    rf"(?:(?:học sinh |em |trẻ |cháu )?(?:khối )?lớp (?P<grade>\d{{1,2}})(?![\d/])"
    rf"(?! (?:vào|đăng ký|chuyển|lên|trúng tuyển|dự tuyển|sắp))|(?:nhóm, )?lớp (?P<early>mẫu giáo|nhà trẻ|mầm non))"
)
#: The same with a time or a bracket behind the name, and what the pupils lack or learn before them:
#: ``Trường Tiểu học An Hòa (xã An Hòa) đang thiếu 2 phòng máy cho 90 học sinh lớp 9``.
_HAS_PUPILS = re.compile(
    rf"(?:[Tt]iểu học|TH|THCS|THPT|[Tt]rung học cơ sở|[Tt]rung học phổ thông|[Mm]ầm non|MN)(?: số \d+)?"
    rf"(?: xã| thị trấn| phường)?(?: [{UPPER}]\w*| \d)+(?: \([^()\n]{{1,40}}\))?,?"
    r"(?: năm học \d{4} ?- ?\d{4},?)?(?: hiện| nay| đang| đã| còn| vẫn| cũng)* (?:có|thiếu|dạy|duy trì)"
    r"(?:(?! vào| lên| với| cùng| cũ| chuyển| tuyển| nguyên| cựu| anh| chị)[^\n.;:()])*? "
    r"(?:\d[\d.,]*%? )(?:học sinh|em|trẻ|cháu) (?:khối )?lớp (?P<grade>\d{1,2})(?![\d/])"
    r"(?! (?:vào|đăng ký|chuyển|lên|trúng tuyển|dự tuyển|sắp|của))"
)
#: Whom a school sends to a contest of a class: ``Trường Mầm non An Hòa có 9 em dự thi học sinh giỏi lớp 9``.
_SENDS = re.compile(
    rf"(?:[Tt]iểu học|TH|THCS|THPT|[Tt]rung học cơ sở|[Tt]rung học phổ thông|[Mm]ầm non|MN)(?: số \d+)?"
    rf"(?: xã| thị trấn| phường)?(?: [{UPPER}]\w*| \d)+:? (?:đã |cũng )?(?:có|cử|chọn|với|đưa) (?:\d[\d.]* )"
    rf"(?:học sinh|em|thí sinh|cháu|trẻ) (?:dự|thi|tham gia|tham dự|đạt|đoạt|được)"
    rf"(?:(?! vào| lên| tuyển| với| cùng| cũ| nay| chuyển| cấp 2| cấp II)[^\n.,;:()])*? "
    rf"(?:học sinh giỏi|HSG|khối|thi|môn \w+|Olympic \w+) lớp (?P<grade>\d{{1,2}})(?![\d/])"
)
#: Before the second level of a school of two: ``THCS và THPT An Hòa``.
_SECOND = re.compile(r"(?:&|-| và | – | - |,)\s*$")
#: What all of them hold.
_CLASS_AT = WholeWords(("lớp ",))
_JOINED = re.compile(r"[&-](THCS|THPT)(?!\w)")
#: Classes that schools of a level have.
_GRADES = {"MN": range(0), "TH": range(1, 6), "THCS": range(6, 10), "THPT": range(10, 13)}


def find_grades(reading: Reading) -> Iterator[Relation]:
    """Classes named with their school: ``em Lò Thị Mai, lớp 7A Trường Tiểu học An Hòa``."""
    classes = places_of(_CLASS_AT, reading.lower, 0, len(reading.lower))
    for match in matches_from(_CLASS, classes, reading.text, 0, len(reading.text)):
        near = find_levels(reading.text, reading.lower, match.end(), min(len(reading.text), match.end() + 40))
        if not near or near[0][0] - match.end() > len("trường ") + 1 + len(match["kind"] or ""):
            continue
        start, end = match.start(), near[0][1]
        levels = [near[0][2]]
        while joined := _JOINED.match(reading.text, end):
            levels.append(joined.group(1))
            end = joined.end()
        name = re.match(rf"(?: (?:số \d+|xã|thị trấn|phường|[{UPPER}][\w]*|\d{{1,2}}))*", reading.text[end : end + 40])
        end += len(name.group(0)) if name else 0
        levels = [part for level in levels for part in level.split("&")]
        if not all(level in _GRADES for level in levels):
            continue
        part = Quantity(
            value=int(match["grade"]),
            printed=reading.document.value(start, end),
            label="&".join(levels),
            evidence=reading.evidence(start, end),
        )
        fits = any(int(match["grade"]) in _GRADES[level] for level in levels)
        if not fits:
            yield Relation(kind="grade", whole=None, parts=(part,), exhaustive=True)
    for match in (
        *matches_in_lines(_AFTER, classes, reading.text),
        *matches_in_lines(_TAKES, classes, reading.text),
        *matches_in_lines(_HAS, classes, reading.text),
        *matches_in_lines(_HAS_PUPILS, classes, reading.text),
        *matches_in_lines(_SENDS, classes, reading.text),
    ):
        near = find_levels(reading.text, reading.lower, match.start(), match.end())
        if not near or _SECOND.search(reading.text, max(0, match.start() - 4), match.start()):
            continue
        if near[0][2] not in _GRADES or near[0][0] != match.start():
            continue
        if not _has(near[0][2], match["grade"]):
            part = Quantity(
                value=int(match["grade"] or 0),
                printed=reading.document.value(match.start(), match.end()),
                label=near[0][2],
                evidence=reading.evidence(match.start(), match.end()),
            )
            yield Relation(kind="grade", whole=None, parts=(part,), exhaustive=True)


def _has(level: str, grade: str | None) -> bool:
    """Whether a school of a level has a grade; None stands for kindergarten, which a primary school may take in."""
    return level in ("MN", "TH") if grade is None else int(grade) in _GRADES[level]


_CLASS_HEADS = ("lớp", "học sinh lớp", "tên lớp")
_SCHOOL_HEADS = ("trường", "đơn vị", "tên trường", "học sinh trường")
_CLASS_CELL = re.compile(r"(?:lớp )?(?P<grade>\d{1,2})(?:[a-zđ]\d{0,2}|[/.]\d{1,2})")


#: A pupil with a class, told of the school named before: ``Trường Tiểu học An Hòa … em Lò Thị Mai lớp 7B``.
_PUPIL = re.compile(
    rf"(?<!\w)(?:[Ee]m|[Hh]ọc sinh) [{UPPER}]\w+(?: [{UPPER}]\w*){{1,4}},? (?:học sinh )?lớp"
    rf" (?P<grade>\d{{1,2}})(?:[A-ZĐ]\d{{0,2}}|[/.]\d{{1,2}})"
)
_NOT_NOW = re.compile(r"(?<!\w)(?:nay|hiện|cựu|nguyên|trước đây|đang học|chuyển|vào lớp)(?!\w)")
_SCHOOL_BEFORE = re.compile(
    rf"(?<!\w)(?P<level>[Tt]iểu học|TH|THCS|THPT)(?: số \d+)?(?: xã| thị trấn| phường)?(?: [{UPPER}]\w*| \d)+"
)
_LEVELS_BY_NAME = {"tiểu học": "TH", "th": "TH", "thcs": "THCS", "thpt": "THPT"}
_FAR = 160


def find_pupils(reading: Reading) -> Iterator[Relation]:
    """Pupils whose class the school named before them does not have, where none is named with them."""
    for block in reading.document.prose():
        if not holds(_CLASS_AT, reading.lower, block.body, block.end):
            continue
        for match in _PUPIL.finditer(reading.text, block.body, block.end):
            named = list(_SCHOOL_BEFORE.finditer(reading.text, block.body, match.start()))
            behind = find_levels(reading.text, reading.lower, match.end(), min(block.end, match.end() + 30))
            if not named or behind or match.start() - named[-1].end() > _FAR:
                continue
            school = named[-1]
            levels = find_levels(reading.text, reading.lower, max(block.body, school.start() - 8), match.start())
            level = _LEVELS_BY_NAME[school["level"].lower()]
            alone = {found[2] for found in levels} == {level} and len(levels) == 1
            told = _NOT_NOW.search(reading.lower, school.start(), match.end())
            if alone and not told and int(match["grade"]) not in _GRADES[level]:
                part = Quantity(
                    value=int(match["grade"]),
                    printed=f"{reading.document.value(*school.span())} … {reading.document.value(*match.span())}",
                    label=level,
                    evidence=reading.evidence(school.start(), match.end()),
                )
                yield Relation(kind="grade", whole=None, parts=(part,), exhaustive=True)


def find_row_grades(reading: Reading) -> Iterator[Relation]:
    """Rows of a table that name a class and a school whose level has none such: ``9A | TH An Hòa``."""
    for grid in find_grids(reading):
        heads = [grid.text(0, col) for col in range(grid.cols)]
        classes = [col for col, head in enumerate(heads) if head in _CLASS_HEADS]
        schools = [col for col, head in enumerate(heads) if head in _SCHOOL_HEADS]
        if len(classes) != 1 or len(schools) != 1:
            continue
        for row in range(1, grid.rows):
            match = _CLASS_CELL.fullmatch(grid.text(row, classes[0]))
            place = grid.cells.get((row, schools[0]))
            if match is None or place is None:
                continue
            found = find_levels(reading.text, reading.lower, place.start, place.end)
            levels = [part for *_, level in found for part in level.split("&")]
            end = found[-1][1] if found else place.end
            while joined := _JOINED.match(reading.text, end):
                levels.append(joined.group(1))
                end = joined.end()
            if not levels or any(level not in _GRADES or int(match["grade"]) in _GRADES[level] for level in levels):
                continue
            start = min(grid.cells[row, classes[0]].start, place.start)
            end = max(grid.cells[row, classes[0]].end, place.end)
            part = Quantity(
                value=int(match["grade"]),
                printed=f"{grid.text(row, classes[0]).upper()}, {reading.document.value(place.start, place.end)}",
                label="&".join(levels),
                evidence=reading.evidence(start, end),
            )
            yield Relation(kind="grade", whole=None, parts=(part,), exhaustive=True)
