"""What follows from a total and its parts: the sum itself, a part beyond it, and the percentages beside the counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.subjects import is_subject
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, Part, Parts
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading, attribute
from extractors.relations.totals import Sum
from schemas.relation import Relation

_ALL = 100
#: So narrow the wholes with which several percentages agree must be.
_CLOSE = 0.1


def relations_of(reading: Reading, found: Sum) -> Iterator[Relation]:
    """The sum itself and the percentages beside its counts."""
    dimension = found.parts.dimension()
    whole = quantity(reading, found.whole, found.segment, last=found.opened[0] if found.opened else None)
    first = found.opened[1] if found.opened and found.opened[1] else None
    parts = tuple(quantity(reading, part.amount, part.segment, first=first) for part in found.parts.found)
    # Prizes of those who took part may be more or fewer than they.
    comparable = found.exhaustive is not False or not found.parts.found or found.parts.some
    disjoint = True if dimension and comparable and not _is_nested(dimension, found.parts) else None
    if comparable and len(found.parts.found) >= _BODIES and all(_is_body(reading, part) for part in found.parts.found):
        disjoint = True  # bodies by their names
    if comparable and len(found.parts.found) > _BODIES and _are_subjects(reading, found.parts):
        disjoint = True  # a teacher is counted with one subject
    if found.apart:
        disjoint = True
    yield Relation(kind="sum", whole=whole, parts=parts, exhaustive=found.exhaustive, disjoint=disjoint, cue=found.cue)
    if len(parts) == 1 and _is_one_of_all(reading, found):
        yield Relation(kind="ratio", whole=whole, parts=parts, exhaustive=True, cue="apart")
    bases = tuple(quantity(reading, amount, segment) for amount, segment in found.bases)
    shares = [part for part in found.parts.found if part.share is not None]
    if _of_another_whole(found.whole, shares):
        return
    for part in shares:
        if part.amount.of is not None:
            continue  # a ratio has its own whole
        assert part.share is not None
        share = quantity(reading, part.share, part.segment)
        count = quantity(reading, part.amount, part.segment)
        yield Relation(
            kind="percentage",
            whole=whole,
            parts=(share, count, *bases),
            exhaustive=comparable or found.parts.overlap or None,
            cue=found.cue,
        )


def _is_one_of_all(reading: Reading, found: Sum) -> bool:
    """Whether a bracket behind a total tells one category of it: ``Tổng số phòng học 12 (kiên cố 8)``."""
    whole, part = found.whole, found.parts.found[0]
    bare = part.amount.family is None and part.amount.of is None and bool(part.categories)
    if found.cue != "(" or not bare or whole.family not in (None, "room", *PEOPLE):
        return False
    totalled = reading.has("rel_total", found.segment.start, whole.start)
    return totalled and not found.parts.some and not found.parts.overlap


#: So many bodies by name share out a whole between them.
_BODIES = 3


_BODY_NAMED = re.compile(
    rf"\s*(?:và )?(?:(?:trong đó|gồm):? )?(?:[Tt]rường|TH|THCS|THPT|MN|MG|[Xx]ã|[Pp]hường) [{UPPER}]"
)


def _is_body(reading: Reading, part: Part) -> bool:
    """Whether a part is a body by its name with a bare number: ``trong đó TH Bình Lâm 19, TH An Hòa 21``."""
    bare = part.named and part.amount.family is None and part.amount.of is None
    return bare and _BODY_NAMED.match(reading.text, part.segment.start) is not None


def _are_subjects(reading: Reading, parts: Parts) -> bool:
    """Whether the parts but one at most are subjects with bare numbers: ``Toán: 5, Lý: 3, Hóa: 3, KTCN: 1``."""
    if any(
        part.amount.family is not None or part.amount.of is not None or not part.segment.own for part in parts.found
    ):
        return False
    labels = [reading.text[part.segment.own[0][0] : part.amount.start].strip(" :") for part in parts.found]
    labels[0] = labels[0].rpartition("đó")[2].strip(" :")
    return sum(is_subject(label) for label in labels) >= len(labels) - 1


def _of_another_whole(whole: Amount, parts: Sequence[Part]) -> bool:
    """Whether percentages agree on one whole that is not the one before them: ``408 (69,6%), trong đó 146 (24,9%)``."""
    pairs = [(part.amount.value, part.share) for part in parts if part.share is not None and part.amount.of is None]
    low, high = 0.0, float("inf")
    for count, share in pairs:
        if not 0 < share.value < _ALL or count <= 0:
            return False
        half = 0.5 * 10.0 ** -len(f"{share.value:.6f}".rstrip("0").split(".")[1])
        low, high = max(low, _ALL * count / (share.value + half)), min(high, _ALL * count / (share.value - half))
    return len(pairs) > 1 and low <= high and high - low < _CLOSE * low and not low <= whole.value <= high


def _is_nested(dimension: str, parts: Parts) -> bool:
    return any(attribute(dimension, part.categories[dimension], "nested") for part in parts.found)
