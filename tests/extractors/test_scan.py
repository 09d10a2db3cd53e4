"""Faster searches find what `finditer` finds."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors._shared.dates import _CUES_REACH, _DAYS_REACH, _NUMERIC, _NUMERIC_CORE, _YEARS, _YEARS_CORE
from extractors._shared.scan import Words, digit_runs, holds, matches_around, matches_at, matches_in_lines, places_of

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
WORD_THEN_DIGITS = re.compile(r"(?<!\w)[ab]+\d+")
LETTER = re.compile(r"[ab]")


def spans(matches: object) -> list[tuple[int, int]]:
    return [match.span() for match in matches]  # type: ignore[attr-defined]


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(text=TEXTS)
def test_dates_are_found_around_their_cores(text: str) -> None:
    for pattern, core, reach in ((_NUMERIC, _NUMERIC_CORE, _DAYS_REACH), (_YEARS, _YEARS_CORE, _CUES_REACH)):
        found = matches_around(pattern, core, text, 0, len(text), reach=reach)
        assert spans(found) == spans(pattern.finditer(text))


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
    assert spans(matches_in_lines(WORD_THEN_DIGITS, LETTER, text)) == spans(WORD_THEN_DIGITS.finditer(text))


@settings(deadline=None)
@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_what_is_looked_up_in_a_long_text_is_what_a_search_finds(text, start, end):
    words = ("2", "20", "19", "năm học ", "học ")
    start, end = sorted((start, end))
    long = text + "." * 1001
    assert places_of(KNOWN, long, start, end) == places_of(words, long, start, end)
    assert holds(KNOWN, long, start, end) == holds(words, long, start, end)
    assert digit_runs(long, start, end) == [match.span() for match in re.compile(r"\d+").finditer(long, start, end)]
