"""The canonical schema: the kinds of things that facts are about, and their properties.

A kind is a file in ``canonical/kinds``. It is published as JSON Schema and in the data dictionary.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from schemas.text import Model
from schemas.vocabulary import Indicator, vocabulary

PropertyType = Literal["text", "whole_number", "number", "date", "period", "flag", "term", "reference"]

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_PERIOD = r"^\d{4}([-/]\d{4})?(/HK[12])?(-\d{2}(-\d{2})?)?$"
_JSON_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "whole_number": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "string", "pattern": _DATE},
    "period": {"type": "string", "pattern": _PERIOD},
    "flag": {"type": "boolean"},
    "term": {"type": "string"},
    "reference": {"type": "string"},
}


class Property(Model):
    """One property of a kind.

    ``of`` is the kind that a reference leads to, ``unit`` what a number counts. ``comparable``: two values
    can agree or contradict each other; ``exclusive``: a thing has one value at a time; ``many``: a list.
    """

    id: str
    type: PropertyType
    of: str | None
    unit: str | None
    required: bool
    comparable: bool
    exclusive: bool
    many: bool
    about: str = Field(min_length=1)


class Kind(Model):
    """A kind of thing. ``records`` are the record types that tell of it."""

    id: str
    name: str
    about: str
    source: str
    records: tuple[str, ...]
    properties: tuple[Property, ...] = Field(min_length=1)


@cache
def canonical_kinds() -> dict[str, Kind]:
    """Every kind by its id, in the order of the ids.

    Raises: ValueError where a file's name is not its id, or a reference leads to no kind.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Kind] = {}
    for entry in sorted(files("schemas.canonical.kinds").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yml"):
            kind = Kind.model_validate(yaml.load(entry.read_text(encoding="utf-8"), Loader=loader))
            if entry.name != f"{kind.id}.yml":
                raise ValueError(f"schemas/canonical/kinds/{entry.name}: its id is {kind.id}; name the file after it")
            found[kind.id] = kind
    for kind in found.values():
        for prop in kind.properties:
            if (prop.type == "reference") != (prop.of is not None) or (prop.of and prop.of not in found):
                raise ValueError(
                    f"schemas/canonical/kinds/{kind.id}.yml: {prop.id} refers to {prop.of}, which is no kind"
                )
    return found


def kind_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a thing of a kind. What is not required may be null."""
    properties: dict[str, Any] = {}
    for prop in kind.properties:
        plain = _JSON_TYPES[prop.type]
        value: dict[str, Any] = {"type": "array", "items": plain} if prop.many else dict(plain)
        if not prop.required and not prop.many:
            value["type"] = [value["type"], "null"]
        marks: dict[str, Any] = {"x-comparable": prop.comparable, "x-exclusive": prop.exclusive}
        if prop.unit:
            marks["x-unit"] = prop.unit
        if prop.of:
            marks["x-refers-to"] = prop.of
        properties[prop.id] = {**value, "description": prop.about, **marks}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.name,
        "description": f"{kind.about} Source: {kind.source}.",
        "type": "object",
        "properties": properties,
        "required": [prop.id for prop in kind.properties if prop.required],
        "additionalProperties": False,
    }


def canonical_dictionary() -> list[dict[str, str]]:
    """One row a property of a kind: kind, property, type, unit, required, comparable, exclusive, description."""

    def yes(flag: bool) -> str:
        return "yes" if flag else "no"

    return [
        {
            "kind": kind.id,
            "property": prop.id,
            "type": f"list of {prop.type}" if prop.many else prop.type,
            "refers_to": prop.of or "",
            "unit": prop.unit or "",
            "required": yes(prop.required),
            "comparable": yes(prop.comparable),
            "exclusive": yes(prop.exclusive),
            "description": prop.about,
        }
        for kind in canonical_kinds().values()
        for prop in kind.properties
    ]


def indicator_registry() -> list[dict[str, Any]]:
    """The registry of indicators: id, name, units, patterns, parts, within, low, high, source, example."""
    return [
        {
            "id": entry.id,
            "name": entry.forms[0],
            "units": list(entry.units),
            "patterns": list(entry.patterns),
            "parts": list(entry.parts),
            "within": entry.within,
            "low": entry.low,
            "high": entry.high,
            "source": entry.source,
            "example": entry.example,
        }
        for entry in vocabulary(Indicator)
    ]
