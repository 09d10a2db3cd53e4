"""Years counted since something: anniversaries, and how old a school says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.misdated import slip
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

#: What two numbers of years of one history are.
AGE = "số năm"

_OF = r"(?<!\w)(?<!khối )(?<!lớp )(?<!khóa )(?P<n>\d{1,3}) năm(?!\w)[^()\d\n]{0,90}(?:\d{1,2}/\d{1,2})?\s?"
_ANNIVERSARY_AT = re.compile(
    r"\(\s?(?:(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?)?(?P<first>(?:19|20)\d\d)\s?[-–]\s?"
    r"(?:(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?)?(?P<last>(?:19|20)\d\d)\s?\)"
)
_YEARS_OF = re.compile(_OF + "$")


def find_anniversaries(reading: Reading) -> Iterator[Relation]:
    """Years counted from one day to another that are not as many: ``33 năm … (20/11/1982 - 20/11/2016)``.

    Between years alone the first may be counted in (``5 năm (2011-2015)``).
    """
    lower = reading.lower
    yield from _celebrations(reading)
    yield from _ages(reading)
    for match in _ANNIVERSARY_AT.finditer(lower):
        counted = _YEARS_OF.search(lower, max(0, match.start() - 120), match.start())
        if counted is None or (match["day"], match["month"]) != (match["day2"], match["month2"]):
            continue
        years, count = int(match["last"]) - int(match["first"]), int(counted["n"])
        if years > 0 and count not in ((years,) if match["day"] else (years, years + 1)):
            yield slip(reading, "anniversary", (counted.start(), match.end()))


_FOUNDED = re.compile(
    r"(?<!\w)(?:được |chính thức )?thành lập (?:vào |từ )?(?:ngày [\d/.-]*|năm |tháng [\d/]*)?(?P<year>(?:19"
    r"|20)\d\d)(?!\d)"
)
_CELEBRATED = re.compile(
    r"(?<!\w)kỷ niệm (?:lần thứ )?(?P<n>\d{2,3}) năm (?:ngày )?(?:thành lập|xây dựng"
    r"|truyền thống) (?:nhà )?trường(?!\w)"
)
_CELEBRATED_AT = Words(("kỷ niệm",))


def _celebrations(reading: Reading) -> Iterator[Relation]:
    """A school's anniversary, in a year that is not so many years after the only one of its foundation."""
    lower = reading.lower
    if not holds(_CELEBRATED_AT, lower, 0, len(lower)):
        return
    founded = list(_FOUNDED.finditer(lower))
    if len({match["year"] for match in founded}) != 1:
        return
    for match in _CELEBRATED.finditer(lower):
        start, end = reading.document.sentence_at(match.start())
        dates = [d for d in reading.document.dates_in(start, end) if d.kind in ("day", "month", "year") and d.parts[0]]
        told = [d for d in dates if not any(f.start() <= d.start < f.end() for f in founded)]
        if len(told) == 1 and abs((told[0].parts[0] or 0) - int(founded[0]["year"]) - int(match["n"])) > 1:
            span = min(match.start(), told[0].start), max(match.end(), told[0].end)
            yield slip(reading, "anniversary", span, founded[0].span())


_GROWTH = r"(?:xây dựng|hình thành|phấn đấu)(?:,| và) (?:phát triển|trưởng thành)"
_AGE = re.compile(
    rf"(?<!\w)(?:bề d[aầà]y (?:lịch sử |truyền thống )?(?P<a>\d{{2,3}}) năm|(?P<b>\d{{2,3}}) năm {_GROWTH})(?!\w)"
)
_AGE_AT = Words((" năm xây dựng", " năm hình thành", " năm phấn đấu", "bề dày", "bề dầy"))
_SINCE = re.compile(r"\s*trong (?P<n>\d{2,3}) năm qua(?!\w)")
_OTHER_TIME = re.compile(
    r"(?<!\w)(?:sau|trước|khi đó|lúc đó|chặng đường đầu|đầu tiên|ngành|đảng bộ|đoàn|đội|công đoàn|huyện|tỉnh)(?!\w)"
)


def _ages(reading: Reading) -> Iterator[Relation]:
    """The numbers of years that a text gives for the whole of one history, where they are not one."""
    lower = reading.lower
    if not holds(_AGE_AT, lower, 0, len(lower)):
        return
    found: list[Quantity] = []
    for match in _AGE.finditer(lower):
        start, end = reading.document.sentence_at(match.start())
        if _OTHER_TIME.search(lower, start, match.end()):
            continue
        found.append(_years(reading, match, "a" if match["a"] else "b"))
        if since := _SINCE.match(lower, end):
            found.append(_years(reading, since, "n"))
    if len({part.value for part in found}) == 2:
        first = found[0]
        other = next(part for part in found if part.value != first.value)
        yield Relation(kind="same", whole=None, parts=(first, other), exhaustive=True, cue=AGE)


def _years(reading: Reading, match: re.Match[str], name: str) -> Quantity:
    return Quantity(
        value=int(match[name]),
        printed=reading.document.value(*match.span(name)),
        unit="năm",
        evidence=reading.evidence(match.start(name), match.end()),
    )
