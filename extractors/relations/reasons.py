"""What made a change, told behind a colon: ``giảm 14 em: chuyển đi 10, bỏ học 4``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.relations.amounts import Amount
from extractors.relations.parts import read_parts
from extractors.relations.reading import Reading
from extractors.relations.structure import Level
from extractors.relations.totals import Sum

#: A change may be told with a colon of its own: ``giảm: 14 em: chuyển đi: 10; bỏ học: 4``.
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|bớt|tăng thêm|giảm đi):? $")
#: Behind the colon: its ends, not what made it.
_ENDS = re.compile(r"(?<!\w)(?:từ|còn|năm|so với|xuống|lên|cùng kỳ|trước)(?!\w)")
_BEFORE = 12


def find_reasons(reading: Reading, level: Level) -> Iterator[Sum]:
    """Changes with the numbers of those who made them; all are told, bare or with the noun of the change."""
    for last, opened in zip(level.segments, level.segments[1:], strict=False):
        whole = last.amounts[-1] if last.amounts else None
        if opened.separator != ":" or whole is None or not _is_change(reading, whole):
            continue
        told = reading.text[whole.unit_end or whole.end : opened.start].strip(" :")
        if told or _ENDS.search(reading.lower, opened.start, opened.end):
            continue
        whole = replace(whole, change=False)
        parts = read_parts(reading, level.segments[level.segments.index(opened) :], opened.start, whole)
        alike = all(p.amount.of is None and p.amount.unit in (None, whole.unit) for p in parts.found)
        if len(parts.found) > 1 and alike and not (parts.some or parts.overlap or parts.uncounted):
            yield Sum(whole, last, parts, True, ":", opened=(opened.start - 1, opened.start))


def _is_change(reading: Reading, amount: Amount) -> bool:
    if amount.percent or amount.vague or amount.of is not None:
        return False
    return amount.change or _CHANGE.search(reading.lower, max(0, amount.start - _BEFORE), amount.start) is not None
