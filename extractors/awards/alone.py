"""Titles that stand alone in a list: ``Tập thể: Tập thể LĐXS; Bằng khen của A``, ``…; Cờ thi đua của B năm 2016``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from extractors.awards.holders import title_award
from extractors.awards.home import held_at_home
from extractors.awards.title_names import entry_of, extend
from schemas.records import Award

#: The body whose titles a list opens with.
_LABEL = re.compile(
    r"(?:[\s*+•.-]*(?:\w{1,2}[.)/] )?)(?:(?:về|danh hiệu|khen thưởng|thi đua|thành tích)[ :]*)*(?P<body>(?:tập thể )?"
    r"(?:nhà trường|trường|trung tâm)|(?:về )?tập thể|đơn vị) ?: "
)
#: What may stand behind a title that is an item by itself: when and for what it was given.
_BEHIND = re.compile(
    r"[”\"]?(?: \(?(?:(?:các )?năm(?: học)? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?\)?)?"
    r"(?: (?:vì|về|do có) [^,;.:]{3,70})?"
)
#: The year of the first item of a list: ``Tập thể: + 2003: Bằng khen …``.
_YEAR = r"(?:[+*-] ?)?(?:(?:năm(?: học)? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)? ?: )?"
_VERBS = re.compile(rf"{_YEAR}(?:(?:và|được|nhận|đạt|đón nhận|danh hiệu|tặng|công nhận)(?!\w) ?)*[\"“]?")


def alone(context: Context, block: Block, term: Term, end: int, before: Award | None) -> Iterator[Award]:
    """The one award of a title that is an item of a list of honours, told of the body that the list is about.

    ``before`` is the award told right before it in the sentence; without one the list must open with the body.
    """
    document = context.document
    entry = entry_of(term)
    if entry.attributes.get("kind") != "unit" and "giver" not in entry.attributes:
        return
    if not context.of_school and before is None:
        return
    first = max(document.sentence_at(term.start)[0], block.body)
    item = max(first, *(document.text.rfind(sign, first, term.start) + 1 for sign in ";,"))
    opening = document.lower[item : term.start].lstrip()
    label = _LABEL.match(opening)
    told = opening[label.end() :] if label else opening
    if not _VERBS.fullmatch(told) or (before is None and label is None):
        return
    if label is None and not (before and " của " in document.lower[term.start : end]):
        return
    stop = _BEHIND.match(document.lower, end, block.end)
    if stop is None or document.text[stop.end() : stop.end() + 1] not in ("", ".", ";", ",", "\n"):
        return
    award = title_award(context, block, term, (term.start, end), end, 1, None)
    update: dict[str, object] = {"recipient_kind": award.recipient_kind or "unit", "confidence": 0.65}
    yield award.model_copy(update=update | held_at_home(context, award))


#: The heading of a list of what a school or body was honoured with: ``Những phần thưởng cao quý:``.
_OF_HONOURS = re.compile(
    r"(?:các |những )?(?:phần thưởng|thành tích|danh hiệu|hình thức khen thưởng|khen thưởng|ghi nhận|vinh dự|bảng vàng"
    r"|truyền thống)(?: [^\W\d_]+){0,9}?(?: (?:năm|giai đoạn) [\d -]+)? ?:?"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?")
_NOT_YET = re.compile(
    r"(?<!\w)(?:đề nghị|đăng ký|phấn đấu|chỉ tiêu|mục tiêu|dự kiến|cá nhân|học sinh|giáo viên|em)(?!\w)"
)


def honours_listed(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """The order or title of a body that opens an item below a heading on honours: ``+ Huân chương … (2003)``."""
    document = context.document
    entry = entry_of(term)
    of_body = entry.id == "huan_chuong" or entry.attributes.get("kind") == "unit"
    if not of_body or block.marker is None or not _VERBS.fullmatch(document.lower, block.body, term.start):
        return
    above = reversed(document.blocks[: block.index])
    head = next((other for other in above if other.kind != "item" and other.marker != block.marker), None)
    text = document.lower[head.body : head.end].strip(" *") if head else ""
    if not _OF_HONOURS.fullmatch(text) or _NOT_YET.search(text):
        return
    stop = _BEHIND.match(document.lower, end, block.end)
    if stop is not None and document.text[stop.end() : stop.end() + 1] in ("", ".", ";", ",", "\n"):
        award = title_award(context, block, term, (term.start, end), end, 1, None)
        year = _YEARS.search(stop.group(0))
        update: dict[str, object] = {"recipient_kind": award.recipient_kind or "unit", "confidence": 0.65}
        update |= held_at_home(context, award)
        yield award.model_copy(update=update | ({"period": year.group(0).replace(" ", "")} if year else {}))


#: What may stand between a sign and a further title of the one told before.
_AND_ALSO = re.compile(
    r"(?:(?:và|được|nhận|đạt|đón nhận|danh hiệu|tặng|công nhận|là|còn|cũng|đồng thời|(?:năm|năm học) [\d -]+)(?!\w)"
    r",? ?)*[\"“]?"
)


def also_held(context: Context, block: Block, term: Term, end: int, before: Award | None) -> Iterator[Award]:
    """A further title of the person told before it in the sentence: ``cô A đạt GVDG huyện năm 2015; CSTĐ năm 2017``."""
    document = context.document
    if before is None or not before.recipient or before.recipient_kind in ("unit", "school", "team"):
        return
    first = max(document.sentence_at(term.start)[0], block.body)
    if view_offset(document, before.evidence[-1].start) < first or entry_of(term).attributes.get("kind") == "unit":
        return
    item = max(first, *(document.text.rfind(sign, first, term.start) + 1 for sign in ",;"))
    if item == first or not _AND_ALSO.fullmatch(document.lower[item : term.start].lstrip()):
        return
    stop = _BEHIND.match(document.lower, end, block.end)
    if stop is None or document.text[stop.end() : stop.end() + 1] not in ("", ".", ";", ",", "\n"):
        return
    award = title_award(context, block, term, (term.start, end), end, 1, None)
    update = {field: getattr(before, field) for field in ("recipient", "recipient_kind", "school")}
    yield award.model_copy(update={**update, "confidence": 0.65})


def title_end(context: Context, block: Block, term: Term) -> int:
    """Where a title ends, its class, level or giver included."""
    last = context.document.sentence_at(term.start)[1]
    return extend(context.document.lower, term.end, last, giver="giver" in entry_of(term).attributes)
