"""Totals whose parts are the first lines below them, one to each grade, level or kind of staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.completeness import reaches_end
from extractors.relations.parts import PEOPLE, Part, Parts, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_Row = tuple[Block, Level]

#: What lines are told apart by, and how far from their beginning it may stand.
_KINDS = ("dim_class", "dim_level", "dim_age", "dim_staff")
_LABEL_REACH = 26
_OPENS = 14
_NUMBER_REACH = 30
_FEWEST = 2
#: The grades of one school, all of them.
_SCHOOLS = (range(1, 6), range(6, 10), range(10, 13), range(6, 13), range(1, 10))
_ONLY_OPENER = re.compile(r"\s*(?:trong đó|chia ra|cụ thể|cụ thể như sau|gồm|bao gồm|như sau)\s*:?\s*")
_OTHER_COUNT = re.compile(r"[^\d.;:]{2,40}: ?\d")


def find_row_sums(reading: Reading, rows: Sequence[_Row]) -> Iterator[Sum]:
    """``Tổng số 12 lớp, 407 HS`` over ``Khối 6: 3 lớp = 125 HS`` and so on: a sum for each thing that all lines count.

    Reads lines with and without signs before them; what stands below a line of its own is passed over. A list that
    goes on with lines of another kind leaves open whether those read are all.
    """
    every = [_labels(reading, row) for row in rows]
    for kind in _KINDS:
        labels = [found.get(kind) for found in every]
        index = 0
        while index < len(rows):
            if labels[index] is None:
                index += 1
                continue
            run = _run(rows, labels, index)
            head = _head(reading, rows, labels, run[0])
            if len(run) >= _FEWEST and head is not None:
                yield from _sums(reading, rows, labels, (head, run))
            index = run[-1] + 1


def _labels(reading: Reading, row: _Row) -> dict[str, tuple[str, str]]:
    """The kinds and categories that a line begins with, right before its first number: a word may be of two kinds."""
    block, level = row
    count = next(
        (a for s in level.segments[:2] if s.separator in ("", ":") for a in s.amounts if a.family != "time"), None
    )
    if count is None:
        return {}
    last = min(block.end, block.body + _LABEL_REACH, count.start)
    found: dict[str, tuple[str, str]] = {}
    first: int | None = None
    for term in reading.categories(block.body, last):
        if term.group in _KINDS and term.start - block.body <= _OPENS and first in (None, term.start):
            first = term.start
            if count.start - term.end <= _NUMBER_REACH:
                said = reading.lower[block.body : count.start].strip(" :-–=có")
                aged = _AGE.match(reading.lower, term.end, count.start) if term.group == "dim_level" else None
                own = f"{term.id}{_AGED}{aged.group()}" if aged else term.id
                found[term.group] = term.group, said if term.group == "dim_staff" else own
    if first is None and (role := _ROLE.match(reading.lower, block.body, last)) is not None:
        found["dim_staff"] = "dim_staff", role.group()
    return found


#: The age that tells the kindergarten's classes apart: ``Mẫu giáo 3 tuổi``, ``Mẫu giáo lớn``.
_AGE, _AGED = re.compile(r" (?:\(?\d(?: ?[-–] ?\d)? tuổi|lớn|nhỡ|nhỏ|bé|ghép)(?!\w)"), "\x1f"
#: Staff of whom there are few, beside managers, teachers and clerks.
_ROLE = re.compile(r"(?:gv |giáo viên )?(?:tổng phụ trách|tpt|kế toán|bảo vệ|văn thư|thư viện|y tế)(?!\w)")


def _run(rows: Sequence[_Row], labels: Sequence[tuple[str, str] | None], first: int) -> list[int]:
    """The lines from one on that tell different categories of one kind."""
    run, seen = [first], {labels[first]}
    for index in range(first + 1, len(rows)):
        block, label = rows[index][0], labels[index]
        own = rows[run[-1]][0]
        if label is None or label in seen or label[0] != labels[first][0]:  # type: ignore[index]
            below = block.parent == own.index and block.marker is not None
            below = below and (own.marker is None or block.marker.style != own.marker.style)  # type: ignore[union-attr]
            if below:
                continue
            break
        style = block.marker.style if block.marker is not None else None
        if style != (own.marker.style if own.marker is not None else None):
            break
        run.append(index)
        seen.add(label)
    return run


def _head(
    reading: Reading, rows: Sequence[_Row], labels: Sequence[tuple[str, str] | None], first: int
) -> tuple[Block, Level] | None:
    """The block above lines that states their total: with a word for totals, one that opens a list, or a colon."""
    at = first - 1
    while (
        at >= 0
        and not rows[at][1].segments
        and _ONLY_OPENER.fullmatch(reading.lower, rows[at][0].body, rows[at][0].end)
    ):
        at -= 1
    if at < 0 or not rows[at][1].segments:
        return None
    block, level = rows[at]
    label, own = labels[at], labels[first]
    totalled = reading.has("rel_total", block.body, block.end)
    if label is not None and own is not None and label[0] == own[0] and not totalled:
        return None
    opens = at < first - 1 or reading.text[block.body : block.end].rstrip().endswith(":")
    opens = opens or reading.has("rel_open", block.body, min(block.end, block.body + _LABEL_REACH))
    return (block, level) if opens or totalled else None


def _sums(
    reading: Reading,
    rows: Sequence[_Row],
    labels: Sequence[tuple[str, str] | None],
    found: tuple[_Row, Sequence[int]],
) -> Iterator[Sum]:
    (_, level), run = found
    kind = labels[run[0]][0]  # type: ignore[index]
    counts = [(s, labelled(reading, s, a)) for s in level.segments for a in s.amounts if usable(a) and a.of is None]
    if any(reading.has("rel_some", s.start, s.end) for s in level.segments):
        return
    for where, whole in counts:
        if whole.family == "time" or sum(_same(reading, whole, other) for _, other in counts) > 1:
            continue
        parts = Parts()
        for index in run:
            row = _count(reading, rows[index][1], whole)
            if row is None:
                break
            parts.found.append(Part(row[1], row[0], {kind: labels[index][1]}))  # type: ignore[index]
        if len(parts.found) == len(run):
            complete = _is_whole(reading, kind, parts) and not _goes_on(reading, rows, run)
            yield Sum(whole, where, parts, True if complete else None, "dòng")


_LABEL_ENDS = re.compile(r" ?[:=] ?$")


def labelled(reading: Reading, segment: Segment, amount: Amount) -> Amount:
    """A bare number with the noun that its label ends with: ``Tổng số nhóm, lớp: 18``."""
    if amount.family is not None:
        return amount
    sign = _LABEL_ENDS.search(reading.lower, segment.start, amount.start)
    named = reading.terms("rel_unit", segment.start, sign.start()) if sign is not None else []
    if sign is None or not named or named[-1].end != sign.start():
        return amount
    unit = reading.lower[named[-1].start : named[-1].end]
    return replace(amount, family=named[-1].id, unit=unit, unit_end=amount.end)


def _same(reading: Reading, whole: Amount, other: Amount) -> bool:
    """Whether two numbers count the same: a noun of one family, and women only with women."""
    people = whole.family in PEOPLE and other.family in PEOPLE
    alike = other.family == whole.family or (people and "person" in (whole.family, other.family))
    return alike and _are_women(reading, whole) == _are_women(reading, other)


_WOMEN = re.compile(r"(?<!\w)nữ ?:? ?$")


def _are_women(reading: Reading, amount: Amount) -> bool:
    return _WOMEN.search(reading.lower, max(0, amount.start - 6), amount.start) is not None


def _count(reading: Reading, level: Level, whole: Amount) -> tuple[Segment, Amount] | None:
    """What a line counts of the kind of the whole, where that is its only count of it; a bare number right at first."""
    rows = [
        (s, a) for s in level.segments if s.separator != "." for a in s.amounts if not a.percent and a.family != "time"
    ]
    alike = [(s, a) for s, a in rows if a.family is not None and _same(reading, whole, a)]
    if not alike and rows and not _are_women(reading, whole):
        bare = rows[0][1].family is None and rows[0][1].of is None
        people = whole.family is None and rows[0][1].family in PEOPLE
        alike = rows[:1] if bare or people else []
    first = alike[0][1] if alike else None
    return alike[0] if len(alike) == 1 and first is not None and usable(first) and first.of is None else None


def _is_whole(reading: Reading, kind: str, parts: Parts) -> bool:
    """Whether lines of a kind are all that there can be."""
    found = {part.categories[kind].partition(_AGED)[0] for part in parts.found}
    if kind == "dim_class":
        return {int(label[1:]) for label in found} in [set(grades) for grades in _SCHOOLS]
    if kind == "dim_staff":
        known = {t.id for p in parts.found for t in reading.terms(kind, p.segment.start, p.amount.start)}
        return known == {"manager", "teacher", "clerk"}
    return reaches_end(kind, found)


def _goes_on(reading: Reading, rows: Sequence[_Row], run: Sequence[int]) -> bool:
    """Whether the line behind the last one is one more of the list: ``Hợp đồng: 2 người``."""
    last = rows[run[-1]][0]
    after = next((row for row in rows[run[-1] + 1 :] if row[0].parent != last.index or row[0].marker is None), None)
    if after is None or not after[1].segments:
        return False
    block = after[0]
    if (block.marker is None) != (last.marker is None):
        return False
    alike = block.marker is None or last.marker is None or block.marker.style == last.marker.style
    return alike and block.marker is not None and _OTHER_COUNT.match(reading.lower, block.body, block.end) is not None
