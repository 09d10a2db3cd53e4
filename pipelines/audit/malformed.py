"""Numbers of documents whose symbols are not those of their issuer and type."""

from __future__ import annotations

import re

from pipelines.audit.documents import Cited, Document, cited_documents, document_of
from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.audit.lookalikes import one_letter
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import body_symbols, document_type, fold, symbols
from schemas import Finding

#: A number with its type and its body.
NUMBER = re.compile(
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


_REVERSED = re.compile(r"(?P<serial>\d+[A-Za-z]?)[-/](?P<body>[^\W\d_&]+)[-/](?P<kind>[^\W\d_]+)")
_TWO_BODIES = re.compile(r"(?P<one>\d+[A-Za-z]?/[^\W\d_]+-(?P<body>[^\W\d_]+))-(?P<other>[^\W\d_]+)")
_JOINT = ("ttlt", "nqlt", "ctlt", "khlt", "qclt", "hdlt", "ctrlt", "bblt")
_LETTER = "cong_van"
#: Of a shorter symbol one letter makes that of another body.
_LONG = 5
#: Where the report writes it right elsewhere, shorter ones will do.
_LEAST_LETTERS = 4


def malformed_symbols(facts: ReportFacts) -> list[Finding]:
    """Symbols that lack a letter or their type, stand in the wrong order, or name two bodies."""
    found = _slips(facts) + _untyped(facts) + _misplaced(facts)
    # Where the report writes it right elsewhere, a letter of the symbol is told by that as well.
    return list({finding.fingerprint: finding for finding in reversed(found)}.values())[::-1]


def proper_number(number: str) -> str | None:
    """How a malformed number should be written, or None where it is well formed or not known.

    ``29/NQ-TW`` should be ``29-NQ/TW``, ``01-ĐA/UBND`` ``01/ĐA-UBND``.
    """
    match = NUMBER.fullmatch(number)
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


#: So far from the top the number of a report stands.
_HEAD_REACH = 1500


def malformed_own(facts: ReportFacts) -> list[Finding]:
    """The report's own number, written as its issuer's are not: ``Số: 31-KH/UBND`` of a commune."""
    number = facts.report.number or ""
    proper = proper_number(number)
    printed = re.compile(r"\s*".join(map(re.escape, "".join(number.split()))))
    match = printed.search(facts.layer.text, 0, _HEAD_REACH) if proper is not None else None
    if match is None or proper is None:
        return []
    passage = facts.layer.evidence(*match.span())
    return [
        Finding(
            rule="citation_number",
            severity="notice",
            finding_class="variant",
            scope="report",
            message=f"Số của chính văn bản ({number}) viết sai thể thức của cơ quan ban hành, đúng ra là {proper}.",
            message_en=f"The report's own number {number} is malformed for its issuer; it should be {proper}.",
            operands=(operand(facts, passage, number),),
            stated=number,
            expected=proper,
            fingerprint=fingerprint("citation_number", whose(facts), "own", literal(number), literal(proper)),
        )
    ]


def _misplaced(facts: ReportFacts) -> list[Finding]:
    """``29-TW/NQ``, ``1447/QĐ-UBND-BGDĐT`` and ``14/2009/TT-BGĐĐT``, each of which can only mean one number."""
    found = []
    for document in cited_documents(facts):
        for item in document.cited:
            number = item.citation.number or ""
            proper = (
                _in_order(item, number)
                or _of_one_body(item, number)
                or _with_right_letter(number)
                or _with_year(item, number)
            )
            if proper is not None and proper != number:
                found.append(malformed(facts, document, [item], proper, []))
    return found


def _in_order(item: Cited, number: str) -> str | None:
    """The number of a named type whose symbol stands behind that of the body."""
    match, named = _REVERSED.fullmatch(number), document_type(item.citation.doc_type)
    if match is None or named is None or named.id == _LETTER:
        return None
    body = body_symbols().get(fold(match["body"]))
    if body is None or all(entry.id != named.id for entry in symbols().get(fold(match["kind"]), ())):
        return None
    first, second = ("-", "/") if body.id in _PARTY else ("/", "-")
    return f"{match['serial']}{first}{match['kind']}{second}{match['body']}"


def _of_one_body(item: Cited, number: str) -> str | None:
    """The number of a decision or plan that bears the symbols of two bodies of the State, without the second one."""
    match, named = _TWO_BODIES.fullmatch(number), document_type(item.citation.doc_type)
    if match is None or named is None or named.id not in _ALONE or fold(number.split("/")[-1]).startswith(_JOINT):
        return None
    bodies = [body_symbols().get(fold(match[name])) for name in ("body", "other")]
    apart = bodies[0] is not None and bodies[1] is not None and bodies[0].id != bodies[1].id
    return match["one"] if apart and all(body is not None and body.id in _OFFICES for body in bodies) else None


_YEARLY = re.compile(r"(?P<serial>\d+)[-/](?P<year>(?:19|20)\d\d)[-/](?P<one>[^\W\d_]+)[-/](?P<two>[^\W\d_][\w&Đđ]*)")


def _with_year(item: Cited, number: str) -> str | None:
    """The number of the State with a year whose signs or symbols stand otherwise than they should.

    ``16-2018/BGDĐT-TT`` and ``16-2018/TT-BGDĐT`` should be ``16/2018/TT-BGDĐT``.
    """
    match, named = _YEARLY.fullmatch(number), document_type(item.citation.doc_type)
    if match is None or named is None or named.id not in _TYPED:
        return None
    for kind, issuer in ((match["one"], match["two"]), (match["two"], match["one"])):
        body = body_symbols().get(fold(issuer.replace("&", "")))
        of_type = any(entry.id == named.id for entry in symbols().get(fold(kind), ()))
        if of_type and body is not None and body.id in _STATE:
            return f"{match['serial']}/{match['year']}/{kind}-{issuer}"
    return None


#: What one body issues alone, and bodies that are no department of another one.
_ALONE = ("quyet_dinh", "ke_hoach")
_OFFICES = frozenset(
    ("uy_ban_nhan_dan", "hoi_dong_nhan_dan", "bo_giao_duc_va_dao_tao", "so_giao_duc_va_dao_tao", "chinh_phu")
)


def _with_right_letter(number: str) -> str | None:
    """The number of a circular whose body is that of a ministry but for one letter: ``TT-BGĐĐT``."""
    match = NUMBER.fullmatch(number)
    if match is None or not match["year"] or fold(match["kind"]) != "tt":
        return None
    body = fold(match["body"])
    if len(body) < _LONG or body in body_symbols():
        return None
    near = [
        symbol
        for symbol, known in body_symbols().items()
        if known.id.startswith("bo_") and len(symbol) == len(body) and one_letter(body, symbol)
    ]
    if len(near) != 1:
        return None
    printed = next(s for s in body_symbols()[near[0]].symbols if fold(s) == near[0])
    return number[: match.start("body")] + printed


def _slips(facts: ReportFacts) -> list[Finding]:
    """Numbers that a report prints once without, once with a letter of the body's symbol: ``TT-BGĐT``, ``TT-BGDĐT``."""
    by_serial: dict[tuple[str, ...], dict[str, list[Cited]]] = {}
    for document in cited_documents(facts):
        for item in document.cited:
            match = NUMBER.fullmatch(item.citation.number or "")
            if match is not None and match["year"]:
                key = match["serial"], match["year"], fold(match["kind"])
                by_serial.setdefault(key, {}).setdefault(fold(match["body"].replace("&", "")), []).append(item)
    found = []
    for bodies in by_serial.values():
        known = [body for body in bodies if body_symbols().get(body) is not None]
        for body in bodies:
            near = [other for other in known if other != body and _is_slip_of(body, other)]
            if body not in known and near:
                right = bodies[near[0]]
                proper = right[0].citation.number or ""
                document = document_of(proper, [*bodies[body], *right])
                found.append(malformed(facts, document, bodies[body], proper, right))
    return found


_UNTYPED = re.compile(r"(?P<serial>\d+)/(?P<year>(?:19|20)\d\d)/(?P<body>[^\W\d_][\w&Đđ]*)")


def _untyped(facts: ReportFacts) -> list[Finding]:
    """Numbers of the State with a year and a body that lack the symbol of their type: ``19/2019/BGDĐT``."""
    found = []
    for document in cited_documents(facts):
        for item in document.cited:
            match = _UNTYPED.fullmatch(item.citation.number or "")
            body = body_symbols().get(fold(match["body"].replace("&", ""))) if match else None
            named = document_type(item.citation.doc_type)
            if match is None or body is None or body.id not in _STATE or named is None or named.id not in _TYPED:
                continue
            proper = f"{match['serial']}/{match['year']}/{named.symbols[0]}-{match['body']}"
            found.append(malformed(facts, document, [item], proper, []))
    return found


#: Types whose numbers have a year and a symbol (Nghị định 34/2016/NĐ-CP).
_TYPED = ("thong_tu", "nghi_dinh", "quyet_dinh")


def _is_slip_of(wrong: str, proper: str) -> bool:
    """Whether a symbol is another one without one of its letters, or with one written otherwise."""
    told = len(wrong) < len(proper) or len(wrong) == len(proper) >= _LEAST_LETTERS
    return told and one_letter(wrong, proper)


def malformed(facts: ReportFacts, document: Document, cited: list[Cited], proper: str, right: list[Cited]) -> Finding:
    """The finding of a number that should be written otherwise."""
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
        fingerprint=fingerprint("citation_number", whose(facts), literal(number), literal(proper)),
    )


def literal(number: str) -> str:
    """A number of which a fingerprint keeps the signs."""
    return number.replace("-", " dash ").replace("/", " slash ")
