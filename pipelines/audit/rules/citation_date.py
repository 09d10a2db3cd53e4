"""One document cited with two dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

from pipelines.audit.documents import Cited, Document, cited_documents, cited_items, document_of, files_of
from pipelines.audit.findings import fingerprint, whose
from pipelines.audit.owned import SAME, Owned, differ_by_part, of_one_body, owned_items
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from schemas import Finding

#: As many citations of each date are shown: a document of the centre is cited by thousands.
_SHOWN = 6


def check_citation_date(facts: ReportFacts) -> list[Finding]:
    """Cùng một văn bản được viện dẫn với hai ngày ban hành khác nhau.

    Văn bản được nhận diện theo loại, số, cơ quan ban hành và năm, vì số được đánh lại từ đầu mỗi năm: Đề án 01
    của năm 2016 và Đề án 01 của năm 2018 là hai văn bản. Ngày ghi thiếu (chỉ tháng, năm) không mâu thuẫn
    với ngày đầy đủ cùng tháng, năm. Năm của ngày ban hành phải là năm trong số (20/2014/NĐ-CP).

    One document is cited with two dates. A document is its type, number, issuer and year, since numbering
    begins anew each January. A date cut short agrees with any full date that begins like it. A year in the number
    must be that of the date.

    Severity: error. Tolerance: none.
    """
    documents = cited_documents(facts)
    found = [finding for document in documents for finding in _check(document, "report")]
    found += [f for document in documents for item in document.cited for f in _against_number(item)]
    return found + _other_years(documents)


def _other_years(documents: Sequence[Document]) -> list[Finding]:
    """Documents of one number that differ in nothing but the year of their date: 13/4/2007 and 13/4/2017.

    Two years may have the same number, but hardly on the same day of both.
    """
    found = []
    by_day: dict[tuple[str, ...], Document] = {}
    for document in documents:
        days = {item.day for item in document.cited if item.day}
        number = parse_number(document.cited[0].citation.number or "")
        if len(days) != 1 or not number.rest or number.year:
            continue
        day = days.pop()
        key = (number.serial, number.type_symbol or "", *number.rest, day[4:])
        other = by_day.setdefault(key, document)
        if other is not document and (date := next(item.day for item in other.cited if item.day)) != day:
            pair = sorted(((date, list(other.cited)), (day, list(document.cited))), key=lambda one: -len(one[1]))
            found.append(_finding(document, "report", pair[0], pair[1], len(pair[0][1]) > len(pair[1][1])))
    return found


def items_citation_date(view: View) -> Iterator[tuple[str, Cited]]:
    """The numbered citations of a report by document, and it and those of its place by their numbers."""
    yield from cited_items(view)
    yield from owned_items(view, SAME)


def alike_citation_date(item: Cited) -> tuple[str, bool]:
    """Citations with one date say the same."""
    return item.citation.date or "", isinstance(item, Owned) and item.own


def across_citation_date(key: str, items: Sequence[Cited]) -> list[Finding]:
    """Cùng một văn bản được hai báo cáo viện dẫn với hai ngày khác nhau.

    Two reports cite one document with two dates, or one of them is that document.
    """
    if not key.startswith(f"{SAME}\x1f"):
        return _check(document_of(key, items), "corpus")
    known = [item for item in items if isinstance(item, Owned)]
    for one, other in combinations(sorted(known, key=lambda item: not item.own), 2):
        joined = one.home is not None and one.home == other.home
        if one.day == other.day or one.report == other.report or joined or not of_one_body(one, other):
            continue
        if differ_by_part(one.day or "", other.day or ""):
            document = document_of(key, [one])
            return [_finding(document, "corpus", (one.day or "", [one]), (other.day or "", [other]), one.own)]
    return []


def _check(document: Document, scope: Literal["report", "corpus"]) -> list[Finding]:
    dated = [(item.citation.date, item) for item in document.cited if item.citation.date]
    reports = Counter(date for date, _ in {(date, item.report) for date, item in dated})
    if len(reports) < 2:
        return []
    usual = max(sorted(reports), key=lambda date: (reports[date], len(date), _mentions(document, date)))
    found = []
    for other in sorted(reports):
        if _are_of_two_series([item for date, item in dated if date in (usual, other)]):
            continue
        if other == usual or other.startswith(usual) or usual.startswith(other):
            continue
        first = [item for date, item in dated if date == usual]
        second = [item for date, item in dated if date == other]
        if scope == "corpus" and len({item.report for item in (*first, *second)}) == 1:
            continue  # that report's own finding
        found.append(_finding(document, scope, (usual, first), (other, second), reports[usual] > reports[other]))
    return found


def _are_of_two_series(items: Sequence[Cited]) -> bool:
    """Whether dates part numbers with a year from those without: a local body numbers its rules apart."""
    numbers = [(parse_number(item.citation.number or ""), item.citation.date) for item in items]
    local = all(number.body is not None and number.body.governs for number, _ in numbers)
    with_year = {date for number, date in numbers if number.year}
    without = {date for number, date in numbers if not number.year}
    return local and bool(with_year) and bool(without) and not with_year & without


def _against_number(item: Cited) -> list[Finding]:
    """A document of one year by its number and of another by its date: ``Nghị định 20/2014/NĐ-CP ngày 24/3/2013``."""
    citation = item.citation
    year = parse_number(citation.number or "").year
    if year is None or not citation.date or citation.date[:4] == year:
        return []
    shown = _show(citation.date)
    return [
        Finding(
            rule="citation_date",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=f"{citation.doc_type} {citation.number} mang số của năm {year} nhưng được ghi ngày {shown}.",
            message_en=f"{citation.number} is a number of {year}, but the date given is {shown}.",
            operands=item.operands(citation.date),
            stated=shown,
            expected=year,
            fingerprint=fingerprint("citation_date", whose(item.facts), citation.number or "", citation.date),
        )
    ]


def _finding(
    document: Document,
    scope: Literal["report", "corpus"],
    usual: tuple[str, list[Cited]],
    other: tuple[str, list[Cited]],
    outvoted: bool,
) -> Finding:
    (first_date, first), (second_date, second) = usual, other
    identity = (whose(first[0].facts),) if scope == "report" else ()
    a, b = _show(first_date), _show(second_date)
    where, where_other = ("", "") if scope == "report" else (f" ({files_of(first)})", f" ({files_of(second)})")
    return Finding(
        rule="citation_date",
        severity="error",
        finding_class="contradiction",
        scope=scope,
        message=(
            f"{document.name} được viện dẫn với hai ngày ban hành: {a}{where} và {b}{where_other}. Một văn bản chỉ có "
            "một ngày ban hành; cần đối chiếu bản gốc."
        ),
        message_en=(
            f"{document.name} is cited with two dates: {a}{where} and {b}{where_other}. A document has one date; the "
            "original decides."
        ),
        operands=tuple(
            operand for item in (*first[:_SHOWN], *second[:_SHOWN]) for operand in item.operands(item.citation.date)
        ),
        stated=b,
        expected=a if outvoted else None,
        fingerprint=fingerprint("citation_date", *identity, document.id, *sorted((first_date, second_date))),
    )


def _mentions(document: Document, date: str) -> int:
    return sum(len(item.citation.evidence) for item in document.cited if item.citation.date == date)


def _show(date: str) -> str:
    """A date as reports print it: ``05/5/2016``, ``6/2021``."""
    year, *rest = date.split("-")
    month = [rest[0].lstrip("0")] if rest else []
    return "/".join([*rest[1:], *month, year])
