"""By how much a count is said to have risen or fallen, against what another passage or report gives for then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.relations.slips import differ_by_slip
from extractors.relations.wording import says
from pipelines.audit.counts import Count, Time, are_of_one
from pipelines.audit.findings import fingerprint, number_operand, sentence, whose
from pipelines.audit.intervals import show
from schemas import Finding

#: What should have been there and what was, further apart than this share of it, are two things.
_NEAR, _NEAR_COUNT, _NEAR_POINTS = 0.1, 2, 3.0


def against_counts(steps: Iterable[tuple[Count, Time]], counts: Sequence[Count]) -> list[Finding]:
    """The changes that do not lead from what is told for then; one told beside its old value is left to the passage.

    Where any number of the same noun of that report is the one that should have been, that one is meant.
    """
    found = []
    for step, (year, moment) in steps:
        if len(step.relation.parts) > 1:
            continue
        change = step.relation.parts[0].value
        expected = round(step.number.value - change, 2)
        reports = {id(count.facts) for count in counts if count.time is not None and count.time[0] == year}
        theirs = [count for count in counts if id(count.facts) in reports and count.number.unit == step.number.unit]
        if expected <= 0 or any(_agrees(count, expected) for count in theirs):
            continue
        fitting = [count for count in theirs if _is_then(step, count, (year, moment)) and are_of_one(step, count)]
        if not fitting:
            continue
        # Of numbers worded alike the greatest is the whole, the others are its parts.
        old = max(fitting, key=lambda count: (count.words == step.words, count.number.value))
        if not _is_near(old.number.value, expected, step):
            continue
        if any(says("revision", sentence(count.facts, count.number.evidence)) for count in (step, old)):
            continue
        found.append(_finding(old, step))
    return found


def _agrees(count: Count, expected: float) -> bool:
    """Whether a number is the one expected; percentages, which are rounded, within one unit of a decimal."""
    if count.number.unit != "%":
        return count.number.value == expected
    return abs(count.number.value - expected) <= _ROUNDED


_ROUNDED = 0.11


def _is_then(step: Count, count: Count, against: Time) -> bool:
    if count.time is None or count.time[0] != against[0]:
        return False
    if count.facts is step.facts and count.number.evidence.start == step.number.evidence.start:
        return False
    # What is there at the beginning of a year is often told against the end of the one before.
    return count.time[1] == against[1] or (against[1] == "first" and step.number.unit != "pupil")


def _is_near(value: float, expected: float, step: Count) -> bool:
    if step.number.unit == "%":
        return abs(value - expected) <= _NEAR_POINTS
    turned = value == step.number.value + step.relation.parts[0].value
    near = abs(value - expected) <= max(_NEAR_COUNT, _NEAR * expected)
    return turned or near or differ_by_slip(value, expected)


def _finding(earlier: Count, later: Count) -> Finding:
    old, new, step = earlier.number, later.number, later.relation.parts[0]
    same = earlier.facts is later.facts
    way, way_en = ("tăng", "rise") if step.value > 0 else ("giảm", "fall")
    moved, follows = show(abs(new.value - old.value)), show(new.value - step.value)
    said, said_too = (" ".join(one.evidence.quote.split()) for one in (old, new))
    owner = whose(later.facts) if same else ""
    return Finding(
        rule="change_mismatch",
        severity="warning",
        finding_class="contradiction",
        scope="report" if same else "corpus",
        message=(
            f"Nêu {new.printed} (“{said_too}”), {way} {show(abs(step.value))}, nhưng số trước đó được ghi là "
            f"{old.printed} (“{said}”): chênh lệch thực là {moved}. Theo mức {way} thì số trước phải là {follows}."
        ),
        message_en=(
            f"{new.printed} is given (“{said_too}”), a {way_en} of {show(abs(step.value))}, but what was there before "
            f"is told as {old.printed} (“{said}”): they are {moved} apart. By the change it must have been {follows}."
        ),
        operands=(
            number_operand(earlier.facts, old), number_operand(later.facts, step), number_operand(later.facts, new),
        ),
        stated=show(abs(step.value)),
        expected=moved,
        fingerprint=fingerprint(
            "change_mismatch", owner, old.label, *(show(number.value) for number in (old, step, new)),
        ),
    )  # fmt: skip
