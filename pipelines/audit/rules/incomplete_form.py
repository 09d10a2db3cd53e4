"""Places of a form left blank."""

from __future__ import annotations

from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.facts import ReportFacts
from schemas import Finding

_WHAT = {
    "number": ("Số văn bản", "number of the document"),
    "date": ("Ngày, tháng", "date"),
    "field": ("Chỗ điền số liệu, nội dung", "place for a number or a text"),
    "section": ("Nội dung của mục", "section"),
}


def check_incomplete_form(facts: ReportFacts) -> list[Finding]:
    """Số văn bản hoặc ngày tháng để trống (Số: … /BC-PGDĐT; ngày … tháng 6 năm 2021), hoặc một mục chỉ có tên,
    một chỗ sau dấu hai chấm chỉ có dấu chấm (Số học sinh đạt giải: …… em). Mẫu để người khác điền thì không xét.

    The number of a document or a part of a date was left blank, or a section has a title and nothing below it, or a
    label only dots behind its colon. Forms for others to fill in are left alone.

    Severity: notice. Tolerance: none.
    """
    found = []
    for relation in facts.relations:
        if relation.kind != "blank":
            continue
        part = relation.parts[0]
        what, what_en = _WHAT[part.label]
        found.append(
            Finding(
                rule="incomplete_form",
                severity="notice",
                finding_class="gap",
                scope="report",
                message=f"{what} còn để trống: “{part.printed}”.",
                message_en=f"The {what_en} is left blank: “{part.printed}”.",
                operands=(operand(facts, part.evidence),),
                stated=part.printed,
                expected=None,
                fingerprint=fingerprint("incomplete_form", whose(facts), part.label, part.printed),
            )
        )
    return found
