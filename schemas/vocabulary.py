"""The canonical vocabularies: listable knowledge of the sector, loaded from `schemas/canonical`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, TypeVar

from pydantic import Field

from schemas.text import Model


class Term(Model):
    """One entry: its id, its written forms (the usual one first), its source and an example."""

    id: str
    forms: tuple[str, ...] = Field(min_length=1)
    source: str = Field(min_length=1)
    example: str = Field(min_length=1)


class Abbreviation(Term):
    """A full form and its abbreviations; ``forms[0]`` is the full form. Those with ``last`` are expanded last."""

    last: bool = False


class Body(Term):
    """A body that issues documents; ``level`` is ``local`` where the words after its name tell.

    ``governs`` marks the bodies of that sort whose posts are jobs: councils and people's committees;
    ``departments`` those whose departments are offices of their own: Ban Tuyên giáo Huyện ủy.
    """

    symbols: tuple[str, ...]
    governs: bool = False
    departments: bool = False
    level: Literal["central", "province", "district", "commune", "school", "local"]


class ContestLevel(Term):
    """A level of a contest or title; ``order`` grows with it."""

    order: int


class DocumentType(Term):
    """A kind of document; ``symbols`` are its letters in numbers, ``central`` where only the centre issues it."""

    symbols: tuple[str, ...]
    central: bool


class Indicator(Term):
    """What a number measures. ``patterns`` are explained in ``indicators.yml``.

    ``parts`` are the indicators that make it up, ``within`` the one of which it counts a part.
    ``low`` and ``high`` bound what can be: a share lies from 0 to 100, a count is no less than 0.
    """

    units: tuple[str, ...] = Field(min_length=1)
    patterns: tuple[str, ...] = Field(min_length=1)
    example_unit: str
    more_examples: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    within: str | None = None

    @property
    def low(self) -> float:
        """The least value that can be."""
        return 0.0

    @property
    def high(self) -> float | None:
        """The greatest value that can be; None where a count has no bound."""
        return 100.0 if self.units[0] == "%" else None


class PlaceChange(Term):
    """A province or district that ended: what it became (``into``), and from which day (``since``)."""

    level: Literal["province", "district"]
    province: str | None
    into: tuple[str, ...] = Field(min_length=1)
    since: str


class PlaceUnit(Term):
    """A word before the name of a place; ``names`` are those that stand one level higher.

    ``until`` is the last day on which such places existed, None where they still do.
    """

    level: Literal["province", "district", "commune"]
    until: str | None
    not_before: tuple[str, ...]
    names: tuple[str, ...]


class NamePart(Term):
    """A common part of personal names: of how many in a thousand people, in which place of the name."""

    place: Literal["family", "middle", "given"]
    per_mille: float = Field(gt=0)


class PrizeGrade(Term):
    """A grade of a prize or medal; ``rank`` is None where no grade is said."""

    kind: Literal["prize", "medal"]
    rank: int | None


class Role(Term):
    """A role noun; ``exclusive`` where one person at a time holds it in one body.

    ``beside`` marks what is held beside a job: a seat in a committee, a party secretary's post.
    """

    exclusive: bool
    beside: bool = False
    side: Literal["party", "government", "school", "mass", "committee"]


class SchoolLevelTerm(Term):
    """A school level; ``order`` is that of the grades."""

    name: str
    order: int


class Title(Term):
    """A title, reward or grade, and who may hold it."""

    holder: Literal["person", "collective", "both"]


#: Every vocabulary by the name of its file.
VOCABULARIES: dict[str, type[Term]] = {
    "abbreviations": Abbreviation,
    "bodies": Body,
    "contest_levels": ContestLevel,
    "document_types": DocumentType,
    "indicators": Indicator,
    "name_parts": NamePart,
    "place_changes": PlaceChange,
    "place_units": PlaceUnit,
    "prizes": PrizeGrade,
    "roles": Role,
    "school_levels": SchoolLevelTerm,
    "titles": Title,
}

AnyTerm = TypeVar("AnyTerm", bound=Term)


def vocabulary(model: type[AnyTerm]) -> tuple[AnyTerm, ...]:
    """The entries of a model's vocabulary, by id: ``vocabulary(Indicator)``.

    Raises: KeyError where the model has no vocabulary.
    """
    return tuple(entry for entry in _load(_NAMES[model]) if isinstance(entry, model))


_NAMES: dict[type[Term], str] = {model: name for name, model in VOCABULARIES.items()}


@cache
def _load(name: str) -> tuple[Term, ...]:
    # yaml is loaded where a vocabulary is, so that importing the schemas stays cheap.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("schemas.canonical").joinpath(f"{name}.yml").read_text(encoding="utf-8")
    entries = tuple(VOCABULARIES[name].model_validate(row) for row in yaml.load(text, Loader=loader))
    ids = [entry.id for entry in entries]
    if ids != sorted(set(ids)):
        out_of_place = next(b for a, b in pairwise(ids) if b <= a)
        raise ValueError(f"schemas/canonical/{name}.yml: {out_of_place} is out of order or stands twice")
    return entries
