"""Entities out of clusters: their usual name, what their mentions say of them, and why they are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipelines.reconcile.identity import Ids
from pipelines.reconcile.items import Item
from pipelines.reconcile.linkage import Linkage
from schemas import Entity, Mention

#: Facets of which an entity shows the earliest or latest value; of others it shows all.
_EARLIEST, _LATEST = "first_seen", "last_seen"


def make_entities(
    items: Sequence[Item], linkage: Linkage, ids: Ids, notes: Sequence[tuple[int, int, str]]
) -> list[Entity]:
    """The entities of the clusters, by kind, name and id.

    ``notes`` are what judgements have to say of the entities of two items: of the first where they came
    together, of the second where they were kept apart.
    """
    home = {index: number for number, cluster in enumerate(linkage.clusters) for index in cluster}
    reasons: dict[int, list[str]] = defaultdict(list)
    for found in linkage.links:
        if found.outcome == "same" and home[found.left] == home[found.right]:
            reasons[home[found.left]].append(", ".join(found.reasons))
    for left, right, note in notes:
        is_joined = note.startswith("joined")
        if is_joined == (home[left] == home[right]):
            reasons[home[right]].append(note)
    entities = [
        _entity(ids.clusters[number], [items[index] for index in cluster], reasons.get(number, ()))
        for number, cluster in enumerate(linkage.clusters)
    ]
    return sorted(entities, key=lambda entity: (entity.kind, entity.name, entity.id))


def _entity(identifier: str, items: Sequence[Item], decided: Sequence[str]) -> Entity:
    attributes = _attributes(items)
    reasons = dict.fromkeys((*(item.reason for item in items), *decided))
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
    values: dict[str, dict[str | int, None]] = {}
    for item in items:
        for name, value in item.facets:
            shown = values.setdefault(name, {})
            if value is not None:
                shown[value] = None
    return {name: _shown(name, list(shown)) for name, shown in values.items()}


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
