"""Which job a post is: the school or office where its holder works, so that namesakes can be told apart.

Posts held beside a job (a seat in a committee, a place in a jury, the party secretary of an office) are none.
"""

from __future__ import annotations

from functools import cache

from pipelines.reconcile.items import Source
from pipelines.reconcile.names import expand, find_body, fold, school_key
from pipelines.reconcile.organizations import locate_body
from schemas import Official, School
from schemas.vocabulary import Body, Role, vocabulary

_SCHOOL = "trường "


def is_school_job(job: str | None) -> bool:
    """Whether a job is at a school."""
    return job is not None and job.startswith(_SCHOOL)


def school_job(school: School) -> str:
    """The job at a school: its level, own name and ordinal."""
    return _SCHOOL + " ".join(part for part in school_key(school) if part)


def find_job(source: Source, official: Official) -> str | None:
    """The job that an official record names; None where it names none.

    ``Hiệu trưởng TH An Bình 2`` is at that school, ``Phó Trưởng phòng`` in a report of a Phòng GD&ĐT in that
    office, ``Huyện ủy viên`` no job. A school post without a school belongs to the only school of its line or
    table row, else to the school that issues the report.
    """
    role = _role(official.role)
    named = official.organization or ""
    school = source.school_named(named) if named else None
    if school is not None and (role is None or not role.beside):
        return school_job(school)
    if role is None or role.beside:
        return None
    if role.side == "school":
        school = source.school_beside(official) or source.issuing_school
        return school_job(school) if school is not None else None
    return _office(source, named) or (_own_office(source, role) if not named or _is_cut_short(source, named) else None)


@cache
def _roles() -> dict[str, Role]:
    return {fold(form): role for role in vocabulary(Role) for form in role.forms}


def _role(name: str) -> Role | None:
    return _roles().get(fold(name)) or _roles().get(expand(name))


def _counts(body: Body) -> bool:
    """Whether posts of a body are jobs: those of party and government offices, not of unions and fronts."""
    return body.level in ("district", "province", "central") or body.governs


def _office(source: Source, name: str) -> str | None:
    """The office of a body's name: ``ban tuyên giáo`` of ``Ban Tuyên giáo Huyện ủy``; None where it is none."""
    if not name:
        return None
    located = locate_body(source.scope, name)
    body = find_body(expand(name))
    if body is None:
        # The party's departments are called after their district too: Ban Tuyên giáo huyện.
        return located.head if located.level in ("district", "province") else None
    if not _counts(body) or (body.level == "local" and not located.level):
        return None
    for form in body.forms if body.departments else ():
        rest = located.head.removesuffix(expand(form)).strip()
        if rest and rest != located.head:
            return rest
    where = f" {located.level} {located.place or ''}".rstrip() if located.level == "commune" else ""
    return f"{expand(body.forms[0])}{where}"


def _is_cut_short(source: Source, name: str) -> bool:
    """Whether a name is the beginning of the issuer's: the signature ``ỦY BAN NHÂN DÂN`` of a commune's."""
    return bool(source.scope.issuer) and expand(name) in (source.scope.issuer or "")


def _own_office(source: Source, role: Role) -> str | None:
    """The issuer's office, for posts of the government: whoever signs as head signs as its head."""
    issuer = source.facts.report.issuer
    if role.side != "government" or not issuer:
        return None
    return _office(source, issuer)
