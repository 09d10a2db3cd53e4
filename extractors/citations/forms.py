"""Words of citations as regular expressions, from ``lexicon.yml`` and ``wording.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors._shared.lexicon import Entry, load_lexicon
from extractors._shared.scan import WholeWords, at_word_start
from extractors._shared.view import fold_tone_style, lower

_PACKAGE = "extractors.citations"
#: Words between the type and its number that belong to neither.
_QUALIFIER = (
    r"(?:\s(?:hành động|công tác|liên tịch|liên ngành|phối hợp|chuyên đề|khẩn|hỏa tốc|họp|"
    r"làm việc|kiểm tra|thẩm định|nghiệm thu|riêng|chung|cá biệt|hướng dẫn))?"
)


def _folded(form: str) -> str:
    return lower(fold_tone_style(form))


@cache
def document_types() -> dict[str, Entry]:
    """The types by each of their forms, in lower case."""
    return {_folded(form): entry for entry in load_lexicon(_PACKAGE)["document_type"] for form in entry.forms}


@cache
def type_symbols() -> dict[str, Entry]:
    """The types by their marks inside a number (``NQ``, ``QĐ``), in capitals."""
    rows = load_lexicon(_PACKAGE)["document_type"]
    return {mark: entry for entry in rows for mark in entry.attributes.get("symbols", "").split()}


@cache
def laws() -> dict[str, Entry]:
    """Laws, codes, constitution and charters by id."""
    return {entry.id: entry for entry in load_lexicon(_PACKAGE)["law"]}


def _by_length(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _alternation(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in _by_length(forms))


@cache
def types_pattern() -> str:
    """The forms of all types as one alternation, to be met in lower case."""
    return _alternation(list(document_types()))


@cache
def wording(group: str) -> str:
    """The forms of a group of ``wording.yml`` as one alternation."""
    return _alternation(
        [_folded(form) for entry in load_lexicon(_PACKAGE, "wording.yml")[group] for form in entry.forms]
    )


@cache
def type_before() -> re.Pattern[str]:
    """The type and ``số`` that end right before a number."""
    return re.compile(
        rf"(?<![\w/-])(?P<type>{types_pattern()}){_QUALIFIER}(?P<so>\s?(?:số|só|sô|so)\s?(?:là|hiệu)?)?\s?[:.]?\s?$"
    )


#: With what a number without a symbol begins, and a law or any other document named by its type.
TYPES_AT = WholeWords(document_types())


@cache
def bare_number() -> re.Pattern[str]:
    """A type with a number that has no symbol: ``Chỉ thị số 05``, ``Nghị định 116/2020``."""
    number = r"\d{1,5}(?:/(?:19|20)\d\d)?"
    return re.compile(
        rf"(?P<type>{at_word_start(_by_length(document_types()), also='/-')}){_QUALIFIER}"
        r"\s?(?P<so>(?:số|sô)\s?:?\s?)?"
        rf"(?P<numbers>{number}(?:\s?(?:,|và)\s(?:số\s)?{number})*)"
        r"(?![\w%/]|[.,-]\d|\s?[-/]\s?[^\W\d_])(?P<after>\s?[^\s,;.:)(\"”“]*)"
    )


def spelled_type(text: str, match: re.Match[str]) -> Entry | None:
    """The type that a match names; None where a short form is not in capitals (``ct``, ``bc``)."""
    form = match["type"]
    printed = text[match.start("type") : match.end("type")]
    if len(form) <= 4 and " " not in form and form not in ("luật", "lệnh") and not printed[0].isupper():
        return None
    if len(form) <= 2 and not printed.isupper():
        return None
    return document_types()[form]
