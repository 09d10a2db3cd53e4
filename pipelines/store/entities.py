"""Entities as reconciliation derived them last, and the append-only judgements behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from pipelines.store import tables as t
from schemas import Entity, EntityKind, Judgement, Mention


def save_entities(connection: Connection, entities: Sequence[Entity]) -> None:
    """Put the entities of all reports in the place of those of the last reconciliation."""
    connection.execute(delete(t.entity))
    rows = [entity.model_dump(include={"id", "kind", "name", "attributes"}) for entity in entities]
    mentions = [
        {"entity": entity.id, "position": position, **mention.model_dump()}
        for entity in entities
        for position, mention in enumerate(entity.mentions)
    ]
    if rows:
        connection.execute(insert(t.entity), rows)
    if mentions:
        connection.execute(insert(t.entity_mention), mentions)


def entities(connection: Connection, kind: EntityKind | None) -> list[Entity]:
    """The entities of a kind, of all kinds for None, by name and id."""
    query = select(t.entity).order_by(t.entity.c.name, t.entity.c.id)
    passages = select(t.entity_mention).order_by(t.entity_mention.c.entity, t.entity_mention.c.position)
    if kind is not None:
        query = query.where(t.entity.c.kind == kind)
        passages = passages.join(t.entity, t.entity.c.id == t.entity_mention.c.entity).where(t.entity.c.kind == kind)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for row in connection.execute(passages).mappings():
        mentions[row["entity"]].append(Mention(**{name: row[name] for name in Mention.model_fields}))
    return [
        Entity(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            attributes=row["attributes"],
            mentions=tuple(mentions[row["id"]]),
        )
        for row in connection.execute(query).mappings()
    ]


def add_judgement(connection: Connection, judgement: Judgement) -> None:
    """Append a judgement; none is ever changed."""
    connection.execute(insert(t.judgement).values(**judgement.model_dump()))


def judgements(connection: Connection) -> list[Judgement]:
    """Every judgement in the order given."""
    rows = connection.execute(select(t.judgement).order_by(t.judgement.c.id)).mappings()
    return [Judgement(**{name: row[name] for name in Judgement.model_fields}) for row in rows]
