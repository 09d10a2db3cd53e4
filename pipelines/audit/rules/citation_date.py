"""One document cited with two dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipelines.audit.documents import Document, cited_documents
from pipelines.audit.findings import fingerprint, whose
from pipelines.facts import ReportFacts
from schemas import Entity, Finding

_FULL_DATE = 10


def check_citation_date(facts: ReportFacts) -> list[Finding]:
    """Cùng một văn bản được viện dẫn với hai ngày ban hành khác nhau.

    Văn bản được nhận diện theo loại, số, cơ quan ban hành và năm, vì số được đánh lại từ đầu mỗi năm: Đề án 01
    của năm 2016 và Đề án 01 của năm 2018 là hai văn bản. Ngày ghi thiếu (chỉ tháng, năm) không mâu thuẫn
    với ngày đầy đủ cùng tháng, năm.

    One document is cited with two dates. A document is its type, number, issuer and year, since numbering
    begins anew each January. A date cut short agrees with any full date that begins like it.

    Severity: error. Tolerance: none.
    """
    return [
        finding for document in cited_documents([facts]) for finding in _check(document, {facts.layer.id}, "report")
    ]


def check_citation_date_corpus(reports: Sequence[ReportFacts], entities: Sequence[Entity]) -> list[Finding]:
    """Cùng một văn bản được hai báo cáo viện dẫn với hai ngày khác nhau.

    Two reports cite one document with two dates.
    """
    return [
        finding
        for document in cited_documents(reports, entities or None)
        for finding in _check(document, set(), "corpus")
    ]


def _check(document: Document, inside: set[str], scope: str) -> list[Finding]:
    dated = [item for item in document.cited if item.citation.date]
    reports = Counter(
        date for date, _ in {(item.citation.date, item.facts.layer.id) for item in dated} if date is not None
    )
    if len(reports) < 2:
        return []
    usual = max(sorted(reports), key=lambda date: (reports[date], len(date), _mentions(document, date)))
    found = []
    for other in sorted(reports):
        if other == usual or other.startswith(usual) or usual.startswith(other):
            continue
        first = [item for item in dated if item.citation.date == usual]
        second = [item for item in dated if item.citation.date == other]
        homes = {item.facts.layer.id for item in first} & {item.facts.layer.id for item in second}
        if scope == "corpus" and homes and len({item.facts.layer.id for item in (*first, *second)}) == 1:
            continue  # that report's own finding
        where = len({item.facts.layer.id for item in (*first, *second)})
        name = document.name
        identity = (whose(first[0].facts),) if inside else ()
        found.append(
            Finding(
                rule="citation_date",
                severity="error",
                finding_class="contradiction",
                scope="report" if inside else "corpus",
                message=(
                    f"{name} được viện dẫn với hai ngày ban hành: {_show(usual)} ({_files(first)}) và {_show(other)} "
                    f"({_files(second)}). Một văn bản chỉ có một ngày; cần đối chiếu bản gốc."
                ),
                message_en=(
                    f"{name} is cited with two dates: {_show(usual)} ({_files(first)}) and {_show(other)} "
                    f"({_files(second)}), in {where} report(s). A document has one date; the original decides."
                ),
                operands=tuple(
                    operand for item in (*first, *second) for operand in item.operands(item.citation.date)
                ),
                stated=_show(other),
                expected=_show(usual) if reports[usual] > reports[other] else None,
                fingerprint=fingerprint("citation_date", *identity, document.entity.id, *sorted((usual, other))),
            )
        )
    return found


def _mentions(document: Document, date: str) -> int:
    return sum(len(item.citation.evidence) for item in document.cited if item.citation.date == date)


def _files(cited: Sequence[object]) -> str:
    files = sorted({item.facts.layer.file.rsplit("/", 1)[-1] for item in cited})  # type: ignore[attr-defined]
    return ", ".join(files[:3]) + (", …" if len(files) > 3 else "")


def _show(date: str) -> str:
    """A date as reports print it: ``05/5/2016``."""
    parts = date.split("-")
    return "/".join(reversed(parts)) if len(date) <= _FULL_DATE else date
