"""Those of whom a body is made up: ``Thành lập Ban giám khảo gồm 06 ông (bà)``, ``Cụm thi đua số 3 gồm 6 trường``."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.scan import holds, words_in

_BODY = (
    r"(?P<body>(?:ban chấp hành|ban thường vụ|ban chỉ đạo|ban đại diện|ban chi ủy|ban|bch|btv|bgk|btc|hội đồng|"
    r"(?<!công )đoàn|đội(?! ngũ)|tổ(?! chức)|ủy ban|chi ủy|cấp ủy|đảng ủy|thường trực)(?! hành)"
    r"(?: (?!năm|gồm|có|khóa|nhiệm|là)\w+){0,11}?)"
)
_WHEN = r"(?:,? (?:năm nay|khóa(?: \w+)?|nhiệm kỳ(?: mới| này| [\d –-]+)?|lần thứ \w+|hiện|hiện nay|mới))*"
_TOLD = re.compile(rf"(?:.* )?{_BODY}{_WHEN}", re.I)
#: A body whose term or year parts it from the number of its members: ``Ban TTND nhiệm kỳ 2021-2023 gồm``.
_BEFORE = re.compile(rf"(?<!\w){_BODY}{_WHEN}(?:,? năm (?:học )?\d[\d –-]*)? ?[,(]? ?(?:gồm|bao gồm|có)(?: có)? $")
_MADE_UP = words_in("gồm|có")
_REACH = 120
#: Schools that compete or work together, of which a report tells how many they are: ``Cụm thi đua số 3 (gồm``.
_CLUSTER = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:+*•-] )|[.;:,(/] ?|(?<!\w)(?:năm|của|tại|toàn) )"
    r"(?P<body>(?:cụm|khối thi đua)(?! trưởng| phó)(?: (?!gồm|có|hiện|là|được)[\w&-]+){0,8}?)"
    r" ?[,(]?(?: ?hiện(?: nay)?| ?được thành lập)? ?(?:gồm|bao gồm|có|quản lý)(?: có)?(?: tổng số| tất cả)? $"
)
_CLUSTERS = words_in("cụm|khối thi đua")
_SCHOOLS = re.compile(r"(?:trường|đơn vị)(?: trường)?(?: học)?")
_KIND = re.compile(
    r"(?:(?:mầm non|mẫu giáo|tiểu học|thcs|thpt|thcs&thpt|th&thcs|công lập|tư thục|trường học)(?:,| và)? ?)+", re.I
)
#: The term of a body: ``khóa XIV nhiệm kỳ 2023-2028``.
_TERM = re.compile(r"(?:,? (?:khóa|nhiệm kỳ|lần thứ) [\w –-]{1,14})+$", re.I)
_MEMBERS = {
    "người": "thành viên", "đồng chí": "ủy viên", "đ/c": "ủy viên", "vị": "thành viên", "thành viên": "thành viên",
    "ủy viên": "ủy viên", "uỷ viên": "ủy viên",
    **dict.fromkeys(("ông", "bà", "ông, bà", "ông (bà)", "ông/bà", "ông bà", "ông và bà"), "thành viên"),
}  # fmt: skip
#: What leads to the list of the members, which says nothing of them: ``có tên trong danh sách kèm theo``.
_TO_LIST = re.compile(r"(?:là các |các )?(?:có tên|sau(?: đây)?(?!\w)|dưới đây|trong danh sách|theo danh sách|như sau)")


#: Those whom a congress elects, and into which body: ``Đại hội bầu 5 đồng chí vào Ban Chấp hành khóa mới``.
_ELECTS = re.compile(r"(?<!\w)(?:bầu|bầu ra|bầu được|bầu chọn|bầu đủ)(?: \w+)? $")
_INTO = re.compile(
    rf"\d[\d.]* (?:đồng chí|đ/c|người|ủy viên|thành viên|vị|ông \(bà\)) (?:vào|tham gia) {_BODY}{_WHEN}"
    r"(?=[,.;:()]|$| \()"
)


def _elected(document: Document, start: int, position: int) -> str:
    """The body into which those are elected whose number stands at ``position``; "" for others."""
    if not _ELECTS.search(document.lower, max(start, position - 25), position):
        return ""
    into = _INTO.match(document.lower, position, position + _REACH)
    return document.value(*into.span("body")) if into else ""


def members(document: Document, start: int, position: int, unit: str, around: tuple[str, str]) -> str:
    """``ủy viên Ban Chấp hành`` for the members of a body named right before their number; "" for no body.

    ``start`` is where the sentence of the number at ``position`` begins, ``around`` is what is said before it and
    behind its unit.
    """
    ahead, behind = around
    word = _MEMBERS.get(unit.lower())
    behind = "" if _TO_LIST.match(behind) else behind
    if word and (into := _elected(document, start, position)):
        return f"ủy viên {into}"
    if word is None or len(behind.split()) > 3:
        return ""
    match = _TOLD.fullmatch(_TERM.sub("", ahead))
    body = match["body"] if match else ""
    if not match and not ahead and holds(_MADE_UP, document.lower, max(start, position - 12), position):
        named = _BEFORE.search(document.lower, max(start, position - _REACH), position)
        body = document.value(*named.span("body")) if named else ""
    if not body:
        return ""
    if body.lower().startswith("đoàn đại biểu "):
        word, body = "đại biểu", body[len("đoàn đại biểu ") :]
    return " ".join(part for part in (word, behind, body) if part)


def of_cluster(document: Document, start: int, position: int, unit: str, behind: str) -> str:
    """``trường THPT trong Cụm thi đua số 3`` for the schools of a cluster named before their number; "" for none."""
    if not _SCHOOLS.fullmatch(unit.lower()) or not holds(_CLUSTERS, document.lower, start, position):
        return ""
    match = _CLUSTER.search(document.lower, max(start, position - _REACH), position)
    if match is None:
        return ""
    kind = _KIND.match(behind)
    body = document.value(*match.span("body"))
    return " ".join(part for part in (unit, kind.group(0).rstrip(" ,") if kind else "", "trong", body) if part)
