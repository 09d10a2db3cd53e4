"""Entities as reconciliation derived them last, and the append-only judgements behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from pipelines.store import tables as t
from schemas import MACHINE, Entity, EntityKind, Judgement, Mention
from schemas.alphabet import alphabetical


def save_entities(
    connection: Connection,
    entities: Sequence[Entity],
    redirects: Mapping[str, str],
    events: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Put the entities of all reports, their events, and where former ids lead, in the last reconciliation's place."""
    connection.execute(delete(t.school_event))
    connection.execute(delete(t.entity_redirect))
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
    if events:
        connection.execute(insert(t.school_event), list(events))
    if redirects:
        rows = [{"old": old, "entity": entity} for old, entity in sorted(redirects.items())]
        connection.execute(insert(t.entity_redirect), rows)


def entities(connection: Connection, kind: EntityKind | None) -> list[Entity]:
    """The entities of a kind, of all kinds for None, by name in the order of the Vietnamese alphabet, then by id."""
    query = select(t.entity)
    passages = select(t.entity_mention).order_by(t.entity_mention.c.entity, t.entity_mention.c.position)
    if kind is not None:
        query = query.where(t.entity.c.kind == kind)
        passages = passages.join(t.entity, t.entity.c.id == t.entity_mention.c.entity).where(t.entity.c.kind == kind)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for row in connection.execute(passages).mappings():
        mentions[row["entity"]].append(_mention(row))
    found = [
        Entity(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            attributes=row["attributes"],
            mentions=tuple(mentions[row["id"]]),
        )
        for row in connection.execute(query).mappings()
    ]
    return sorted(found, key=lambda entity: (alphabetical(entity.name), entity.id))


def entity(connection: Connection, identifier: str) -> Entity | None:
    """The entity of an id or of one that gave way to it; None where there is none."""
    redirect = select(t.entity_redirect.c.entity).where(t.entity_redirect.c.old == identifier)
    current = connection.execute(redirect).scalar() or identifier
    row = connection.execute(select(t.entity).where(t.entity.c.id == current)).mappings().first()
    if row is None:
        return None
    passages = (
        select(t.entity_mention).where(t.entity_mention.c.entity == current).order_by(t.entity_mention.c.position)
    )
    mentions = tuple(_mention(found) for found in connection.execute(passages).mappings())
    return Entity(id=row["id"], kind=row["kind"], name=row["name"], attributes=row["attributes"], mentions=mentions)


def _mention(row: RowMapping) -> Mention:
    return Mention(**{name: row[name] for name in Mention.model_fields})


def report_ages(connection: Connection) -> dict[str, int]:
    """In which run each report was first seen, counted from 0, by its id.

    Reports of one run are of one age, however its workers took turns.
    """
    starts = list(connection.execute(select(t.run.c.started_at).order_by(t.run.c.started_at)).scalars())
    first = select(t.file.c.report, func.min(t.file.c.first_seen)).group_by(t.file.c.report)
    return {report: bisect_right(starts, seen) for report, seen in connection.execute(first)}


def add_judgement(connection: Connection, judgement: Judgement) -> None:
    """Append a judgement; none is ever changed."""
    connection.execute(insert(t.judgement).values(**judgement.model_dump(mode="json")))


def add_machine_judgements(connection: Connection, made: Iterable[Judgement], *, now: str) -> None:
    """Append what the resolver decided anew, and retract what it no longer decides."""
    known: dict[tuple[str, str], Judgement] = {
        (judgement.left, judgement.right): judgement for judgement in judgements(connection) if judgement.by == MACHINE
    }
    found = {(judgement.left, judgement.right): judgement for judgement in made}
    rows = [
        judgement
        for pair, judgement in found.items()
        if pair not in known or (known[pair].decision, known[pair].note) != (judgement.decision, judgement.note)
    ]
    rows += [
        last.model_copy(update={"decision": "retracted", "at": now})
        for pair, last in known.items()
        if pair not in found and last.decision != "retracted"
    ]
    for row in rows:
        add_judgement(connection, row)


def judgements(connection: Connection) -> list[Judgement]:
    """Every judgement in the order given."""
    rows = connection.execute(select(t.judgement).order_by(t.judgement.c.id)).mappings()
    return [
        Judgement(**{name: row[name] for name in Judgement.model_fields if row[name] is not None or name == "score"})
        for row in rows
    ]
