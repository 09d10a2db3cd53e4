"""Days of the week that a date does not fall on: ``thứ Hai, ngày 27/5/2022``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors._shared.dates import DateMention
from extractors._shared.scan import Words, holds
from extractors.relations.misdated import slip
from extractors.relations.reading import Reading
from schemas.relation import Relation

_NAMES = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5, "7": 5,
}  # fmt: skip
_SUNDAY = 6
_WEEKDAY = r"(?:thứ (?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)"
_AT = Words(("thứ ", "chủ nhật"))
_REACH = 24
#: Before it nothing stands that the word could number: ``hội nghị lần thứ hai, ngày …``.
_BEFORE = re.compile(
    rf"(?:^|[,;:(–-]\s?|(?<!\w)(?:vào|sáng|trưa|chiều|tối|hôm|đến|tới|từ|và|là|trước|hết|ngày|lúc|tức) ){_WEEKDAY}"
    r"(?:,| ?-)? ?\(?$"
)
_BEHIND = re.compile(
    rf" ?,? ?\(?(?:nhằm |tức |là )?(?:ngày )?{_WEEKDAY}(?!\w)(?! (?:tuần|của|hàng)(?!\w))"
    r"(?! ?(?:và|,|đến|-) ?(?:thứ|chủ))"
)
#: Of several days told together the names stand behind them all: ``ngày 05 và 06/6/2021 (thứ Bảy và Chủ nhật)``.
_SEVERAL = re.compile(r"(?<!thứ )\d ?(?:và|,|đến|tới|-|–) ?(?:ngày )?$")
#: One day only, whatever words are part of the date.
_ONE_DAY = re.compile(r"\D*\d{1,2}(?:\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|,? tháng \d{1,2},? năm \d{4})")


def find_weekdays(reading: Reading) -> Iterator[Relation]:
    """Each full date that stands beside the name of another day of the week, as ``impossible``."""
    lower = reading.lower
    if not holds(_AT, lower, 0, len(lower)):
        return
    for mention in reading.document.dates:
        if mention.kind != "day" or mention.iso is None or mention.blank:
            continue
        if _ONE_DAY.fullmatch(lower, mention.start, mention.end) is None:
            continue
        if _SEVERAL.search(lower[_line(lower, mention) : mention.start]):
            continue
        found = _BEFORE.search(lower[_line(lower, mention) : mention.start])
        first, last = (mention.start - len(found[0]), mention.end) if found else (mention.start, mention.end)
        if found is None:
            found = _BEHIND.match(lower, mention.end)
            last = found.end() if found else last
        if found is not None and _number(found) != date.fromisoformat(mention.iso).weekday():
            yield slip(reading, "weekday", (first, last))


def _line(lower: str, mention: DateMention) -> int:
    """Where to begin to look: not before the line of a date."""
    return max(mention.start - _REACH, lower.rfind("\n", 0, mention.start) + 1, 0)


def _number(found: re.Match[str]) -> int:
    return _SUNDAY if found["name"] is None else _NAMES[found["name"]]
