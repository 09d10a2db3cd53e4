"""Numbers of those honoured, and further on a label for each kind with their names: ``b) Cá nhân: 1. …; 2. …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.announced import is_of_another
from extractors.relations.listed_names import PERSON
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.pieces import chunks, trimmed
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

_ANNOUNCED = re.compile(
    r"(?<!\w)(?:tặng|khen|thưởng|tuyên dương|biểu dương|công nhận|vinh danh|suy tôn|bình chọn|bầu chọn|đề nghị|"
    r"kỷ luật|cử|chọn|xét)(?!\w)"
)
_SOME = re.compile(r"(?<!\w)(?:tiêu biểu|điển hình|trong đó|như|ví dụ|đặc biệt|nổi bật)(?!\w)(?! sau| là)")
#: Who are honoured.
_UNITS = (
    "tập thể", "cá nhân", "tổ", "đơn vị", "trường", "học sinh", "em", "giáo viên", "gia đình", "hộ gia đình",
    "nhà giáo", "đồng chí", "cán bộ", "nhân viên", "lớp", "chi bộ", "đảng viên", "đoàn viên", "chi đoàn", "chi đội",
)  # fmt: skip
_KINDS_AT = Words(("tập thể", "cá nhân", "học sinh", "giáo viên", "đơn vị", "đồng chí"))
#: The label of one kind at the head of a line or sentence, with what is said of all of them.
_LABEL = r"(?:(?:về|các|danh sách|đối với|khen thưởng|giấy khen|nhóm)(?: các)? )?{unit}(?: [^\W\d_]+){{0,3}}? ?:"
_OPENED = re.compile(r"(?:^|[.;:\n] ?|[.;] [a-zđ\d][).] ?|(?<=[.;] )[-+] ?)$")
_MARK = re.compile(r"(?:^|(?<=[;,.:] ))(?P<n>\d{1,2})[.)] ?(?=[^\W\d_])")
_ETC = re.compile(r"…|\.\.\.|v\.v|(?<!\w)(?:khác|vân vân)(?!\w)")
#: A body by its noun or name: ``Tổ Mẫu giáo lớn``, ``lớp 4A``, ``Trường THCS Nà Hẩu``, ``THPT Phù Lỗ``.
_BODY = re.compile(
    rf"(?:(?:[Tt]ổ|[Tt]rường|[Ll]ớp|[Cc]hi (?:bộ|đoàn|đội|hội)|[Kk]hối|[Đđ]ội|[Cc]ông đoàn|[Bb]an|[Pp]hòng|[Nn]hóm|"
    rf"[Tt]ập thể)"
    rf" [\w&'’/.-]+|(?:THPT|THCS|TH|MN|TH&THCS|PTDTBT|PTDTNT) [{UPPER}])[^,;:]{{0,60}}"
)
#: So many lines below the number the names may begin, and so many may follow.
_REACH, _MOST = 8, 60
_LEAST = 2
#: By so many a clerk miscounts, whatever the number.
_NEAR = 2


def find_labelled_lists(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Each of the numbers of a line such as ``Tặng giấy khen cho 3 tập thể và 10 cá nhân`` with the names below it.

    The names stand behind a label that is the counted noun, in one line or one to an item.
    """
    for index, (block, level) in enumerate(rows):
        if block.kind == "cell" or not holds(_KINDS_AT, reading.lower, block.body, block.end):
            continue
        if not _ANNOUNCED.search(reading.lower, block.body, block.end):
            continue
        counted = [(a, s) for s in level.segments for a in s.amounts if _is_announced(a)]
        units = [amount.unit for amount, _ in counted]
        if not counted or len(set(units)) < len(units) or _SOME.search(reading.lower, block.body, block.end):
            continue
        below = [block, *(other for other, _ in rows[index + 1 : index + 1 + _MOST])]
        for amount, segment in counted:
            yield from _labelled(reading, below, amount, segment)


def _is_announced(amount: Amount) -> bool:
    return usable(amount) and amount.of is None and amount.value >= _LEAST and amount.unit in _UNITS


def _labelled(reading: Reading, blocks: Sequence[Block], amount: Amount, segment: Segment) -> Iterator[Relation]:
    label = _label(reading, blocks, amount)
    if label is None:
        return
    at, start = label
    block = blocks[at]
    if reading.text[start : block.end].strip(" ."):
        names = _names(reading, start, _stop(reading, start, block.end), amount)
    else:
        names = _items(reading, blocks[at + 1 :], block)
    if len(names) < _LEAST or abs(len(names) - amount.value) > max(_NEAR, amount.value / 2):
        return
    parts: tuple[Quantity, ...] = tuple(reading.thing(*span) for span in names)
    whole = quantity(reading, amount, segment)
    yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue="danh sách")


def _label(reading: Reading, blocks: Sequence[Block], amount: Amount) -> tuple[int, int] | None:
    """The one label for the counted noun behind its number: the index of its line, and where the names begin."""
    unit = re.escape(amount.unit or "?")
    label, noun = re.compile(_LABEL.format(unit=unit)), re.compile(rf"(?<!\w){unit}(?!\w)")
    found: list[tuple[int, int]] = []
    for index, block in enumerate(blocks[:_REACH]):
        first = max(block.body, amount.end) if not index else block.body
        for place in noun.finditer(reading.lower, first, block.end):
            begins = {max(first, block.body) if place.start() - block.body < _PREFIX else place.start(), place.start()}
            matches = [(begin, label.match(reading.lower, begin, block.end)) for begin in sorted(begins)]
            opened = [m.end() for at, m in matches if m and _OPENED.search(reading.text[max(first, at - 6) : at])]
            found += [(index, end) for end in opened[:1]]
        alone = reading.lower[block.body : block.end].strip(" .:") in (amount.unit, f"danh sách {amount.unit}")
        if index and alone and not found and not is_of_another(reading, blocks[0], block):
            found.append((index, block.end))
    return found[0] if len(found) == 1 else None


#: So long is what stands in a label before its noun.
_PREFIX = 20


def _stop(reading: Reading, start: int, end: int) -> int:
    """Where the names of a label end: with its line, or where the next label of the line begins."""
    following = _NEXT.search(reading.text, start, end)
    return following.start() + 1 if following is not None else end


_NEXT = re.compile(rf"[.;] (?:[-+] |[a-zđ]\) )?(?=[{UPPER}][{LOWER}]+(?: [{LOWER}]+){{0,4}} ?: )")


def _names(reading: Reading, start: int, end: int, amount: Amount) -> list[tuple[int, int]]:
    """The names behind a label: numbered from 1, else between semicolons or commas; none where one is no name."""
    if _ETC.search(reading.lower, start, end):
        return []
    while reading.text[start : start + 1] == " ":
        start += 1
    marks = list(_MARK.finditer(reading.text[start:end]))
    if marks and marks[0].start() == 0:
        counted = [int(mark["n"]) for mark in marks] == list(range(1, len(marks) + 1))
        starts = [start + mark.start() for mark in marks]
        return [*pairwise(starts), (starts[-1], end)] if counted else []
    signs = ";" if ";" in reading.text[start : end - 1] else ","
    pieces = list(trimmed(reading, chunks(reading, start, end, signs)))
    pieces = [(first, last - (reading.text[last - 1] in ".;,")) for first, last in pieces]
    pieces = [(first + 3 * reading.lower.startswith("và ", first), last) for first, last in pieces]
    kind = PERSON if amount.family in PEOPLE else _BODY
    named = [kind.match(reading.text, *piece) for piece in pieces]
    whole = signs == ";" or all(
        match is not None and match.end() == piece[1] for match, piece in zip(named, pieces, strict=True)
    )
    return pieces if all(named) and whole and not any(_SEVERAL.search(reading.text, *p) for p in pieces) else []


#: A second one inside a piece.
_SEVERAL = re.compile(rf"(?:,| và) (?:ông|bà|thầy|cô|em|đ/c|đồng chí|[Tt]ổ|[Ll]ớp|[Tt]rường) [{UPPER}\d]")


def _items(reading: Reading, below: Sequence[Block], label: Block) -> list[tuple[int, int]]:
    """The items right below a label, all of one style other than its own, each with one name and no more."""
    found: list[Block] = []
    for block in below:
        marker = block.marker
        if marker is None or (label.marker is not None and marker.style == label.marker.style):
            break
        if found and marker.style != found[0].marker.style:  # type: ignore[union-attr]
            break
        if found and marker.number == 1:
            break
        found.append(block)
    single = all(_is_single(reading, block) for block in found)
    return [(block.start, block.end) for block in found] if single else []


def _is_single(reading: Reading, block: Block) -> bool:
    return "," not in reading.text[block.body : block.end] and ":" not in reading.text[block.body : block.end]
