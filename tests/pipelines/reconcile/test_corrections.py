"""Merges and splits by persons, kept in a store: they outlive reruns and a changed extraction."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete

from pipelines import correct
from pipelines.errors import UsageError
from pipelines.reconcile.judgements import orphans
from pipelines.store import Store
from pipelines.store import tables as t
from schemas import MACHINE, School

SUOI_MAY = "Phòng GD&ĐT huyện Suối Mây"
BEN_LAU = "Phòng Giáo dục và Đào tạo thị xã Bến Lau"
PEOPLE = [("Đinh Mạnh Hùng", "Trưởng phòng", "Phòng GD&ĐT")]


@pytest.fixture
def store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path / 'facts.db'}")
    yield opened
    opened.close()


def save(store, *papers, version="1"):
    for facts in papers:
        store.save_report(facts.layer, facts.records, (), version=version)
    return correct.reconcile_store(store)


@pytest.fixture
def filled(store, paper):
    for number, (name, issuer) in enumerate((("a", SUOI_MAY), ("b", BEN_LAU), ("c", BEN_LAU))):
        run = store.start_run()
        facts = paper(f"{name}.txt", issuer=issuer, people=PEOPLE, schools=[("TH", "An Bình", number or None)])
        store.save_report(facts.layer, facts.records, (), version="1", run=run)
        store.finish_run(run, {})
    correct.reconcile_store(store)
    return store


def people(store):
    return sorted(sorted({mention.file for mention in entity.mentions}) for entity in store.entities("person"))


def ids(store):
    return {entity.id for entity in store.entities()}


def test_a_merge_keeps_the_id_of_the_run_that_came_first(filled):
    one, other = sorted(filled.entities("person"), key=lambda entity: entity.mentions[0].file)
    merged = correct.merge(filled, other.id, one.id, by="Lan", note="đã hỏi")
    assert merged.id == one.id
    assert filled.entity(other.id) == filled.entity(one.id)
    assert people(filled) == [["a.txt", "b.txt", "c.txt"]]
    assert correct.undo(filled, one.id, [other.id], by="Lan", note="nhầm") == 1
    assert people(filled) == [["a.txt"], ["b.txt", "c.txt"]]
    assert [judgement.decision for judgement in filled.judgements() if judgement.by == "Lan"] == ["same", "retracted"]


def test_a_split_by_file_name_can_be_taken_back(filled):
    whole = next(entity for entity in filled.entities("person") if len(entity.mentions) == 2)
    part = correct.split(filled, whole.id, ["c.txt"], by="Lan", note="người khác")
    assert part.id != whole.id
    assert {mention.file for mention in part.mentions} == {"c.txt"}
    assert people(filled) == [["a.txt"], ["b.txt"], ["c.txt"]]
    report = correct.report_ids(filled, ["c.txt"])
    assert correct.undo(filled, whole.id, report, by="Lan", note="nhầm") == 1
    assert people(filled) == [["a.txt"], ["b.txt", "c.txt"]]


def test_derived_tables_come_back_byte_for_byte(filled):
    one, other = filled.entities("person")
    correct.merge(filled, one.id, other.id, by="Lan", note="đã hỏi")
    before = [entity.model_dump_json() for entity in filled.entities()]
    count = len(filled.judgements())
    with filled._database.write() as connection:
        for table in (t.entity_redirect, t.entity_mention, t.entity):
            connection.execute(delete(table))
    correct.reconcile_store(filled)
    assert [entity.model_dump_json() for entity in filled.entities()] == before
    assert len(filled.judgements()) == count


def test_more_reports_rename_nothing(filled, paper):
    before = ids(filled)
    later = paper("d.txt", issuer="Sở GD&ĐT Hà Trung", people=PEOPLE, schools=[("TH", "An Bình", 1)])
    bare = paper("e.txt", issuer="Ban biên tập", body="huyện Suối Mây", people=[("Đinh Mạnh Hùng", "Thư ký", "")])
    save(filled, later, bare)
    assert before <= ids(filled)


def test_a_judgement_outlives_an_extraction_that_names_things_otherwise(filled, paper):
    schools = {entity.mentions[0].file: entity for entity in filled.entities("school")}
    merged = correct.merge(filled, schools["a.txt"].id, schools["b.txt"].id, by="Lan", note="một trường")
    changed = []
    for facts in filled.report_facts():
        records = [
            record.model_copy(update={"own_name": "Yên Bình", "name": "Trường Tiểu học Yên Bình"})
            if isinstance(record, School) and facts.layer.file == "b.txt"
            else record
            for record in facts.records
        ]
        changed.append((facts.layer, records))
    for layer, records in changed:
        filled.save_report(layer, records, (), version="2")
    correct.reconcile_store(filled)
    found = filled.entity(merged.id)
    assert {mention.file for mention in found.mentions} == {"a.txt", "b.txt"}
    assert orphans(filled.entities(), filled.judgements()) == []


def test_a_judgement_without_its_mention_is_listed(filled):
    schools = {entity.mentions[0].file: entity for entity in filled.entities("school")}
    correct.merge(filled, schools["a.txt"].id, schools["b.txt"].id, by="Lan", note="một trường")
    for facts in filled.report_facts():
        records = [record for record in facts.records if not isinstance(record, School)]
        filled.save_report(facts.layer, records, (), version="2")
    resolution = correct.reconcile_store(filled)
    assert [judgement.note for judgement in resolution.orphans] == ["một trường"]
    assert orphans(filled.entities(), filled.judgements()) == resolution.orphans


def test_what_the_resolver_decided_is_told_once_and_retracted_when_it_no_longer_holds(store, paper):
    with_job = paper("a.txt", issuer=SUOI_MAY, people=PEOPLE)
    jobless = paper("b.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Hùng", "Thư ký", "")])
    save(store, with_job, jobless)
    (made,) = store.judgements()
    assert (made.by, made.decision) == (MACHINE, "same")
    assert "nothing else fits" in made.note
    correct.reconcile_store(store)
    assert len(store.judgements()) == 1
    principal = [("Đinh Mạnh Hùng", "Hiệu trưởng", "TH An Bình")]
    save(store, paper("d.txt", issuer=SUOI_MAY, people=principal, schools=[("TH", "An Bình", None)]))
    pair = {(judgement.left, judgement.right): judgement.decision for judgement in store.judgements()}
    assert pair[made.left, made.right] == "unsure"


def test_wrong_words_are_refused_in_a_sentence(filled):
    one, other = filled.entities("person")
    school = filled.entities("school")[0]
    for call in (
        lambda: correct.merge(filled, one.id, school.id, by="Lan", note="x"),
        lambda: correct.merge(filled, one.id, one.id, by="Lan", note="x"),
        lambda: correct.merge(filled, one.id, "person-0", by="Lan", note="x"),
        lambda: correct.split(filled, one.id, ["nowhere.txt"], by="Lan", note="x"),
        lambda: correct.split(filled, school.id, [school.mentions[0].file], by="Lan", note="x"),
        lambda: correct.undo(filled, one.id, [other.id], by="Lan", note="x"),
    ):
        with pytest.raises(UsageError):
            call()


def test_the_commands(filled, run_command):
    url = f"sqlite:///{filled._database.path}"
    one, other = filled.entities("person")
    options = ("--by", "Lan", "--note", "đã hỏi", "--store", url)
    done = run_command("merge", one.id, other.id, *options)
    assert done.returncode == 0, done.stderr
    assert len({mention["file"] for mention in json.loads(done.stdout)["mentions"]}) == 3
    assert run_command("merge", one.id, other.id, "--undo", *options).returncode == 0
    whole = next(entity for entity in filled.entities("person") if len(entity.mentions) == 2)
    done = run_command("split", whole.id, "c.txt", *options)
    assert {mention["file"] for mention in json.loads(done.stdout)["mentions"]} == {"c.txt"}
    refused = run_command("merge", one.id, other.id, "--by", " ", "--note", "x", "--store", url)
    assert refused.returncode == 2
    assert "--by" in refused.stderr
