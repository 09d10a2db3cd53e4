"""The values of a report's records, to compare one report's formats and scans."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from extractors import analyze
from schemas import Record, TextLayer

_OWN = {"report", "evidence", "confidence", "file"}


def record_values(layer: TextLayer) -> Counter[str]:
    """What a text yields: each record's values as JSON, and how often."""
    return Counter(map(_value, analyze(layer).records))


def _value(record: Record) -> str:
    return json.dumps(_plain(record.model_dump(exclude=_OWN)), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    """The value with lists in one order, for they are gathered in the order of the text."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_plain(inner) for inner in value), key=str)
    return value


def lost_and_gained(known: Counter[str], found: Counter[str]) -> tuple[list[str], list[str]]:
    """The values that are missing, and those that are there too much."""
    return list((known - found).elements()), list((found - known).elements())


def share(known: Counter[str], found: Counter[str]) -> float:
    """Which share of the known values was found; 1 where none are known."""
    return (known & found).total() / known.total() if known else 1.0


def total(counters: Iterable[Counter[str]]) -> Counter[str]:
    """All values together."""
    return sum(counters, Counter())
