"""Schools in the order of their ranks: ``1. THCS A, 2. THCS B``, items 1, 2, 3 below ``Xếp hạng:``, ``A hạng 1``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.outline import ORDINALS
from extractors._shared.scan import WholeWords, Words, holds
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context
from extractors.awards.own_homes import school_called
from extractors.awards.school_beside import PLACE
from schemas.records import School

#: A rank told of a school: the passage of both, the place, and where the school is named.
Ranked = tuple[int, int, int, tuple[int, int, School]]

_RANKING = WholeWords(("xếp hạng", "thứ hạng", "vị thứ", "xếp thứ"))
_PLACE_AT = Words(("hạng", "thứ"))
_BEHIND = re.compile(r":? (?:hạng|(?<!lần )thứ) (?P<n>\d{1,2})(?= ?[,;.)]| và |$)(?!, ngày)", re.M)
#: ``thứ 2`` behind a name alone is a day.
_RANKED = re.compile(r"(?<!\w)(?:xếp|hạng|thứ nhất|toàn đoàn|thi đua|vị thứ)(?!\w)")
_NAME = rf"(?:(?:[Tt]rường|[Tt]iểu học|[Mm]ầm non|[Mm]ẫu giáo) )*[{CAPITAL}][^,;:()\n]{{1,50}}?"
_POINTS = r"(?: ?[:(-]? ?(?:với |đạt |được )?\d{1,4}(?:[.,]\d{1,3})? ?(?:điểm|đ)?\)?)"
#: One of a row inside a sentence: ``1. Lương Nghĩa (95 điểm)``, ``2) THCS Phù Yên``.
_NUMBERED = re.compile(
    rf"(?<![\w.,/])(?P<n>\d{{1,2}})[.)] ?(?P<who>{_NAME})(?:{_POINTS}(?=[,;.\n]|$)|(?= ?[,;.\n]| và |$))", re.M
)
_GAP = re.compile(r" ?[,;.]? ?(?:và )?")
#: The line above items that are numbered by their ranks.
_HEAD = re.compile(r"(?:xếp hạng|thứ hạng|vị thứ|xếp (?:vị )?thứ)(?!\w)[^:]*: ?$")
#: What else an item of such a list tells.
_REST = re.compile(rf"{_POINTS}?[ .;,]*")
#: One school is no row.
_TWO = 2


def ranked_rows(context: Context, block: Block) -> Iterator[Ranked]:
    """The schools of a block that are told with a place each, by a number before or behind their names."""
    document = context.document
    yield from _item(context, block)
    if holds(_PLACE_AT, document.lower, block.body, block.end):
        yield from _behind(context, block)
        yield from _behind_own_names(context, block)
    if holds(_RANKING, document.lower, block.start, block.end):
        yield from _numbered(context, block)


def _behind(context: Context, block: Block) -> Iterator[Ranked]:
    """``THCS A hạng 1, THCS B hạng 2``, ``TH A xếp thứ nhất, TH B thứ 2``: where more than one school is ranked."""
    document = context.document
    for start, end, school in context.schools_in(block.body, block.end):
        match = _BEHIND.match(document.lower, end, block.end)
        first, last = document.sentence_at(start)
        listed = match and len(context.schools_in(first, last)) >= _TWO and _RANKED.search(document.lower, first, last)
        if match and listed and not PLACE.search(document.lower, max(first, start - 16), start):
            yield start, match.end(), int(match["n"]), (start, end, school)


def _behind_own_names(context: Context, block: Block) -> Iterator[Ranked]:
    """``Kỳ Lộc thứ 3/45, Nguyễn Hành thứ 7``: schools of the report by their own names, in a sentence of ranks."""
    document = context.document
    for match in _NAMED_BEHIND.finditer(document.text, block.body, block.end):
        first, last = document.sentence_at(match.start())
        school = school_called(context, *match.span("who"))
        if school and not context.schools_in(*match.span("who")) and _RANKED.search(document.lower, first, last):
            yield *match.span(), int(match["n"]), (*match.span("who"), school)


#: A school by its own name and its place, in a row.
_NAMED_BEHIND = re.compile(
    rf"(?:(?<=[:,;] )|(?<= và ))(?P<who>[{CAPITAL}][^,;:()\n\d]{{1,40}}?(?: \d)?) (?:hạng|thứ) (?P<n>\d{{1,2}})"
    r"(?= ?[,;.)]| và |$)",
    re.M,
)
#: What announces the places of schools: ``Kết quả xếp hạng của khối:``.
_ANNOUNCED = re.compile(r"(?<!\w)(?:xếp hạng|thứ hạng|vị thứ|xếp thứ)(?!\w)[^:;.\d]{0,50}: ?")
#: A place as the label of one of them: ``Nhất: Võ Văn Tần; Nhì: Lộc An``.
_PLACE_LABEL = re.compile(
    rf"(?:đồng )?(?P<place>[Nn]hất|[Nn]hì|[Bb]a|[Tt]ư)(?: là)? ?:? (?P<who>{_NAME})(?= ?[;,.\n]|$)(?: ?[;,.] ?)?", re.M
)


def announcement(context: Context, block: Block) -> str | None:
    """What a row of places is announced as: ``xếp hạng của khối``; None for no such row."""
    head = _ANNOUNCED.search(context.document.lower, block.body, block.end)
    return context.document.value(head.start(), head.start() + len(head[0].rstrip(" :"))) if head else None


def announced_places(context: Context, block: Block) -> list[Ranked]:
    """The schools of a row that a label announces as one of ranks, each behind its place; [] for no such row."""
    document = context.document
    if not context.of_schools_block or not holds(_RANKING, document.lower, block.start, block.end):
        return []
    row: list[Ranked] = []
    for head in _ANNOUNCED.finditer(document.lower, block.body, block.end):
        position = head.end()
        while match := _PLACE_LABEL.match(document.text, position, block.end):
            school = school_called(context, *match.span("who"))
            if school is None:
                break
            value, who = ORDINALS[match["place"].lower()], match.span("who")
            row.append((match.start(), who[1], value, (*who, school)))
            position = match.end()
    return row if len(row) >= _TWO else []


def _numbered(context: Context, block: Block) -> Iterator[Ranked]:
    """Rows such as ``1. A, 2. B và 3. C`` inside a block: from one on, each a school of the report."""
    text = context.document.text
    row: list[Ranked] = []
    for match in _NUMBERED.finditer(text, block.body, block.end):
        school = school_called(context, *match.span("who"))
        goes_on = bool(row) and _GAP.fullmatch(text, row[-1][1], match.start()) is not None
        if school is None or int(match["n"]) != (row[-1][2] + 1 if goes_on else 1):
            yield from row if len(row) >= _TWO else ()
            row = []
            continue
        if not goes_on:
            yield from row if len(row) >= _TWO else ()
            row = []
        row.append((*match.span(), int(match["n"]), (*match.span("who"), school)))
    yield from row if len(row) >= _TWO else ()


def _item(context: Context, block: Block) -> Iterator[Ranked]:
    """The school that a numbered item names alone, below a line that announces an order of ranks."""
    document, marker = context.document, block.marker
    if marker is None or marker.number is None or "." in marker.path:
        return
    schools = context.schools_in(block.body, block.end)
    if len(schools) != 1 or not _REST.fullmatch(document.lower, schools[0][1], block.end):
        return
    start, end, school = schools[0]
    if document.lower[block.body : start].strip() not in ("", "trường"):
        return
    opening = document.blocks[block.index - marker.number] if block.index >= marker.number else None
    if opening is None or opening.kind == "cell" or not _HEAD.search(document.lower, opening.body, opening.end):
        return
    between = document.blocks[opening.index + 1 : block.index]
    if all(b.marker and b.marker.style == marker.style for b in between):
        yield start, end, marker.number, (start, end, school)
