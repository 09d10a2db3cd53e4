"""Place and date of issue, the date of a meeting, and the period a report is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.dates import DateMention, find_dates, iso_date
from extractors._shared.document import Block, Document
from extractors.report.heading import Heading

_PLACE = re.compile(
    r"[*_(\s]*(?!(?i:thứ|chủ nhật|cập nhật|đăng)\s)(?P<place>[^\W\d_][^,:;\n]{0,60}?)"
    r"\s?,?\s?(?=(?:ngày|tháng|Ngày|NGÀY))"
)
#: What stands before the date of a cited document: its number, or ``ngày … của``.
_CITED = re.compile(
    r"(?:[-/][^\W\d_][\w&/.-]*\s?,?|(?:quyết định|công văn|kế hoạch|thông tư|nghị quyết|chỉ thị|luật)[^,.;]{0,40})"
    r"\s?(?:ký\s)?$"
)
_SINCE = re.compile(
    r"(?:(?<!\w)(?:kể từ|trước|sau|tính đến|thành lập|kỷ niệm|sinh|thông qua|ban hành|"
    r"phê duyệt|quốc khánh)[^.;\n]{0,24}?|"
    r"\((?:[\d/.]{6,10}\s?-\s?)?)(?:ngày\s)?$"
)
#: ``kỷ niệm 43 năm … (20/11/1982 - 20/11/2025)``: the year of the ceremony.
_ANNIVERSARY = re.compile(r"\((?:[\d./]{0,6}(?:19|20)\d\d)\s?-\s?[\d./]{0,6}((?:19|20)\d\d)\)")
_POSTED = re.compile(r"đăng|cập nhật|gmt|\d:\d\d")
_OPENING = 2500
#: So many lines below a title may tell its date; a text begins with its day so.
_NOTES = 3
_OPENS_WITH_DAY = re.compile(
    r"(?:vào )?(?:(?:sáng|chiều|tối|trưa|đêm)(?: nay| qua)?,? ?)?(?:\d{1,2} ?(?:h|giờ) ?\d{0,2}'?,? ?)?"
    r"(?:thứ \w+,? ?|chủ nhật,? ?)?\(?(?:ngày )?|(?:vừa qua|mới đây|hôm nay|trong),? (?:ngày )?"
)


def read_dateline(document: Document, blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """Place and date of the line ``Nam Trực, ngày 5 tháng 6 năm 2020``; what was left blank is None."""
    for block in blocks:
        dates = find_dates(document.text, document.lower, block.start, block.end)
        match = _PLACE.match(document.text, block.start, block.end)
        if not dates and (printed := _ISO.match(document.lower, block.start, block.end)):
            return None, iso_date(*map(int, printed.groups()))
        if not dates and not match:
            continue
        posted = _POSTED.search(document.lower, block.start, block.end) is not None
        place = document.value(*match.span("place")) if match and not posted else None
        date = dates[0].printed if dates and dates[0].kind in ("day", "month", "year") else None
        return place, date
    return None, None


def meeting_date(document: Document, posted: str | None, period: str | None) -> str | None:
    """The first day of the meeting that a news item tells of: a date in its opening that no document bears.

    A day without a year (``chiều 22/3``) is in the year of the day on which the page was ``posted``,
    else in the one that the ``period`` or the years named beside it give.
    """
    candidates: list[DateMention] = []
    for block in document.blocks:
        if block.start > _OPENING or len(candidates) > 8:
            break
        if block.kind in ("junk", "title", "byline", "caption", "dateline"):
            continue
        candidates.extend(_event_dates(document.text, document.lower, block))
    for date in [*(d for d in candidates if _is_held(document, d)), *candidates]:
        if date.iso:
            return date.iso
        year = int(posted[:4]) if posted else _year_of(document, date, period)
        if year and (iso := iso_date(year, *date.parts[1:])):
            return iso
    return None


def minuted_date(document: Document) -> str | None:
    """The day on which minutes say that a meeting was held: ``Thời gian: 8 giờ 00, ngày 24/5/2019``."""
    for block in document.blocks:
        if block.start > _OPENING:
            break
        if _HELD_AT.match(document.lower, block.body):
            days = [d for d in find_dates(document.text, document.lower, block.start, block.end) if d.kind == "day"]
            if days:
                return days[0].printed
    return None


def noted_date(document: Document, heading: Heading) -> str | None:
    """The date in brackets below a title (``(Trình bày ngày 28/6/2012)``), or the day with which the text begins."""
    last = heading.ranges[-1][1] if heading.ranges else 0
    below = [b for b in document.blocks if b.start >= last and b.kind not in ("junk", "cell")]
    for block in below[:_NOTES]:
        dates = find_dates(document.text, document.lower, block.start, block.end)
        noted = [d for d in dates if d.kind in ("day", "month") and d.iso and not _is_cited(document, block, d)]
        text = document.block_text(block).strip()
        if text.startswith("(") and text.endswith(")") and len(noted) == 1:
            return noted[0].printed
        opens = noted and noted[0].kind == "day"
        if opens and _OPENS_WITH_DAY.fullmatch(document.lower, block.body, noted[0].start):
            day = noted[0].iso or ""
            return None if _tells_later(document, day, block.end) else noted[0].printed
    return None


def _tells_later(document: Document, day: str, start: int) -> bool:
    """Whether a text goes on to later days or years than that with which it begins, as a history does."""
    later = document.dates_in(start, len(document.text))
    return any(d.iso and d.iso[:10] > day[: len(d.iso)] for d in later if d.kind in ("day", "month", "year"))


def _is_cited(document: Document, block: Block, date: DateMention) -> bool:
    """Whether a date below a title is that of a document: ``(Theo Thông tư số 9/2024/TT-BGDĐT ngày 03/6/2024)``."""
    return _CITED.search(document.lower, max(block.start, date.start - 80), date.start) is not None or bool(
        re.match(r"\((?:theo|kèm|ban hành|căn cứ|thực hiện|áp dụng)(?!\w)", document.lower[block.body : block.end])
    )


def _year_of(document: Document, day: DateMention, period: str | None) -> int | None:
    """The year of a day by the period of the report: of a school year the first from August on, else the second."""
    start, end = document.sentence_at(day.start)
    beside = [d for d in document.dates_in(start, end) if d.kind in ("school_year", "year", "span", "term") and d.iso]
    told = sorted((d.iso or "" for d in beside), key=lambda iso: re.findall(r"(?:19|20)\d\d", iso)[-1:], reverse=True)
    for named in (period, *told):  # ``(15/11/1975 - 15/11/2020)``: the year of the ceremony is the later one
        if named is None:
            continue
        years = [int(year) for year in re.findall(r"(?:19|20)\d\d", named)]
        if len(years) == 2 and "/" not in named[:5]:
            return years[0] if (day.parts[1] or 0) >= 8 else years[1]
        return years[0] if years else None
    anniversary = _ANNIVERSARY.search(document.lower, 0, _OPENING)
    return int(anniversary[1]) if anniversary else None


def _event_dates(text: str, lowered: str, block: Block) -> list[DateMention]:
    return [
        date
        for date in find_dates(text, lowered, block.start, block.end)
        if ((date.kind == "day" and date.iso) or (date.kind == "partial" and not date.blank))
        and not _CITED.search(lowered, max(block.start, date.start - 80), date.start)
        and not _SINCE.search(lowered, max(block.start, date.start - 30), date.start)
        and not re.match(r"\s?của\s", lowered[date.end : date.end + 5])
    ]


def _is_held(document: Document, date: DateMention) -> bool:
    start, end = document.sentence_at(date.start)
    return bool(document.terms("held", start, end) or document.terms("occasion", start, end))


_PREFERENCE = ("term", "school_year", "span", "year", "month")
_UP_TO = re.compile(r"\s(?:đến|tới)(?: hết)?\s")
_HELD_AT = re.compile(r"(?:thời gian|hôm nay|vào hồi|vào lúc|bắt đầu)(?!\w)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?=t| |$)")
_HISTORY = re.compile(r"lịch sử|truyền thống|hình thành|thành lập|ra đời|tiền thân|tách ra|kỷ niệm \d+ năm")
_CITED_YEAR = re.compile(r"(?:luật|hiến pháp|nghị quyết|thông tư|nghị định)[^,.;\n]{0,60}$")


def read_period(document: Document, heading: Heading) -> str | None:
    """What the report is about, from its title, else from its first sentences: the first period named there."""
    if term := _term_over_lines(document, heading):
        return term
    for start, end in heading.ranges:
        if period := _period_in(document, start, end, spans=not (heading.news and heading.kind == "khac")):
            return period
    if heading.kind in ("cong_van", "quyet_dinh", "thong_bao") or (heading.kind == "khac" and not heading.news):
        return None
    last = heading.ranges[-1][1] if heading.ranges else 0
    for block in document.blocks:
        if block.start > last + 1500:
            break
        if block.start < last or block.kind in ("junk", "letterhead", "motto", "number", "dateline", "title"):
            continue
        for start, end in document.sentences(block):
            told = heading.kind == "khac" and start < last + 700 and not _HISTORY.search(document.lower, 0, last + 900)
            if (told or document.terms("occasion", start, end)) and (
                period := _period_in(document, start, end, prose=True)
            ):
                return period
    return None


def _term_over_lines(document: Document, heading: Heading) -> str | None:
    """A term in one line of the title with its school year in another: ``SƠ KẾT HỌC KỲ I / NĂM HỌC 2020-2021``."""
    dates = [d for start, end in heading.ranges for d in find_dates(document.text, document.lower, start, end)]
    halves = [date.parts[2] for date in dates if date.kind == "term"]
    year = next((date.iso for date in dates if date.kind == "school_year" and date.iso), None)
    return f"{year}/HK{min(half for half in halves if half)}" if any(halves) and year else None


def _period_in(document: Document, start: int, end: int, *, prose: bool = False, spans: bool = True) -> str | None:
    """The first period of a range. In prose, or without ``spans``, a term of office (``2020-2025``) is none."""
    dates = [
        date
        for date in find_dates(document.text, document.lower, start, end)
        if date.iso
        and date.kind in _PREFERENCE
        and not ((prose or not spans) and date.kind == "span")
        and not document.lower.endswith("chu kỳ ", 0, date.start)
        and not (prose and date.kind in ("year", "month"))
        and not (date.kind == "year" and _CITED_YEAR.search(document.lower, start, date.start))
    ]
    first_half = next((date.iso for date in dates if date.kind == "term" and date.parts[2] == 1), None)
    if dates and dates[0].kind == "term" and first_half:
        return first_half
    if len(dates) > 1 and dates[0].kind == dates[1].kind == "school_year":
        between = document.lower[dates[0].end : dates[1].start]
        if _UP_TO.fullmatch(between):
            return f"{dates[0].iso}/{dates[1].iso}"
    return dates[0].iso if dates else None
