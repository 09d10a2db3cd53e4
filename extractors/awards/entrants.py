"""How many took part in a contest: the whole of which a count of prizes is a part."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document

_ENTRANTS = re.compile(
    # ``24 giáo viên của 6 trường tham gia``: the people, not where they are from
    r"(?P<a>\d[\d.]*) (?:lượt )?(?:em|học sinh|hs|giáo viên|gv|vđv|vận động viên|thí sinh"
    r"|cán bộ|đồng chí|dự án|sản phẩm|đề tài|đội|bài dự thi|trường|đơn vị|cháu)"
    r"(?: [^.;:,()\d]{0,25})?(?:(?:của|đến từ|thuộc|từ|ở) \d{1,3} [^.;:,()\d]{2,40}?)?"
    r"(?<!\w)(?:tham gia|tham dự|dự thi)(?!\w)"
    r"|(?:tham gia|tham dự|dự thi)(?: dự thi| thi| hội thi| cuộc thi)?(?: là| có|:"
    r"| gồm)?(?: tổng số)? (?P<b>\d[\d.]*) (?:em|học sinh|hs|giáo viên|gv|vđv|thí sinh|đồng chí"
    r"|dự án|sản phẩm|đội)"
)
_RESULT_OF_IT = re.compile(r"kết quả(?:,|:| là| có| học sinh| các em| đội| đoàn| chung)")
#: ``21 giải/35 học sinh dự thi``, ``92 giải trên 135 em đi thi``.
_ENTRANTS_BESIDE = re.compile(
    r"\d{1,4} giải ?(?:/|trên|trong|trên tổng số|trong tổng số) ?(?P<n>\d{1,4}) (?:em|học sinh|hs|giáo viên|gv"
    r"|thí sinh)(?: (?:tham gia |tham )?(?:dự thi|đi thi|tham gia|tham dự))?(?!\w)"
)


def entrants(document: Document, block: Block, at: int, contest: tuple[int, int] | None) -> int | None:
    """How many took part, as said last before a position in the same block; behind ``Kết quả`` in the one before.

    Those told in a sentence before the one that names the contest took part in another.
    """
    count = None
    first = block.body
    if contest and block.body <= contest[0] < at:
        first = max(block.body, document.sentence_at(contest[0])[0])
    elif _RESULT_OF_IT.match(document.lower, block.body, block.end) and block.index:
        before = document.blocks[block.index - 1]
        first = before.body if before.kind == block.kind == "paragraph" else first
    if beside := _ENTRANTS_BESIDE.match(document.lower, at, block.end):
        return int(beside["n"])
    for match in _ENTRANTS.finditer(document.lower, first, at):
        count = int((match["a"] or match["b"]).replace(".", ""))
    return count
