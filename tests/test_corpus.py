"""The project's own corpus holds together: gold, planted inconsistencies and generated files agree with the sources."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.readers import read
from schemas import RECORD_TYPES, TextLayer
from tests.corpus_tools.build import CORPUS, gold, render, sources
from tests.corpus_tools.markup import Source

SOURCES = sources()
PLANTED = yaml.safe_load((CORPUS / "planted.yml").read_text(encoding="utf-8"))
FILES = [(source, suffix) for source in SOURCES for suffix in source.meta["formats"]]
EXTRA = {"quote", "sure", "note", "cell"}
NOT_IN_GOLD = {"type", "report", "file", "evidence", "confidence", "value_to"}
RULES = {
    "sum_of_parts", "percent_total", "ratio_bounds", "percent_of_counts", "list_count", "denominator_drift",
    "value_conflict", "citation_date", "citation_number", "numbering", "impossible_date", "incomplete_form",
}  # fmt: skip


def folded(text: str) -> str:
    return " ".join(text.split())


@cache
def layer(name: str) -> TextLayer:
    return read(CORPUS / "reports" / name)


def rows(records: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in RECORD_TYPES:
        found = records[kind]
        for row in found if isinstance(found, list) else [found]:
            yield kind, row


def gold_file(source: Source) -> dict[str, Any]:
    return json.loads((CORPUS / "gold" / f"{source.name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def label(entry: dict[str, Any]) -> str:
    return str(entry.get("id") or entry["file"])


def by_name(source: Source) -> str:
    return source.name


def test_reports_are_exactly_what_the_sources_make():
    expected = {f"{source.name}.{suffix}" for source, suffix in FILES}
    assert {path.name for path in (CORPUS / "reports").iterdir()} == expected
    assert {path.stem for path in (CORPUS / "gold").glob("*.json")} == {source.name for source in SOURCES}


def test_size_of_the_corpus():
    texts = {source.name: len(layer(gold_file(source)["file"]).text) for source in SOURCES}
    assert len(texts) >= 32
    assert sum(length > 14500 for length in texts.values()) >= 2
    suffixes = [suffix for _, suffix in FILES]
    assert suffixes.count("txt") >= 5
    assert min(suffixes.count("html"), suffixes.count("docx"), suffixes.count("pdf")) >= 3
    assert sum(len(source.meta["formats"]) == 4 for source in SOURCES) >= 10
    assert len({str(source.meta["period"])[:4] for source in SOURCES}) >= 10


def test_the_readme_counts_what_the_gold_holds():
    counts = {
        kind: sum(len(gold_file(source)[kind]) for source in SOURCES) for kind in RECORD_TYPES if kind != "report"
    }
    said = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert all(f"{count:,} {kind}s" in said for kind, count in counts.items()), counts


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_gold_is_what_the_source_says(source):
    assert gold_file(source) == json.loads(json.dumps(gold(source)))


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_gold_records_validate(source):
    records = gold_file(source)
    for kind, row in rows(records):
        model = RECORD_TYPES[kind]
        fields = {key: value for key, value in row.items() if key not in EXTRA}
        missing = set(model.model_fields) - set(fields) - NOT_IN_GOLD
        assert not missing, (kind, row["quote"])
        model.model_validate({"report": "r", "file": "f", **fields} if kind == "report" else {"report": "r", **fields})
        assert isinstance(row["sure"], bool)
        assert "" not in fields.values(), row
    schools = {school["name"] for school in records["school"]}
    assert all(award["school"] in schools | {None} for award in records["award"])
    assert all(school["variants"] for school in records["school"])


@pytest.mark.parametrize(("source", "suffix"), FILES, ids=lambda value: getattr(value, "name", value))
def test_gold_quotes_stand_in_every_format(source, suffix):
    text = folded(layer(f"{source.name}.{suffix}").text)
    absent = [(kind, row["quote"]) for kind, row in rows(gold_file(source)) if folded(row["quote"]) not in text]
    assert absent == []


@pytest.mark.parametrize(("source", "suffix"), FILES, ids=lambda value: getattr(value, "name", value))
def test_every_line_of_the_source_is_in_the_file(source, suffix):
    text = folded(layer(f"{source.name}.{suffix}").text)
    absent = [line.text for line in source.lines() if folded(line.text) not in text]
    assert absent == []


@pytest.mark.parametrize(("source", "suffix"), FILES, ids=lambda value: getattr(value, "name", value))
def test_files_are_reproducible(source, suffix, tmp_path: Path):
    stored = CORPUS / "reports" / f"{source.name}.{suffix}"
    made = tmp_path / stored.name
    made.write_bytes(render(source, suffix))
    if suffix in ("txt", "html"):
        assert made.read_bytes() == stored.read_bytes()
    else:  # other versions of the writers, or another font, may change bytes and line ends, never the text
        assert folded(read(made).text) == folded(layer(stored.name).text)


@pytest.mark.parametrize("source", [s for s in SOURCES if s.meta["formats"][0] != "txt"], ids=by_name)
def test_gold_cells_are_the_cells_that_the_reader_finds(source):
    report = layer(gold_file(source)["file"])
    grids = [table for table in report.tables if table.shape[1] > 2 and any(cell.header for cell in table.cells)]
    for _, row in rows(gold_file(source)):
        if "cell" not in row or not grids:
            continue
        table, line, column = row["cell"]
        found = [cell for cell in grids[table].cells if (cell.row, cell.col) == (line, column)]
        assert [folded(report.text[cell.start : cell.end]) for cell in found] == [folded(row["quote"])]


@pytest.mark.parametrize("entry", [*PLANTED["findings"], *PLANTED["consequences"], *PLANTED["silent"]], ids=label)
def test_planted_passages_exist(entry):
    names = entry.get("files") or [entry["file"]]
    texts = []
    for name in names:
        formats = next(source.meta["formats"] for source in SOURCES if source.name == name)
        texts.append(folded(" ".join(layer(f"{name}.{formats[0]}").text.split())))
    for i, quote in enumerate(entry["quotes"]):
        where = texts[min(i, len(texts) - 1)]
        assert folded(quote) in where, quote


def test_planted_findings_are_complete():
    entries = PLANTED["findings"]
    assert len({entry["id"] for entry in entries}) == len(entries) >= 50
    assert {entry["rule"] for entry in entries} == RULES
    for entry in entries:
        assert {"stated", "expected", "quotes"} <= set(entry)
