"""Numbers that other records use up: of dates, documents, schools and awards."""

from __future__ import annotations

from collections.abc import Iterator

from extractors._shared.document import Document, Found
from extractors._shared.numbers import find_numbers, view_offset
from extractors.statistics.naming import FEASTS
from schemas.records import Award, Citation, School


def claimed(document: Document, found: Found, *, dates: bool = True) -> Iterator[tuple[int, int]]:
    """Ranges whose numbers are not statistics: of dates, documents, schools and awards."""
    for mention in document.dates if dates else ():
        yield mention.start, mention.end
    for kind in ("citation", "school", "award"):
        for record in found.get(kind, ()):
            if isinstance(record, Citation | School | Award):
                for passage in record.evidence:
                    start = view_offset(document, passage.start)
                    end = view_offset(document, passage.end - 1) + 1
                    yield from _numbers_of(document, record, start, end)


def _numbers_of(
    document: Document, record: Citation | School | Award, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The numbers of a passage that its record uses up; an award's entrants stay statistics."""
    if isinstance(record, School) and _is_share(document, start, end):
        return
    if not isinstance(record, Award):
        yield start, end
        return
    for number in find_numbers(document.text, start, end):
        yield number.start, number.end


def _is_share(document: Document, start: int, end: int) -> bool:
    """Whether what looks like a school is a level with a share of its schools: ``mầm non 9/14``."""
    shares = [number for number in find_numbers(document.text, start, end) if number.of is not None]
    return bool(shares) and (shares[0].value, shares[0].of) not in FEASTS
