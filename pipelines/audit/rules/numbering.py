"""The numbers of headings and list items."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity

# A leap further than this is rather a number that begins a line than an item.
_LEAP = 6


def check_numbering(facts: ReportFacts) -> list[Finding]:
    """Số thứ tự của đề mục hoặc danh sách bị nhảy hoặc lặp lại.

    Danh sách mới bắt đầu lại từ 1 không phải là lỗi; hai đơn vị cùng điểm cùng thứ hạng cũng vậy.

    Numbers of headings or list items skip or repeat. A new list that begins with 1 again is no error,
    nor is a rank that two with one score share.

    Severity: warning. Tolerance: none.
    """
    found = []
    for relation in facts.relations:
        if relation.kind != "sequence":
            continue
        repeated = False
        for before, after in pairwise(relation.parts):
            # 2, 2, 4: the second item bears the number of the first one, and the next goes on from its own.
            goes_on, repeated = repeated and after.value == before.value + 2, after.value == before.value
            if goes_on or after.value == before.value + 1 or after.value - before.value > _LEAP:
                continue
            if _runs_on(facts, before, after):
                continue
            found.append(_finding(facts, before, after))
    return found


def _runs_on(facts: ReportFacts, before: Quantity, after: Quantity) -> bool:
    """Whether the numbers that seem to be missing stand inside a line between two items: ``2. Ông A;3. Bà B``."""
    text, start = facts.layer.text, before.evidence.start + len(before.printed)
    end = text.find("\n", start)
    said = text[start : min(end if end >= 0 else len(text), after.evidence.start)]
    missing = range(int(before.value) + 1, int(after.value))
    return bool(missing) and all(re.search(rf"(?<![\w.,/]){number}[.)]\s?[^\W\d_]", said) for number in missing)


def _finding(facts: ReportFacts, before: Quantity, after: Quantity) -> Finding:
    expected = _like(before.printed, int(before.value) + 1)
    last, here = before.printed, after.printed
    if after.value > before.value + 1:
        skipped = ", ".join(_like(last, number) for number in range(int(before.value) + 1, int(after.value)))
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
        expected=expected,
        fingerprint=fingerprint("numbering", whose(facts), before.evidence.quote, after.evidence.quote),
    )


_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _like(printed: str, number: int) -> str:
    """A number in the style of a printed one: ``IV`` beside ``III.``, ``1.4`` beside ``1.3.``."""
    bare = printed.strip(" .):-")
    if bare.rsplit(" ", 1)[-1].isdigit() or not bare:
        return str(number)
    if "." in bare:
        return f"{bare.rsplit('.', 1)[0]}.{number}"
    if bare in _LETTERS:
        return _LETTERS[(_LETTERS.index(bare) + 1) % len(_LETTERS)]
    if not set(bare.rsplit(" ", 1)[-1]) <= set("IVXLC"):
        return str(number)
    roman = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        roman += sign * count
    return roman
