"""Connections to the store: SQLite by default, PostgreSQL by URL, and errors in plain words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, StaticPool

from pipelines.errors import StoreError

#: Seconds that a writer waits for another one to finish.
_BUSY_SECONDS = 30
_PAUSE_SECONDS = 0.05
_WRITE_OPTION = "baocao_write"


class Database:
    """An open database. ``name`` is what messages call it: the file, or the URL without a password."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._writer = engine.execution_options(**{_WRITE_OPTION: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database; None elsewhere and in memory."""
        database = self.engine.url.database
        return Path(database) if self.is_sqlite and database and database != ":memory:" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store."""
        with self._plain_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is stored as a whole or not at all."""
        with self._plain_errors(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read_only(self) -> Iterator[Connection]:
        """A connection on which the database itself refuses every write.

        Its errors are the database's own: whoever runs a user's SQL words them for the user.
        """
        with self.engine.connect() as connection:
            if self.is_sqlite:
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                driver.execute("PRAGMA query_only = ON")
                try:
                    yield connection
                finally:
                    connection.rollback()
                    driver.execute("PRAGMA query_only = OFF")
            else:
                connection.execute(text("SET TRANSACTION READ ONLY"))
                yield connection

    def prepare_file(self) -> None:
        """Let readers of a SQLite file go on while one writes. The file remembers it."""
        if self.is_sqlite:
            with self._plain_errors(), self.engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                set_journal(driver)

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.OperationalError, OverflowError, UnicodeEncodeError) as error:
            raise StoreError(f"{self.name}: {explain(error)}") from error


def set_journal(driver: sqlite3.Connection) -> None:
    """Set the journal that lets readers go on.

    SQLite does not wait for another program that sets it at the same moment, as it waits elsewhere.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            driver.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def explain(error: Exception) -> str:
    """What went wrong with the store and the way out, as one sentence."""
    said = str(getattr(error, "orig", None) or error).splitlines()[0].rstrip(".")
    known = {
        "readonly database": "the store cannot be written; check the rights of the file and its folder",
        "unable to open database file": "the store cannot be opened or created; check that the folder exists "
        "and may be written, or name another with --store",
        "no such table": "the store is gone or was replaced; name it with --store, or ingest the reports again",
        "file is not a database": "this is not a baocao store; name another file with --store",
        "database is locked": f"another program has been writing the store for {_BUSY_SECONDS} seconds; "
        "try again when it is done",
        "disk is full": "the disk is full; free some space and run again, what was stored is kept",
        "disk I/O error": "the disk refuses to read or write the store; check the disk and its free space",
        "connection": "the server of the store cannot be reached; check its address and that it runs",
        "malformed": "the store is damaged; restore the file from a copy, or ingest the reports into a new one",
    }
    for sign, sentence in known.items():
        if sign in said:
            return sentence
    return f"the store refused the operation ({said}); `baocao status` shows what was stored"


def connect(url: str) -> Database:
    """A connection to the database of a URL: ``sqlite:///baocao.db``, ``postgresql://user@host/name``.

    Raises: StoreError where the URL is no URL, its kind of database is unknown or its driver missing.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{url}: not the address of a store; write sqlite:///{url} for a file of that name") from error
    name = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite":
        return _connect_sqlite(parsed)
    if parsed.get_backend_name() != "postgresql":
        raise StoreError(f"{name}: stores of this kind are unknown; use sqlite:///FILE or postgresql://USER@HOST/NAME")
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        return Database(create_engine(parsed), name)
    except NoSuchModuleError as error:
        raise StoreError(f"{name}: the driver is unknown; write postgresql://USER@HOST/NAME") from error
    except ModuleNotFoundError as error:
        raise StoreError(f"{name}: the driver {error.name} is not installed; pip install psycopg[binary]") from error


def _connect_sqlite(url: URL) -> Database:
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise StoreError(f"{url}: the driver is unknown; write sqlite:///FILE")
    in_memory = url.database in (None, "", ":memory:")
    # One connection an operation: nothing is carried over a fork into a worker process.
    engine = create_engine(
        url,
        poolclass=StaticPool if in_memory else NullPool,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, ":memory:" if in_memory else str(url.database))


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # Without this the driver ends transactions on its own before some statements.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: two that begin by reading would refuse each other at the end.
    writes = connection.get_execution_options().get(_WRITE_OPTION)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
