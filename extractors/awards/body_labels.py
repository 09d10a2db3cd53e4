"""Bodies as the labels of their titles (``Tổ Toán - Tin, tổ Văn: LĐTT``) or right before them (``Chi bộ “A”``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from extractors.awards.title_names import entry_of
from extractors.awards.units import of_body
from schemas.records import Award

_NOUN = r"(?:tập thể )?(?:tổ|lớp|khối|chi đội|chi đoàn|phòng|khoa|trường|liên đội|đoàn trường|công đoàn|chi bộ|chi hội)"
_NAMED = r" (?!có|đã|được|đạt|viên|trưởng|phó)[^,;:.()\n]{1,40}?"
_LABEL = re.compile(
    rf"[\s*+•.-]*(?:\(?\w{{1,2}}[.)] )?(?P<bodies>{_NOUN}{_NAMED}"
    rf"(?:(?:, | và |, và )(?:{_NOUN} )?[^,;:.()\n]{{2,40}}?)*)"
    r" ?: (?:(?:đạt|được|danh hiệu|công nhận|tặng|nhận|xếp loại) )*[\"“]?"
)
_NEXT = re.compile(rf"(?:, và |, | và )(?={_NOUN} |[^\s]+)")
_KIND = re.compile(_NOUN)
#: The title of a body right behind its noun, with the years it held it: ``Chi bộ 6 năm liền “Trong sạch vững mạnh”``.
_BESIDE = re.compile(
    r"(?:^|[,;.:\n] ?|(?<!\w)và |(?<=\d ))(?P<body>(?:chi bộ|đảng bộ|công đoàn|liên đội|đoàn trường|chi đoàn)"
    r"(?: (?:nhà trường|trường|cơ sở|giáo viên))?)"
    r"(?: (?:(?P<years>\d{1,2}) năm(?: (?:liền|liên tục|liên tiếp))?|nhiều năm(?: liền| liên tục)?|luôn|liên tục))*"
    r"(?: (?:đạt|được|đạt danh hiệu|được công nhận|là))* ?[\"“]?$",
    re.M,
)


def labelled_bodies(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """One award for each of the bodies whose names label a title; [] where no such label stands right before it."""
    document = context.document
    first = max(document.sentence_at(term.start)[0], block.body)
    first = max(first, document.text.rfind(";", first, term.start) + 1)
    colon = document.text.find(":", first, term.start) >= 0
    label = _LABEL.fullmatch(document.lower, first, term.start) if colon else None
    if label is None or entry_of(term).attributes.get("kind") in ("student", "teacher"):
        return []
    return [of_body(context, block, term, end, body) for body in _bodies(document.lower, *label.span("bodies"))]


def _bodies(lowered: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bodies of a list; parts that no noun opens and that no later one follows belong to the one before them."""
    position = start
    for gap in _NEXT.finditer(lowered, start, end):
        if _KIND.match(lowered, gap.end(), end):
            yield position, gap.start()
            position = gap.end()
    yield position, end


def body_beside(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """The award of a title of bodies whose body stands right before it, without a verb; [] where none does."""
    document = context.document
    grading = "grading" in entry_of(term).attributes
    if entry_of(term).attributes.get("kind") != "unit" and not grading:
        return []
    first = max(document.sentence_at(term.start)[0], block.body)
    beside = _BESIDE.search(document.lower, max(first - 2, block.body, term.start - 90), term.start)
    if beside is None or (grading and not _graded(document.lower, term.end, beside)):
        return []
    award = of_body(context, block, term, end, beside.span("body"))
    return [award.model_copy(update={"count": int(beside["years"])}) if beside["years"] else award]


#: The years of a grade, behind it or before the body that got it: else the words are praise.
_YEAR_BEHIND = re.compile(r"[”\"]? \(?(?:trong |các |hai |ba )*năm(?: học)? (?:19|20)\d\d")
_YEAR_BEFORE = re.compile(r"(?<!\w)năm(?: học)? (?:(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?(?:, | và )?)+,? ?$")
_GRADE_ENDS = re.compile(r"[”\"]?(?: ?[,;.)]| ?$| và (?:được|là)(?!\w))", re.M)
#: Characters that the years before a body may have.
_YEARS = 40


def _graded(lowered: str, end: int, beside: re.Match[str]) -> bool:
    """Whether a body beside ``hoàn thành xuất sắc nhiệm vụ`` was graded so: in the years told, or years running."""
    if _PRAISED.search(beside.group(0)):
        return False
    if _YEAR_BEHIND.match(lowered, end):
        return True
    at = beside.start("body")
    dated = beside["years"] or _YEAR_BEFORE.search(lowered, max(0, at - _YEARS), at)
    return bool(dated) and _GRADE_ENDS.match(lowered, end) is not None


_PRAISED = re.compile(r"(?<!\w)(?:luôn|liên tục|nhiều năm)(?!\w)")
#: What joins a further grade of a body to the one before it: ``… năm 2023 và hoàn thành tốt nhiệm vụ năm 2024``.
_AND = re.compile(
    r"[”\"]?(?: \(?(?:trong )?(?:các )?(?:năm(?: học)? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?\)?)?(?:,| và|, và|;)"
    r"(?: (?:năm(?: học)? (?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?|đạt|được|xếp loại|công nhận|đánh giá|là))* [\"“]?"
)


def further_of_body(context: Context, block: Block, term: Term, end: int, before: Award | None) -> Iterator[Award]:
    """A further grade or title of the body that holds the one told right before it in the sentence."""
    document = context.document
    if before is None or before.recipient_kind not in ("unit", "school") or not before.recipient:
        return
    if not {"grading", "kind"} & set(entry_of(term).attributes) or before.count != 1:
        return
    if entry_of(term).attributes.get("kind") in ("student", "teacher"):
        return
    first = max(document.sentence_at(term.start)[0], block.body)
    told = view_offset(document, before.evidence[-1].end - 1) + 1
    if told <= first or not _AND.fullmatch(document.lower, told, term.start):
        return
    start = view_offset(document, before.evidence[0].start)
    at = document.text.rfind(before.recipient, first, start)
    if at >= 0:
        yield of_body(context, block, term, end, (at, at + len(before.recipient)))
