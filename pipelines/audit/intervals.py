"""Arithmetic on printed numbers: each stands for all values that round to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.relation import Quantity

_DECIMALS = re.compile(r"\d,(\d+)|\d\.(\d{1,2})(?!\d)")
# Far below any printed digit, far above the error of the sums.
_EPSILON = 1e-9


@dataclass(frozen=True)
class Interval:
    """The closed range of values that a printed number can stand for."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value may be what was printed."""
        return self.low - _EPSILON <= value <= self.high + _EPSILON

    def meets(self, other: Interval) -> bool:
        """Whether some value fits both."""
        return self.low <= other.high + _EPSILON and other.low <= self.high + _EPSILON


def decimals(printed: str) -> int:
    """Digits printed after the decimal sign: 2 in ``27,68%``, 0 in ``1.250``."""
    match = _DECIMALS.search(printed)
    return len(match.group(1) or match.group(2)) if match else 0


def interval(quantity: Quantity) -> Interval:
    """What a printed number may stand for.

    ``27,68%`` is 27.675..27.685, ``28%`` is 27.5..28.5; a count is itself.
    """
    value, places = float(quantity.value), decimals(quantity.printed)
    if places == 0 and not is_percentage(quantity):
        return Interval(value, value)
    half = 0.5 * 10**-places
    return Interval(value - half, value + half)


def is_percentage(quantity: Quantity) -> bool:
    """Whether a quantity was printed as a percentage."""
    return quantity.unit == "%" or quantity.printed.rstrip().endswith("%")


def total(quantities: Iterable[Quantity]) -> Interval:
    """What the sum of printed numbers may be."""
    ranges = [interval(quantity) for quantity in quantities]
    return Interval(sum(item.low for item in ranges), sum(item.high for item in ranges))


def show(value: float, places: int | None = None) -> str:
    """A number as Vietnamese reports print it: ``1.250``, ``100,18``; without needless decimals."""
    text = f"{value:,.{places}f}" if places is not None else f"{round(value, 4):,.4f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans({",": ".", ".": ","}))
