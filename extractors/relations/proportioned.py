"""Scales whose counts stand beside their percentages, and whose whole is told far before.

``Khám 384 cháu. … Chiều cao: bình thường 362 cháu - 94,3%; thấp còi 32 cháu - 5,7%``: the percentages share out one
whole, a number told before makes all of them but one, and what is left of it makes that one too. No other words are
needed: so many figures do not agree by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_ALL = 100.0
#: So far before a scale its whole may stand, and so small it may be.
_REACH, _LEAST = 1500, 20
_DECIMALS = re.compile(r"\d+,(\d+)")
_SLACK = 1e-9


class _Rate(NamedTuple):
    """A count, its percentage, and how far this may be rounded off."""

    number: Amount
    place: Segment
    share: Amount
    told: Segment
    half: float

    def agrees(self, whole: float, count: float | None = None) -> bool:
        """Whether the percentage is that of its count, or of another one in its place, out of a whole."""
        return abs(_ALL * (self.number.value if count is None else count) / whole - self.share.value) <= self.half


def find_proportioned(reading: Reading, rows: Iterable[tuple[Block, Level]]) -> Iterator[Relation]:
    """The one percentage of a scale that its whole, told before, does not make beside its count; and the sum of all
    counts where the odd one breaks it."""
    before: list[tuple[Amount, Segment]] = []
    apart: list[_Rate] = []  # those of sentences or items with one percentage each
    for _, level in rows:
        for inner in level.walk():
            for run in by_sentence(inner.segments):
                rates = _rates(reading, run)
                if len(rates) == 1:
                    apart += rates
                else:
                    yield from _odd_ones(reading, apart, before)
                    yield from _odd_ones(reading, rates, before)
                    apart = []
                before += [(a, s) for s in run for a in s.amounts if not a.percent and usable(a)]
    yield from _odd_ones(reading, apart, before)


def _odd_ones(reading: Reading, rates: Sequence[_Rate], before: Sequence[tuple[Amount, Segment]]) -> Iterator[Relation]:
    for scale in _scales(rates):
        yield from _odd_one(reading, scale, before)


def _scales(rates: Sequence[_Rate]) -> Iterator[Sequence[_Rate]]:
    """Those of the percentages in order that share out one whole, else all of them."""
    first, found = 0, False
    while first < len(rates):
        last, shares, slack = first, 0.0, 0.0
        while last < len(rates) and shares < _ALL - slack - rates[last].half:
            shares, slack, last = shares + rates[last].share.value, slack + rates[last].half, last + 1
        if last - first > 1 and abs(shares - _ALL) <= slack:
            yield rates[first:last]
            first, found = last, True
        else:
            first += 1
    if not found and len(rates) > 1:
        yield rates


def _rates(reading: Reading, run: Sequence[Segment]) -> list[_Rate]:
    """The counts of a sentence with their percentages; none where one is not printed with decimals."""
    rates: list[_Rate] = []
    for index, segment in enumerate(run):
        for amount in segment.amounts:
            if amount.percent or amount.of is not None or amount.change or not usable(amount):
                continue
            share = share_after(reading, run, index, amount)
            if share is None:
                continue
            printed = _DECIMALS.match(reading.text, share[0].start, share[0].end)
            if printed is None or share[0].vague or share[0].change:
                return []
            rates.append(_Rate(amount, segment, *share, 0.5 * 10.0 ** -len(printed[1]) + _SLACK))
    return rates


def _odd_one(reading: Reading, rates: Sequence[_Rate], before: Sequence[tuple[Amount, Segment]]) -> Iterator[Relation]:
    wholes = [
        (replace(amount, of=None), segment)
        for amount, segment in before
        if rates[0].number.start - amount.start <= _REACH and amount.of in (None, amount.value)
    ]
    made = sum(rate.number.value for rate in rates)
    if any(all(rate.agrees(value) for rate in rates) for value in (made, *(a.value for a, _ in wholes)) if value > 0):
        return
    for amount, segment in reversed(wholes):
        odd = [rate for rate in rates if not rate.agrees(amount.value)] if amount.value >= _LEAST else rates
        if len(odd) == 1 and fits(amount, odd[0].number) and _is_left(odd[0], rates, amount.value, made):
            rate = odd[0]
            parts = quantity(reading, rate.share, rate.told), quantity(reading, rate.number, rate.place)
            whole = quantity(reading, amount, segment)
            yield Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue="scale")
            if made != amount.value:
                counts = tuple(quantity(reading, one.number, one.place) for one in rates)
                yield Relation(kind="sum", whole=whole, parts=counts, exhaustive=True, disjoint=True, cue="%")
            return


def _is_left(odd: _Rate, rates: Sequence[_Rate], whole: float, made: float) -> bool:
    """Whether the whole less the other counts has the percentage of the odd one, or the odd count is what is left."""
    shares = sum(rate.share.value for rate in rates)
    if abs(shares - _ALL) <= sum(rate.half for rate in rates):
        return odd.agrees(whole, whole - made + odd.number.value)
    return made == whole
