"""How a number is told: as a change, or only about so many."""

from __future__ import annotations

import re

from extractors.relations.reading import Reading


def _is_name(reading: Reading, start: int, at: int) -> bool:
    """Whether a word is the end of a name: ``Hố Sâu Trên 21``."""
    before = reading.text[max(start, at - 2) : at]
    return reading.text[at].isupper() and before[-1:] == " " and before[:1].isalpha()


#: A word before one of these says nothing of the number behind it: ``ký giao ước; 7/8 đơn vị``.
_CLAUSE = re.compile(r"[;:,.]")


#: Behind it stands where a change ends or what it is told against: ``giảm 17 em so với 1.060 em``.
_NO_STEP = re.compile(r"\b(?:còn|xuống|thành|lên)\b|\d[^,;.:()]* so với ")


def manner(reading: Reading, start: int, first: int, last: int, end: int) -> tuple[bool, bool]:
    """Whether a number is a change, and whether it is vague."""
    lowered = reading.lower
    opening = max((lowered.rfind(sign, start, first) for sign in ",;.(:"), default=-1)
    left = max(start, opening + 1, first - 30)
    change = any(not _NO_STEP.search(lowered, t.end, first) for t in reading.terms("rel_change", left, first))
    vague = any(
        first - t.end <= 4 and not lowered.endswith("đến từ", 0, t.end)
        for t in reading.terms("rel_approx", max(start, first - 14), first)
        if t.id == "before" and not _is_name(reading, start, t.start) and not _CLAUSE.search(lowered, t.end, first)
    )
    behind = reading.terms("rel_approx", last, min(end, last + 24))
    vague = vague or any(
        t.id == "after" and ";" not in lowered[last : t.start] and not _is_of_grade(reading, last, t.start)
        for t in behind
    )
    return change, vague


#: What goes on upwards from a grade says nothing of how many have it.
_GRADED = ("dim_grade", "dim_finish", "dim_degree")
#: A mark or a grade by its number: ``đạt điểm 5 trở lên``, ``cấp 3 trở lên``.
_MARK = re.compile(r"(?<!\w)(?:điểm|bậc|mức|cấp|hạng|lớp|loại|khung) (?:từ )?\d[\d,]* ?$")


def _is_of_grade(reading: Reading, start: int, end: int) -> bool:
    """Whether what goes on upwards is a grade, not the number before it: ``125 em đạt loại khá trở lên``."""
    reach = end + len("trở lên")
    told = any(t.start < end <= t.end + 1 for group in _GRADED for t in reading.terms(group, start, reach))
    return told or _MARK.search(reading.lower, start, end) is not None
