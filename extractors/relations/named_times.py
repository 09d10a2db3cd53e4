"""Numbers of things told elsewhere than their list: events with their days, school years, sports, rows of a table.

``ba đợt trong năm: tọa đàm ngày 8/3, hội thi ngày 20/10 và giao lưu ngày 20/11``; ``Ba lần nhận cờ`` over ``các năm học
2009-2010, 2014-2015 và 2018-2019``; ``430 vận động viên và 5 môn. … Các môn thi có điền kinh, bóng đá, …``;
``4 buổi: 8/3, 1/6, 20/10 và 20/11``;
``05 tập thể và 09 cá nhân có tên dưới đây`` over a table with rows of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import WholeWords, Words, holds
from extractors.relations.announced import TOGETHER
from extractors.relations.grids import Grid, find_grids
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_SPOKEN = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_N = r"(?P<n>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_DAY = r"(?:ngày |\()\d{1,2}/\d{1,2}(?:/\d{4})?\)?"
#: Events, each with its day behind a comma.
_EVENTS = re.compile(
    rf"(?<![\w/.,]){_N} (?P<noun>đợt|buổi|lần|cuộc|hoạt động|chuyên đề|hội thi|chương trình|kỳ họp|phiên họp)"
    rf"(?!\w)[^\d:;.()]{{0,60}}: ?(?P<list>[^;:\n]*?{_DAY}[^;:\n]*?)(?=\.(?:\s|$)|;|$)",
    re.M,
)
_EVENT = re.compile(_DAY)
_DAYS_AT = Words(("ngày ", "(1", "(2", "(3", "(0"))
_YEAR = r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?"
#: What was given so many times, and the years in which it was.
_TIMES = re.compile(rf"(?<!\w){_N} lần(?! thứ)(?= [^\W\d_])[^.;:\d]{{2,60}}")
_YEARS = re.compile(
    rf"(?:(?:vào |trong )?(?:các )?năm(?: học)? |\()(?P<list>{_YEAR}(?:(?:, | và |; |"
    rf", và )(?:năm(?: học)? )?{_YEAR})+)(?![\d/-])"
)
_TIMES_AT = Words((" lần",))
_BETWEEN = re.compile(r"[^.;:\n\d]{0,90}\n?[^.;:\n\d]{0,90}")
_EACH = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng|từng|các) (?:năm|kỳ|tháng|quý|khóa)[^.;]{0,12}$")
_LISTED = re.compile(
    r"(?<!\w)(?:các|những) (?P<noun>môn|môn thi|môn thi đấu|bộ môn|câu lạc bộ)(?: [^\W\d_]+){0,3}? (?:có|"
    r"gồm|là|gồm có|bao gồm):? "
    r"(?P<list>[^.;:\d()]{10,300}?)(?=\.(?:\s|$)|$)",
    re.M,
)
_LISTED_AT = Words(("các môn", "những môn", "các bộ môn", "các câu lạc bộ"))
_NOT_ALL = re.compile(r"…|v\.v|(?<!\w)(?:như|khác|tiêu biểu|một số|nhiều|trong đó|thế mạnh|chính)(?!\w)")
_AND = re.compile(r" và ")
_MOST, _LONGEST = 2, 6


_MEETINGS_AT = WholeWords(("buổi", "đợt", "lần", "cuộc", "phiên", "kỳ", "ngày"))
_BARE_DAY = r"(?:ngày )?\d{1,2}/\d{1,2}(?:/(?:19|20)\d\d)?"
#: Meetings told by nothing but their days, one each: neither a span of days nor two meetings of one day.
_MEETINGS = re.compile(
    rf"(?<![\d.,/-]){_N} (?:buổi|đợt|lần|cuộc|phiên|kỳ|ngày)(?!\w)"
    r"(?P<what>[^\d,;.:()\n]{0,60}?)(?:: ?|\(| (?:vào|nhân|là) (?:các |dịp )?(?:ngày (?:lễ )?|dịp )?)"
    rf"(?P<days>{_BARE_DAY}(?:(?:, ?|; ?| và ){_BARE_DAY})+)(?=\s*(?:[.;)\n]|$))"
)
_SOME = re.compile(r"(?<!\w)(?:như|trong đó|nhất là|riêng|chẳng hạn|tiêu biểu|khác|mỗi|tuần|tháng)(?!\w)")
_ONE_DAY = re.compile(_BARE_DAY)


def find_named_times(reading: Reading) -> Iterator[Relation]:
    """Such lists with their numbers; a last ``và`` may join two things, and where either reading fits the list fits."""
    lower = reading.lower
    for block in reading.document.prose():
        if holds(_DAYS_AT, lower, block.body, block.end):
            for match in _EVENTS.finditer(lower, block.body, block.end):
                yield from _events(reading, match)
        if holds(_MEETINGS_AT, lower, block.body, block.end):
            for match in _MEETINGS.finditer(lower, block.body, block.end):
                yield from _meetings(reading, match)
        if holds(_TIMES_AT, lower, block.body, block.end):
            for match in _TIMES.finditer(lower, block.body, block.end):
                yield from _years(reading, match)
        if holds(_LISTED_AT, lower, block.body, block.end):
            for match in _LISTED.finditer(lower, block.body, block.end):
                yield from _subjects(reading, match)
    for grid in find_grids(reading):
        yield from _sections(reading, grid)


def _meetings(reading: Reading, match: re.Match[str]) -> Iterator[Relation]:
    """``4 buổi sinh hoạt: 8/3, 1/6, 20/10 và 20/11``; nothing where some are left out."""
    if _SOME.search(match["what"]):
        return
    days = _ONE_DAY.finditer(reading.lower, match.start("days"), match.end("days"))
    whole = reading.quantity(_value(match["n"]), match.span("n"), (match.start(), match.start("days")))
    parts = tuple(reading.thing(*day.span()) for day in days)
    yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue=":")


def _value(printed: str) -> int:
    return _SPOKEN.get(printed) or int(printed)


def _whole(reading: Reading, match: re.Match[str], unit: str) -> Quantity:
    end = min(match.end("n") + 60, match.end())
    return reading.quantity(_value(match["n"]), match.span("n"), (match.start("n"), end), unit=unit)


def _pieces(reading: Reading, start: int, end: int, *, at_and: bool) -> list[Quantity]:
    signs = r", | và " if at_and else r", "
    cuts = [m.span() for m in re.finditer(signs, reading.lower[start:end])]
    starts, ends = [0, *(last for _, last in cuts)], [*(first for first, _ in cuts), end - start]
    return [reading.thing(start + a, start + b) for a, b in zip(starts, ends, strict=True) if a < b]


def _list(whole: Quantity, parts: Sequence[Quantity], cue: str) -> Iterator[Relation]:
    if len(parts) != whole.value and abs(len(parts) - whole.value) <= _MOST and len(parts) > 1:
        yield Relation(kind="list", whole=whole, parts=tuple(parts), exhaustive=True, cue=cue)


def _events(reading: Reading, match: re.Match[str]) -> Iterator[Relation]:
    if _NOT_ALL.search(match["list"]) or (match["n"] == "năm" and match["noun"] == "học"):
        return
    parts = _pieces(reading, *match.span("list"), at_and=True)
    dated = [_EVENT.search(part.printed) is not None for part in parts]
    # A day ends what is told of an event: the last one may have none.
    if all(dated[:-1]) and len(parts) > 2:
        yield from _list(_whole(reading, match, match["noun"]), parts, ":")


def _years(reading: Reading, match: re.Match[str]) -> Iterator[Relation]:
    reach = min(len(reading.lower), match.end() + 160)
    found = _YEARS.search(reading.lower, match.start(), reach)
    if found is None or _BETWEEN.fullmatch(reading.lower, match.end("n") + 4, found.start()) is None:
        return
    each = _EACH.search(reading.lower, max(0, match.start() - 24), match.start())
    if each is not None or _NOT_ALL.search(reading.lower, match.start(), found.end()):
        return
    years = [m.span() for m in re.finditer(_YEAR, reading.lower[found.start("list") : found.end("list")])]
    at = found.start("list")
    parts = [reading.thing(at + a, at + b) for a, b in years]
    yield from _list(_whole(reading, match, "lần"), parts, "năm")


_COUNTED = re.compile(r"(?<![\w/.,-])(?P<n>\d{1,2}) (?:môn|bộ môn|câu lạc bộ)(?: thi(?: đấu)?)?(?=[\s,.;:)]|$)")


def _subjects(reading: Reading, match: re.Match[str]) -> Iterator[Relation]:
    """Sports or clubs by name against the one number of them that the report gives."""
    noun = match["noun"].split()[0]
    told = [m for m in _COUNTED.finditer(reading.lower) if f" {noun}" in m.group()]
    if len({m["n"] for m in told}) != 1 or _NOT_ALL.search(match["list"]) or TOGETHER.search(match["list"]):
        return
    parts = _pieces(reading, *match.span("list"), at_and=True)
    if any(len(part.printed.split()) > _LONGEST for part in parts) or len(_AND.findall(match["list"])) > 1:
        return
    whole = reading.quantity(int(told[0]["n"]), told[0].span("n"), told[0].span(), unit=noun)
    yield from _list(whole, parts, "gồm")


_GROUPS = re.compile(r"(?<![\w/.,-])(?P<a>\d{1,3}) tập thể(?:,| và|;) (?P<b>\d{1,3}) cá nhân(?!\w)")
_BELOW = re.compile(r"(?<!\w)(?:(?:bảng|danh sách|như) (?:dưới đây|sau|sau đây)|dưới đây)(?!\w)")
_NUMBER = re.compile(r"(?P<n>\d{1,3})[.)]?")


def _sections(reading: Reading, grid: Grid) -> Iterator[Relation]:
    """The rows of a table against the numbers that the text right above it announces."""
    first = grid.blocks[0]
    before = [b for b in reading.document.blocks[max(0, first.index - 3) : first.index] if b.table is None]
    for block in reversed(before):
        match = _GROUPS.search(reading.lower, block.body, block.end)
        if match is not None:
            for name, noun in (("a", "tập thể"), ("b", "cá nhân")):
                whole = reading.quantity(int(match[name]), match.span(name), match.span(), unit=noun)
                yield from _list(whole, _rows_of(grid, noun), "danh sách")
            return
        if _BELOW.search(reading.lower, block.body, block.end):
            yield from _rows_below(reading, grid, block)
            return


def _end(grid: Grid, row: int) -> int:
    """Where a row's name ends: that of its number, where the cell behind it is missing."""
    return grid.cells.get((row, 1), grid.cells[row, 0]).end


def _rows_of(grid: Grid, noun: str) -> list[Quantity]:
    """The numbered rows behind the one that says what they are."""
    found: list[Quantity] = []
    inside = False
    for row in range(grid.rows):
        number = _NUMBER.fullmatch(grid.text(row, 0))
        if number is None:
            inside = noun in grid.label(row)
        elif inside and int(number["n"]) == len(found) + 1:
            found.append(grid.reading.thing(grid.cells[row, 0].start, _end(grid, row)))
    return found


_NAME_HEAD = re.compile(
    r"(?:tên |họ và tên )?(?P<noun>cơ sở|trường|đơn vị|chi bộ|câu lạc bộ|tổ|điểm trường|"
    r"thôn|xã)(?: [^\W\d_]+)?"
)
_LEAST_ROWS = 3


def _rows_below(reading: Reading, grid: Grid, block: Block) -> Iterator[Relation]:
    """``có 9 cơ sở … bảng dưới đây`` over rows numbered from 1, each named in a column of that noun."""
    head = _NAME_HEAD.fullmatch(grid.text(0, 1)) if grid.first == 1 else None
    if head is None:
        return
    numbers = [_NUMBER.fullmatch(grid.text(row, 0)) for row in range(1, grid.rows)]
    rows = [row for row, number in enumerate(numbers, 1) if number is not None]
    if len(rows) < _LEAST_ROWS or [int(numbers[r - 1]["n"]) for r in rows] != list(range(1, len(rows) + 1)):  # type: ignore[index]
        return
    counted = re.compile(rf"(?<![\w/.,-])(?P<n>\d{{1,3}}) {head['noun']}(?!\w)")
    told = list(counted.finditer(reading.lower, block.body, block.end))
    if len(told) == 1:
        whole = reading.quantity(int(told[0]["n"]), told[0].span("n"), told[0].span(), unit=head["noun"])
        parts = [reading.thing(grid.cells[row, 0].start, _end(grid, row)) for row in rows]
        yield from _list(whole, parts, "bảng")
