"""Periods of records and reports, compared: ``2019``, ``2019-2020``, ``2019-2020/HK1``, ``2016/2020``."""

from __future__ import annotations

import re

_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4})(/HK[12])?")
_DATED = re.compile(r"(\d{4})(-\d\d(?:-\d\d)?)?")


def before(period: str, basis: str) -> str | None:
    """The period that a change in ``period`` compares with; None where that is not known.

    ``basis`` is what the report names (``2018``, ``2018-2019``), ``last`` for the year before, or empty where it
    says nothing, which means the year before too.
    """
    if basis in ("", "last"):
        if match := _SCHOOL_YEAR.fullmatch(period):
            first = int(match[1]) - 1
            return f"{first}-{first + 1}{match[3] or ''}"
        return str(int(period) - 1) if period.isdigit() else None
    if match := _SCHOOL_YEAR.fullmatch(basis):
        half = _SCHOOL_YEAR.fullmatch(period)
        return basis + (half[3] or "" if half else "")
    return basis if basis.isdigit() and not _SCHOOL_YEAR.fullmatch(period) else None


def school_year(day: str | None) -> str | None:
    """The school year in which a day lies, from September on; None for one cut short to a year, and ``2016-nay``."""
    if day is None or not day[len("2022-") : len("2022-05")].isdigit():
        return None
    first = int(day[:4]) - (int(day[5:7]) < _FIRST_MONTH)
    return f"{first}-{first + 1}"


_FIRST_MONTH = 9


def same_span(period: str | None, other: str) -> bool:
    """Whether two periods are one and the same span."""
    return period == other


def first_year(period: str) -> int | None:
    """The year in which a period begins; None where it does not begin with one."""
    return int(period[:4]) if period[:4].isdigit() else None


def last_year(period: str) -> int | None:
    """The year in which a period ends: 2020 of ``2019-2020``, 2025 of ``2021/2025``, 2019 of ``2019-12-31``."""
    if match := _SCHOOL_YEAR.fullmatch(period):
        return int(match[2])
    if match := re.fullmatch(r"(\d{4})/(\d{4})", period):
        return int(match[2])
    return int(period[:4]) if _DATED.fullmatch(period) else None


def begins_after(period: str, day: str) -> bool:
    """Whether a period begins after a day, which may be cut short: the school year 2020-2021 after 2020-07-15."""
    first = first_year(period)
    if first is None:
        return False
    start = f"{first}-09" if _SCHOOL_YEAR.fullmatch(period) else f"{first}-01"
    return start > day[:7] if len(day) > 4 else str(first) > day
