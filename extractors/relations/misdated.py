"""Times that contradict themselves or each other: a year of five digits, an end before its beginning, a law amended
before it was made, an anniversary that does not follow from its years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import WholeWords, Words, holds, matches_from, places_of
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

#: ``năm 20013``, ``từ năm 20012-2016``; a grouped number (``năm 20.013``) or one of something is none.
_LONG_YEAR = re.compile(
    r"năm (?:(?:19|20)\d\d ?- ?)?(?:20[0-2]|19[5-9])\d\d(?: ?- ?(?:19|20)\d\d)?(?![\d.,]*\d)(?= ?\W|$)"
)
_TWO_DAYS = re.compile(r"ngày \d{1,2} ngày \d{1,2} tháng(?: \d{1,2})? (?:năm )?(?:19|20)\d\d")
_YEAR_AT = WholeWords(("năm",))
_DAY_AT = WholeWords(("ngày",))
_SPAN_CUE = re.compile(r"(?:năm|giai đoạn|nhiệm kỳ|khóa)\s?:?\s")


def find_slips(reading: Reading) -> Iterator[Relation]:
    """Times that cannot be, each as ``impossible`` with a label that says why: see `schemas.relation`."""
    text, lower = reading.text, reading.lower
    for match in matches_from(_LONG_YEAR, places_of(_YEAR_AT, lower, 0, len(lower)), lower, 0, len(lower)):
        yield slip(reading, "year", match.span())
    for match in matches_from(_TWO_DAYS, places_of(_DAY_AT, lower, 0, len(lower)), lower, 0, len(lower)):
        yield slip(reading, "date", match.span())
    for mention in reading.document.dates:
        first, last = mention.parts[:2]
        turned = mention.kind == "span" and mention.iso is None and first is not None and last is not None
        if turned and last < first and _SPAN_CUE.match(lower, mention.start):  # type: ignore[operator]
            yield slip(reading, "range", (mention.start, mention.end))
    for match in matches_from(_SPAN, places_of(_FROM_AT, lower, 0, len(lower)), lower, 0, len(lower)):
        if _ends_before(match) and not _NEXT_YEAR.match(lower, match.end()):
            yield slip(reading, "range", match.span())
    yield from _turned_days(reading)
    yield from _turned_hours(reading)
    yield from _amended(reading)
    yield from _decades(reading, text)


#: From one day to another, of which only the last one has its year, and maybe its month.
_SPAN = re.compile(
    r"(?<!\w)từ(?: ngày (?P<only>\d{1,2})|(?: ngày)? (?P<day>\d{1,2}) ?[/.-] ?(?P<month>\d{1,2}))"
    r" (?:đến|tới)(?: hết)?(?: ngày)? (?P<till>\d{1,2})(?: ?[/.-] ?| tháng )(?P<last>\d{1,2})"
    r"(?: ?[/.-] ?| năm )(?:19|20)\d\d(?!\d)"
)
_FROM_AT = WholeWords(("từ",))
_NEXT_YEAR = re.compile(r",? (?:của )?năm (?:sau|kế|tiếp)")
#: A school year goes from such a month to one a little earlier in the next year.
_OPENING, _LAST_MONTH = 8, 12


def _ends_before(match: re.Match[str]) -> bool:
    """Whether days of one year, in one month or in two that follow each other, are told in the wrong order."""
    last = int(match["last"])
    month = int(match["month"] or last)
    if month == last:
        return int(match["only"] or match["day"]) > int(match["till"])
    return month == last + 1 and (month < _OPENING or month == _LAST_MONTH)


def slip(reading: Reading, label: str, span: tuple[int, int], other: tuple[int, int] | None = None) -> Relation:
    """A time that cannot be: its passage, and the one that it contradicts."""
    parts = [
        Quantity(value=0, printed=reading.document.value(*place), label=label, evidence=reading.evidence(*place))
        for place in ([span, other] if other else [span])
    ]
    return Relation(kind="impossible", whole=None, parts=tuple(parts), exhaustive=True)


_OPENS = re.compile(r"(?<!\w)(?:khai mạc|bắt đầu|khai hội)(?!\w)")
_CLOSES = re.compile(r"(?<!\w)(?:bế mạc|kết thúc)(?!\w)")
_CLOSE_AT = Words(("bế mạc", "kết thúc"))
#: A closing in the first months is not that of an opening in the last ones of one year.
_LONG = 6


def _turned_days(reading: Reading) -> Iterator[Relation]:
    """A contest or meeting that closes on an earlier day than it opens on, in one paragraph."""
    for block in reading.document.prose():
        if not holds(_CLOSE_AT, reading.lower, block.body, block.end):
            continue
        opened: DateMention | None = None
        for start, end in reading.document.sentences(block):
            dates = [d for d in reading.document.dates_in(start, end) if d.kind in ("day", "partial") and not d.blank]
            opens, closes = (pattern.search(reading.lower, start, end) for pattern in (_OPENS, _CLOSES))
            if len(dates) != 1:
                continue
            if closes and not opens and opened is not None and _precedes(dates[0], opened):
                yield slip(reading, "closing", (start, end), (opened.start, opened.end))
            opened = dates[0] if opens and not closes else opened


def _precedes(one: DateMention, other: DateMention) -> bool:
    if one.iso and other.iso:
        return one.iso < other.iso
    years = {mention.parts[0] for mention in (one, other)} - {None}
    days = [mention.parts[1:] for mention in (one, other)]
    if len(years) > 1 or any(None in day for day in days):
        return False
    return days[0] < days[1] and days[1][0] - days[0][0] < _LONG  # type: ignore[operator]


_HOUR = r"(?P<{0}>\d{{1,2}}) ?(?:giờ|h|g)(?: ?(?P<{0}m>\d{{1,2}})(?: ?(?:phút|'))?)?(?!\w)"
_OPENED_AT = re.compile(r"(?<!\w)(?:khai mạc|bắt đầu|khai hội)(?: vào)?(?: lúc|:)? ?" + _HOUR.format("h"))
_CLOSED_AT = re.compile(r"(?<!\w)(?:bế mạc|kết thúc)(?: vào)?(?: lúc|:)? ?" + _HOUR.format("h"))
_FROM_TO = re.compile(r"(?<!\w)từ " + _HOUR.format("h") + r" (?:đến|tới) " + _HOUR.format("t"))
_NEXT_DAY = re.compile(r"(?: (?:sáng|ngày))* (?:hôm sau|kế tiếp|tiếp theo)")
#: An earlier hour may be one of the afternoon, counted from noon, or of the next morning.
_MORNING, _EVENING = 7, 18


def _turned_hours(reading: Reading) -> Iterator[Relation]:
    """A meeting of one day that closes at an earlier hour than it opens at, and hours from one to an earlier one."""
    lower = reading.lower
    for match in matches_from(_FROM_TO, places_of(_FROM_AT, lower, 0, len(lower)), lower, 0, len(lower)):
        first, last = _minutes(match, "h"), _minutes(match, "t")
        by_day = last // 60 > _MORNING and first // 60 < _EVENING
        if by_day and last < first and not _NEXT_DAY.match(lower, match.end()):
            yield slip(reading, "range", match.span())
    if not holds(_CLOSE_AT, lower, 0, len(lower)):
        return
    opened, closed = list(_OPENED_AT.finditer(lower)), list(_CLOSED_AT.finditer(lower))
    if len(opened) != 1 or len(closed) != 1 or opened[0].start() > closed[0].start():
        return
    days = {d.iso for d in reading.document.dates_in(opened[0].start(), _line_end(lower, closed[0].end())) if d.iso}
    first, last = _minutes(opened[0], "h"), _minutes(closed[0], "h")
    near = days and "cùng ngày" not in lower[closed[0].start() : _line_end(lower, closed[0].end())]
    if last < first and last // 60 >= _MORNING and (not near or len(days) == 1):
        yield slip(reading, "closing", closed[0].span(), opened[0].span())


def _minutes(match: re.Match[str], name: str) -> int:
    return 60 * int(match[name]) + int(match[f"{name}m"] or 0)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


_AMENDS = re.compile(
    r"sửa đổi(?:, bổ sung)?(?: một số điều)?(?: của)? (?P<name>(?:bộ )?luật [^\d,;.()\n]{2,50}?),? (?=ngày \d)"
)
_AMEND_AT = Words(("sửa đổi",))


def _amended(reading: Reading) -> Iterator[Relation]:
    """A law that was amended before the day on which the report says that it was made."""
    lower, dates = reading.lower, reading.document.dates
    for match in matches_from(_AMENDS, places_of(_AMEND_AT, lower, 0, len(lower)), lower, 0, len(lower)):
        amended = next((d for d in dates if d.start == match.end() and d.kind == "day" and d.iso), None)
        if amended is None:
            continue
        for made in re.finditer(rf"(?<!của )(?<!điều ){re.escape(match['name'])},? (?=ngày \d)", lower):
            law = next((d for d in dates if d.start == made.end() and d.kind == "day" and d.iso), None)
            if law is not None and (amended.iso or "") < (law.iso or ""):
                yield slip(reading, "amended", (match.start(), amended.end), (made.start(), law.end))
                break


_DECADE = re.compile(r"\W*(?P<first>(?:19|20)\d\d)\s?[-–]\s?(?P<last>(?:19|20)\d\d|nay)\W*")
_ELSEWHEN = re.compile(
    r"(?<!\w)(?:từ năm|so với|trước đó|trước đây|tiền thân|thành lập|sinh năm|sau này|đến nay|kế thừa|tiếp nối|tới năm|"
    r"đến năm|kể từ)(?!\w)"
)
_LEAST_DECADES, _LEAST_YEARS = 2, 3
_OPEN_ENDED = "9999"


def _decades(reading: Reading, text: str) -> Iterator[Relation]:
    """Things told under a heading that is nothing but years, of a year outside of these."""
    blocks = reading.document.blocks
    heads = [
        (block, match) for block in blocks if (match := _DECADE.fullmatch(text, block.start, block.end)) is not None
    ]
    spans = [(int(match["first"]), int(match["last"].replace("nay", _OPEN_ENDED))) for _, match in heads]
    joined = all(one[1] <= other[0] <= one[1] + 1 for one, other in pairwise(spans))
    if len(heads) < _LEAST_DECADES or not joined or any(last - first < _LEAST_YEARS for first, last in spans):
        return
    ends = [head.index for head, _ in heads[1:]] + [len(blocks)]
    for (head, _), (first, last), end in zip(heads, spans, ends, strict=True):
        for block in blocks[head.index + 1 : end]:
            year = _only_year(reading, block)
            # The last section may run on into what has no heading of its own.
            if year is not None and (year < first or (year > last and end < len(blocks))):
                yield slip(reading, "heading", (block.body, block.end), (head.start, head.end))


def _only_year(reading: Reading, block: Block) -> int | None:
    """The one year in which a block tells something, without looking elsewhere."""
    if block.kind in ("cell", "junk") or _ELSEWHEN.search(reading.lower, block.start, block.end):
        return None
    dates = reading.document.dates_in(block.start, block.end)
    years = {year for d in dates for year in d.parts[:2] if year is not None and d.kind in ("span", "school_year")}
    years |= {d.parts[0] for d in dates if d.kind in ("day", "month", "year") and d.parts[0] is not None}
    return years.pop() if len(years) == 1 else None
