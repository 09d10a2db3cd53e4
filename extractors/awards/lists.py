"""Lists of holders: a title in an article or a heading, who holds it in the items or the table below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block, Term
from extractors._shared.grid import Grid, grids, is_numeric
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context, Winner
from extractors.awards.holders import entry_of, extend, held
from extractors.awards.tables import NAME, RESULT, SCHOOL
from schemas.records import Award

_CONFERS = re.compile(r"(?<!\w)(?:tặng|công nhận|khen thưởng|trao tặng|tặng thưởng|phong tặng)(?!\w)")
_LIST = re.compile(r"danh sách")
_ANNOUNCED = re.compile(r"danh sách|có tên sau|sau đây|gồm các|cho các|như sau|có tên dưới")
_ENDS = re.compile(r"điều \d+|nơi nhận|ban thường vụ|trách nhiệm thi hành")
_WISHED = re.compile(r"đề nghị|đăng ký|dự kiến|xét")
#: A heading is short, and counts nothing but the holders below it (``Giấy khen (03 tập thể)``).
_MAX_HEADING = 130
#: ``A. Tập thể``: a line between the items of one list.
_MAX_SUBHEADING = 40
_UNIT = re.compile(
    r"(?:tập thể|tổ|đội|lớp|chi đoàn|chi đội|liên đội|công đoàn|chi bộ|đoàn|phòng|ban|khối|nhóm|cán bộ|nhân dân"
    r"|hội)(?!\w)"
)
_NAME_CELL = re.compile(
    rf"(?:(?:Ông|Bà|Thầy|Cô|Em|Đ/c"
    rf"|Đồng chí)\.? )?(?P<name>(?:[{CAPITAL}][^\W\d_]*'? ?[^\W\d_]*'?[^\W\d_]*,? ?){{1,6}})"
)


@dataclass(frozen=True)
class _Section:
    """A title and the block that announces its holders. ``attached``: they stand in the list behind the decision."""

    block: Block
    term: Term
    end: int
    attached: bool = False


def extract_lists(context: Context) -> Iterator[Award]:
    """The holders listed below each heading that names a title, and for each article of a decision."""
    document = context.document
    headings = list(_headings(context))
    taken: set[str] = set()
    for section in headings:
        winners = list(_below(context, section))
        if winners:
            taken.add(section.term.id)
            yield from _held(context, section, winners)
    if context.kind != "quyet_dinh":
        return
    for section in _articles(context):
        if section.term.id not in taken:
            start = section.block.index + 1
            if section.attached:
                lists = [
                    b.index
                    for b in document.blocks[start:]
                    if b.kind != "cell" and _LIST.search(document.lower, b.body, b.end)
                ]
                start = lists[0] + 1 if lists else len(document.blocks)
            yield from _held(context, section, [*_items(context, section, start), *_rows(context, start)])


def _held(context: Context, section: _Section, winners: list[Winner]) -> Iterator[Award]:
    """The awards of a section, its title as the decision's articles spell it, giver included."""
    spelled = _spelling(context, section)
    for award in held(context, section.block, section.term, section.end, winners):
        yield award.model_copy(update=spelled) if spelled else award


def _spelling(context: Context, section: _Section) -> dict[str, object]:
    """Title and level of the article that confers what a heading only names (``GIẤY KHEN``); {} where there is none."""
    document = context.document
    if context.kind != "quyet_dinh" or section.attached or "giver" not in entry_of(section.term).attributes:
        return {}
    for article in _articles(context):
        if article.term.id == section.term.id and article.block.index != section.block.index:
            terms = document.terms("level", article.term.end, article.end)
            spelled: dict[str, object] = {"title": document.value(article.term.start, article.end)}
            return spelled | ({"level": context.level_of(terms[0])} if terms else {})
    return {}


def _articles(context: Context) -> Iterator[_Section]:
    """The articles of a decision that confer a title on listed holders."""
    document = context.document
    for block in document.prose():
        lowered = document.lower[block.start : block.end]
        if (
            block.kind in ("title", "caption")
            or not _CONFERS.search(lowered)
            or not (_ANNOUNCED.search(lowered) or lowered.startswith("điều "))
        ):
            continue
        for term in document.terms("title", block.body, block.end):
            end = extend(document.lower, term.end, block.end, giver="giver" in entry_of(term).attributes)
            yield _Section(block, term, end, attached=bool(_LIST.search(lowered)) or not lowered.endswith(":"))


def _headings(context: Context) -> Iterator[_Section]:
    """The headings that name a title and stand over a list or a table of people or bodies."""
    document = context.document
    listed = context.kind == "quyet_dinh"
    for block in document.blocks:
        lowered = document.lower[block.body : block.end]
        if block.kind == "cell" or len(lowered) > _MAX_HEADING:
            continue
        begins = _LIST.search(lowered) is not None
        listed = listed or (begins and (block.kind == "heading" or document.text[block.body : block.end].isupper()))
        if not (listed or begins) or lowered.startswith("điều ") or _WISHED.search(lowered):
            continue
        terms = document.terms("title", block.body, block.end)
        if len({term.id for term in terms}) != 1 or (not begins and terms[0].start - block.body > 40):
            continue
        if block.kind == "title" and not begins:
            continue
        end = extend(document.lower, terms[0].end, block.end, giver="giver" in entry_of(terms[0]).attributes)
        yield _Section(block, terms[0], end)


def _below(context: Context, section: _Section) -> Iterator[Winner]:
    """The holders in the items and tables below a heading, up to the next heading with a title or to prose."""
    document = context.document
    tables: set[int] = set()
    for block in document.blocks[section.block.index + 1 :]:
        if block.kind == "cell":
            if block.table is not None and block.table not in tables:
                tables.add(block.table)
                yield from _table(context, Grid(document, block.table))
            continue
        lowered = document.lower[block.start : block.end]
        terms = document.terms("title", block.body, block.end)
        if _ENDS.match(lowered) or _LIST.search(lowered) or (terms and terms[0].start < block.body + 12):
            return
        if block.kind == "item" or (block.marker is not None and block.marker.number is not None):
            if (winner := _holder(context, block.body, block.end)) is not None:
                yield winner
        elif block.kind != "heading" and block.marker is None and len(lowered) > _MAX_SUBHEADING:
            return


def _items(context: Context, section: _Section, start: int) -> Iterator[Winner]:
    """The holders in the items from a block on, up to where another title or the decision's end begins."""
    document = context.document
    for block in document.blocks[start:]:
        if block.kind == "cell":
            continue
        lowered = document.lower[block.start : block.end]
        terms = document.terms("title", block.body, block.end)
        if not section.attached and (_ENDS.match(lowered) or (terms and terms[0].id != section.term.id)):
            return
        if block.kind == "item" or (block.marker is not None and block.marker.number is not None):
            yield from context.winners(block.body, block.end)[:1]


def _holder(context: Context, start: int, end: int) -> Winner | None:
    """Who one item of a list of holders is: a person, a school or a body; the rest of the item tells the school."""
    document = context.document
    head = re.compile(r"[^,:;(\n]+?(?= - |[,:;(\n]|$)", re.M).match(document.text, start, end)
    if head is None:
        return None
    if _UNIT.match(document.lower, start) and not context.schools_in(start, head.end()):
        schools = context.schools_in(head.end(), end)
        school = schools[0] if schools else None
        return Winner(start, head.end(), None, school[2] if school else None, None, document.value(*head.span()))
    winner = context.winner(start, end)
    if winner is not None and winner.start <= start + 15:
        return winner
    return None


def _rows(context: Context, start: int) -> Iterator[Winner]:
    """The holders in the tables behind a block that have no column of results of their own."""
    document = context.document
    for grid in grids(document):
        cells = document.cells(grid.number)
        if cells and cells[0].index >= start:
            yield from _table(context, grid)


def _table(context: Context, grid: Grid) -> Iterator[Winner]:
    """The people and bodies of a table, one a row; none where a column tells each row's result."""
    if grid.find_col(RESULT) is not None:
        return
    document = context.document
    names, schools = grid.find_col(NAME), grid.find_col(SCHOOL)
    if names is None and schools is None:
        names = next((col for col in range(min(2, grid.shape[1])) if not grid.is_counter(col)), None)
    for row in range(grid.header_rows, grid.shape[0]):
        if grid.is_total(row):
            continue
        named = grid.cells.get((row, names)) if names is not None else None
        placed = grid.cells.get((row, schools)) if schools is not None and schools != names else None
        person = _person(context, named)
        if named is not None and person is None and names is not None and schools != names:
            person = _holder(context, named.start, named.end)
        found = _school(
            context, [placed] if placed else [b for c in range(grid.shape[1]) if (b := grid.cells.get((row, c)))]
        )
        if person is not None and is_numeric(document.text[person.start : person.end]):
            continue
        if person and found and not person.school:
            yield Winner(person.start, person.end, person.person, found.school, found.school_text, person.unit)
        elif person or (found and named is None):
            yield person or found  # type: ignore[misc]


def _person(context: Context, block: Block | None) -> Winner | None:
    """The winner of a cell under a heading of names: what is written like a name is one."""
    if block is None:
        return None
    winner = context.winner(block.start, block.end)
    if winner is not None and winner.person:
        return winner
    text = context.document.text[block.start : block.end]
    match = _NAME_CELL.fullmatch(text)
    if winner is not None or match is None or _UNIT.match(text.lower()) or len(text.split()) < 2 - ("'" in text):
        return winner
    start = block.start + match.start("name")
    return Winner(start, block.end, context.document.value(start, block.end), None, None)


def _school(context: Context, blocks: list[Block]) -> Winner | None:
    """The first school that the cells name."""
    found = [item for block in blocks for item in context.schools_in(block.start, block.end)]
    if not found:
        return None
    start, end, school = found[0]
    return Winner(start, end, None, school, context.document.value(start, end))
