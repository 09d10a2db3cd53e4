"""What confidence is worth: of the records that claim so much, how many are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.evaluate.scoring import Outcome

#: Lower ends of the ranges that a table shows; the last one ends at 1 and takes it in.
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Bin:
    """Records whose confidence lies in one range: how many, their mean confidence and the share that is right."""

    low: float
    high: float
    records: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Reliability:
    """Ranges of confidence that hold records, and the mean gap between what they claim and what is right.

    ``error`` is the expected calibration error, weighted by records; None without any record.
    """

    bins: tuple[Bin, ...]
    error: float | None


def reliability(outcomes: Sequence[Outcome]) -> Reliability:
    """The table over these records; a record counts as right where all of it is (see `MEASURES`, strict)."""
    bins = []
    for low, high in zip(STEPS, (*STEPS[1:], 1.0), strict=True):
        inside = [o for o in outcomes if low <= o.confidence < high or (high == 1.0 and o.confidence == 1.0)]
        if inside:
            mean = sum(outcome.confidence for outcome in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), mean, sum(outcome.right for outcome in inside) / len(inside)))
    total = sum(each.records for each in bins)
    error = sum(each.records * abs(each.confidence - each.right) for each in bins) / total if total else None
    return Reliability(tuple(bins), error)
