"""The numbers of headings and list items."""

from __future__ import annotations

from itertools import pairwise

from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity

# A leap further than this is rather a number that begins a line than an item.
_LEAP = 6


def check_numbering(facts: ReportFacts) -> list[Finding]:
    """Số thứ tự của đề mục hoặc danh sách bị nhảy hoặc lặp lại.

    Danh sách mới bắt đầu lại từ 1 không phải là lỗi.

    Numbers of headings or list items skip or repeat. A new list that begins with 1 again is no error.

    Severity: warning. Tolerance: none.
    """
    found = []
    for relation in facts.relations:
        if relation.kind != "sequence":
            continue
        for before, after in pairwise(relation.parts):
            if after.value == before.value + 1 or after.value - before.value > _LEAP:
                continue
            found.append(_finding(facts, before, after))
    return found


def _finding(facts: ReportFacts, before: Quantity, after: Quantity) -> Finding:
    expected = int(before.value) + 1
    last, here = before.printed, after.printed
    if after.value > expected:
        skipped = ", ".join(str(number) for number in range(expected, int(after.value)))
        message = f"Đánh số nhảy từ “{last}” sang “{here}”: thiếu số {skipped}."
        message_en = f"The numbering leaps from “{last}” to “{here}”: {skipped} is missing."
    elif after.value == before.value:
        message = f"Số “{here}” lặp lại: hai mục liền nhau cùng mang số này, mục sau phải là {expected}."
        message_en = f"“{here}” stands twice: two items in a row bear it, the second should be {expected}."
    else:
        message = f"Đánh số quay lui từ “{last}” về “{here}”, đúng ra là {expected}."
        message_en = f"The numbering goes back from “{last}” to “{here}”; it should be {expected}."
    return Finding(
        rule="numbering",
        severity="warning",
        finding_class="gap",
        scope="report",
        message=message,
        message_en=message_en,
        operands=(operand(facts, before.evidence, before.printed), operand(facts, after.evidence, after.printed)),
        stated=here,
        expected=str(expected),
        fingerprint=fingerprint("numbering", whose(facts), before.evidence.quote, after.evidence.quote),
    )
