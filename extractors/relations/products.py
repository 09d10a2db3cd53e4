"""So many at so much each, and what they come to: ``12 suất quà, mỗi suất 300.000 đồng, tổng trị giá 3,6 triệu``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_EACH_AT = Words(("mỗi", "/", " x ", "tập thể", "từng", "loại", "mức", "giá"))
#: ``mỗi em 50.000 đồng``: the noun of which each has that much stands between.
_EACH = re.compile(
    r"(?<!\w)(?:mỗi|từng)(?: một)? (?P<noun>[^\d,;.:()]{2,24}?)(?: (?:là|được|có|trị giá|nhận|thưởng|hỗ trợ))*:? ?$"
)
#: ``120 suất loại 1.000.000 đồng``: what each of those right before has.
_OF_KIND = re.compile(r"(?: [^\W\d_]+){0,3}? \(?(?:loại|mức|mệnh giá|giá)(?: là)? ?$")
_PER = re.compile(r" ?/ ?(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)")
_TIMES = re.compile(r" ?(?:[^\W\d_]+ ){0,2}[x×*] ?$")
_TOTAL = re.compile(
    r"(?:(?<!\w)(?:tổng(?: số(?: tiền)?| cộng| trị giá| giá trị| kinh phí)?|thành tiền|cộng|tất cả|với số tiền|trị giá|"
    r"tổng số tiền)(?: là)?:? ?|= ?)$"
)
_WORTH = ("trị giá", "với số tiền")
_FOR = re.compile(r"[^\d,;.:()]{0,24}(?<!\w)cho [^\d,;.:()]{0,16}$")
#: Nouns that mean those counted, whatever they are called beside the price.
_ONES = (
    "em",
    "học sinh",
    "cháu",
    "người",
    "đồng chí",
    "suất",
    "đoàn viên",
    "giáo viên",
    "trẻ",
    "cá nhân",
    "hộ",
    "gia đình",
)
_RANGE = re.compile(r"\d ?(?:đ|đồng)? ?(?:-|–|đến|tới) ?\d[\d.]* ?(?:đ|đồng|nghìn|triệu)(?!\w)")
_AROUND = 60
_NEAR = 1.5


def find_products(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Totals of counts at one price each, in a sentence and the one behind it.

    Prices of those counted further above (``tập thể 800.000 đồng, cá nhân 400.000 đồng. Tổng cộng …``) go with the
    only number that the report gives of each.
    """
    counted = _counted(rows)
    for _, level in rows:
        if not holds(_EACH_AT, reading.lower, level.start, level.end):
            continue
        inside = sorted(((a, s) for inner in level.walk() for s in inner.segments for a in s.amounts), key=_place)
        if len(inside) > 1:
            yield from _product(reading, inside, counted)


def _place(row: _Row) -> int:
    return row[0].start


def _counted(rows: Sequence[tuple[Block, Level]]) -> dict[str, set[_Row]]:
    """The counts of a report by their noun."""
    found: dict[str, set[_Row]] = {}
    for _, level in rows:
        for inner in level.walk():
            for segment in inner.segments:
                for amount in segment.amounts:
                    if amount.unit is not None and amount.counts:
                        found.setdefault(amount.unit, set()).add((amount, segment))
    return found


def _product(reading: Reading, rows: Sequence[_Row], counted: dict[str, set[_Row]]) -> Iterator[Relation]:
    pairs: list[tuple[_Row, _Row]] = []
    for index, row in enumerate(rows):
        total = _is_total(reading, rows, index, pairs)
        if total and _RANGE.search(reading.lower, pairs[0][1][0].start, row[0].start):
            pairs = []  # học sinh từ 150.000 - 300.000đ tùy giải: what some get is not told
            continue
        if total and _are_put_together(reading, rows, pairs, row[0]):
            pairs = []
            continue
        if total and _is_near(row[0], pairs):
            parts = tuple(quantity(reading, *one) for pair in pairs for one in pair)
            yield Relation(kind="product", whole=quantity(reading, *row), parts=parts, exhaustive=True, cue="x")
            pairs = []
        elif (count := _count_of(reading, rows, index)) is not None:
            pairs.append((count, row))
            if (before := _spent_before(reading, rows, count)) is not None:
                parts = tuple(quantity(reading, *one) for one in (count, row))
                yield Relation(kind="product", whole=quantity(reading, *before), parts=parts, exhaustive=True, cue="x")
                pairs = []
        elif (count := _priced(reading, row, counted)) is not None:
            pairs.append((count, row))
        elif row[0].family == "money" and pairs:
            pairs = []  # another price without a number of those that get it


#: Between two counts at one price: ``27 học sinh giỏi và 61 học sinh đậu đại học, mức 500.000 đồng/em``.
_AND = re.compile(r"[^\d;.:()]{0,40}(?:,| và| cùng)(?: [^\d,;.:()]{1,12})? ")


def _are_put_together(
    reading: Reading, rows: Sequence[_Row], pairs: Sequence[tuple[_Row, _Row]], total: Amount
) -> bool:
    """Whether the price is that of the counts before the one beside it as well, and the total is then right."""
    if len(pairs) != 1 or pairs[0][0] not in rows:
        return False
    (count, price) = pairs[0]
    made, at = count[0].value, rows.index(count)
    for before in reversed(rows[:at]):
        after = rows[rows.index(before) + 1][0]
        if (
            not before[0].counts
            or _AND.fullmatch(reading.lower, max(before[0].end, before[0].unit_end), after.start) is None
        ):
            return False
        made += before[0].value
        if made * price[0].value == total.value:
            return True
    return False


def _is_total(reading: Reading, rows: Sequence[_Row], index: int, pairs: Sequence[tuple[_Row, _Row]]) -> bool:
    amount = rows[index][0]
    if (
        not pairs
        or not amount.counts
        or amount.family != pairs[-1][1][0].family
        or amount.start - pairs[-1][1][0].end > 2 * _AROUND
    ):
        return False
    last = rows[index - 1]
    said = _TOTAL.search(reading.lower, max(last[0].end, last[0].unit_end), amount.start)
    if said is None or last[0].family == "money" or last in (count for count, _ in pairs):
        return said is not None
    # ``50 suất, mỗi suất 1 triệu; tặng 120 phần quà trị giá 36 triệu``: that of others counted between
    return not said.group(0).lstrip().startswith(_WORTH)


def _is_near(total: Amount, pairs: Sequence[tuple[_Row, _Row]]) -> bool:
    """Whether a total may be meant for some products: far from them it counts more than these."""
    made = sum(count[0].value * price[0].value for count, price in pairs)
    return made / _NEAR <= total.value <= made * _NEAR


def _count_of(reading: Reading, rows: Sequence[_Row], index: int) -> _Row | None:
    """The number of those of whom each has an amount: the nearest before it with the noun named beside ``mỗi``."""
    amount = rows[index][0]
    if not amount.counts or index == 0 or "bình quân" in reading.lower[max(0, amount.start - _AROUND) : amount.start]:
        return None
    before = rows[index - 1][0]
    if _TIMES.fullmatch(reading.lower, max(before.end, before.unit_end), amount.start):
        return rows[index - 1] if before.counts else None
    between = reading.lower[max(before.end, before.unit_end) : amount.start]
    if amount.family == "money" and before.counts and before.family != "money" and _OF_KIND.fullmatch(between):
        return rows[index - 1]
    match = _EACH.search(reading.lower, max(before.end, amount.start - _AROUND), amount.start)
    match = match or _PER.match(reading.lower, max(amount.end, amount.unit_end))
    if match is None:
        return None
    noun = match["noun"].strip()
    for row in reversed(rows[:index]):
        one = row[0]
        same = one.unit is not None and (
            one.unit == noun
            or one.unit.startswith(f"{noun} ")
            or noun.startswith(f"{one.unit} ")
            or (noun in _ONES and one.unit in _ONES)
        )
        if same and one.counts and amount.start - one.end <= 2 * _AROUND:
            return row
    return None


def _spent_before(reading: Reading, rows: Sequence[_Row], count: _Row) -> _Row | None:
    """The sum spent on all of them: ``trả lại 6.400.000 đồng cho 128 em, mỗi em 50.000 đồng``."""
    index = rows.index(count)
    if index == 0 or rows[index - 1][0].family != "money" or not rows[index - 1][0].counts:
        return None
    before = rows[index - 1][0]
    return rows[index - 1] if _FOR.fullmatch(reading.lower, max(before.end, before.unit_end), count[0].start) else None


_PRICE_OF = re.compile(r"(?:^|[:;,(.]|(?<!\w)(?:thưởng|mỗi|cho|tặng)) ?(?P<noun>tập thể|cá nhân)(?: là| mức)?:? ?$")


def _priced(reading: Reading, row: _Row, counted: dict[str, set[_Row]]) -> _Row | None:
    """The only number that a report gives of those whose price an amount is: ``tập thể 800.000 đồng``."""
    amount = row[0]
    if amount.family != "money" or not amount.counts:
        return None
    match = _PRICE_OF.search(reading.lower, max(0, amount.start - 30), amount.start)
    known = counted.get(match["noun"], set()) if match else set()
    return next(iter(known)) if known and len({one.value for one, _ in known}) == 1 else None
