"""Lexicons: listable knowledge as data, found in a text by one Aho-Corasick automaton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any

import ahocorasick_rs
import yaml
from pydantic import Field

from extractors._shared.scan import inside_words
from extractors._shared.view import fold_tone_style, lower, lower_whole
from schemas.text import Model

_START = itemgetter(0)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entry(Model):
    """One thing that can be listed: its id, its written forms, where it is from and an example.

    Forms are compared in lower case with tones in one style; a form written in capitals only
    (``TH``) is met in capitals only. ``value`` is what the entry stands for, where its id is not.
    """

    id: str
    forms: tuple[str, ...]
    source: str
    example: str
    value: str | None = None
    attributes: dict[str, str] = Field(default_factory=dict)


@cache
def load_lexicon(package: str, name: str = "lexicon.yml") -> dict[str, tuple[Entry, ...]]:
    """The groups of ``lexicon.yml`` (or of another file, ``names.yml``) beside a package's code.

    Raises: ValueError where an id stands twice in a group or an entry has the wrong shape.
    """
    raw = yaml.load(files(package).joinpath(name).read_text(encoding="utf-8"), Loader=_Loader)
    lexicon: dict[str, tuple[Entry, ...]] = {}
    for group, rows in raw.items():
        entries = tuple(Entry(**row) for row in rows)
        ids = [entry.id for entry in entries]
        if len(ids) != len(set(ids)):
            raise ValueError(f"{package}/{name}: group {group} has an id twice")
        lexicon[group] = entries
    return lexicon


@cache
def entries(package: str, group: str) -> dict[str, Entry]:
    """The entries of one group by id."""
    return {entry.id: entry for entry in load_lexicon(package)[group]}


@cache
def forms_of(package: str, name: str, *groups: str) -> str:
    """All forms of some groups of a lexicon (none named: of all) as alternatives of a pattern, longer ones first."""
    lexicon = load_lexicon(package, name)
    forms = {form for group in groups or lexicon for entry in lexicon[group] for form in entry.forms}
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


class TermMatcher:
    """Finds all forms of several lexicons in one pass."""

    def __init__(self, packages: Iterable[str]) -> None:
        self.groups: list[str] = []
        # Of each form what it stands for: group, id, exact form where case counts. Groups share many forms.
        forms: dict[str, list[tuple[int, str, str | None]]] = {}
        for package in packages:
            for group, rows in load_lexicon(package).items():
                if group not in self.groups:
                    self.groups.append(group)
                number = self.groups.index(group)
                for entry in rows:
                    for form in _spellings(entry.forms):
                        folded = fold_tone_style(form)
                        exact = folded if _case_counts(folded) else None
                        forms.setdefault(lower(folded), []).append((number, entry.id, exact))
        self._meanings = list(forms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(forms))

    def find(self, text: str, lowered: str) -> dict[str, list[tuple[int, int, str]]]:
        """Matches of each group: (start, end, id), whole words, leftmost and longest in the group."""
        found: list[list[tuple[int, int, str]]] = [[] for _ in self.groups]
        meanings = self._meanings
        # Where a word goes on, a term neither begins nor ends: half of what the automaton meets.
        goes_on = inside_words(lowered)
        for pattern, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if goes_on[start] or goes_on[end]:
                continue
            for group, entry_id, exact in meanings[pattern]:
                if exact is None or text[start:end] == exact:
                    found[group].append((start, end, entry_id))
        return {group: _longest(terms) for group, terms in zip(self.groups, found, strict=True)}


class Terms(dict[str, list[tuple[int, int, str]]]):
    """The terms of a text by group: a matcher reads the text when one of its groups is first asked for."""

    def __init__(self, matchers: Sequence[TermMatcher], text: str) -> None:
        super().__init__()
        self._matchers, self._text = matchers, text

    def __missing__(self, group: str) -> list[tuple[int, int, str]]:
        for matcher in self._matchers:
            if group in matcher.groups:
                self.update(matcher.find(self._text, lower_whole(self._text)))
        return self.setdefault(group, [])


def _spellings(forms: tuple[str, ...]) -> Iterator[str]:
    """The forms, and those of several words with commas also as typed in haste: ``tỉnh,thành phố``."""
    for form in forms:
        yield form
        if ", " in form and (glued := form.replace(", ", ",")) not in forms:
            yield glued


def _case_counts(form: str) -> bool:
    """Whether a form counts in capitals only: short abbreviations that are words in lower case."""
    return form.isupper() and len(form) <= 4


def _longest(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    if len(found) < 2:
        return found
    kept: list[tuple[int, int, str]] = []
    last = 0
    for term in sorted(found, key=_START):
        if term[0] >= last:
            kept.append(term)
            last = term[1]
        elif term[1] > last and term[0] == kept[-1][0]:
            kept[-1] = term
            last = term[1]
    return kept
