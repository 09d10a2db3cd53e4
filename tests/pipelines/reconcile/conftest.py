"""Small reports of invented districts, said in a line each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.facts import ReportFacts
from schemas import Citation, Official, School

LEVELS = {"TH": "Tiểu học", "THCS": "THCS", "MN": "Mầm non", "THPT": "THPT"}


@pytest.fixture
def paper(draft: Callable) -> Callable[..., ReportFacts]:
    """A report: ``paper("a.txt", issuer=…, people=[(name, post, body)], schools=[…], documents=[…])``."""

    def build(
        file: str,
        *,
        issuer: str | None = None,
        place: str | None = None,
        body: str = "",
        people: tuple = (),
        schools: tuple = (),
        documents: tuple = (),
        date: str | None = "2024-05-31",
    ) -> ReportFacts:
        lines = [f"BÁO CÁO {file}", issuer or "", place or "", body]
        lines += [f"{name} - {post} {of}" for name, post, of in people]
        lines += [f"Trường {LEVELS[level]} {own} {ordinal or ''}" for level, own, ordinal in schools]
        lines += [" ".join(str(part) for part in document.values()) for document in documents]
        made = draft("\n".join(lines), file)
        records = [made.report(issuer=issuer, place=place, date=date)]
        records += [
            made.make(Official, f"{name} - {post} {of}", person=name, post=post, role=post, organization=of or None)
            for name, post, of in people
        ]
        for level, own, ordinal in schools:
            name = " ".join(part for part in ("Trường", LEVELS[level], own, str(ordinal or "")) if part)
            records.append(made.make(School, name, name=name, level=level, own_name=own, ordinal=ordinal))
        for document in documents:
            quote = " ".join(str(part) for part in document.values())
            records.append(made.make(Citation, quote, **document))
        return ReportFacts.of(made.layer, records)

    return build
