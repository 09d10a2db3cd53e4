"""Parts of one stated whole in several reports: the same whole, the same words, two numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.relations.twins import are_alike
from extractors.relations.wording import says
from pipelines.audit.claimed import Claimed, disagreement
from pipelines.audit.counts import PLANS
from pipelines.audit.findings import sentence
from pipelines.audit.intervals import show
from pipelines.audit.view import View
from schemas import Finding

_NEAR = 0.1
#: A whole of fewer is met by chance: its parts must be worded alike.
_MANY = 100
_WORDS = 3


def portions_of(view: View) -> Iterator[tuple[str, Claimed]]:
    """The parts of stated wholes of a report, by the whole that another report may state as well."""
    for relation in view.facts.relations:
        if relation.kind == "portion" and relation.whole is not None:
            key = ("portion", view.scope.home, show(relation.whole.value), relation.whole.unit or "")
            yield "\x1f".join(key), Claimed(view.facts, relation)


def apart(items: Sequence[Claimed]) -> list[Finding]:
    """The pairs of two reports that give one part of one whole two values; one for each pair of reports."""
    found: dict[frozenset[str], Finding] = {}
    for first, other in combinations(items, 2):
        pair = frozenset((first.facts.layer.id, other.facts.layer.id))
        if len(pair) == 2 and pair not in found and _are_one(first, other):
            words = sorted(set(first.number.label.split()) & set(other.number.label.split()))
            found[pair] = disagreement(first, other, " ".join(words))
    return list(found.values())


def _are_one(first: Claimed, other: Claimed) -> bool:
    a, b = first.number, other.number
    if a.value == b.value or a.unit != b.unit or not _are_near(a.value, b.value):
        return False
    moments, times = zip(*(item.relation.cue.partition("|")[::2] for item in (first, other)), strict=True)
    if moments[0] != moments[1] or (all(times) and times[0] != times[1]):
        return False
    # Many a whole stays as it is from year to year: 52/58 trường, the year after 54/58.
    years = [(item.facts.report.period or "").partition("/HK")[0] for item in (first, other)]
    if not any(times) and all(years) and years[0] != years[1]:
        return False
    planned = [item.facts.report.kind in PLANS for item in (first, other)]
    if planned[0] != planned[1] and not are_alike(a.value, b.value):
        return False  # so many were planned, so many came of it
    if any(says("revision", sentence(item.facts, item.number.evidence)) for item in (first, other)):
        return False
    one, two = set(a.label.split()), set(b.label.split())
    if not one & two:
        return False
    many = first.relation.whole is not None and first.relation.whole.value >= _MANY
    within = one <= two or two <= one
    return one == two or (within and (many or len(one & two) >= _WORDS or are_alike(a.value, b.value)))


def _are_near(a: float, b: float) -> bool:
    turned = sorted(f"{a:g}") == sorted(f"{b:g}")
    return turned or abs(a - b) <= _NEAR * max(a, b)
