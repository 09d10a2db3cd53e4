"""Who held which post when, what became of schools, tallies and series: views and data frames."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from pipelines import correct, timelines
from pipelines.errors import UsageError
from pipelines.facts import ReportFacts
from pipelines.store import Store
from schemas import Award, Official, School, Statistic

OFFICE = "Phòng GD&ĐT huyện Suối Mây"


@pytest.fixture
def store(tmp_path, draft):
    opened = Store.open(f"sqlite:///{tmp_path / 'facts.db'}")
    reports = [
        ("2018.txt", "2018-12-25", "Phó Trưởng phòng", "Lò Mí Sèn", 3, 21),
        ("2020.txt", "2020-12-18", "TRƯỞNG PHÒNG", "Lò Mí Sèn", 5, 20),
        ("2021.txt", "2021-07-01", "Trưởng phòng", "Lò Mí Sèn", 2, 19),
        ("2023.txt", "2023-07-01", "Trưởng phòng", "Vừ A Chía", 4, 18),
    ]
    for file, date, role, person, count, schools in reports:
        event = "Trường THCS Cầu Gỗ được công nhận đạt chuẩn quốc gia năm 2019." if file == "2020.txt" else ""
        made = draft(
            f"{OFFICE}\n{person} - {role}\nTrường THCS Cầu Gỗ đạt {count} giải\n{schools} trường\n{event}\n", file
        )
        facts = ReportFacts.of(
            made.layer,
            [
                made.report(issuer=OFFICE, date=date),
                made.make(
                    Official, f"{person} - {role}", person=person, post=role, role=role, organization="Phòng GD&ĐT"
                ),
                made.make(School, "Trường THCS Cầu Gỗ", name="Trường THCS Cầu Gỗ", level="THCS", own_name="Cầu Gỗ"),
                made.make(
                    Award,
                    f"{count} giải",
                    kind="prize",
                    prize="giai",
                    count=count,
                    school="Trường THCS Cầu Gỗ",
                    period=date[:4],
                ),
                made.make(
                    Statistic,
                    f"{schools} trường",
                    indicator="trường",
                    indicator_id="so_truong",
                    unit="trường",
                    value=schools,
                    place="Suối Mây",
                    period=date[:4],
                ),
            ],
        )
        if event:
            at = made.layer.text.index(event)
            school = facts.schools[0]
            passages = (*school.evidence, made.layer.evidence(at, at + len("Trường THCS Cầu Gỗ")))
            records = [r.model_copy(update={"evidence": passages}) if r is school else r for r in facts.records]
            facts = ReportFacts.of(made.layer, records)
        opened.save_report(facts.layer, facts.records, (), version="1")
    correct.reconcile_store(opened)
    yield opened
    opened.close()


def the_one(store, kind, name):
    (found,) = [entity for entity in store.entities(kind) if entity.name.lower() == name.lower()]
    return found.id


def test_posts_of_a_person(store):
    frame = timelines.posts_of(store, the_one(store, "person", "Lò Mí Sèn"))
    rows = frame[["role", "start", "end", "known_at"]].values.tolist()
    assert rows == [
        ["phó trưởng phòng", "2018-12-25", "2018-12-25", "2018-12-25"],
        ["trưởng phòng", "2020-12-18", "2021-07-01", "2020-12-18"],
    ]


def test_holders_of_a_post(store):
    office = next(
        e.id for e in store.entities("organization") if e.attributes["place"] == "Suối Mây" and "Phòng" in e.name
    )
    frame = timelines.holders_of(store, "Trưởng phòng", office)
    assert frame["person_name"].tolist() == ["Lò Mí Sèn", "Vừ A Chía"]
    assert frame["next_start"].tolist()[0] == "2023-07-01"


def test_events_of_a_school(store):
    school = the_one(store, "school", "Trường THCS Cầu Gỗ")
    frame = timelines.school_events(store, school)
    assert frame[["event", "date", "known_at"]].values.tolist() == [["standard", "2019", "2020-12-18"]]
    assert frame["quote"][0].startswith("Trường THCS Cầu Gỗ được công nhận")
    assert len(timelines.school_events(store)) == 1


def test_tallies_and_series(store):
    tally = timelines.award_tallies(store, the_one(store, "school", "Trường THCS Cầu Gỗ"))
    assert tally[["period", "award", "count"]].values.tolist() == [
        ["2018", "giai", 3],
        ["2020", "giai", 5],
        ["2021", "giai", 2],
        ["2023", "giai", 4],
    ]
    series = timelines.indicator_series(store, "so_truong", "Suối Mây")
    assert series["value"].tolist() == [21, 20, 19, 18]
    assert timelines.indicator_series(store, "so_truong", "Bến Lau").empty


def test_a_second_report_of_the_same_year_does_not_double_the_tally(store):
    facts = next(facts for facts in store.report_facts() if facts.layer.file == "2021.txt")
    layer = facts.layer.model_copy(update={"id": "0" * 64, "file": "2021-again.txt"})
    records = [record.model_copy(update={"report": layer.id}) for record in facts.records]
    records[0] = records[0].model_copy(update={"file": layer.file})
    store.save_report(layer, records, (), version="1")
    correct.reconcile_store(store)
    tally = timelines.award_tallies(store, the_one(store, "school", "Trường THCS Cầu Gỗ"))
    assert tally[tally["period"] == "2021"][["count", "reports"]].values.tolist() == [[2, 2]]


def test_the_views_are_plain_sql(store):
    with store._database.read() as connection:
        for name in ("post_timeline", "school_timeline", "award_tally", "indicator_series"):
            assert connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar()


def test_unknown_names_are_refused(store):
    with pytest.raises(UsageError, match="timelines are"):
        store.timeline("weather")
    with pytest.raises(UsageError, match="columns are"):
        store.timeline("award_tally", colour="red")
    with pytest.raises(UsageError, match="no entity"):
        timelines.posts_of(store, "person-0")
