"""Faster searches with patterns that give the regular expression engine nothing to look ahead for.

A pattern that begins with a look behind or with something optional is tried at every character.
Where a match can only begin at, or lies around, something that is quickly found, only those places are tried.
What is found is the same as by ``pattern.finditer``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# One digit first: the engine skips to a set of characters, not to a repeated one.
_DIGITS = re.compile(r"\d\d*")


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


def words_in(listed: str) -> tuple[str, ...]:
    """The words of a list parted by ``|``, as the patterns that begin with them list them."""
    return tuple(listed.split("|"))


def places_of(words: Sequence[str], text: str, start: int, end: int) -> list[int]:
    """Where any of these words stands in a range, in order."""
    found: list[int] = []
    for word in words:
        place = text.find(word, start, end)
        while place >= 0:
            found.append(place)
            place = text.find(word, place + 1, end)
    found.sort()
    return found


def digits(text: str, start: int, end: int) -> list[int]:
    """Where the runs of digits of a range begin, in order."""
    return [match.start() for match in _DIGITS.finditer(text, start, end)]


def holds(words: Sequence[str], text: str, start: int, end: int) -> bool:
    """Whether any of these words stands in a range: asked before a pattern that cannot match without one."""
    for word in words:  # noqa: SIM110 - `any` would take longer than the search itself
        if text.find(word, start, end) >= 0:
            return True
    return False


def matches_from(
    pattern: re.Pattern[str], places: Iterable[int], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that can only begin at these places, which are in order."""
    fits = pattern.match
    for place in places:
        if place >= start and (match := fits(text, place, end)) is not None:
            yield match
            start = match.end()


def matches_in_lines(pattern: re.Pattern[str], core: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches in a text of a pattern that never runs over a line end and always holds a match of the core."""
    place = core.search(text)
    while place is not None:
        start = text.rfind("\n", 0, place.start()) + 1
        end = text.find("\n", place.end())
        end = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, end)
        place = core.search(text, end)


def at_word_start(forms: Iterable[str], also: str = "") -> str:
    """An alternation of these forms in their order, met only behind what is neither of a word nor one of ``also``.

    The look behind stands after the first letter, so that the engine skips to that letter.
    """
    rests: dict[str, list[str]] = {}
    for form in forms:
        rests.setdefault(form[0], []).append(re.escape(form[1:]))
    return "|".join(rf"{first}(?<![\w{also}]{first})(?:{'|'.join(rest)})" for first, rest in rests.items())


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
