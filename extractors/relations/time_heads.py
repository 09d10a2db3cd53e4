"""Lines that only name a time, as the histories of schools have them: what stands below is of that time."""

from __future__ import annotations

import re

from extractors._shared.scan import digits, matches_in_lines
from extractors.relations.reading import Reading, remembered

_YEAR = r"(?:19|20)\d\d"
_TIME_HEAD = re.compile(
    r"^[ \t*+•–-]*(?:(?:\d{1,2}|[IVX]+|[a-zđ])[.)/][ \t]*)?"
    r"(?:(?:giai đoạn|thời kỳ|thời kì|từ|năm học|năm|nhiệm kỳ|khóa)[ \t]*:?[ \t]*)+"
    rf"(?P<first>{_YEAR})(?:[ \t]*(?:[-–]|đến năm|đến)[ \t]*(?P<last>{_YEAR}|nay))?[ \t]*[:.]?[ \t]*$",
    re.M | re.I,
)


def time_heads(text: str) -> list[tuple[int, str]]:
    """Where each such line ends and the time that it names: ``1989-1992``, ``2015``, ``2012-nay``."""
    found = matches_in_lines(_TIME_HEAD, digits(text, 0, len(text)), text)
    return [(m.end(), f"{m['first']}-{m['last'].lower()}" if m["last"] else m["first"]) for m in found]


def time_above(heads: list[tuple[int, str]], at: int) -> str:
    """The time that the nearest line above a place names, of those of `time_heads`; empty where none does."""
    return next((time for end, time in reversed(heads) if end <= at), "")


@remembered
def _heads(reading: Reading) -> list[tuple[int, str]]:
    return time_heads(reading.text)


def section_time(reading: Reading, at: int, own: str) -> str:
    """The time of the section in which a place stands; empty for the report's ``own`` and where none is named."""
    time = time_above(_heads(reading), at)
    return "" if own.startswith(time) else time
