"""Titles that no lexicon lists: ``đạt danh hiệu “…”``, ``20 giáo viên xếp loại Xuất sắc``, ``giấy chứng nhận “…”``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block, Term
from extractors._shared.scan import Words, matches_from, places_of, words_in
from extractors.awards.context import Context

_QUOTED = re.compile(r" ?(?:[\"“](?P<title>[^\"”\n]{3,80})[\"”]|'(?P<single>[^'\n]{3,80})')")
#: Compliance, no title: ``danh hiệu “Trường đạt chuẩn quốc gia”``.
_COMPLIANCE = re.compile(r"(?:đạt )?chuẩn quốc gia")
_PHRASE = re.compile(
    r" (?P<title>(?!(?:trường (?:đạt )?chuẩn|đạt chuẩn|thi đua|cao quý|trên|này|các|và|của|cho|như|khác|nhà trường"
    r"|đề nghị|đăng ký|phấn đấu|đáng|vinh dự|trong|mà|đã|được|là|gì|đó|do)(?!\w))"
    r"[^\s,;:.()\d\"“]+"
    r"(?: (?!(?:cho|do|của|được|trong|đã|với|là|như|khi|nhiều|các|liên|đạt|có|tại|và|chiếm|năm|tỷ|tỉ|gồm|từ|so|để"
    r"|nhằm|hoặc)(?!\w))"
    r"[^\s,;:.()\d\"“]+){0,6})"
)
_GRADE = re.compile(
    r"(?: (?:thi đua|công chức|viên chức|cuối năm|năm học|ở mức|mức|loại))* (?P<grade>xuất sắc|tốt|giỏi|khá)(?!\w)"
)
_STAFF = re.compile(
    r"(?<!\w)(?P<n>\d{1,4})(?: ?/ ?\d{1,4})? (?:lượt )?(?:cán bộ|giáo viên|gv|nhân viên|viên chức|cbql|cbgv\w*"
    r"|cb,|thầy|cô|đồng chí|đ/c"
    r"|người lao động|công chức)(?:,? (?:cô|giáo|giáo viên|nhân viên|viên chức|quản lý|và|gv|nv|cb))*(?: được)? $"
)
#: Assessments of lessons and by the standards of the profession count what was assessed; they are no titles.
_ASSESSED = re.compile(
    r"chuẩn nghề nghiệp|chuẩn hiệu trưởng|tiết|giờ dạy|hồ sơ|bài thi|bồi dưỡng thường xuyên|thanh tra|kiểm tra"
)


#: ``Công đoàn: Vững mạnh``, ``Liên đội : mạnh cấp tỉnh``: what a body of a school attained, behind its label.
_BODY_GRADE = re.compile(
    r"(?<!\w)(?<!các )(?:công đoàn|chi đoàn|đoàn trường|đoàn thanh niên|đoàn tn|đoàn tncs hcm|liên đội"
    r"|thư viện|chi hội|hội chữ thập đỏ)(?: [^\W\d]+){0,3}? ?: (?:đạt |xếp loại |danh hiệu )*[\"“]?"
    r"(?P<title>(?:vững mạnh|mạnh|tiên tiến|xuất sắc)(?: xuất sắc| tiêu biểu)?(?: (?:cấp"
    r"|toàn) [^\W\d]+(?: phố)?)?)(?=[\"”]?(?:[,;.]|$))",
    re.M,
)
_BODY_AT = Words(words_in("công đoàn|chi đoàn|đoàn t|liên đội|thư viện|chi hội|hội chữ"))


def _of_bodies(context: Context, block: Block) -> Iterator[Term]:
    """The grades that bodies of a school attained, told behind their labels."""
    lowered = context.document.lower
    bodies = places_of(_BODY_AT, lowered, block.body, block.end)
    for match in matches_from(_BODY_GRADE, bodies, lowered, block.body, block.end):
        yield Term(*match.span("title"), group="open", id="danh_hieu")


def open_titles(context: Context, block: Block, known: Sequence[Term]) -> Iterator[Term]:
    """The titles of a block that only their cue shows, as terms; none where ``known`` ones stand."""
    document = context.document
    for term in _of_bodies(context, block):
        if not any(other.start < term.end and term.start < other.end for other in known):
            yield term
    for cue in document.terms("open", block.body, block.end):
        _, last = document.sentence_at(cue.start)
        if cue.id == "xep_loai":
            found = _graded(context, block, cue, last)
        else:
            match = _QUOTED.match(document.lower, cue.end, last)
            if match is None and cue.id == "danh_hieu":
                match = _PHRASE.match(document.lower, cue.end, last)
            found = None
            if match and not _COMPLIANCE.search(match.group(0)):
                found = match.span("single" if match.groupdict().get("single") else "title")
        if found and not any(term.start < found[1] + 2 and cue.start < term.end for term in known):
            yield Term(*found, group="open", id=cue.id)


def _graded(context: Context, block: Block, cue: Term, last: int) -> tuple[int, int] | None:
    """``22 thầy cô xếp loại Tốt``: a grade of staff who are counted right before it."""
    lowered = context.document.lower
    match = _GRADE.match(lowered, cue.end, last)
    first, _ = context.document.sentence_at(cue.start)
    if match is None or not _STAFF.search(lowered, max(first, cue.start - 70), cue.start):
        return None
    return None if _ASSESSED.search(lowered, first, last) else (cue.start, match.end())
