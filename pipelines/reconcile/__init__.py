"""Mentions joined into entities: schools, people, bodies and cited documents.

Keys are exact: what is written alike is one, what is not stays apart until somebody says otherwise.
Pure: the same reports and judgements give the same entities with the same ids.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import document_items
from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.judgements import merge_judgements, part_id, replay, split_judgements
from pipelines.reconcile.organizations import organization_items
from pipelines.reconcile.people import person_items
from pipelines.reconcile.places import report_scopes
from pipelines.reconcile.schools import school_items
from schemas import Entity, Judgement, Mention

__all__ = ["merge_judgements", "part_id", "reconcile", "split_judgements"]

#: Facets of which an entity shows the earliest or latest value; of others it shows all.
_EARLIEST, _LATEST = "first_seen", "last_seen"


def reconcile(reports: Sequence[ReportFacts], judgements: Sequence[Judgement] = ()) -> list[Entity]:
    """The entities that the reports name, by kind, name and id.

    An entity's attributes hold what its mentions say of it (several values are joined by ``; ``) and
    ``reason``, which says in words why they are one. Judgements are honoured in their order.
    """
    ordered = sorted(reports, key=lambda facts: (facts.layer.file, facts.layer.id))
    scopes = report_scopes(ordered)
    sources = [Source.of(facts, scopes[facts.layer.id]) for facts in ordered]
    items = [
        *school_items(sources),
        *person_items(sources),
        *organization_items(sources),
        *document_items(sources),
    ]
    homes, reasons = replay({(item.entity, item.report) for item in items}, judgements)
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[homes[item.entity, item.report]].append(item)
    entities = [_entity(identifier, group, reasons.get(identifier, ())) for identifier, group in groups.items()]
    return sorted(entities, key=lambda entity: (entity.kind, entity.name, entity.id))


def _entity(identifier: str, items: Sequence[Item], decided: Sequence[str]) -> Entity:
    attributes = _attributes(items)
    reasons = [*dict.fromkeys(item.reason for item in items), *decided]
    attributes["reports"] = len({item.report for item in items})
    attributes["reason"] = "; ".join(reasons)
    return Entity(
        id=identifier,
        kind=items[0].kind,
        name=_usual(item.name for item in items),
        attributes=attributes,
        mentions=_mentions(items),
    )


def _usual(names: Iterable[str]) -> str:
    """The spelling met most often; of equals the longer one, then the first of the alphabet."""
    counts = Counter(" ".join(name.split()) for name in names)
    return min(counts, key=lambda name: (-counts[name], name.isupper(), -len(name), name))


def _attributes(items: Sequence[Item]) -> dict[str, str | int | None]:
    values: dict[str, list[str | int]] = {}
    for item in items:
        for name, value in item.facets:
            shown = values.setdefault(name, [])
            if value is not None and value not in shown:
                shown.append(value)
    return {name: _shown(name, shown) for name, shown in values.items()}


def _shown(name: str, values: Sequence[str | int]) -> str | int | None:
    if not values:
        return None
    if name == _EARLIEST:
        return min(map(str, values))
    if name == _LATEST:
        return max(map(str, values))
    return values[0] if len(values) == 1 else "; ".join(map(str, values))


def _mentions(items: Sequence[Item]) -> tuple[Mention, ...]:
    unique = {mention: None for item in items for mention in item.mentions}
    return tuple(sorted(unique, key=lambda mention: (mention.file, mention.report, mention.start, mention.end)))
