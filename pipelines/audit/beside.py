"""Two sentences of two reports that tell one thing: they share a number, their words, their time, and differ in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from extractors.relations.slips import differ_by_slip
from extractors.relations.twins import are_turned
from extractors.relations.wording import says
from pipelines.audit.counts import PLANS, Count, are_neighbours, are_of_a_kind, counts_of, owner_of
from pipelines.audit.findings import sentence
from pipelines.audit.view import View
from pipelines.facts import ReportFacts

#: A shared number that is less is met by chance, unless two are shared; one so great tells a lot.
_LEAST, _ANY, _MANY = 10, 100, 1000
_NEAR, _NEAR_COUNT = 0.1, 2
#: Reports of one event are written within as many days.
_DAYS = 60
_SHARED_WORDS = 3
#: What more reports share tells no two of them together.
_COMMON = 12


@dataclass(frozen=True)
class Told:
    """The counts of one sentence of a report, or of a ``whole`` paragraph; ``given``: all numbers of
    the report, which is the ``owner``'s.
    """

    facts: ReportFacts
    counts: tuple[Count, ...]
    given: frozenset[tuple[str | None, float]]
    whole: bool
    owner: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """What the sentence counts."""
        return frozenset[str]().union(*(count.telling for count in self.counts))


def sentences_of(view: View) -> Iterator[tuple[str, Told]]:
    """The sentences of a report with two counts or more, by each number in them that another report may share."""
    groups: dict[tuple[str, bool], list[Count]] = {}
    owner = owner_of(view)
    known = list(counts_of(view.facts, view.scope))
    given = frozenset((count.number.unit, count.number.value) for count in known)
    for count in known:
        if count.relation.kind == "count" and count.number.unit != "%":
            groups.setdefault((count.sentence, False), []).append(count)
            groups.setdefault((count.paragraph, True), []).append(count)
    places = {view.scope.home} | ({f"tỉnh {view.scope.province}"} if view.scope.province else set())
    for (_, whole), counts in groups.items():
        if len(counts) < 2:
            continue
        told = Told(view.facts, tuple(counts), given, whole, owner)
        for count in counts:
            if count.number.value >= _LEAST:
                for place in places:
                    noun = (count.number.unit or "") if count.number.value < _ANY else ""
                    yield "\x1f".join((place, "whole" if whole else "", noun, f"{count.number.value:g}")), told


def told_apart(items: Sequence[Told]) -> Iterator[tuple[Count, Count]]:
    """The pairs of counts in which two sentences about one thing do not agree; of a number that many share none."""
    if len({id(told.facts) for told in items}) > _COMMON:
        return
    for first, other in combinations(items, 2):
        if first.facts is other.facts:
            continue
        apart = [
            (a, b)
            for a in first.counts
            for b in other.counts
            if are_of_a_kind(a, b)
            and (b.number.unit, b.number.value) not in first.given
            and (a.number.unit, a.number.value) not in other.given
        ]
        if first.whole:
            apart = [pair for pair in apart if _is_turned(*pair)]
        if len(apart) == 1 and _are_one(*apart[0]) and _share_enough(first, other, apart[0]):
            yield apart[0]


def _share_enough(first: Told, other: Told, apart: tuple[Count, Count]) -> bool:
    """Whether what two sentences share makes them one statement: a great number or two, or many words.

    Of numbers that differ as by a slip of the hand less will do.
    """
    shared = {
        a.number.value
        for a in first.counts
        for b in other.counts
        if a.number.value == b.number.value and (a.number.value >= _ANY or are_of_a_kind(a, b))
    }
    turned = _is_turned(*apart)
    if turned and len(shared) > 1:
        return True
    # Two papers of one body share no such number by chance.
    own = first.owner == other.owner and _OF_ONE_BODY.match(first.owner) is not None
    sure = len(shared) > 1 or max(shared, default=0) >= (_ANY if own else _MANY) or turned
    return bool(shared) and len(first.words & other.words) >= (1 if sure else _SHARED_WORDS)


_OF_ONE_BODY = re.compile(r"(?:trường|xã|phường|thị trấn) [^\W\d_]")


def _is_turned(one: Count, other: Count) -> bool:
    a, b = one.number.value, other.number.value
    return are_turned(a, b) and min(a, b) >= _ANY


def _are_one(one: Count, other: Count) -> bool:
    a, b = one.number.value, other.number.value
    if not are_neighbours(one, other) or not _of_one_time(one, other):
        return False
    if any(says("revision", sentence(count.facts, count.number.evidence)) for count in (one, other)):
        return False
    planned = [count.facts.report.kind in PLANS for count in (one, other)]
    if planned[0] != planned[1] and not are_turned(a, b):
        return False  # what was planned and what came of it
    return abs(a - b) <= max(_NEAR_COUNT, _NEAR * max(a, b)) or differ_by_slip(a, b) or are_turned(a, b)


def _of_one_time(one: Count, other: Count) -> bool:
    if one.time is None or other.time is None:
        return False
    if one.time == other.time:
        return True
    days = [_day(count) for count in (one, other)]
    near = days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) <= _DAYS
    return near and one.time[0] == other.time[0]


def _day(count: Count) -> date | None:
    """The day of a count's report, where it is known in full."""
    try:
        return date.fromisoformat(count.facts.report.date or "")
    except ValueError:
        return None
