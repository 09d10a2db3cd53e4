"""Reading facts as data frames."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Float, Integer, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pipelines.errors import StoreError, UsageError
from pipelines.store import tables as t
from pipelines.store.conditions import check_condition
from pipelines.store.database import Database, explain
from pipelines.store.views import EVIDENCE_COLUMNS, view_columns, view_name

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = {"start", "end", "page", "passages"}


def facts(database: Database, record_type: str, where: str | None) -> pd.DataFrame:
    """The rows of the view of a record type, by report file and place in it (see `Store.facts`)."""
    if record_type not in t.RECORD_TABLES:
        raise UsageError(f"there are no facts of type {record_type!r}; types are {', '.join(t.RECORD_TABLES)}")
    columns = view_columns(record_type)
    selected = ", ".join(f'"{name}"' for name in columns)
    query = f"SELECT {selected} FROM {view_name(record_type)}"
    if where is not None:
        query += f" WHERE (\n{check_condition(where, columns)}\n)"
    file = "file" if record_type == "report" else "report_file"
    query += f' ORDER BY "{file}", "report", "start", "end", "id"'
    rows = _run(database, query, columns if where is not None else ())
    typed = {column.name: column for column in t.RECORD_TABLES[record_type].columns}
    return _frame(rows, columns, typed)


def _run(database: Database, query: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of a query; ``columns`` are those of the user's condition, empty where there is none."""
    try:
        with database.read_only() as connection:
            # Without this a percent sign in the condition (LIKE '%…') would be taken for a parameter.
            plain = connection.execution_options(no_parameters=True)
            return [tuple(row) for row in plain.exec_driver_sql(query)]
    except DBAPIError as error:
        said = str(error.orig).splitlines()[0]
        if not columns or any(sign in said for sign in ("unable to open", "locked", "not a database")):
            raise StoreError(f"{database.name}: {explain(error)}") from error
        if "no such column" in said or ("column" in said and "does not exist" in said):
            raise UsageError(
                f"--where: {said}; texts stand in single quotes, columns are {', '.join(columns)}"
            ) from error
        raise UsageError(f"--where: the condition is refused ({said}); columns are {', '.join(columns)}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{database.name}: {explain(error)}") from error


def table(database: Database, name: str) -> pd.DataFrame:
    """A table of the store, by its primary key (see `Store.table`)."""
    if name not in t.metadata.tables:
        raise UsageError(f"there is no table {name!r}; tables are {', '.join(sorted(t.metadata.tables))}")
    wanted = t.metadata.tables[name]
    with database.read() as connection:
        rows = [tuple(row) for row in connection.execute(select(wanted).order_by(*wanted.primary_key.columns))]
    return _frame(rows, wanted.columns.keys(), dict(wanted.columns), decoded=True)


def _frame(
    rows: Sequence[tuple[Any, ...]],
    columns: Sequence[str],
    typed: dict[str, Column[Any]],
    *,
    decoded: bool = False,
) -> pd.DataFrame:
    """The rows with counts as whole numbers that may be missing, lists as lists, texts as texts."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    for name in columns:
        column = typed.get(name)
        if column is None and name not in _COUNTS and name not in EVIDENCE_COLUMNS:
            frame[name] = frame[name].astype("str")
        elif name in _COUNTS or (column is not None and isinstance(column.type, Integer)):
            frame[name] = frame[name].astype("Int64")
        elif column is not None and isinstance(column.type, Float):
            frame[name] = frame[name].astype("float64")
        elif column is not None and isinstance(column.type, t.JsonText):
            if not decoded:
                frame[name] = [None if value is None else json.loads(value) for value in frame[name]]
        else:
            frame[name] = frame[name].astype("str")
    return frame
