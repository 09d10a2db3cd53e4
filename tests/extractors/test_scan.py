"""Faster searches find what `finditer` finds."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors._shared.dates import _CUES_REACH, _NUMERIC, _NUMERIC_AT, _YEARS, _YEARS_CORE
from extractors._shared.scan import (
    WholeWords,
    Words,
    digit_runs,
    digits,
    holds,
    inside_words,
    lines_in,
    matches_around,
    matches_at,
    matches_from,
    matches_in_lines,
    places_of,
)

PIECES = (
    "ngày ",
    "hôm ",
    "12",
    "3",
    "/",
    "-",
    ".",
    " ",
    ",",
    "2019",
    "2020",
    "19",
    "năm học ",
    "giai đoạn ",
    "và ",
    "x",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
KNOWN = Words(("2", "20", "19", "năm học ", "học "))
WHOLE = WholeWords(("a", "ab", "b "))
WHOLE_WORD = re.compile(r"(?<!\w)a(?!\w)|(?<!\w)ab(?!\w)|(?<!\w)b ")
WORD_THEN_DIGITS = re.compile(r"(?<!\w)[ab]+\d+")
LETTER = re.compile(r"[ab]")


def spans(matches: object) -> list[tuple[int, int]]:
    return [match.span() for match in matches]  # type: ignore[attr-defined]


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(text=TEXTS)
def test_dates_are_found_around_their_cores(text: str) -> None:
    found = matches_around(_YEARS, _YEARS_CORE, text, 0, len(text), reach=_CUES_REACH)
    assert spans(found) == spans(_YEARS.finditer(text))


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(text=TEXTS)
def test_dates_begin_at_a_digit_or_at_their_words(text: str) -> None:
    places = sorted([*places_of(_NUMERIC_AT, text, 0, len(text)), *digits(text, 0, len(text))])
    assert spans(matches_from(_NUMERIC, places, text, 0, len(text))) == spans(_NUMERIC.finditer(text))


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(text=st.text("ab1 ", max_size=20), start=st.integers(0, 5), cut=st.integers(0, 5))
def test_matches_begin_where_the_opener_does(text: str, start: int, cut: int) -> None:
    end = max(len(text) - cut, 0)
    assert spans(matches_at(WORD_THEN_DIGITS, LETTER, text, start, end)) == spans(
        WORD_THEN_DIGITS.finditer(text, start, end)
    )


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(text=st.text("ab1 \n", max_size=30))
def test_matches_stand_in_lines_with_the_core(text: str) -> None:
    letters = [match.start() for match in LETTER.finditer(text)]
    assert spans(matches_in_lines(WORD_THEN_DIGITS, letters, text)) == spans(WORD_THEN_DIGITS.finditer(text))


@settings(deadline=None)
@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_what_is_looked_up_in_a_long_text_is_what_a_search_finds(text, start, end):
    words = ("2", "20", "19", "năm học ", "học ")
    start, end = sorted((start, end))
    long = text + "." * 1001
    assert places_of(KNOWN, long, start, end) == places_of(words, long, start, end)
    assert holds(KNOWN, long, start, end) == holds(words, long, start, end)
    assert digit_runs(long, start, end) == [match.span() for match in re.compile(r"\d+").finditer(long, start, end)]
    assert digits(long, start, end) == [first for first, _ in digit_runs(long, start, end)]


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(text=st.text("ab1 ", max_size=20), long=st.booleans())
def test_whole_words_stand_alone(text: str, long: bool) -> None:
    full = text + " ." * 600 if long else text
    found = [match.start() for match in WHOLE_WORD.finditer(full)]
    assert places_of(WHOLE, full, 0, len(full)) == found
    assert holds(WHOLE, full, 0, len(full)) == bool(found)


@given(st.text("ab1 .\n", max_size=20))
def test_words_go_on_between_their_signs(text: str) -> None:
    flags = [
        0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum() for place in range(len(text) + 1)
    ]
    assert [bool(flag) for flag in inside_words(text)] == flags
    assert [text[start:end] for start, end in lines_in(text, 0, len(text))] == [s for s in text.split("\n") if s]
