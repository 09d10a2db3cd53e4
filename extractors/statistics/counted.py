"""What a table counts: the unit of its figures, and those of whom it speaks where no heading names them."""

from __future__ import annotations

import re

_UNITS = (
    ("người", r"(?<!\w)cb ?[,-]? ?gv|cán bộ, giáo viên|cbgv|cán bộ quản lý, (?:giáo viên|gv)|cbql, ?gv"),
    ("học sinh", r"học sinh|số hs|tshs|(?<!\w)hs(?!\w)|sĩ số|số em|em"),
    ("lớp", r"số lớp|lớp"),
    ("trẻ", r"số trẻ|trẻ|cháu"),
    ("giáo viên", r"giáo viên|(?<!\w)gv(?!\w)"),
    ("điểm trường", r"điểm trường|điểm lẻ"),
    ("phòng", r"phòng học|số phòng|phòng"),
    ("đồng", r"kinh phí|số tiền|thành tiền|(?:triệu |nghìn |tỷ )?đồng(?! ý| chí)"),
    ("trường", r"số trường|trường"),
    ("người", r"số người|biên chế|cbql|nhân viên|cán bộ|người|đảng viên|hiệu trưởng"),
)
#: Headings that say of whom, not what: ``Lớp 6``.
_GRADE = re.compile(r"(?:khối ?|lớp ?)+\d{1,2}")
#: Headings of amounts of money.
MONEY = re.compile(r"(?<!\w)(?:tiền|kinh phí|vốn|(?:triệu|nghìn|tỷ) đồng)(?!\w)")


def counted_unit(path: list[str], label: str, caption: str) -> str | None:
    """What a table counts: money where a heading says so, else as the row, the headings or the caption say."""
    heads = [head for head in map(str.lower, path) if not _GRADE.fullmatch(head)]
    if any(MONEY.search(head) for head in heads):
        return "đồng"
    for text in (_GRADE.sub("", label.lower()), *reversed(heads), caption.lower()):
        for unit, pattern in _UNITS:
            if re.search(pattern, text):
                return unit
    return None


def people_of(phrase: str) -> str | None:
    """Those with whom an indicator begins (``học sinh xếp loại học lực Khá``), the counted; None for none."""
    match = _PEOPLE.match(phrase)
    return match.group(0).lower() if match else None


_PEOPLE = re.compile(r"(?:học sinh|trẻ|giáo viên|học viên|nhân viên|đảng viên)(?= )", re.I)


def who_is_counted(context: str, level: str | None) -> str:
    """Whom a table without a counted noun counts, by its corner and its caption."""
    if re.search(r"giáo viên|đội ngũ|tiết dạy|nhà giáo", context):
        return "giáo viên"
    if re.search(r"cán bộ|nhân sự|biên chế|công chức|viên chức", context):
        return "cán bộ, giáo viên, nhân viên"
    if re.search(r"đảng viên", context):
        return "đảng viên"
    if level == "MN" or re.search(r"(?<!\w)trẻ(?!\w)", context):
        return "trẻ"
    if re.search(
        r"học sinh|học lực|hạnh kiểm|chất lượng|giáo dục|tốt nghiệp|(?<!\w)hs(?!\w)|rèn luyện|dự thi|giải|đỗ|giỏi|"
        r"khá|hoàn thành|kỳ thi|khối|lớp|(?<!\w)(?:htt|cht)(?!\w)",
        context,
    ):
        return "học sinh"
    return ""
