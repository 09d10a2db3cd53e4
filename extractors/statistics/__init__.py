"""Numbers that measure something, in prose and in tables."""

from __future__ import annotations

from collections.abc import Sequence

from extractors._shared.document import Document, Found
from extractors.statistics.completion import complete
from extractors.statistics.naming import ADJECTIVES
from extractors.statistics.pairs import find_pairs
from extractors.statistics.prose import Prose
from extractors.statistics.row_reading import Rows, find_rows, without
from extractors.statistics.rows import extract_rows
from extractors.statistics.table_labels import noted_cells
from extractors.statistics.tables import extract_tables
from extractors.statistics.topics import is_degree
from extractors.statistics.year_rows import find_year_rows
from schemas.records import Record, Statistic

TYPE = "statistic"
AFTER = ("report", "schools", "awards", "citations")


def extract(document: Document, found: Found) -> list[Record]:
    """The statistics of a report in the order of the text; a repetition is more evidence."""
    pairs = find_pairs(document)
    special = [*pairs, *without(find_year_rows(document), pairs)]
    tables = [*special, *without(find_rows(document), special)]
    records = [complete(document, record) for record in read_prose(document, found, tables)]
    records += [*extract_rows(document, found, tables), *extract_tables(document, found)]
    return sorted(records, key=lambda record: record.evidence[0].start)


def read_prose(document: Document, found: Found, tables: Sequence[Rows]) -> list[Statistic]:
    """The statistics of the running text beside those tables, their indicators as the rules word them."""
    merged: dict[tuple[object, ...], list[Statistic]] = {}
    lost = frozenset(index for table in tables for row in table.rows for index in row.blocks) | noted_cells(document)
    for record in Prose(document, found, lost).extract():
        key = (
            record.value,
            record.value_to,
            record.unit,
            record.of,
            record.aspect,
            record.level,
            record.place,
            record.period,
        )
        same = merged.setdefault(key, [])
        for index, first in enumerate(same):
            if _is_repetition(first.indicator, record.indicator):
                same[index] = first.model_copy(update={"evidence": (*first.evidence, *record.evidence)})
                break
        else:
            same.append(record)
    return [record for same in merged.values() for record in same]


def _is_repetition(first: str, second: str) -> bool:
    """Whether two indicators name the same thing: all words of the shorter are in the longer, and it is no kind of it.

    ``Ban giám hiệu 3 người, đại học 3 người`` tells two things, and so does ``17 đảng viên (nữ 17)``.
    """
    one, two = set(first.lower().split()), set(second.lower().split())
    longer, shorter = (first, two) if len(one) > len(two) else (second, one)
    rest = " ".join(word for word in longer.lower().split() if word not in shorter)
    if is_degree(rest.removeprefix("có ").removeprefix("trình độ ")) or rest in ADJECTIVES:
        return False
    return len(one & two) == min(len(one), len(two)) and min(len(one), len(two)) * 2 >= max(len(one), len(two))
