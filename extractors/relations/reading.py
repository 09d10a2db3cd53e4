"""A document with its lexicon terms indexed, as the relation rules ask for them again and again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from extractors._shared.document import Document, Term
from extractors._shared.lexicon import load_lexicon
from schemas.relation import Quantity
from schemas.text import Evidence

#: Capital and small Vietnamese letters for character classes. No range holds them: small and
#: capital letters alternate between ``À`` and ``Ỹ``.
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = UPPER.replace("A-Z", "").lower() + "a-z"

_PACKAGE = "extractors.relations"
_DIMENSION = "dim_"
#: As much of a thing in a list is quoted.
_SHOWN = 80


_WITH_I = re.compile(r"(?<!\w)kì(?!\w)")


class Reading:
    """The text of a document and the terms of this topic's lexicon in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        # Both spellings of one word stand side by side in many reports; the patterns know the older one.
        self.lower = _WITH_I.sub("kỳ", document.lower)
        self._groups: dict[str, tuple[list[int], list[Term]]] = {}
        self.memory: dict[object, Any] = {}  # see `remembered`

    def _index(self, group: str) -> tuple[list[int], list[Term]]:
        if group not in self._groups:
            decoys = _decoys()[group]
            terms = self.document.terms(group)
            if decoys:
                terms = [term for term in terms if term.id not in decoys]
            self._groups[group] = [term.start for term in terms], terms
        return self._groups[group]

    @cached_property
    def _categories(self) -> tuple[list[int], list[Term]]:
        terms = sorted(term for group in dimensions() for term in self._index(group)[1])
        return [term.start for term in terms], terms

    def categories(self, start: int, end: int) -> list[Term]:
        """The terms of all dimensions that lie inside a range, in order."""
        starts, terms = self._categories
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []  # most ranges hold none
        return [term for term in terms[first : bisect_left(starts, end, first)] if term.end <= end]

    def terms(self, group: str, start: int, end: int) -> list[Term]:
        """The terms of a group that lie inside a range, in order, without those that only look like one."""
        starts, terms = self._index(group)
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []  # most ranges hold none
        last = bisect_left(starts, end, first)
        # Terms do not overlap: only the last one can reach over the end.
        if terms[last - 1].end > end:
            last -= 1
        return terms[first:last]

    def term_at(self, group: str, start: int, end: int) -> Term | None:
        """The term of a group that begins here, where it ends inside the range."""
        starts, terms = self._index(group)
        at = bisect_left(starts, start)
        return terms[at] if at < len(starts) and starts[at] == start and terms[at].end <= end else None

    def has(self, group: str, start: int, end: int) -> bool:
        """Whether a term of the group lies inside a range."""
        return bool(self.terms(group, start, end))

    def evidence(self, start: int, end: int) -> Evidence:
        """The layer's passage for a range of the view."""
        return self.document.evidence(start, end)

    def quantity(
        self, value: int | float, number: tuple[int, int], passage: tuple[int, int], *, unit: str | None = None
    ) -> Quantity:
        """A quantity printed at ``number``, with the passage that says what it counts."""
        label = self.text[passage[0] : number[0]] + " " + self.text[number[1] : passage[1]]
        return Quantity(
            value=value,
            printed=self.document.value(*number),
            unit=unit,
            label=" ".join(label.split()).strip(" ,;:.()-"),
            evidence=self.evidence(*passage),
        )

    def thing(self, start: int, end: int) -> Quantity:
        """One of the things that a number announces, quoted with its first words."""
        shown = min(end, start + _SHOWN)
        return Quantity(value=1, printed=self.document.value(start, shown), evidence=self.evidence(start, shown))


_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")


def remembered(
    find: Callable[Concatenate[Reading, _Asked], _Found],
) -> Callable[Concatenate[Reading, _Asked], _Found]:
    """A function that several rules ask the same of one reading, worked out once for the same arguments."""

    def look_up(reading: Reading, /, *args: _Asked.args, **kwargs: _Asked.kwargs) -> _Found:
        key = find, args, *kwargs.items()
        if key not in reading.memory:
            reading.memory[key] = find(reading, *args, **kwargs)
        found: _Found = reading.memory[key]
        return found

    return wraps(find)(look_up)


@cache
def dimensions() -> tuple[str, ...]:
    """Names of the lexicon groups that hold categories which exclude each other."""
    return tuple(group for group in load_lexicon(_PACKAGE) if group.startswith(_DIMENSION))


def attribute(group: str, entry_id: str, name: str) -> str | None:
    """An attribute of a lexicon entry, or None."""
    return _attributes(group).get(entry_id, {}).get(name)


@cache
def _decoys() -> dict[str, frozenset[str]]:
    """Of each group the entries that only look like one of it."""
    return {
        group: frozenset(entry.id for entry in rows if entry.attributes.get("decoy"))
        for group, rows in load_lexicon(_PACKAGE).items()
    }


@cache
def _attributes(group: str) -> dict[str, dict[str, str]]:
    return {entry.id: entry.attributes for entry in load_lexicon(_PACKAGE)[group]}
