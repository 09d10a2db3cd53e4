"""What mentions are joined into, and the judgements that join or keep them apart."""

from __future__ import annotations

from typing import Literal

from schemas.text import Model

EntityKind = Literal["school", "person", "organization", "document"]


class Mention(Model):
    """One passage that names an entity; ``record`` is the id of the record it supports, where known."""

    report: str
    file: str
    start: int
    end: int
    quote: str
    record: str | None = None


class Entity(Model):
    """A school, person, body or document over all reports. ``id`` stays the same over reruns."""

    type: Literal["entity"] = "entity"
    id: str
    kind: EntityKind
    name: str
    attributes: dict[str, str | int | None]
    mentions: tuple[Mention, ...]


class Judgement(Model):
    """Whether two entity keys are the same: append-only, so that undo is another judgement."""

    left: str
    right: str
    decision: Literal["same", "different", "unsure", "retracted"]
    by: str
    note: str
    score: float | None
    at: str
