"""One whole with two sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.audit.intervals import show
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Relation

# Sizes further apart than this are hardly those of one whole: a group beside the district.
_NEAR = 0.15
_NEAR_COUNT = 2
# More parts make almost any number, and so do those of a small whole.
_MOST_PARTS = 6
_LEAST_WHOLE = 10


def check_denominator_drift(facts: ReportFacts) -> list[Finding]:
    """Cùng một tổng thể (các đơn vị, các trường của một cấp, các lớp của một trường, đảng viên của chi bộ…) có hai quy
    mô trong một báo cáo: 24/24 và 23/23 đơn vị.

    Số người biểu quyết của một cuộc họp được đối chiếu với số người có mặt. Chỉ xét khi cùng danh từ, cùng cấp học và
    không có từ thu hẹp phạm vi; hai số cách xa nhau được coi là hai tổng thể.

    The same whole (the units, the schools of one level, the classes of a school, the members of a cell) has two sizes
    in one report. Those who vote at a meeting are compared with those counted as present. Only with the same noun,
    the same school level and nothing that narrows it; sizes far apart are taken for two wholes.

    Severity: warning. Tolerance: none.
    """
    parts = {
        (s.whole.value, made)
        for s in facts.relations
        if s.kind == "sum" and s.whole is not None
        for made in _made_of([part.value for part in s.parts], s.whole.value)
    }
    wholes = [relation for relation in facts.relations if relation.kind == "whole"]
    return [finding for relation in wholes for finding in _check(facts, relation, parts)]


def _made_of(values: Sequence[float], whole: float) -> set[float]:
    """What some of the parts of a whole come to: of 48 schools 44 are those of three levels out of four."""
    if len(values) > _MOST_PARTS or whole < _LEAST_WHOLE:
        return set(values)
    return {sum(some) for count in range(1, len(values)) for some in combinations(values, count)}


def _check(facts: ReportFacts, relation: Relation, parts: set[tuple[float, float]]) -> list[Finding]:
    sizes = Counter(part.value for part in relation.parts)
    usual = max(sizes, key=lambda size: (sizes[size], size))
    found = []
    for other in sorted(sizes):
        if not relation.disjoint and ((usual, other) in parts or (other, usual) in parts):
            continue  # the one is stated as a part, or some parts, of the other: 50 trường, gồm 44 công lập
        if other == usual or abs(usual - other) > max(_NEAR_COUNT, _NEAR * usual):
            continue
        first = [part for part in relation.parts if part.value == usual]
        second = [part for part in relation.parts if part.value == other]
        a, b = show(usual), show(other)
        found.append(
            Finding(
                rule="denominator_drift",
                severity="warning",
                finding_class="contradiction",
                scope="report",
                message=(
                    f"Cùng một tổng thể ({relation.cue}) nhưng chỗ ghi {a} (“{first[0].printed}”), chỗ ghi {b} "
                    f"(“{second[0].printed}”), "
                    f"lệch {show(abs(usual - other))}. Cần thống nhất số nào đúng, hoặc nói rõ vì sao khác nhau."
                ),
                message_en=(
                    f"The same whole ({relation.cue}) has {a} in one place (“{first[0].printed}”) and {b} in another "
                    f"(“{second[0].printed}”), {show(abs(usual - other))} apart. One of them is wrong, or the "
                    f"difference wants a word."
                ),
                operands=tuple(operand(facts, part.evidence, float(part.value)) for part in (*first, *second)),
                stated=b,
                expected=a,
                fingerprint=fingerprint(
                    "denominator_drift", whose(facts), relation.cue, *sorted({p.printed for p in (*first, *second)})
                ),
            )
        )
    return found
