"""Changes whose old value stands in a bracket or in the sentence before: ``6 vụ, giảm 3 vụ so với năm trước (9 vụ)``.

Which number is the old one is told by the place alone; a change is given only where the three agree, or do but for a
slip in one of them: another number in that place would be far off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import categories
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.stepping import sign_of
from extractors.relations.structure import Level, Segment
from extractors.relations.twins import are_turned
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_STEP_AT = Words(("tăng", "giảm", "thêm", "bớt"))
#: Between the new value and its change.
_CHANGED = re.compile(r"[^\d;.]{0,50}(?<!\w)(?:tăng|giảm|thêm|bớt)[^\d;.,()]{0,12}")
#: Between the change and the old value, in a bracket or behind a colon inside one.
_BRACKET = re.compile(r"[^\d;.()]{0,16}(?:so với [^;.()]{2,50})? ?(?:\(|(?<=\w): )(?:[^\d;.()]{0,24} )?")
_CLOSED = re.compile(r"(?: [^\W\d_]+){0,3}\s*\)")
#: The old value in a bracket before the change, and the new one behind it.
_SINCE = re.compile(r"(?<!\w)so với [^;.()]{4,40}\((?:[^\d;.()]{0,16} )?$")
_RISEN = re.compile(r"[^\d;.()]{0,8}\)[^\d;.()]{0,60}(?<!\w)(?:tăng|giảm|thêm|bớt)[^\d;.,()]{0,12}")
_REACHES = re.compile(r"[^\d;.()]{0,10},? ?(?:đạt|còn|lên|xuống|là|có)(?: mức| tỷ lệ| tỉ lệ)? ")
#: What there was, and what there is, at the head of a sentence or clause behind it.
_WAS = re.compile(
    r"(?<!\w)(?:(?:toàn )?(?:huyện|tỉnh|trường|xã|ngành|thành phố|thị xã|quận)(?: (?:hiện|đã|chỉ))? có|tổng số|hiện có|"
    r"trước (?:đó|đây|khi [^;.\d]{3,30}))[^\d;.:()]{0,16}$"
)
_IS = re.compile(
    r" ?(?:sau (?:khi )?(?:sắp xếp|sáp nhập|rà soát|tổ chức lại|dồn ghép)[^\d;.:()]{0,30}|"
    r"(?:đến (?:nay|hết|cuối)|hiện nay|nay|dự kiến)[^;.:()]{0,30})(?<!\w)(?:còn|có|là|lên|đạt)(?: lại)? "
)
#: Counts are off by so much at most, where no digit tells which is wrong.
_FEW = 2


def find_old_beside(reading: Reading, level: Level, known: Iterable[Relation]) -> Iterator[Relation]:
    """The changes of a passage with new and old value; those whose old value is ``known`` are left out."""
    if not holds(_STEP_AT, reading.lower, level.start, level.end):
        return
    told = {r.parts[0].evidence.end for r in known if r.kind == "change" and len(r.parts) > 1}
    rows = [(a, s) for inner in level.walk() for s in inner.segments for a in s.amounts]
    rows.sort(key=lambda row: row[0].start)
    candidates = [
        *(found for three in zip(rows, rows[1:], rows[2:], strict=False) for found in _beside(reading, three)),
        *(found for index in range(1, len(rows) - 1) for found in _behind_parts(reading, rows, index)),
        *(found for index in range(2, len(rows)) for found in _before(reading, rows, index)),
    ]
    for three in candidates:
        if any(a.vague for a, _ in three) or not _are_alike(three):
            continue
        relation = _relation(reading, *three)
        if relation is not None and relation.parts[0].evidence.end not in told:
            told.add(relation.parts[0].evidence.end)
            yield relation


def _are_alike(rows: Sequence[_Row]) -> bool:
    """Whether numbers are all percentages, or none, and no two count things of two kinds."""
    families = {a.family for a, _ in rows if a.family is not None}
    return len({a.percent for a, _ in rows}) == 1 and len(families) <= 1 and "time" not in families


def _end(row: _Row) -> int:
    return max(row[0].end, row[0].unit_end)


def _beside(reading: Reading, rows: Sequence[_Row]) -> Iterator[tuple[_Row, _Row, _Row]]:
    first, second, third = rows
    if _CHANGED.fullmatch(reading.lower, _end(first), second[0].start) and _is_bracketed(reading, second, third):
        yield first, second, third
    led = reading.lower[max(0, first[0].start - 60) : first[0].start]
    risen = _SINCE.search(led) and _RISEN.fullmatch(reading.lower, _end(first), second[0].start)
    if risen and _REACHES.fullmatch(reading.lower, _end(second), third[0].start):
        yield third, second, first


def _is_bracketed(reading: Reading, step: _Row, old: _Row) -> bool:
    """Whether the old value stands in the bracket behind a change."""
    opened = _BRACKET.fullmatch(reading.lower, _end(step), old[0].start)
    return opened is not None and _CLOSED.match(reading.lower, _end(old)) is not None


def _behind_parts(reading: Reading, rows: Sequence[_Row], index: int) -> Iterator[tuple[_Row, _Row, _Row]]:
    """``4 vụ, trong đó ngã 3, đuối nước 1; giảm 3 vụ so với năm trước (7 vụ)``: the first number of the sentence."""
    step, old = rows[index : index + 2]
    start, _ = reading.document.sentence_at(step[0].start)
    first = next((row for row in rows[:index] if row[0].start >= start), None)
    if first is None or first is rows[index - 1] or "so với" not in reading.lower[_end(step) : old[0].start]:
        return
    parts = _PARTS.match(reading.lower, _end(first), step[0].start) is not None
    noun = _noun(reading, first)
    if parts and noun and noun == _noun(reading, step) and _is_bracketed(reading, step, old):
        yield first, step, old


_PARTS = re.compile(r"[^\d.;()]{0,20}[,;(:] ?(?:trong đó|gồm|bao gồm)(?!\w)")


def _noun(reading: Reading, row: _Row) -> str:
    """The word behind a number."""
    match = re.compile(r" ([^\W\d_]+)").match(reading.lower, row[0].end)
    return match[1] if match is not None else ""


def _before(reading: Reading, rows: Sequence[_Row], index: int) -> Iterator[tuple[_Row, _Row, _Row]]:
    """``huyện có 48 trường: … Đến nay còn 41 trường, giảm 7 trường``: all there were, in the sentence before."""
    new, step = rows[index - 1 : index + 1]
    start, _ = reading.document.sentence_at(new[0].start)
    start = max(start, reading.lower.rfind(";", start, new[0].start) + 1)
    if not _IS.fullmatch(reading.lower, start, new[0].start) or new[0].unit is None:
        return
    if not _CHANGED.fullmatch(reading.lower, _end(new), step[0].start):
        return
    for old in reversed(rows[: index - 1]):
        first, _ = reading.document.sentence_at(old[0].start)
        if old[0].unit == new[0].unit == step[0].unit and _WAS.search(reading.lower, first, old[0].start):
            # A level or class named with one of them alone makes it another thing.
            if categories(reading, old[1], old[0]) == categories(reading, new[1], new[0]):
                yield new, step, old
            return


def _relation(reading: Reading, new: _Row, step: _Row, old: _Row) -> Relation | None:
    sign = sign_of(reading, step[1], step[0])
    if not sign or new[0].change or old[0].change or old[0].of is not None:
        return None
    if not _is_slip(new[0].value, sign * step[0].value, old[0].value):
        return None
    parts = (quantity(reading, replace(step[0], value=sign * step[0].value), step[1]), quantity(reading, *old))
    whole = quantity(reading, replace(new[0], of=None), new[1])
    return Relation(kind="change", whole=whole, parts=parts, exhaustive=True, cue="up" if sign > 0 else "down")


def _is_slip(new: float, change: float, old: float) -> bool:
    """Whether a change leads from the old value to the new one, or would but for a slip in one number."""
    step = round(new - old, 4)
    if step * change <= 0:
        return False
    near = abs(step - change) <= (_FEW if float(change).is_integer() else 1) and abs(change) > abs(step - change)
    values = ((round(new - change, 4), old), (round(old + change, 4), new))
    slipped = any(differ_by_slip(abs(a), abs(b)) or are_turned(a, b) for a, b in values)
    return near or slipped or differ_by_slip(abs(step), abs(change), 2)
