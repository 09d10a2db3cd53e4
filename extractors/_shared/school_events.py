"""What happened to schools and when: founded, merged, renamed, split, closed, upgraded to national standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extractors._shared.dates import find_dates
from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower
from schemas.records import School

_KINDS_OF_DATES = ("day", "month", "year")
_SENTENCE = re.compile(r"[^\n]+?(?:[.;!?](?=\s)|(?=\n)|\Z)")


class SchoolEvent(NamedTuple):
    """One event as a passage of the text tells it.

    ``kind`` is ``founded``, ``merged``, ``renamed``, ``split``, ``closed`` or ``standard``; ``date`` is ISO 8601,
    cut where the text is, None where it names none; ``others`` are the further schools of the sentence.
    """

    kind: str
    date: str | None
    start: int
    end: int
    school: School
    others: tuple[School, ...]


def find_school_events(text: str, schools: Sequence[School], home: School | None = None) -> list[SchoolEvent]:
    """The events that sentences of a canonical text tell of its schools, in order.

    ``Trường THCS Hoa Lộc thành lập năm 1961``; ``đạt chuẩn quốc gia năm 2012`` in a report about one school
    (``home``), which its sentences need not name. Plans and wishes are none.
    """
    return [event for sentence in _SENTENCE.finditer(text) for event in _events(text, sentence, schools, home)]


def _events(
    text: str, sentence: re.Match[str], schools: Sequence[School], home: School | None
) -> Iterator[SchoolEvent]:
    start, end = sentence.span()
    folded = lower(fold_tone_style(sentence.group()))
    if len(folded) != end - start or _words("planned").search(folded):
        return
    cues = list(_words("event").finditer(folded))
    if not cues:
        return
    named = sorted(
        (passage.start, school.name, school)
        for school in schools
        for passage in school.evidence
        if start <= passage.start < end
    )
    found = list(dict.fromkeys(school for *_, school in named)) or ([home] if home is not None else [])
    if not found:
        return
    dates = [date for date in find_dates(sentence.group(), folded) if date.iso and date.kind in _KINDS_OF_DATES]
    for kind in dict.fromkeys(_kinds()[cue.group()] for cue in cues):
        at = next(cue for cue in cues if _kinds()[cue.group()] == kind)
        date = min(dates, key=lambda date: abs(date.start - at.end())).iso if dates else None
        yield SchoolEvent(kind, date, start, end, found[0], tuple(found[1:]))


@cache
def _words(group: str) -> re.Pattern[str]:
    forms = {form for entry in load_lexicon(__package__, "school_events.yml")[group] for form in entry.forms}
    # A contest in sports (giải thể thao) closes no school.
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?!\w)(?! thao)")


@cache
def _kinds() -> dict[str, str]:
    return {form: entry.id for entry in load_lexicon(__package__, "school_events.yml")["event"] for form in entry.forms}
