"""Passages carried over from an earlier report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.relations.wording import says
from pipelines.audit.counts import letterhead
from pipelines.audit.findings import fingerprint, normal, operand
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, fold
from schemas import Finding
from schemas.text import Evidence

# Years and dates are brought up to date by who copies; the figures are what gives the copy away.
_YEARS = re.compile(r"\b(?:ngày |tháng |năm học |năm )*(?:\d{1,2} ){0,2}(?:19|20)\d\d(?: (?:19|20)\d\d)?\b")
_SHOWN = 160
#: A label that one report puts before a passage and the other does not: ``Bán trú: …``.
_LABEL = re.compile(r"^\s*[^\d\n:.,;()]{2,30}:\s+")


@dataclass(frozen=True)
class Copy:
    """A paragraph with figures in one report."""

    facts: ReportFacts
    passage: Evidence


def items_copied_text(view: View) -> Iterator[tuple[str, Copy]]:
    """The paragraphs with figures of a report, by what they say besides years and dates."""
    if view.facts.report.period is None and view.facts.report.date is None:
        return
    issuer = _office(view)
    for relation in view.facts.relations:
        if relation.kind != "passage" or says("standing_text", relation.parts[0].evidence.quote):
            continue
        words = _YEARS.sub("", normal(_LABEL.sub("", relation.parts[0].evidence.quote)))
        digest = hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:24]
        yield f"{issuer}\x1f{digest}", Copy(view.facts, relation.parts[0].evidence)


_SCHOOL = re.compile(
    r"trường (?:(?:ptdt\w*|th|thcs|thpt|mn|phổ thông dân tộc \w+ trú|mầm non|mẫu giáo|tiểu học|trung học cơ sở|"
    r"trung học phổ thông|và|&|-)[ &-]*)+(?= |$)"
)


def _office(view: View) -> str:
    """Who writes a report: a school by its own name, which it keeps where its levels change, else the letterhead."""
    issuer = fold(expand(view.facts.report.issuer or ""))
    school = _SCHOOL.match(issuer)
    if school is not None and issuer[school.end() :].strip():
        return issuer[school.end() :].strip()
    return view.scope.issuer or letterhead(view.facts.layer.text) or view.scope.home


def across_copied_text(key: str, items: Sequence[Copy]) -> list[Finding]:
    """Một đoạn văn có số liệu được chép nguyên từ báo cáo trước của cùng cơ quan, kể cả các con số.

    Chỉ xét đoạn có ít nhất hai số liệu, ở hai báo cáo của hai kỳ khác nhau; chỉ đổi năm, ngày tháng vẫn là chép lại.
    Trường đổi cấp học sau sáp nhập vẫn là một cơ quan; hai báo cáo ghi cùng một kỳ nhưng lập cách nhau gần một năm là
    hai kỳ.
    Đoạn nêu căn cứ, vị trí, lịch sử (không thay đổi theo năm) thì không xét.

    A paragraph with figures was carried over unchanged from an earlier report of the same issuer, figures included.
    Only paragraphs with at least two figures, in reports about two different times; a year brought up to date changes
    nothing, nor does another level of the same school. Two reports of one stated period that were written almost a year
    apart are of two. Legal grounds, the lie of the land and history, which stay as they are, are left alone.

    Severity: warning. Tolerance: years, dates, case, spaces and punctuation do not count.
    """
    found = []
    for earlier, later in pairwise(items):
        if _time(earlier.facts) == _time(later.facts) and not _are_a_year_apart(earlier.facts, later.facts):
            continue
        quote = " ".join(later.passage.quote.split())
        shown = quote if len(quote) <= _SHOWN else quote[: quote.rfind(" ", 0, _SHOWN)] + " …"
        a, b = _times(earlier.facts, later.facts)
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


def _times(earlier: ReportFacts, later: ReportFacts) -> tuple[str, str]:
    """The times that two reports are about; their days where a period was copied as well."""
    a, b = _time(earlier), _time(later)
    return (a, b) if a != b else (earlier.report.date or "", later.report.date or "")


#: Reports of one period are not written as many months apart.
_MONTHS = 9


def _are_a_year_apart(earlier: ReportFacts, later: ReportFacts) -> bool:
    """Whether two reports that name one period were written in two years: the later one's was left as it was."""
    days = [facts.report.date or "" for facts in (earlier, later)]
    if any(len(day) < len("2020-05") for day in days):
        return False
    first, last = (int(day[:4]) * 12 + int(day[5:7]) for day in days)
    return last - first >= _MONTHS
