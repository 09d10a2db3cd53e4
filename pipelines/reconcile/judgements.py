"""Judgements brought to bear on references: an auditor's merge or split outlives every rerun and re-extraction.

A judgement holds what was judged by content (`Anchor`: report, name, passage). A person's judgement that finds
nothing to apply to any more is an orphan. Of two judgements about one pair the later one holds; ``unsure`` and
``retracted`` undo it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.reconcile.items import Item, entity_id
from pipelines.reconcile.names import spelled
from schemas import MACHINE, Anchor, Entity, Judgement

#: An entity of thousands of mentions is told by so many of them.
_MOST_ANCHORS = 40


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement to be made: the ids of both sides, the decision, and both sides by content."""

    left: str
    right: str
    decision: str
    left_anchors: tuple[Anchor, ...] = ()
    right_anchors: tuple[Anchor, ...] = ()


def merge_decisions(left: Entity, right: Entity) -> list[Decision]:
    """What to judge so that two entities become one."""
    return [Decision(left.id, right.id, "same", _anchors(left), _anchors(right))]


def split_decisions(entity: Entity, reports: Sequence[str]) -> list[Decision]:
    """What to judge so that an entity's mentions in some of its reports become an entity of their own."""
    parts = sorted(reports)
    rest = _anchors(entity, without=parts)
    found = {report: _anchors(entity, only=report) for report in parts}
    apart = [Decision(entity.id, part_id(entity.id, part), "different", rest, found[part]) for part in parts]
    first = parts[0]
    together = [
        Decision(part_id(entity.id, first), part_id(entity.id, part), "same", found[first], found[part])
        for part in parts[1:]
    ]
    return apart + together


def part_id(entity: str, report: str) -> str:
    """How a judgement names an entity as it stands in one report."""
    return f"{entity}@{report}"


def _anchors(entity: Entity, *, only: str | None = None, without: Sequence[str] = ()) -> tuple[Anchor, ...]:
    """The mentions by content: of each report and name one passage."""
    found: dict[tuple[str, str], Anchor] = {}
    for mention in entity.mentions:
        if only not in (None, mention.report) or mention.report in without:
            continue
        name = mention.name or entity.name
        found.setdefault((mention.report, name), Anchor(report=mention.report, name=name, quote=mention.quote))
    return tuple(found.values())[:_MOST_ANCHORS]


@dataclass(slots=True)
class Applied:
    """What judgements ask of `linkage.link`, with the words for the entities that they concern.

    ``notes`` holds, by reference, what to say of its entity; ``orphans`` are persons' judgements of
    which a side is gone.
    """

    same: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)
    alone: set[int] = field(default_factory=set)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    orphans: list[Judgement] = field(default_factory=list)


def apply(items: Sequence[Item], judgements: Sequence[Judgement]) -> Applied:
    """The judgements that hold, as pairs of indexes of items."""
    applied = Applied()
    effective = _effective(judgements)
    if not effective:
        return applied
    finder = _Finder(items)
    for judgement in effective:
        left = finder.find(judgement.left, judgement.left_anchors)
        right = finder.find(judgement.right, judgement.right_anchors)
        if judgement.decision == "different":
            left = [index for index in left if index not in set(right)]
        if not left or not right or items[left[0]].kind != items[right[0]].kind:
            applied.orphans.append(judgement)
            continue
        note = f" ({judgement.note})" if judgement.note else ""
        if judgement.decision == "same":
            applied.same.append((left[0], right[0]))
            applied.notes.append((left[0], right[0], f"joined with {judgement.right} by {judgement.by}{note}"))
            continue
        applied.apart += [(one, other) for one in left for other in right]
        if finder.is_part(left, right):
            applied.alone |= set(right)
        applied.notes.append((left[0], right[0], f"kept apart from {judgement.left} by {judgement.by}{note}"))
    return applied


class _Finder:
    """Finds items by the content or the id that a judgement names."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._by_report: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_id: dict[str, list[int]] = defaultdict(list)
        for index, item in enumerate(items):
            self._by_report[item.kind, item.report].append(index)
            self._by_id[item.entity].append(index)
            self._by_id[entity_id(item.kind, *item.own, "@", item.report)].append(index)

    def find(self, name: str, anchors: Sequence[Anchor]) -> list[int]:
        """The items that the anchors mean; without anchors, or where none is left, those of the id."""
        kind = name.partition("-")[0]
        found = {index: None for anchor in anchors for index in self._by_anchor(kind, anchor)}
        if found or anchors:
            return list(found)
        base, _, report = name.partition("@")
        return [index for index in self._by_id.get(base, ()) if not report or self._items[index].report == report]

    def is_part(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether both sides share a key, so that the right one is taken out of the left one."""
        keys = {self._items[index].key for index in left}
        return any(self._items[index].key in keys for index in right)

    def _by_anchor(self, kind: str, anchor: Anchor) -> list[int]:
        """The items of that name in the report, else those of that passage; of namesakes those of the passage."""
        near = self._by_report.get((kind, anchor.report), ())
        wanted = spelled(anchor.name)
        named = [index for index in near if spelled(self._items[index].name) == wanted]
        placed = [index for index in named or near if self._holds(index, anchor.quote)]
        if named and len({self._items[index].key for index in named}) == 1:
            return named
        return placed or named

    def _holds(self, index: int, quote: str) -> bool:
        return any(quote in mention.quote or mention.quote in quote for mention in self._items[index].mentions)


def orphans(entities: Iterable[Entity], judgements: Sequence[Judgement]) -> list[Judgement]:
    """The persons' judgements that hold but find a side of theirs no longer named in any report."""
    named: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    ids: set[str] = set()
    for entity in entities:
        ids.add(entity.id)
        for mention in entity.mentions:
            named[entity.kind, mention.report].append((spelled(mention.name or entity.name), mention.quote))

    def is_gone(name: str, anchors: Sequence[Anchor]) -> bool:
        if not anchors:
            return name.partition("@")[0] not in ids
        return not any(
            spelled(anchor.name) == known or anchor.quote in quote or quote in anchor.quote
            for anchor in anchors
            for known, quote in named.get((name.partition("-")[0], anchor.report), ())
        )

    return [
        judgement
        for judgement in _effective(judgements)
        if is_gone(judgement.left, judgement.left_anchors) or is_gone(judgement.right, judgement.right_anchors)
    ]


def _effective(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The persons' judgements that hold: of each pair the last one, if it decides."""
    by_people = [judgement for judgement in judgements if judgement.by != MACHINE]
    last = {frozenset((judgement.left, judgement.right)): judgement for judgement in by_people}
    return [
        judgement
        for judgement in by_people
        if last[frozenset((judgement.left, judgement.right))] is judgement
        and judgement.decision in ("same", "different")
    ]
