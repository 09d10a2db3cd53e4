"""JSON Schema of the public rows, and the data dictionary."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from schemas.audit import Finding, Issue, Operand, Verdict
from schemas.entity import Entity, Judgement
from schemas.records import RECORD_TYPES

#: Every row that the program prints or exports, by its public name.
PUBLIC_MODELS: dict[str, type[BaseModel]] = {
    **RECORD_TYPES,
    "finding": Finding,
    "operand": Operand,
    "entity": Entity,
    "judgement": Judgement,
    "verdict": Verdict,
    "issue": Issue,
}
#: Python keeps some names for itself.
_PUBLIC_NAMES = {"finding_class": "class"}


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (2020-12) of every public row by its name: what one line of JSON holds."""
    return {name: _schema(name, model) for name, model in PUBLIC_MODELS.items()}


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization")
    properties = {_PUBLIC_NAMES.get(field, field): value for field, value in schema["properties"].items()}
    required = [_PUBLIC_NAMES.get(field, field) for field in schema.get("required", ())]
    if name == "report":
        properties["text"] = {"title": "Text", "type": "string"}
    for field, value in properties.items():
        value["description"] = describe(name, field)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | schema | {"title": name, "properties": properties, "required": required}


def data_dictionary() -> list[dict[str, str]]:
    """One row a public field: ``table``, ``field``, ``type``, ``nullable``, ``values``, ``description``."""
    return [
        {
            "table": name,
            "field": _PUBLIC_NAMES.get(field, field),
            "type": _type_name(info.annotation),
            "nullable": "yes" if _is_optional(info.annotation) else "no",
            "values": ", ".join(_values(info.annotation)),
            "description": describe(name, _PUBLIC_NAMES.get(field, field)),
        }
        for name, model in PUBLIC_MODELS.items()
        for field, info in model.model_fields.items()
    ]


def describe(table: str, field: str) -> str:
    """What a field of a table means.

    Raises: KeyError where ``canonical/fields.yml`` does not say it.
    """
    fields = _descriptions()
    own = fields.get(table, {})
    if field in own:
        return own[field]
    if field in fields["common"]:
        return fields["common"][field]
    raise KeyError(f"{table}.{field} is not described in schemas/canonical/fields.yml")


@cache
def _descriptions() -> dict[str, dict[str, str]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("schemas.canonical").joinpath("fields.yml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(text, Loader=loader)
    return loaded


def _members(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, the type itself of any other."""
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _is_optional(annotation: Any) -> bool:
    return NoneType in _members(annotation)


def _values(annotation: Any) -> list[str]:
    return [
        str(value) for member in _members(annotation) if get_origin(member) is Literal for value in get_args(member)
    ]


def _type_name(annotation: Any) -> str:
    """The type in words: ``text``, ``whole number``, ``number``, ``list``, ``object``."""
    names = {str: "text", int: "whole number", float: "number"}
    found: list[str] = []
    for member in _members(annotation):
        if member is NoneType:
            continue
        origin = get_origin(member)
        name = "text" if origin is Literal else "list" if origin is tuple else names.get(member, "object")
        found.append(name)
    if set(found) == {"whole number", "number"}:
        return "number"
    return " or ".join(dict.fromkeys(found))
