"""What prizes cost: how many of each grade were won, how much each gets, and what all come to.

``12 giải Nhất, 20 giải Nhì, 31 giải Ba``; ``giải Nhất 600.000 đồng, giải Nhì 400.000 đồng, giải Ba 300.000 đồng``;
``kinh phí khen thưởng 24,5 triệu đồng``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import categories, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_GRADE = "dim_prize"
_FEWEST, _FAR = 2, 0.2
_TOTAL = re.compile(r"(?<!\w)(?:tổng|kinh phí|số tiền|cộng|tiền thưởng)(?!\w)")


def find_prize_money(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The total beside a list of prices against the only counts of the same grades that the report gives."""
    runs = [run for _, level in rows for run in by_sentence(level.segments)]
    priced = [(index, found) for index, run in enumerate(runs) if (found := _listed(reading, run, money=True))]
    if len(priced) != 1:
        return
    at, prices = priced[0]
    counted = [found for run in runs if (found := _listed(reading, run, money=False)) and set(found) == set(prices)]
    if len(counted) != 1:
        return
    pairs = [(counted[0][grade], prices[grade]) for grade in prices]
    made = sum(count[0].value * price[0].value for count, price in pairs)
    near = [(a, s) for run in runs[max(0, at - 1) : at + 2] for s in run for a in s.amounts if a.family == "money"]
    totals = [
        row
        for row in near
        if row not in list(prices.values()) and _TOTAL.search(reading.lower, row[1].start, row[0].start)
    ]
    if any(row[0].value == made for row in totals):
        return
    for whole in totals[:1]:
        if usable(whole[0]) and abs(whole[0].value - made) <= _FAR * made:
            parts = tuple(quantity(reading, *one) for pair in pairs for one in pair)
            yield Relation(kind="product", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue="x")


def _listed(reading: Reading, run: Sequence[Segment], *, money: bool) -> dict[str, _Row]:
    """The numbers of a sentence by the grade of prize that each is of; empty where a grade comes back."""
    found: dict[str, _Row] = {}
    for segment in run:
        for amount in segment.amounts:
            grade = categories(reading, segment, amount).get(_GRADE)
            if grade is None or (amount.family == "money") is not money or not usable(amount) or amount.of is not None:
                continue
            if amount.family not in ("money", "prize", None):
                continue  # 186 em đạt giải: 16 giải Nhất, …
            if grade in found:
                return {}
            found[grade] = amount, segment
    return found if len(found) >= _FEWEST else {}
