"""Lists under a heading that says how many they hold: ``B. Cá nhân (11)``, ``I. TẬP THỂ: 05 lớp``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.outline import ALPHA, NUMBER
from extractors.relations.reading import LOWER, UPPER, Reading
from schemas.relation import Quantity, Relation

_NOUN = (
    r"(?:tập thể|cá nhân|học sinh|giáo viên|đơn vị|trường|lớp|em|đồng chí|nhà giáo|người|thí sinh|cán bộ|đảng viên|"
    r"đoàn viên|thành viên|ủy viên|uỷ viên|đại biểu|gia đình|hộ|xã|chi bộ|chi đoàn|sáng kiến|đề tài|"
    r"chỉ tiêu|nội dung|nhiệm vụ|giải pháp|nhóm giải pháp|mục tiêu|tiêu chí|tiêu chuẩn|loại(?: giấy tờ)?|giấy tờ|môn|"
    r"bước|giai đoạn|công trình|hạng mục|tiết mục|ý kiến|đề xuất|kiến nghị|phần việc|công việc|văn bản|mô hình)"
)
#: A heading that is nothing but what is listed and its number.
_HEADED = re.compile(
    rf"(?:[a-zđ]{{1,4}}[.)] )?(?P<what>[^\d:;.()]*?)\s*"
    rf"(?:\(\s*(?:gồm |có |tổng số:? )?(?P<n>\d{{1,3}})(?: (?P<noun>{_NOUN}))?\s*\)"
    rf"|[:–-]\s*(?P<m>\d{{1,3}}) (?P<other>{_NOUN}))\s*[:.]?\s*"
)
_NAMED = re.compile(rf"(?<!\w){_NOUN}(?!\w)")
_LONGEST = 70
#: A line that names one person.
_PERSON = re.compile(
    rf"(?:(?:Ông|Bà|Thầy|Cô|Em|Đ/c|Đồng chí)(?: giáo)?:? )(?P<name>[{UPPER}][^\W\d_]*(?: [{UPPER}][\w'’]*)+)[^;]*"
)
_AND = re.compile(rf"(?:;|,| và) (?:ông|bà|thầy|cô|em|đ/c|đồng chí) [{UPPER}]", re.I)
#: Classes by their names, each with a note in brackets perhaps: ``6/2 (cô Hà), 7A1, 9B``.
_CLASS = rf"(?:lớp )?\d{{1,2}}(?:[/.]\d{{1,2}}|[A-ZĐ]\d{{0,2}})(?!\w)(?: ?\([^()]*\))?(?: [{UPPER}][{LOWER}]+)?"
_CLASSES = re.compile(rf"\s*{_CLASS}(?:(?:,|;| và) ?{_CLASS})+\s*\.?\s*")
_ONE_CLASS = re.compile(_CLASS)
#: Classes told behind their number in a sentence: ``5 lớp: 6A, 6B, 7A``, ``3 lớp tiên tiến (8A, 8C, 9B)``.
_TOLD = re.compile(
    rf"(?<![\w.,/-])(?P<n>\d{{1,2}}) (?:tập thể )?lớp(?: (?!và|với)[^\W\d_]+){{0,5}}(?: gồm| là)?"
    rf"(?: ?: ?| ?\(| (?=lớp \d))"
    rf"(?P<list>{_CLASS}(?:(?:,|;| và) ?{_CLASS})+)(?=\)|[.;]|\s*$|, [^\W\d_])",
    re.M,
)
_LEAST = 2
_LETTER_D = 4


def find_headed_lists(reading: Reading) -> Iterator[Relation]:
    """The lists below such headings, and classes told by their names behind their number.

    Below a heading stand items numbered from 1, lines that name one person each, or one line of classes.
    """
    blocks = reading.document.blocks
    for block in blocks:
        if block.kind in ("cell", "junk", "caption"):
            continue
        yield from _told(reading, block)
        if block.end - block.body > _LONGEST:
            continue
        match = _HEADED.fullmatch(reading.lower, block.body, block.end)
        if match is None or not (match["noun"] or match["other"] or _NAMED.search(match["what"])):
            continue
        name = "n" if match["n"] else "m"
        if int(match[name]) < _LEAST:
            continue
        following = blocks[block.index + 1 :]
        listed = _numbered(reading, following) or _people(reading, following) or _classes(reading, following)
        listed = listed or _rows(reading, following)
        if len(listed) >= _LEAST:
            whole = reading.quantity(int(match[name]), match.span(name), (block.body, block.end))
            yield Relation(kind="list", whole=whole, parts=tuple(listed), exhaustive=True, cue="danh sách")


def _numbered(reading: Reading, following: Sequence[Block]) -> list[Quantity]:
    """The items numbered from 1 right below; none where something else stands between them."""
    found: list[Quantity] = []
    style = ""
    for block in following:
        marker = block.marker
        if marker is None or marker.kind not in (NUMBER, ALPHA) or marker.number is None:
            break
        # Some go from d) straight to e).
        skipped = marker.kind == ALPHA and marker.number > _LETTER_D
        if marker.number - skipped not in (len(found), len(found) + 1) or (not skipped and marker.number == len(found)):
            break
        if "." in marker.path or (found and marker.style != style):
            break
        style = marker.style
        found.append(reading.thing(block.start, block.end))
    return found


def _rows(reading: Reading, following: Sequence[Block]) -> list[Quantity]:
    """The rows of the table right below, where its first column numbers them from 1; none where it skips one."""
    table = following[0].table if following else None
    if table is None:
        return []
    cells = [block for block in following if block.table == table and block.cell is not None]
    found: list[Quantity] = []
    for block, beside in pairwise(cells):
        text = reading.text[block.start : block.end].strip(" .")
        if block.cell is None or block.cell.col or not text.isdigit():
            continue
        if int(text) != len(found) + 1 or beside.cell is None or beside.cell.row != block.cell.row:
            return []
        found.append(reading.thing(block.start, beside.end))
    return found


def _people(reading: Reading, following: Sequence[Block]) -> list[Quantity]:
    """The lines right below that name one person each."""
    found: list[Quantity] = []
    for block in following:
        if block.kind not in ("paragraph", "item") or (block.marker is not None and block.marker.number is not None):
            break
        if _PERSON.match(reading.text, block.body, block.end) is None:
            break
        if _AND.search(reading.text, block.body, block.end) is not None:
            return []
        found.append(reading.thing(block.body, block.end))
    return found


def _classes(reading: Reading, following: Sequence[Block]) -> list[Quantity]:
    """The classes of the one line right below."""
    if not following or _CLASSES.fullmatch(reading.text, following[0].body, following[0].end) is None:
        return []
    marks = _ONE_CLASS.finditer(reading.text, following[0].body, following[0].end)
    return [reading.thing(*mark.span()) for mark in marks]


def _told(reading: Reading, block: Block) -> Iterator[Relation]:
    for match in _TOLD.finditer(reading.text, block.body, block.end):
        marks = [mark.span() for mark in _ONE_CLASS.finditer(reading.text, *match.span("list"))]
        if int(match["n"]) >= _LEAST and not match["n"].startswith("00"):
            whole = reading.quantity(int(match["n"]), match.span("n"), (match.start(), match.start("list")))
            parts = tuple(reading.thing(*mark) for mark in marks)
            yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue=":")
