"""The canonical schema: kinds, their JSON Schema, the registry of indicators."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from schemas.kinds import canonical_dictionary, canonical_kinds, indicator_registry, kind_schema
from schemas.records import RECORD_TYPES
from schemas.vocabulary import Indicator, vocabulary

WANTED = {
    "person", "organization", "post", "membership", "school", "district", "commune", "document", "contest", "title",
    "indicator", "observation", "award",
}  # fmt: skip


def test_every_kind_is_there_and_every_record_type_tells_of_one():
    assert set(canonical_kinds()) == WANTED
    assert {name for kind in canonical_kinds().values() for name in kind.records} == set(RECORD_TYPES)


@pytest.mark.parametrize("name", sorted(WANTED))
def test_schemas_are_valid(name):
    schema = kind_schema(canonical_kinds()[name])
    Draft202012Validator.check_schema(schema)
    json.dumps(schema)
    assert all(value["description"] for value in schema["properties"].values())


def test_things_are_checked():
    check = Draft202012Validator(kind_schema(canonical_kinds()["school"])).validate
    school = {"id": "school-1", "name": "Trường Tiểu học An Bình 2", "level": "TH", "own_name": "An Bình"}
    check({**school, "ordinal": 2, "founded": "1992-08", "successor": ["school-2"], "closed": None})
    for wrong in ({"ordinal": "2"}, {"founded": "tháng 8"}, {"colour": "red"}, {"level": None}):
        with pytest.raises(ValidationError):
            check({**school, **wrong})


def test_the_dictionary_says_type_unit_required_comparable_exclusive():
    rows = {(row["kind"], row["property"]): row for row in canonical_dictionary()}
    assert len(rows) == sum(len(kind.properties) for kind in canonical_kinds().values())
    head = rows["membership", "person"]
    assert (head["type"], head["refers_to"], head["required"], head["exclusive"]) == (
        "reference",
        "person",
        "yes",
        "yes",
    )
    assert rows["observation", "value"]["unit"]


def test_indicators_refer_to_indicators_of_their_units():
    known = {entry.id: entry for entry in vocabulary(Indicator)}
    for entry in known.values():
        for other in (*entry.parts, *([entry.within] if entry.within else [])):
            assert other in known, entry.id
            assert (known[other].units[0] == "%") == (entry.units[0] == "%")
        assert entry.id not in entry.parts
    rows = {row["id"]: row for row in indicator_registry()}
    assert rows["ty_le_len_lop"]["high"] == 100
    assert rows["so_truong"]["low"] == 0
    assert rows["so_truong"]["high"] is None
    assert rows["so_tre"]["parts"] == ["so_chau_nha_tre", "so_tre_mau_giao"]
