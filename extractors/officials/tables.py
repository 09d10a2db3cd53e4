"""Who holds which post, in tables: a column of posts, or a heading or first cell that is the post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.grid import Grid, grids
from extractors._shared.lexicon import Entry
from extractors._shared.names import NameMention
from extractors._shared.places import CAPITAL
from extractors.officials.holdings import Holding
from extractors.officials.listed import heading_post
from extractors.officials.posts import Post, Reading

_NAME_HEAD = re.compile(r"họ (?:và )?tên|họ, tên|họ tên|tên (?:cán bộ|giáo viên|đồng chí|người)|thành viên|^tên$")
_POST_HEAD = re.compile(r"chức vụ|chức danh|nhiệm vụ|vai trò|chức trách|trách nhiệm")
_OFFICE_HEAD = re.compile(r"chức vụ|chức danh")
#: Tables of pupils and of a contest's winners hold no officials.
_WINNERS = re.compile(r"(?<!\w)(?:giải|xếp giải|môn thi|điểm thi|sbd|số báo danh|đạt giải|học lực|hạnh kiểm|lớp)(?!\w)")
_TITLE = re.compile(r"(?:(?:đ/c|đồng chí|ông|bà|thầy|cô|th\.?s|tskh|ts|pgs|ngưt|ngnd|thạc sĩ)[.:]{0,2} ?)+", re.I)
#: What may stand behind a name in its cell: a bracket, a degree, the day of birth.
_MARK = re.compile(
    r"(?:\s?\([^()\n]{1,40}\)|\s?[,-]\s?(?:th\.?s|cn|ts|ngưt|đhsp|cđsp)\.?(?=[ .;,)]|$)|"
    r"\s?[,;:-]?\s?(?:sinh (?:năm|ngày)|ngày sinh|năm sinh|sn|ns)[ .:]*[\d/.-]{2,10}|"
    r"\s?[,-]\s?(?:nam|nữ)(?!\w))?[ .;,]*",
    re.I,
)
_PUPIL = re.compile(r"(?:em|cháu|bé|học sinh|hs)[ :.]", re.I)
_SYLLABLE = rf"[{CAPITAL}][\w']*"
_ANY_NAME = re.compile(rf"{_SYLLABLE}(?: {_SYLLABLE}){{1,4}}")
_SEPARATOR = re.compile(r"(?:^|[,;:/\n+]|\s-|kiêm)\s?(?:kiêm )?$")
_OFFICE = Entry(id="office", forms=("chức vụ",), source="the cell of a column of posts", example="Phụ trách thư viện")


def find_in_tables(reading: Reading) -> Iterator[Holding]:
    """Every name in a table with the posts of its row or the post that heads its column."""
    for grid in grids(reading.document):
        heads = [" ".join(grid.header_path(col)).lower() for col in range(grid.shape[1])]
        if any(_WINNERS.search(head) for head in heads):
            continue
        yield from _by_row(reading, grid, heads)
        yield from _by_heading(reading, grid, heads)
        yield from _by_label(reading, grid)
        yield from _by_title(reading, grid, heads)


def _by_row(reading: Reading, grid: Grid, heads: list[str]) -> Iterator[Holding]:
    rows, cols = grid.shape
    for row in range(grid.header_rows if any(map(_POST_HEAD.search, heads)) else 0, rows):
        blocks = {col: grid.cells[row, col] for col in range(cols) if (row, col) in grid.cells}
        names = {
            col: name
            for col, block in blocks.items()
            if (name := _whole_name(reading, block, open_list=bool(_NAME_HEAD.search(heads[col])))) is not None
        }
        if len({name.start for name in names.values()}) != 1:
            continue
        name_col, name = next(iter(names.items()))
        for col, block in blocks.items():
            if col == name_col or block.start == blocks[name_col].start:
                continue
            for post in _posts_in(reading, block, heads[col]):
                yield Holding(name, post, post.end, name.start)


def _whole_name(reading: Reading, block: Block, *, open_list: bool) -> NameMention | None:
    """The name that fills a cell; below a heading for names any capitalised syllables are one."""
    text = reading.document.text[block.body : block.end]
    first = block.body
    if titled := _TITLE.match(text):
        first += titled.end()
    name = reading.name_at.get(first)
    if name is not None and _MARK.fullmatch(reading.document.text, name.end, block.end):
        return name
    if _PUPIL.match(text):
        return None
    if open_list and _ANY_NAME.fullmatch(reading.document.text, first, block.end) and first not in reading.roles:
        return NameMention(first, block.end)
    return None


def _posts_in(reading: Reading, block: Block, head: str) -> list[Post]:
    """The posts that a cell lists; below ``Chức vụ`` a cell without a known role is a post as a whole."""
    document = reading.document
    listed = bool(_POST_HEAD.search(head))
    posts: list[Post] = []
    for post in sorted(reading.posts.values(), key=lambda post: post.start):
        if not block.start <= post.start < block.end:
            continue
        told = _OFFICE_HEAD.search(head) or document.lower.startswith("nguyên ", post.start)
        if not told and document.text[post.start].islower():
            continue  # ``dạy Toán 9, chủ nhiệm 9A`` is work, not a post
        if _SEPARATOR.search(document.lower[block.body : post.start]) and (not posts or post.start >= posts[-1].end):
            posts.append(post)
    if not listed:
        whole = posts and posts[0].start == block.body and posts[0].end == block.end
        return posts[:1] if whole and posts[0].rank is None else []
    text = document.text[block.body : block.end].strip()
    if not posts and _OFFICE_HEAD.search(head) and 2 <= len(text) <= 60 and not re.search(r"\d", text):
        return [Post(block.body, block.end, block.body, block.end, block.end, _OFFICE)]
    return posts


def _by_title(reading: Reading, grid: Grid, heads: list[str]) -> Iterator[Holding]:
    """Names in a table whose title is the post of them all: ``Danh sách Hiệu trưởng qua các thời kỳ``."""
    first = next(iter(grid.cells.values()), None)
    columns = [col for col, head in enumerate(heads) if _NAME_HEAD.search(head)]
    if first is None or not first.index or len(columns) != 1 or any(map(_POST_HEAD.search, heads)):
        return
    above = reading.document.blocks[first.index - 1]
    post = heading_post(reading, above.index, marked=False) if above.cell is None else None
    if post is None:
        return
    for row in range(grid.header_rows, grid.shape[0]):
        cell = grid.cells.get((row, columns[0]))
        name = _whole_name(reading, cell, open_list=True) if cell else None
        if name is not None:
            yield Holding(name, post, name.end, name.start)


def _by_label(reading: Reading, grid: Grid) -> Iterator[Holding]:
    """Names beside the post that fills the first cell of their row: ``Phó Hiệu trưởng | cô A (bán trú); cô B``."""
    rows, cols = grid.shape
    if cols != _FIELD_AND_VALUE:
        return
    for row in range(rows):
        label, value = grid.cells.get((row, 0)), grid.cells.get((row, 1))
        post = reading.post_at(label.body) if label else None
        if label is None or value is None or post is None or post.rank in ("heading", "sign"):
            continue
        if reading.document.text[post.end : label.end].strip(" :.()"):
            continue
        for name in reading.names:
            if value.start <= name.start < value.end:
                yield Holding(name, post, name.end, name.start)


#: Columns of a form: what is asked for and the answer.
_FIELD_AND_VALUE = 2


def _by_heading(reading: Reading, grid: Grid, heads: list[str]) -> Iterator[Holding]:
    """Names below a heading that is a post itself: ``Tổ trưởng``."""
    rows, cols = grid.shape
    for col in range(cols):
        block = next((grid.cells[row, col] for row in range(grid.header_rows) if (row, col) in grid.cells), None)
        if block is None or _NAME_HEAD.search(heads[col]):
            continue
        post = reading.post_at(block.body)
        if post is None or reading.document.text[post.end : block.end].strip(" :.()"):
            continue
        seen: set[int] = set()
        for row in range(grid.header_rows, rows):
            cell = grid.cells.get((row, col))
            if cell is None or cell.start in seen:
                continue
            seen.add(cell.start)
            for name in reading.names:
                if cell.start <= name.start < cell.end:
                    yield Holding(name, post, name.end, name.start)
