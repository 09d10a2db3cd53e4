"""The views of timelines: posts, school events, award tallies, indicator series. Rows are facts of current reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, text

from pipelines.errors import UsageError
from pipelines.store.database import Database

if TYPE_CHECKING:
    import pandas as pd

_ENTITY = (
    "(SELECT MIN(m.entity) FROM entity_mention m JOIN entity k ON k.id = m.entity "
    "WHERE m.record = f.id AND k.kind = '{kind}')"
)
#: Each view by its name: what a row is, and the query.
TIMELINES: dict[str, tuple[str, str]] = {
    "post_timeline": (
        "A person in a post: from when to when reports tell of it (start, end), and which report told first and last.",
        f"""
        SELECT p.id AS person, p.name AS person_name, f.role AS role, MIN(f.post) AS post,
          o.id AS organization, o.name AS organization_name,
          MIN(COALESCE(f.as_of, r.date)) AS "start", MAX(COALESCE(f.as_of, r.date)) AS "end",
          MIN(r.date) AS known_at, MAX(r.date) AS last_known_at, COUNT(DISTINCT r.id) AS reports
        FROM official f JOIN report r ON r.id = f.report
        JOIN entity p ON p.id = {_ENTITY.format(kind="person")}
        LEFT JOIN entity o ON o.id = {_ENTITY.format(kind="organization")}
        WHERE r.status <> 'superseded'
        GROUP BY p.id, p.name, f.role, o.id, o.name
        """,
    ),
    "school_timeline": (
        "An event of a school: founded, merged, renamed, split, closed or standard, its date and the passage.",
        """
        SELECT s.id AS school, s.name AS school_name, v.event, v."date", v.others, r.date AS known_at,
          v.report, v."start", v."end", v.quote
        FROM school_event v JOIN entity s ON s.id = v.school JOIN report r ON r.id = v.report
        WHERE r.status <> 'superseded'
        """,
    ),
    "award_tally": (
        "Awards of a school in a year: of each kind, grade and level how many, by the report that tells of most.",
        f"""
        SELECT t.school, n.name AS school_name, t.period, t.kind, t.award, t.level,
          MAX(t."count") AS "count", COUNT(*) AS reports
        FROM (
          SELECT {_ENTITY.replace("f.id", "c.id").format(kind="school")} AS school, f.report, f.period, f.kind,
            COALESCE(f.prize, f.title) AS award, f.level, SUM(COALESCE(f."count", 1)) AS "count"
          FROM award f JOIN report r ON r.id = f.report
          JOIN school c ON c.report = f.report AND c.name = f.school
          WHERE r.status <> 'superseded'
          GROUP BY c.id, f.report, f.period, f.kind, COALESCE(f.prize, f.title), f.level
        ) t JOIN entity n ON n.id = t.school
        GROUP BY t.school, n.name, t.period, t.kind, t.award, t.level
        """,
    ),
    "indicator_series": (
        "Values of an indicator by place, level and period, with the report that says so.",
        """
        SELECT f.indicator_id AS indicator, f.place, f.level, f.aspect, f.unit, f.period, f.value, f."of",
          r.date AS known_at, f.report, f.id AS statistic
        FROM statistic f JOIN report r ON r.id = f.report
        WHERE f.indicator_id IS NOT NULL AND r.status <> 'superseded'
        """,
    ),
}
TIMELINE_COLUMNS: dict[str, tuple[str, ...]] = {
    "post_timeline": (
        *("person", "person_name", "role", "post", "organization", "organization_name"),
        *("start", "end", "known_at", "last_known_at", "reports"),
    ),
    "school_timeline": (
        *("school", "school_name", "event", "date", "others", "known_at", "report", "start", "end", "quote"),
    ),
    "award_tally": ("school", "school_name", "period", "kind", "award", "level", "count", "reports"),
    "indicator_series": (
        *("indicator", "place", "level", "aspect", "unit", "period", "value", "of", "known_at", "report", "statistic"),
    ),
}
_NUMBERS = {"reports": "Int64", "count": "Int64", "start": "Int64", "end": "Int64"}


def create_timelines(connection: Connection) -> None:
    """Create the views."""
    for name, (_, query) in TIMELINES.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_timelines(connection: Connection) -> None:
    """Drop the views where they are."""
    for name in TIMELINES:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))


def timeline(database: Database, name: str, where: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a view whose columns have these values, in the order of its columns.

    Raises: UsageError where the view or a column is unknown.
    """
    import pandas as pd

    if name not in TIMELINES:
        raise UsageError(f"there is no timeline {name!r}; timelines are {', '.join(TIMELINES)}")
    columns = TIMELINE_COLUMNS[name]
    for column in where:
        if column not in columns:
            raise UsageError(f"{name} has no column {column!r}; columns are {', '.join(columns)}")
    shown = ", ".join(f'"{column}"' for column in columns)
    condition = " AND ".join(f'"{column}" = :{column}' for column in where) or "1 = 1"
    query = text(f"SELECT {shown} FROM {name} WHERE {condition} ORDER BY {shown}")
    bound = query.bindparams(*(bindparam(column, value) for column, value in where.items()))
    with database.read() as connection:
        rows = [tuple(row) for row in connection.execute(bound)]
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    for column in columns:
        is_day = column in ("start", "end") and name == "post_timeline"
        if column in _NUMBERS and not is_day:
            frame[column] = frame[column].astype("Int64")
        elif column in ("value", "of"):
            frame[column] = frame[column].astype("float64")
        else:
            frame[column] = frame[column].astype("str")
    return frame
