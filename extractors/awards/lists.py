"""Lists of holders: a title in an article or a heading, who holds it in the items or the table below."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from extractors._shared.document import Block, Term
from extractors._shared.grid import Grid, grids
from extractors.awards.context import Context
from extractors.awards.holder_tables import holder, is_unit, row_holders, told_titles
from extractors.awards.holders import held
from extractors.awards.list_items import BARE_NUMBER, is_item, item_start
from extractors.awards.list_rows import body_named, holders_in_row, home_below
from extractors.awards.name_grades import graded_names
from extractors.awards.title_names import entry_of, extend
from extractors.awards.winner import Winner
from schemas.records import Award, School

_CONFERS = re.compile(r"(?<!\w)(?:tặng|công nhận|khen thưởng|trao tặng|tặng thưởng|phong tặng)(?!\w)")
_LIST = re.compile(r"danh sách")
_ANNOUNCED = re.compile(r"danh sách|có tên sau|sau đây|gồm các|cho các|như sau|có tên dưới")
_ENDS = re.compile(r"điều \d+|nơi nhận|ban thường vụ|trách nhiệm thi hành")
_WISHED = re.compile(r"đề nghị|đăng ký|dự kiến|xét")
#: A heading is short, and counts nothing but the holders below it (``Giấy khen (03 tập thể)``).
_MAX_HEADING = 130
#: ``A. Tập thể``: a line between the items of one list.
_MAX_SUBHEADING = 40
#: Characters that a cell read as a line of its own may have.
_LONGEST_CELL = 90
#: How many hold a title, as its article says: ``Chiến sĩ thi đua cơ sở cho 06 cá nhân``.
_HOW_MANY = re.compile(r"[^.;:\d]{0,30}?(?:cho|đối với|:)(?: các)? ?(?P<n>\d{1,3}) ")
_MANY_BEFORE = re.compile(
    r"(?<![\w/.,])(?P<n>\d{1,3}) (?:tập thể|cá nhân|đồng chí|người|giáo viên|cán bộ|học sinh|em|đơn vị"
    r"|trường)[^.;:\d]{0,60}$"
)
_GRADE_HEAD = re.compile(
    r"(?:đạt |đoạt )?(?:giải|huy chương) [^.;]{1,40}?(?: ?[-–(,] ?(?:mức |tiền )?thưởng[^;]{1,40})?$"
)
# ``+ Học sinh: em A …; em B …``: several holders in one item, behind what they are.
_LABEL = re.compile(
    r"(?:các )?(?:tập thể|cá nhân|học sinh|giáo viên|cán bộ|đơn vị|nhà giáo|viên chức)(?: [^\W\d]+){0,4} ?: "
)


#: The head of a list of holders that an article calls its annex.
_ANNEX = re.compile(r"phụ lục(?: \w{1,3})?")


#: The heading of a list of all who are given a certificate: ``DANH SÁCH … ĐƯỢC TẶNG GIẤY KHEN``.
_GIVEN_TO = re.compile(r"(?<!\w)(?:được|tặng|trao|nhận)(?!\w)")


@dataclass(frozen=True)
class _Section:
    """A title and the block that announces its holders. ``attached``: they stand in the list behind the decision."""

    block: Block
    term: Term
    end: int
    attached: bool = False


def extract_lists(context: Context) -> Iterator[Award]:
    """The holders of titles that tables tell, that stand below a heading, or behind the articles of a decision."""
    told: set[int] = set()
    for grid in grids(context.document):
        rows = list(told_titles(context, grid))
        holders = row_holders(context, grid) if rows else {}
        for row, term, block in rows:
            if row in holders:
                told.add(grid.number)
                yield from _held(context, _Section(block, term, _title_end(context, term, block)), [holders[row]])
    taken: set[str] = set()
    for section in _headings(context):
        winners = list(_below(context, section, told))
        if winners:
            taken.add(section.term.id)
            yield from _held(context, section, winners)
    if context.is_decision:
        sections = [section for section in _articles(context) if section.term.id not in taken]
        yield from _conferred(context, sections, told, taken)


def _conferred(context: Context, sections: list[_Section], told: set[int], taken: set[str]) -> Iterator[Award]:
    """The holders behind the articles of a decision: right below an article, or in the list attached to it.

    ``taken`` are the titles whose holders stand under headings of their own.
    """
    for section in sections:
        if not section.attached:
            groups = _groups(context, section.block.index + 1, section, told)
            yield from _held(context, section, [winner for group in groups for winner in group])
    attached = [section for section in sections if section.attached]
    if not attached:
        return
    document = context.document
    first = min(section.block.index for section in attached) + 1
    named = [b for b in document.blocks[first:] if b.kind != "cell" and _LIST.search(document.lower, b.body, b.end)]
    named = named or [b for b in document.blocks[first:] if _ANNEX.fullmatch(document.lower, b.start, b.end)]
    heads = [b for b in named if _LIST.search(document.lower, b.body, b.body + 25)] or named
    if not heads:
        return
    groups = _groups(context, heads[0].index + 1, None, told, taken)
    if len({section.term.id for section in attached}) == 1:
        yield from _held(context, attached[0], [winner for group in groups for winner in group])
        return
    for group in groups:
        fitting = [section for section in attached if _how_many(context, section) == len(group)]
        if len(fitting) != 1:
            people = sum(winner.person is not None for winner in group) * 2 > len(group)
            fitting = [s for s in attached if (entry_of(s.term).attributes.get("kind") != "unit") == people]
        if len(fitting) == 1:
            yield from _held(context, fitting[0], group)


def _how_many(context: Context, section: _Section) -> int | None:
    """How many holders an article announces for its title; None where it says no number."""
    lowered, block = context.document.lower, section.block
    match = _HOW_MANY.match(lowered, section.end, block.end) or _MANY_BEFORE.search(
        lowered, block.body, section.term.start
    )
    return int(match["n"]) if match else None


def _held(context: Context, section: _Section, winners: list[Winner]) -> Iterator[Award]:
    """The awards of a section, its title as the decision's articles spell it, giver included."""
    spelled = _spelling(context, section)
    for award in held(context, section.block, section.term, section.end, winners):
        yield award.model_copy(update=spelled) if spelled else award


def _spelling(context: Context, section: _Section) -> dict[str, object]:
    """Title and level of the article that confers what a heading only names (``GIẤY KHEN``); {} where there is none."""
    document = context.document
    if not context.is_decision or section.attached or "giver" not in entry_of(section.term).attributes:
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
            end = _title_end(context, term, block)
            yield _Section(block, term, end, attached=bool(_LIST.search(lowered)) or not lowered.endswith(":"))


def _headings(context: Context) -> Iterator[_Section]:
    """The headings that name a title and stand over a list or a table of people or bodies."""
    document = context.document
    listed = context.is_decision
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
        yield _Section(block, terms[0], _title_end(context, terms[0], block))


def _title_end(context: Context, term: Term, block: Block) -> int:
    """Where a title ends in its block, with its class, level or giver."""
    return extend(context.document.lower, term.end, block.end, giver="giver" in entry_of(term).attributes)


def _below(context: Context, section: _Section, told: set[int]) -> Iterator[Winner]:
    """The holders in the items and tables below a heading, up to the next heading with a title or to prose."""
    document = context.document
    contest = context.named_contest(section.block.body, section.block.end)
    rows = False
    contested = contest is not None and contest[0] <= section.term.start < contest[1]
    home: School | None = None
    for block in document.blocks[section.block.index + 1 :]:
        if block.kind == "cell":
            if block.table is not None and block.table not in told:
                conferred = "giver" in entry_of(section.term).attributes and _GIVEN_TO.search(
                    document.lower, section.block.body, section.term.start
                )
                rows_held = row_holders(context, Grid(document, block.table), all_rows=bool(conferred))
                told |= {block.table} if rows_held else set()
                yield from rows_held.values()
            continue
        lowered = document.lower[block.start : block.end]
        terms = document.terms("title", block.body, block.end)
        if (
            _ENDS.match(lowered)
            or _LIST.search(lowered)
            or (terms and (terms[0].start < block.body + 12 or lowered.rstrip().endswith(":")))
        ):
            return
        if lowered.startswith("(kèm theo"):
            continue  # the decision to which the list belongs
        if _is_grade(context, block):
            return  # who is listed below it won that
        if contested and (context.atoms(block.body, block.end) or next(graded_names(context, block), None)):
            continue  # a contest for a title, and the item tells the prize that was won in it
        if below := home_below(context, block):
            home = below
        elif row := holders_in_row(context, block, home) if block.kind == "paragraph" and block.marker is None else []:
            yield from row
        elif (first := item_start(document, block)) is not None:
            yield from _item(context, block, first)
            rows = rows or not is_item(block)
        elif BARE_NUMBER.fullmatch(lowered) or (rows and len(lowered) <= _LONGEST_CELL and lowered[-1:] != "."):
            continue  # the other columns of rows that were read as lines
        elif block.kind != "heading" and block.marker is None and len(lowered) > _MAX_SUBHEADING:
            return


def _named(context: Context, first: int, block: Block) -> list[Winner]:
    """Who the item of a decision's list names, which begins at ``first``: all of those behind a label, else one."""
    if _LABEL.match(context.document.lower, first, block.end):
        return list(_item(context, block, first))
    one = holder(context, first, block.end) if is_unit(context.document.lower, first) else None
    return [one] if one else context.winners(first, block.end)[:1]


def _is_grade(context: Context, block: Block) -> bool:
    """Whether a line is the heading of those who won one grade: ``I. Giải Nhất: 02 giải``."""
    lowered = context.document.lower
    return _GRADE_HEAD.match(lowered, block.body, block.end) is not None and bool(context.atoms(block.body, block.end))


def _item(context: Context, block: Block, first: int) -> Iterator[Winner]:
    """The holder of an item that begins at ``first``, or the holders that it lists behind a label."""
    document = context.document
    label = _LABEL.match(document.lower, first, block.end)
    if label is None:
        if (winner := holder(context, first, block.end)) is not None:
            yield winner
        return
    position = label.end()
    sign = ";" if document.text.find(";", position, block.end) >= 0 else ","
    if sign == "," and not _are_bodies(context, position, block.end):
        sign = ";"
    while position < block.end:
        stop = document.text.find(sign, position, block.end)
        stop = stop if stop >= 0 else block.end
        start = position + len(document.text[position:stop]) - len(document.text[position:stop].lstrip())
        of_bodies = document.lower.startswith(("tập thể", "các tập thể", "đơn vị", "các đơn vị"), label.start())
        if winner := holder(context, start, stop) or (body_named(context, start, stop) if of_bodies else None):
            yield winner
        position = stop + 1


def _are_bodies(context: Context, start: int, end: int) -> bool:
    """Whether every part that commas make of a range opens with a school or a group: ``Trường A, Tổ B Trường C``."""
    document = context.document
    parts = [start, *(m.end() for m in re.compile(", ?").finditer(document.text, start, end))]
    return all(
        is_unit(document.lower, at) or any(one[0] - at <= len("trường ") for one in context.schools_in(at, end)[:1])
        for at in parts
    )


def _groups(
    context: Context, start: int, section: _Section | None, told: set[int], taken: Collection[str] = ()
) -> list[list[Winner]]:
    """The holders from a block on: a group for each table and for each run of items between headings.

    Below an article (``section``) they end where another title or the decision's end begins.
    """
    document = context.document
    groups: list[list[Winner]] = [[]]
    graded = False
    tables: set[int] = set(told)
    for block in document.blocks[start:]:
        if block.kind == "cell":
            if block.table is not None and block.table not in tables:
                tables.add(block.table)
                groups += [list(row_holders(context, Grid(document, block.table)).values()), []]
            continue
        lowered = document.lower[block.start : block.end]
        terms = document.terms("title", block.body, block.end)
        if section is not None and (_ENDS.match(lowered) or (terms and terms[0].id != section.term.id)):
            break
        if _is_grade(context, block):
            graded = True
        elif (first := item_start(document, block)) is not None:
            if not graded:
                groups[-1].extend(_named(context, first, block))
        elif not BARE_NUMBER.fullmatch(lowered):
            graded = bool(terms) and terms[0].id in taken
            if groups[-1]:
                groups.append([])
    return [group for group in groups if group]
