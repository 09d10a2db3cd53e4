"""Shares of one whole against 100."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.relations.aimed import AIMED
from pipelines.audit.findings import fingerprint, listed, number_operand, whose, words_of
from pipelines.audit.intervals import Interval, decimals, show, total
from pipelines.facts import ReportFacts
from schemas import Finding, FindingClass, Severity
from schemas.relation import Quantity, Relation

_ALL = 100.0
_HAIR = 1e-9


def check_percent_total(facts: ReportFacts) -> list[Finding]:
    """Các tỷ lệ phần trăm của cùng một tổng thể cộng lại không bằng 100.

    Sai số làm tròn được tính đúng theo số chữ số in ra: mỗi tỷ lệ lệch tối đa nửa đơn vị của chữ số
    cuối, nên ba tỷ lệ có hai chữ số thập phân lệch tối đa 0,015. Lệch thêm trong mức cắt bỏ chữ số
    (không làm tròn) chỉ là lưu ý. Thiếu so với 100 chỉ xét khi thang xếp loại được nêu đủ. Chỉ tiêu ghi bằng số nguyên
    là số được đặt ra, không phải số làm tròn.

    Shares of one whole do not make 100. Rounding is that of the printed digits: each share may be
    off by half of its last digit, so three shares of two decimals miss 100 by at most 0.015. What
    cutting digits off instead of rounding explains is a notice. Less than 100 counts only where the
    scale is given in full. Aims in whole percents are set and not rounded.

    Severity: error; notice for digits cut off. Tolerance: half of the last digit for each share.
    """
    return [
        finding
        for relation in facts.relations
        if relation.kind == "shares" and len(relation.parts) > 1
        for finding in _check(facts, relation)
    ]


def _total(parts: Sequence[Quantity]) -> Interval:
    """The sum of shares as they may be before rounding.

    Where half of them or more have decimals, a zero was left out behind the others: ``21%`` beside ``26,5%``.
    """
    places = [decimals(part.printed) for part in parts]
    if 2 * sum(place > 0 for place in places) < len(places):
        return total(parts)
    half = sum(0.5 * 10.0 ** -(place or max(places)) for place in places)
    value = sum(part.value for part in parts)
    return Interval(value - half, value + half)


def _exactly(parts: Sequence[Quantity]) -> Interval:
    """The sum of shares that nobody rounded."""
    value = sum(part.value for part in parts)
    return Interval(value - 2 * _HAIR, value + 2 * _HAIR)


def _check(facts: ReportFacts, relation: Relation) -> list[Finding]:
    aimed = relation.cue.startswith(AIMED)
    made = _exactly(relation.parts) if aimed else _total(relation.parts)
    # What is rounded down to a share is less than half of its last digit above it.
    if made.low <= _ALL + _HAIR and made.high > _ALL + _HAIR:
        return []
    value = sum(part.value for part in relation.parts)
    if value < _ALL and not relation.exhaustive:
        return []
    if value > _ALL and not (relation.exhaustive or relation.disjoint):
        return []
    places = max(decimals(part.printed) for part in relation.parts)
    # Digits cut off make shares smaller, each by less than one unit of its last digit.
    cut = value < _ALL and _ALL - value < made.high - made.low
    severity: Severity = "notice" if cut else "error"
    kind: FindingClass = "rounding" if cut else "contradiction"
    slack = (made.high - made.low) / 2
    terms = listed([part.printed for part in relation.parts], word="+")
    text, miss = show(value, places), show(abs(value - _ALL), places)
    reason = "chỉ tiêu đặt ra không làm tròn" if aimed else f"làm tròn chỉ giải thích được chưa tới {show(slack)}"
    reason_en = "aims are not rounded" if aimed else f"rounding explains less than {show(slack)}"
    way, way_en = ("vượt", "over") if value > _ALL else ("thiếu", "short of")
    return [
        Finding(
            rule="percent_total",
            severity=severity,
            finding_class=kind,
            scope="report",
            message=(
                f"Các tỷ lệ của cùng một tổng thể cộng lại là {terms} = {text}%, {way} 100% là {miss} điểm phần "
                f"trăm; {reason}. Cần xem lại ít nhất một tỷ lệ."
                + (" Có thể các tỷ lệ bị cắt bỏ chữ số thay vì làm tròn." if cut else "")
            ),
            message_en=(
                f"The shares of one whole make {terms} = {text}%, {miss} points {way_en} 100%; "
                f"{reason_en}. At least one share needs another look."
                + (" Digits may have been cut off instead of rounded." if cut else "")
            ),
            operands=tuple(number_operand(facts, part) for part in relation.parts),
            stated=f"{text}%",
            expected="100%",
            fingerprint=fingerprint("percent_total", whose(facts), *map(words_of, relation.parts)),
        )
    ]
