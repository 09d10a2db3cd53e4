"""Times of what is yet to be done: the month of the term to come, the year that closes a long plan, who is elected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.years import stands_in_plan
from schemas.relation import Quantity, Relation

_TOLD = re.compile(
    r"(?<!\w)(?:đã|so với|năm trước|năm ngoái|cùng kỳ|kết quả|căn cứ|theo|thực hiện (?:kế hoạch|công văn|quyết định)|"
    r"thành lập|từ năm|kể từ|tính đến|được (?!tổ chức)|ban hành|nhiệm kỳ|phát huy|khắc phục|tiếp tục|rút kinh nghiệm|"
    r"tiếp thu|lắp đặt|nghỉ|kỷ niệm|bù|hiện)(?!\w)"
)
#: Right before a month in which something is to be done; without these it may tell which thing is meant.
_WHEN = re.compile(
    r"(?:(?<!\w)(?:vào|trong|đến|trước|hết|cuối|đầu|giữa|dự kiến|khoảng|thời gian|xong)(?: ngày)?:? |[:(] ?)$"
)
#: A block that opens with what is to come and a colon.
_OF_TERM = re.compile(
    r"(?:(?:phương hướng|nhiệm vụ|kế hoạch|công tác)(?: trọng tâm)?(?: trong)? )?"
    r"(?:học k[ỳì]|hk) ?(?:ii|2)(?!\w)[^.;\n:]{0,40}:"
)
#: Before the day of a document.
_NUMBERED = re.compile(
    r"(?<!\w)số:? ?\d+ ?[/-]|\d ?[/-] ?(?:20\d\d/)?[a-zđ]{2,}[/-]|"
    r"(?<!\w)(?:nghị quyết|chỉ thị|công văn|quyết định|thông tư|nghị định|hướng dẫn|kết luận|luật)(?!\w)"
)
_MONTH_AT = Words(("/20", "/ 20", "năm 20"))


def find_times_ahead(reading: Reading) -> Iterator[Relation]:
    """Relations of the kind ``year`` for such times; the ``cue`` says which.

    ``ahead``: a month in the plans of a report (its label is the month), ``closing``: the year in which a plan of
    several years is summed up or to which it aims, ``elected``: the school year for which a group elects its head.
    """
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk", "caption"):
            continue
        if holds(_MONTH_AT, reading.lower, block.body, block.end):
            yield from _months(reading, block)
        if holds(_CLOSING_AT, reading.lower, block.body, block.end):
            yield from _closings(reading, block)
        if holds(_HEAD_AT, reading.lower, block.body, block.end):
            yield from _elections(reading, block)


def _relation(reading: Reading, cue: str, year: int, printed: str, span: tuple[int, int]) -> Relation:
    part = Quantity(value=year, printed=printed, label=cue, evidence=reading.evidence(*span))
    return Relation(kind="year", whole=None, parts=(part,), exhaustive=True, cue=cue)


def _months(reading: Reading, block: Block) -> Iterator[Relation]:
    """The months, or days, in clauses of a plan that neither look back nor cite a document."""
    of_term = _OF_TERM.match(reading.lower, block.body, block.end) is not None
    if not of_term and not stands_in_plan(reading, block):
        return
    for mention in reading.document.dates_in(block.body, block.end):
        start, end = reading.document.sentence_at(mention.start)
        start = max(start, block.body, reading.lower.rfind(";", start, mention.start) + 1)
        if not _is_month(reading, mention) or _TOLD.search(reading.lower, start, mention.end):
            continue
        if mention.start > block.body and not _WHEN.search(reading.lower, start, mention.start):
            continue
        if _NUMBERED.search(reading.lower, start, mention.start) or _SPANS.search(reading.lower, start, end):
            continue
        year, printed = mention.parts[0] or 0, (mention.iso or "")[: len("2020-01")]
        yield _relation(reading, "ahead", year, printed, (mention.start, mention.end))


_SPANS = re.compile(r"(?:19|20)\d\d ?(?:-|đến(?: năm)?) ?(?:19|20)\d\d")


def _is_month(reading: Reading, mention: DateMention) -> bool:
    """Whether a month or a day stands with its own year."""
    year = mention.parts[0]
    told = year is not None and str(year) in reading.text[mention.start : mention.end]
    return mention.kind in ("month", "day") and mention.iso is not None and told


_CLOSING_AT = Words(("tổng kết", "phấn đấu"))
_YEAR = r"năm (?P<{0}>20\d\d)(?! ?[-–/\d])"
#: What is summed up at its end.
_LASTING = r"(?:giai đoạn|chương trình|đề án|chiến lược|(?:việc )?thực hiện|toàn bộ|toàn diện|\d{1,2} năm)"
_CLOSED = re.compile(
    rf"(?<!\w){_YEAR.format('a')},?(?: [^\W\d_]+){{0,4}}? tổng kết"
    rf"(?= (?:{_LASTING}|kế hoạch|đánh giá)(?!\w)| ?[.;,]|$)"
    rf"|(?<!\w)tổng kết(?: và đánh giá)? {_LASTING}(?: [^\W\d_]+){{0,8}}? (?:vào |trong )?"
    rf"(?:cuối |quý (?:iv|4|i) )?{_YEAR.format('b')}"
    rf"|(?<!\w)phấn đấu (?:đến|tới)(?: hết| cuối)? {_YEAR.format('c')}"
    rf"|(?<!\w)(?:đến|tới)(?: hết| cuối)? {_YEAR.format('d')},?(?: [^\W\d_]+){{0,3}} phấn đấu(?!\w)"
)
_LOOKS_BACK = re.compile(r"(?<!\w)(?:đã|nghị quyết|so với|trước đây|theo(?! dõi)|căn cứ|giai đoạn trước|từng)(?!\w)")


def _closings(reading: Reading, block: Block) -> Iterator[Relation]:
    for match in _CLOSED.finditer(reading.lower, block.body, block.end):
        start, end = reading.document.sentence_at(match.start())
        if _LOOKS_BACK.search(reading.lower, start, match.end()) or _SPANS.search(reading.lower, start, end):
            continue
        name = next(name for name in "abcd" if match[name])
        yield _relation(reading, "closing", int(match[name]), match[name], match.span())


_HEAD_AT = Words(("cụm trưởng", "khối trưởng", "trưởng cụm", "trưởng khối", "giao ước thi đua", "đăng ký thi đua"))
_ELECTED = re.compile(
    r"(?:(?:bầu|bình bầu|bình chọn|giới thiệu|cử|đề cử|luân phiên|chuyển giao|bàn giao|phân công)(?: [^\W\d_]+){0,3}? "
    r"(?:đơn vị )?(?:làm )?(?:cụm trưởng|khối trưởng|trưởng cụm|trưởng khối)|"
    r"(?:ký kết|ký|phát động|triển khai) (?:và )?(?:[^\W\d_]+ ){0,2}?giao ước thi đua|đăng ký thi đua)"
    r"(?:, cụm phó| [^\W\d_]+){0,4}? năm học (?P<first>20\d\d) ?[-–] ?20\d\d"
)
_BEFORE = re.compile(r"(?<!\w)(?:đã|đầu năm|kết quả|theo)(?!\w)")


def _elections(reading: Reading, block: Block) -> Iterator[Relation]:
    """At the head of an item or a sentence: what is agreed for the year to come."""
    for start, _ in reading.document.sentences(block):
        match = _ELECTED.match(reading.lower, max(start, block.body), block.end)
        if match is not None and not _BEFORE.search(reading.lower, match.start(), match.end()):
            year = int(match["first"])
            yield _relation(reading, "elected", year, f"{year}-{year + 1}", match.span())
