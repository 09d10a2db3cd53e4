"""Contests told as a label before a colon: ``Hùng biện cấp quận: 01 nhất``, ``Cấp tỉnh: 13 em dự thi``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.names import find_names
from extractors.awards.contest_names import contests_in

_LABEL = re.compile(
    r"[^\w\"“(]*(?:\(?\w{1,2}[.)-] ?)?(?:(?:trong đó|về|đối với|kết quả|tại|trong|tham gia|tham dự) )*"
    r"(?P<name>[^:;()]+?)$",
    re.M,
)
# Labels that tell of whom or what kind an award is, not of the contest.
_NO_LABEL = re.compile(
    r"^\d{1,3} (?:trường|đơn vị|liên đội|đội|đoàn|em)(?!\w)"
    r"|^(?:nhất|nhì|ba|tiêu biểu|điển hình|sau|trải qua|qua|đặc biệt|đáng chú ý|trong số|cấp|vòng|giải|cá nhân"
    r"|tập thể|toàn|kết quả|trong đó"
    r"|cụ thể|gồm|học sinh|giáo viên|nhà trường"
    r"|thành tích|về|số|có"
    r"|nổi bật|đạt được|kết thúc|danh hiệu|năm|khối|lớp|hạng|đồng (?:hạng|giải)"
    r"|thứ|tổng|đạt|khen|huy chương|chất lượng|nữ|nam|các|những"
    r"|em|đội|đoàn|đơn vị|ông"
    r"|bà|mầm non"
    r"|tiểu học|thcs|thpt|trường|công tác|phong trào|hoạt động|thể thao|văn nghệ|văn hóa|tdtt|xếp|điểm|đồng chí"
    r"|thi đua|chuyên môn|bảng|môn|bộ môn|nội dung|phần thi|lứa tuổi|hệ|nhóm|bậc)(?!\w)(?! (?:thi|đua|bóng|karate))"
    r"|(?<!\w)(?:đã|nhiều|những|thành công|thành tích|đoạt|giành(?! cho))(?!\w)|giải |đạt|\d (?:em|học|giải)"
    r"|danh hiệu|trong đó|cụ thể|như sau"
)
#: Who says it, no contest: ``Hiệu trưởng nhà trường cho biết: …``.
_SPEAKS = re.compile(
    r"(?<!\w)(?:cho biết|cho hay|chia sẻ|khẳng định|phát biểu|nhấn mạnh|bày tỏ|thông tin|tâm sự|nói|kể)(?: rằng)? ?$"
)
#: What was contested under a heading of its own: ``* Bóng chuyền: khối 8-9``, ``2. Văn nghệ``.
ACTIVITY = re.compile(
    r"[\s*+•.-]*(?:(?:về|môn|nội dung|phần) )?(?P<name>(?:văn nghệ|bóng (?:đá|chuyền|bàn|rổ|ném)|cầu lông|đá cầu|kéo co"
    r"|cờ (?:vua|tướng)|điền kinh|chạy|nhảy|bơi|đẩy gậy|thể thao|thể dục thể thao|tdtt|báo tường|cắm trại|vẽ tranh"
    r"|nghi thức)(?!\w)[^.;()\n]{0,40})$",
    re.M,
)
_SAYS_CONTEST = re.compile(r"(?<!\w)(?:thi|hội|cuộc|giao lưu|olympic|cấp|giải|sân chơi|hùng biện|ngày hội)(?!\w)")


def told_before_colon(document: Document, first: int, at: int, *, alone: bool) -> tuple[int, int] | None:
    """What a sentence announces before its colon (``Hùng biện cấp quận: 01 nhất``); None for no contest.

    ``alone``: the report is about one contest and names another only where it says that it is one.
    """
    lowered = document.lower
    stop = lowered.rfind(":", first, at)
    while stop > first:
        start = max(lowered.rfind(";", first, stop) + 1, first)
        match = _LABEL.match(lowered, start, stop)
        named = match and (2 < len(match["name"].split()) <= 14 or ACTIVITY.fullmatch(match["name"]))
        fits = match and named and not _NO_LABEL.search(match["name"])
        fits = fits and not _SPEAKS.search(lowered, start, stop) and not find_names(document, start, stop)
        if match and fits and (not alone or _SAYS_CONTEST.search(match["name"])):
            return match.span("name")
        stop = lowered.rfind(":", first, stop)
    return None


#: A round by its level alone as the label of its results, where a heading tells that pupils' contests are spoken of.
_LEVEL = re.compile(
    r"[\s*+•.–-]*(?:\w{1,2}[.)] )?(?:kết quả )?(?P<name>(?:vòng |cấp )(?:trường|cụm|xã|phường|huyện|quận|thị xã"
    r"|thành phố|tỉnh|khu vực|quốc gia)(?:,? (?:lớp|khối) \d{1,2}(?:(?:,| và|,? lớp) \d{1,2})*)?) ?:"
)
_OF_PUPILS = re.compile(r"mũi nhọn|học sinh giỏi|học sinh năng khiếu|hsg|đội tuyển")


def bare_level(document: Document, block: Block, first: int, at: int) -> tuple[int, int] | None:
    """The round that a clause of results opens with, under a heading about the best pupils; None for none."""
    start = max(first, document.text.rfind(";", first, at) + 1)
    match = _LEVEL.match(document.lower, start, at) or _LEVEL.match(document.lower, first, at)
    if match is None:
        return None
    heads = [document.lower[above.body : document.head(above)[1]] for above in document.ancestors(block)]
    return match.span("name") if any(_OF_PUPILS.search(head) for head in heads) else None


#: What was contested, between a prize and the contest of all: ``Giải Nhì bóng chuyền nữ HKPĐ cấp tỉnh``.
_REST = re.compile(r"(?: [^\W\d_]+){0,3}? (?:tại |trong |của )?")


#: What stands behind a discipline and is part of its name.
_QUALIFIED = re.compile(r"(?: (?:nam|nữ|đơn|đôi|đồng đội|tập thể|\d+ ?m)(?!\w))*")


def own_discipline(document: Document, at: int, stop: int) -> tuple[int, int] | None:
    """The discipline right behind a prize: ``giải Nhất kéo co nữ``; None where none follows."""
    terms = document.terms("discipline", at, min(stop, at + 40))
    if not terms or document.lower[at : terms[0].start].strip() not in ("", "môn", "nội dung"):
        return None
    if document.lower.startswith((" lý", " lí"), terms[0].end):
        return None  # "môn Vật lý"
    more = _QUALIFIED.match(document.lower, terms[0].end, stop)
    return terms[0].start, more.end() if more else terms[0].end


def behind_discipline(document: Document, at: int, stop: int) -> tuple[int, int] | None:
    """The contest right behind the discipline that follows a prize; None where none follows."""
    contested = own_discipline(document, at, stop)
    match = next(contests_in(document.lower, contested[1], stop), None) if contested else None
    if contested and match and _REST.fullmatch(document.lower, contested[1], match.start()):
        return match.span()
    return None


_SUBJECT_MATTER = re.compile(
    r" ?\(?(?P<name>(?:bộ )?môn [^,;:.()\n]{2,50}?|nội dung [^,;:.()\n]{2,50}?)(?=[,;:.()\n]|$| và "
    r"| (?:thuộc|cho|của|là|đạt|với|đứng|xếp|giành|đoạt) )"
)
#: The subject of a clause of its own, of which something else is told: ``…, môn Ngữ văn đứng thứ hai``.
_TOLD_NEXT = re.compile(r" (?:đạt|đứng|xếp|giành|đoạt|có)(?!\w)")
#: ``môn Toán có 12 em đạt giải``: the subject, where the text names no contest.
_OF_SUBJECT = re.compile(
    r"(?<!\w)(?<!thủ )(?P<name>môn (?:[^\W\d_]+ ?){1,3}?)(?= (?:có|đạt|đoạt|giành|với|xếp|đứng)(?!\w)| ?[:(])"
)


#: ``huy chương Bạc đá cầu cấp tỉnh``: what was contested, between the prize and its level.
_DISCIPLINE = re.compile(
    r" (?P<name>(?:(?!cho |của |và |toàn )[^\W\d_]+ ){1,6}cấp (?:quốc gia|quốc tế|khu vực|thành phố|thị xã|\w+))"
)


def _of_subject(lowered: str, first: int, at: int, stop: int) -> re.Match[str] | None:
    """The last subject of a clause up to a position, behind which its verb may stand."""
    told = [m for m in _OF_SUBJECT.finditer(lowered, first, min(stop, at + len(" giành "))) if m.end() <= at]
    return told[-1] if told else None


def subject_told(lowered: str, first: int, at: int, end: int, stop: int) -> tuple[int, int] | None:
    """The subject in which a prize was won, told behind it or before it in its clause; None for none."""
    clause = lowered.find(";", at, stop)
    last = min(stop, at + 70, clause if clause >= 0 else stop)
    match = _SUBJECT_MATTER.search(lowered, at, last)
    if match and lowered[match.start() - 1] in ",;" and _TOLD_NEXT.match(lowered, match.end("name")):
        match = None
    start = max(first, lowered.rfind(";", first, at) + 1, lowered.rfind(",", first, at) + 1)
    match = match or _of_subject(lowered, start, at, stop)
    match = match or _DISCIPLINE.match(lowered, end, stop)
    return match.span("name") if match else None
