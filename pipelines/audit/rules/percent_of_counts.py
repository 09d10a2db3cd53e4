"""Percentages against the counts beside them."""

from __future__ import annotations

from extractors.relations.rates import AT_LEAST
from pipelines.audit.findings import fingerprint, number_operand, whose, words_of
from pipelines.audit.intervals import Interval, decimals, interval, show
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation


def check_percent_of_counts(facts: ReportFacts) -> list[Finding]:
    """Tỷ lệ phần trăm không đúng với số lượng ghi kèm (142/150 mà ghi 98,5%).

    Tỷ lệ in ra được hiểu là mọi giá trị làm tròn thành nó. Nếu cắt bỏ chữ số thay vì làm tròn thì chỉ là lưu ý. Số
    bình quân (học sinh một lớp) được đối chiếu với hai số ghi kèm. Nếu có nhiều tổng số có thể làm mẫu số thì chỉ báo
    khi không mẫu số nào khớp.

    A percentage does not follow from the counts beside it. A printed percentage stands for all values that round to
    it; digits cut off instead of rounded are a notice. An average (pupils of a class) is compared with its two
    numbers as well. Where several wholes could be meant, the finding needs all of them to disagree.

    Severity: error; notice for digits cut off. Tolerance: half of the last printed digit.
    """
    found = [
        finding
        for relation in facts.relations
        if relation.kind == "percentage" and relation.exhaustive and relation.whole is not None
        for finding in _check(facts, relation)
    ]
    return found + [
        finding
        for relation in facts.relations
        if relation.kind == "average" and relation.whole is not None
        for finding in _average(facts, relation, relation.whole)
    ]


def _average(facts: ReportFacts, relation: Relation, mean: Quantity) -> list[Finding]:
    """A mean against the two numbers that it is made of; one cut off or rounded up to the next digit is let be."""
    total, count = relation.parts
    follows, digit = total.value / count.value, 10.0 ** -decimals(mean.printed)
    if abs(follows - mean.value) < digit:
        return []
    a, b, made = show(total.value), show(count.value), show(follows, max(1, decimals(mean.printed)))
    return [
        Finding(
            rule="percent_of_counts",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=f"Ghi bình quân {mean.printed} nhưng {a}/{b} là {made}.",
            message_en=f"An average of {mean.printed} is given, but {a}/{b} is {made}.",
            operands=(number_operand(facts, mean), number_operand(facts, total), number_operand(facts, count)),
            stated=mean.printed,
            expected=made,
            fingerprint=fingerprint("percent_of_counts", whose(facts), *map(words_of, (mean, total, count))),
        )
    ]


def _check(facts: ReportFacts, relation: Relation) -> list[Finding]:
    rate, count, *others = relation.parts
    assert relation.whole is not None
    wholes = [whole for whole in (relation.whole, *others) if whole.value > 0]
    if not wholes or any(_explains(rate, count, whole) for whole in wholes):
        return []
    whole = wholes[0]  # of nothing there is no percentage
    if relation.cue == AT_LEAST and 100.0 * count.value / whole.value > rate.value:
        return []
    places = decimals(rate.printed)
    follows = 100.0 * count.value / whole.value
    cut = any(_cut(rate, 100.0 * count.value / base.value) for base in wholes)
    expected = f"{show(follows, places)}%"
    needed = show(round(whole.value * rate.value / 100))
    stated, miss = f"{rate.printed.rstrip('%').rstrip()}%", show(abs(follows - rate.value), places)
    if cut:
        why, why_en = " (tỷ lệ bị cắt bỏ chữ số thay vì làm tròn).", " (digits cut off instead of rounded)."
    elif needed == show(count.value):  # no other count would do: the last digit was raised, or mistyped
        why, why_en = f", lệch {miss} điểm phần trăm ở chữ số cuối.", f", {miss} points away in its last digit."
    else:
        why = f", lệch {miss} điểm phần trăm. Nếu tỷ lệ đúng thì số lượng phải khoảng {needed}."
        why_en = f", {miss} points away. If the percentage is right the count must be about {needed}."
    return [
        Finding(
            rule="percent_of_counts",
            severity="notice" if cut else "error",
            finding_class="rounding" if cut else "contradiction",
            scope="report",
            message=f"Ghi {stated} nhưng {show(count.value)}/{show(whole.value)} là {expected}{why}",
            message_en=f"{stated} is given, but {show(count.value)} of {show(whole.value)} is {expected}{why_en}",
            operands=(number_operand(facts, rate), number_operand(facts, count), number_operand(facts, whole)),
            stated=stated,
            expected=expected,
            fingerprint=fingerprint("percent_of_counts", whose(facts), *map(words_of, (rate, count, whole))),
        )
    ]


def _explains(rate: Quantity, count: Quantity, whole: Quantity) -> bool:
    printed = _as_percentage(rate)
    parts = interval(count)
    return printed.meets(Interval(100.0 * parts.low / whole.value, 100.0 * parts.high / whole.value))


def _as_percentage(rate: Quantity) -> Interval:
    """A column of percentages prints them without their sign."""
    half = 0.5 * 10.0 ** -decimals(rate.printed)
    return Interval(rate.value - half, rate.value + half)


def _cut(rate: Quantity, follows: float) -> bool:
    return 0 <= follows - rate.value < 10.0 ** -decimals(rate.printed)
