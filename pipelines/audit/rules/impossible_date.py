"""Dates and school years that cannot be."""

from __future__ import annotations

from datetime import date

from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.facts import ReportFacts
from schemas import Finding

_FULL_DATE = 10
# News of a meeting bears the day of the meeting and is written some days later.
_WRITTEN_LATER_DAYS = 31


def check_impossible_date(facts: ReportFacts) -> list[Finding]:
    """Ngày tháng không thể có (31/4), năm học không thể có (năm học 2021-2025), hoặc viện dẫn văn bản ban
    hành sau ngày báo cáo.

    A date that cannot be, a school year that does not run over two years in a row, or a document
    cited with a date after the report's.

    Severity: error; warning for later documents. Tolerance: 31 days for news of a meeting.
    """
    found = []
    for relation in facts.relations:
        if relation.kind != "impossible":
            continue
        part = relation.parts[0]
        year, turned = part.label == "school_year", part.label == "range"
        wrong = "một năm học: năm học gồm hai năm liền nhau" if year else "ngày tháng có thật"
        wrong_en = "a school year: one runs over two years in a row" if year else "a date"
        if turned:
            wrong, wrong_en = "một khoảng thời gian: ngày cuối sớm hơn ngày đầu", "a time: it ends before it begins"
        found.append(
            Finding(
                rule="impossible_date",
                severity="error",
                finding_class="contradiction",
                scope="report",
                message=f"“{part.printed}” không thể là {wrong}.",
                message_en=f"“{part.printed}” cannot be {wrong_en}.",
                operands=(operand(facts, part.evidence, part.printed),),
                stated=part.printed,
                expected=None,
                fingerprint=fingerprint("impossible_date", whose(facts), part.printed),
            )
        )
    return found + _later_documents(facts)


def _later_documents(facts: ReportFacts) -> list[Finding]:
    own = facts.report.date
    written = _day(own)
    if own is None or written is None:
        return []
    slack = _WRITTEN_LATER_DAYS if facts.report.kind == "tin_hoi_nghi" else 0
    found = []
    for citation in facts.citations:
        issued = _day(citation.date)
        if issued is None or citation.date is None or not citation.evidence or (issued - written).days <= slack:
            continue
        name = f"{citation.doc_type} {citation.number or citation.subject or ''}".strip()
        passages = [*facts.report.evidence[:1], *citation.evidence[:1]]
        found.append(
            Finding(
                rule="impossible_date",
                severity="warning",
                finding_class="contradiction",
                scope="report",
                message=f"Báo cáo ngày {own} viện dẫn {name} ngày {citation.date}, sau ngày báo cáo.",
                message_en=f"The report of {own} cites {name} of {citation.date}, which is later.",
                operands=tuple(operand(facts, passage) for passage in passages),
                stated=citation.date,
                expected=f"≤ {own}",
                fingerprint=fingerprint("impossible_date", whose(facts), name, citation.date, own),
            )
        )
    return found


def _day(iso: str | None) -> date | None:
    """The day of a full date; None where it is cut short or cannot be."""
    try:
        return date.fromisoformat(iso) if iso is not None and len(iso) == _FULL_DATE else None
    except ValueError:
        return None
