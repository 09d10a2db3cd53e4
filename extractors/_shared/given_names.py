"""Given names of persons, by the form of address before them: ``đồng chí Liên``, ``cô Lượt``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors._shared.document import Document, once
from extractors._shared.family_names import given_name
from extractors._shared.names import TITLE, NameMention
from extractors._shared.places import CAPITAL
from extractors._shared.scan import Words, matches_from, places_of
from extractors._shared.view import fold_tone_style, lower

_ADDRESS = Words(("đồng chí", "đ/c", "đ.c", "ông", "bà", "bác", "thầy", "cô", "anh", "chị"))
_SHORT = re.compile(
    rf"(?<!\w)(?i:đồng chí|đ/c|đ\.c|ông|bà|bác|thầy giáo|cô giáo|thầy|cô|anh|"
    rf"chị)\.? (?P<name>{TITLE}(?: {TITLE})?)(?! [{CAPITAL}])"
)


@once
def _addressed(document: Document) -> list[re.Match[str]]:
    """What may be a given name after an honorific, in order."""
    text = document.text
    return list(matches_from(_SHORT, places_of(_ADDRESS, document.lower, 0, len(text)), text, 0, len(text)))


def find_lone_names(document: Document, persons: Iterable[str]) -> list[NameMention]:
    """Given names after an honorific (``bà Ngân``) of people whom the report never names in full, in order."""
    known = {given_name(person) for person in persons}
    return [
        NameMention(match.start("name"), match.end("name"), honorific=True)
        for match in _addressed(document)
        if " " not in match["name"] and lower(match["name"]) not in known
    ]


def find_short_names(document: Document, persons: Iterable[str]) -> list[tuple[NameMention, str]]:
    """Mentions by given name after an honorific (``đồng chí Liên``) with the person, where one only fits.

    ``Bích Liên`` fits a person whose name ends so. Full names are not repeated here.
    """
    by_given: dict[str, set[str]] = {}
    for person in persons:
        by_given.setdefault(given_name(person), set()).add(person)
    found = []
    for match in _addressed(document):
        short = lower(match["name"])
        fitting = {
            person
            for person in by_given.get(short.split()[-1], ())
            if (" " + lower(fold_tone_style(person))).endswith(" " + short)
        }
        if len(fitting) == 1:
            mention = NameMention(match.start("name"), match.end("name"), honorific=True)
            found.append((mention, fitting.pop()))
    return found
