"""Entities found by name: as written, abbreviated, or typed without tones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from rapidfuzz import fuzz, process

from pipelines.reconcile.names import expand, spelled, toneless
from schemas import Entity
from schemas.vocabulary import SchoolLevelTerm, vocabulary

#: Scores of names that are the same, that are the same without tones, and the least that is shown.
SAME, SAME_LETTERS, LEAST = 100.0, 90.0, 55.0
#: Names that only look alike score less than those that are the same without tones.
_ALIKE = 0.85
_MISMATCH = 30.0
_NUMBER_IN_FRONT = re.compile(
    r"^(?P<level>.*?)\bs[ốo] (?P<number>\d+)(?: (?:xã|phường|thị trấn|xa|phuong|thi tran))? (?P<name>.+)$"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that a query may mean.

    ``is_sure`` where it alone is written so, tones included, and nothing asked for differs.
    """

    entity: Entity
    score: float
    is_sure: bool


class Index:
    """The names of entities, ready for search. Built once for a state of the store."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self._exact: dict[tuple[str, str], set[str]] = {}
        self._plain: dict[tuple[str, str], set[str]] = {}
        self._names: dict[str, list[str]] = {}
        self._ids: dict[str, list[str]] = {}
        for entity in entities:
            for name in sorted(_names_of(entity)):
                written, plain = comparable(name, entity.kind), toneless(comparable(name, entity.kind))
                self._exact.setdefault((entity.kind, written), set()).add(entity.id)
                known = self._plain.setdefault((entity.kind, plain), set())
                if entity.id not in known:
                    known.add(entity.id)
                    self._names.setdefault(entity.kind, []).append(plain)
                    self._ids.setdefault(entity.kind, []).append(entity.id)

    def kinds(self) -> dict[str, int]:
        """How many entities of each kind there are."""
        counts: dict[str, int] = {}
        for entity in self.entities.values():
            counts[entity.kind] = counts.get(entity.kind, 0) + 1
        return counts

    def listed(self, kind: str | None, *, limit: int) -> list[Hit]:
        """The entities of a kind, those with most mentions first; of no kind none."""
        known = [entity for entity in self.entities.values() if entity.kind == kind]
        known.sort(key=lambda entity: (-len(entity.mentions), entity.name, entity.id))
        return [Hit(entity, 0.0, False) for entity in known[:limit]]

    def find(
        self, query: str, kind: str | None = None, *, limit: int = 10, wanted: Mapping[str, str] | None = None
    ) -> list[Hit]:
        """The entities that a query may mean, the best first.

        ``Đoàn Quang Vọng`` finds that name, ``doan quang vong`` too, but never for sure: tones decide. ``wanted`` are
        values that the entity should have (``{"district": "Gò Quao"}``); one that differs costs points.
        """
        kinds = [kind] if kind is not None else sorted(self._names)
        scores: dict[str, float] = {}
        for one in kinds:
            for identifier, score in self._scores(query, one, limit).items():
                scores[identifier] = max(score, scores.get(identifier, 0.0))
        same = [identifier for identifier, score in scores.items() if score == SAME]
        hits = []
        for identifier, score in scores.items():
            entity = self.entities[identifier]
            differs = sum(not _agrees(entity, name, value) for name, value in (wanted or {}).items())
            others = [other for other in same if other != identifier and self._fits(other, wanted)]
            hits.append(
                Hit(entity, max(score - differs * _MISMATCH, 0.0), score == SAME and not differs and not others)
            )
        hits.sort(key=lambda hit: (-hit.score, hit.entity.name, hit.entity.id))
        return [hit for hit in hits if hit.score > 0][:limit]

    def _fits(self, identifier: str, wanted: Mapping[str, str] | None) -> bool:
        return all(_agrees(self.entities[identifier], name, value) for name, value in (wanted or {}).items())

    def _scores(self, query: str, kind: str, limit: int) -> dict[str, float]:
        written = comparable(query, kind)
        plain = toneless(written)
        found = dict.fromkeys(self._plain.get((kind, plain), ()), SAME_LETTERS)
        if written != plain:
            # Written with tones, and other ones: another name.
            found = dict.fromkeys(found, SAME_LETTERS * _ALIKE)
        found |= dict.fromkeys(self._exact.get((kind, written), ()), SAME)
        names, ids = self._names.get(kind, []), self._ids.get(kind, [])
        near = process.extract(plain, names, scorer=fuzz.token_set_ratio, limit=limit * 4, score_cutoff=LEAST)
        for name, score, index in near:
            # Words of a longer name fit too, but say less than the whole name.
            both = (score + fuzz.ratio(plain, name)) / 2
            if both * _ALIKE >= LEAST:
                found.setdefault(ids[index], both * _ALIKE)
        holding = (identifier for name, identifier in zip(names, ids, strict=True) if plain and plain in name)
        for identifier in islice(holding, limit * 4):
            found.setdefault(identifier, LEAST)
        return found


def comparable(name: str, kind: str) -> str:
    """A name with its abbreviations written out, tones kept; a school's begins with the letters of its level.

    ``Trường Tiểu học số 1 xã Định An`` and ``TH Định An 1`` are ``th định an 1``.
    """
    if kind != "school":
        return spelled(expand(name))
    folded = spelled(name).removeprefix("trường ").removeprefix("truong ")
    for form, level in _levels():
        if folded.startswith(f"{form} ") or folded == form:
            folded = f"{level}{folded[len(form) :]}"
            break
    match = _NUMBER_IN_FRONT.match(folded)
    if match:
        folded = f"{match['level']}{match['name']} {match['number']}"
    return " ".join(folded.split())


@cache
def _levels() -> list[tuple[str, str]]:
    """The forms of school levels, with and without tones, with the letters of each, the longest first."""
    forms = {spelled(form): spelled(term.id) for term in vocabulary(SchoolLevelTerm) for form in term.forms}
    forms |= {toneless(form): level for form, level in forms.items()}
    return sorted(forms.items(), key=lambda row: -len(row[0]))


def _names_of(entity: Entity) -> set[str]:
    """The names of an entity: the usual one and what its records call it; a document's with and without its date."""
    names = {entity.name, *(mention.name for mention in entity.mentions if mention.name)}
    if entity.kind == "document" and entity.attributes.get("number"):
        names |= {number.strip() for number in str(entity.attributes["number"]).split(";")}
    return {name for name in names if name.strip()}


def _agrees(entity: Entity, name: str, value: str) -> bool:
    """Whether an entity has a value, or says nothing of it; of several values one is enough."""
    known = entity.attributes.get(name)
    if known is None or not value.strip():
        return True
    wanted = {spelled(value), toneless(spelled(value))}
    return any(spelled(part) in wanted or toneless(spelled(part)) in wanted for part in str(known).split(";"))
