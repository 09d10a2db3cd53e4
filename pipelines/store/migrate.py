"""Bringing a database to the schema of this program."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from pipelines.errors import StoreError
from pipelines.store.database import Database

VERSION_TABLE = "baocao_version"
#: Every schema version in order; the last is this program's.
REVISIONS = ("0001", "0002", "0003", "0004")


def migrate(database: Database) -> None:
    """Bring the database to this program's schema; nothing is done where it has it already.

    Raises: StoreError where the schema is newer than the program or the file another program's.
    """
    with database.read() as connection:
        if _version(connection, database) == REVISIONS[-1]:
            return
    database.prepare_file()
    with database.write() as connection:
        # Looked at again under the lock: another process may have been faster.
        if _version(connection, database) == REVISIONS[-1]:
            return
        _upgrade(connection)


def _version(connection: Connection, database: Database) -> str | None:
    """The schema version of the database; None where it is empty."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        # A server's database may be shared with other programs, a file is one program's.
        if tables and database.is_sqlite:
            raise StoreError(f"{database.name}: this database is another program's; name another file with --store")
        return None
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if version is not None and version not in REVISIONS:
        raise StoreError(
            f"{database.name}: the store was written by a newer baocao (schema {version}, this program knows "
            f"{REVISIONS[-1]}); upgrade baocao, or name another store with --store"
        )
    return version


def _upgrade(connection: Connection) -> None:
    # Alembic takes a good part of a second to load, and most starts have nothing to migrate.
    from alembic import command
    from alembic.config import Config

    from pipelines.store.views import create_views, drop_views

    config = Config()
    config.set_main_option("script_location", "pipelines.store:migrations")
    config.attributes["connection"] = connection
    drop_views(connection)
    command.upgrade(config, "head")
    create_views(connection)
