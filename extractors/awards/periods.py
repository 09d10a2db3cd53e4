"""The year of an award as its own words tell it: ``Năm học 2018-2019 có 5 giải``, ``giải Nhất … năm 2019``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors._shared.document import Block, Document
from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from schemas.records import Award

_YEAR = r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?(?![\d/.]\d|\w)"
#: A year that opens a sentence or a clause, so that all of it is told of that year.
_OPENS = re.compile(
    r"[\s\"“*+•–-]*(?:\(?\w{1,2}[.)] )?(?:(?:trong|vào|riêng|đến|cuối|ngay|cũng trong|kết thúc|tổng kết|so với|cùng kỳ"
    rf"|đặc biệt|tiếp đó|sang|và|hè|còn|trước đó),? )*năm(?: học)? (?P<year>{_YEAR})(?! ?[-–] ?(?:nay|đến))"
)
#: A year right behind an award, its contest or its level in between: ``giải Nhất Tin học trẻ tỉnh (năm 2019)``.
_BEHIND = re.compile(
    rf"(?:[^,;.:()\d\n]{{0,45}}?)? ?\(?(?:,? ?(?:trong |vào )?năm(?: học)? |\()(?P<year>{_YEAR})(?=[),;.:]|$| )"
)
_IN_CONTEST = re.compile(rf"(?<!\w)năm(?: học)? (?P<year>{_YEAR})")
#: A heading that tells one year: ``Thành tích năm học 2018-2019``.
_HEADING = re.compile(rf"[^\d\n]{{0,60}}năm(?: học)? (?P<year>{_YEAR})[^\d\n]{{0,40}}")
_CLAUSES = re.compile(r"[;(]")
#: The year before the one that is reported on, at the head of a clause: ``(năm trước: 15 giải, thứ 8)``.
_YEAR_BEFORE = re.compile(
    r"[\s*+•–-]*(?:(?:trong|vào|so với|còn|cùng kỳ) )*năm (?:học )?(?:trước|ngoái)(?! (?:đó|khi))(?!\w)"
)
#: The label of a row: ``2015-2016``, ``Năm học 2016-2017``.
_ROW = re.compile(rf"(?:năm(?: học)? )?(?P<year>{_YEAR})")
_SCHOOL_YEAR = re.compile(r"(?P<first>\d{4})(?P<sign>[-/])(?P<last>\d{4})(?:/HK\d)?")
#: Documents on what is to come.
_PLANS = frozenset({"ke_hoach", "chuong_trinh"})
#: Until this month of a school year nothing has been won in it.
_FIRST_RESULTS = "-11"


def with_told_periods(context: Context, awards: Iterable[Award]) -> Iterator[Award]:
    """The awards, those that only have the period of the report with the year that is told of them.

    Where none is told it is the period of the report; in what is written at the outset of a school year or of a
    term, or plans it, the one before.
    """
    usual = _usual(context)
    for award in awards:
        if award.period != context.period:
            yield award
        else:
            year = _told(context, award, usual) or usual
            yield award.model_copy(update={"period": year}) if year != award.period else award


def _usual(context: Context) -> str | None:
    """The period of awards of which no year is told; that of the report where it cannot be told better."""
    match = _SCHOOL_YEAR.fullmatch(context.period or "")
    if match is None:
        return context.period
    first, last = int(match["first"]), int(match["last"])
    begun = f"{first}{_FIRST_RESULTS}" if match["sign"] == "-" else f"{first + 1}"
    early = context.date is not None and context.date < begun
    if early or (context.kind in _PLANS and match["sign"] == "-"):
        return f"{2 * first - last}{match['sign']}{first}"
    return context.period


def _told(context: Context, award: Award, usual: str | None) -> str | None:
    """The year told of an award: behind it, in its contest, at the head of its clause or sentence, in a heading."""
    document = context.document
    spans = [(view_offset(document, p.start), view_offset(document, p.end - 1) + 1) for p in award.evidence]
    start, end = spans[-1]
    block = document.block_at(start)
    if block.kind == "cell":
        return _of_row(document, block)
    before = _year_before(usual)
    if before and any(_YEAR_BEFORE.match(document.lower, clause, start) for clause in _heads(document, start)):
        return before
    match = _BEHIND.match(document.lower, end, block.end)
    match = match or (_IN_CONTEST.search(award.contest.lower()) if award.contest else None)
    match = match or _opening(document, start)
    if match is None:
        heads = (document.head(above) for above in document.ancestors(block))
        match = next((m for head in heads if (m := _HEADING.fullmatch(document.lower, *head))), None)
    return _iso(match["year"]) if match else None


def _of_row(document: Document, cell: Block) -> str | None:
    """The year that labels the row of a cell; None where none does."""
    place = cell.cell
    if place is None or cell.table is None:
        return None
    row = [b for b in document.cells(cell.table) if b.cell and b.cell.row == place.row and b.cell.col < place.col]
    matches = (_ROW.fullmatch(document.lower[other.body : other.end].strip(" *.:")) for other in row[:2])
    return next((_iso(match["year"]) for match in matches if match), None)


def _year_before(usual: str | None) -> str | None:
    """The school year before one; None for another period."""
    match = _SCHOOL_YEAR.fullmatch(usual or "")
    if match is None or match["sign"] != "-":
        return None
    return f"{int(match['first']) - 1}-{match['first']}"


def _heads(document: Document, at: int) -> list[int]:
    """Where the clauses begin whose heads are told of a position, the nearest first, the sentence last."""
    first, _ = document.sentence_at(at)
    return [first, *(m.end() for m in _CLAUSES.finditer(document.lower, first, at))][::-1]


def _opening(document: Document, at: int) -> re.Match[str] | None:
    """The year that opens the nearest clause before a position, else the sentence."""
    found = (_OPENS.match(document.lower, clause, at) for clause in _heads(document, at))
    return next((match for match in found if match), None)


def _iso(year: str) -> str:
    return re.sub(r" ?[-–] ?", "-", year)
