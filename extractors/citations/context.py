"""What stands around a document's number or name: its date, issuer and subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors._shared.dates import DateMention, find_dates, iso_date
from extractors._shared.document import Block, Document
from extractors._shared.view import CAPITAL
from extractors.citations.forms import wording

_REACH = 260
_SUBJECT_LIMIT = 420


@dataclass(frozen=True)
class Context:
    """What was found; ``end`` is where the citation's date and issuer end."""

    end: int
    date: str | None = None
    issuer: str | None = None


_SIGNED = (
    r"(?:(?:được|đã|do|lại|thì lại|chỉ)\s){0,2}(?:ký ban hành|ký|ban hành|công bố|phát hành|ra|cấp|đề|ghi|lập|thông qua"
    r"|phê duyệt)?"
    r"\s?(?:là\s|vào\s)?"
)
_HOUR = r"(?:(?:lúc|hồi)\s\d{1,2}\s?(?:giờ|h)\s?(?:\d{1,2}\s?(?:phút)?\s?)?)?"
_DATE_GAP = re.compile(rf"\s?[,(]?\s?(?:cùng\s)?{_SIGNED}{_HOUR}(?:cùng\s)?\(?$|\.\s(?:ngày\s)?")
#: What goes on behind a year that is when something happened: ``Đề án số 12/ĐA-UBND, năm 2004 Trường … được``.
_NEXT_CLAUSE = re.compile(rf" (?:[{CAPITAL}][^\W\d_]|(?:trường|nhà trường|toàn|ngành|huyện|tỉnh|các|cả|đơn vị|xã) )")
#: ``(04/2006)`` and ``(năm 2006)`` right behind a citation.
_IN_BRACKETS = re.compile(r"\s?\(\s?(?:năm\s)?(?:(?:tháng\s)?(?P<month>\d{1,2})\s?/\s?)?(?P<year>(?:19|20)\d\d)\s?\)")
#: The place of the body that ends a number: ``12/PGD&ĐT Yên Khê ngày 8/9/2010``.
_PLACE = re.compile(rf"(?: [{CAPITAL}][^\W\d_]+){{1,3}}(?= ngày \d)")
#: How a law was adopted: ``được Quốc hội thông qua ngày 14/6/2019``.
_ADOPTED = re.compile(
    r"\s?,?\s(?:đã\s)?(?:được|do)\s(?:quốc hội|ủy ban thường vụ quốc hội|chính phủ|hội đồng nhân dân|hđnd|ubnd)"
    r"[^.,;\n]{0,70}?\s(?:thông qua|ban hành|phê duyệt)(?=\s(?:vào\s)?ngày\s\d)"
)
_BEFORE_EVENT = re.compile(
    r"(?<!\w)(?:từ|đến|trước|sau|vào|hết|kể|trong|chiều|sáng|tối|tổ chức|diễn ra|lúc|hôm|họp)\s(?:ngày\s)?$"
)
#: ``… phê duyệt kết quả, ban hành ngày 17/8/2022``.
_MADE_THEN = re.compile(r",\s(?:được\s|đã\s)?(?:ký|ban hành|ký ban hành|công bố|ra|đề)\s$")
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\n|\s-\s(?=[^\W\d_a-z])|[:](?=\s)")
_OPEN_ISSUER = re.compile(r"\s?[,(]?\s?(?:của|do)\s")
_TERM = re.compile(r"\s?[(,]?\s?khóa\s(?:[ivx]+|\d+)\)?")
_MADE = re.compile(
    r"(?:ban hành|ra|ký|có|ký ban hành|có ban hành|xây dựng|ra đời|thông qua|phê duyệt|phát hành)\s(?:các\s)?$"
)


@cache
def _issuer() -> re.Pattern[str]:
    # A joint issuer goes on after ``và`` or a comma where another body begins.
    heads, stops, joined = wording("issuer_head"), wording("issuer_stop"), wording("joined_word")
    word = rf"(?!(?:{stops})(?!\w))[^\s,;.:()\"“”\n]+"
    conjunction = rf"(?:,\s)?(?:và|&)\s(?=(?:{joined})(?!\w))"
    first = rf"(?:{heads})(?!\w)(?:\s?(?:{conjunction})?(?:(?!và\b|hoặc\b)|(?<=và\s)){word}){{0,12}}"
    rest = rf"(?!\w)(?:\s(?:{conjunction})?(?!và\b){word}){{0,8}}"
    # After a comma only another ministry is joint; any other body there acts in the next clause.
    return re.compile(rf"{first}(?:,\s(?:liên\s)?bộ{rest})*(?:\svà\s(?:bộ|sở|phòng|ubnd|liên đoàn|công đoàn){rest})?")


@cache
def _issuer_before() -> re.Pattern[str]:
    verb = r"(?:(?:đã|vừa|kịp thời)\s)*(?:ký\s|có\s)?(?:ban hành|ra|ký|có|thông qua|phê duyệt|phát hành)\s"
    word = rf"(?!(?:{wording('issuer_stop')})(?!\w))[^\s,;.:()\"“”]+"
    return re.compile(rf"(?<!\w)(?:{wording('issuer_head')})(?!\w)(?: {word}){{0,12}}(?= {verb})")


@cache
def _body() -> re.Pattern[str]:
    """A body of any name between a number and its day: ``của CĐGD thành phố ngày 24/4/2017``."""
    word = rf"(?!(?:{wording('issuer_stop')})(?!\w))[^\s,;.:()\"“”]+"
    place = r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|phòng|sở|trường)(?!\w)"
    return re.compile(rf"\s(?:của\s{word}|(?i:{place}))(?:\s{word}){{1,8}}(?=\sngày\s?\d)")


def read_after(document: Document, end: int, limit: int) -> Context:
    """The date and issuer that follow a number, in either order: ``ngày … của …``, ``của … ngày …``."""
    text, lowered = document.text, document.lower
    limit = min(limit, end + _REACH, document.block_at(max(end - 1, 0)).end)
    dates = find_dates(text, lowered, end, limit)
    date, issuer = None, None
    place = _PLACE.match(text, end, limit) or _ADOPTED.match(lowered, end, limit)
    if first := _adjacent(text, lowered, place.end() if place else end, dates):
        date, end = first.printed, first.end
    if span := _issuer_at(lowered, end, limit):
        issuer = document.value(*span)
        end = span[1]
        if date is None and (second := _adjacent(text, lowered, end, dates)):
            date, end = second.printed, second.end
    body = _body().match(text, end, limit) if date is None and issuer is None else None
    if body and (day := _adjacent(text, lowered, body.end(), dates)):
        date, end = day.printed, day.end
        issuer = document.value(*body.span()).strip().removeprefix("của ")
    if date is None and (far := _far(lowered, end, dates)):
        date = far.printed
        if issuer is None and (span := _issuer_at(lowered, far.end, limit)):
            issuer = document.value(*span)
    return Context(end, date, issuer)


def _adjacent(text: str, lowered: str, end: int, dates: list[DateMention]) -> DateMention | None:
    """The date that follows with nothing but ``ký``, a comma or a bracket between."""
    for mention in dates:
        if mention.start < end or mention.kind not in ("day", "month", "year"):
            continue
        gap = lowered[end : mention.start]
        if len(gap) < 24 and _DATE_GAP.fullmatch(gap):
            when = mention.kind == "year" and "," in gap and _NEXT_CLAUSE.match(text, mention.end) is not None
            return None if when else mention
        break
    if match := _IN_BRACKETS.match(lowered, end):
        year, month = int(match["year"]), int(match["month"]) if match["month"] else None
        iso, parts = iso_date(year, month, None), (year, month, None)
        return DateMention(match.start(), match.end(), iso, "month" if month else "year", parts)
    return None


def _far(lowered: str, end: int, dates: list[DateMention]) -> DateMention | None:
    """A date after the subject (``về việc …, ngày 5/3/2019 của …``): only where an issuer follows it."""
    for mention in dates:
        if mention.start < end or mention.kind != "day":
            continue
        gap = lowered[end : mention.start]
        if _SENTENCE_END.search(gap) or _BEFORE_EVENT.search(gap) or not lowered.startswith("ngày", mention.start):
            return None
        told = _MADE_THEN.search(gap) is not None or re.match(r"\s?,?\scủa\s", lowered[mention.end : mention.end + 8])
        return mention if told else None
    return None


def _issuer_at(lowered: str, end: int, limit: int) -> tuple[int, int] | None:
    opened = _OPEN_ISSUER.match(lowered, end, limit)
    if not opened:
        return None
    match = _issuer().match(lowered, opened.end(), limit)
    if not match:
        return None
    stop = match.end()
    if term := _TERM.match(lowered, stop, limit):
        stop = term.end()
    return (match.start(), stop) if stop > match.start() else None


def issuer_inside(document: Document, start: int, end: int) -> str | None:
    """The issuer between a type and its number: ``Kế hoạch của UBND huyện số 12/KH-UBND``."""
    opened = document.lower.find(" của ", start, end)
    span = _issuer_at(document.lower, opened, end) if opened >= 0 else None
    return document.value(*span) if span else None


#: What was done on the day of the document: ``thành lập ngày 28/5/2001 theo Quyết định số …``.
_DONE_BY = re.compile(r",? (?:theo|bằng|tại)(?: các)? ")

_UNTIL = re.compile(r"(?<!\w)(?:từ|đến|trước|sau)\s$")


def read_before(document: Document, start: int, low: int) -> tuple[str | None, str | None]:
    """Date and issuer where a body is said to issue the document: ``Ngày 10/7/2019, UBND huyện ban hành …``."""
    lowered = document.lower
    low = max(low, start - 160)
    if boundary := list(_SENTENCE_END.finditer(lowered, low, start)):
        low = boundary[-1].end()
    if not _MADE.search(lowered, low, start):
        days = [d for d in find_dates(document.text, lowered, low, start) if d.kind == "day"]
        done_so = days and _DONE_BY.fullmatch(lowered, days[-1].end, start)
        return (days[-1].printed if done_so else None), None
    issuers = list(_issuer_before().finditer(lowered, low, start))
    issuer = document.value(*issuers[-1].span()) if issuers else None
    dates = [d for d in find_dates(document.text, lowered, low, start) if d.kind == "day"]
    date = dates[-1].printed if dates and re.match(r"[,\s]", lowered[dates[-1].end : dates[-1].end + 1]) else None
    before = lowered[low : dates[-1].start] if dates else ""
    # ``Đến ngày 14/3/2008 UBND tỉnh có quyết định …``: a clause that opens so tells when.
    if _UNTIL.search(before) and before.strip() != "đến":
        date = None
    return date, issuer


#: With these a subject does not end.
_NOT_LAST = " \n,;("
_QUOTED = re.compile(r"[“\"«]\s?(?P<title>[^”\"»\n]{4,300}?)\s?[”\"»]")


@cache
def _cue() -> re.Pattern[str]:
    # A verb with a number tells what was done by it: ``Thực hiện Kế hoạch số 5/KH-UBND, tổ chức 3 chuyên đề``.
    about, verb = r"(?P<about>(?:về việc|v/v|về)\s?:?\s)", rf"(?P<verb>(?:{wording('subject_verb')})(?! \d)[\s,])"
    return re.compile(rf"\s?[,(]?\s?(?:{about}|{verb}|(?=[“\"«]))")


@cache
def _clause() -> re.Pattern[str]:
    """Where a new clause begins: a body that acts (in capitals) or a word that leads on."""
    body, word, link = wording("clause_body"), wording("clause_word"), wording("clause_link")
    acts = rf"(?:(?:{body}) )?(?:đã|cử|ngày \d)(?!\w)|(?:{body}) (?:có|tổ chức) \d"
    told = rf"(?:{link})(?!\w)|(?:đến|tới|cho) \d"
    return re.compile(rf",\s(?=(?:{acts})|(?P<body>(?:{body})(?!\w))|(?:{word})(?!\w))|\s(?={told})")


def _clause_end(text: str, lowered: str, start: int, stop: int) -> int:
    for match in _clause().finditer(lowered, start, stop):
        if match["body"] is None or text[match.start("body")].isupper():
            return match.start()
    return stop


def tells_subject(document: Document, end: int) -> bool:
    """Whether words follow a document's date and issuer that lead to what it is about."""
    return _cue().match(document.lower, end, document.block_at(max(end - 1, 0)).end) is not None


def read_subject(document: Document, end: int, nested: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where it says what a document is about, after its date and issuer; None where nothing does.

    ``nested`` are the ranges of other citations: a subject that leads into one ends with it.
    """
    text, lowered = document.text, document.lower
    block_end = document.block_at(max(end - 1, 0)).end
    cue = _cue().match(lowered, end, block_end)
    if not cue:
        return None
    start = cue.end() if cue["about"] or not cue["verb"] else cue.start("verb")
    if quoted := _QUOTED.match(text, start, block_end):
        return quoted.span("title")
    stop = min(block_end, start + _SUBJECT_LIMIT)
    if match := _SENTENCE_END.search(lowered, start, stop):
        stop = match.start()
    stop = _clause_end(text, lowered, start, stop)
    for first, last in nested:
        if first >= stop or first < start:
            continue
        before = lowered[start:first].rstrip()
        stop = first if before.endswith((",", " và", ";")) else max(min(last, block_end), first)
        break
    subject = text[start:stop].rstrip(_NOT_LAST)
    while subject.endswith(" và"):
        subject = subject[: -len(" và")].rstrip(_NOT_LAST)
    return (start, start + len(subject)) if len(subject) > 3 else None


#: The heading of the column with the days of the documents that a table lists.
_DAY_COLUMN = re.compile(r"(?:ngày|thời gian ban hành|thời điểm ban hành)(?!\w)(?! (?:sinh|vào|hết|có hiệu lực))")


def date_in_row(document: Document, start: int) -> str | None:
    """The day that stands in another column of the row in which a table names a document."""
    block = document.block_at(start)
    if block.cell is None or block.table is None:
        return None
    cells = [other for other in document.cells(block.table) if other.cell is not None]
    heads = {c.cell.col for c in cells if c.cell and c.cell.row < block.cell.row and _is_day_column(document, c)}
    for other in cells:
        if other.cell is None or other.cell.row != block.cell.row or other.cell.col not in heads - {block.cell.col}:
            continue
        days = [day for day in document.dates_in(other.start, other.end) if day.kind == "day"]
        if len(days) == 1 and document.text[other.start : other.end].strip(" .") == document.text[slice(*days[0][:2])]:
            return days[0].printed
    return None


def _is_day_column(document: Document, cell: Block) -> bool:
    return _DAY_COLUMN.match(document.lower, cell.body, cell.end) is not None
