"""Grades told in lines below the number of those who are graded: ``Khối 9 - 187 em`` over ``Học lực: Giỏi 41, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.completeness import UPPER_GRADES, is_whole_scale
from extractors.relations.nearly import is_near
from extractors.relations.parts import PEOPLE, Part, Parts, categories, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_Row = tuple[Block, Level]

#: A heading is a line of its own that ends with its number.
_LONGEST = 90
_ENDED = re.compile(r"\s*(?:\([^()\d]*\))?[\s.:;)–-]*")
_GRADES = ("dim_grade", "dim_finish")
#: So many lines below it may tell one scale each.
_LINES = 6
#: Those who have no grade: ``Không đánh giá: 1 (nghỉ thai sản)``.
_UNGRADED = re.compile(r"\W*(?:không|chưa) (?:đánh giá|xếp loại|phân loại|xét|xếp)(?!\w)")


def find_grades_below(reading: Reading, rows: Sequence[_Row]) -> Iterator[Sum]:
    """The number of people that a line ends with, for each scale in a line below it, or for the one told by items.

    The grades are a whole scale, and make the number but for a slip: else they are of others.
    """
    for index, (block, level) in enumerate(rows):
        found = _headed(reading, block, level)
        if found is None:
            continue
        whole, where = found
        below = rows[index + 1 : index + 1 + _LINES]
        for _, line in below:
            parts = _in_line(reading, line)
            if not _is_scale(parts):
                break
            if is_near(reading, parts, whole):
                yield Sum(whole, where, parts, True, "", opened=(where.end, 0))
        items = _in_items(reading, below)
        if _is_scale(items) and is_near(reading, items, whole):
            yield Sum(whole, where, items, True, "", opened=(where.end, 0))


#: At the end of a passage: so many are graded.
_GRADED = re.compile(
    r"(?<!\w)(?:số )?(?:(?:đảng viên|giáo viên|đồng chí|cán bộ|viên chức|người|học sinh) )?(?:dự|được|"
    r"thuộc diện|đủ điều kiện|tham gia|đưa ra) (?:đánh giá,? )?(?:xếp loại|phân loại|đánh giá|bình xét)(?: là| có|:)* $"
)
#: Between them and the grades one line may stand that opens these.
_OPENS = re.compile(r"[^\n]{0,400}:\s*$")


def find_graded_lines(reading: Reading, rows: Sequence[_Row]) -> Iterator[Sum]:
    """``… vậy số dự xếp loại là 25`` over lines of a grade each, which no sign need open."""
    for index, (block, level) in enumerate(rows):
        last = next(((s.amounts[-1], s) for s in reversed(level.segments) if s.amounts), None)
        if last is None or not usable(last[0]) or last[0].of is not None or last[0].family not in (None, *PEOPLE):
            continue
        whole, where = last
        ends = reading.lower[max(whole.end, whole.unit_end) : block.end].strip(" .:,;\n")
        if ends or not _GRADED.search(reading.lower, where.start, whole.start):
            continue
        parts = Parts()
        for line, told in rows[index + 1 : index + 1 + _LINES]:
            count = next((a for s in told.segments for a in s.amounts if not a.percent), None)
            segment = next((s for s in told.segments if count in s.amounts), None)
            part = _part(reading, segment, count) if segment is not None and count is not None else None
            if part is None or not part.categories.keys() & set(_GRADES):
                if (
                    not parts.found
                    and line.index == block.index + 1
                    and _OPENS.match(reading.text, line.body, line.end)
                ):
                    continue
                break
            parts.found.append(part)
        if _is_scale(parts) and is_near(reading, parts, whole):
            yield Sum(whole, where, parts, True, "", opened=(where.end, 0))


def _headed(reading: Reading, block: Block, level: Level) -> tuple[Amount, Segment] | None:
    """The only number of a short line, which counts people and ends it, in a bracket or not."""
    counts = [(a, s) for inner in level.walk() for s in inner.segments for a in s.amounts if a.family != "time"]
    if block.end - block.body > _LONGEST or len(counts) != 1:
        return None
    amount = counts[0][0]
    counted = usable(amount) and amount.of is None and amount.family in PEOPLE
    return counts[0] if counted and _ENDED.fullmatch(reading.lower, amount.unit_end, block.end) else None


def _in_line(reading: Reading, level: Level) -> Parts:
    """The counts of one line, each with its grade; none where something else is counted in it."""
    parts = Parts()
    for segment in level.segments:
        counts = [a for a in segment.amounts if not a.percent]
        if not counts and not parts.found:
            continue
        if len(counts) != 1 or (part := _part(reading, segment, counts[0])) is None:
            return Parts()
        parts.found.append(part)
    return parts


def _part(reading: Reading, segment: Segment, amount: Amount) -> Part | None:
    if not usable(amount) or amount.of is not None or amount.family not in (*PEOPLE, None):
        return None
    return Part(amount, segment, categories(reading, segment, amount))


def _is_scale(parts: Parts) -> bool:
    """Whether parts are all grades of a scale, beside those who have none."""
    graded = [part for part in parts.found if not part.named]
    dimension = Parts(graded).dimension()
    if dimension not in _GRADES:
        return False
    found = {part.categories[dimension] for part in graded}
    return is_whole_scale(dimension, found) or found in UPPER_GRADES


def _in_items(reading: Reading, rows: Sequence[_Row]) -> Parts:
    """The first count of each item of one list right below, with its grade."""
    parts = Parts()
    style = rows[0][0].marker.style if rows and rows[0][0].marker is not None else None
    for block, level in rows:
        if style is None or block.marker is None or block.marker.style != style:
            break
        segment = next((s for s in level.segments if any(not a.percent for a in s.amounts)), None)
        counts = [a for a in segment.amounts if not a.percent] if segment is not None else []
        if segment is None or len(counts) != 1 or (part := _part(reading, segment, counts[0])) is None:
            break
        if _UNGRADED.match(reading.lower, block.body, block.end):
            part.named, part.categories = True, {}
        elif not part.categories.keys() & set(_GRADES):
            break
        parts.found.append(part)
    return parts
