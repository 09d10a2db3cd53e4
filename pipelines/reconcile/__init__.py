"""Mentions joined into entities: schools, people, bodies and cited documents.

What is written alike is one; beyond that comparators weigh what two names share, and what they leave open
stays apart until somebody says otherwise. Pure: the same reports, judgements and ages give the same
entities with the same ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import document_items
from pipelines.reconcile.entities import make_entities
from pipelines.reconcile.identity import assign_ids
from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.judgements import Decision, apply, merge_decisions, part_id, split_decisions
from pipelines.reconcile.linkage import Pairs, Profile, compare_within_blocks, link
from pipelines.reconcile.organizations import organization_items
from pipelines.reconcile.people import person_items
from pipelines.reconcile.places import own_scopes, report_scopes
from pipelines.reconcile.schools import school_items
from schemas import Entity, Judgement

__all__ = [
    "LINKERS",
    "Decision",
    "Linker",
    "MachineJudgement",
    "Resolution",
    "merge_decisions",
    "part_id",
    "reconcile",
    "report_items",
    "resolve",
    "split_decisions",
]


#: Who finds the pairs of names that may be one.
Linker = Literal["own", "splink"]
LINKERS: tuple[Linker, ...] = ("own", "splink")


@dataclass(frozen=True, slots=True)
class MachineJudgement:
    """What the resolver decided about two ids beyond equal keys: its weight in bits, and why."""

    left: str
    right: str
    decision: str
    score: float
    note: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities, where ids of merged ones lead now, the resolver's own judgements, and orphaned ones."""

    entities: list[Entity]
    redirects: Mapping[str, str]
    judgements: list[MachineJudgement]
    orphans: list[Judgement]


def reconcile(
    reports: Sequence[ReportFacts], judgements: Sequence[Judgement] = (), ages: Mapping[str, int] | None = None
) -> list[Entity]:
    """The entities that the reports name, by kind, name and id (see `resolve`)."""
    return resolve(reports, judgements, ages).entities


def resolve(
    reports: Sequence[ReportFacts],
    judgements: Sequence[Judgement] = (),
    ages: Mapping[str, int] | None = None,
    *,
    linker: Linker = "own",
) -> Resolution:
    """The entities that the reports name, by kind, name and id, and how they came about.

    An entity's attributes hold what its mentions say of it (several values are joined by ``; ``) and
    ``reason``, which says in words why they are one. Judgements are honoured in their order. ``ages``
    says in which run each report was first seen, by its id: of what comes together the older id stays.
    ``linker`` says who finds the pairs that may be one: our own blocks, or splink (an extra).
    """
    items = report_items(reports)
    applied = apply(items, judgements)
    linkage = link(items, same=applied.same, apart=applied.apart, alone=applied.alone, find_pairs=_pairs_by(linker))
    ids = assign_ids(items, linkage.clusters, ages or {}, applied.alone)
    entities = make_entities(items, linkage, ids, applied.notes)
    made = [
        MachineJudgement(min(pair), max(pair), found.outcome, found.weight, "; ".join(found.reasons))
        for found in linkage.links
        if len(pair := {items[found.left].entity, items[found.right].entity}) == 2
    ]
    return Resolution(entities, ids.redirects, made, applied.orphans)


def _pairs_by(linker: Linker) -> Callable[[Sequence[Profile | None]], Pairs]:
    if linker == "own":
        return compare_within_blocks
    from pipelines.reconcile.splink_pairs import splink_pairs

    return splink_pairs


def report_items(reports: Sequence[ReportFacts]) -> list[Item]:
    """Everything that the reports name, by kind and report."""
    ordered = sorted(reports, key=lambda facts: (facts.layer.file, facts.layer.id))
    own = own_scopes(ordered)
    scopes = report_scopes(ordered, own)
    sources = [Source.of(facts, scopes[facts.layer.id], own[facts.layer.id]) for facts in ordered]
    return [
        *school_items(sources),
        *person_items(sources),
        *organization_items(sources),
        *document_items(sources),
    ]
