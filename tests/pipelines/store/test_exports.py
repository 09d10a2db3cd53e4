"""Exports: the same facts in every format, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from pipelines.dictionary import EXPORT_TABLES, TABLE_COLUMNS, dictionary_rows
from pipelines.errors import UsageError
from pipelines.exports import FORMATS, escape_formula, export_all, export_frame, table_frame
from pipelines.reconcile import reconcile
from pipelines.store.tables import metadata
from schemas import Statistic

FORMULAS = ["=1+1", "+84 333", "-2 trường", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x.invalid","y")']


@pytest.fixture
def filled(store, facts, save):
    save(facts())
    store.save_entities(reconcile(store.report_facts()))
    return store


@pytest.fixture
def hostile(store, draft):
    """A store with a report whose texts begin like formulas."""
    paper = draft("Báo cáo\n" + "\n".join(FORMULAS))
    records = [paper.make(Statistic, "x", indicator=text, value=-3, unit="trường") for text in FORMULAS]
    store.save_report(paper.layer, [paper.report(title="=cmd|' /C calc'!A0"), *records], [], version="v1")
    return store


def test_every_table_is_written_with_a_dictionary(filled, tmp_path: Path):
    written = export_all(filled, tmp_path / "out", "csv")
    names = {path.name for path in written}
    assert names == {f"{name}.csv" for name in EXPORT_TABLES} | {
        "data_dictionary.md",
        "data_dictionary.csv",
        "canonical_dictionary.csv",
        "mapping.csv",
        "metadata.json",
    }
    assert all(path.exists() for path in written)
    assert not list((tmp_path / "out").glob("*.part"))
    for name in EXPORT_TABLES:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            assert tuple(next(csv.reader(stream))) == TABLE_COLUMNS[name]


def test_formats_hold_the_same_facts(filled, tmp_path: Path):
    frame = table_frame(filled, "statistic")
    for format in FORMATS:
        export_frame(frame, tmp_path / f"statistic.{format}", format, table="statistic")
    with (tmp_path / "statistic.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = [json.loads(line) for line in (tmp_path / "statistic.jsonl").read_text(encoding="utf-8").splitlines()]
    parquet = pd.read_parquet(tmp_path / "statistic.parquet")
    assert [row["value"] for row in rows] == ["24", "11"]
    assert [row["of"] for row in rows] == ["", "27.5"]
    assert [line["value"] for line in lines] == parquet["value"].tolist() == [24, 11]
    assert lines[0]["type"] == "statistic"
    assert lines[0]["level"] is None
    assert [row["quote"] for row in rows] == [line["quote"] for line in lines] == parquet["quote"].tolist()
    assert "11 trường Tiểu học" in sheet_texts(tmp_path / "statistic.xlsx")


def test_lists_and_mappings(filled, tmp_path: Path):
    for name, column in (("school", "variants"), ("entity", "attributes")):
        for format in FORMATS:
            export_frame(table_frame(filled, name), tmp_path / f"{name}.{format}", format, table=name)
        assert column in pd.read_parquet(tmp_path / f"{name}.parquet").columns
    with (tmp_path / "school.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["variants"] == "Trường Tiểu học An Bình 2"
    line = json.loads((tmp_path / "school.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert line["variants"] == ["Trường Tiểu học An Bình 2"]
    entity = json.loads((tmp_path / "entity.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert "type" not in entity
    assert entity["attributes"]["reports"] == 1


def test_csv_cells_that_begin_like_formulas_are_escaped(hostile, tmp_path: Path):
    export_all(hostile, tmp_path, "csv")
    with (tmp_path / "statistic.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["indicator"] for row in rows) == sorted(f"'{text}" for text in FORMULAS)
    # A negative number is a number.
    assert {row["value"] for row in rows} == {"-3"}
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if escape_formula(cell) != cell and not re.fullmatch(r"-[\d.]+", cell)]


def test_a_workbook_holds_texts_and_no_formulas(hostile, tmp_path: Path):
    (book, *_) = export_all(hostile, tmp_path, "xlsx")
    with zipfile.ZipFile(book) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        styles = archive.read("xl/styles.xml").decode()
    assert len(sheets) == len(EXPORT_TABLES)
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    assert 'quotePrefix="1"' in styles
    assert set(FORMULAS) - {"\rx"} <= sheet_texts(book)


def sheet_texts(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        shared = archive.read("xl/sharedStrings.xml").decode()
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", shared)
    return {text.replace("&quot;", '"').replace("&amp;", "&") for text in texts}


def test_jsonl_and_parquet_hold_the_text_as_it_is(hostile, tmp_path: Path):
    export_all(hostile, tmp_path, "jsonl")
    lines = [
        json.loads(line) for line in (tmp_path / "statistic.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    assert sorted(line["indicator"] for line in lines) == sorted(FORMULAS)


def test_an_empty_store_is_exported_too(store, tmp_path: Path):
    for format in FORMATS:
        export_all(store, tmp_path / format, format)
    assert len(pd.read_parquet(tmp_path / "parquet" / "school.parquet")) == 0


def test_a_table_may_go_to_a_stream(filled):
    stream = io.BytesIO()
    export_frame(filled.facts("school"), stream, "csv", table="school")
    assert stream.getvalue().decode().startswith("id,report,name,level")


def test_an_export_twice_gives_the_same_bytes(filled, tmp_path: Path):
    for format in ("csv", "jsonl"):
        first, second = export_all(filled, tmp_path / "1", format), export_all(filled, tmp_path / "2", format)
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_what_cannot_be_written_is_one_clear_error(filled, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        export_all(filled, tmp_path / "file", "csv")
    with pytest.raises(UsageError, match="formats are csv, jsonl, xlsx, parquet"):
        export_all(filled, tmp_path / "out", "docx")
    assert not (tmp_path / "out").exists()
    with pytest.raises(UsageError, match=r"no-folder/x\.csv: cannot be written"):
        export_frame(table_frame(filled, "school"), tmp_path / "no-folder" / "x.csv", "csv", table="school")


def test_columns_of_a_workbook_fit_what_they_hold_and_the_screen(filled, tmp_path: Path):
    export_frame(table_frame(filled, "school"), tmp_path / "school.xlsx", "xlsx", table="school")
    with zipfile.ZipFile(tmp_path / "school.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert len(set(widths)) > 1
    assert max(widths) < 60


def test_the_dictionary_describes_every_column():
    rows = dictionary_rows()
    assert [(row["table"], row["field"]) for row in rows] == [
        (table, column) for table in EXPORT_TABLES for column in TABLE_COLUMNS[table]
    ]
    assert all(row["description"] and row["about"] for row in rows)


def test_datasette_is_told_of_tables_that_exist(filled, tmp_path: Path):
    export_all(filled, tmp_path, "csv")
    described = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))["databases"]["facts"]
    with filled._database.read_only() as connection:
        for name, table in described["tables"].items():
            result = connection.exec_driver_sql(f"SELECT * FROM {name} LIMIT 1")
            assert set(table.get("columns", ())) | set(table.get("facets", ())) <= set(result.keys())
        for query in described["queries"].values():
            connection.exec_driver_sql(query["sql"]).all()
    assert set(metadata.tables) <= set(described["tables"]) | set(EXPORT_TABLES)
