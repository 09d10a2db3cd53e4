"""What was contested at a festival of several disciplines, told above or before its prizes as their label."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.awards.contest_names import contests_in

#: A contest that is itself made of contests: their labels tell what its prizes were won in.
_FESTIVAL = re.compile(
    r"(?:hội (?:khỏe|thao|trại|diễn|chợ|xuân)|hkpđ|đại hội|ngày hội|festival|liên hoan|tuần lễ|giao lưu|giải thể thao"
    r"|giải thể dục|hội thi (?:thể|văn nghệ|trò chơi))(?!\w)"
)
#: A contest of its own, whatever it is in: ``Hội thi kể chuyện cấp huyện``.
_IS_CONTEST = re.compile(r"(?:hội|cuộc|kỳ|kì|giải|liên hoan|ngày hội|giao lưu)(?!\w)")
#: What may stand before the name of a discipline in its label.
_NOUN = r"(?P<noun>(?:thi )?(?:môn|nội dung|phần thi|trò chơi|thể loại|hội thi|giải)(?: thi)? ?:? ?|thi |về )?"
_OPENS = re.compile(rf"[\s*+•.–-]*(?:\(?\w{{1,2}}[.)] ?)?(?:kết quả )?{_NOUN}")
#: What may stand behind it in its label, and where the label ends.
_REST = re.compile(
    r"(?: [^\s.;:,()\d]+){0,5}?(?: \([^()]{1,30}\)| (?:số )?\d{1,2}(?:[-,] ?\d{1,2})*(?= ?:))? ?(?P<end>:|$)", re.M
)
#: Behind the word for a discipline any name is one: ``Môn bóng gỗ:``.
_NAMED = re.compile(r"(?! )[^.;:,()\n]{2,30}? ?(?P<end>:|$)", re.M)
_SAYS_IT = ("môn", "nội dung", "trò chơi", "phần thi", "thể loại", "thi môn")
#: A part of a contest that opens its sentence: ``Ở phần thi kể chuyện, giải nhất thuộc về …``.
_IN_PART = re.compile(
    r"(?:riêng |còn )?(?:ở|tại|trong|với|về|đối với) (?:các )?(?P<part>phần thi|nội dung(?: thi)?|(?:bộ )?môn)"
    r" (?P<name>(?!này|thi |trên|đó)[^.;:,()\n]{3,45}),"
)
#: The discipline right behind a grade: ``Giải nhì môn Điền kinh``.
_OF = re.compile(r" (?P<name>(?:bộ )?môn (?:(?!của|tại|cho|thuộc|là|với|có)[^\W\d_]+ ?){1,4}?)(?=[,;.)]|$| và )", re.M)
#: How many lines above a prize the line of its discipline may stand.
_BACK = 12
#: Lines between a discipline and its prizes that belong to neither: grades and levels.
_GRADE_LINE = re.compile(
    r"[\s*+•.–-]*(?:\(?\w{1,2}[.)] ?)?(?:(?:đồng )?giải|nhất|nhì|ba|khuyến khích|kk|hc|huy chương|hạng|khối|tiểu học"
    r"|thcs|thpt|mầm non|nam|nữ|đơn|đôi|bảng|cấp|lứa tuổi|đồng đội|toàn đoàn)(?!\w)"
)


def discipline(
    document: Document, block: Block, prize: tuple[int, int], contest: tuple[int, int]
) -> tuple[int, int] | None:
    """What a prize of a contest was won in, as its label, heading or part of the contest says; None for none.

    ``1. Nhảy dây: Tiểu học: Giải nhất …``, ``Môn kéo co:`` above ``- Giải nhất: …``, ``Giải nhì môn Điền kinh``.
    """
    lowered, at = document.lower, prize[0]
    first = max(document.sentence_at(at)[0], block.body)
    part = _IN_PART.match(lowered, first, at)
    if part and part["part"] == "phần thi":
        return part.span("name")
    if not _FESTIVAL.match(lowered, *contest) or first <= contest[0] < block.end:
        return None
    if behind := _OF.match(lowered, prize[1], block.end):
        return behind.span("name")
    if part:
        return part.span("name")
    return _label(document, block, at) or _heading(document, block)


def of_festival(
    document: Document, block: Block, contest: tuple[int, int], *mains: tuple[int, int] | None
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The discipline and its festival, where a contest is no more than the label with which its block opens; else None.

    ``Môn bóng chuyền nhóm 1: giải Nhất …`` below a head or in a report (``mains``) that tells of a festival.
    """
    if _IS_CONTEST.match(document.lower, *contest):
        return None
    label = _named(document, block.start, block.end)
    if label is None or not (contest[0] <= label[0] and label[1] <= contest[1] <= label[1] + 1):
        return None
    heads = (document.head(above) for above in document.ancestors(block))
    named = [match.span() for head in heads for match in contests_in(document.lower, *head)]
    whole = next((span for span in (*named, *mains) if span), None)
    return (label, whole) if whole and _FESTIVAL.match(document.lower, *whole) else None


def _label(document: Document, block: Block, at: int) -> tuple[int, int] | None:
    """The discipline before the colon with which the block of a prize opens."""
    found = _named(document, block.start, at)
    return found if found and document.text[found[1] : at].lstrip().startswith(":") else None


def _heading(document: Document, block: Block) -> tuple[int, int] | None:
    """The discipline that a line above the prizes of a list is; None where other text stands between."""
    if block.marker is None and not _GRADE_LINE.match(document.lower, block.body, block.end):
        return None
    for other in reversed(document.blocks[max(0, block.index - _BACK) : block.index]):
        if found := _named(document, other.start, other.end):
            return found
        if other.kind == "cell" or not _GRADE_LINE.match(document.lower, other.start, other.end):
            return None
    return None


def _named(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The discipline with which a range opens as its label: up to the colon or the end of the line."""
    lowered = document.lower
    opening = _OPENS.match(lowered, start, end)
    if opening is None:
        return None
    said = (opening["noun"] or "").startswith(_SAYS_IT)
    at = opening.end()
    terms = document.terms("discipline", at, min(end, at + 40))
    if terms and terms[0].start == at and (rest := _REST.match(lowered, terms[0].end, end)):
        return at, _trimmed(document, at, rest.start("end"))
    if said and (rest := _NAMED.match(lowered, at, end)):
        return at, _trimmed(document, at, rest.start("end"))
    return None


def _trimmed(document: Document, start: int, end: int) -> int:
    return start + len(document.text[start:end].rstrip(" :."))
