"""Who holds an exclusive post by a report, and when: at its date, in the years of a term, since a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.audit.findings import sentence
from pipelines.audit.posts import HEAD, OWN_NAMES, body_of, changed_hands, in_dated_row, is_acting
from pipelines.audit.terms import show_term, since, term_of
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, find_body, fold
from pipelines.reconcile.places import ReportScope
from schemas import Official
from schemas.relation import Relation
from schemas.vocabulary import Role, vocabulary

#: At the end of a key: posts that a report tells of being given, and holders with their years.
APPOINTED, TERMS = "appointed", "terms"
_OPEN_ENDED = 9999
#: What people do who are at the event that a report tells of.
PRESENT = ("signed", "chaired", "presented", "spoke", "attended")


@dataclass(frozen=True)
class Holder:
    """One person in one exclusive post, at the time of a report or in the years of a ``term`` that it gives.

    ``since``: the month from which they held it up to the report, where it says so. ``listed``: in a list of heads.
    ``place``: the district that the report is from, of a province's office the province; empty where it does not say.
    ``handed``: the report tells of a handover, so that only the months since then tell when it was held.
    """

    facts: ReportFacts
    official: Official
    body: str
    term: tuple[int, int] | None = None
    since: str | None = None
    listed: bool = False
    place: str = ""
    handed: bool = False

    def is_elsewhere(self, other: Holder) -> bool:
        """Whether two reports are from two places for sure: bodies of one name are then two."""
        return bool(self.place and other.place) and self.place != other.place

    def is_same(self, other: Holder) -> bool:
        """Whether both are one person, by their names."""
        return fold(self.official.person) == fold(other.official.person)

    @property
    def day(self) -> str:
        """When they held it, as far as the report says; empty where it does not."""
        if self.term is not None:
            return show_term(self.term)
        return self.official.as_of or self.facts.report.date or ""


def holders_of(facts: ReportFacts, scope: ReportScope) -> Iterator[tuple[str, Holder]]:
    """The holders of exclusive posts whose body is known for sure, by post and body."""
    place = _place(scope)
    for official in facts.officials:
        role = role_of(official.role)
        if role is None or not role.exclusive or not official.evidence:
            continue
        body = body_of(official, role, facts, scope)
        terms = (term_of(facts, passage, official.person) for passage in official.evidence)
        term = next((term for term in terms if term), None)
        if term and (home := body or _own_history(official, role, facts)):
            yield f"{role.id}\x1f{home}\x1f{TERMS}", Holder(facts, official, home, term, place=place)
            continue
        if body is None:
            continue
        months = (since(facts, passage, official.person) for passage in official.evidence)
        held, handed = next(filter(None, months), None), changed_hands(facts, official) and not _acts_now(official)
        if (not handed or held) and not _is_past(facts, official):
            yield f"{role.id}\x1f{body}", Holder(facts, official, body, since=held, place=place, handed=handed)
        if handed and _is_appointed(facts, official):
            yield f"{role.id}\x1f{body}\x1f{APPOINTED}", Holder(facts, official, body, place=place)
    for relation in facts.relations:
        if relation.kind == "tenure":
            yield from _of_list(facts, scope, relation)


def _is_past(facts: ReportFacts, official: Official) -> bool:
    """Whether only a row with the years of office tells a post: it may be of another time."""
    tables = facts.layer.tables
    said = [p for p in official.evidence if not any(table.start <= p.start < table.end for table in tables)]
    told = any(fold(official.role) in fold(passage.quote) for passage in said)
    dated = any(in_dated_row(facts, passage) for passage in official.evidence)
    return dated and not told and official.activity != "signed"


def _place(scope: ReportScope) -> str:
    return (scope.province if scope.is_above else scope.district) or ""


def _acts_now(official: Official) -> bool:
    """Whether somebody acts in a post at the event that is told of."""
    return is_acting(official) and official.activity in PRESENT


def _of_list(facts: ReportFacts, scope: ReportScope, relation: Relation) -> Iterator[tuple[str, Holder]]:
    """The heads of a list with their years, where the list is the issuer's."""
    role = role_of(relation.cue)
    for part in relation.parts if role is not None else ():
        assert role is not None
        official = Official(
            report=facts.layer.id, person=part.printed, post=relation.cue, role=relation.cue,
            evidence=(part.evidence,), confidence=1.0,
        )  # fmt: skip
        if body := body_of(official, role, facts, scope):
            term = int(part.value), int(part.unit or _OPEN_ENDED)
            yield (
                f"{role.id}\x1f{body}\x1f{TERMS}",
                Holder(facts, official, body, term, listed=True, place=_place(scope)),
            )


_APPOINTS = re.compile(r"(?<!\w)giữ (?:chức vụ|chức)(?!\w)", re.I)
LEAVES = re.compile(r"(?<!\w)(?:nguyên|thôi|miễn nhiệm|thay|đến khi|từ (?:ngày|tháng|năm))(?!\w)", re.I)


def _is_appointed(facts: ReportFacts, official: Official) -> bool:
    """Whether a report tells of a post being given to somebody, and not of anybody's leaving it."""
    said = [sentence(facts, passage) for passage in official.evidence]
    return any(_APPOINTS.search(one) for one in said) and not any(LEAVES.search(one) for one in said)


def tells_appointment(said: str) -> bool:
    """Whether a sentence tells of a post being given to somebody."""
    return _APPOINTS.search(said) is not None


def _own_history(official: Official, role: Role, facts: ReportFacts) -> str | None:
    """The school of a history that no body wrote: heads with their years are its own."""
    bare = not official.organization or fold(official.organization) in OWN_NAMES
    issuer = facts.report.issuer
    unknown = not issuer or (find_body(expand(issuer)) is None and "trường" not in fold(issuer))
    return f"own\x1f{facts.layer.id}" if role.id == HEAD and bare and unknown else None


def role_of(name: str) -> Role | None:
    """The role noun of that name; None where it is unknown."""
    wanted = fold(name)
    return next((role for role in vocabulary(Role) if wanted in map(fold, role.forms)), None)
