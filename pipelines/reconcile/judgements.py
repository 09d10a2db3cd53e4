"""Judgements replayed over what the keys join: an auditor's merge or split outlives every rerun.

A judgement names entities by id. A split names an entity in one report: ``person-1f…@9ab…``. Of two
judgements about the same pair the later one holds; ``unsure`` and ``retracted`` undo it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from pipelines.reconcile.items import entity_id
from schemas import EntityKind, Judgement

#: What a judgement is about: the id that the key gives, and the report.
Node = tuple[str, str]


def merge_judgements(left: str, right: str) -> list[tuple[str, str, str]]:
    """What to add (left, right, decision) so that two entities become the first."""
    return [(left, right, "same")]


def split_judgements(entity: str, reports: Sequence[str]) -> list[tuple[str, str, str]]:
    """What to add so that an entity's mentions in some reports become an entity of their own."""
    parts = [part_id(entity, report) for report in sorted(reports)]
    apart = [(entity, part, "different") for part in parts]
    return apart + [(parts[0], part, "same") for part in parts[1:]]


def part_id(entity: str, report: str) -> str:
    """How a judgement names an entity as it stands in one report."""
    return f"{entity}@{report}"


@dataclass(slots=True)
class Clusters:
    """Nodes by entity id while judgements are replayed, with the reasons for every change."""

    nodes: dict[str, set[Node]]
    reasons: dict[str, list[str]] = field(default_factory=dict)
    _moved: dict[str, str] = field(default_factory=dict)
    _apart: list[tuple[str, str]] = field(default_factory=list)

    def find(self, name: str) -> str | None:
        """The id under which an entity, or its part in a report, stands now; None where there is none."""
        while name not in self.nodes and name in self._moved:
            name = self._moved[name]
        return name if name in self.nodes else None

    def join(self, judgement: Judgement) -> None:
        """Make two entities of a kind the left one, unless they hold what was told apart."""
        left, right = self.find(judgement.left), self.find(judgement.right)
        if left is None or right is None or left == right or _kind(left) != _kind(right):
            return
        if self._are_apart(left, right):
            return
        self.nodes[left] |= self.nodes.pop(right)
        self._moved[right] = left
        self.reasons.setdefault(left, []).extend(self.reasons.pop(right, []))
        self._note(left, f"joined with {right}", judgement)

    def separate(self, judgement: Judgement) -> None:
        """Take the right entity, or the part in a report that it names, out of the left one."""
        self._apart.append((judgement.left, judgement.right))
        left = self.find(judgement.left)
        base, _, report = judgement.right.partition("@")
        if left is None:
            return
        part = {node for node in self.nodes[left] if (node[1] == report if report else node[0] == base)}
        if not part or part == self.nodes[left]:
            return
        name = entity_id(_kind(base), judgement.right) if report else base
        self.nodes[left] -= part
        self.nodes[name] = part
        if name != judgement.right:
            self._moved[judgement.right] = name
        self._moved.pop(name, None)
        self._note(name, f"kept apart from {left}", judgement)

    def _are_apart(self, left: str, right: str) -> bool:
        return any({self.find(a), self.find(b)} == {left, right} for a, b in self._apart)

    def _note(self, entity: str, what: str, judgement: Judgement) -> None:
        note = f" ({judgement.note})" if judgement.note else ""
        self.reasons.setdefault(entity, []).append(f"{what} by {judgement.by}{note}")


def replay(
    nodes: Iterable[Node], judgements: Sequence[Judgement]
) -> tuple[Mapping[Node, str], Mapping[str, list[str]]]:
    """The entity of every node once the judgements are honoured, and the reasons by entity."""
    clusters: dict[str, set[Node]] = {}
    for node in nodes:
        clusters.setdefault(node[0], set()).add(node)
    state = Clusters(clusters)
    for judgement in _effective(judgements):
        if judgement.decision == "same":
            state.join(judgement)
        else:
            state.separate(judgement)
    return {node: entity for entity, group in state.nodes.items() for node in group}, state.reasons


def _kind(entity: str) -> EntityKind:
    """The kind that an id begins with."""
    return cast(EntityKind, entity.partition("-")[0])


def _effective(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that hold: of each pair the last one, if it decides."""
    last = {frozenset((judgement.left, judgement.right)): judgement for judgement in judgements}
    return [
        judgement
        for judgement in judgements
        if last[frozenset((judgement.left, judgement.right))] is judgement
        and judgement.decision in ("same", "different")
    ]
