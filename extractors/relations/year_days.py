"""School years beside days that cannot be theirs: terms of more than a year, openings, years of birth, proposals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_YEAR = re.compile(r"năm học (?P<first>20\d\d) ?[-–] ?(?P<last>20\d\d)(?!\d)")
_TERM_AT = Words(("học kỳ", "học kì", "năm học", "hk1", "hk2", "hki"))
#: A term, or the year itself, lasts from one day to another: ``Học kỳ I từ ngày 05/9/2024 đến ngày 17/01/2025``.
_TERM = re.compile(r"(?<!\w)(?:học k[ỳì]|hk) ?(?:i|ii|1|2)(?!\w)[^.;\d]{0,40}(?:từ|bắt đầu)(?: từ)?:? (?:ngày )?$")
_TILL = re.compile(r"\s*(?:,? ?(?:và )?kết thúc(?: vào)?(?: ngày)?|-|đến hết|đến|tới)\s+(?:ngày )?")
#: The days on which a year opens and closes, named without the year.
_OPENS = re.compile(
    r"(?<!\w)(?:tổ chức )?(?:lễ )?(?:khai giảng|tựu trường)(?: năm học(?: mới)?)?,?(?: vào)?:? (?:ngày )?$"
)
_CLOSES = re.compile(
    r"(?<!\w)(?:bế giảng|tổng kết|kết thúc)(?: năm học)?,?(?: trước| vào| chậm nhất| muộn nhất)*:? (?:ngày )?$"
)
#: Before the year of a sentence: all that it tells is of that year.
_HEADED = re.compile(r"\W*(?:(?:trong|ở|vào|bước vào)(?: suốt)? )?")
_OPENING, _CLOSING = range(7, 10), range(4, 8)
_DAY_AT = Words(("khai giảng", "tựu trường", "bế giảng", "kết thúc năm học"))
_BEFORE = re.compile(r"(?<!\w)(?:năm trước|năm học trước(?! ngày| \d)|so với|cùng kỳ|thành lập|kể từ|từ năm)(?!\w)")
#: By a day long after its end nothing is done in a year: ``xét tốt nghiệp năm học 2023-2024 trước ngày 31/5/2025``.
_DUE = re.compile(r"(?<!\w)(?:trước|chậm nhất|hạn cuối|muộn nhất)(?: là)?(?: ngày)? $")
_CLOSED = re.compile(r"(?<!\w)(?:hoàn thành|tổ chức|kiểm tra|xét|tổng kết|thi|đánh giá)(?!\w)")
#: What is handed in about a year is so within half a year of its end: ``gửi báo cáo năm học 2023-2024 trước ngày …``.
_HANDS_IN = re.compile(
    r"(?<!\w)(?:gửi|nộp|cập nhật|thống kê|lập|hoàn thiện|tổng hợp)(?: [^\W\d_]+){0,4}? ?"
    r"(?:báo cáo|kết quả|số liệu|hồ sơ|danh sách|dữ liệu)(?!\w)[^.;\d]{0,40}$"
)
#: Children of an age, or who enter a form, and when they were born.
_BORN_AT = Words(("sinh năm", "sinh trong năm"))
_BORN = re.compile(
    r"(?<!\w)(?:trẻ(?: em)? ?\(?(?P<age>[3-9]|1[0-8]) tuổi|(?:vào|tuyển sinh) lớp (?P<form>1|6|10)(?!\d))"
    r"[^.;\d]{0,80}?sinh (?:trong )?năm (?P<year>20\d\d)(?!\d)"
    r"|(?<!\w)(?:đối tượng|độ tuổi)(?: dự)?(?: tuyển| xét tuyển| tuyển sinh| dự tuyển)?:?"
    r"[^.;\d]{0,60}?sinh (?:trong )?năm (?P<entering>20\d\d)(?!\d)"
)
_AGES = {"1": 6, "6": 11, "10": 15}
_PROPOSED_AT = Words(("đề nghị",))
#: Who is proposed for an honour of a year.
_PROPOSED = re.compile(
    r"(?<!\w)(?<!được )(?<!đã )đề nghị (?:[^.;\d\n]{0,90}(?<!\w))?"
    r"(?:khen(?: thưởng)?|tặng|công nhận|danh hiệu|thi đua)(?!\w)[^.;\n]{0,80}?năm học (?P<first>20\d\d) ?- ?20\d\d"
)


def find_year_days(reading: Reading) -> Iterator[Relation]:
    """Relations of the kind ``year`` for such places; the ``cue`` says which.

    ``term``: the first of two days of a term (the second part is the last). ``held``: a school year whose opening or
    end stands with a day of another year, or for which something is to be done after it. ``opening`` and ``end``: a
    day on which the report's own year opens or ends. ``born``: a year of birth, its label the age
    (empty where only the title may tell it). ``proposed``: the
    year of an honour that is proposed. ``article``: the year of what the first article of a decision decides.
    """
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk", "caption") or not holds(_ANY_AT, reading.lower, block.body, block.end):
            continue
        days = [d for d in reading.document.dates_in(block.body, block.end) if d.kind == "day" and d.iso]
        if holds(_TERM_AT, reading.lower, block.body, block.end):
            yield from _terms(reading, block, days)
            yield from _due(reading, block, days)
        if holds(_DAY_AT, reading.lower, block.body, block.end):
            yield from _events(reading, block, days)
        born = holds(_BORN_AT, reading.lower, block.body, block.end)
        for match in _BORN.finditer(reading.lower, block.body, block.end) if born else ():
            label = match["age"] or (str(_AGES[match["form"]]) if match["form"] else "")
            yield _relation(reading, "born", match["year"] or match["entering"], match.span(), label)
        if _ARTICLE.match(reading.lower, block.start):
            yield from _article(reading, block)
        if holds(_PROPOSED_AT, reading.lower, block.body, block.end):
            yield from _proposed(reading, block)


_ANY_AT = Words(
    ("học kỳ", "học kì", "năm học", "hk1", "hk2", "hki", "khai giảng", "tựu trường", "bế giảng", "sinh năm")
)


def _relation(
    reading: Reading, cue: str, printed: str, span: tuple[int, int], label: str, *others: Quantity
) -> Relation:
    part = Quantity(value=int(printed[:4]), printed=printed, label=label, evidence=reading.evidence(*span))
    return Relation(kind="year", whole=None, parts=(part, *others), exhaustive=True, cue=cue)


def _terms(reading: Reading, block: Block, days: list[DateMention]) -> Iterator[Relation]:
    for first, last in pairwise(days):
        led = reading.lower[max(block.body, first.start - _LED) : first.start]
        joined = _TILL.fullmatch(reading.lower, first.end, last.start)
        if joined is None or not _TERM.search(led) or not first.iso or not last.iso:
            continue
        until = Quantity(
            value=int(last.iso[:4]), printed=last.iso, label="term", evidence=reading.evidence(last.start, last.end)
        )
        yield _relation(reading, "term", first.iso, (first.start, last.end), "term", until)


_LED = 90


def _only_year(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """The one school year named in a range."""
    years = list(_YEAR.finditer(reading.lower, start, end))
    return years[0] if len(years) == 1 and int(years[0]["last"]) == int(years[0]["first"]) + 1 else None


def _events(reading: Reading, block: Block, days: list[DateMention]) -> Iterator[Relation]:
    """The days on which a year opens or ends, against the year of their sentence, else that of the report."""
    for day in days:
        start, end = reading.document.sentence_at(day.start)
        led = reading.lower[max(start, block.body, day.start - _LED) : day.start]
        opens = _OPENS.search(led) is not None
        month = int((day.iso or "")[5:7])
        if not (opens or _CLOSES.search(led)) or month not in (_OPENING if opens else _CLOSING):
            continue
        if _BEFORE.search(reading.lower, start, end):
            continue
        begins = int((day.iso or "")[:4]) - (0 if opens else 1)
        named = _only_year(reading, start, end)
        headed = named is not None and _HEADED.fullmatch(reading.lower, max(start, block.body), named.start())
        if named is not None and headed and begins == int(named["first"]) + 1:
            years = f"{named['first']}-{named['last']}"
            yield _relation(reading, "held", years, named.span(), f"{begins}-09")
        elif named is None and _YEAR.search(reading.lower, start, end) is None:
            cue = "opening" if opens else "end"
            yield _relation(reading, cue, day.iso or "", (day.start, day.end), str(begins))


def _due(reading: Reading, block: Block, days: list[DateMention]) -> Iterator[Relation]:
    for day in days:
        start, end = reading.document.sentence_at(day.start)
        start = max(start, block.body, reading.lower.rfind(";", start, day.start) + 1)
        semicolon = reading.lower.find(";", day.end, end)
        end = semicolon if semicolon >= 0 else end
        named = _only_year(reading, start, end)
        if named is None or named.end() > day.start or not _DUE.search(reading.lower, start, day.start):
            continue
        begins, month = int((day.iso or "")[:4]) - 1, int((day.iso or "")[5:7])
        told = _CLOSED.search(reading.lower, start, named.start()) is not None
        late = told and begins == int(named["first"]) + 1 and month in _CLOSING
        asked = _HANDS_IN.search(reading.lower, start, named.start()) is not None
        late = late or (asked and (day.iso or "")[:7] > f"{int(named['last']) + 1}-02")
        if late and not _BEFORE.search(reading.lower, start, end):
            years = f"{named['first']}-{named['last']}"
            yield _relation(reading, "held", years, named.span(), f"{begins}-09")


def _article(reading: Reading, block: Block) -> Iterator[Relation]:
    """The one school year of a first article: ``Điều 1. Tặng Giấy khen … thành tích trong năm học 2023-2024``."""
    named = _only_year(reading, block.start, block.end)
    if named is not None and not _FOUNDED.search(reading.lower, block.start, block.end):
        yield _relation(reading, "article", f"{named['first']}-{named['last']}", named.span(), "article")


_ARTICLE = re.compile(r"điều 1[.:]")
_FOUNDED = re.compile(r"(?<!\w)(?:theo|căn cứ|số \d|từ năm|so với|giai đoạn)(?!\w)")


def _proposed(reading: Reading, block: Block) -> Iterator[Relation]:
    for match in _PROPOSED.finditer(reading.lower, block.body, block.end):
        start, end = reading.document.sentence_at(match.start())
        named = _only_year(reading, max(start, block.body), end)
        if named is not None and not _BEFORE.search(reading.lower, start, end):
            first = int(match["first"])
            yield _relation(reading, "proposed", f"{first}-{first + 1}", match.span(), "proposed")
