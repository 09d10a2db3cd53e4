"""One document cited as two types, or as a type that its number does not bear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.audit.documents import Cited, cited_documents, files_of
from pipelines.audit.findings import fingerprint, whose
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import document_type, fold, symbols
from schemas import Finding

# What a decision or circular promulgates is often cited under that one's number.
_PROMULGATED = {"quy_che", "quy_dinh", "de_an", "chuong_trinh", "ke_hoach", "du_an", "phuong_an", "huong_dan"}
_PROMULGATING = {"quyet_dinh", "thong_tu", "thong_tu_lien_tich", "nghi_quyet"}
# A letter is often cited by what it does.
_LETTER, _DOES = "cong_van", {"huong_dan", "thong_bao", "to_trinh", "bao_cao", "cong_dien"}
_JOINT = {"thong_tu", "thong_tu_lien_tich"}
# A resolution has programmes, plans have decisions.
_APART = {"nghi_quyet", "ke_hoach"}


def check_citation_type(facts: ReportFacts) -> list[Finding]:
    """Một văn bản được gọi bằng hai tên loại (Nghị quyết và Kết luận số 51-KL/TW), hoặc tên loại không đúng với ký
    hiệu trong số (Nghị quyết số 05-CT/TW: CT là Chỉ thị).

    Đề án, quy chế, chương trình ban hành kèm theo quyết định thường được gọi theo số của quyết định; công văn hướng
    dẫn có thể gọi là hướng dẫn: những trường hợp đó không xét, trừ khi ký hiệu cho biết đó không phải công văn mà
    văn bản được gọi theo cả hai cách.

    One document is cited as two types, or as a type that the symbol in its number does not stand for. What a decision
    promulgates is often cited by the decision's number, and a letter by what it does: these are left alone, but not
    where the symbol is that of the other type and both names are used.

    Severity: warning. Tolerance: case, spaces and leading zeros do not matter.
    """
    found = []
    groups: dict[str, list[Cited]] = {}
    undated: list[Cited] = []
    for document in cited_documents(facts):
        for item in document.cited:
            if (finding := _against_symbol(facts, item)) is not None:
                found.append(finding)
            elif (key := _key(item)) is not None:
                groups.setdefault(key, []).append(item)
            elif item.citation.number and parse_number(item.citation.number).rest:
                undated.append(item)
    for item in undated:
        # Without its day a number is that of the one document of the report that has it.
        number = parse_number(item.citation.number or "")
        start = "\x1f".join((number.serial, number.type_symbol or "", *number.rest, ""))
        same = [key for key in groups if key.startswith(start)]
        if len(same) == 1:
            groups[same[0]].append(item)
    for key, cited in groups.items():
        found += _two_types(key, cited, whose(facts))
    return found


def items_citation_type(view: View) -> Iterator[tuple[str, Cited]]:
    """The citations of a report whose number and date or year tell the document without its type."""
    for citation in view.facts.citations:
        item = Cited(view.facts, view.scope, citation)
        if citation.evidence and (key := _key(item)) is not None and _against_symbol(view.facts, item) is None:
            yield key, item


def alike_citation_type(item: Cited) -> str:
    """Citations by one type say the same."""
    return item.citation.doc_type


def across_citation_type(key: str, items: Sequence[Cited]) -> list[Finding]:
    """Hai báo cáo gọi cùng một văn bản bằng hai tên loại.

    Two reports cite one document as two types.
    """
    return [finding for finding in _two_types(key, items, None) if len({o.report for o in finding.operands}) > 1]


def _key(item: Cited) -> str | None:
    """What tells a document without its type: its whole number and its day, or the year in the number."""
    citation = item.citation
    if citation.number is None:
        return None
    number = parse_number(citation.number)
    when = item.day or number.year
    if when is None or not number.rest:
        return None
    return "\x1f".join((number.serial, number.type_symbol or "", *number.rest, when))


def _against_symbol(facts: ReportFacts, item: Cited) -> Finding | None:
    citation = item.citation
    named = document_type(citation.doc_type)
    symbol = parse_number(citation.number or "").type_symbol
    meant = symbols().get(symbol or "", ())
    if named is None or not meant or any(_may_bear(named.id, entry.id) for entry in meant):
        return None
    proper = meant[0].forms[0]
    number = citation.number or ""
    return Finding(
        rule="citation_type",
        severity="warning",
        finding_class="contradiction",
        scope="report",
        message=(
            f"“{citation.doc_type} {number}”: ký hiệu trong số là của {proper}. Hoặc tên loại, hoặc số văn bản bị "
            "ghi sai."
        ),
        message_en=(
            f"“{citation.doc_type} {number}”: the symbol in the number stands for {proper}. One of both is wrong."
        ),
        operands=item.operands(citation.doc_type),
        stated=citation.doc_type,
        expected=proper,
        fingerprint=fingerprint("citation_type", whose(facts), citation.doc_type, number),
    )


def _may_bear(named: str, symbol: str) -> bool:
    """Whether a document of the named type can fairly have a number with the symbol of the other."""
    if named in _PROMULGATING and symbol in _PROMULGATED:
        return False
    return _may_be(named, symbol)


def _may_be(one: str, other: str) -> bool:
    """Whether one document can fairly bear both types."""
    pair = {one, other}
    if one == other or pair == _JOINT:
        return True
    if pair == _APART:
        return False
    if _LETTER in pair:
        return bool(pair & _DOES)
    return bool(pair & _PROMULGATED) and bool(pair & _PROMULGATING)


def _told_by_symbol(item: Cited, one: str, other: str) -> bool:
    """Whether the number tells which of a letter and another type is right: ``60/KH-PGDĐT`` is a plan's."""
    meant = symbols().get(parse_number(item.citation.number or "").type_symbol or "", ())
    return _LETTER in (one, other) and any(entry.id in (one, other) and entry.id != _LETTER for entry in meant[:1])


def _two_types(key: str, cited: Sequence[Cited], identity: str | None) -> list[Finding]:
    first = cited[0]
    a = document_type(first.citation.doc_type)
    for other in cited[1:]:
        b = document_type(other.citation.doc_type)
        if (
            a is None
            or b is None
            or (_may_be(a.id, b.id) and not _told_by_symbol(first, a.id, b.id))
            or fold(first.citation.doc_type) == fold(other.citation.doc_type)
        ):
            continue
        names = first.citation.doc_type, other.citation.doc_type
        where = f" ({files_of([first])}; {files_of([other])})" if identity is None else ""
        return [
            Finding(
                rule="citation_type",
                severity="warning",
                finding_class="contradiction",
                scope="report" if identity is not None else "corpus",
                message=(
                    f"Văn bản số {first.citation.number} được gọi là {names[0]} và {names[1]}{where}: một tên loại sai."
                ),
                message_en=(
                    f"Document {first.citation.number} is cited as {names[0]} and as {names[1]}: one type is wrong."
                ),
                operands=(*first.operands(names[0], 1), *other.operands(names[1], 1)),
                stated=names[1],
                expected=names[0] if identity is None else None,
                fingerprint=fingerprint("citation_type", identity or "", key, *sorted(names)),
            )
        ]
    return []
