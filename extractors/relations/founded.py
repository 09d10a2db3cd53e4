"""The day on which a school began, told with two years: ``thành lập ngày 15/8/1975``, ``ngày thành lập 15/8/1976``.

So is the day on which it was recognised: ``công nhận đạt chuẩn quốc gia ngày 20/11/2012`` and ``ngày 20/11/2021``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import UPPER, Reading
from extractors.relations.slips import differ_by_slip
from schemas.relation import Quantity, Relation

#: What two years of one first day are.
FOUNDED = "ngày thành lập"
#: The same of one recognition.
RECOGNISED = "ngày công nhận"
_AT = Words(("thành lập", "khai giảng", "khai trường", "ra đời", "khánh thành", "công nhận"))
#: What happens to a school on one day only; a school year opens every year.
_FOUNDED = re.compile(
    r"(?<!\w)(?:thành lập|ra đời|khánh thành|khai sinh)(?!\w)(?! (?:hội đồng|đoàn|ban|tổ|đội|quỹ)(?!\w))"
)
_OPENED = re.compile(r"(?<!\w)(?:khai giảng|khai trường)(?!\w)")
#: What a school is recognised as: one recognition and the next one do not fall on one day.
_STANDARD = re.compile(
    r"(?<!\w)công nhận(?: là)?(?: (?:trường|cơ sở|đơn vị))?(?: (?:học|giáo dục|thư viện))?(?: đạt)?"
    r"(?: (?:tiêu|trường))? ?(?:chuẩn(?! nghề| đầu| kiến| hiệu)|kiểm định|phổ cập)(?!\w)"
)
_OTHER_STANDARDS = re.compile(r"(?<!\w)(?:lại|thư viện|phổ cập|xã|phường|nông thôn|làng|đơn vị văn hóa)(?!\w)")
_FIRST = re.compile(r"(?<!\w)đầu tiên(?!\w)")
#: The day is said to be that of before: ``kể từ ngày khai giảng 05/9/1969 ấy``.
_LOOKING_BACK = re.compile(
    r"(?<!\w)(?:kể từ|tính từ|từ|sau|nhớ (?:lại )?|tròn [\w ]{1,20}) (?:cái )?(?:ngày|buổi|lễ|khi)(?!\w)"
)
#: Other bodies than the school have days of their own.
_OTHERS = re.compile(
    r"(?<!\w)(?:chi bộ|đảng bộ|đảng cộng sản|đoàn|đội|công đoàn|hội|câu lạc bộ|huyện|tỉnh|xã|phường|mặt trận|quân đội|"
    r"ngành|liên đoàn|lại|tiền thân|phân hiệu|điểm trường|cơ sở \d)(?!\w)"
)
#: A school by its name, which tells it from another.
_NAMED = re.compile(
    rf"(?:THPT|THCS|TH&THCS|TH|MN|PTDTNT|[Tt]iểu học|[Mm]ầm non|[Tt]rung học cơ sở|[Tt]rung học phổ thông)"
    rf"(?: chuyên)? (?P<name>[{UPPER}][\w’'-]*(?: [{UPPER}\d][\w’'-]*)*)"
)
#: Right before the day of a document, not of what it founded.
_OF_DOCUMENT = re.compile(r"\d(?:/\d{4})?[/-][^\W\d_][^\s,;()]*,? (?:ngày )?$")
_NEAR = 2
_OPENING = "opening"


@dataclass(frozen=True)
class _Day:
    """A day of a school's beginning, with its sentence; its ``kind`` tells a first school year and a recognition."""

    date: DateMention
    sentence: tuple[int, int]
    kind: str
    first: bool
    names: frozenset[str]


def find_founded(reading: Reading) -> Iterator[Relation]:
    """The first two days of one beginning that differ in nothing but the year, by a slip."""
    if not holds(_AT, reading.lower, 0, len(reading.lower)):
        return
    days = [day for block in reading.document.prose() for day in _days(reading, block)]
    for one, other in combinations(days, 2):
        if one.sentence == other.sentence or one.date.parts[1:] != other.date.parts[1:]:
            continue
        a, b = one.date.parts[0] or 0, other.date.parts[0] or 0
        told = one.kind == other.kind and (one.kind != _OPENING or one.first or other.first)
        told = told and not (one.names and other.names and one.names.isdisjoint(other.names))
        if told and a != b and (abs(a - b) <= _NEAR or differ_by_slip(a, b)):
            parts = _year(reading, one), _year(reading, other)
            cue = RECOGNISED if one.kind == RECOGNISED else FOUNDED
            yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=cue)
            return


def _days(reading: Reading, block: Block) -> Iterator[_Day]:
    """The one day of each sentence that tells a beginning of the school."""
    if not holds(_AT, reading.lower, block.body, block.end):
        return
    for start, end in reading.document.sentences(block):
        found = [d for d in reading.document.dates_in(start, end) if d.kind == "day" and d.iso and not d.blank]
        kind = _kind(reading, start, end)
        if len(found) != 1 or kind is None:
            continue
        date = found[0]
        back = _LOOKING_BACK.search(reading.lower, start, date.start) is not None
        first = _FIRST.search(reading.lower, start, end) is not None
        of_document = _OF_DOCUMENT.search(reading.lower, max(start, date.start - 40), date.start) is not None
        if of_document or (kind == _OPENING and not (first or back)):
            continue
        names = frozenset(match["name"] for match in _NAMED.finditer(reading.text, start, end))
        yield _Day(date, (start, end), kind, first, names)


def _kind(reading: Reading, start: int, end: int) -> str | None:
    """What the one day of a sentence is of: a beginning, a first school year, a recognition; None where of several."""
    lower = reading.lower
    recognised = _STANDARD.search(lower, start, end) is not None
    founded, opened = (pattern.search(lower, start, end) is not None for pattern in (_FOUNDED, _OPENED))
    if recognised:
        told_of_others = founded or opened or _OTHER_STANDARDS.search(lower, start, end) is not None
        return None if told_of_others else RECOGNISED
    if opened == founded or _OTHERS.search(lower, start, end):
        return None
    return _OPENING if opened else FOUNDED


def _year(reading: Reading, day: _Day) -> Quantity:
    place = day.date.start, day.date.end
    return Quantity(
        value=day.date.parts[0] or 0,
        printed=reading.document.value(*place),
        evidence=reading.evidence(*place),
    )
