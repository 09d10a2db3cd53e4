"""The name of a title in full: with its class, its deed, its giver or its level."""

from __future__ import annotations

import re

from extractors._shared.document import Term
from extractors._shared.lexicon import Entry, entries

PACKAGE = "extractors.awards"
GIVER = re.compile(
    r" (?:của |(?=ubnd|ct ubnd|chủ tịch|thủ tướng|chính phủ|bộ |sở |giám đốc|tỉnh |huyện |lđlđ|liên đoàn"
    r"|công đoàn|trung ương|hội |tw |tư (?:đoàn|hội)"
    r"|thành (?:phố|đoàn|ủy)|tp |quận |đảng ủy|btv |bch ))(?:[^\d.;:,()]|(?<=tp)\.){2,60}?"
    r"(?=\s(?:cho|vì|về|năm|theo|các năm|liên tục|trao|tặng|do|trong|đã|là|gồm|dành|và các|và nhiều)(?=[\s:])"
    r"|\svà (?:\d|bằng|giấy|cờ|huân|huy|kỷ|của |phần |tiền |số tiền|quà|hoa |danh hiệu|thư khen"
    r"|(?:nhận|được|đạt|đoạt|đón|trao|tặng|gửi|vinh dự|xếp|công nhận|có|là|luôn|liên tục|khen|thưởng|kèm|tiếp tục)\s)"
    r"|[.;:,()\n]|$| \d)"
)
_CLASS = re.compile(r" hạng (?:nhất|nhì|ba|i{1,3}|[123])(?!\w)")
# What a flag is for: ``Cờ Đơn vị dẫn đầu phong trào thi đua bậc học THCS toàn tỉnh``.
_CAUSE = re.compile(
    r"(?: (?:đơn vị|tập thể)(?= (?:xuất sắc|tiên tiến"
    r"|dẫn đầu)))?(?: tiên tiến)?(?: xuất sắc)?(?: dẫn đầu)?(?: trong)?(?: phong trào)?(?: thi đua)?(?: (?:khối"
    r"|cụm|bậc|cấp học"
    r"|ngành)[^,;.:()\d]{2,40}?)?"
    r"(?: toàn (?:tỉnh|huyện|ngành|quốc))?(?=[,;.:()”\"\n]| của | năm | cho | do |$)"
)
# The full name of a title of teachers since Thông tư 22/2019/TT-BGDĐT.
_SCHOOLING = re.compile(r" cơ sở giáo dục (?:phổ thông|mầm non|thường xuyên)(?!\w)")
#: ``học sinh giỏi lớp 9 cấp huyện``.
_GRADE = re.compile(r" (?:lớp|khối) \d{1,2}(?=,? (?:cấp|tỉnh|huyện|thành phố)(?!\w))")
#: How good, behind the name of a title: ``Liên đội mạnh xuất sắc``.
_HOW = re.compile(r"(?: (?:xuất sắc|tiêu biểu|dẫn đầu))+(?! (?:nhất|trong|phong|nhiệm))(?!\w)")
_AT = re.compile(
    r",? (?:(?:cấp|vòng) (?:trường|cụm|xã|phường|huyện|quận|thị xã|thị(?! trấn)|thành phố|tỉnh|khu vực|quốc gia"
    r"|toàn quốc|cơ sở|bộ"
    r"|tp)|cơ sở(?! giáo dục)"
    r"|(?:tỉnh|huyện|thành phố|tp|thị xã|quận|phường|xã|cụm|trường|toàn quốc|quốc gia)"
    r"(?= năm|[,;.:()]|$| \d| (?:có|gồm) [^\W\d]))(?!\w)"
)
# ``danh hiệu “Anh hùng Lao động” thời kỳ đổi mới``.
_ERA = re.compile(r"[”\"']? thời k[ỳì] đổi mới(?!\w)")
_DEED = re.compile(
    r" (?:\"[^\"\n]{3,90}\"|“[^”\n]{3,90}”|'[^'\n]{3,90}'"
    r"|vì sự nghiệp [^.;:,()\d]{3,30}?(?=\s(?:cho|của|năm|và (?:là|được|đạt|nhận|danh hiệu))(?!\w)|[.;:,()\n]|$))"
)


def entry_of(term: Term) -> Entry:
    """The lexicon's entry for a title or an honour."""
    return entries(PACKAGE, term.group)[term.id]


def extend(lowered: str, end: int, last: int, *, giver: bool) -> int:
    """The end of a title with its class, its deed and its giver; of one without a giver with its level."""
    for pattern in (_CLASS, _DEED, _CAUSE, GIVER) if giver else (_CLASS, _ERA, _HOW, _SCHOOLING, _GRADE, _AT):
        if match := pattern.match(lowered, end, last):
            end = match.end()
    return end


def giver_behind(lowered: str, at: int, last: int) -> tuple[int, int] | None:
    """The range of a giver told by ``của`` at a position, without that word; None where none is."""
    match = GIVER.match(lowered, at, last) if lowered.startswith(" của ", at) else None
    return (match.start() + len(" của "), match.end()) if match else None


#: An abbreviated title of a contest with its level: ``GVDG cấp huyện`` and ``GVDG huyện`` are one title.
_SHORT_TITLE = re.compile(
    r"(?P<title>GV(?:DG|G|CNG)|GV (?:DG|CNG?)) (?:cấp )?"
    r"(?P<body>trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|TP)$",
    re.I,
)


def short_title(title: str) -> str:
    """A title in short with the body of its level alone: ``GVDG tỉnh`` of ``GVDG cấp tỉnh``; any other as it is."""
    short = _SHORT_TITLE.match(title)
    return f"{short['title']} {short['body']}" if short else title
