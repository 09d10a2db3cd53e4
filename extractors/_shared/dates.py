"""Dates, school years and terms as reports write them.

Forms: ``ngày 16/7/2018``, ``15-5-2016``, ``16.7.2018``, ``ngày 30 tháng 01 năm 2019``, ``tháng 6 năm
2021``, ``tháng 12/2018``, ``ngày 25 và 26/12/2018``, ``từ ngày 3 đến ngày 5/12/2018``, ``năm 2019``,
``năm học 2020 - 2021``, ``giai đoạn 2021-2025``, ``học kỳ I năm học 2020-2021``; with parts left
blank (``ngày … tháng 6 năm 2021``, ``ngày …/6/2021``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from extractors._shared.scan import Words, digits, holds, matches_around, matches_from, places_of

DateKind = Literal["day", "month", "year", "school_year", "term", "span", "partial"]


class DateMention(NamedTuple):
    """One date, as a half-open range of the view.

    ``iso`` is truncated where the text is: ``2018-07-16``, ``2021-06``, ``2019``; a school year is
    ``2020-2021``, a term ``2020-2021/HK1``, a span of years ``2021/2025``. It is None where the
    date cannot be (``31/02/2019``, ``năm học 2021-2025``), where a day has no year (kind
    ``partial``) and where a term has no school year.

    ``parts`` are (year, month, day) as printed, None for what is missing or left blank; of a school
    year and a span (first year, last year, None), of a term (first year, last year, 1 or 2).
    ``blank`` says that a part was left blank in a form.
    """

    start: int
    end: int
    iso: str | None
    kind: DateKind
    parts: tuple[int | None, int | None, int | None]
    blank: bool = False

    @property
    def printed(self) -> str | None:
        """``iso``; of a day that cannot be its parts as printed (``2019-09-31``), which are no date."""
        year, month, day = self.parts
        if self.iso or self.kind != "day" or None in self.parts:
            return self.iso
        return f"{year}-{month:02}-{day:02}"


_BLANK = r"[.…_]*(?:\s[.…_]+)*"
_DAY_WORD = r"(?:(?:ngày|ngay|hôm)\s?:?\s?)"
#: Days before the last one: ``25 và``, ``25, 26 và``, ``3 đến ngày``, ``28/11 đến``.
_FIRST = rf"(?P<first>\d{{1,2}}(?:\s?[/.-]\s?\d{{1,2}})?(?:\s?,\s?\d{{1,2}})*)\s?(?:và|-|đến hết|đến|,)\s?{_DAY_WORD}?"
_NUMERIC = re.compile(
    rf"(?:(?:{_DAY_WORD}+|từ\s){_FIRST}|{_DAY_WORD}*)"
    r"(?<![\d/])(?<!\d[.,])(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year>\d{4}|\d{2})(?![\d/]|[.,]\d)"
)
_WORDS = re.compile(
    rf"{_DAY_WORD}+(?:{_FIRST})?(?P<day>\d{{1,2}}|{_BLANK})"
    rf"\s?,?\s?tháng\s?(?P<month>\d{{1,2}}|{_BLANK})(?:\s?,?\s?(?:năm|/)\s?(?P<year>\d{{4}}(?!\d)|(?:20)?{_BLANK}))?"
)
_MONTH = re.compile(
    r"(?<!\w)(?:tháng\s?(?P<month>\d{1,2})\s?(?:,?\s?năm\s?|[/.-]\s?)(?P<year>\d{4})|"
    r"(?P<blank>ngày\s?[.…_\s]*/)\s?(?P<of>\d{1,2})\s?/\s?(?P<in>\d{4}))(?!\d)"
)
_PARTIAL = re.compile(
    r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|hôm)(?:\snay)?,?\s?(?:ngày\s)?\(?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?![\d/]|[.,-]\d)"
)
_YEARS = re.compile(
    r"(?P<cue>(?:(?<!\w)(?:năm học|nh|năm|giai đoạn|nhiệm kỳ|khóa)\s?:?\s?){0,2})(?<![\d/.,-])"
    r"(?P<first>(?:19|20)\d\d)\s?[-/]\s?(?P<last>(?:19|20)\d\d|(?<=[-/])\d\d)(?![\d/]|[.,-]\d)"
)
#: ``năm học 11-12``; of two digits from this one on, the year is one of the last century.
_SHORT_YEARS = re.compile(r"(?<!\w)năm học\s?:?\s?(?P<first>\d\d)\s?[-/]\s?(?P<last>\d\d)(?![\d/]|[.,-]\d)")
_OLD = 70
#: What the slow patterns above always hold, and how much of the second may stand before it.
_NUMERIC_CORE = re.compile(r"\d\d?\s?[/.-]\s?\d\d?\s?[/.-]\s?\d\d")
_YEARS_CORE = re.compile(r"[12][09]\d\d\s?[-/]\s?\d\d")
_CUES_REACH = 40
_YEAR = re.compile(
    r"(?<!\w)năm\s?(?P<year>(?:19|20)\d\d)(?:\s?(?:,|và)\s?(?:19|20)\d\d(?!\s?[-/]?\s?\d))*(?![\d/])(?!-\d)"
)
_TERM = re.compile(r"(?<!\w)(?:học k[ỳì]|hk|h[oọ]c k[yỳi])\s?(?P<half>ii|i|1|2)(?!\w)")
_NUMBER = re.compile(r"\d+")
#: What a date without a digit holds: one left blank, or a term in Roman numerals.
_UNNUMBERED = Words(("tháng", "học k", "hoc k", "hk"))
_DIGIT = re.compile(r"\d")
#: What the patterns above begin with, in the same order.
_NUMERIC_AT = Words(("ngày", "ngay", "hôm", "từ"))
_WORDS_AT = Words(("ngày", "ngay", "hôm"))
_MONTH_WORD = Words(("tháng",))
_MONTH_AT = Words(("tháng", "ngày"))
_PARTIAL_AT = Words(("ngày", "sáng", "trưa", "chiều", "tối", "hôm"))
_YEAR_AT = Words(("năm",))
_SHORT_AT = Words(("năm học",))
_TERM_AT = Words(("học k", "hoc k", "hk"))
#: How far a term looks for the school year that it belongs to.
_TERM_REACH = 160


def find_dates(text: str, lowered: str, start: int = 0, end: int | None = None) -> list[DateMention]:
    """The dates of a range, in order and without overlaps; of overlapping readings the longest.

    Of several days that share a month and a year (``ngày 25 và 26/12/2018``) each is a mention.
    """
    last = len(text) if end is None else end
    if not _DIGIT.search(lowered, start, last) and not holds(_UNNUMBERED, lowered, start, last):
        return []
    found = [
        *_numeric(lowered, start, last),
        *_in_words(lowered, start, last),
        *_months(lowered, start, last),
        *_year_pairs(lowered, start, last),
        *_single_years(lowered, start, last),
        *_partial(lowered, start, last),
    ]
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return sorted([*kept, *_terms(lowered, start, last, kept)])


def iso_date(year: int, month: int | None, day: int | None) -> str | None:
    """``2019-01-30``, ``2019-01`` or ``2019``; None for a date that cannot be."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return str(year)
    return f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{day:02}"


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year


def _day(start: int, end: int, year: int, month: int, day: int) -> DateMention:
    # A zero for the month is a slip, not a blank.
    iso = iso_date(year, month, day) if month and day else None
    return DateMention(start, end, iso, "day", (year, month, day))


def _earlier_days(match: re.Match[str], month: int, year: int) -> Iterator[DateMention]:
    """The days before the last one of a list or range, with its month where they lack one."""
    if not match["first"]:
        return
    start = match.start()
    base = match.start("first")
    if both := re.fullmatch(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})", match["first"]):
        second = int(both[2])
        if "-" in match["first"] and second > 12:  # ``3-5/12/2018`` read as a range of days
            yield _day(start, base + both.end(1), year, month, int(both[1]))
        else:
            yield _day(start, match.end("first"), year, second, int(both[1]))
        return
    for number in _NUMBER.finditer(match["first"]):
        first = start if number.start() == 0 else base + number.start()
        yield _day(first, base + number.end(), year, month, int(number.group(0)))


def _numeric(lowered: str, start: int, end: int) -> Iterator[DateMention]:
    if _NUMERIC_CORE.search(lowered, start, end) is None:
        return
    places = sorted([*places_of(_NUMERIC_AT, lowered, start, end), *digits(lowered, start, end)])
    for match in matches_from(_NUMERIC, places, lowered, start, end):
        if len(match["year"]) == 2 and match["sep"] != "/" and "ngày" not in match.group(0):
            continue
        year, month = _full_year(match["year"]), int(match["month"])
        if not 1800 <= year <= 2199:
            continue
        yield from _earlier_days(match, month, year)
        first = match.start("day") if match["first"] else match.start()
        yield _day(first, match.end(), year, month, int(match["day"]))


def _in_words(lowered: str, start: int, end: int) -> Iterator[DateMention]:
    places = places_of(_WORDS_AT, lowered, start, end)
    if not places or not holds(_MONTH_WORD, lowered, places[0], end):
        return
    for match in matches_from(_WORDS, places, lowered, start, end):
        day, month, year = (_number(match[name]) for name in ("day", "month", "year"))
        stop = match.end()
        if day is None and month is None and year is None and not re.search(r"[.…_]", match.group(0)):
            continue
        if year is None:
            blank = match["year"] is not None or day is None or month is None
            yield DateMention(match.start(), stop, None, "partial", (None, month, day), blank)
        elif month is None or day is None:
            iso = iso_date(year, month, None)
            yield DateMention(match.start(), stop, iso, "month" if month else "year", (year, month, day), True)
        else:
            yield from _earlier_days(match, month, year)
            first = match.start("day") if match["first"] else match.start()
            yield _day(first, stop, year, month, day)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() and digits != "20" * (len(digits) == 4) else None


def _months(lowered: str, start: int, end: int) -> Iterator[DateMention]:
    for match in matches_from(_MONTH, places_of(_MONTH_AT, lowered, start, end), lowered, start, end):
        year, month, blank = int(match["year"] or match["in"]), int(match["month"] or match["of"]), bool(match["blank"])
        yield DateMention(match.start(), match.end(), iso_date(year, month, None), "month", (year, month, None), blank)


def _year_pairs(lowered: str, start: int, end: int) -> Iterator[DateMention]:
    for match in matches_around(_YEARS, _YEARS_CORE, lowered, start, end, reach=_CUES_REACH):
        first = int(match["first"])
        last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
        cue = match["cue"]
        school = (
            "năm học" in cue or cue.startswith("nh ") or (last == first + 1 and "giai" not in cue and "kỳ" not in cue)
        )
        if len(match["last"]) == 2 and not school:
            continue
        if school:
            iso = f"{first}-{last}" if last == first + 1 else None
            yield DateMention(match.start(), match.end(), iso, "school_year", (first, last, None))
        else:
            span = f"{first}/{last}" if last > first else None
            yield DateMention(match.start(), match.end(), span, "span", (first, last, None))
    for match in matches_from(_SHORT_YEARS, places_of(_SHORT_AT, lowered, start, end), lowered, start, end):
        short = int(match["first"])
        first = short + (2000 if short < _OLD else 1900)
        if (short + 1) % 100 == int(match["last"]):
            yield DateMention(
                match.start(), match.end(), f"{first}-{first + 1}", "school_year", (first, first + 1, None)
            )


def _single_years(lowered: str, start: int, end: int) -> Iterator[DateMention]:
    for match in matches_from(_YEAR, places_of(_YEAR_AT, lowered, start, end), lowered, start, end):
        for number in _NUMBER.finditer(match.group(0)):
            begin = match.start() + (number.start() if number.start() > match.end("year") - match.start() - 4 else 0)
            iso, stop = number.group(0), match.start() + number.end()
            yield DateMention(begin, stop, iso, "year", (int(iso), None, None))


def _partial(lowered: str, start: int, end: int) -> Iterator[DateMention]:
    for match in matches_from(_PARTIAL, places_of(_PARTIAL_AT, lowered, start, end), lowered, start, end):
        parts = (None, int(match["month"]), int(match["day"]))
        yield DateMention(match.start(), match.end(), None, "partial", parts)


def _terms(lowered: str, start: int, end: int, dates: list[DateMention]) -> Iterator[DateMention]:
    """Terms, with the school year that follows in the same sentence."""
    for match in matches_from(_TERM, places_of(_TERM_AT, lowered, start, end), lowered, start, end):
        half = 2 if match["half"] in ("ii", "2") else 1
        year = next(
            (d for d in dates if d.kind == "school_year" and d.iso and 0 <= d.start - match.end() <= _TERM_REACH), None
        )
        if year is None or re.search(r"[\n;]|\.\s", lowered[match.end() : year.start]):
            yield DateMention(match.start(), match.end(), None, "term", (None, None, half))
        else:
            yield DateMention(match.start(), match.end(), f"{year.iso}/HK{half}", "term", (*year.parts[:2], half))
