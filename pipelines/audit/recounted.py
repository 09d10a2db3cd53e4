"""One count told by two reports of one office, in other words too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from extractors.relations.saying import narrowing
from extractors.relations.slips import differ_by_slip
from extractors.relations.twins import are_turned
from extractors.relations.wording import says
from pipelines.audit.counts import Count, are_of_a_kind, are_of_one
from pipelines.audit.findings import sentence
from pipelines.facts import ReportFacts

#: Values further apart than this share of the greater one rather count two things; of few, than so many.
_NEAR, _NEAR_COUNT = 0.1, 2


def told_twice(counts: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
    """The pairs of counts of two reports that are one thing of one time but not one number.

    Where either report gives the other one's number too, it is not the same that they count.
    """
    given: dict[tuple[int, str], set[float]] = {}
    for count in counts:
        given.setdefault((id(count.facts), count.number.unit or ""), set()).add(count.number.value)
    for first, other in combinations(counts, 2):
        a, b = first.number, other.number
        if a.value == b.value or first.time != other.time:
            continue
        if not (_are_near(a.value, b.value) or _are_turned_alike(first, other)):
            continue
        if a.unit == "%" and not (are_turned(a.value, b.value) or _is_looked_back_on(first, other)):
            continue  # a share of another year's children is hardly ever another one
        if not are_of_one(first, other):
            continue
        if first.facts is not other.facts and (
            b.value in given[id(first.facts), b.unit or ""] or a.value in given[id(other.facts), a.unit or ""]
        ):
            continue
        if any(says("revision", sentence(count.facts, count.number.evidence)) for count in (first, other)):
            continue
        yield first, other


def twice_within(facts: ReportFacts) -> Iterator[tuple[Count, Count]]:
    """The pairs of counts of one report that are one thing of one time but not one number.

    They stand in two paragraphs and are of all there are of a kind, or told by the same words, at least three; of
    percentages fewer will do where the digits are turned.
    """
    groups: dict[tuple[object, ...], list[Count]] = {}
    rates: dict[tuple[object, ...], list[Count]] = {}
    for relation in facts.relations:
        if relation.kind == "count":
            count = Count(facts, relation, relation.parts[0])
            # Where nothing is said the end is meant.
            time = count.told.when, count.told.moment or "last"
            if "before" not in time and not count.of_last_year:
                groups.setdefault((count.number.unit, *time, count.telling, count.apart), []).append(count)
                if count.number.unit == "%" and len(digits := _digits(count.number.value)) >= _LONG:
                    rates.setdefault((*time, count.apart, digits), []).append(count)
    yield from _turned_rates(rates.values())
    for group in groups.values():
        for first, other in combinations(group, 2):
            a, b = first.number.value, other.number.value
            if a == b or first.paragraph == other.paragraph or not are_of_a_kind(first, other):
                continue
            turned = are_turned(a, b)
            if first.number.unit == "%":
                turned = turned or (differ_by_slip(a, b) and sorted(f"{a:g}") == sorted(f"{b:g}"))
                sure = turned and bool(first.telling)
            else:
                sure = (first.whole and other.whole) or len(first.telling) >= _WORDS
            if not sure or not (turned or _are_near(a, b)):
                continue
            if any(says("revision", sentence(count.facts, count.number.evidence)) for count in (first, other)):
                continue
            yield first, other
            break


def _digits(value: float) -> str:
    return "".join(sorted(f"{value:g}".replace(".", "")))


#: So many digits of a percentage hardly ever meet in another order.
_LONG = 4


def _turned_rates(groups: Iterable[list[Count]]) -> Iterator[tuple[Count, Count]]:
    """Percentages with turned digits of which one says all that the other does, and maybe more."""
    for first, other in (pair for group in groups for pair in combinations(group, 2)):
        fewer, more = sorted((first.telling, other.telling), key=len)
        if not fewer < more or len(first.words & other.words) < _WORDS - 1 or first.paragraph == other.paragraph:
            continue
        told = narrowing(first.words) == narrowing(other.words)
        if (
            told
            and differ_by_slip(first.number.value, other.number.value)
            and not any(says("revision", sentence(count.facts, count.number.evidence)) for count in (first, other))
        ):
            yield first, other


#: So many words tell a thing from others of its kind.
_WORDS = 3


def _are_turned_alike(first: Count, other: Count) -> bool:
    """Whether the same words count 52 in one report and 25 in the other."""
    a, b = first.number.value, other.number.value
    alike = first.words == other.words and len(first.words) > 1 and first.apart == other.apart
    return alike and are_turned(a, b) and min(a, b) >= _TWO_DIGITS


_TWO_DIGITS = 10


def _is_looked_back_on(first: Count, other: Count) -> bool:
    """Whether one percentage is told as that of the year before, and the other one by the same words for that year."""
    far = abs(first.number.value - other.number.value)
    return first.of_last_year != other.of_last_year and first.words == other.words and _ROUNDED < far <= _NEAR_POINTS


_ROUNDED, _NEAR_POINTS = 0.11, 2.0


def _are_near(a: float, b: float) -> bool:
    """Whether one number may be the other miswritten; a percentage may be rounded."""
    return abs(a - b) <= max(_NEAR_COUNT, _NEAR * max(a, b)) or differ_by_slip(a, b)
