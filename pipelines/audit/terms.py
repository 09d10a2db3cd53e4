"""Terms of office as histories print them: ``Hiệu trưởng (1985-1999)``, ``từ năm 1999 đến nay``."""

from __future__ import annotations

import re

from pipelines.facts import ReportFacts
from schemas import Evidence

#: ``(1985-1999)``, ``từ năm 1999 đến nay``, ``thời kỳ 2000-2006``; a school year or a term of a congress is none.
_TERM = re.compile(
    r"(?:\(\s*(?:từ\s+)?(?:năm\s+)?|(?<!\w)[Tt]ừ\s+(?:năm\s+)?|(?<!\w)(?:[Tt]hời kỳ|[Gg]iai đoạn)\s+)"
    r"(?P<first>(?:19|20)\d\d)\s*(?:[-–]|đến)\s*(?:năm\s*)?(?P<last>(?:19|20)\d\d|nay)(?![\d/-])"
)
_OPEN_ENDED = 9999


def term_of(facts: ReportFacts, passage: Evidence) -> tuple[int, int] | None:
    """The first and the last year that the line of a passage gives, the last of those still in office 9999.

    None where the line gives none or several: whose they are is then not known.
    """
    text = facts.layer.text
    start, end = text.rfind("\n", 0, passage.start) + 1, text.find("\n", passage.end)
    found = list(_TERM.finditer(text[start : end if end >= 0 else len(text)]))
    if len(found) != 1:
        return None
    first = int(found[0]["first"])
    last = _OPEN_ENDED if found[0]["last"] == "nay" else int(found[0]["last"])
    return (first, last) if last >= first else None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many years two terms share beyond the one in which one follows the other; 0 for none."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def show_term(term: tuple[int, int]) -> str:
    """``1985-1999``, ``1999-nay``."""
    return f"{term[0]}-{'nay' if term[1] == _OPEN_ENDED else term[1]}"
