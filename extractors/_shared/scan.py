"""Faster searches with patterns that give the regular expression engine nothing to look ahead for.

A pattern that begins with a look behind or with something optional is tried at every character.
Where a match can only begin at, or lies around, something that is quickly found, only those places are tried.
What is found is the same as by ``pattern.finditer``.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

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


class Words(tuple[str, ...]):
    """Words that rules look for in range after range of a text.

    Where the words of all such lists stand in a long text is found in one pass and then looked up. Ask of the
    text in small letters, so that one pass is enough; what stands there begins at the same place of the text.
    """

    __slots__ = ()

    def __new__(cls, words: Iterable[str]) -> Words:
        """The list, made known to the pass."""
        made = super().__new__(cls, words)
        _places.cache_clear()
        for word in made:
            _KNOWN.setdefault(word, len(_KNOWN))
        return made

    # A list is looked up by what it is: to hash its words each time would take longer than the look-up.
    __hash__ = object.__hash__
    __eq__ = object.__eq__


class WholeWords(Words):
    """Words that count only where they stand alone: no word goes on before or behind them.

    For patterns that begin with ``(?<!\\w)`` and end with ``(?!\\w)``: most of what looks like a short word is
    part of a longer one.
    """

    __slots__ = ()


#: The words of all lists with the number of each. Lists are made where modules are loaded, and nowhere else.
_KNOWN: dict[str, int] = {}
#: In a shorter text the words are looked for one by one.
_LONG = 1000
#: No word is longer, and how many bits hold its length.
_LONGEST, _BITS = 255, 8


class _Places(dict[Words, tuple[list[int], list[int]]]):
    """Where the words of each list begin in one text, in order, and where each of them ends; looked up when asked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._met: defaultdict[str, list[int]] = defaultdict(list)  # where each word that is met begins
        words, met = tuple(_KNOWN), self._met
        for number, start, _ in _automaton(words).find_matches_as_indexes(text, overlapping=True):
            met[words[number]].append(start)

    def __missing__(self, words: Words) -> tuple[list[int], list[int]]:
        met = [word for word in words if word in self._met]
        if len(met) == 1:
            begins = self._met[met[0]]
            spans = begins, [start + len(met[0]) for start in begins]
        else:
            # One number of a place and a length: to sort pairs would take longer than all the rest.
            keys = sorted(
                [start << _BITS | length for word in met for length in (len(word),) for start in self._met[word]]
            )
            begins = [key >> _BITS for key in keys]
            spans = begins, [start + (key & _LONGEST) for start, key in zip(begins, keys, strict=True)]
        self[words] = spans = _alone(self._text, *spans) if isinstance(words, WholeWords) else spans
        return spans


def _alone(text: str, begins: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Those of some ranges of a text over whose begin and end no word goes on."""
    goes_on = inside_words(text)
    alone = [not goes_on[start] and not goes_on[end] for start, end in zip(begins, ends, strict=True)]
    return [*compress(begins, alone)], [*compress(ends, alone)]


@lru_cache(maxsize=1)
def _automaton(words: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(words)


@lru_cache(maxsize=4)
def _places(text: str) -> _Places:
    """The places of a text that is being read; forgotten where more words become known."""
    return _Places(text)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


@cache
def _signs() -> npt.NDArray[np.str_]:
    """Every sign that there is, at the place of its code point."""
    return np.arange(sys.maxunicode + 1, dtype="<u4").view("<U1")


@cache
def _of_words() -> npt.NDArray[np.bool_]:
    """Of every sign whether it is a letter or a digit."""
    return np.strings.isalnum(_signs())


@cache
def _of_digits() -> npt.NDArray[np.bool_]:
    """Of every sign whether it is a digit, as ``\\d`` has it."""
    return np.strings.isdecimal(_signs())


@lru_cache(maxsize=4)
def inside_words(text: str) -> bytes:
    """Of each place between two characters, and of both ends, whether a word goes on over it."""
    if not text:
        return bytes(1)
    of_words: npt.NDArray[np.bool_] = _of_words()[_codes(text)]
    return bytes(1) + (of_words[:-1] & of_words[1:]).tobytes() + bytes(1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def words_in(listed: str) -> tuple[str, ...]:
    """The words of a list parted by ``|``, as the patterns that begin with them list them."""
    return tuple(listed.split("|"))


def places_of(words: Sequence[str], text: str, start: int, end: int) -> list[int]:
    """Where any of these words stands in a range, in order."""
    if len(text) > _LONG and isinstance(words, Words):
        begins, ends = _places(text)[words]
        first = bisect_left(begins, start) if begins else 0
        if first == len(begins) or begins[first] >= end:
            return []  # most ranges hold none
        last = bisect_left(begins, end, first)
        return [place for place, stop in zip(begins[first:last], ends[first:last], strict=True) if stop <= end]
    found: list[int] = []
    whole = isinstance(words, WholeWords)
    for word in words:
        place = text.find(word, start, end)
        while place >= 0:
            if not whole or _stands_alone(text, place, place + len(word)):
                found.append(place)
            place = text.find(word, place + 1, end)
    found.sort()
    return found


@lru_cache(maxsize=4)
def _runs(text: str) -> tuple[list[int], list[int]]:
    """Where the runs of digits of a text that is being read begin and end."""
    edges = np.flatnonzero(np.diff(_of_digits()[_codes(text)], prepend=False, append=False))
    return edges[::2].tolist(), edges[1::2].tolist()


def digits(text: str, start: int, end: int) -> list[int]:
    """Where the runs of digits of a range begin, in order; one may have begun before it."""
    if len(text) <= _LONG or start >= end:
        return [first for first, _ in digit_runs(text, start, end)]
    begins, ends = _runs(text)
    places = begins[bisect_right(ends, start) : bisect_left(begins, end)]
    if places and places[0] < start:
        places[0] = start
    return places


def digit_runs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The runs of digits of a range, in order, cut at its ends."""
    if len(text) <= _LONG:
        return [match.span() for match in _DIGITS.finditer(text, start, end)]
    if start >= end:
        return []
    begins, ends = _runs(text)
    first, last = bisect_right(ends, start), bisect_left(begins, end)
    runs = list(zip(begins[first:last], ends[first:last], strict=True))
    if runs and runs[0][0] < start:
        runs[0] = start, runs[0][1]
    if runs and runs[-1][1] > end:
        runs[-1] = runs[-1][0], end
    return runs


def holds(words: Sequence[str], text: str, start: int, end: int) -> bool:
    """Whether any of these words stands in a range: asked before a pattern that cannot match without one."""
    if len(text) > _LONG and isinstance(words, Words):
        begins, ends = _places(text)[words]
        first = bisect_left(begins, start) if begins else 0
        while first < len(begins) and begins[first] < end:
            if ends[first] <= end:
                return True
            first += 1
        return False
    if isinstance(words, WholeWords):
        return bool(places_of(words, text, start, end))
    for word in words:  # noqa: SIM110 - `any` would take longer than the search itself
        if text.find(word, start, end) >= 0:
            return True
    return False


def matches_from(
    pattern: re.Pattern[str], places: Iterable[int], text: str, start: int, end: int
) -> list[re.Match[str]]:
    """The matches of a pattern that can only begin at these places, which are in order."""
    fits = pattern.match
    found: list[re.Match[str]] = []  # no generator: most are short or empty
    for place in places:
        if place >= start and (match := fits(text, place, end)) is not None:
            found.append(match)
            start = match.end()
    return found


def matches_in_lines(pattern: re.Pattern[str], places: Iterable[int], text: str) -> Iterator[re.Match[str]]:
    """The matches in a text of a pattern that never runs over a line end and always holds one of the places."""
    end = -1
    for place in places:
        if place < end:
            continue
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, end)


def lines_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a range that hold anything, in order."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


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
