"""Faster searches with patterns that give the regular expression engine nothing to look ahead for.

A pattern that begins with a look behind or with something optional is tried at every character.
Where a match can only begin at, or lies around, something that is quickly found, only those places are tried.
What is found is the same as by ``pattern.finditer``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def matches_at(
    pattern: re.Pattern[str], opener: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that can only begin where the opener, a set of characters, matches."""
    find, fits = opener.search, pattern.match
    while (place := find(text, start, end)) is not None:
        if (match := fits(text, place.start(), end)) is not None:
            yield match
            start = match.end()
        else:
            start = place.start() + 1


def matches_around(
    pattern: re.Pattern[str], core: re.Pattern[str], text: str, start: int, end: int, *, reach: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern each of which holds a match of the core, at most so many characters after it begins."""
    while (place := core.search(text, start, end)) is not None:
        match = pattern.search(text, max(start, place.start() - reach), end)
        if match is None:
            return
        yield match
        start = match.end()
