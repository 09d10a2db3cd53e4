"""People in posts that exclude each other, in one report or in two."""

from __future__ import annotations

import re
from datetime import date

from extractors.relations.wording import says
from pipelines.audit.findings import fingerprint, operand, sentence, whose
from pipelines.audit.holders import role_of
from pipelines.audit.posts import changed_hands, is_dated, kind_of_place, located
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, find_body, fold
from pipelines.reconcile.places import ReportScope
from schemas import Finding, Official, Operand
from schemas.vocabulary import Role, vocabulary

_OF_ONE_BODY = ("hiệu trưởng", "trưởng phòng", "giám đốc")
_FULL_DATE = 10
_DEPUTY = "pho_"
#: The committee of the Party and the government of one place above the commune: one leads either of them.
_OF_ONE_PLACE = {"tinh_uy": "tỉnh", "thanh_uy": "thành phố", "huyen_uy": "huyện", "thi_uy": "thị xã", "quan_uy": "quận"}


def exclusive_posts(facts: ReportFacts, scope: ReportScope) -> list[Finding]:
    """People who lead a body and are its deputy as well, who lead two schools, or a place's Party and government."""
    found = []
    by_person: dict[str, list[Official]] = {}
    for official in facts.officials:
        loose = _is_loose(facts, official) or _is_given(facts, official)
        if official.evidence and not changed_hands(facts, official) and not is_dated(facts, official) and not loose:
            by_person.setdefault(fold(official.person), []).append(official)
    for posts in by_person.values():
        for index, one in enumerate(posts):
            for other in posts[index + 1 :]:
                if _exclude(one, other, facts, scope) and not _is_moved(facts, one, other):
                    found.append(both_posts(facts, one, facts, other))
    return found


def _is_moved(facts: ReportFacts, one: Official, other: Official) -> bool:
    """Whether two lines or rows give the posts, each with its years, or a table of those who change their posts."""
    places = [_place(official) for official in (one, other)]
    lines = [_line(facts, place) for place in places]
    if lines[0] != lines[1] and all(map(_SPAN.search, lines)):
        return True
    if not says("handover", facts.report.title or ""):
        return False
    return any(all(table.start <= place < table.end for place in places) for table in facts.layer.tables)


def _place(official: Official) -> int:
    """Where a post is told: in its own cell of a table, else with the first passage."""
    own = (passage.start for passage in official.evidence if fold(passage.quote) == fold(official.post))
    return next(own, official.evidence[0].start)


def _line(facts: ReportFacts, place: int) -> str:
    """The line of a place: of a table in plain text its row."""
    text = facts.layer.text
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


_SPAN = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–]\s*(?:\d{1,2}/)?(?:(?:19|20)\d\d|nay)(?!\d)")


_GIVES = re.compile(r"(?<!\w)(?:giữ chức(?: vụ)?|làm|là)\s*$", re.I)


def _is_loose(facts: ReportFacts, official: Official) -> bool:
    """Whether a post was given to somebody named before it: ``bà A giữ chức Bí thư, đồng chí B …``."""
    for passage in official.evidence:
        begins = fold(passage.quote).startswith(f"{fold(official.post)},")
        if begins and _GIVES.search(facts.layer.text, max(0, passage.start - 20), passage.start):
            return True
    return False


def _is_given(facts: ReportFacts, official: Official) -> bool:
    """Whether a mention tells of a new post for somebody who has one: ``Hiệu trưởng … giữ chức Phó Hiệu trưởng``."""
    return any(_GIVEN.search(sentence(facts, passage)) for passage in official.evidence)


_GIVEN = re.compile(r"(?<!\w)(?:trưởng|phó|thư|tịch|viên|đốc)(?!\w)[^.;\n]{0,80}(?<!\w)giữ chức", re.I)


def is_deputy(official: Official) -> bool:
    """Whether a post is that of a deputy."""
    role = role_of(official.role)
    return role is not None and role.id.startswith(_DEPUTY)


def standing(official: Official) -> tuple[str, str] | None:
    """The role and the body that somebody leads or is the deputy of; None where the body is not named."""
    role = role_of(official.role)
    heads = {known.id for known in vocabulary(Role) if known.exclusive}
    if role is None or not official.organization or role.id.removeprefix(_DEPUTY) not in heads:
        return None
    return role.id.removeprefix(_DEPUTY), expand(official.organization)


def day_of(day: str) -> date | None:
    """A full date as a day."""
    try:
        return date.fromisoformat(day) if len(day) == _FULL_DATE else None
    except ValueError:
        return None


def _exclude(one: Official, other: Official, facts: ReportFacts, scope: ReportScope) -> bool:
    roles = role_of(one.role), role_of(other.role)
    if roles[0] is None or roles[1] is None:
        return False
    same_body = _same_body(one, other, facts, scope)
    ids = {roles[0].id, roles[1].id}
    deputies = any(f"pho_{name}" in ids for name in ids) or ids == {"to_truong", "to_pho"}
    if len(ids) == 2 and same_body and deputies:
        return True
    if ids == {"bi_thu", "chu_tich"}:
        return _of_one_place(one, other)
    heads = ids == {"hieu_truong"} and one.organization is not None and other.organization is not None
    return heads and same_body is False and not _in_one_breath(one, other)


def _in_one_breath(one: Official, other: Official) -> bool:
    """Whether a text names both posts behind the name, as of somebody who leads a university and its school."""
    said = [fold(passage.quote) for passage in (*one.evidence, *other.evidence)]
    return any(fold(one.post) in quote and fold(other.post) in quote for quote in said)


def _of_one_place(one: Official, other: Official) -> bool:
    """Whether one passage has somebody lead a place's committee of the Party, and another one its government.

    Who leads both is named so at once.
    """
    secretary, chair = (one, other) if fold(one.role) == "bí thư" else (other, one)
    party, government = (find_body(expand(official.organization or "")) for official in (secretary, chair))
    if party is None or government is None or government.id != "uy_ban_nhan_dan":
        return False
    if _OF_ONE_PLACE.get(party.id) != kind_of_place(chair):
        return False
    return not any("bí thư" in fold(passage.quote) for passage in chair.evidence)


def _same_body(one: Official, other: Official, facts: ReportFacts, scope: ReportScope) -> bool | None:
    """Whether two posts are of one body; None where that is not known for sure."""
    if not one.organization or not other.organization:
        if one.organization == other.organization:
            return True
        # A bare post beside a named one is of the same school or office, of unions and parties it need not be.
        return True if fold(one.role).removeprefix("phó ") in _OF_ONE_BODY else None
    first, second = located(one, scope), located(other, scope)
    if first is None or second is None:
        same = fold(one.organization) == fold(other.organization) or _of_issuer(one, other, facts)
        return True if same else None
    return first == second


def _of_issuer(one: Official, other: Official, facts: ReportFacts) -> bool:
    """Whether two posts are of the issuer: the one that signs, and one of a body named by its kind of place alone."""
    issuer = fold(expand(facts.report.issuer or ""))
    bodies = [find_body(expand(official.organization or "")) for official in (one, other)]
    if "signed" not in (one.activity, other.activity) or bodies[0] is None or bodies[0] != bodies[1]:
        return False
    return all(issuer.startswith(fold(expand(official.organization or "-"))) for official in (one, other))


def both_posts(facts: ReportFacts, one: Official, others: ReportFacts, other: Official) -> Finding:
    """The finding that one person stands with two posts that exclude each other."""
    same = facts is others
    return Finding(
        rule="post_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="report" if same else "corpus",
        message=f"{one.person} được ghi với hai chức vụ loại trừ nhau: {one.post} và {other.post}.",
        message_en=f"{one.person} stands with two posts that exclude each other: {one.post} and {other.post}.",
        operands=(with_post(facts, one, one.post), with_post(others, other, other.post)),
        stated=other.post,
        expected=None,
        fingerprint=fingerprint(
            "post_conflict", whose(facts) if same else "", one.person, *sorted((one.post, other.post))
        ),
    )


def with_post(facts: ReportFacts, official: Official, value: str) -> Operand:
    """The first passage of an official that has both the post and the person, else the person, as an operand."""
    wanted = fold(official.person), fold(official.role)
    passages = sorted(official.evidence, key=lambda passage: [word not in fold(passage.quote) for word in wanted])
    return operand(facts, passages[0], value)
