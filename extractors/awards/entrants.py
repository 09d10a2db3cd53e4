"""How many took part in a contest: the whole of which a count of prizes is a part."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.scan import Words, digits, matches_from, places_of, words_in

#: Who or what takes part.
_NOUN = (
    r"(?:em|học sinh|hs|giáo viên|gv|vđv|vận động viên|thí sinh|cán bộ|đồng chí|đ/c|dự án|sản phẩm|đề tài|đội"
    r"|bài dự thi|bài thi|bài|trường|đơn vị|cháu|bé|thầy, cô|thầy cô|cô giáo|cô|thầy|nhà giáo|sinh viên|học viên"
    r"|tác giả|tác phẩm|tiết mục|mô hình|người)(?!\w)"
)
_JOINED = (
    r"(?:tham gia|tham dự|dự thi|đi thi|đăng ký dự|có mặt"
    r"|vào vòng(?! (?:quốc|toàn|trong|ngoài|tới|sau)))"
)
_N = r"\d{1,3}(?:\.\d{3})+|\d{1,4}"
_ENTRANTS = re.compile(
    # ``24 giáo viên của 6 trường tham gia``: the people, not where they are from
    rf"(?<![\w/.,])(?P<a>{_N}) (?:lượt )?{_NOUN}"
    r"(?: [^.;:,()\d]{0,25})?(?:(?:của|đến từ|thuộc|từ|ở) \d{1,3} [^.;:,()\d]{2,40}?)?"
    rf"(?<!\w){_JOINED}(?!\w)"
    r"|(?:tham gia|tham dự|dự thi|có mặt)(?: dự thi| thi| hội thi| cuộc thi)?(?: là| có|:"
    rf"| gồm)?(?: tổng số)? (?P<b>{_N}) {_NOUN}"
    # ``huyện gửi 4 sản phẩm``, ``cử 6 em``, ``thu hút 30 thí sinh``
    rf"|(?<!\w)(?:gửi|cử|đưa|thu hút|quy tụ)(?: đi| được)? (?P<c>{_N}) (?:lượt )?{_NOUN}"
    # ``vòng tỉnh có 23 em thi, 09 giải``
    rf"|(?<![\w/.,])(?P<d>{_N}) {_NOUN} (?:đi |dự )?thi"
    r"(?= (?:cấp|vòng|quốc gia|toàn quốc) |[,;:. ]*(?:thì |cả |và )*(?:có |đạt |về |được )*(?:\d|$))"
    rf"|(?<!\w)(?:có|với|gồm|tổng số|\.) (?P<e>{_N}) thí sinh(?! (?:đạt|đoạt|được|giành|có|vào|không|xuất|tiêu))(?!\w)"
)
#: What it begins with besides a number.
_ENTRANTS_AT = Words(words_in("tham gia|tham dự|dự thi|có mặt|gửi|cử|đưa|thu hút|quy tụ|có |với |gồm |tổng số|. "))
_RESULT_OF_IT = re.compile(r"kết quả(?:,|:| là| có| học sinh| các em| đội| đoàn| chung)")
#: ``21 giải/35 học sinh dự thi``, ``92 giải trên 135 em đi thi``, ``88 em đạt giải/126 em dự thi``.
_ENTRANTS_BESIDE = re.compile(
    r"\d{1,4} (?:(?:em|học sinh|hs|giáo viên|gv) (?:đạt|đoạt|có) )?giải ?(?:/|trên|trong|trên tổng số|trong tổng số) ?"
    r"(?P<n>\d{1,4}) (?:em|học sinh|hs|giáo viên|gv"
    r"|thí sinh)(?: (?:tham gia |tham )?(?:dự thi|đi thi|tham gia|tham dự))?(?!\w)"
)
#: How many blocks of a report on one contest may stand between those who took part and what they won.
_BACK = 14


def entrants(
    document: Document, block: Block, at: int, contest: tuple[int, int] | None, *, alone: bool = False
) -> int | None:
    """How many took part, as said last before a position in the same block; behind ``Kết quả`` in the one before.

    Those told in a sentence before the one that names the contest took part in another. ``alone``: the report is
    about this contest and no other, so that they may be told in any block above.
    """
    if beside := entrants_beside(document, block, at):
        return beside
    if contest and block.body <= contest[0] < at:
        found = _last(document, contest[0], at)
        clause = max(document.sentence_at(contest[0])[0], document.text.rfind(";", block.body, contest[0]) + 1)
        return found or _last(document, max(block.body, clause), contest[0])
    found = _last(document, block.body, at)
    if found is None and block.index and _RESULT_OF_IT.match(document.lower, block.body, block.end):
        before = document.blocks[block.index - 1]
        found = _last(document, before.body, at) if before.kind == block.kind == "paragraph" else None
    if found is None and alone:
        above = [b for b in document.blocks[max(0, block.index - _BACK) : block.index] if b.kind != "cell"]
        found = next((n for b in reversed(above) if (n := _last(document, b.body, b.end))), None)
    return found


def entrants_beside(document: Document, block: Block, at: int) -> int | None:
    """How many of its own took part of one whose prizes are told at a position: ``21 giải/35 học sinh dự thi``."""
    beside = _ENTRANTS_BESIDE.match(document.lower, at, block.end)
    return int(beside["n"]) if beside else None


def _last(document: Document, first: int, at: int) -> int | None:
    """The number of those who took part that a range tells last."""
    count = None
    lowered = document.lower
    numbers = digits(lowered, first, at)
    places = sorted([*places_of(_ENTRANTS_AT, lowered, first, at), *numbers]) if numbers else ()
    for match in matches_from(_ENTRANTS, places, lowered, first, at):
        count = int(next(n for n in match.groups() if n).replace(".", ""))
    return count
