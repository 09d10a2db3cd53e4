"""What mentions are joined into, and the judgements that join or keep them apart."""

from __future__ import annotations

from typing import Literal

from schemas.text import Model

EntityKind = Literal["school", "person", "organization", "document"]


class Mention(Model):
    """One passage that names an entity.

    ``record`` is the id of the record that it supports, ``name`` what that record calls the entity,
    where known.
    """

    report: str
    file: str
    start: int
    end: int
    quote: str
    record: str | None = None
    name: str | None = None


class Entity(Model):
    """A school, person, body or document over all reports. ``id`` stays the same over reruns."""

    type: Literal["entity"] = "entity"
    id: str
    kind: EntityKind
    name: str
    attributes: dict[str, str | int | None]
    mentions: tuple[Mention, ...]


class Anchor(Model):
    """What a judgement is about, by content: a name and a passage of a report, whatever its record is now."""

    report: str
    name: str
    quote: str


#: Who the resolver is among those who judge; its judgements explain and decide nothing in a rerun.
MACHINE = "baocao"


class Judgement(Model):
    """Whether two entities are the same: append-only, so that undo is another judgement.

    The anchors say what was judged by its content, so that the judgement outlives a new extraction;
    without them the ids count.
    """

    left: str
    right: str
    decision: Literal["same", "different", "unsure", "retracted"]
    by: str
    note: str
    score: float | None
    at: str
    left_anchors: tuple[Anchor, ...] = ()
    right_anchors: tuple[Anchor, ...] = ()
