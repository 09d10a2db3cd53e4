"""Opening a store: what is refused, in one sentence that names the store and the way out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

import pipelines.store.migrations
from pipelines.errors import StoreError
from pipelines.store import Store
from pipelines.store.migrate import REVISIONS, VERSION_TABLE
from pipelines.store.tables import metadata


def write_junk(folder: Path) -> Path:
    path = folder / "facts.db"
    path.write_bytes(b"not a database, but long enough to look like a file with a header" * 9)
    return path


def write_newer(folder: Path) -> Path:
    path = folder / "facts.db"
    Store.open(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    return path


def write_foreign(folder: Path) -> Path:
    path = folder / "facts.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE report (id INTEGER)")
    return path


def name_a_folder(folder: Path) -> Path:
    (folder / "facts.db").mkdir()
    return folder / "facts.db"


def name_a_missing_folder(folder: Path) -> Path:
    return folder / "nowhere" / "facts.db"


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (write_junk, "not a baocao store; name another file with --store"),
        (write_newer, "upgrade baocao"),
        (write_foreign, "another program's; name another file with --store"),
        (name_a_folder, "check that the folder exists and may be written"),
        (name_a_missing_folder, "check that the folder exists and may be written"),
    ],
)
def test_a_file_that_cannot_be_a_store_is_refused(tmp_path: Path, prepare, said):
    path = prepare(tmp_path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        Store.open(f"sqlite:///{path}")
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before


def test_a_store_that_cannot_be_written_is_refused(store, facts, save, tmp_path: Path, monkeypatch):
    # Rights do not bind root, who runs many a test; a database may refuse writes to anybody.
    def only_read(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA query_only = ON")

    monkeypatch.setattr("pipelines.store.database._prepare_sqlite", only_read)
    readonly = Store.open(f"sqlite:///{tmp_path / 'facts.db'}")
    given = facts()
    with pytest.raises(StoreError, match="cannot be written; check the rights of the file and its folder"):
        readonly.save_report(given.layer, given.records, [], version="v1")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("facts.db", "write sqlite:///facts.db"),
        ("", "write sqlite:///"),
        ("mysql://user:secret@host/facts", "stores of this kind are unknown"),
        ("postgresql+nothing://user:secret@host/facts", "driver is unknown"),
        ("postgresql+asyncpg_missing://user:secret@host/facts", "driver is unknown"),
        ("sqlite+nothing:///facts.db", "driver is unknown"),
    ],
)
def test_an_address_that_is_none_is_refused_without_the_password(url, said):
    with pytest.raises(StoreError) as caught:
        Store.open(url)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_migrations_make_the_tables_of_the_program(store, tmp_path: Path):
    with create_engine(f"sqlite:///{tmp_path / 'facts.db'}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_program_knows_every_migration():
    scripts = ScriptDirectory(str(Path(pipelines.store.migrations.__file__).parent))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_the_tables_are_valid_on_postgresql():
    for table in metadata.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert statement.strip().startswith(f"CREATE TABLE {table.name} ")


def test_a_store_in_memory_works(facts):
    store = Store.open("sqlite://")
    given = facts()
    store.save_report(given.layer, given.records, given.relations, version="v1")
    assert store.report_facts() == [given]
    assert len(store.facts("statistic", "value > 20")) == 1
    # The read-only query must not leave the one connection read-only.
    assert store.start_run()


def test_the_database_is_wal_with_foreign_keys(store, tmp_path: Path):
    with sqlite3.connect(tmp_path / "facts.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with store._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
