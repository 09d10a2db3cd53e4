"""Ids of entities: they follow from content, and of what comes together the older one stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipelines.reconcile.items import Item, entity_id

_NO_DAY = "9999"


@dataclass(frozen=True, slots=True)
class Ids:
    """The id of every cluster in order, and where the ids lead that gave way to an older one."""

    clusters: list[str]
    redirects: dict[str, str]


def assign_ids(
    items: Sequence[Item], clusters: Sequence[Sequence[int]], ages: Mapping[str, int], alone: Collection[int] = ()
) -> Ids:
    """The ids of clusters of items.

    An id follows from what an item's own report says of it. A cluster bears the oldest of its items' ids: by
    the run in which the report was first seen (``ages``), then by date. Where judgements split what bears one
    id, the rest keeps it and the part (``alone``) gets one that follows from its report too.
    """

    def order(index: int) -> tuple[bool, int, str, str, str]:
        item = items[index]
        return index in alone, ages.get(item.report, 0), item.day or _NO_DAY, item.entity, item.report

    oldest = [min(cluster, key=order) for cluster in clusters]
    claims: dict[str, tuple[tuple[bool, int, str, str, str], int]] = {}
    for number, cluster in enumerate(clusters):
        for index in cluster:
            name, claim = items[index].entity, (order(index), number)
            if name not in claims or claim < claims[name]:
                claims[name] = claim
    ids: list[str] = []
    for number, cluster in enumerate(clusters):
        held = [index for index in cluster if claims[items[index].entity][1] == number]
        if held:
            ids.append(items[min(held, key=order)].entity)
        else:
            first = items[oldest[number]]
            ids.append(entity_id(first.kind, *first.own, "@", first.report))
    redirects = {name: ids[number] for name, (_, number) in claims.items() if ids[number] != name}
    return Ids(ids, redirects)
