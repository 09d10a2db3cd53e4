"""Decisions with lists: a title conferred in one article, its holders in a list or table behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.grid import grids, is_numeric
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context, Winner
from extractors.awards.holders import entry_of, extend, held
from extractors.awards.tables import NAME, RESULT, SCHOOL
from schemas.records import Award

_CONFERS = re.compile(r"(?<!\w)(?:tặng|công nhận|khen thưởng|trao tặng|tặng thưởng|phong tặng)(?!\w)")
_LIST = re.compile(r"danh sách")
_ANNOUNCED = re.compile(r"danh sách|có tên sau|sau đây|gồm các|cho các|như sau")
_ENDS = re.compile(r"điều \d+|nơi nhận|ban thường vụ|trách nhiệm thi hành")


def extract_lists(context: Context) -> Iterator[Award]:
    """The holders that a decision lists for each title it confers; [] for any other document."""
    document = context.document
    if context.kind != "quyet_dinh":
        return
    for block in document.prose():
        terms = document.terms("title", block.body, block.end)
        lowered = document.lower[block.body : block.end]
        if terms and _CONFERS.search(lowered) and _ANNOUNCED.search(lowered) and block.kind not in ("title", "caption"):
            yield from _holders(context, block, terms[0])


def _holders(context: Context, article: Block, term: Term) -> Iterator[Award]:
    document = context.document
    start = article.index + 1
    attached = bool(_LIST.search(document.lower, article.body, article.end))
    if attached:
        heads = [
            b.index for b in document.blocks[start:] if b.kind != "cell" and _LIST.search(document.lower, b.body, b.end)
        ]
        start = heads[0] + 1 if heads else len(document.blocks)
    end = extend(document.lower, term.end, article.end, giver="giver" in entry_of(term).attributes)
    winners: list[Winner] = []
    for block in document.blocks[start:]:
        if block.kind == "cell":
            continue
        lowered = document.lower[block.start : block.end]
        if not attached and (
            _ENDS.match(lowered)
            or ((terms := document.terms("title", block.body, block.end)) and terms[0].id != term.id)
        ):
            break
        if (block.marker is not None and block.marker.number is not None) or (block.marker and block.kind == "item"):
            winners.extend(context.winners(block.body, block.end)[:1])
    winners.extend(_rows(context, start))
    yield from held(context, article, term, end, winners)


def _rows(context: Context, start: int) -> Iterator[Winner]:
    """The people and schools of the tables behind a block that have no column of results of their own."""
    document = context.document
    for grid in grids(document):
        cells = document.cells(grid.number)
        if not cells or cells[0].index < start or grid.find_col(RESULT) is not None:
            continue
        names, schools = grid.find_col(NAME), grid.find_col(SCHOOL)
        for row in range(grid.header_rows, grid.shape[0]):
            person = _person(context, grid.cells.get((row, names))) if names is not None else None
            school = _cell(context, grid.cells.get((row, schools))) if schools is not None else None
            if person is not None and is_numeric(document.text[person.start : person.end]):
                continue
            if person and school and not person.school:
                yield Winner(person.start, person.end, person.person, school.school, school.school_text)
            elif person or school:
                yield person or school  # type: ignore[misc]


_NAME_CELL = re.compile(rf"(?:[{CAPITAL}][^\W\d_]*'?[^\W\d_]* ?){{2,6}}")


def _person(context: Context, block: Block | None) -> Winner | None:
    """The winner of a cell under a heading of names: what is written like a name is one."""
    winner = _cell(context, block)
    if winner or block is None or not _NAME_CELL.fullmatch(context.document.text[block.start : block.end]):
        return winner
    return Winner(block.start, block.end, context.document.value(block.start, block.end), None, None)


def _cell(context: Context, block: Block | None) -> Winner | None:
    return context.winner(block.start, block.end) if block else None
