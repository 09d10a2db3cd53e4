"""Dates and school years that cannot be."""

from __future__ import annotations

from datetime import date

from pipelines.audit.datelines import own_date
from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from schemas import Finding

_FULL_DATE = 10
# News of a meeting bears the day of the meeting and is written some days later.
_WRITTEN_LATER_DAYS = 31


#: Why a time cannot be, by the label of its relation.
_WHY = {
    "date": ("“{a}” không thể là ngày tháng có thật.", "“{a}” cannot be a date."),
    "year": ("“{a}” không thể là một năm có thật.", "“{a}” cannot be a year."),
    "school_year": (
        "“{a}” không thể là một năm học: năm học gồm hai năm liền nhau.",
        "“{a}” cannot be a school year: one runs over two years in a row.",
    ),
    "range": (
        "“{a}” không thể là một khoảng thời gian: lúc cuối sớm hơn lúc đầu.",
        "“{a}” cannot be a time: it ends before it begins.",
    ),
    "closing": ("“{a}”: kết thúc sớm hơn lúc bắt đầu (“{b}”).", "“{a}”: it ends before it begins (“{b}”)."),
    "amended": (
        "“{a}”: luật được sửa đổi sớm hơn ngày ban hành đã ghi (“{b}”).",
        "“{a}”: the law was amended before the day given for itself (“{b}”).",
    ),
    "heading": ("“{a}” nằm dưới đề mục {b} nhưng ở ngoài khoảng đó.", "“{a}” stands under {b}, but lies outside."),
    "anniversary": (
        "“{a}”: số năm không đúng với hai mốc thời gian ghi kèm.",
        "“{a}”: the years counted are not those between the two times.",
    ),
    "weekday": (
        "“{a}”: ngày đó không rơi vào thứ này trong tuần.",
        "“{a}”: the date does not fall on that day of the week.",
    ),
    "told": (
        "“{a}”: văn bản kể việc diễn ra sau ngày của chính nó (“{b}”).",
        "“{a}”: the document tells of it as done, but is of an earlier day (“{b}”).",
    ),
    "basis": (
        "“{a}”: văn bản căn cứ vào việc có sau ngày ký (“{b}”).",
        "“{a}”: the document is founded on it, but was signed before (“{b}”).",
    ),
    "deadline": (
        "“{a}”: thời hạn đã qua khi văn bản được ký (“{b}”).",
        "“{a}”: the day had passed when the document was signed (“{b}”).",
    ),
    "against": (
        "“{a}”: mốc so sánh lại có sau (“{b}”).",
        "“{a}”: what is compared with came later (“{b}”).",
    ),
    "prepared": (
        "“{a}”: hạn chuẩn bị lại sau ngày tổ chức (“{b}”).",
        "“{a}”: the preparations are due after the event (“{b}”).",
    ),
    "carried_out": (
        "“{a}”: việc được làm trước ngày của văn bản mà nó thực hiện (“{b}”).",
        "“{a}”: it was done before the day of the document that it carries out (“{b}”).",
    ),
}


def check_impossible_date(facts: ReportFacts) -> list[Finding]:
    """Ngày tháng không thể có (31/4), năm học không thể có (năm học 2021-2025), hoặc viện dẫn văn bản ban
    hành sau ngày báo cáo.

    Hai mốc thời gian mâu thuẫn nhau cũng được báo: kết thúc trước khi bắt đầu, việc làm trước văn bản mà nó thực hiện,
    văn bản kể hoặc căn cứ việc có sau ngày ký, thời hạn đã qua khi ký, năm nằm ngoài đề mục, số năm kỷ niệm không đúng,
    thứ trong tuần không đúng với ngày.

    A date that cannot be, a school year that does not run over two years in a row, or a document
    cited with a date after the report's. So are two times that contradict each other: an end before its beginning,
    something done before the document that it carries out, told of or founded on before it was done, due before it was
    asked for, told under other years, an anniversary that does not follow from its years, a day of the
    week on which the date does not fall.

    Severity: error; warning for later documents. Tolerance: 31 days for news of a meeting.
    """
    found = []
    for relation in facts.relations:
        if relation.kind != "impossible":
            continue
        part, *others = relation.parts
        said, said_en = _WHY[part.label]
        shown = {"a": " ".join(part.printed.split()), "b": " ".join(others[0].printed.split()) if others else ""}
        found.append(
            Finding(
                rule="impossible_date",
                severity="error",
                finding_class="contradiction",
                scope="report",
                message=said.format(**shown),
                message_en=said_en.format(**shown),
                operands=tuple(operand(facts, each.evidence, each.printed) for each in relation.parts),
                stated=part.printed,
                expected=None,
                fingerprint=fingerprint("impossible_date", whose(facts), *(each.printed for each in relation.parts)),
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
        year = parse_number(citation.number or "").year
        if year is not None and year != citation.date[:4]:
            continue  # of another year by its number: its date is wrong, whenever the report was written
        name = f"{citation.doc_type} {citation.number or citation.subject or ''}".strip()
        printed = own_date(facts)
        passages = [*([printed] if printed else facts.report.evidence[:1]), *citation.evidence[:1]]
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
