"""Documents that reports of one place cite, and those reports themselves by their own number and date.

Reconciliation joins documents of local bodies by the district or province of the citing report. Where a report does not
say that, the place of its dateline does: who writes from one town cites the same offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.audit.documents import Cited
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import Number, parse_number
from pipelines.reconcile.names import expand, find_body, fold
from schemas import Citation

_FULL_DATE = 10
SAME, TURNED = "same", "turned"
#: Bodies that a town has several of: their symbol alone does not tell whose a number is.
_OF_ANY_LEVEL = ("uy_ban_nhan_dan", "hoi_dong_nhan_dan")
_LEVEL = re.compile(r"(?<!\w)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?!\w)")
_TOWN = re.compile(r"^(?:tp\.?|thành phố|thị xã|huyện|xã|phường|thị trấn) ")
_KINDS = {
    "bao_cao": "Báo cáo", "ke_hoach": "Kế hoạch", "quyet_dinh": "Quyết định", "cong_van": "Công văn",
    "thong_bao": "Thông báo", "nghi_quyet": "Nghị quyết", "chuong_trinh": "Chương trình",
}  # fmt: skip


@dataclass(frozen=True)
class Owned(Cited):
    """A citation with the entity that reconciliation gave it; ``own`` where it is the report itself."""

    home: str | None = None
    own: bool = False


def owned_items(view: View, kind: str) -> Iterator[tuple[str, Owned]]:
    """The dated documents of one report, itself among them, by what those of its place share.

    ``kind`` is `SAME` for one number in one year, `TURNED` for one day and the digits of the number in any order.
    """
    facts = view.facts
    # A school writes from its commune of what its district's office issued.
    places = {_TOWN.sub("", fold(facts.report.place or "")), _TOWN.sub("", fold(view.scope.district or ""))} - {""}
    if not places:
        return
    own = itself(facts)
    items = [Owned(facts, view.scope, own, None, own=True)] if own is not None else []
    items += [Owned(facts, view.scope, c, view.entity(c)) for c in facts.citations if c.number and c.evidence]
    for item in items:
        number = parse_number(item.citation.number or "")
        if item.day is None or not number.rest or _is_central(number):
            continue
        mark = number.type_symbol or "", *number.rest
        for place in sorted(places):
            if kind == SAME:
                yield "\x1f".join((SAME, place, *mark, number.serial, item.day[:4])), item
            else:
                yield "\x1f".join((TURNED, place, *mark, item.day, "".join(sorted(number.serial)))), item


def itself(facts: ReportFacts) -> Citation | None:
    """A report as the document that others cite; None where it has no number or date."""
    report = facts.report
    at = facts.layer.text.find(report.number, 0, _LETTERHEAD) if report.number else -1
    if at < 0 or not report.number or len(report.date or "") != _FULL_DATE:
        return None
    named = _KINDS.get(report.kind, (report.title or "Văn bản").split(" V/v")[0][:_SHORT].capitalize())
    return Citation(
        report=facts.layer.id,
        doc_type=named,
        number=report.number,
        date=report.date,
        issuer=report.issuer,
        evidence=(facts.layer.evidence(at, at + len(report.number)),),
        confidence=1.0,
    )


_SHORT = 40
#: How far from the top a report's number stands.
_LETTERHEAD = 800


def _is_central(number: Number) -> bool:
    """Whether a number is that of a body of which the country has one: reconciliation knows it anywhere."""
    return number.body is not None and number.body.level == "central"


def of_one_body(one: Owned, other: Owned) -> bool:
    """Whether nothing speaks against two citations of one symbol being those of one body."""
    a, b = (expand(item.citation.issuer or "") for item in (one, other))
    number = parse_number(one.citation.number or "")
    several = number.body is None or number.body.id in _OF_ANY_LEVEL
    if not a or not b:
        reports = {fold(item.facts.report.issuer or "") for item in (one, other)}
        return not several or (number.body is None and len(reports) == 1 and "" not in reports)
    first, second = find_body(a), find_body(b)
    if first is not None and second is not None and first.id != second.id:
        return False
    levels = [_LEVEL.search(fold(name)) for name in (a, b)]
    if levels[0] and levels[1]:
        return levels[0][1] == levels[1][1]
    return not several or fold(a).startswith(fold(b)) or fold(b).startswith(fold(a))


def differ_by_part(one: str, other: str) -> bool:
    """Whether two days differ in the day or in the month only, or have these two exchanged."""
    a, b = one.split("-"), other.split("-")
    return sum(x != y for x, y in zip(a, b, strict=False)) == 1 or a[1:] == b[1:][::-1]
