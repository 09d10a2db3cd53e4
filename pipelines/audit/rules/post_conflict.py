"""Exclusive posts with two holders, and people in posts that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipelines.audit.findings import fingerprint, operand, sentence, whose
from pipelines.audit.posts import HEAD, HERE, OWN_NAMES, body_of, changed_hands, is_dated, is_minutes, located
from pipelines.audit.signers import signed_by_another
from pipelines.audit.terms import overlap, show_term, term_of
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from pipelines.reconcile.places import ReportScope, report_scopes
from schemas import Finding, Official
from schemas.relation import Relation
from schemas.vocabulary import Role, vocabulary

_APPOINTED = "appointed"
#: At the end of a key: the holders with their years.
_TERMS = "terms"
_PRESENT = ("signed", "chaired", "presented", "spoke", "attended")
_FULL_DATE = 10
_OF_ONE_BODY = ("hiệu trưởng", "trưởng phòng", "giám đốc")


@dataclass(frozen=True)
class Holder:
    """One person in one exclusive post, at the time of a report or in the years of a ``term`` that it gives."""

    facts: ReportFacts
    official: Official
    body: str
    term: tuple[int, int] | None = None

    @property
    def day(self) -> str:
        """When they held it, as far as the report says; empty where it does not."""
        if self.term is not None:
            return show_term(self.term)
        return self.official.as_of or self.facts.report.date or ""


def check_post_conflict(facts: ReportFacts) -> list[Finding]:
    """Hai người cùng giữ một chức vụ chỉ có một người giữ (Bí thư Huyện ủy, Trưởng phòng, Hiệu trưởng một trường) ở
    cùng một thời điểm, hoặc một người giữ hai chức vụ loại trừ nhau (Hiệu trưởng và Phó Hiệu trưởng của một trường).

    Nhiệm kỳ ghi theo năm (1985-1999) chồng lên nhau quá năm bàn giao cũng được báo, kể cả trong danh sách các đời
    hiệu trưởng. Người ký báo cáo được đối chiếu với người được nêu cùng chức vụ của chính cơ quan đó. Trong văn bản
    của một thời điểm (quyết định, kế hoạch, thông báo…) mọi người được nêu đều được xét; còn lại chỉ xét những người
    có mặt ở cùng sự kiện và cơ quan được nêu rõ; người được giới thiệu là nguyên, thay thế, bổ nhiệm, luân chuyển thì
    không xét. Giữa các báo cáo chỉ xét cùng ngày hoặc khi người cũ xuất hiện lại sau người mới.

    Two people hold one exclusive post at one time, or one person holds two posts of a body that exclude each other.
    Terms given by years (1985-1999) that share more than the year of the handover are findings too, also in lists of
    a school's heads. The signer is compared with whom the text names in the same post of the issuer. In papers of one
    moment (decisions, plans, notices) all who are named count, elsewhere only people present at the same event, with
    the body named in full; whoever is said to have left, followed or been appointed is left alone. Between reports
    only on the same day, or where the first comes back after the second.

    Severity: warning. Tolerance: none.
    """
    scope = report_scopes([facts])[facts.layer.id]
    holders = list(_holders(facts, scope))
    by_post: dict[str, list[Holder]] = {}
    for key, holder in holders:
        by_post.setdefault(key, []).append(holder)
    found = [f for key, group in by_post.items() for f in _holding(key, group, "report")]
    return (
        found
        + _signed(facts, {operand.value for finding in found for operand in finding.operands})
        + _excluding(facts, scope)
        + [f for r in facts.relations if r.kind == "tenure" for f in _tenures(facts, r)]
    )


def _signed(facts: ReportFacts, known: set[object]) -> list[Finding]:
    """The first holder whom a report names in the signer's own post."""
    for official, signer in signed_by_another(facts):
        if official.person not in known:
            return [
                _finding(f"{fold(signer.role)}\x1fissuer", Holder(facts, official, ""), Holder(facts, signer, ""), None)
            ]
    return []


def _tenures(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """Neighbours in a list of heads whose years share more than the year of the handover."""
    found = []
    for first, second in pairwise(relation.parts):
        one, other = ((int(part.value), int(part.unit or 0)) for part in (first, second))
        if fold(first.printed) == fold(second.printed) or not overlap(one, other):
            continue
        a, b = (f"{part.printed} ({show_term(term)})" for part, term in ((first, one), (second, other)))
        found.append(
            Finding(
                rule="post_conflict",
                severity="warning",
                finding_class="contradiction",
                scope="report",
                message=f"Chức vụ {relation.cue} chỉ có một người giữ nhưng hai nhiệm kỳ chồng lên nhau: {a} và {b}.",
                message_en=f"{relation.cue} is held by one person at a time, but two terms overlap: {a} and {b}.",
                operands=(
                    operand(facts, first.evidence, first.printed),
                    operand(facts, second.evidence, second.printed),
                ),
                stated=second.printed,
                expected=None,
                fingerprint=fingerprint("post_conflict", whose(facts), a, b),
            )
        )
    return found


def _holders(facts: ReportFacts, scope: ReportScope) -> Iterator[tuple[str, Holder]]:
    """The holders of exclusive posts whose body is known for sure, by post and body."""
    for official in facts.officials:
        role = _role(official.role)
        if role is None or not role.exclusive or not official.evidence:
            continue
        body = body_of(official, role, facts, scope)
        terms = (term_of(facts, passage, official.person) for passage in official.evidence)
        term = next((term for term in terms if term), None)
        if term and (home := body or _own_history(official, role, facts)):
            yield f"{role.id}\x1f{home}\x1f{_TERMS}", Holder(facts, official, home, term)
        elif body is not None and not changed_hands(facts, official):
            yield f"{role.id}\x1f{body}", Holder(facts, official, body)
        elif body is not None and _is_appointed(facts, official):
            yield f"{role.id}\x1f{body}\x1f{_APPOINTED}", Holder(facts, official, body)


_APPOINTS = re.compile(r"(?<!\w)giữ (?:chức vụ|chức)(?!\w)", re.I)
_LEAVES = re.compile(r"(?<!\w)(?:nguyên|thôi|miễn nhiệm|thay|đến khi|từ (?:ngày|tháng|năm))(?!\w)", re.I)


def _is_appointed(facts: ReportFacts, official: Official) -> bool:
    """Whether a report tells of a post being given to somebody, and not of anybody's leaving it."""
    said = [sentence(facts, passage) for passage in official.evidence]
    return any(_APPOINTS.search(one) for one in said) and not any(_LEAVES.search(one) for one in said)


def _own_history(official: Official, role: Role, facts: ReportFacts) -> str | None:
    """The school of a history that does not say who wrote it: heads with their years are its own."""
    bare = not official.organization or fold(official.organization) in OWN_NAMES
    return f"own\x1f{facts.layer.id}" if role.id == HEAD and bare and not facts.report.issuer else None


def _role(name: str) -> Role | None:
    wanted = fold(name)
    return next((role for role in vocabulary(Role) if wanted in map(fold, role.forms)), None)


def items_post_conflict(view: View) -> Iterator[tuple[str, Holder]]:
    """The holders of exclusive posts in a report, by post and body."""
    yield from _holders(view.facts, view.scope)


def across_post_conflict(key: str, items: Sequence[Holder]) -> list[Finding]:
    """Một chức vụ có hai người giữ ở cùng ngày, hoặc người cũ lại xuất hiện sau người mới.

    One post has two holders on one day, or the first comes back after the second.
    """
    return _holding(key, items, "corpus")


def _holding(key: str, holders: Sequence[Holder], scope: str) -> list[Finding]:
    if key.endswith(_TERMS):
        return _two_terms(key, holders, scope)
    return _two_people(key, holders, scope)


def _two_terms(key: str, holders: Sequence[Holder], scope: str) -> list[Finding]:
    """The first pair of people whose terms in one post share more than the year of the handover."""
    for first, second in combinations(holders, 2):
        same = fold(first.official.person) == fold(second.official.person)
        if same or (scope == "corpus") == (first.facts is second.facts) or _named_together(first, second):
            continue
        if first.term and second.term and overlap(first.term, second.term) and not _of_two_bodies(key, first, second):
            return [_finding(key, first, second, None)]
    return []


def _named_together(first: Holder, second: Holder) -> bool:
    """Whether one mention of a post names both for one term: they held it one after the other."""
    if first.term != second.term:
        return False
    people = [fold(holder.official.person) for holder in (first, second)]
    return any(
        all(person in fold(passage.quote) for person in people)
        for holder in (first, second)
        for passage in holder.official.evidence
    )


_FOUNDED = re.compile(r"(?<!\w)(?:thành lập|tiền thân|sá[pt] nhập|tách (?:ra|thành)|phân hiệu)(?!\w)", re.I)


def _of_two_bodies(key: str, first: Holder, second: Holder) -> bool:
    """Whether a history that does not say whose it is tells of another body between two of its heads."""
    if not key.startswith(f"{HEAD}\x1fown"):
        return False
    places = sorted(holder.official.evidence[0].start for holder in (first, second))
    return _FOUNDED.search(first.facts.layer.text, *places) is not None


def _two_people(key: str, holders: Sequence[Holder], scope: str) -> list[Finding]:
    ordered = sorted(holders, key=lambda holder: (holder.day, holder.facts.layer.file))
    for index, first in enumerate(ordered):
        for second in ordered[index + 1 :]:
            same = fold(first.official.person) == fold(second.official.person)
            # Of people who only are mentioned a report may tell the past.
            of_event = HERE in key or key.endswith(_APPOINTED)
            of_event = of_event or _at_once(first, second)
            same = same or not (of_event or _are_present(first, second) or _in_one_table(first, second))
            if same or (scope == "corpus") == (first.facts is second.facts):
                continue
            if scope == "report" or (len(first.day) == _FULL_DATE and first.day == second.day):
                return [_finding(key, first, second, None)]
            back = next(
                (h for h in ordered if fold(h.official.person) == fold(first.official.person) and _later(h, second)),
                None,
            )
            if back is not None and _later(second, first):
                return [_finding(key, first, second, back)]
    return []


#: Reports of one moment: whoever they name in a post holds it then.
_OF_A_MOMENT = ("quyet_dinh", "ke_hoach", "chuong_trinh", "tin_hoi_nghi", "cong_van", "thong_bao", "nghi_quyet")


def _at_once(first: Holder, second: Holder) -> bool:
    """Whether one report of a moment names both, or gives both the post."""
    facts = first.facts
    if facts is not second.facts:
        return False
    said = [" ".join(sentence(facts, passage) for passage in h.official.evidence) for h in (first, second)]
    if any(_LEAVES.search(one) for one in said):
        return False
    if facts.report.kind == "tin_hoi_nghi" or is_minutes(facts):
        return False  # who spoke, and who only is told about, are told apart by their part in the meeting
    return facts.report.kind in _OF_A_MOMENT or all(_APPOINTS.search(one) for one in said)


def _are_present(first: Holder, second: Holder) -> bool:
    return bool({first.official.activity, second.official.activity} & set(_PRESENT))


def _in_one_table(first: Holder, second: Holder) -> bool:
    """Whether one table of staff names both."""
    places = [holder.official.evidence[0].start for holder in (first, second)]
    return first.facts is second.facts and any(
        all(table.start <= place < table.end for place in places) for table in first.facts.layer.tables
    )


def _later(one: Holder, other: Holder) -> bool:
    shorter = min(len(one.day), len(other.day))
    return bool(shorter) and one.day[:shorter] > other.day[:shorter]


def _finding(key: str, first: Holder, second: Holder, back: Holder | None) -> Finding:
    a, b, post = first.official.person, second.official.person, first.official.post
    again = f", rồi {a} ({back.day}) lại xuất hiện với chức vụ đó" if back else ""
    again_en = f", then {a} again ({back.day})" if back else ""
    same = first.facts is second.facts
    return Finding(
        rule="post_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="report" if same else "corpus",
        message=(
            f"Chức vụ {post} chỉ có một người giữ nhưng được ghi cho {a} ({first.day or 'không rõ ngày'}) và {b} "
            f"({second.day or 'không rõ ngày'}){again}."
        ),
        message_en=(
            f"{post} is held by one person at a time, but stands for {a} ({first.day or 'no date'}) and {b} "
            f"({second.day or 'no date'}){again_en}."
        ),
        operands=tuple(
            operand(holder.facts, holder.official.evidence[0], holder.official.person)
            for holder in (first, second, *([back] if back else []))
        ),
        stated=b,
        expected=None,
        fingerprint=fingerprint("post_conflict", whose(first.facts) if same else "", key, *sorted((a, b))),
    )


def _excluding(facts: ReportFacts, scope: ReportScope) -> list[Finding]:
    """People who lead a body and are its deputy as well, or who lead two schools."""
    found = []
    by_person: dict[str, list[Official]] = {}
    for official in facts.officials:
        if official.evidence and not changed_hands(facts, official) and not is_dated(facts, official):
            by_person.setdefault(fold(official.person), []).append(official)
    for posts in by_person.values():
        for index, one in enumerate(posts):
            for other in posts[index + 1 :]:
                if _exclude(one, other, scope):
                    found.append(_both(facts, one, other))
    return found


def _exclude(one: Official, other: Official, scope: ReportScope) -> bool:
    roles = _role(one.role), _role(other.role)
    if roles[0] is None or roles[1] is None:
        return False
    same_body = _same_body(one, other, scope)
    ids = {roles[0].id, roles[1].id}
    deputies = any(f"pho_{name}" in ids for name in ids) or ids == {"to_truong", "to_pho"}
    if len(ids) == 2 and same_body and deputies:
        return True
    heads = ids == {"hieu_truong"} and one.organization is not None and other.organization is not None
    return heads and same_body is False


def _same_body(one: Official, other: Official, scope: ReportScope) -> bool | None:
    """Whether two posts are of one body; None where that is not known for sure."""
    if not one.organization or not other.organization:
        if one.organization == other.organization:
            return True
        # A bare post beside a named one is of the same school or office, of unions and parties it need not be.
        return True if fold(one.role).removeprefix("phó ") in _OF_ONE_BODY else None
    first, second = located(one, scope), located(other, scope)
    if first is None or second is None:
        return True if fold(one.organization) == fold(other.organization) else None
    return first == second


def _both(facts: ReportFacts, one: Official, other: Official) -> Finding:
    return Finding(
        rule="post_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="report",
        message=f"{one.person} được ghi với hai chức vụ loại trừ nhau: {one.post} và {other.post}.",
        message_en=f"{one.person} stands with two posts that exclude each other: {one.post} and {other.post}.",
        operands=tuple(operand(facts, official.evidence[0], official.post) for official in (one, other)),
        stated=other.post,
        expected=None,
        fingerprint=fingerprint("post_conflict", whose(facts), one.person, *sorted((one.post, other.post))),
    )
