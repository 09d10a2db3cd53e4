"""Linking: candidates by blocks, a weight for each pair, and clusters that keep apart what must stay apart.

Nothing here knows what is linked; `schools` and `people` say what a name shares with another. The work grows
with the number of references and of pairs within blocks, not with the square of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, NamedTuple, Protocol

Outcome = Literal["same", "different", "unsure"]
#: Beyond so many nodes a block is compared with its neighbours in order only; a block of that size
#: says too little to be worth the square.
_LARGE_BLOCK = 200
_WINDOW = 10


class Comparison(NamedTuple):
    """What a comparison of two profiles says: the outcome, its weight in bits, and why, in words.

    ``fits`` marks an unsure pair that is joined where it is the only one that fits.
    """

    outcome: Outcome
    weight: float
    reasons: tuple[str, ...]
    fits: bool = False


class Profile(Protocol):
    """What is known of one thing: compared with others, and added up over its references."""

    @property
    def is_partial(self) -> bool:
        """Whether it lacks what tells namesakes apart, and may be joined where only one fits."""

    def blocks(self) -> Iterable[Hashable]:
        """Keys of the blocks in which profiles are looked for that may be the same."""

    def compare(self, other: Profile, /) -> Comparison:
        """Whether two profiles are one, with the reasons. Symmetric."""

    def joined(self, other: Profile, /) -> Profile:
        """The profile of both."""

    def conflict(self, other: Profile, /) -> str | None:
        """Why two profiles cannot be one whatever speaks for it; None where nothing forbids it."""


#: Pairs of nodes that are the same or may be, the surest first.
Pairs = list[tuple[int, int, Comparison]]


class Reference(Protocol):
    """One naming in one report. Equal keys are one; ``own`` is what the report itself says."""

    @property
    def kind(self) -> str:
        """The kind of what is named; kinds are never joined."""

    @property
    def report(self) -> str:
        """The id of the report."""

    @property
    def key(self) -> tuple[str, ...]:
        """What identifies it once the other reports have completed what its own leaves out."""

    @property
    def own(self) -> tuple[str, ...]:
        """What identifies it by its own report; ids follow from it."""

    @property
    def profile(self) -> Profile | None:
        """What it is compared by; None where equal keys alone decide."""

    @property
    def day(self) -> str | None:
        """The date of the naming, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Link:
    """A decision about two nodes: indexes of a reference of each, outcome, weight and reasons."""

    left: int
    right: int
    outcome: Outcome
    weight: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Linkage:
    """Clusters of references by index, each in order, and the decisions that were not plain from the keys."""

    clusters: list[list[int]]
    links: list[Link]


@dataclass(slots=True)
class _Cluster:
    """A growing cluster. ``reports`` holds, by report, what the report itself calls the thing."""

    nodes: list[int]
    profile: Profile | None
    reports: dict[str, tuple[str, ...]]
    apart: set[int] = field(default_factory=set)


class _Clusters:
    """Union-find over nodes; a union is refused where something forbids it."""

    def __init__(self, profiles: Sequence[Profile | None], reports: Mapping[int, dict[str, tuple[str, ...]]]) -> None:
        self._parent = list(range(len(profiles)))
        self._profiles = profiles
        self._reports = reports
        self._data: dict[int, _Cluster] = {}

    def find(self, node: int) -> int:
        """The root of a node's cluster."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def cluster(self, root: int) -> _Cluster:
        """What is known of the cluster of a root."""
        data = self._data.get(root)
        if data is None:
            data = self._data[root] = _Cluster([root], self._profiles[root], self._reports.get(root, {}))
        return data

    def is_partial(self, node: int) -> bool:
        """Whether a node by itself lacks what tells namesakes apart."""
        profile = self._profiles[node]
        return profile is not None and profile.is_partial

    def keep_apart(self, left: int, right: int) -> None:
        """Forbid that two nodes ever come together; nothing is done where they already are."""
        self.cluster(self.find(left)).apart.add(right)
        self.cluster(self.find(right)).apart.add(left)

    def is_apart(self, left: int, right: int) -> bool:
        """Whether a judgement keeps the clusters of two roots apart."""
        return any(self.find(node) == right for node in self.cluster(left).apart)

    def obstacle(self, left: int, right: int) -> str | None:
        """Why the clusters of two roots stay two; None where nothing speaks against one."""
        if self.is_apart(left, right):
            return "kept apart by a judgement"
        one, other = self.cluster(left), self.cluster(right)
        few, many = sorted((one.reports, other.reports), key=len)
        if any(many.get(report, name) != name for report, name in few.items()):
            return "one report names both and tells them apart"
        if one.profile is not None and other.profile is not None:
            return one.profile.conflict(other.profile)
        return None

    def union(self, left: int, right: int) -> None:
        """Make two clusters one."""
        small, large = sorted((left, right), key=lambda root: len(self.cluster(root).nodes))
        data, gone = self.cluster(large), self.cluster(small)
        self._parent[small] = large
        data.nodes.extend(gone.nodes)
        data.reports = {**data.reports, **gone.reports}
        data.apart |= gone.apart
        if data.profile is not None and gone.profile is not None:
            data.profile = data.profile.joined(gone.profile)
        del self._data[small]


def link(
    references: Sequence[Reference],
    *,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    alone: Iterable[int] = (),
    find_pairs: Callable[[Sequence[Profile | None]], Pairs] | None = None,
) -> Linkage:
    """The clusters of references.

    ``same`` and ``apart`` are pairs of references that judgements join or keep apart; they outrank every
    comparison, and what is apart outranks what is the same. ``alone`` are references that equal keys do
    not tie to others beforehand. ``find_pairs`` finds the pairs; our own blocks do if it is None.
    """
    nodes, members = _nodes(references, frozenset(alone))
    profiles = [_profile(references, group) for group in members]
    pairs = (find_pairs or compare_within_blocks)(profiles)
    clusters = _Clusters(profiles, _told_apart(references, members, pairs, nodes, same))
    for left, right in apart:
        if nodes[left] != nodes[right]:
            clusters.keep_apart(nodes[left], nodes[right])
    for left, right in same:
        one, other = clusters.find(nodes[left]), clusters.find(nodes[right])
        if one != other and not clusters.is_apart(one, other):
            clusters.union(one, other)
    # What equal keys would have made one node.
    for left, right in _alike(references, members):
        one, other = clusters.find(left), clusters.find(right)
        if one != other and not clusters.is_apart(one, other):
            clusters.union(one, other)
    links = _join(clusters, pairs, members)
    grouped: dict[int, list[int]] = defaultdict(list)
    for node, group in enumerate(members):
        grouped[clusters.find(node)].extend(group)
    return Linkage([sorted(group) for group in grouped.values()], links)


def _nodes(references: Sequence[Reference], alone: frozenset[int]) -> tuple[list[int], list[list[int]]]:
    """The node of every reference, and the references of every node."""
    known: dict[Hashable, int] = {}
    nodes: list[int] = []
    members: list[list[int]] = []
    for index, reference in enumerate(references):
        key: Hashable = (reference.kind, reference.key)
        if index in alone:
            key = (key, index)
        node = known.setdefault(key, len(members))
        if node == len(members):
            members.append([])
        members[node].append(index)
        nodes.append(node)
    return nodes, members


def _profile(references: Sequence[Reference], group: Sequence[int]) -> Profile | None:
    profile = references[group[0]].profile
    for index in group[1:]:
        other = references[index].profile
        if profile is not None and other is not None and other is not profile:
            profile = profile.joined(other)
    return profile


def compare_within_blocks(profiles: Sequence[Profile | None]) -> Pairs:
    """The pairs of nodes within blocks that are the same or may be, the surest first."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for node, profile in enumerate(profiles):
        if profile is not None:
            for key in profile.blocks():
                blocks[key].append(node)
    seen: set[tuple[int, int]] = set()
    found: Pairs = []
    for block in blocks.values():
        if len(block) == 1:
            continue
        for pair in _block_pairs(block):
            if pair in seen:
                continue
            seen.add(pair)
            one, other = profiles[pair[0]], profiles[pair[1]]
            assert one is not None
            assert other is not None
            comparison = one.compare(other)
            if comparison.outcome != "different":
                found.append((*pair, comparison))
    found.sort(key=lambda row: (-row[2].weight, row[0], row[1]))
    return found


def _block_pairs(block: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(block) <= _LARGE_BLOCK:
        return combinations(block, 2)
    return ((node, other) for at, node in enumerate(block) for other in block[at + 1 : at + _WINDOW])


def _told_apart(
    references: Sequence[Reference],
    members: Sequence[Sequence[int]],
    pairs: Pairs,
    nodes: Sequence[int],
    same: Iterable[tuple[int, int]],
) -> dict[int, dict[str, tuple[str, ...]]]:
    """By node, what each report calls it; only of nodes that may be joined by comparison."""
    wanted = {node for left, right, _ in pairs for node in (left, right)}
    wanted |= {nodes[index] for pair in same for index in pair}
    return {node: {references[index].report: references[index].key for index in members[node]} for node in wanted}


def _alike(references: Sequence[Reference], members: Sequence[Sequence[int]]) -> Iterable[tuple[int, int]]:
    """Pairs of nodes of one key, where judgements made several of it."""
    alike: dict[Hashable, list[int]] = defaultdict(list)
    for node, group in enumerate(members):
        first = references[group[0]]
        alike[first.kind, first.key].append(node)
    return [pair for group in alike.values() if len(group) > 1 for pair in combinations(group, 2)]


def _join(clusters: _Clusters, pairs: Pairs, members: Sequence[Sequence[int]]) -> list[Link]:
    """Join what is the same, then what fits in one place only; the decisions."""
    links: list[Link] = []
    open_pairs: dict[int, list[tuple[int, Comparison]]] = defaultdict(list)

    def note(left: int, right: int, outcome: Outcome, weight: float, reasons: tuple[str, ...]) -> None:
        links.append(Link(members[left][0], members[right][0], outcome, weight, reasons))

    for left, right, comparison in pairs:
        if comparison.outcome == "unsure":
            open_pairs[left].append((right, comparison))
            open_pairs[right].append((left, comparison))
            continue
        one, other = clusters.find(left), clusters.find(right)
        obstacle = clusters.obstacle(one, other) if one != other else None
        if obstacle is None:
            if one != other:
                clusters.union(one, other)
            note(left, right, "same", comparison.weight, comparison.reasons)
        else:
            note(left, right, "unsure", comparison.weight, (*comparison.reasons, obstacle))
    told: set[tuple[int, int]] = set()
    for node in sorted(open_pairs, key=lambda node: (not clusters.is_partial(node), node)):
        root = clusters.find(node)
        is_partial = clusters.is_partial(node)
        rest = [(other, found) for other, found in open_pairs[node] if clusters.find(other) != root]
        homes = {clusters.find(other) for other, found in rest if found.fits and is_partial}
        if len(homes) == 1 and clusters.obstacle(root, home := homes.pop()) is None:
            other, found = next((other, found) for other, found in rest if found.fits)
            clusters.union(root, home)
            note(node, other, "same", found.weight, (*found.reasons, "nothing else fits"))
            continue
        for other, found in rest:
            pair = (min(node, other), max(node, other))
            if pair not in told:
                told.add(pair)
                note(*pair, "unsure", found.weight, found.reasons)
    return links
