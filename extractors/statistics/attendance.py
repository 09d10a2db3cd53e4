"""Who came to a meeting and who did not: ``Thành phần: hiệu trưởng các trường. Có mặt 71/73 đ/c, vắng 02``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.scan import holds, words_in
from extractors.statistics.measured import Measured
from extractors.statistics.measures import STAFF, staff
from extractors.statistics.naming import CLASSIFIERS

#: What those did who are counted, told before their number.
_CAME = re.compile(
    r"(?:(?:^|.* )(?P<here>có mặt|hiện diện)|(?:^|.* )(?P<gone>vắng(?: mặt)?)|"
    r"(?:(?:số|tổng số|gồm) )?(?:(?:tham )?dự(?: họp)?|thành phần(?: tham dự| dự họp)?))(?: là)?",
    re.I,
)
_CAME_WORDS = words_in("có mặt|hiện diện|dự|thành phần|vắng")
#: Whom a meeting calls together. Those are told before, often as a label: ``Thành phần: toàn thể đảng viên``.
_WHO = re.compile(
    r"(?<!\w)(?:(?:ủy viên|thành viên)(?: (?:bch|ban [^\W\d_]+(?: [^\W\d_]+){1,3}|hội đồng(?: [^\W\d_]+){0,4}?))?"
    r"(?=[ ,;:.()]|$)|đảng viên|đoàn viên|hội viên|hiệu trưởng|tổng phụ trách(?: đội)?|đại biểu|tổ trưởng|"
    r"(?:cán bộ|cb)(?:(?:,| và|-) ?(?:giáo viên|gv|nhân viên|nv|công chức|viên chức|người lao động))+|"
    r"cbgv(?:-?nv)?|viên chức(?:, người lao động)?|giáo viên|phụ huynh|cha mẹ học sinh)(?!\w)"
)
_REACH = 300


def attendance(document: Document, block: Block, measured: Measured, ahead: str) -> str:
    """Those counted by who they are and whether they came: ``hiệu trưởng có mặt``; "" for other figures."""
    if measured.number.percent or (measured.unit or "").lower() not in CLASSIFIERS | {"thành viên"}:
        return ""
    if not holds(_CAME_WORDS, ahead.lower(), 0, len(ahead)) or not (came := _CAME.fullmatch(ahead)):
        return ""
    start = max(block.start, measured.number.start - _REACH)
    named = [*_WHO.finditer(document.lower, start, measured.number.start)]
    behind = _WHO.match(document.lower, measured.unit_end + 1) if measured.unit_range else None
    last = behind or (named[-1] if named else None)
    who = document.value(*last.span()) if last else _member(document, block, measured.unit or "")
    return f"{who} {'vắng mặt' if came['gone'] else 'có mặt' if came['here'] else 'dự họp'}"


def _member(document: Document, block: Block, unit: str) -> str:
    """Who is counted where nobody is named: all who work there at the meeting of a school's staff."""
    if unit.lower() not in CLASSIFIERS:
        return unit
    if _OF_STAFF.search(document.lower, 0, _TITLE_REACH):
        return STAFF
    if told := staff(document, block, ""):
        return told  # "Đội ngũ: có mặt 312 người"
    body = _OF_BODY.search(document.lower, 0, _TITLE_REACH)
    return f"thành viên {body['body'].strip().capitalize()}" if body else "người"


#: The body whose meeting it is: ``BIÊN BẢN HỌP HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG``.
_OF_BODY = re.compile(
    r"(?<!\w)(?:họp|phiên họp|cuộc họp) (?P<body>(?:hội đồng|ban (?!giám hiệu)|tổ (?!chức))[^\n.;:()\d]{2,45}?)"
    r"(?=\n|[.;:(\d]| (?:năm|tháng|quý|học kỳ|về|xét|lần|đợt|ngày|để|trường)(?!\w)|$)"
)
_OF_STAFF = re.compile(
    r"(?<!\w)(?:họp hội đồng (?:sư phạm|giáo dục|nhà trường)|hội nghị (?:cán bộ|viên chức|công chức|cb))(?!\w)"
)
_TITLE_REACH = 500
