"""Numbers of two reports that look like those of one document: a letter, a sign or a body is another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipelines.audit.documents import Cited
from pipelines.audit.view import View
from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import body_symbols, fold, symbols

_TOKENS = re.compile(r"[-/._\s]+")
_LEAST_DIGITS = 3
_MANY_DIGITS = 4
#: Keys of groups in which documents are compared by their numbers.
SLIP, UNDATED = "slip", "undated"
_SEPARATOR = "\x1e"


def key_of(kind: str, *parts: str) -> str:
    """A key of one of the groups above."""
    return _SEPARATOR.join((kind, *parts))


def kind_of(key: str) -> str:
    """Which group a key is of; empty for the keys of documents as reconciliation joined them."""
    return key.split(_SEPARATOR)[0] if _SEPARATOR in key else ""


def lookalike_keys(view: View) -> Iterator[tuple[str, Cited]]:
    """The documents of a report by what they share with those whose numbers only look another."""
    for citation in view.facts.citations:
        if not citation.number or not citation.evidence:
            continue
        item, serial = Cited(view.facts, view.scope, citation), parse_number(citation.number).serial
        if item.day is not None:
            yield key_of(SLIP, serial, item.day), item
        yield key_of(UNDATED, serial, fold(citation.doc_type), view.scope.home), item


def lookalikes(key: str, items: Sequence[Cited]) -> Iterator[tuple[Cited, Cited]]:
    """The pairs of a group that are one document by all but a slip in its number."""
    kind = kind_of(key)
    for one, other in combinations(items, 2):
        numbers = [item.citation.number or "" for item in (one, other)]
        if numbers[0] == numbers[1]:
            continue
        if _SLIPS[kind](one, other):
            yield one, other


def is_slip(one: Cited, other: Cited) -> bool:
    """Whether two numbers of one serial and day differ in a letter, a sign, a token or the body of one place."""
    first, second = (_tokens(item) for item in (one, other))
    if first == second:
        return "." in (one.citation.number or "") + (other.citation.number or "")
    if len(first) != len(second):
        short, long = sorted((first, second), key=len)
        return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    wrong = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    if len(wrong) != 1:
        return are_moved(one, other)
    if all(token in symbols() for token in wrong[0]) and fold(one.citation.doc_type) != fold(other.citation.doc_type):
        return False  # two types, each with its own numbers
    serial = parse_number(one.citation.number or "").serial
    letters = len(first) == len(second) == 2 and first[0] == second[0] and first[0] in body_symbols()
    if letters and len(serial) >= _LEAST_DIGITS and one.scope.home == other.scope.home:
        return True  # one office numbers its letters in a row, whatever the department
    issuers = {fold(item.citation.issuer) for item in (one, other) if item.citation.issuer}
    if all(token in body_symbols() for token in wrong[0]) and len(issuers) < 2:
        return len(serial) >= _LEAST_DIGITS and one.scope.home == other.scope.home
    return one_letter(*wrong[0])


def are_moved(one: Cited, other: Cited) -> bool:
    """Whether two numbers of one serial have the same symbols in another order: ``87/PGDĐT-TH``, ``87/TH-PGDĐT``."""
    first, second = (_tokens(item) for item in (one, other))
    return len(first) > 1 and first != second and sorted(first) == sorted(second)


def _is_undated_slip(one: Cited, other: Cited) -> bool:
    """Whether two numbers are one, where a day is wanting: a letter too much, or a department that is another."""
    first, second = (_tokens(item) for item in (one, other))
    wrong = [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]]
    if len(first) != len(second) or len(wrong) != 1 or (one.day and other.day):
        return False
    if one.day or other.day:
        return wrong[0] == (first[0], second[0]) and one_letter(*wrong[0]) and len(first) > 1
    serial = parse_number(one.citation.number or "").serial
    years = [(item.facts.report.date or item.facts.report.period or "")[:4] for item in (one, other)]
    near = all(year.isdigit() for year in years) and abs(int(years[0]) - int(years[1])) <= 1
    return len(serial) >= _MANY_DIGITS and near and first[0] == second[0] and first[0] in body_symbols()


def _tokens(item: Cited) -> list[str]:
    """The tokens of a number behind its serial and year."""
    folded = fold(item.citation.number or "").replace("&", "").replace("tư", "tw")
    return [t for t in _TOKENS.split(folded)[1:] if t and not re.fullmatch(r"(?:19|20)\d\d", t)]


def one_letter(one: str, other: str) -> bool:
    """Whether two symbols differ by one letter, written otherwise or left out."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


_SLIPS = {SLIP: is_slip, UNDATED: _is_undated_slip}
