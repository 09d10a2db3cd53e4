"""Saving reports: what comes back, what a second save changes, what becomes of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import StoreError, UsageError
from pipelines.facts import ReportFacts, record_ids
from pipelines.store import Store
from schemas import Block, Box, Cell, Page, Statistic, Table


def dump(store: Store) -> dict[str, object]:
    """All that is stored, times left out."""
    tables = ("report", "file", "layer", "official", "school", "award", "statistic", "citation", "evidence", "relation")
    hidden = ["saved_at", "first_seen", "last_seen"]
    frames = {name: store.table(name).drop(columns=hidden, errors="ignore").astype(object) for name in tables}
    return {name: frame.where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}


def test_a_report_comes_back_as_it_was_saved(store, facts, save):
    saved = facts()
    save(saved)
    assert store.report_facts() == [saved]


def test_pages_tables_and_blocks_come_back(store, facts):
    given = facts()
    layer = given.layer.model_copy(
        update={
            "pages": (Page(number=1, start=0, end=40), Page(number=2, start=40, end=len(given.layer.text))),
            "tables": (Table(start=0, end=9, cells=(Cell(row=0, col=0, col_span=2, start=0, end=9, header=True),)),),
            "blocks": (Block(start=0, end=9, kind="heading", level=1, box=Box(page=1, x0=1, top=2, x1=3, bottom=4)),),
        }
    )
    store.save_report(layer, given.records, given.relations, version="v1")
    assert store.report_facts()[0].layer == layer


def test_saving_the_same_twice_changes_nothing(store, facts, save):
    save(facts())
    before = dump(store)
    save(facts())
    after = dump(store)
    assert [row["status"] for row in before["file"]] == ["new"]
    assert [row["status"] for row in after["file"]] == ["unchanged"]
    assert {k: v for k, v in before.items() if k != "file"} == {k: v for k, v in after.items() if k != "file"}


def test_a_new_extraction_replaces_the_facts(store, facts, save):
    old = facts()
    save(old, version="v1")
    new = ReportFacts.of(old.layer, [record for record in old.records if not isinstance(record, Statistic)])
    save(new, version="v2")
    assert store.report_facts() == [new]
    assert store.report_states()["in/2023.txt"].version == "v2"


def test_the_same_content_in_two_files_is_stored_once(store, facts, save):
    save(facts(file="in/2023.txt"))
    save(facts(file="in/copy.txt"))
    states = store.report_states()
    assert states["in/2023.txt"].report == states["in/copy.txt"].report
    assert len(store.facts("report")) == 1
    assert store.report_facts()[0].report.file == "in/2023.txt"
    assert set(store.facts("statistic")["report_file"]) == {"in/2023.txt"}


def test_of_two_files_with_the_same_content_the_one_that_stays_names_the_report(store, facts, save):
    save(facts(file="in/2023.txt"))
    save(facts(file="in/copy.txt"))
    store.mark_vanished(["in/2023.txt"])
    assert [report.report.file for report in store.report_facts()] == ["in/copy.txt"]
    assert list(store.facts("report")["report_status"]) == ["current"]


def test_a_changed_file_supersedes_its_old_facts(store, facts, save):
    old, new = facts(schools=24), facts(schools=25)
    save(old)
    save(new)
    assert store.report_facts() == [new]
    assert store.facts("statistic", "indicator = 'trường'")["value"].tolist() == [25]
    assert store.report_states()["in/2023.txt"].status == "changed"
    # Not forgotten: asked for by its id, the old report is still there.
    assert [report.statistics for report in store.report_facts([old.layer.id])] == [old.statistics]
    assert store.table("report").set_index("id")["status"].to_dict() == {
        old.layer.id: "superseded",
        new.layer.id: "current",
    }


def test_content_that_returns_is_current_again(store, facts, save):
    old, new = facts(schools=24), facts(schools=25)
    save(old)
    save(new)
    store.mark_seen({"in/2023.txt": old.layer.id})
    assert store.report_facts() == [old]
    assert store.report_states()["in/2023.txt"].report == old.layer.id
    assert len(store.table("file")) == 2


def test_a_changed_copy_leaves_the_other_file_its_facts(store, facts, save):
    save(facts(schools=24, file="in/a.txt"))
    save(facts(schools=24, file="in/b.txt"))
    save(facts(schools=25, file="in/a.txt"))
    assert [(row.report.file, row.statistics[0].value) for row in store.report_facts()] == [
        ("in/a.txt", 25),
        ("in/b.txt", 24),
    ]


def test_a_vanished_file_is_marked_and_comes_back(store, facts, save):
    given = facts()
    save(given)
    store.mark_vanished(["in/2023.txt"])
    assert store.report_states()["in/2023.txt"].status == "vanished"
    assert set(store.facts("official")["report_status"]) == {"vanished"}
    store.mark_seen({"in/2023.txt": given.layer.id})
    assert store.report_states()["in/2023.txt"].status == "unchanged"
    assert set(store.facts("official")["report_status"]) == {"current"}


def test_seeing_an_unknown_report_is_refused(store):
    with pytest.raises(UsageError, match="holds no report abc"):
        store.mark_seen({"in/2023.txt": "abc"})


def test_records_of_another_report_are_refused(store, facts):
    one, other = facts(schools=24), facts(schools=25)
    with pytest.raises(ValueError, match="names another report"):
        store.save_report(one.layer, [one.report, *other.schools], [], version="v1")
    with pytest.raises(ValueError, match="0 report records"):
        store.save_report(one.layer, one.schools, [], version="v1")
    assert store.report_facts() == []


def test_record_ids_follow_the_values_and_tell_equal_records_apart(facts):
    given = facts()
    statistic = given.statistics[0]
    moved = statistic.model_copy(update={"confidence": 0.1, "evidence": ()})
    as_float = statistic.model_copy(update={"value": float(statistic.value)})
    other = statistic.model_copy(update={"value": 99})
    ids = record_ids([statistic, statistic, other])
    assert record_ids([moved]) == record_ids([as_float]) == ids[:1]
    assert len(set(ids)) == 3
    assert record_ids([given.report]) == [given.layer.id]


@pytest.mark.parametrize(
    "values",
    [{"unit": "\ud800"}, {"unit": "trường", "value": 10**400}],
    ids=["a lone surrogate", "a number too large for a float"],
)
def test_what_the_database_cannot_hold_is_one_clear_error(store, facts, save, tmp_path: Path, values):
    save(facts())
    before = dump(store)
    given = facts(schools=25)
    broken = given.statistics[0].model_copy(update=values)
    with pytest.raises(StoreError, match=r"facts\.db: "):
        store.save_report(given.layer, [given.report, broken], [], version="v1")
    assert dump(store) == before
