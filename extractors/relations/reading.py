"""A document as the relation rules read it: its text, its lexicon terms, its passages and quantities."""

from __future__ import annotations

from functools import cache

from extractors._shared.document import Document
from extractors._shared.lexicon import load_lexicon
from schemas.relation import Quantity
from schemas.text import Evidence

#: Capital and small Vietnamese letters for character classes. No range holds them: small and
#: capital letters alternate between ``À`` and ``Ỹ``.
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = UPPER.replace("A-Z", "").lower() + "a-z"

_PACKAGE = "extractors.relations"
_DIMENSION = "dim_"


class Reading:
    """The text of a document and the terms of this topic's lexicon in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.lower = document.lower

        self.terms = document.terms  # asked for again and again

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


@cache
def dimensions() -> tuple[str, ...]:
    """Names of the lexicon groups that hold categories which exclude each other."""
    return tuple(group for group in load_lexicon(_PACKAGE) if group.startswith(_DIMENSION))


def attribute(group: str, entry_id: str, name: str) -> str | None:
    """An attribute of a lexicon entry, or None."""
    return _attributes(group).get(entry_id, {}).get(name)


@cache
def _attributes(group: str) -> dict[str, dict[str, str]]:
    return {entry.id: entry.attributes for entry in load_lexicon(_PACKAGE)[group]}
