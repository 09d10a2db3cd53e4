"""Passages that say the same thing with another number: parts of one stated whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.document import Block
from extractors.relations.figures import Figure
from extractors.relations.parts import fits
from extractors.relations.reading import Reading
from extractors.relations.saying import is_bare
from schemas.relation import Quantity, Relation

#: Smaller wholes are met too often by chance.
_LEAST_WHOLE = 30
_LEAST_DIGITS = 3
#: Each ballot is on a person or a question of its own.
_VOTES = ("phiếu", "phiếu bầu")
#: Parts of one whole further apart than this share of the greater one, and not alike in their digits, are two things.
_NEAR = 0.15


@dataclass(frozen=True)
class Portion:
    """A number said to be a part of another one in its sentence, and that one's value and noun."""

    figure: Figure
    whole: int | float
    noun: str


def find_twins(reading: Reading, sentences: Sequence[list[Figure]]) -> Iterator[Relation]:
    """Pairs of numbers that a report gives for one and the same thing, told by more than their wording.

    Both are parts of one stated whole (``nữ 310/640 em`` and ``640 học sinh, trong đó nữ 301``). Parts of wholes are
    given for comparison with other reports as well.
    """
    portions = [portion for figures in sentences for portion in _portions(reading, figures)]
    yield from _of_one_whole(reading, portions)
    for portion in portions:
        yield _portion(portion)


def _portion(portion: Portion) -> Relation:
    part = portion.figure.quantity
    label = " ".join(sorted(portion.figure.words))
    return Relation(
        kind="portion",
        whole=part.model_copy(update={"value": portion.whole, "unit": portion.noun}),
        parts=(part.model_copy(update={"unit": portion.figure.noun, "label": label}),),
        exhaustive=True,
        cue="|".join((portion.figure.moment, *sorted(portion.figure.times))),
    )


def _portions(reading: Reading, figures: Sequence[Figure]) -> Iterator[Portion]:
    for figure in figures:
        amount = figure.amount
        # Beside a count of all there are a ratio tells a part of them.
        if amount.of is not None and amount.of >= _LEAST_WHOLE and amount.value < amount.of:
            yield Portion(figure, amount.of, figure.noun)
    plain = [figure for figure in figures if figure.amount.of is None and figure.noun]
    for whole, part in ((a, b) for a in plain for b in plain if a is not b):
        if whole.amount.value < _LEAST_WHOLE or part.amount.value >= whole.amount.value:
            continue
        if _COMPARED.search(reading.lower, max(0, whole.amount.start - _COMPARED_IN), whole.amount.start):
            continue  # tăng 31 em so với năm học trước (420 em): nothing that follows is of those
        if told_apart(whole, part):
            continue  # lớp 3: 101; lớp 4: 98
        if fits(whole.amount, part.amount) and not _is_nested(reading, whole, part, plain):
            yield Portion(part, whole.amount.value, whole.noun)


#: Before a number that is only compared with.
_COMPARED, _COMPARED_IN = re.compile(r"(?<!\w)so với (?:[^.;,()\d]|\d{4})*(?:\()?$"), 60


def _is_nested(reading: Reading, whole: Figure, part: Figure, figures: Sequence[Figure]) -> bool:
    """Whether another count of the same kind stands between a whole and what would be its part."""
    first, last = sorted((whole.amount.start, part.amount.start))
    return any(
        first < other.amount.start < last and other.noun == whole.noun and other.amount.value > part.amount.value
        for other in figures
    )


def _of_one_whole(reading: Reading, portions: Sequence[Portion]) -> Iterator[Relation]:
    groups: dict[tuple[float, str], list[Portion]] = {}
    for portion in portions:
        groups.setdefault((portion.whole, portion.noun), []).append(portion)
    for group in groups.values():
        for first, other in combinations(group, 2):
            a, b = first.figure, other.figure
            listed = _are_siblings(a.block, b.block) or _are_below_siblings(reading, a.block, b.block)
            if a.block is not b.block and not listed and first.noun not in _VOTES and _are_one_part(a, b):
                yield same(a, b)
                break


def _are_siblings(one: Block, other: Block) -> bool:
    """Whether two blocks are items of one list: each is about a thing of its own."""
    return (
        one.kind == other.kind == "item"
        and one.parent == other.parent
        and one.marker is not None
        and other.marker is not None
        and one.marker.style == other.marker.style
    )


def _are_below_siblings(reading: Reading, one: Block, other: Block) -> bool:
    """Whether two items stand below two lines of one list: ``- Cân nặng:`` and ``- Chiều cao:``, each with its grades.

    Lines that do not announce what is below them may be about one thing; what a grade is of stands in them alone.
    """
    if one.kind != "item" or other.kind != "item" or one.parent is None or other.parent is None:
        return False
    blocks = reading.document.blocks
    above = blocks[one.parent], blocks[other.parent]
    opened = all(reading.text[block.body : block.end].rstrip().endswith(":") for block in above)
    graded = any(all(reading.has(group, block.body, block.end) for block in (one, other)) for group in _GRADED)
    return (opened or graded) and above[0] is not above[1] and (_are_siblings(*above) or _are_headings(*above))


#: What grades are told by: without its heading a grade is of nothing.
_GRADED = ("dim_grade", "dim_finish", "dim_growth")


def _are_headings(one: Block, other: Block) -> bool:
    """Whether two lines are headings that one list numbers."""
    marked = one.marker is not None and other.marker is not None and one.marker.style == other.marker.style
    return marked and one.kind == other.kind == "heading"


def _are_one_part(a: Figure, b: Figure) -> bool:
    if a.amount.value == b.amount.value or not _are_near(a.amount.value, b.amount.value):
        return False
    if a.noun != b.noun and a.noun and b.noun:
        return False
    if a.moment != b.moment or (a.times and b.times and a.times != b.times) or told_apart(a, b):
        return False
    if a.words == b.words:
        return not is_bare(a.words)
    fewer, more = sorted((a.words, b.words), key=len)
    if is_bare(fewer) and a.noun != b.noun:
        return False
    return fewer <= more and (are_alike(a.amount.value, b.amount.value) or misprinted(a.amount.value, b.amount.value))


def told_apart(a: Figure, b: Figure) -> bool:
    """Whether both sentences name a class, a contest or a round, and not the same."""
    kinds = {kind for kind, _ in a.apart} & {kind for kind, _ in b.apart}
    return any({n for k, n in a.apart if k == kind} != {n for k, n in b.apart if k == kind} for kind in kinds)


def _are_near(a: float, b: float) -> bool:
    return are_alike(a, b) or abs(a - b) <= _NEAR * max(a, b)


def are_alike(a: float, b: float) -> bool:
    """Whether two numbers have the same digits in another order."""
    one, two = f"{a:g}".replace(".", ""), f"{b:g}".replace(".", "")
    return len(one) >= _LEAST_DIGITS and one != two and sorted(one) == sorted(two)


def are_turned(a: float, b: float) -> bool:
    """Whether two numbers differ only by two neighbouring digits in turned order."""
    one, two = f"{a:.10g}", f"{b:.10g}"
    at = [index for index, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]]
    return len(one) == len(two) and len(at) == 2 and at[1] == at[0] + 1 and sorted(one) == sorted(two)


def misprinted(a: float, b: float) -> bool:
    """Whether two counts of as many digits, three at least, differ in one of them."""
    one, two = f"{a:g}", f"{b:g}"
    return len(one) == len(two) >= _LEAST_DIGITS and sum(x != y for x, y in zip(one, two, strict=True)) == 1


def same(a: Figure, b: Figure) -> Relation:
    """The relation that two figures count one thing."""
    first, second = sorted((a, b), key=lambda figure: figure.amount.start)
    words = sorted(first.words & second.words) or sorted({q.unit or "" for q in _quantities(first, second)})
    cue = " ".join(word.replace("_", " ") for word in words)
    return Relation(kind="same", whole=None, parts=_quantities(first, second), exhaustive=True, cue=cue)


def _quantities(*figures: Figure) -> tuple[Quantity, ...]:
    return tuple(figure.quantity for figure in figures)
