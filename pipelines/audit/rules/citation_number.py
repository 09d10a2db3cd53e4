"""Spellings of document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.relations.twins import are_turned
from pipelines.audit.documents import Cited, Document, cited_documents, cited_items, document_of, subject_alone
from pipelines.audit.findings import fingerprint, normal, whose
from pipelines.audit.lookalikes import are_moved, is_slip, kind_of, lookalike_keys, lookalikes
from pipelines.audit.malformed import NUMBER, literal, malformed, malformed_own, malformed_symbols, proper_number
from pipelines.audit.owned import TURNED, Owned, of_one_body, owned_items
from pipelines.audit.typed_numbers import misread_types
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import fold
from schemas import Finding

#: Shorter numbers meet by chance.
_LEAST_DIGITS = 3
#: Numbers that an office gives on one day do not lie so far apart.
_FAR = 90
#: Of a report's own number fewer will do.
_LEAST_TURNED = 2


def check_citation_number(facts: ReportFacts) -> list[Finding]:
    """Số, ký hiệu văn bản viết sai thể thức của cơ quan ban hành, hoặc một văn bản viết theo hai cách.

    Văn bản của Đảng: gạch nối trước loại, gạch chéo trước cơ quan (29-NQ/TW). Văn bản nhà nước: gạch
    chéo trước loại, gạch nối trước cơ quan (73/KH-UBND, 55/2012/NĐ-CP). Hai số cùng ngày chỉ khác thứ tự chữ số
    (214, 241) được coi là một văn bản; giữa các báo cáo cùng nơi thì khi hai số cách xa nhau (2190, 2910).

    A number malformed for its issuer, or one document with two spellings. The Party writes a dash before
    the type and a slash before the body; the State the other way round. Two numbers of one day whose digits are only in
    another order (214, 241) are taken for one document; of two reports of one place where they lie far apart.

    Severity: notice. Tolerance: case, spaces and leading zeros do not matter.
    """
    found = malformed_symbols(facts) + malformed_own(facts) + _turned(facts) + _longer(facts) + _joint(facts)
    found += _endings(facts) + misread_types(facts)
    known = {frozenset(operand.value for operand in finding.operands) for finding in found}
    found += [f for f in _slips(facts) if frozenset(operand.value for operand in f.operands) not in known]
    for document in cited_documents(facts):
        spellings = _spellings(document)
        wrong = {key: proper for key in spellings if (proper := proper_number(spellings[key][0].citation.number or ""))}
        for key, proper in wrong.items():
            found.append(malformed(facts, document, spellings[key], proper, spellings.get(_key(proper), [])))
        rest = [key for key in spellings if key not in wrong]
        if len(rest) > 1:
            found.append(_variants(document, [spellings[key] for key in rest], whose(facts)))
    return found


def items_citation_number(view: View) -> Iterator[tuple[str, Cited]]:
    """The numbered citations of a report by document, and it and those of its place by their days."""
    yield from cited_items(view)
    yield from owned_items(view, TURNED)
    yield from lookalike_keys(view)


def alike_citation_number(item: Cited) -> tuple[str, bool]:
    """Citations with one spelling say the same."""
    return item.citation.number or "", isinstance(item, Owned) and item.own


def across_citation_number(key: str, items: Sequence[Cited]) -> list[Finding]:
    """Một văn bản được các báo cáo viết số theo hai cách (29/NQ-TW và 29-NQ/TW).

    Reports spell the number of one document in two ways, or give that of another report its digits in another order.
    """
    if kind_of(key):
        return _of_one(key, items)
    if key.startswith(f"{TURNED}\x1f"):
        return _turned_across([item for item in items if isinstance(item, Owned)])
    document = document_of(key, items)
    spellings = _spellings(document)
    homes = [{item.report for item in cited} for cited in spellings.values()]
    if len(spellings) > 1 and len(set.union(*homes)) > 1 and not all(home == homes[0] for home in homes):
        return [_variants(document, list(spellings.values()), None)]
    return []


def _of_one(key: str, items: Sequence[Cited]) -> list[Finding]:
    """The first pair of two reports whose numbers are those of one document by all but a slip."""
    for one, other in lookalikes(key, items):
        if one.facts is not other.facts:
            document = document_of(f"{one.citation.doc_type} {one.citation.number}", [one, other])
            return [_variants(document, [[one], [other]], None)]
    return []


def _turned_across(items: Sequence[Owned]) -> list[Finding]:
    """A report whose number another one of its place cites with its digits in another order, of the same day."""
    for own in (item for item in items if item.own):
        number = parse_number(own.citation.number or "").serial
        others = [item for item in items if item.report != own.report and of_one_body(own, item)]
        wrong = [item for item in others if not item.own and parse_number(item.citation.number or "").serial != number]
        taken = {parse_number(item.citation.number or "").serial for item in others if item.own}
        wrong = [item for item in wrong if parse_number(item.citation.number or "").serial not in taken]
        if wrong and len(number) >= _LEAST_TURNED:
            return [_variants(document_of(own.report, [own]), [[own], list[Cited](wrong)], None)]
    return _turned_far(items)


def _turned_far(items: Sequence[Owned]) -> list[Finding]:
    """The first two reports that cite a document of one day by numbers whose turned digits lie far apart.

    An office numbers few documents a day: 2.190 and 2.910 are hardly two of them.
    """
    numbers: dict[str, set[str]] = {}
    for item in items:
        numbers.setdefault(item.report, set()).add(parse_number(item.citation.number or "").serial)
    for one, other in combinations(items, 2):
        first, second = (parse_number(item.citation.number or "").serial for item in (one, other))
        if one.report == other.report or first == second or not of_one_body(one, other):
            continue
        if second in numbers[one.report] or first in numbers[other.report]:
            continue
        if (
            first.isdigit()
            and second.isdigit()
            and are_turned(int(first), int(second))
            and abs(int(first) - int(second)) >= _FAR
        ):
            return [_variants(document_of(one.report, [one]), [[one], [other]], None)]
    return []


def _key(number: str) -> str:
    """A spelling by its signs; case, spaces, leading zeros, ``&`` and a year in the number do not count."""
    folded = fold(number).replace("&", "").replace("tư", "tw").lstrip("0")
    return re.sub(r"^(\d+)/(?:19|20)\d\d(?=/)", r"\1", "".join(folded.split()))


def _turned(facts: ReportFacts) -> list[Finding]:
    """Documents of one symbol and one day whose serial numbers have the same digits in another order."""
    known: dict[tuple[str, ...], list[Document]] = {}
    for document in cited_documents(facts):
        number = parse_number(document.cited[0].citation.number or "")
        day = next((item.day for item in document.cited if item.day), None)
        # Fewer digits will do where both are cited for one subject.
        subject = "" if len(number.serial) >= _LEAST_DIGITS else _subject(document)
        if day is not None and number.rest and (len(number.serial) >= _LEAST_DIGITS or subject):
            key = (day, number.type_symbol or "", *number.rest, "".join(sorted(number.serial)), subject)
            known.setdefault(key, []).append(document)
    return [
        _variants(document_of(first.id, first.cited), [list(first.cited), list(other.cited)], whose(facts))
        for first, other, *_ in (group for group in known.values() if len(group) > 1)
    ]


def _subject(document: Document) -> str:
    """What a document is cited for, where that is said in enough words."""
    said = {normal(subject_alone(item.citation.subject)) for item in document.cited if item.citation.subject}
    subject = said.pop() if len(said) == 1 else ""
    return subject if len(subject.split()) >= _LEAST_WORDS else ""


_LEAST_WORDS = 5


def _slips(facts: ReportFacts) -> list[Finding]:
    """Documents of one serial number and day whose symbols differ by a slip: ``1420/SGDĐT``, ``1420-CV/SGDĐT``."""
    by_day: dict[tuple[str, str | None], list[Cited]] = {}
    for document in cited_documents(facts):
        item = document.cited[0]
        by_day.setdefault((parse_number(item.citation.number or "").serial, item.day), []).append(item)
    return [
        _variants(document_of(f"{one.citation.doc_type} {one.citation.number}", [one]), [[one], [other]], whose(facts))
        for (serial, day), items in by_day.items()
        for one, other in combinations(items, 2)
        if serial and day and fold(one.citation.doc_type) == fold(other.citation.doc_type) and is_slip(one, other)
    ] + [
        _variants(document_of(first.id, first.cited), [[one], [two]], whose(facts)) for first, one, two in _moved(facts)
    ]


def _moved(facts: ReportFacts) -> Iterator[tuple[Document, Cited, Cited]]:
    """Documents of one serial number with the same symbols in another order, of which one is cited without its day."""
    for first, other in combinations(cited_documents(facts), 2):
        one, two = first.cited[0], other.cited[0]
        serials = {parse_number(item.citation.number or "").serial for item in (one, two)}
        years = {(item.citation.date or "")[:4] for item in (one, two)} - {""}
        undated = not (one.day and two.day) and len(years) < 2
        alike = fold(one.citation.doc_type) == fold(two.citation.doc_type) and len(serials) == 1
        if undated and alike and are_moved(one, two):
            yield first, one, two


def _longer(facts: ReportFacts) -> list[Finding]:
    """Documents of one number and day of which one's symbol goes on: ``19-NQ/TW`` and ``19-NQ/TW-BCH``."""
    return [
        _variants(document_of(first.id, first.cited), [list(first.cited), list(other.cited)], whose(facts))
        for first, other in combinations(cited_documents(facts), 2)
        if _goes_on(first.cited[0], other.cited[0])
    ]


def _goes_on(one: Cited, other: Cited) -> bool:
    if one.day is None or one.day != other.day:
        return False
    a, b = (parse_number(item.citation.number or "") for item in (one, other))
    shorter, longer = sorted((a.rest, b.rest), key=len)
    same = (a.serial, a.type_symbol) == (b.serial, b.type_symbol) and a.type_symbol is not None
    return same and 0 < len(shorter) < len(longer) and longer[: len(shorter)] == shorter


def _endings(facts: ReportFacts) -> list[Finding]:
    """Letters of one number and office with two endings, ``1384/SGDĐT-TCCB`` and ``1384/SGDĐT-KHTC``.

    An office counts its letters of a year in one row, whichever of its units writes them. One of both may be cited
    without its day.
    """
    found = []
    for first, other in combinations(cited_documents(facts), 2):
        one, two = first.cited[0], other.cited[0]
        a, b = (parse_number(item.citation.number or "") for item in (one, two))
        same = (a.serial, a.type_symbol, a.body) == (b.serial, b.type_symbol, b.body) and a.body is not None
        ends = len(a.rest) == len(b.rest) > 1 and a.rest[:-1] == b.rest[:-1] and a.rest[-1] != b.rest[-1]
        if not same or not ends or len(a.serial) < _LEAST_DIGITS:
            continue
        if fold(one.citation.doc_type) == fold(two.citation.doc_type) and _may_be_of_one_day(one, two):
            found.append(_variants(document_of(first.id, first.cited), [[one], [two]], whose(facts)))
    return found


def _may_be_of_one_day(one: Cited, other: Cited) -> bool:
    """Whether two citations are of one day, or one tells its day and the other no time that speaks against it."""
    if one.day and other.day:
        return one.day == other.day
    years = {(item.citation.date or "")[:4] for item in (one, other)} - {""}
    return bool(one.day or other.day) and len(years) == 1


#: What makes the symbol of a type that of a joint one: ``TT``, ``TTLT``.
_JOINTLY = "lt"


def _joint(facts: ReportFacts) -> list[Finding]:
    """Documents of one number, body and day, named alike, of which only one has the symbol of a joint one."""
    found = []
    for first, other in combinations(cited_documents(facts), 2):
        one, two = first.cited[0], other.cited[0]
        a, b = (parse_number(item.citation.number or "") for item in (one, two))
        # Of a number that has its year the day may be told once only.
        days = {one.day, two.day} - {None}
        dated = len(days) == 1 and (a.year is not None or one.day == two.day)
        same = (a.serial, a.year, a.rest) == (b.serial, b.year, b.rest) and dated
        short, long = sorted((a.type_symbol or "", b.type_symbol or ""), key=len)
        if same and short and short + _JOINTLY == long and fold(one.citation.doc_type) == fold(two.citation.doc_type):
            found.append(_variants(document_of(first.id, first.cited), [[one], [two]], whose(facts)))
    return found


def _spellings(document: Document) -> dict[str, list[Cited]]:
    found: dict[str, list[Cited]] = {}
    for item in document.cited:
        number = item.citation.number or ""
        if NUMBER.fullmatch(number.rsplit("-", 1)[0]) or NUMBER.fullmatch(number):
            found.setdefault(_key(number), []).append(item)
    return found


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
        fingerprint=fingerprint("citation_number", identity or "", document.id, *sorted(map(literal, numbers))),
    )


def _one_a_report(cited: Sequence[Cited]) -> list[Cited]:
    return list({item.report: item for item in reversed(cited)}.values())[::-1]
