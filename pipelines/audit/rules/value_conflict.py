"""One indicator with two values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.audit.findings import fingerprint, normal, operand, whose
from pipelines.audit.intervals import show
from pipelines.facts import ReportFacts
from pipelines.reconcile.places import report_scopes
from schemas import Entity, Finding, Statistic

# An indicator of fewer words names a kind of thing, not what was measured.
_MIN_WORDS = 3
_MIN_CONFIDENCE = 0.5


@dataclass(frozen=True)
class _Measured:
    facts: ReportFacts
    statistic: Statistic


def check_value_conflict(facts: ReportFacts) -> list[Finding]:
    """Cùng một chỉ tiêu, cùng phạm vi và thời điểm nhưng có hai giá trị trong một báo cáo.

    Chỉ so sánh các số có cùng cách gọi, cấp học, địa bàn, thời gian, đơn vị tính và mẫu số; số làm tròn
    khớp với số chi tiết thì không phải mâu thuẫn. Mục tiêu và mức tăng giảm không xét.

    One indicator of one scope and period has two values in a report. Only numbers that agree in wording,
    level, place, period, unit and whole are compared; a rounded number agrees with the detailed one.

    Severity: warning. Tolerance: rounding to the fewer decimals of the two.
    """
    rows = [_Measured(facts, statistic) for statistic in facts.statistics if _comparable(facts, statistic)]
    groups = _grouped(rows, lambda row: _key(row.statistic, ""))
    return [finding for group in groups for finding in _conflicts(group, whose(facts))]


def check_value_conflict_corpus(reports: Sequence[ReportFacts], entities: Sequence[Entity]) -> list[Finding]:
    """Cùng một chỉ tiêu, cùng địa bàn và thời điểm nhưng hai báo cáo nêu hai giá trị.

    Two reports of one district give one indicator of one period two values.
    """
    scopes = report_scopes(list(reports))
    rows = [
        _Measured(facts, statistic)
        for facts in reports
        for statistic in facts.statistics
        if _comparable(facts, statistic) and statistic.period is not None
    ]
    groups = _grouped(rows, lambda row: _key(row.statistic, scopes[row.facts.layer.id].home))
    found = []
    for group in groups:
        found += [f for f in _conflicts(group, None) if len({o.report for o in f.operands}) > 1]
    return found


def _comparable(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a statistic says enough to be compared; of a table cell the row says what it counts."""
    return (
        statistic.aspect == "value"
        and bool(statistic.evidence)
        and not any(table.start <= statistic.evidence[0].start < table.end for table in facts.layer.tables)
        and statistic.value_to is None
        and statistic.confidence >= _MIN_CONFIDENCE
        and (statistic.indicator_id is not None or len(statistic.indicator.split()) >= _MIN_WORDS)
    )


def _key(statistic: Statistic, home: str) -> tuple[str, ...]:
    return (
        home,
        normal(statistic.indicator),
        statistic.level or "",
        normal(statistic.place or ""),
        statistic.period or "",
        normal(statistic.unit or ""),
        show(statistic.of) if statistic.of is not None else "",
    )


def _grouped(rows: Iterable[_Measured], key: object) -> list[list[_Measured]]:
    groups: dict[object, list[_Measured]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)  # type: ignore[operator]
    return [group for group in groups.values() if len(group) > 1]


def _conflicts(group: list[_Measured], identity: str | None) -> list[Finding]:
    first = group[0]
    found = []
    for other in group[1:]:
        a, b = first.statistic, other.statistic
        if _agree(a.value, b.value) or _overlap(first, other):
            continue
        unit = "%" if a.unit == "%" else f" {a.unit}" if a.unit else ""
        where = ", ".join(filter(None, (a.level, a.place, a.period)))
        found.append(
            Finding(
                rule="value_conflict",
                severity="warning",
                finding_class="contradiction",
                scope="corpus" if identity is None else "report",
                message=(
                    f"“{a.indicator}” ({where or 'cùng phạm vi'}) được nêu hai giá trị: {show(a.value)}{unit} và "
                    f"{show(b.value)}{unit}, "
                    f"lệch {show(abs(a.value - b.value))}."
                ),
                message_en=(
                    f"“{a.indicator}” ({where or 'same scope'}) has two values: {show(a.value)}{unit} and "
                    f"{show(b.value)}{unit}, "
                    f"{show(abs(a.value - b.value))} apart."
                ),
                operands=(
                    operand(first.facts, a.evidence[0], float(a.value)),
                    operand(other.facts, b.evidence[0], float(b.value)),
                ),
                stated=show(b.value),
                expected=show(a.value),
                fingerprint=fingerprint(
                    "value_conflict", identity or "", *_key(a, ""), *sorted((show(a.value), show(b.value)))
                ),
            )
        )
    return found


def _agree(a: float, b: float) -> bool:
    """Whether two values are one, the one with fewer decimals being rounded."""
    places = min(_places(a), _places(b))
    return abs(round(a, places) - round(b, places)) < 1e-9 and (
        places > 0 or float(a).is_integer() == float(b).is_integer() or abs(a - b) <= 0.5
    )


def _places(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1])


def _overlap(a: _Measured, b: _Measured) -> bool:
    """Whether both stand in one paragraph: then they are a number and its parts, not two statements."""
    if a.facts.layer.id != b.facts.layer.id:
        return False
    first, last = sorted((a.statistic.evidence[0].start, b.statistic.evidence[0].start))
    return "\n" not in a.facts.layer.text[first:last]
