"""Products written out with signs: ``415 xe x 4 tháng x 25 = 41.500``, ``96.390.000 đồng (119 cháu x 90.000đ x 9)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.numbers import parse_numeral
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.structure import Level
from schemas.relation import Quantity, Relation

_SIGNS = Words(("x", "×", "*"))
_N = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d.,]*\d)"
#: What is said of a factor: its noun, or a unit of money with what it is for.
_SAID = r"(?:(?:đ|k)(?!\w)|(?: ?(?!x )[^\W\d_]+){1,3})?(?: ?/ ?[^\W\d_]+){0,2}"
_FACTORS = rf"{_N}{_SAID}(?: ?[x×*] ?{_N}{_SAID})+"
_MULTIPLIED = re.compile(
    rf"(?<![\d.,/+*x×=%-])(?<![+*x×=/-] )"
    rf"(?:(?P<factors>{_FACTORS}) ?= ?(?P<made>{_N})(?P<unit>{_SAID})|(?P<whole>{_N})(?P<of>{_SAID}) ?"
    rf"(?:= ?|\()(?P<by>{_FACTORS})(?=[).;,]|$))(?! ?[+*x×/%-])"
)
_NUMBER = re.compile(_N)
#: How many a unit of money stands for.
_SCALES = {"tỷ": 9, "tỉ": 9, "triệu": 6, "tr": 6, "nghìn": 3, "ngàn": 3, "k": 3}
#: So far from what its factors make, a number is no product of them.
_NEAR = 1.5
_LEAST = 20


def find_multiplied(
    reading: Reading, rows: Iterable[tuple[Block, Level]], known: Sequence[Relation]
) -> Iterator[Relation]:
    """The products that passages write with signs, of two factors or more, but for those ``known``."""
    told = [relation.whole.evidence for relation in known if relation.whole is not None]
    for _, level in rows:
        if not holds(_SIGNS, reading.lower, level.start, level.end):
            continue
        for match in _MULTIPLIED.finditer(reading.lower, level.start, level.end):
            at = max(match.start("made"), match.start("whole"))
            if not any(passage.start <= at < passage.end for passage in told):
                yield from _product(reading, match)


def _product(reading: Reading, match: re.Match[str]) -> Iterator[Relation]:
    written, made, unit = ("factors", "made", "unit") if match["factors"] else ("by", "whole", "of")
    spans = [number.span() for number in _NUMBER.finditer(reading.lower, *match.span(written))]
    factors = [_quantity(reading, span) for span in spans]
    product = 1.0
    for factor in factors:
        product *= factor.value
    scale = _scale(match[written]), _scale(match[unit])
    whole = _quantity(reading, match.span(made))
    if scale[0] != scale[1]:
        printed = reading.text[match.start(made) : match.end(unit)]
        whole = whole.model_copy(update={"value": whole.value * 10 ** (scale[1] - scale[0]), "printed": printed})
    if product < _LEAST or not product / _NEAR <= whole.value <= product * _NEAR:
        return
    first = factors[0]
    if len(factors) > 2:
        first = first.model_copy(
            update={
                "value": product / factors[-1].value,
                "printed": " x ".join(factor.printed for factor in factors[:-1]),
                "evidence": reading.evidence(spans[0][0], spans[-2][1]),
            }
        )
    yield Relation(kind="product", whole=whole, parts=(first, factors[-1]), exhaustive=True, cue="=")


def _scale(said: str) -> int:
    """The power of ten of the one unit of money in what is written; 0 without one."""
    return next((power for word, power in _SCALES.items() if re.search(rf"(?<![^\W\d_]){word}(?!\w)", said)), 0)


def _quantity(reading: Reading, span: tuple[int, int]) -> Quantity:
    return reading.quantity(parse_numeral(reading.lower[slice(*span)]), span, span)
