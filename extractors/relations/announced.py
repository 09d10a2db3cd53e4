"""Numbers that announce other lists: numbered inside a paragraph, on an annexed page, what a ratio leaves over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.outline import NUMBER
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.names import labelled, names_in
from extractors.relations.parts import usable
from extractors.relations.pieces import KEPT
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

_INLINE = re.compile(r"(?<![\w/])\((\d{1,2})\)\s*(?=\S)")
_LISTED = ("topic", "any")
_LIST_AT = Words(("danh sách",))
_ANNEX = re.compile(r"(?:có |theo )?danh sách (?:kèm theo|đính kèm)|danh sách ở phụ lục")
_LEFT = re.compile(
    r"(?<!\w)(?:(?:trường|đơn vị|xã|xã, thị trấn|chi bộ)(?: còn)? )?(?:chưa|không)(?: được)?"
    r"(?: đạt| hoàn thành| có| nộp| tham gia)(?: chuẩn| mức)?(?: là| gồm|:)"
)
_REACH = 60


def find_inline_lists(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``gồm 8 chỉ tiêu: (1) …; (2) …`` in one paragraph, or with the list in the next one or one to a line."""
    for index, (_, level) in enumerate(rows):
        for inner in level.walk():
            for segment in inner.segments:
                for amount in segment.amounts[-1:]:
                    if usable(amount) and amount.of is None and amount.family in _LISTED:
                        yield from _inline(reading, [b for b, _ in rows[index : index + _FEW_LINES]], segment, amount)


#: So many lines below a number are looked at.
_FEW_LINES = 25


def _inline(reading: Reading, blocks: Sequence[Block], segment: Segment, amount: Amount) -> Iterator[Relation]:
    marks = _marks(reading, blocks, amount)
    run = [mark for number, mark in enumerate(marks, 1) if int(mark.group(1)) == number]
    if len(run) < 2 or len(run) < len(marks):
        return
    starts = [mark.start() for mark in run]
    ends = [reading.document.block_at(start).end for start in starts]
    ends = [min(end, after) for end, after in zip(ends, [*starts[1:], ends[-1]], strict=True)]
    parts = tuple(reading.thing(start, end) for start, end in zip(starts, ends, strict=True))
    yield Relation(kind="list", whole=quantity(reading, amount, segment), parts=parts, exhaustive=True, cue="(1)")


def _marks(reading: Reading, blocks: Sequence[Block], amount: Amount) -> list[re.Match[str]]:
    """The numbers in brackets behind a count in its block, else those of the blocks below that begin with one."""
    block = blocks[0]
    inside = list(_INLINE.finditer(reading.text, amount.end, block.end))
    if inside:
        return inside if inside[0].start() - amount.end <= _REACH else []
    found: list[re.Match[str]] = []
    for following in blocks[1:] if block.end - amount.end <= _REACH else ():
        here = list(_INLINE.finditer(reading.text, following.start, following.end))
        if not here or here[0].start() - following.start > _MARKED or (found and here[0].group(1) == "1"):
            break
        found += here
        if len(here) > 1:
            break
    return found


#: Before the number of a line in brackets may stand a dash.
_MARKED = 2


def find_annex_lists(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``12 cá nhân (có danh sách kèm theo)`` and the numbered rows under the heading ``CÁ NHÂN`` of the annex.

    Where the block ends with a colon the headings stand right below it. A heading that two numbers lead to, as two
    titles given to people, tells of neither alone.
    """
    found: list[tuple[Amount, Segment, list[Quantity]]] = []
    for block, level in rows:
        annexed = holds(_LIST_AT, reading.lower, block.body, block.end)
        annexed = annexed and _ANNEX.search(reading.lower, block.body, block.end) is not None
        if not annexed and not reading.text[block.body : block.end].rstrip().endswith(":"):
            continue
        for segment in (segment for inner in level.walk() for segment in inner.segments):
            for amount in segment.amounts:
                if amount.unit is None or not usable(amount) or amount.of is not None or amount.value < 2:
                    continue
                listed = _rows_under(reading, block, amount.unit)
                if len(listed) > 1:
                    found.append((amount, segment, listed))
    for amount, segment, listed in found:
        if sum(other == listed for _, _, other in found) == 1:
            whole = quantity(reading, amount, segment)
            yield Relation(kind="list", whole=whole, parts=tuple(listed), exhaustive=True, cue="danh sách")


def is_of_another(reading: Reading, after: Block, head: Block) -> bool:
    """Whether a heading below a block stands under one that the block does not speak of: ``III. GIẤY KHEN``."""
    above = reading.document.blocks[head.parent] if head.parent is not None and head.parent > after.index else None
    if above is None or above.kind != "heading":
        return False
    told = reading.lower[above.body : above.end].strip(" .:").removeprefix("danh sách ").removeprefix("danh hiệu ")
    return told not in reading.lower[after.body : after.end]


def _rows_under(reading: Reading, after: Block, unit: str) -> list[Quantity]:
    """The numbered items or table rows below the one heading that is nothing but a counted noun."""
    blocks = reading.document.blocks
    heads = [
        block
        for block in blocks[after.index + 1 :]
        if block.kind == "heading" and reading.lower[block.body : block.end].strip(" .:") in (unit, f"danh sách {unit}")
    ]
    if len(heads) != 1 or is_of_another(reading, after, heads[0]):
        return []
    found: list[Quantity] = []
    for block in blocks[heads[0].index + 1 :]:
        if block.kind == "cell":
            if (
                block.cell is not None
                and block.cell.col == 0
                and reading.text[block.start : block.end].strip(" .") == str(len(found) + 1)
            ):
                row = [other for other in blocks[block.index : block.index + 2] if other.table == block.table]
                found.append(reading.thing(row[0].start, row[-1].end))
        elif block.marker is not None and block.marker.kind == NUMBER and block.marker.number == len(found) + 1:
            found.append(reading.thing(block.start, block.end))
        elif found or block.kind == "heading":
            break
    return found


def find_complements(reading: Reading, level: Level) -> Iterator[Relation]:
    """``8/9 trường đạt chuẩn; trường chưa đạt là A và B``: what is left of the ratio against the names."""
    for inner in level.walk():
        ratio: tuple[Amount, Segment] | None = None
        for segment in inner.segments:
            if segment.separator == ".":
                ratio = None
            if (
                ratio is not None
                and ratio[0].of is not None
                and (match := _LEFT.search(reading.lower, segment.start, min(segment.end + 1, inner.end)))
            ):
                names, clean = names_in(reading, match.end(), _sentence_end(reading, inner, segment))
                left = ratio[0].of - ratio[0].value
                if names and clean and left > 0:
                    whole = quantity(reading, *ratio).model_copy(update={"value": left})
                    parts = tuple(reading.thing(*span) for span in names)
                    yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue="complement")
            for amount in segment.amounts:
                if amount.of is not None and amount.family in ("school", "place", "cell"):
                    ratio = amount, segment


def _sentence_end(reading: Reading, level: Level, segment: Segment) -> int:
    for later in level.segments[level.segments.index(segment) + 1 :]:
        if later.separator in (";", "."):
            return later.start - 1
    return level.end


#: A thing of a list in running text: a few words without numbers.
_FEW_WORDS = 9
_LEAST = 3
_AND = re.compile(r"(?<!\w)và(?!\w)")
_ANNOUNCED = ("topic",)
#: Classes are told by what they teach, in a bracket or behind a colon.
_CLASSES = ("lớp",)
#: Things told by what is to be done, each in a few words.
_TASKS = ("giải pháp", "nhóm giải pháp", "nhiệm vụ", "mục tiêu", "hoạt động", "yêu cầu", "vấn đề", "khâu đột phá")
_NAMED = ("môn", "môn thi")
#: Subjects of the curriculum with an "and" in their name (Thông tư 32/2018/TT-BGDĐT), and sports told as one.
TOGETHER = re.compile(
    r"lịch sử và địa l[ýí]|(?:khoa học|tin học) và công nghệ|công nghệ và tin học|kinh tế và pháp luật|"
    r"âm nhạc và m[ỹĩ] thuật|quốc phòng và an ninh|văn hóa và thể thao|(?:nam|đơn) và (?:nữ|đôi)|đọc và viết|"
    r"nghe và nói|toán và tiếng việt"
)
#: Teams of teachers and clubs are told by their subjects.
_TEAMS = ("tổ", "tổ chuyên môn", "câu lạc bộ", "đội tuyển")
#: Bodies are told by what they are called, of which only the first letter may be a capital: ``Phòng Nội vụ``.
_BODIES = ("cơ quan", "ban ngành", "tổ chức", "doanh nghiệp")
#: What was built or set up is told by what it is.
_WORKS = ("công trình", "phần việc", "mô hình", "công trình thanh niên", "công trình măng non")
_GROUPS = ("nhóm", "trò", "tiết mục", "phân môn", "bộ môn")
_NOT_ALL = re.compile(r"…|\.\.\.|v\.v|(?<!\w)(?:khác|như|trong đó|tiêu biểu|riêng|chủ yếu|đặc biệt|mỗi|cụ thể)(?!\w)")


def find_plain_lists(reading: Reading, level: Level) -> Iterator[Relation]:
    """``5 môn: điền kinh, bóng đá, đẩy gậy, kéo co và cờ vua``: things without names, between commas up to the end.

    A last ``và`` may join two things or stand inside one: where either reading fits, the list fits.
    """
    for inner in level.walk():
        for segment in inner.segments:
            amount = segment.amounts[-1] if segment.amounts else labelled(reading, segment)
            if amount is None or not usable(amount) or amount.of is not None or amount.value < 2:
                continue
            if amount.family not in _ANNOUNCED and amount.unit not in (*_GROUPS, *_CLASSES, *_TEAMS, *_BODIES, *_WORKS):
                continue
            things = _plain_things(reading, inner, segment, amount)
            told = _begin_with(reading, things, "tổ ") or all(reading.text[first].isupper() for first, _ in things)
            if len(things) < (2 if amount.unit in _TEAMS and told else _LEAST):
                continue
            # Sports and groups are told by names of one thing each; two that go together are known.
            one_each = amount.unit in (*_GROUPS, *_NAMED, *_TEAMS) and not TOGETHER.search(
                reading.lower, things[-2][0], things[-1][1]
            )
            if (
                not one_each
                and len(things) - 1 == amount.value
                and _AND.search(reading.lower, things[-2][1], things[-1][0])
            ):
                things = [*things[:-2], (things[-2][0], things[-1][1])]
            parts = tuple(reading.thing(*span) for span in things)
            # A short piece of a longer list may only go on with the one before: ``kiểm tra, đánh giá``.
            if amount.unit in (*_TASKS, *_WORKS) and any(_is_short(reading, *thing) for thing in things):
                continue
            # Of many things a report may name only some; a slip is one too many or too few.
            sure = True if abs(len(parts) - amount.value) <= 1 else None
            yield Relation(kind="list", whole=quantity(reading, amount, segment), parts=parts, exhaustive=sure, cue=":")


def _begin_with(reading: Reading, things: Sequence[tuple[int, int]], word: str) -> bool:
    return all(reading.lower.startswith(word, start) for start, _ in things)


_GRADES = re.compile(
    r"(?<![\w/])(?P<n>[2-6]|hai|ba|bốn|năm|sáu) khối(?: lớp)? "
    r"(?P<list>\d{1,2}(?:, ?\d{1,2})+(?:,? và \d{1,2})?)(?![\d/.]*\d)"
)
_GRADES_AT = Words((" khối ",))
_SPOKEN = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}


def find_grade_lists(reading: Reading, level: Level) -> Iterator[Relation]:
    """``gồm 4 khối 6, 7, 8, 9``: how many grades, and which."""
    if not holds(_GRADES_AT, reading.lower, level.start, level.end):
        return
    for match in _GRADES.finditer(reading.lower, level.start, level.end):
        grades = [m.span() for m in re.finditer(r"\d+", match["list"])]
        value = _SPOKEN.get(match["n"]) or int(match["n"])
        whole = reading.quantity(value, match.span("n"), match.span())
        parts = tuple(reading.thing(match.start("list") + a, match.start("list") + b) for a, b in grades)
        if len({part.printed for part in parts}) == len(parts):
            yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue="khối")


def _is_short(reading: Reading, start: int, end: int) -> bool:
    return len(reading.text[start:end].split()) < _LEAST


def _plain_things(reading: Reading, level: Level, segment: Segment, amount: Amount) -> list[tuple[int, int]]:
    """The things behind the colon right after a counted noun, or in a bracket there; none where unsure."""
    colon, end = amount.unit_end, 0
    opened = next((group for group in segment.groups if 0 <= group.start - colon <= 2), None)
    bracket = next((group for group in segment.groups if group.start <= amount.start < group.end), None)
    if bracket is not None:  # Tổ chuyên môn (8 tổ): Toán, Ngữ văn, …
        colon = bracket.end + 1
    if opened is not None:
        colon, end = opened.start - 1, opened.end
    elif (worded := _WORDED.match(reading.lower, colon, level.end)) is not None:
        colon = worded.end() - 1
        end = min(
            (m.start() for m in [_CLAUSE_END.search(reading.lower, colon + 1, level.end)] if m), default=level.end
        )
    elif amount.unit in (*_NAMED, *_WORKS) and (match := _CONSISTS.match(reading.lower, colon, level.end)):
        colon = match.end() - 1
        end = min((m.start() for m in [_CLAUSE_END.search(reading.lower, colon, level.end)] if m), default=level.end)
    else:
        return []
    if _NOT_ALL.search(reading.lower, colon + 1, end) or re.search(r"[\d:()\"“]", reading.text[colon + 1 : end]):
        return []
    found: list[tuple[int, int]] = []
    for first, stop in _pieces(reading, colon + 1, end):
        text = reading.text[first:stop]
        words = text.split()
        if not words or len(words) > _FEW_WORDS:
            return []
        first += len(text) - len(text.lstrip())
        found.append((first, first + len(text.strip())))
    return found


def _pieces(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """What commas and a last ``và`` part, but for those in a name: ``Phòng Lao động, Thương binh và Xã hội``."""
    kept = [name.span() for name in KEPT.finditer(reading.text, start, end)]
    commas = [m.start() for m in re.finditer(",", reading.text[start:end])]
    cuts = [(start + at, start + at + 1) for at in commas if not any(a <= start + at < b for a, b in kept)]
    last = cuts[-1][1] if cuts else start
    ands = [m.span() for m in _AND.finditer(reading.lower, last, end) if reading.text[last : m.start()].strip()]
    ands = [span for span in ands if not any(a <= span[0] < b for a, b in kept)]
    cuts += ands[-1:]
    return list(zip([start, *(stop for _, stop in cuts)], [*(first for first, _ in cuts), end], strict=True))


#: Subjects and sports are also listed behind words: ``8 môn gồm điền kinh, bơi, …``.
_CONSISTS = re.compile(r" (?:thi đấu |thi |thể thao |thanh niên |măng non )?(?:gồm có|bao gồm|gồm|là):? (?=[^\W\d_])")
#: Up to the colon what is listed may be said more closely: ``5 môn thi đấu: …``, ``3 nhiệm vụ trọng tâm: …``.
_WORDED = re.compile(
    r"(?: (?!và |trong |với |của |cho |tại |ở |là |gồm )[^\W\d_]+){0,3}"
    r"(?:,? (?:đó là|gồm có|bao gồm|gồm|cụ thể là|là))? ?:"
)
_CLAUSE_END = re.compile(r"[;.](?!\d)")
