"""Wordings of their own: areas, points, votes, the staff of a school."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.view import CAPITAL

_AREA = frozenset({"m2", "m²", "ha", "km2", "km²", "mét vuông"})
_SIZES = frozenset({"m3", "m³", "mét khối", "lít", "cm", "mm", "kw", "kwp", "kwh"})
_LENGTHS = frozenset({"km", "m", "mét", "cây số", "ki-lô-mét", "kilomet", "hải lý"})
#: How far away something lies: ``cách trung tâm huyện chừng 12 km``.
_AWAY = re.compile(
    r"(?<!\w)[Cc]ách(?: xa)?(?: đến| tới)? (?P<what>(?!mạng|thức|làm|đây|nhau)[^,;:()]{3,60}?)"
    r"(?: (?:chừng|khoảng|hơn|gần|trên|tới|độ|là|về))*$"
)
_AREA_WORD = re.compile(r"(?<!\w)(?:diện tích|khuôn viên|đất)(?!\w)")
#: Whose area it is: ``Trường THCS Hà Lam có tổng diện tích``.
_HAS_AREA = re.compile(
    r"(?:[Nn]hà trường|[Tt]rường|THCS|THPT|TH|MN|Mầm non|Tiểu học)(?!\w)[^,;:.\d]{0,50} có "
    r"(?=(?:tổng )?diện tích(?!\w))"
)
#: What was done on a ground, which is what is measured: ``được xây dựng trên khuôn viên rộng``.
_BUILT = re.compile(
    r"^[^,;:.\d]{0,60}?(?:trên|trong|với) "
    r"(?=(?:một |tổng |khu )*(?:diện tích|khuôn viên|mặt bằng|nền đất|đất)(?!\w))",
    re.I,
)
#: Where it lies, which says nothing of what is measured.
_LIES = re.compile(r"(?:nằm|tọa lạc|thuộc (?:địa bàn|xã|phường|thôn|khu))(?!\w)", re.I)
_PROPER = re.compile(r"(?<!\w)[A-ZĐÀ-Ỹ][a-zà-ỹ]")
#: A subject, whose name begins with a capital as those of people do.
_SUBJECT = re.compile(r"môn (?:học )?[A-ZĐ]\w*(?: (?:văn|Anh|Việt|học|lí|lý|sử|tử))?")
_BALLOT = re.compile(r"(?<!\w)(?:bầu|đắc cử|trúng cử|tín nhiệm|giới thiệu)(?!\w)")
_STAFF = re.compile(r"(?<!\w)(?:đội ngũ|nhân sự|con người|biên chế)(?!\w)")
_STAFF_HEAD = re.compile(
    r"(?:(?:tổng số )?(?:cán bộ|cb|gv|nv|giáo viên|nhân viên|viên chức|quản lý|cbql|"
    r"người lao động)[ ,&-]*(?:và )?)+"
)
STAFF = "cán bộ, giáo viên, nhân viên"


def each_of(document: Document, position: int) -> str:
    """What each has as many, with its stroke: ``/học sinh`` behind ``10,2 m2``; "" for nothing."""
    match = _STROKE.match(document.text, position)
    if not match:
        return ""
    term = next((t for t in document.terms("unit", match.end(), match.end() + 20) if t.start == match.end()), None)
    word = _LETTERS.match(document.text, match.end())
    end = max(term.end if term else match.end(), word.end() if word else match.end())
    return f"/{document.value(match.end(), end)}" if end > match.end() else ""


def each_before(document: Document, start: int, position: int) -> str:
    """What each has as many by the sign of multiplication before a number: ``người`` of ``12 người x 500.000đ``."""
    if not document.text.endswith(("x ", "x", "×", "× "), start, position):
        return ""
    match = _TIMES.search(document.lower, start, position)
    return document.value(*match.span("thing")) if match else ""


_TIMES = re.compile(r"(?<![\w.,])\d[\d.]* (?P<thing>[^\W\d_]+(?:/[^\W\d_])?(?: [^\W\d_]+){0,3}) ?[x×] ?$")
_STROKE = re.compile(r" ?/ ?(?:1 )?(?=[^\W\d_])")
_LETTERS = re.compile(
    r"(?:học kỳ|học kì|năm học|học sinh|học viên|giáo viên|"
    r"(?:[Gg]iải|[Hh]uy chương|HC)(?: (?:thưởng|đồng đội|cá nhân|tập thể|toàn đoàn))?"
    r"(?: (?:[Nn]hất|[Nn]hì|[Bb]a|[Tt]ư|[Kk]huyến khích|KK|[Đđ]ặc biệt|[Vv]àng|[Bb]ạc|[Đđ]ồng|[ABC])(?!\w))?|"
    r"[^\W\d_]+)(?!\w)"
)


def measure(
    document: Document, sentence: tuple[int, int], position: int, unit: str, around: tuple[str, str, str]
) -> str:
    """The indicator of an area, of another size, of points or of votes; "" for any other unit.

    ``around`` is what stands before the number, behind its unit and of what each piece has it (``/trẻ``).
    """
    ahead, behind, each = around
    lowered = unit.lower()
    if lowered in _AREA:
        if owned := _HAS_AREA.match(ahead):
            ahead = ahead[owned.end() :]
        ahead = _BUILT.sub("", ahead)
        behind = "" if _LIES.match(behind) and _AREA_WORD.search(ahead.lower()) else behind
        said = f"{ahead} {behind}".strip()
        phrase = said if _AREA_WORD.search(said.lower()) else f"diện tích {said}".strip()
        return f"{phrase} bình quân mỗi {each.strip('/ ')}" if each else phrase
    if lowered in _LENGTHS and (away := _AWAY.search(ahead)):
        return f"khoảng cách đến {away['what']}"
    if lowered in _SIZES and (ahead or behind):
        phrase = f"{behind} {ahead}".strip()  # "bơm 2.100 m3 cát": what is measured, not its cubic metres
        return f"{phrase} bình quân mỗi {each.strip('/ ')}" if each else phrase
    if lowered == "điểm":
        said = " ".join(part for part in (ahead, behind) if part and not _PROPER.search(_SUBJECT.sub("", part[1:])))
        if not said and (who := _scorer(document, sentence[0], position)):
            return f"điểm của {who}"
        if not said and _PLACE_OF_SCORE.match(ahead):
            return f"điểm {ahead}"  # "THPT Trần Phú: 141,5 điểm"
        return said if "điểm" in said.lower().split() else f"điểm {said}".strip()
    if lowered == "phiếu" and (not behind or behind.startswith("và ")):
        return _votes(document, sentence[0], position)
    return ""


def _votes(document: Document, start: int, position: int) -> str:
    """``phiếu bầu`` with the name of who got them right before their number; "" where nobody was elected."""
    named = _ELECTED.search(document.text, max(start, position - _NAME_REACH), position)
    if named:
        return f"phiếu bầu {document.value(*named.span('name'))}"
    return "phiếu bầu" if _BALLOT.search(document.lower, start, position) else ""


#: Who got votes: ``đ/c Trần Văn Lâm (Bí thư) đạt 24/25 phiếu``.
_ELECTED = re.compile(
    rf"(?<!\w)(?P<name>[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+(?: [{CAPITAL}](?![{CAPITAL}])[^\W\d_]+){{1,4}})"
    r"(?: ?\([^()]{1,40}\))?(?:(?: |, ?)(?:đạt|được|có|với|trúng cử|đắc cử|là))*(?: ?[:-])? ?$"
)
_NAME_REACH = 90


#: Those to whom a list gives their points.
_PLACE_OF_SCORE = re.compile(
    r"(?:[Tt]rường|THPT|THCS|TH|MN|MG|Mầm non|Mẫu giáo|Tiểu học|Huyện|Thị xã|Thành phố|Phòng|Cụm|Xã|Phường)(?!\w)"
    r"[^\d]{2,50}\d?$"
)
#: Who scored: ``Trường A giành 139 điểm``, ``Phòng GD&ĐT huyện B xếp thứ nhì với 464 điểm``.
_SCORER = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:+*•-] )|[.;:,(] ?|(?<!\w)(?:là|và|thuộc về) )"
    r"(?P<who>(?:[Tt]rường|THPT|THCS|Phòng|[Ee]m|[Đđ]oàn|[Đđ]ội|[Hh]uyện"
    r"|Thành phố|Cụm|[Xx]ã)(?= )[^,;.:()]{3,60}?) (?:đã |xuất sắc |tạm )*"
    r"(?:đạt|giành|được|có|với|dẫn đầu|xếp|đứng)(?!\w)"
)


def _scorer(document: Document, start: int, position: int) -> str:
    """Who has so many points: the last named before them in the sentence; "" where nobody is."""
    found = list(_SCORER.finditer(document.text, start, position))
    return document.value(*found[-1].span("who")) if found else ""


def staff(document: Document, block: Block, ahead: str) -> str:
    """Whom ``26 người`` counts under ``Đội ngũ``: all who work there; "" where no such head stands above."""
    if _OWN_STAFF.fullmatch(ahead.lower()) and f"{ahead.lower()}:" not in document.lower[block.start : block.end]:
        return " ".join(ahead.split()[:2])
    if ahead:
        return STAFF if _STAFF.search(ahead.lower()) and len(ahead.split()) < 3 else ""
    start, end = document.head(block)
    if end < block.end and _STAFF_HEAD.fullmatch(document.lower[start:end].strip()):
        return document.value(start, end)
    heads = [document.lower[start:end], *(document.lower[slice(*document.head(b))] for b in document.ancestors(block))]
    return STAFF if any(_STAFF.search(head) and len(head.split()) < 10 for head in heads[:2]) else ""


#: The staff by that word alone, told as of some time: ``Đội ngũ sau sắp xếp còn 58 người``.
_OWN_STAFF = re.compile(
    r"đội ngũ(?: (?:hiện nay|hiện tại|hiện|(?:sau|trước) (?:khi )?(?:sắp xếp|sáp nhập)|của trường|nhà trường))?"
)
_STAFF_LABEL = re.compile(
    r"(?:cbql|bgh|ban giám hiệu|cán bộ quản lý|quản lý|gv|giáo viên|nv|nhân viên|cấp dưỡng|bảo vệ|kế toán|văn thư|"
    r"tổng phụ trách(?: đội)?|tpt(?: đội)?|y tế|phục vụ|hiệu trưởng|phó hiệu trưởng)(?: \w+)?",
    re.I,
)


def is_staff(label: str) -> bool:
    """Whether a label is itself the name of a kind of staff: ``CBQL``, ``nhân viên``."""
    return _STAFF_LABEL.fullmatch(label.strip()) is not None
