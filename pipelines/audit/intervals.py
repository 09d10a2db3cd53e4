"""Arithmetic on printed numbers: each stands for all values that round to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors._shared.numbers import parse_numeral
from schemas.relation import Quantity

_DECIMALS = re.compile(r"\d,(\d+)|\d\.(\d{1,2})(?!\d)")
_NUMERAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_LEAST_SCALE = 100
#: The pieces of ``6 tỷ 482 triệu``: its last digit is worth a million.
_PIECE = re.compile(r"\d ?(nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)")
_WORTH = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
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

    ``27,68%`` is 27.675..27.685, ``28%`` is 27.5..28.5, ``5,2 tỷ`` 5.15..5.25 billion; a count is itself.
    """
    value, places, scale = float(quantity.value), decimals(quantity.printed), _scale(quantity)
    if places == 0 and scale == 1 and not is_percentage(quantity):
        return Interval(value, value)
    half = 0.5 * 10**-places * scale
    return Interval(value - half, value + half)


def _scale(quantity: Quantity) -> float:
    """What a scale word multiplies by: 10⁹ in ``5,2 tỷ``; 1 without one."""
    if len(compound := _PIECE.findall(quantity.printed.lower())) > 1:
        return float(_WORTH[compound[-1]])
    match = _NUMERAL.search(quantity.printed)
    base = float(parse_numeral(match.group())) if match else 0.0
    factor = abs(float(quantity.value)) / base if base else 1.0
    return factor if factor >= _LEAST_SCALE and is_scaled(quantity) else 1.0


def is_scaled(quantity: Quantity) -> bool:
    """Whether words follow the digits: ``5,2 tỷ``."""
    return re.search(r"\d\s*[^\W\d_]{3,}|\d\s*t[ỷỉ]", quantity.printed) is not None


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
    return text.translate(str.maketrans(",.", ".,"))


def agree(a: float, b: float) -> bool:
    """Whether two values are one, the one with fewer decimals being rounded."""
    places = min(_places(a), _places(b))
    return abs(round(a, places) - round(b, places)) < 1e-9 and (
        places > 0 or float(a).is_integer() == float(b).is_integer() or abs(a - b) <= 0.5
    )


def _places(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1])
