"""The sizes of one body in two reports, or in a table and the text: two numbers, changes that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.relations.slips import differ_by_slip
from extractors.relations.twins import are_turned
from extractors.relations.wording import says
from pipelines.audit.counts import PLANS, Count, are_neighbours
from pipelines.audit.findings import fingerprint, operand, sentence, whose
from pipelines.audit.intervals import show
from pipelines.audit.sizes import Move, Size
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation

#: Values further apart than this share of the greater one are hardly of one thing; of few, than so many.
_NEAR, _NEAR_COUNT = 0.06, 2


def told_apart(sizes: Sequence[Size]) -> Iterator[tuple[Size, Size]]:
    """The pairs of sizes of two reports that are one size of one time but not one number.

    What was planned is left alone, and so is what either report openly corrects. One of both must look back on the
    other's time or stand in a table: what two texts say alike is compared by their words.
    """
    for first, other in combinations(sizes, 2):
        a, b = first.value, other.value
        if first.facts is other.facts or a == b or first.time != other.time:
            continue
        if not (first.looks_back or other.looks_back or first.in_table or other.in_table):
            continue
        if not (abs(a - b) <= max(_NEAR_COUNT, _NEAR * max(a, b)) or differ_by_slip(a, b)):
            continue
        if (
            not are_neighbours(as_count(first), as_count(other))
            or _is_given(a, other.facts)
            or _is_given(b, first.facts)
        ):
            continue
        if any(size.facts.report.kind in PLANS or _is_revised(size) for size in (first, other)):
            continue
        yield first, other


def turned_in(sizes: Sequence[Size]) -> Iterator[tuple[Size, Size]]:
    """The pairs of one report of which the text gives one with two digits of the table's turned."""
    for first, other in combinations(sizes, 2):
        same = (first.kind, first.level, first.time) == (other.kind, other.level, other.time)
        if same and first.in_table != other.in_table and are_turned(first.value, other.value) and _is_long(first):
            yield first, other


def _is_long(size: Size) -> bool:
    return size.value >= _LEAST_TURNED


_LEAST_TURNED = 100


def _is_given(value: float, facts: ReportFacts) -> bool:
    """Whether a report has a number, of whatever: then that may be meant."""
    return re.search(rf"(?<![\d.,]){re.escape(show(value))}(?![.,]?\d)", facts.layer.text) is not None


def _is_revised(size: Size) -> bool:
    return says("revision", sentence(size.facts, size.statistic.evidence[0]))


def as_count(size: Size) -> Count:
    """A size as a count, for what compares and shows those."""
    statistic = size.statistic
    passage = statistic.evidence[0]
    number = Quantity(
        value=statistic.value, printed=show(statistic.value), unit=size.kind, label=f"{size.kind} {size.level}".strip(),
        evidence=passage,
    )  # fmt: skip
    relation = Relation(kind="count", whole=None, parts=(number,), exhaustive=True, cue="|||||")
    return Count(size.facts, relation, number, size.view.scope, size.time)


def moved_wrongly(moves: Sequence[Move], sizes: Sequence[Size]) -> Iterator[tuple[Size, Move]]:
    """The changes of sizes that do not lead from what another report gives for then, with that."""
    for move in moves:
        now = move.now
        then = [
            size
            for size in sizes
            if (size.kind, size.level, size.time) == (now.kind, now.level, move.against)
            and size.facts is not now.facts and not size.looks_back and are_neighbours(as_count(size), as_count(now))
        ]  # fmt: skip
        expected = now.value - move.change.value
        if not then or any(_is_given(expected, size.facts) for size in then) or any(map(_is_revised, (now, then[0]))):
            continue
        if abs(then[0].value - expected) <= max(_NEAR_MOVED, _NEAR * expected):
            yield then[0], move


#: What should have been there and what was, further apart, are two things.
_NEAR_MOVED = 3


def moved_finding(then: Size, move: Move) -> Finding:
    """The finding that a change does not lead from what there was."""
    now, told = move.now, move.change
    way, way_en = ("tăng", "rise") if told.value > 0 else ("giảm", "fall")
    moved, step = show(abs(now.value - then.value)), show(abs(told.value))
    what = f"{now.kind} {now.level}".strip()
    return Finding(
        rule="change_mismatch",
        severity="warning",
        finding_class="contradiction",
        scope="corpus",
        message=(
            f"“{what}”: nêu {show(now.value)}, {way} {step}, nhưng báo cáo trước ghi {show(then.value)}: chênh lệch "
            f"thực là {moved}."
        ),
        message_en=(
            f"“{what}”: {show(now.value)} is given, a {way_en} of {step}, but the earlier report has "
            f"{show(then.value)}: they are {moved} apart."
        ),
        operands=(
            operand(then.facts, then.statistic.evidence[0], float(then.value)),
            operand(now.facts, told.evidence[0], float(told.value)),
            operand(now.facts, now.statistic.evidence[0], float(now.value)),
        ),
        stated=step,
        expected=moved,
        fingerprint=fingerprint(
            "change_mismatch", whose(then.facts), whose(now.facts), what, show(then.value), step, show(now.value)
        ),
    )
