"""Facts as data frames, and conditions that cannot do anything but choose rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import StoreError, UsageError
from pipelines.reconcile import reconcile
from pipelines.store.views import view_columns
from schemas import RECORD_TYPES


@pytest.fixture
def filled(store, facts, save):
    save(facts())
    store.save_entities(reconcile(store.report_facts()))
    return store


def test_every_type_has_the_columns_of_its_model(filled):
    for name, model in RECORD_TYPES.items():
        frame = filled.facts(name)
        assert list(frame.columns) == view_columns(name)
        assert set(model.model_fields) - {"type", "evidence"} <= set(frame.columns)
        assert {"quote", "start", "end", "page", "report_status"} <= set(frame.columns)
        assert len(frame) == (2 if name == "statistic" else 1)


def test_a_fact_has_its_report_its_entity_and_its_passage(filled):
    row = filled.facts("award").iloc[0]
    assert (row["prize"], row["count"], row["level"]) == ("nhi", 3, "huyen")
    assert (row["report_title"], row["report_date"], row["report_file"]) == (
        "Báo cáo tổng kết",
        "2023-06",
        "in/2023.txt",
    )
    assert row["entity_name"] == "Trường Tiểu học An Bình 2"
    assert row["entity_id"] == filled.entities("school")[0].id
    text = filled.report_facts()[0].layer.text
    assert text[row["start"] : row["end"]] == row["quote"] == "3 giải Nhì"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("official", "person"), ("school", "school"), ("citation", "document"), ("report", "organization")],
)
def test_facts_name_their_entity(filled, name, kind):
    row = filled.facts(name).iloc[0]
    assert row["entity_id"] in {entity.id for entity in filled.entities(kind)}


def test_types_of_columns(filled):
    frame = filled.facts("statistic")
    assert str(frame["value"].dtype) == "float64"
    assert str(frame["start"].dtype) == "Int64"
    assert frame["of"].tolist()[1] == 27.5
    assert filled.facts("school")["variants"].tolist() == [["Trường Tiểu học An Bình 2"]]


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("value > 20", 1),
        ("level = 'TH' AND value < 20", 1),
        ("indicator LIKE '%Tiểu học%'", 1),
        ("report_date >= '2023' AND (level IS NULL OR level = 'TH')", 2),
        ('"of" > 20', 1),
        ("quote = 'it''s; -- not (here'", 0),
        ("value IN (SELECT MAX(value) FROM statistic)", 1),
        ("1 = 1\n", 2),
    ],
)
def test_a_condition_chooses_rows(filled, where, rows):
    assert len(filled.facts("statistic", where)) == rows


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("1=1; DROP TABLE report", "without ';'"),
        ("1=1) ; DELETE FROM report; --", "brackets"),
        ("1=1) UNION SELECT * FROM layer WHERE (1=1", "brackets"),
        ("(value > 2", "brackets"),
        ("value > 2 -- all", "without '--'"),
        ("value > 2 /* all */", "without '/*'"),
        ("quote = 'open", "quote is not closed"),
        ('level = "TH"', "texts stand in single quotes ('TH')"),
        ("levl = 'TH'", "levl; texts stand in single quotes, columns are id, report, indicator"),
        ("value > ?", "without '?'"),
        ("value = :x", "refused"),
        ("value >", "refused"),
        ("DELETE FROM report", "refused"),
        ("EXISTS (INSERT INTO run (id, started_at) VALUES ('x', 'y') RETURNING id)", "refused"),
        ("load_extension('x') = 1", "refused"),
    ],
)
def test_a_condition_that_is_more_or_wrong_is_refused(filled, where, said):
    before = {name: len(filled.table(name)) for name in ("report", "statistic", "run")}
    with pytest.raises(UsageError) as caught:
        filled.facts("statistic", where)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {name: len(filled.table(name)) for name in before} == before


def test_the_connection_for_conditions_cannot_write(filled):
    with filled._database.read_only() as connection, pytest.raises(Exception, match="readonly database"):
        connection.exec_driver_sql("DELETE FROM report")
    assert len(filled.facts("report")) == 1


def test_an_unknown_type_or_table_is_refused(store):
    with pytest.raises(UsageError, match="types are report, official"):
        store.facts("pupil")
    with pytest.raises(UsageError, match="tables are award"):
        store.table("pupil")


def test_facts_of_a_store_that_is_gone_are_a_clear_error(filled, tmp_path: Path):
    for path in tmp_path.glob("facts.db*"):
        path.unlink()
    with pytest.raises(StoreError, match="the store is gone or was replaced"):
        filled.table("report")
    with pytest.raises(StoreError, match="the store is gone or was replaced"):
        filled.facts("report")
