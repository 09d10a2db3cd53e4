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
_SINCE = re.compile(r"(?<!\w)(?:kể từ|trước|sau|tính đến|thành lập|kỷ niệm|sinh)\s(?:ngày\s)?$")
_OPENING = 2500


def read_dateline(document: Document, blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """Place and date of the line ``Nam Trực, ngày 5 tháng 6 năm 2020``; what was left blank is None."""
    for block in blocks:
        dates = find_dates(document.text, document.lower, block.start, block.end)
        match = _PLACE.match(document.text, block.start, block.end)
        if not dates and not match:
            continue
        place = document.value(*match.span("place")) if match else None
        date = dates[0].printed if dates and dates[0].kind in ("day", "month", "year") else None
        return place, date
    return None, None


def meeting_date(document: Document, posted: str | None) -> str | None:
    """The first day of the meeting that a news item tells of: a date in its opening that no document bears.

    A day without a year (``chiều 22/3``) is in the year of the day on which the page was ``posted``.
    """
    candidates: list[DateMention] = []
    for block in document.blocks:
        if block.start > _OPENING or len(candidates) > 8:
            break
        if block.kind in ("junk", "title", "byline", "caption", "dateline"):
            continue
        candidates.extend(_event_dates(document.text, document.lower, block, posted is not None))
    for date in [*(d for d in candidates if _is_held(document, d)), *candidates]:
        if date.iso:
            return date.iso
        if posted and (iso := iso_date(int(posted[:4]), *date.parts[1:])):
            return iso
    return None


def _event_dates(text: str, lowered: str, block: Block, with_partial: bool) -> list[DateMention]:
    return [
        date
        for date in find_dates(text, lowered, block.start, block.end)
        if ((date.kind == "day" and date.iso) or (with_partial and date.kind == "partial" and not date.blank))
        and not _CITED.search(lowered, max(block.start, date.start - 80), date.start)
        and not _SINCE.search(lowered, max(block.start, date.start - 30), date.start)
        and not re.match(r"\s?của\s", lowered[date.end : date.end + 5])
    ]


def _is_held(document: Document, date: DateMention) -> bool:
    start, end = document.sentence_at(date.start)
    return bool(document.terms("held", start, end) or document.terms("occasion", start, end))


_PREFERENCE = ("term", "school_year", "span", "year", "month")
_HALF = re.compile(r"(?:6|sáu|06) tháng (?:đầu|cuối) năm")
_CITED_YEAR = re.compile(r"(?:luật|hiến pháp|nghị quyết|thông tư|nghị định)[^,.;\n]{0,60}$")


def read_period(document: Document, heading: Heading) -> str | None:
    """What the report is about, from its title, else from its first sentences: the first period named there."""
    if term := _term_over_lines(document, heading):
        return term
    for start, end in heading.ranges:
        if period := _period_in(document, start, end):
            return period
    if heading.kind in ("cong_van", "quyet_dinh", "khac", "thong_bao"):
        return None
    last = heading.ranges[-1][1] if heading.ranges else 0
    for block in document.blocks:
        if block.start > last + 1500:
            break
        if block.start < last or block.kind in ("junk", "letterhead", "motto", "number", "dateline", "title"):
            continue
        for start, end in document.sentences(block):
            if document.terms("occasion", start, end) and (period := _period_in(document, start, end, prose=True)):
                return period
    return None


def _term_over_lines(document: Document, heading: Heading) -> str | None:
    """A term in one line of the title with its school year in another: ``SƠ KẾT HỌC KỲ I / NĂM HỌC 2020-2021``."""
    dates = [d for start, end in heading.ranges for d in find_dates(document.text, document.lower, start, end)]
    halves = [date.parts[2] for date in dates if date.kind == "term"]
    year = next((date.iso for date in dates if date.kind == "school_year" and date.iso), None)
    return f"{year}/HK{min(half for half in halves if half)}" if any(halves) and year else None


def _period_in(document: Document, start: int, end: int, prose: bool = False) -> str | None:
    """The first period of a range. In prose a term of office (``nhiệm kỳ 2020-2025``) is none."""
    dates = [
        date
        for date in find_dates(document.text, document.lower, start, end)
        if date.iso
        and date.kind in _PREFERENCE
        and not (prose and date.kind == "span")
        and not (date.kind == "year" and _CITED_YEAR.search(document.lower, start, date.start))
    ]
    first_half = next((date.iso for date in dates if date.kind == "term" and date.parts[2] == 1), None)
    if dates and dates[0].kind == "term" and first_half:
        return first_half
    return dates[0].iso if dates else None
