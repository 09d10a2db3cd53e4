"""Passages carried over from an earlier report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.relations.wording import says
from pipelines.audit.findings import fingerprint, normal, operand
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.text import Evidence

# Years and dates are brought up to date by who copies; the figures are what gives the copy away.
_YEARS = re.compile(r"\b(?:ngày |tháng |năm học |năm )*(?:\d{1,2} ){0,2}(?:19|20)\d\d(?: (?:19|20)\d\d)?\b")
_SHOWN = 160


@dataclass(frozen=True)
class Copy:
    """A paragraph with figures in one report."""

    facts: ReportFacts
    passage: Evidence


def items_copied_text(view: View) -> Iterator[tuple[str, Copy]]:
    """The paragraphs with figures of a report, by what they say besides years and dates."""
    if view.facts.report.period is None and view.facts.report.date is None:
        return
    issuer = view.scope.issuer or view.scope.home
    for relation in view.facts.relations:
        if relation.kind != "passage" or says("standing_text", relation.parts[0].evidence.quote):
            continue
        words = _YEARS.sub("", normal(relation.parts[0].evidence.quote))
        digest = hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:24]
        yield f"{issuer}\x1f{digest}", Copy(view.facts, relation.parts[0].evidence)


def across_copied_text(key: str, items: Sequence[Copy]) -> list[Finding]:
    """Một đoạn văn có số liệu được chép nguyên từ báo cáo trước của cùng cơ quan, kể cả các con số.

    Chỉ xét đoạn có ít nhất hai số liệu, ở hai báo cáo của hai kỳ khác nhau; chỉ đổi năm, ngày tháng vẫn là chép lại.
    Đoạn nêu căn cứ, vị trí, lịch sử (không thay đổi theo năm) thì không xét.

    A paragraph with figures was carried over unchanged from an earlier report of the same issuer, figures included.
    Only paragraphs with at least two figures, in reports about two different times; a year brought up to date changes
    nothing. Legal grounds, the lie of the land and history, which stay as they are, are left alone.

    Severity: warning. Tolerance: years, dates, case, spaces and punctuation do not count.
    """
    found = []
    for earlier, later in pairwise(items):
        if _time(earlier.facts) == _time(later.facts):
            continue
        quote = " ".join(later.passage.quote.split())
        shown = quote if len(quote) <= _SHOWN else quote[: quote.rfind(" ", 0, _SHOWN)] + " …"
        a, b = _time(earlier.facts), _time(later.facts)
        found.append(
            Finding(
                rule="copied_text",
                severity="warning",
                finding_class="contradiction",
                scope="corpus",
                message=(
                    f"Đoạn “{shown}” trong báo cáo về {b} giống hệt báo cáo về {a}, kể cả các số liệu: có thể chép "
                    "lại mà "
                    "chưa cập nhật."
                ),
                message_en=(
                    f"The paragraph “{shown}” of the report about {b} is that of the report about {a}, figures "
                    "included: "
                    "it may have been copied and not brought up to date."
                ),
                operands=(operand(earlier.facts, earlier.passage, a), operand(later.facts, later.passage, b)),
                stated=b,
                expected=None,
                fingerprint=fingerprint("copied_text", key, a, b),
            )
        )
    return found


def _time(facts: ReportFacts) -> str:
    return facts.report.period or facts.report.date or ""
