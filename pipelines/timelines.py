"""Timelines as data frames: who held which post when, what became of schools, tallies and series over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.reconcile.names import fold
from pipelines.store import Store

if TYPE_CHECKING:
    import pandas as pd


def posts_of(store: Store, person: str) -> pd.DataFrame:
    """The posts of a person, the earliest first: role, post, body, start, end, known_at, last_known_at, reports.

    Spellings of one role (``TRƯỞNG PHÒNG``) are one row. ``person`` is an entity's id, be it one that gave
    way to an older one.

    Raises: UsageError where there is no such entity.
    """
    frame = _folded(store.timeline("post_timeline", person=store.entity(person).id))
    return frame.sort_values(["start", "end", "role"], kind="stable").reset_index(drop=True)


def holders_of(store: Store, role: str, organization: str) -> pd.DataFrame:
    """Who held a post of a body, the earliest first; ``next_start`` is when the next holder is first told of.

    ``role`` is the role noun (``Trưởng phòng``), ``organization`` an entity's id.

    Raises: UsageError where there is no such entity.
    """
    frame = _folded(store.timeline("post_timeline", organization=store.entity(organization).id))
    frame = frame[frame["role"] == fold(role)]
    frame = frame.sort_values(["start", "end", "person"], kind="stable").reset_index(drop=True)
    return frame.assign(next_start=frame["start"].shift(-1))


def _folded(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``post_timeline`` with the spellings of one role in one row; the role is folded."""
    keys = ["person", "person_name", "role", "organization", "organization_name"]
    told = {"start": "min", "end": "max", "known_at": "min", "last_known_at": "max", "post": "first", "reports": "sum"}
    frame = frame.assign(role=frame["role"].map(fold))
    return frame.groupby(keys, dropna=False, as_index=False, sort=True).agg(told)


def school_events(store: Store, school: str | None = None) -> pd.DataFrame:
    """What happened to a school (to all for None), the earliest first; events without a date last.

    Raises: UsageError where there is no such entity.
    """
    where = {} if school is None else {"school": store.entity(school).id}
    frame = store.timeline("school_timeline", **where)
    return frame.sort_values(["date", "known_at"], kind="stable", na_position="last").reset_index(drop=True)


def award_tallies(store: Store, school: str | None = None) -> pd.DataFrame:
    """Awards by school and year (of all schools for None): a row a period, kind, award and level, with the count.

    Of several reports about one year the one that tells of most counts: they tell of the same awards.

    Raises: UsageError where there is no such entity.
    """
    where = {} if school is None else {"school": store.entity(school).id}
    return store.timeline("award_tally", **where)


def indicator_series(store: Store, indicator: str, place: str | None = None) -> pd.DataFrame:
    """The values of an indicator by place, level and period, the earliest period first.

    ``indicator`` is an id of the registry, ``place`` a place as the statistics have it.
    """
    where = {"indicator": indicator} if place is None else {"indicator": indicator, "place": place}
    frame = store.timeline("indicator_series", **where)
    return frame.sort_values(["place", "level", "period", "known_at"], kind="stable").reset_index(drop=True)
