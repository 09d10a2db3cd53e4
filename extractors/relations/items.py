"""Totals whose parts stand in the items below: ``Tổng số 450 em, trong đó:`` and a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.outline import PART, ROMAN
from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_complete
from extractors.relations.pairs import is_price_list
from extractors.relations.parts import PEOPLE, Parts, categories, fits, read_parts, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.rows import labelled
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_LAST = 140
_LISTED = ("topic", "any", "school", "cell", "person", "staff", "pupil", "place")
_AS_FOLLOWS = re.compile(r"(?:như sau|sau đây|sau|gồm)\s*:$")
_FEW = 12
# So near the colon the number can only announce what stands below.
_CLOSE = 14


def find_item_sums(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Sum]:
    """Totals at the end of a block that opens a list, with the first number of each item as a part.

    Items without a number that fits leave open whether the list is complete.
    """
    for index, (block, level) in enumerate(rows):
        whole = last_count(reading, block, level) or _total_of_line(reading, rows, index)
        if whole is None:
            continue
        items = _items(rows, index)
        shared = _shared_among(level, whole, items)
        whole = shared or whole
        parts = Parts()
        for _, item in items:
            read = read_parts(reading, _telling(item, whole[0]), item.start, whole[0])
            parts.found += read.found
            parts.some |= read.some
            parts.overlap |= read.overlap
        parts.settle()
        parts.cut(whole[0].value, closed=False)
        if len(parts.found) < 2 or _is_sibling(reading, whole, parts) or _are_scales(items, whole[0]):
            continue
        told = not reading.text[block.body : block.end].rstrip().endswith(":") or _ends_with_cue(reading, block)
        opener = "trong_do" if told else ":"
        complete = is_complete(reading, parts, whole[0], opener)
        if shared is not None and len(parts.found) == len(items) and not parts.some:
            complete = True  # 187 hội viên sinh hoạt tại 5 chi hội: and the five of them
        if len(parts.found) < len(items) and complete:
            complete = None
        cue = reading.text[whole[0].end : block.end][-20:].strip(" ,")
        found = Sum(whole[0], whole[1], parts, complete, cue)
        if whole[0].family != "money" or not is_price_list(reading, found):
            yield found


def _shared_among(level: Level, last: _Row, items: Sequence[tuple[Block, Level]]) -> _Row | None:
    """The count before the number of items that share it: ``187 hội viên sinh hoạt tại 5 chi hội:`` over five lines.

    None where the number before the colon is not that of the items, or these do not count what is shared.
    """
    amount, segment = last
    run = next((run for run in by_sentence(level.segments) if segment in run), [])
    before = [(a, s) for s in run for a in s.amounts if a.end <= amount.start]
    if amount.value != len(items) or not before:
        return None
    whole, where = before[-1]
    if not usable(whole) or whole.of is not None or whole.unit is None or whole.unit == amount.unit:
        return None
    counts = [[a for s in item.segments for a in s.amounts if a.unit in (whole.unit, None)] for _, item in items]
    return (whole, where) if all(len(found) == 1 for found in counts) else None


def _are_scales(items: Sequence[tuple[Block, Level]], whole: Amount) -> bool:
    """Whether each item tells the whole total by grades of its own: ``- Học lực: Giỏi 212, …``, ``- Hạnh kiểm: …``."""
    made = [sum(a.value for s in item.segments for a in s.amounts if usable(a) and a.of is None) for _, item in items]
    several = all(len(item.segments) > 1 for _, item in items)
    return len(items) > 1 and several and sum(abs(one - whole.value) <= whole.value * _MISSED for one in made) > 1


#: By so much of its total a scale may miss it, where a clerk slipped.
_MISSED = 0.05
_TABLE_ROWS = re.compile(r"\d{1,3}[.)]?")


def find_table_lists(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``Danh sách 05 học sinh đạt giải:`` over a table whose rows are numbered from 1."""
    for block, level in rows:
        whole = last_count(reading, block, level)
        after = reading.document.blocks[block.index + 1 :]
        if whole is None or whole[0].family not in _LISTED or not after or after[0].table is None:
            continue
        table = [b for b in after if b.table == after[0].table and b.cell is not None]
        first = [b for b in table if b.cell is not None and b.cell.col == 0 and not b.cell.header]
        numbers = [reading.text[b.start : b.end].strip(" .)") for b in first]
        numbers = [number for number in numbers if _TABLE_ROWS.fullmatch(number)]
        if len(numbers) < 2 or [int(number) for number in numbers] != list(range(1, len(numbers) + 1)):
            continue
        if whole[0].family in PEOPLE and _OTHER_THINGS.match(reading.lower, *_second_head(table)):
            continue  # the rows are what these people made or where they are from
        parts = tuple(reading.thing(b.start, b.end) for b in first[-len(numbers) :])
        yield Relation(kind="list", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue=":")


#: What the rows of a table list instead of people, by the heading of the column behind their numbers.
_OTHER_THINGS = re.compile(
    r"\s*(?:tên )?(?:dự án|đề tài|sản phẩm|sáng kiến|đơn vị|trường|lớp|môn|nội dung|tác phẩm|tiết mục|giải|đội)(?!\w)"
)


def _second_head(table: Sequence[Block]) -> tuple[int, int]:
    """Where the heading of a table's second column stands; an empty range where it has none."""
    head = next((b for b in table if b.cell is not None and b.cell.row == 0 and b.cell.col == 1), None)
    return (head.start, head.end) if head is not None else (0, 0)


#: An item that stands for several people: ``- Các thành viên: ông A, bà B``.
_PEOPLE = re.compile(r"(?<!\w)(?:ông|bà|đ/c|đồng chí|thầy|cô|em|anh|chị)(?!\w)")


#: An item that lists names behind a label.
_LISTS_NAMES = re.compile(rf"[^:,;.]{{2,40}}: ?(?:[{UPPER}][^\W\d_]*[ ,]*)+(?:,|\([^()]*\)[,;])\s*[{UPPER}]")


#: An item that names several, with what it says of them or not: ``- Lò Văn An, Vì Thị Bích: giải Nhất``.
_NAMES_BEFORE = re.compile(
    rf"(?:[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}}(?: ?\([^()]*\))?(?:, | và )){{1,9}}"
    rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}}(?: ?\([^()]*\))?\s*(?:[:–-] ?[{LOWER}]|[.;]|$)",
    re.M,
)


def _names_several(reading: Reading, block: Block) -> bool:
    named = _NAMES_BEFORE.match(reading.text, block.body, block.end) is not None
    return named or len(_PEOPLE.findall(reading.lower, block.body, block.end)) > 1


def _telling(item: Level, whole: Amount) -> Sequence[Segment]:
    """The segment of an item that counts what the whole counts, else its first: ``Lớp mầm: 25 trẻ, 01 lớp``."""
    for segment in item.segments:
        if segment.separator == ".":
            break
        first = segment.first()
        if first is not None and first.family is not None and first.family == whole.family:
            return [segment]
    return item.segments[:1]


#: So far before the end of its line a number announces the items below; further off where these are people by name.
_FAR_BEFORE = 60
_NAMES_FOLLOW = re.compile(
    r"(?<!\w)(?:có tên|danh sách|(?:gồm|là|như)) ?(?:trong danh sách )?(?:sau|sau đây|dưới đây|kèm theo)?(?!\w)|"
    r"(?<!\w)sau đây(?!\w)"
)
#: Somebody by a name alone, with a class or a school behind it.
_NAMED = re.compile(rf"\s*[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}}\s*(?:[-–,(;]|$)")


def _named_below(reading: Reading, rows: Sequence[tuple[Block, Level]], index: int, whole: Amount) -> bool:
    """Whether a line of people says that they are named below, and each item from 1 on begins with one."""
    block = rows[index][0]
    if whole.family not in PEOPLE or _NAMES_FOLLOW.search(reading.lower, whole.end, block.end) is None:
        return False
    items = _items(rows, index)
    numbers = [item.marker.number if item.marker is not None else None for item, _ in items]
    people = all(_PERSON.match(reading.lower, b.body) or _NAMED.match(reading.text, b.body, b.end) for b, _ in items)
    return people and numbers == list(range(1, len(items) + 1))


def find_item_lists(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Numbers of tasks, contents and the like that announce the items below: ``gồm 3 nội dung sau:``."""
    for index, (block, level) in enumerate(rows):
        elected = _elected(reading, rows, index)
        whole = elected or last_count(reading, block, level)
        if whole is None or whole[0].family not in (*_LISTED, "prize"):
            continue
        if stands_beside_another(reading, level, whole[0]):
            continue
        named = _named_below(reading, rows, index, whole[0])
        if whole[0].end < block.end - _FAR_BEFORE and not named:
            continue
        items = _items(rows, index)
        if whole[0].family == "prize" and not _are_winners(reading, items):
            continue
        if len(items) < 2 or (_are_counted(items) and not _are_aims(items, whole[0])):
            continue
        if any(item.marker is not None and item.marker.kind in (PART, ROMAN) for item, _ in items):
            continue  # the sections of the document, not the things announced
        if items[0][0].marker is not None and (items[0][0].marker.number or 1) > 1:
            continue  # a numbering that began before goes on
        numbered = all(item.marker is not None and item.marker.number is not None for item, _ in items)
        announced = named or _AS_FOLLOWS.search(reading.lower, block.body, block.end) is not None
        announced = announced or block.end - max(whole[0].end, whole[0].unit_end) <= _CLOSE
        if whole[0].family != "topic" and not announced:
            continue
        alone = not any(_names_several(reading, item) for item, _ in items)
        if whole[0].family != "topic" and any(_LISTS_NAMES.match(reading.text, b.body, b.end) for b, _ in items):
            continue  # - Tiểu học: An Hòa, Bình Lâm
        alone = alone or elected is not None  # each begins with one person; in a name may be a word for another
        sure = alone and (numbered or (announced and whole[0].value <= _FEW))
        yield Relation(
            kind="list",
            whole=quantity(reading, *whole),
            parts=tuple(reading.thing(item.start, item.end) for item, _ in items),
            exhaustive=True if sure else None,
            cue=":",
        )


def _are_winners(reading: Reading, items: Sequence[tuple[Block, Level]]) -> bool:
    """Whether items numbered from 1 on each begin with the one who won, and tell nothing of another prize."""
    numbers = [item.marker.number if item.marker is not None else None for item, _ in items]
    named = all(_NAMED.match(reading.text, item.body, item.end) for item, _ in items)
    prized = any(_PRIZE.search(reading.lower, item.body, item.end) for item, _ in items)
    return named and not prized and numbers == list(range(1, len(items) + 1))


_PRIZE = re.compile(r"(?<!\w)(?:giải|huy chương|hc[vbđ])(?!\w)")


def _are_counted(items: Sequence[tuple[Block, Level]]) -> bool:
    """Whether some of the items begin with a count: they may be parts of the number above."""
    return any(item.segments and _counts(item.segments[0]) for _, item in items)


def _are_aims(items: Sequence[tuple[Block, Level]], whole: Amount) -> bool:
    """Whether items numbered from 1 are the things announced, whatever each of them counts.

    ``5 chỉ tiêu sau: 1. Học sinh giỏi cấp huyện 12 em; 2. …``, but not ``15 tiêu chí: 1. Quản lý: 6 tiêu chí; …``.
    """
    if whole.family != "topic" and whole.unit != "chỉ tiêu":
        return False
    numbers = [block.marker.number if block.marker is not None else None for block, _ in items]
    near = abs(len(items) - whole.value) <= _NEAR
    units = {amount.unit for _, item in items for segment in item.segments[:1] for amount in segment.amounts}
    return near and numbers == list(range(1, len(items) + 1)) and whole.unit not in units


#: By so many a clerk miscounts the items of a list.
_NEAR = 2
_CONSISTS = re.compile(r"(?<!\w)(?:gồm|gồm có|bao gồm) (?:có )?$")
_PERSON = re.compile(r"\s*(?:ông|bà|đ/c|đồng chí|thầy|cô|em) ")


def _elected(reading: Reading, rows: Sequence[tuple[Block, Level]], index: int) -> tuple[Amount, Segment] | None:
    """``bầu Ban Chấp hành gồm năm đồng chí.`` over people numbered from 1: a full stop instead of the colon."""
    block, level = rows[index]
    if not level.segments or index + 2 >= len(rows) or not level.segments[-1].amounts:
        return None
    segment = level.segments[-1]
    amount = segment.amounts[-1]
    if amount.family not in ("person", "staff") or not usable(amount) or amount.of is not None:
        return None
    if reading.text[amount.unit_end : block.end].strip() != ".":
        return None
    if _CONSISTS.search(reading.lower, segment.start, amount.start) is None:
        return None
    following = [below for below, _ in rows[index + 1 : index + 3]]
    numbered = [b.marker.number if b.marker is not None else None for b in following] == [1, 2]
    people = all(_PERSON.match(reading.lower, b.body) for b in following)
    return (amount, segment) if numbered and people else None


_BESIDE = re.compile(r"\s*(?:,|;|và|cùng|với|,? và) ")


def stands_beside_another(reading: Reading, level: Level, whole: Amount) -> bool:
    """Whether a line announces two kinds of things, which follow each other below: ``4 tập thể và 5 cá nhân:``."""
    before = [a for s in level.segments for a in s.amounts if a.end <= whole.start and a.family in _LISTED]
    return any(_BESIDE.fullmatch(reading.lower, a.unit_end, whole.start) for a in before)


def last_count(reading: Reading, block: Block, level: Level) -> tuple[Amount, Segment] | None:
    """The last number of a line that ends with a colon, which announces what stands below."""
    if not level.segments or not reading.text[block.body : block.end].rstrip().endswith(":"):
        return None
    sentence: list[Segment] = []
    for segment in level.segments:
        if segment.separator == ".":
            sentence = []
        sentence.append(segment)
    found = [(a, s) for s in sentence for a in s.amounts if usable(a) and a.of is None]
    if not found and _ONLY_OPENER.fullmatch(reading.lower, sentence[0].start, block.end):
        # Tổng số 57 người. Trong đó:
        run = next(reversed([r for r in by_sentence(level.segments) if r[-1] is not sentence[-1]]), [])
        found = [(a, s) for s in run for a in s.amounts if usable(a) and a.of is None]
    if not found:  # Về số lớp (08 lớp) có:
        inner = [(a, s) for s in sentence for group in s.groups for part in group.segments for a in part.amounts]
        last = len(inner) == 1 and inner[0][1] is sentence[-1]  # not (9 ý kiến), QUYẾT NGHỊ:
        found = [(a, s) for a, s in inner if last and usable(a) and a.of is None]
    if not found or block.end - found[-1][0].end > _LAST:
        return None
    return found[-1]


#: A label that says how many there are of what stands in it: ``Số lớp:``, ``Quy mô học sinh:``.
_SIZE = re.compile(r"(?:số|sĩ số|sỹ số|số lượng|quy mô) [^\d:;.()]{2,40}: ?")


#: Glued to a sum of money: ``62.500.000đ``.
_DONG = re.compile(r" ?đ(?![\w/])")


def _total_of_line(reading: Reading, rows: Sequence[tuple[Block, Level]], index: int) -> tuple[Amount, Segment] | None:
    """The number of an item that is nothing but a label and its total, over items of its own: ``- Tổng số lớp: 18``."""
    block, level = rows[index]
    below = rows[index + 1][0] if index + 1 < len(rows) else None
    if below is None or below.marker is None or len(level.segments) != 1:
        return None
    if block.marker is not None and below.parent != block.index:
        return None
    segment = level.segments[0]
    if len(segment.amounts) != 1 or segment.groups:
        return None
    first = segment.amounts[0].start
    if not reading.has("rel_total", block.body, first) and _SIZE.fullmatch(reading.lower, block.body, first) is None:
        return None
    amount = labelled(reading, segment, segment.amounts[0])
    if amount.family is None and (dong := _DONG.match(reading.lower, amount.end, block.end)) is not None:
        amount = replace(amount, family="money", unit="đồng", unit_end=dong.end())
    if not usable(amount) or amount.of is not None or amount.family in (None, "time"):
        return None
    rest = reading.text[max(amount.end, amount.unit_end) : block.end].strip(" .;,")
    return (amount, segment) if not rest else None


_ONLY_OPENER = re.compile(r"\s*(?:trong đó|chia ra|cụ thể|cụ thể như sau|như sau)\s*:\s*")


def _ends_with_cue(reading: Reading, block: Block) -> bool:
    return any(
        term.id == "trong_do" and block.end - term.end <= 3
        for term in reading.terms("rel_open", max(block.body, block.end - 30), block.end)
    )


def _items(rows: Sequence[tuple[Block, Level]], index: int) -> list[tuple[Block, Level]]:
    """The items right below a block, all of one style other than its own."""
    found: list[tuple[Block, Level]] = []
    own = rows[index][0].marker
    for block, level in rows[index + 1 :]:
        if block.marker is None:
            if found:
                break
            return []
        if own is not None and block.marker.style == own.style:
            break
        if found and block.marker.style != found[0][0].marker.style:  # type: ignore[union-attr]
            if block.parent == found[-1][0].index:
                continue
            break
        if found and block.marker.number is not None and block.marker.number == 1:
            break
        found.append((block, level))
    return found


def _counts(segment: Segment) -> bool:
    return any(usable(amount) for amount in segment.amounts)


def _is_sibling(reading: Reading, whole: tuple[Amount, Segment], parts: Parts) -> bool:
    dimension = parts.dimension()
    own = categories(reading, whole[1], whole[0])
    return not all(fits(whole[0], part.amount) for part in parts.found) or (
        dimension is not None
        and own.get(dimension) is not None
        and own[dimension] not in {part.categories[dimension] for part in parts.found}
        and dimension not in ("dim_level", "dim_class", "dim_staff", "dim_pass", "dim_prize")
    )
