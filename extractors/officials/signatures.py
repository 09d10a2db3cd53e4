"""Signature blocks: the post over a name, and the body signed for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors._shared.document import Block, Document
from extractors._shared.names import NameMention
from extractors._shared.scan import lines_in
from extractors._shared.view import lower
from extractors.officials.posts import Post, Reading
from extractors.officials.preceding import COMMITTEE

_MARKS = " *_#.:"
_PREFIX = re.compile(r"(?P<sign>tm|t/m|t\.m|kt|k/t|k\.t|tl|t/l|tuq|t/uq|thay mặt)[. :/]+", re.I)
_FOR = ("tm", "t/m", "t.m", "thay mặt")
_NOTE = re.compile(
    r"\(?(?:đã ký|đã kí|ký|kí|ký tên|ký, .*|ký tên, .*|\(?đã ký\)?.*|chữ ký.*)\)?|(?:\((?:đã )?k[ýí][^()]*\) ?)+", re.I
)
_HONORIFIC = re.compile(
    r"^(?:\(?đã k[ýí]\)?:? ?)?(?:(?:đ/c|đồng chí|th\.?s|tskh|ts|pgs|gs|ngưt|ngnd|bs|cn|ks|ông|bà|thượng tá|"
    r"đại tá|trung tá|thiếu tá|đại úy)[.:]{0,2} ?)*",
    re.I,
)
_CONFIRMS = re.compile(r"[ *_]*(?:xác nhận|duyệt|phê duyệt|ý kiến)(?!\w)")
#: With what a post is said to approve: ``XÁC NHẬN CỦA HIỆU TRƯỞNG``, ``HIỆU TRƯỞNG DUYỆT``.
_CONFIRMED = re.compile(r"(?:xác nhận|phê duyệt|duyệt|ý kiến|nhận xét|kiểm tra)(?: và (?:phê )?duyệt)? (?:của )?")
_CONFIRMS_BEHIND = re.compile(r" (?:xác nhận|phê duyệt|duyệt|ký duyệt|kí duyệt)[ *_:.]*$")
_REACH = 9
#: So many lines a committee's post stands above the signer's own, where the signature has its room.
_OVER = 5
#: What opens the list of recipients, beside which one signs.
_RECIPIENTS = re.compile(r"[*_ ]*nơi (?:nhận|gửi)")
#: Columns of signatures stand at least so many characters apart.
_COLUMN = 18
#: Roles that the heads of schools have in turn.
_OF_CLUSTERS = frozenset({"khoi_truong", "cum_truong"})
_COMMITTEE_BODY = re.compile(
    r"(?:hội đồng|cụm|khối thi đua|ban (?:tổ chức|chỉ đạo|giám khảo|vận động|kiểm tra)|tổ|đoàn (?:kiểm|thanh))(?!\w)"
)


@dataclass(frozen=True)
class Signature:
    """A name under a post; ``body`` is what it is signed for, as printed, or None."""

    name: NameMention
    post: Post
    body: str | None


@dataclass(frozen=True)
class _Line:
    start: int
    end: int


def find_signatures(reading: Reading) -> list[Signature]:
    """The signatures of a report in order: name lines with a post line above them in the same block or column."""
    document, found, used = reading.document, list[Signature](), set[int]()
    for lines in _groups(document):
        names = {number: name for number, line in enumerate(lines) if (name := _name_line(reading, line)) is not None}
        with_post = {number: name for number, line in enumerate(lines) if (name := _name_behind_post(reading, line))}
        for number, post in list(_side_by_side(reading, lines, names | with_post)):
            used.add(post.start)
            name = names.pop(number, None) or with_post[number]
            if post.rank != "sign":
                found.append(Signature(name, post, None))
        for number, name in names.items():
            for signature in _posts_above(reading, lines[:number], name, used):
                used.add(signature.post.start)
                found.append(signature)
    return found


def _side_by_side(reading: Reading, lines: list[_Line], names: dict[int, NameMention]) -> Iterator[tuple[int, Post]]:
    """Names and posts of signatures that stand side by side: as many post lines as name lines below them."""
    for first in names:
        if first - 1 in names:
            continue
        last = first
        while last + 1 in names:
            last += 1
        count, posts, number = last - first + 1, list[Post](), first - 1
        while count > 1 and number >= 0 and len(posts) <= count:
            text = reading.document.text[lines[number].start : lines[number].end].strip(_MARKS)
            post = _post_line(reading, lines[number])
            if post is None and not _NOTE.fullmatch(text):
                break
            if post is not None:
                posts.insert(0, post)
            number -= 1
        if count > 1 and len(posts) == count:
            if posts[0].rank == "sign" and _confirmed_beside(reading, lines, posts[0]):
                posts = [*posts[1:], posts[0]]
            else:
                posts = _by_columns(reading.document, posts)
            yield from zip(range(first, last + 1), posts, strict=True)


def _by_columns(document: Document, posts: list[Post]) -> list[Post]:
    """Posts of signatures from left to right: in a column with ``TM.`` the post stands a line lower than beside it."""
    middles = {post.start: _middle(document, post.start, post.end) for post in posts}
    ordered = sorted(posts, key=lambda post: middles[post.start])
    apart = all(middles[b.start] - middles[a.start] >= _COLUMN for a, b in pairwise(ordered))
    return ordered if apart else posts


def _confirmed_beside(reading: Reading, lines: list[_Line], post: Post) -> bool:
    """Whether ``XÁC NHẬN CỦA LÃNH ĐẠO`` opens the column left of a post, whose own post stands a line lower."""
    before = [line for line in lines if line.end <= post.start]
    return bool(before) and _CONFIRMS.match(reading.document.lower, before[-1].start) is not None


def _groups(document: Document) -> Iterator[list[_Line]]:
    """Runs of lines among which a signature can stand: the lines outside tables, and those of each cell."""
    outside: list[_Line] = []
    for block in document.blocks:
        lines = list(_lines(document, block.start, block.end))
        if block.cell is not None:
            if len(lines) > 1:
                yield lines
        elif block.kind != "junk" and block.kind != "recipients":
            outside.extend(lines)
    yield outside
    yield from _columns(document)


def _lines(document: Document, start: int, end: int) -> Iterator[_Line]:
    for first, last in lines_in(document.text, start, end):
        yield _Line(first, last)


def _columns(document: Document) -> Iterator[list[_Line]]:
    """The columns of a table without rulings: cells of one column below each other."""
    for table in range(len(document.tables)):
        cells = document.cells(table)
        columns: dict[int, list[_Line]] = {}
        for block in cells:
            if block.cell is not None:
                columns.setdefault(block.cell.col, []).extend(_lines(document, block.start, block.end))
        rows, _ = document.tables[table].shape
        if _RECIPIENTS.match(document.lower, cells[0].start if cells else 0):
            columns[-1] = _right_column(document, cells)
        for lines in columns.values() if rows > 1 else ():
            if any(document.text[line.start : line.end].isupper() for line in lines):
                yield lines


def _right_column(document: Document, cells: list[Block]) -> list[_Line]:
    """The last cells of rows that tabs part from the list of recipients, however many tabs there are."""
    last = {block.cell.row: block for block in cells if block.cell is not None and block.cell.col > 0}
    return [line for block in last.values() for line in _lines(document, block.start, block.end)]


def _name_line(reading: Reading, line: _Line) -> NameMention | None:
    """The name that fills a line, with or without a title before it."""
    text = reading.document.text[line.start : line.end]
    if len(text) > 60:
        return None
    first = line.start + len(text) - len(text.lstrip(_MARKS))
    if first not in reading.name_at and (titled := _HONORIFIC.match(reading.document.text[first : line.end])):
        first += titled.end()
    name = reading.name_at.get(first)
    if name is None or reading.document.text[name.end : line.end].strip(_MARKS):
        return None
    return name


def _name_behind_post(reading: Reading, line: _Line) -> NameMention | None:
    """The name that a line ends with behind another post: ``CHỦ TỌA`` over ``Hiệu trưởng Lê Văn Tám``."""
    post = reading.post_at(line.start)
    name = reading.name_at.get(post.end + 1) if post is not None else None
    return name if name is not None and name.end == line.end else None


def _posts_above(reading: Reading, lines: list[_Line], name: NameMention, used: set[int]) -> Iterator[Signature]:
    """The post over a name, behind the one in a committee that stands over it."""
    number = _post_line_above(reading, lines, used)
    number = _in_column(reading, lines, name, number, used)
    post = _post_line(reading, lines[number]) if number is not None else None
    if number is None or post is None:
        return
    upper = _post_line_above(reading, lines[max(number - _OVER, 0) : number], used)
    over = _post_line(reading, lines[upper := upper + max(number - _OVER, 0)]) if upper is not None else None
    if upper is None or over is None or not _in_committee(reading.document, lines[: upper + 1], over):
        yield Signature(name, post, _signed_for(reading.document, lines[max(number - 4, 0) : number + 1]))
        return
    yield Signature(name, over, _signed_for(reading.document, lines[max(upper - 4, 0) : upper + 1]))
    yield Signature(name, post, None)


def _post_line_above(reading: Reading, lines: list[_Line], used: set[int]) -> int | None:
    """The index of the nearest line that is a post, behind notes and names; None for none, or one signed before."""
    for number, line in reversed(list(enumerate(lines[-_REACH:], max(len(lines) - _REACH, 0)))):
        text = reading.document.text[line.start : line.end]
        if _NOTE.fullmatch(text.strip(_MARKS)) or _is_name_of(reading, line):
            continue
        post = _post_line(reading, line)
        if post is not None:
            return None if post.start in used or post.rank == "sign" else number
        if not text.isupper() and len(text) > 40:
            return None
    return None


def _in_column(
    reading: Reading, lines: list[_Line], name: NameMention, nearest: int | None, used: set[int]
) -> int | None:
    """The index of the post line in a name's own column, where the nearest one stands in another."""
    if nearest is None or _apart(reading.document, lines[nearest], name) < _COLUMN:
        return nearest
    upper = _post_line_above(reading, lines[:nearest], used)
    return upper if upper is not None and _apart(reading.document, lines[upper], name) < _COLUMN / 2 else nearest


def _apart(document: Document, line: _Line, name: NameMention) -> float:
    """How many characters the middle of a name stands beside that of a line, as they are printed."""
    return abs(_middle(document, line.start, line.end) - _middle(document, name.start, name.end))


def _middle(document: Document, start: int, end: int) -> float:
    first, last = document.view.offsets[start], document.view.offsets[end - 1] + 1
    return (first + last) / 2 - (document.layer.text.rfind("\n", 0, first) + 1)


def _in_committee(document: Document, lines: list[_Line], post: Post) -> bool:
    """Whether a post is that in a committee, under which its holder prints the own one as well.

    ``TM. BAN TỔ CHỨC`` / ``TRƯỞNG BAN`` / ``HIỆU TRƯỞNG`` / ``Tên``; but ``HIỆU TRƯỞNG`` / ``PHÓ HIỆU TRƯỞNG`` is
    another's place taken.
    """
    if post.entry.id in COMMITTEE | _OF_CLUSTERS:
        return True
    body = _signed_for(document, lines[-4:]) or document.value(post.body_start, post.end)
    return _COMMITTEE_BODY.match(lower(body).strip()) is not None


def _is_name_of(reading: Reading, line: _Line) -> bool:
    return _name_line(reading, line) is not None


def _post_line(reading: Reading, line: _Line) -> Post | None:
    """The post that a line is, after ``TM.`` or ``KT.`` and a body's name in capitals; None for other lines."""
    document = reading.document
    text = document.text[line.start : line.end]
    position = line.start + len(text) - len(text.lstrip(_MARKS))
    prefix = _PREFIX.match(document.text, position)
    if prefix is None and (confirms := _CONFIRMED.match(document.lower, position)):
        position = confirms.end()
    if prefix and prefix["sign"].lower() in ("kt", "k/t", "k.t", "tl", "t/l", "tuq", "t/uq"):
        own = reading.post_at(prefix.end())
        later = [p for p in reading.posts.values() if prefix.end() < p.start and p.end <= line.end] if own else []
        return later[-1] if later else None
    if prefix:
        inside = [p for p in reading.posts.values() if prefix.end() <= p.start and p.end <= line.end]
        last = inside[-1] if inside else None
        return last if last and not document.text[last.end : line.end].strip(_MARKS) and text.isupper() else None
    post = reading.post_at(position)
    end = confirmed.start() if (confirmed := _CONFIRMS_BEHIND.search(document.lower, position, line.end)) else line.end
    if post is None or document.text[post.end : end].strip(_MARKS + "()"):
        return None
    return post if len(text) <= 90 else None


def _signed_for(document: Document, lines: list[_Line]) -> str | None:
    """The body after ``TM.`` in the lines over a post, a name broken over several lines made one."""
    for number, line in enumerate(lines):
        text = document.text[line.start : line.end]
        position = line.start + len(text) - len(text.lstrip(_MARKS))
        prefix = _PREFIX.match(document.text, position)
        if prefix is None or prefix["sign"].lower() not in _FOR:
            continue
        parts = [document.value(prefix.end(), line.end)] if prefix.end() < line.end else []
        for other in lines[number + 1 : -1]:
            more = document.value(other.start, other.end)
            if _PREFIX.match(more.lstrip(_MARKS)) or not more.isupper():
                break
            parts.append(more)
        return " ".join(part.strip(_MARKS) for part in parts).strip() or None
    return None
