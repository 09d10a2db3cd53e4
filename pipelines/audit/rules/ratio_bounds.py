"""Ratios and percentages that no whole allows."""

from __future__ import annotations

import re

from pipelines.audit.findings import fingerprint, number_operand, whose, words_of
from pipelines.audit.intervals import show
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation

_ALL = 100.0
_AND = re.compile(r"(?<!\w)(?:và|cùng|với)(?!\w)", re.I)


def check_ratio_bounds(facts: ReportFacts) -> list[Finding]:
    """Tỷ số a/b có a lớn hơn b, một phần lớn hơn tổng của nó, hoặc tỷ lệ vượt 100% của một tổng thể; thứ hạng lớn
    hơn số được xếp hạng, số phiếu thu về lớn hơn số phát ra, số đạt lớn hơn số dự thi.

    Không xét kết quả so với kế hoạch, chỉ tiêu (có thể vượt), mức tăng giảm và các cách viết có thể là ngày tháng.

    A ratio a/b with a greater than b, a part greater than its whole, or a percentage of a whole beyond
    100; a place beyond the number of those ranked, more ballots returned than handed out, more passed than examined.
    Results against a plan or target may exceed it and are left alone, as are changes and what may be a date.

    Severity: error. Tolerance: none.
    """
    found = []
    for relation in facts.relations:
        if relation.kind == "ratio" and relation.exhaustive:
            found += _ratio(facts, relation) if relation.whole is not None else _percentage(facts, relation)
        elif relation.kind == "sum" and relation.exhaustive is not True:
            found += _part(facts, relation)
    return found


def _ratio(facts: ReportFacts, relation: Relation) -> list[Finding]:
    part, whole = relation.parts[0], relation.whole
    assert whole is not None
    if part.value <= whole.value:
        return []
    if relation.cue in _APART:
        return [_apart(facts, part, whole, relation.cue)]
    a, b = show(part.value), show(whole.value)
    return [
        Finding(
            rule="ratio_bounds",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=(
                f"Ghi {part.printed}: số đạt ({a}) lớn hơn tổng số ({b}), thừa {show(part.value - whole.value)}. Có "
                f"thể hai số bị đảo hoặc một số ghi sai."
            ),
            message_en=(
                f"{part.printed} counts {a} out of {b}, {show(part.value - whole.value)} too many. The two may be "
                f"swapped, or one is wrong."
            ),
            operands=(number_operand(facts, part),),
            stated=part.printed,
            expected=f"≤ {b}",
            fingerprint=fingerprint("ratio_bounds", whose(facts), words_of(part)),
        )
    ]


#: Ratios that words tell: a place among so many, and counts that stand apart.
_APART = ("rank", "apart")


def _apart(facts: ReportFacts, part: Quantity, whole: Quantity, cue: str) -> Finding:
    a, b = show(part.value), show(whole.value)
    said, of = (" ".join(one.evidence.quote.split()) for one in (part, whole))
    message = f"Nêu {a} (“{said}”) trong khi chỉ có {b} (“{of}”): phần lớn hơn tổng {show(part.value - whole.value)}."
    english = f"{a} (“{said}”) cannot be among {b} (“{of}”): {show(part.value - whole.value)} too many."
    if cue == "rank":
        message = f"Xếp thứ {a} trong số {b} (“{said}”): thứ hạng không thể lớn hơn số được xếp hạng."
        english = f"A place of {a} among {b} (“{said}”): no place is beyond the number of those ranked."
    operands = (number_operand(facts, part),) if cue == "rank" else (number_operand(facts, whole),)
    return Finding(
        rule="ratio_bounds",
        severity="error",
        finding_class="contradiction",
        scope="report",
        message=message,
        message_en=english,
        operands=operands if cue == "rank" else (*operands, number_operand(facts, part)),
        stated=a,
        expected=f"≤ {b}",
        fingerprint=fingerprint("ratio_bounds", whose(facts), words_of(whole), words_of(part)),
    )


def _percentage(facts: ReportFacts, relation: Relation) -> list[Finding]:
    part = relation.parts[0]
    if 0 <= part.value <= _ALL:
        return []
    return [
        Finding(
            rule="ratio_bounds",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=f"Tỷ lệ {part.printed} của một tổng thể vượt 100% là {show(part.value - _ALL)} điểm phần trăm.",
            message_en=f"{part.printed} of a whole is {show(part.value - _ALL)} points beyond 100%.",
            operands=(number_operand(facts, part),),
            stated=part.printed,
            expected="≤ 100%",
            fingerprint=fingerprint("ratio_bounds", whose(facts), words_of(part)),
        )
    ]


def _part(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """Parts said to be among a whole that is smaller than one of them."""
    whole = relation.whole
    if whole is None or whole.unit is None:
        return []
    found = []
    for part in relation.parts:
        if part.value <= whole.value or not (
            _are_alike(part.unit, whole.unit) or _is_headword(facts, part, whole, whole.unit)
        ):
            continue
        a, b = show(part.value), show(whole.value)
        found.append(
            Finding(
                rule="ratio_bounds",
                severity="error",
                finding_class="contradiction",
                scope="report",
                message=(
                    f"Nêu {a} {part.unit} trong số {b} {whole.unit} (“{part.evidence.quote}”): phần lớn hơn tổng "
                    f"{show(part.value - whole.value)}."
                ),
                message_en=(
                    f"{a} are said to be among {b} (“{part.evidence.quote}”): the part exceeds its whole by "
                    f"{show(part.value - whole.value)}."
                ),
                operands=(number_operand(facts, whole), number_operand(facts, part)),
                stated=a,
                expected=f"≤ {b}",
                fingerprint=fingerprint("ratio_bounds", whose(facts), words_of(whole), words_of(part)),
            )
        )
    return found


def _are_alike(part: str | None, whole: str) -> bool:
    """Whether a part is counted by the noun of its whole, by the last word of it, or by it and another one.

    ``lớp`` of ``nhóm lớp``, ``lớp học`` of ``lớp``.
    """
    if part is None:
        return False
    return part == whole or whole.endswith((f" {part}", f", {part}")) or part.startswith(f"{whole} ")


def _is_headword(facts: ReportFacts, part: Quantity, whole: Quantity, noun: str) -> bool:
    """Whether a part is counted by the first word of its whole's noun, and nothing is told besides the whole.

    ``12 phòng học, trong đó 14 phòng kiên cố``, but ``12 phòng học và khu hiệu bộ, trong đó 14 phòng …``.
    """
    between = facts.layer.text[whole.evidence.end : part.evidence.start]
    return part.unit is not None and noun.startswith(f"{part.unit} ") and _AND.search(between) is None
