"""Spellings of document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.audit.documents import Cited, Document, cited_documents, cited_items, document_of
from pipelines.audit.findings import fingerprint, whose
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import body_symbols, fold, symbols
from schemas import Finding

_NUMBER = re.compile(
    r"(?P<serial>\d+[A-Za-z]?)(?:/(?P<year>\d{4}))?(?P<first>[-/])(?P<kind>[^\W\d_]+)(?P<second>[-/])(?P<body>[\w&Đđ.]+)"
)
# Bodies of the Party by their ids in schemas/canonical: a dash before the type, a slash before the
# body (Hướng dẫn 36-HD/VPTW); those of the State the other way round (Nghị định 30/2020/NĐ-CP).
_PARTY = frozenset(
    {"trung_uong", "tinh_uy", "thanh_uy", "huyen_uy", "quan_uy", "thi_uy", "dang_uy", "chi_bo", "van_phong_trung_uong",
     "ban_to_chuc_trung_uong", "ban_tuyen_giao_trung_uong"}
)  # fmt: skip
_STATE = frozenset(
    {"chinh_phu", "thu_tuong", "chu_tich_nuoc", "uy_ban_nhan_dan", "hoi_dong_nhan_dan", "bo_giao_duc_va_dao_tao",
     "bo_noi_vu", "bo_tai_chinh", "bo_y_te", "bo_van_hoa", "so_giao_duc_va_dao_tao", "so_noi_vu",
     "phong_giao_duc_va_dao_tao", "phong_noi_vu"}
)  # fmt: skip


#: Shorter numbers meet by chance.
_LEAST_DIGITS = 3


def check_citation_number(facts: ReportFacts) -> list[Finding]:
    """Số, ký hiệu văn bản viết sai thể thức của cơ quan ban hành, hoặc một văn bản viết theo hai cách.

    Văn bản của Đảng: gạch nối trước loại, gạch chéo trước cơ quan (29-NQ/TW). Văn bản nhà nước: gạch
    chéo trước loại, gạch nối trước cơ quan (73/KH-UBND, 55/2012/NĐ-CP). Hai số cùng ngày chỉ khác thứ tự chữ số
    (214, 241) được coi là một văn bản.

    A number malformed for its issuer, or one document with two spellings. The Party writes a dash before
    the type and a slash before the body; the State the other way round. Two numbers of one day whose digits are only in
    another order (214, 241) are taken for one document.

    Severity: notice. Tolerance: case, spaces and leading zeros do not matter.
    """
    found = _slips(facts) + _turned(facts)
    for document in cited_documents(facts):
        spellings = _spellings(document)
        malformed = {
            key: proper for key in spellings if (proper := proper_number(spellings[key][0].citation.number or ""))
        }
        for key, proper in malformed.items():
            found.append(_malformed(facts, document, spellings[key], proper, spellings.get(_key(proper), [])))
        rest = [key for key in spellings if key not in malformed]
        if len(rest) > 1:
            found.append(_variants(document, [spellings[key] for key in rest], whose(facts)))
    return found


def items_citation_number(view: View) -> Iterator[tuple[str, Cited]]:
    """The numbered citations of a report by document."""
    yield from cited_items(view)


def alike_citation_number(item: Cited) -> str:
    """Citations with one spelling say the same."""
    return item.citation.number or ""


def across_citation_number(key: str, items: Sequence[Cited]) -> list[Finding]:
    """Một văn bản được các báo cáo viết số theo hai cách (29/NQ-TW và 29-NQ/TW).

    Reports spell the number of one document in two ways.
    """
    document = document_of(key, items)
    spellings = _spellings(document)
    homes = [{item.report for item in cited} for cited in spellings.values()]
    if len(spellings) > 1 and len(set.union(*homes)) > 1 and not all(home == homes[0] for home in homes):
        return [_variants(document, list(spellings.values()), None)]
    return []


def proper_number(number: str) -> str | None:
    """How a malformed number should be written, or None where it is well formed or not known.

    ``29/NQ-TW`` should be ``29-NQ/TW``, ``01-ĐA/UBND`` ``01/ĐA-UBND``.
    """
    match = _NUMBER.fullmatch(number)
    if match is None or fold(match["kind"]) not in symbols():
        return None
    body = body_symbols().get(fold(match["body"].replace("&", "")))
    if body is None:
        return None
    if body.id in _PARTY and match["year"] is None:
        first, second = "-", "/"
    elif body.id in _STATE:
        first, second = "/", "-"
    else:
        return None
    if (match["first"], match["second"]) == (first, second):
        return None
    year = f"/{match['year']}" if match["year"] else ""
    return f"{match['serial']}{year}{first}{match['kind']}{second}{match['body']}"


def _key(number: str) -> str:
    """A spelling by its signs; case, spaces, leading zeros, ``&`` and a year in the number do not count."""
    folded = fold(number).replace("&", "").replace("tư", "tw").lstrip("0")
    return re.sub(r"^(\d+)/(?:19|20)\d\d(?=/)", r"\1", "".join(folded.split()))


def _slips(facts: ReportFacts) -> list[Finding]:
    """Numbers that a report prints once without, once with a letter of the body's symbol: ``TT-BGĐT``, ``TT-BGDĐT``."""
    by_serial: dict[tuple[str, ...], dict[str, list[Cited]]] = {}
    for document in cited_documents(facts):
        for item in document.cited:
            match = _NUMBER.fullmatch(item.citation.number or "")
            if match is not None and match["year"]:
                key = match["serial"], match["year"], fold(match["kind"])
                by_serial.setdefault(key, {}).setdefault(fold(match["body"].replace("&", "")), []).append(item)
    found = []
    for bodies in by_serial.values():
        known = [body for body in bodies if body_symbols().get(body) is not None]
        for body in bodies:
            near = [other for other in known if other != body and _lacks_one(body, other)]
            if body not in known and near:
                right = bodies[near[0]]
                proper = right[0].citation.number or ""
                document = document_of(proper, [*bodies[body], *right])
                found.append(_malformed(facts, document, bodies[body], proper, right))
    return found


def _turned(facts: ReportFacts) -> list[Finding]:
    """Documents of one symbol and one day whose serial numbers have the same digits in another order."""
    known: dict[tuple[str, ...], list[Document]] = {}
    for document in cited_documents(facts):
        number = parse_number(document.cited[0].citation.number or "")
        day = next((item.day for item in document.cited if item.day), None)
        if day is not None and number.rest and len(number.serial) >= _LEAST_DIGITS:
            key = (day, number.type_symbol or "", *number.rest, "".join(sorted(number.serial)))
            known.setdefault(key, []).append(document)
    return [
        _variants(document_of(first.id, first.cited), [list(first.cited), list(other.cited)], whose(facts))
        for first, other, *_ in (group for group in known.values() if len(group) > 1)
    ]


def _lacks_one(short: str, whole: str) -> bool:
    """Whether one symbol is another without one of its letters."""
    return any(whole[:at] + whole[at + 1 :] == short for at in range(len(whole)))


def _spellings(document: Document) -> dict[str, list[Cited]]:
    found: dict[str, list[Cited]] = {}
    for item in document.cited:
        number = item.citation.number or ""
        if _NUMBER.fullmatch(number):
            found.setdefault(_key(number), []).append(item)
    return found


def _malformed(facts: ReportFacts, document: Document, cited: list[Cited], proper: str, right: list[Cited]) -> Finding:
    number = cited[0].citation.number or ""
    beside = " Chính báo cáo này cũng có chỗ viết đúng." if right else ""
    return Finding(
        rule="citation_number",
        severity="notice",
        finding_class="variant",
        scope="report",
        message=(
            f"{cited[0].citation.doc_type} số {number}: ký hiệu viết sai thể thức của cơ quan ban hành, đúng ra là "
            f"{proper}.{beside}"
        ),
        message_en=f"{number} is malformed for its issuer; it should be {proper}."
        + (" The report writes it so elsewhere." if right else ""),
        operands=tuple(operand for item in (*cited, *right) for operand in item.operands(item.citation.number)),
        stated=number,
        expected=proper,
        fingerprint=fingerprint("citation_number", whose(facts), _literal(number), _literal(proper)),
    )


def _variants(document: Document, spellings: list[list[Cited]], identity: str | None) -> Finding:
    numbers = [cited[0].citation.number or "" for cited in spellings]
    proper = next((number for number in numbers if proper_number(number) is None), None)
    wrong = next((number for number in numbers if number != proper), numbers[0])
    joined = " và ".join(numbers)
    operands = [
        operand
        for cited in spellings
        for item in _one_a_report(cited)
        for operand in item.operands(item.citation.number, 1)
    ]
    return Finding(
        rule="citation_number",
        severity="notice",
        finding_class="variant",
        scope="report" if identity is not None else "corpus",
        message=f"Cùng một văn bản ({document.name}) được viết số theo {len(numbers)} cách: {joined}."
        + (f" Cách đúng thể thức là {proper}." if proper else ""),
        message_en=(
            f"One document ({document.name}) has {len(numbers)} spellings of its number: {' and '.join(numbers)}."
        )
        + (f" {proper} is the proper one." if proper else ""),
        operands=tuple(operands),
        stated=wrong,
        expected=proper,
        fingerprint=fingerprint("citation_number", identity or "", document.id, *sorted(map(_literal, numbers))),
    )


def _one_a_report(cited: Sequence[Cited]) -> list[Cited]:
    return list({item.report: item for item in reversed(cited)}.values())[::-1]


def _literal(number: str) -> str:
    """A number of which a fingerprint keeps the signs."""
    return number.replace("-", " dash ").replace("/", " slash ")
