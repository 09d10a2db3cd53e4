"""JSON Schema and data dictionary say what the program prints."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from schemas import Entity, Evidence, Finding, Mention, Operand, Report, Statistic
from schemas.export import PUBLIC_MODELS, data_dictionary, describe, json_schemas


@pytest.mark.parametrize("name", PUBLIC_MODELS)
def test_every_schema_is_valid_and_describes_its_fields(name):
    schema = json_schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert all(field["description"] for field in schema["properties"].values())
    json.dumps(schema)


def test_rows_as_printed_fit_their_schema():
    passage = Evidence(start=0, end=2, quote="24", page=None)
    operand = Operand(report="r", file="a.txt", start=0, end=2, quote="24", value=24)
    finding = Finding(
        rule="sum_of_parts",
        severity="error",
        finding_class="contradiction",
        scope="report",
        message="Sai",
        message_en="Wrong",
        operands=(operand,),
        fingerprint="f",
    )
    mention = Mention(report="r", file="a.txt", start=0, end=2, quote="24")
    rows = {
        "report": Report(report="r", file="a.txt", evidence=(passage,)).model_dump(mode="json") | {"text": "24 trường"},
        "statistic": Statistic(report="r", indicator="trường", value=24, evidence=(passage,)).model_dump(mode="json"),
        "finding": json.loads(json.dumps(finding.as_row(), default=list)),
        "entity": Entity(id="e", kind="school", name="A", attributes={"ordinal": 1}, mentions=(mention,)).model_dump(
            mode="json"
        ),
    }
    for name, row in rows.items():
        Draft202012Validator(json_schemas()[name]).validate(row)
    assert "class" in json_schemas()["finding"]["required"]
    with pytest.raises(ValidationError, match="finding_class"):
        Draft202012Validator(json_schemas()["finding"]).validate(finding.model_dump(mode="json"))


def test_the_dictionary_has_a_row_for_every_field_of_every_model():
    rows = {(row["table"], row["field"]): row for row in data_dictionary()}
    for name, model in PUBLIC_MODELS.items():
        for field in model.model_fields:
            assert rows[name, "class" if field == "finding_class" else field]["description"]
    assert rows["award", "count"]["type"] == "whole number"
    assert rows["award", "count"]["nullable"] == "yes"
    assert rows["statistic", "value"] | {"description": ""} == {
        "table": "statistic", "field": "value", "type": "number", "nullable": "no", "values": "", "description": "",
    }  # fmt: skip
    assert rows["statistic", "aspect"]["values"] == "value, change, target"
    assert rows["award", "level"]["values"].startswith("truong, cum, xa")


def test_a_field_without_a_description_is_an_error():
    with pytest.raises(KeyError, match=r"award\.colour is not described"):
        describe("award", "colour")
