"""One document cited as issued by two bodies, or by a body that its number does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.relations.reading import UPPER
from pipelines.audit.documents import Cited, cited_documents, cited_items, told
from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import body_symbols, expand, find_body, fold
from pipelines.reconcile.organizations import locate_body
from schemas import Evidence, Finding
from schemas.vocabulary import Body

# Bodies that are named for each other: the office for its head, the centre for its organs, a committee for its seat.
_KIN = (
    {"chinh_phu", "thu_tuong"},
    {"trung_uong", "bo_chinh_tri", "ban_bi_thu", "van_phong_trung_uong", "ban_to_chuc_trung_uong",
     "ban_tuyen_giao_trung_uong"},
    {"quoc_hoi", "uy_ban_thuong_vu_quoc_hoi"},
    {"tinh_uy", "thanh_uy"},
    {"huyen_uy", "thi_uy", "quan_uy", "thanh_uy"},
    {"dang_uy", "chi_bo"},
)  # fmt: skip
# Symbols that stand for more than one body, or for none for sure.
_UNSURE = {"cb", "nv", "hđ", "hkh", "cđn", "bgd", "sgd"}
#: Symbols that other bodies than their own write as well: the committee of a town (``thị ủy``) is a ``TU`` too.
_SHARED = {"tu": {"thi_uy"}}
_DECREE = "nghị định"
_CENTRE = {"bo_chinh_tri": "Bộ Chính trị", "ban_bi_thu": "Ban Bí thư"}
_COMMITTEE = ("ban chấp hành", "hội nghị")


@dataclass(frozen=True)
class Said:
    """The issuer that one passage prints for a document."""

    cited: Cited
    issuer: str
    passage: Evidence

    @property
    def body(self) -> Body | None:
        """The body that it names, if known."""
        return find_body(expand(self.issuer))


def check_citation_issuer(facts: ReportFacts) -> list[Finding]:
    """Một văn bản được ghi do hai cơ quan ban hành, hoặc cơ quan ghi kèm không phải cơ quan trong ký hiệu
    (Thông tư 32/2018/TT-BGDĐT của Bộ Nội vụ).

    Cách gọi tắt, gọi theo người đứng đầu (Thủ tướng, Chính phủ) hoặc theo cấp (Trung ương, Bộ Chính trị khi số chỉ ghi
    TW) không phải là mâu thuẫn với ký hiệu; nhưng Bộ Chính trị và Ban Bí thư cùng ban hành một văn bản thì có.

    One document is said to be issued by two bodies, or by one other than its number names. Short names, the head for
    the office and the centre for its organs do not contradict the number; two organs of the centre for one document do.

    Severity: warning. Tolerance: bodies named for each other; a place left out is the report's own.
    """
    found = []
    for document in cited_documents(facts):
        said = [one for item in document.cited for one in _said(item)]
        wrong = [one for one in said if _against_symbol(one)]
        found += [_other_than_number(facts, one) for one in wrong]
        found += _two_bodies(document.name, [one for one in said if one not in wrong], whose(facts))
    return found


def items_citation_issuer(view: View) -> Iterator[tuple[str, Said]]:
    """The issuers that a report prints, by document; of dated documents by number and day as well."""
    for home, item in cited_items(view):
        number = parse_number(item.citation.number or "")
        for said in _said(item):
            if _against_symbol(said):
                continue
            yield home, said
            if item.day is not None and number.rest:
                yield (
                    "\x1f".join((number.serial, number.type_symbol or "", *number.rest, item.day, view.scope.home)),
                    said,
                )
                # Reports of one town cite the same offices, also where they do not say of which district they are.
                if town := fold(view.facts.report.place or ""):
                    when = number.serial, number.type_symbol or "", *number.rest, item.day
                    yield "\x1f".join(("town", town, *when)), said


def alike_citation_issuer(item: Said) -> tuple[str, str]:
    """Passages with one issuer say the same; of a local body in reports of one place."""
    return _wording(item)


def across_citation_issuer(key: str, items: Sequence[Said]) -> list[Finding]:
    """Hai báo cáo ghi cùng một văn bản do hai cơ quan ban hành.

    Two reports give one document two issuers.
    """
    citation = items[0].cited.citation
    found = _two_bodies(f"{citation.doc_type} {citation.number}", items, None)
    return [finding for finding in found if len({passage.report for passage in finding.operands}) > 1]


def _said(item: Cited) -> Iterator[Said]:
    for issuer, passage in told(item, "issuer"):
        yield Said(item, issuer, passage)


def _against_symbol(said: Said) -> bool:
    tokens = [fold(token) for token in _tokens(said.cited.citation.number or "")]
    named = [body_symbols()[token] for token in tokens if token in body_symbols() and token not in _UNSURE]
    own = said.body
    if own is None or not named or own.level == "school":
        return False
    if own.id == "thu_tuong" and said.cited.citation.doc_type.casefold() == _DECREE:
        return True  # a decree is the Government's, whoever signs it
    if any(own.id in _SHARED.get(token, ()) for token in tokens):
        return False
    return not any(_kin(own, body) or _whole_and_part(said.issuer, body) for body in named)


def _tokens(number: str) -> list[str]:
    return [token for token in number.replace("&", "").replace("/", "-").split("-") if token]


def _whole_and_part(issuer: str, body: Body) -> bool:
    """Whether the printed issuer names the body of the number among others.

    The body of the whole country is not that of its part: ``Tổng Liên đoàn Lao động Việt Nam``, ``Liên đoàn Lao động``.
    """
    full, own = expand(issuer), find_body(expand(issuer))
    if own is not None and own.level == "central" != body.level:
        for form in map(expand, own.forms):
            full = full if any(form.startswith(expand(other)) for other in body.forms) else full.replace(form, " ")
    return any(expand(form) in full for form in body.forms)


def _kin(one: Body, other: Body) -> bool:
    return one.id == other.id or any(one.id in group and other.id in group for group in _KIN)


def _other_than_number(facts: ReportFacts, said: Said) -> Finding:
    citation = said.cited.citation
    tokens = [fold(token) for token in _tokens(citation.number or "")]
    proper = next(body_symbols()[t].forms[0] for t in tokens if t in body_symbols() and t not in _UNSURE)
    return Finding(
        rule="citation_issuer",
        severity="warning",
        finding_class="contradiction",
        scope="report",
        message=(
            f"{citation.doc_type} {citation.number} được ghi là của {said.issuer}, nhưng ký hiệu trong số là của "
            f"{proper}."
        ),
        message_en=f"{citation.number} is said to be issued by {said.issuer}, but its number names {proper}.",
        operands=(operand(facts, said.passage, said.issuer),),
        stated=said.issuer,
        expected=proper,
        fingerprint=fingerprint("citation_issuer", whose(facts), citation.number or "", said.issuer),
    )


def _two_bodies(name: str, said: Sequence[Said], identity: str | None) -> list[Finding]:
    # A document of the centre is cited by thousands, in a few wordings.
    wordings = list({_wording(one): one for one in reversed(said)}.values())[::-1]
    if len({fold(one.issuer) for one in wordings}) == 1 and _is_central(wordings[0]):
        return []
    for index, first in enumerate(wordings):
        for second in wordings[index + 1 :]:
            if not _differ(first, second):
                continue
            passages = [operand(one.cited.facts, one.passage, one.issuer) for one in (first, second)]
            return [
                Finding(
                    rule="citation_issuer",
                    severity="warning",
                    finding_class="contradiction",
                    scope="report" if identity is not None else "corpus",
                    message=f"{name} được ghi do hai cơ quan ban hành: {first.issuer} và {second.issuer}.",
                    message_en=f"{name} is said to be issued by two bodies: {first.issuer} and {second.issuer}.",
                    operands=tuple(passages),
                    stated=second.issuer,
                    expected=None,
                    fingerprint=fingerprint(
                        "citation_issuer", identity or "", name, *sorted((first.issuer, second.issuer))
                    ),
                )
            ]
    return []


#: Committees of a province and of a town share the symbol TU; their names tell them apart.
_OF_TOWNS = {"tinh_uy", "thanh_uy"}
_NAMED = re.compile(rf"(?:[Ủủ]y|[Uu][ỷỶ])(?: tỉnh| thành phố)? (?P<name>[{UPPER}]\w*(?:[ -][{UPPER}]\w*)*)\s*$")


def _apart_by_name(first: Said, second: Said) -> bool:
    names = [match["name"] for said in (first, second) if (match := _NAMED.search(said.issuer)) is not None]
    return len(names) == len((first, second)) and fold(names[0]) != fold(names[1])


def _is_central(said: Said) -> bool:
    body = said.body
    return body is not None and body.level == "central"


def _wording(said: Said) -> tuple[str, str]:
    """What tells an issuer from others: its words, and of a local body where the report is from."""
    return fold(said.issuer), "" if _is_central(said) else said.cited.scope.home


def _differ(first: Said, second: Said) -> bool:
    one, other = first.body, second.body
    if one is None or other is None:
        return False
    if {one.id, other.id} == _OF_TOWNS and _apart_by_name(first, second):
        return True
    if one.id != other.id:
        if {one.id, other.id} <= _CENTRE.keys():
            return True
        if "trung_uong" in (one.id, other.id) and {one.id, other.id} & _CENTRE.keys():
            committee = first if one.id == "trung_uong" else second
            return any(form in expand(committee.issuer) for form in _COMMITTEE)
        return (
            not _kin(one, other)
            and not _whole_and_part(first.issuer, other)
            and not _whole_and_part(second.issuer, one)
        )
    a, b = (locate_body(said.cited.scope, said.issuer) for said in (first, second))
    if a.level != b.level:
        return a.level != "" and b.level != ""
    return a.place is not None and b.place is not None and a.place != b.place
