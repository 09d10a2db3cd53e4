"""Totals that another sentence or paragraph tells of a list: of all years, of so many bodies, of all that were graded.

``năm 2018: 5; năm 2019: 4; năm 2020: 3. Cả giai đoạn kết nạp 13``; ``42 trường ở A, B và C, lần lượt là 18, 13 và 11``;
``giao 51 lớp cho 5 trường. … A 12 lớp, 504 em; B 11 lớp, 462 em; …``; ``có 32 chi đoàn. … Xếp loại: 24 chi đoàn
vững mạnh xuất sắc, 8 chi đoàn vững mạnh``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]
_Run = list[Segment]

_FEWEST, _FAR, _SLIP_DIGITS = 3, 0.35, 2
_YEAR = re.compile(
    r"\W*(?:[^\d;:.,()]{2,30}: ?)?(?:năm (?:học )?)?(?P<year>(?:19|20)\d\d)(?: ?[-–] ?(?:19|"
    r"20)\d\d)?(?!\d)"
)
#: At the head of a sentence or before a number: it is of all the years.
_ALL_YEARS = re.compile(
    r"(?<!\w)(?:cả (?:giai đoạn|nhiệm kỳ|\d+ năm|(?:hai|ba|bốn|năm|sáu|mười) năm)|toàn (?:giai đoạn|khóa|nhiệm kỳ)|"
    r"tổng(?: cộng| số| kinh phí| vốn)?|cộng|giai đoạn|nhiệm kỳ|trong \d+ năm)(?!\w)"
)
_OTHER = re.compile(r"(?<!\w)(?:trong đó|riêng|mỗi|bình quân|kế hoạch|chỉ tiêu|so với|tăng|giảm|lũy kế)(?!\w)")


def find_far_totals(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """The lists of a report against the totals that stand apart from them."""
    runs = [(block, run) for block, level in rows for run in by_sentence(level.segments)]
    for index, (block, run) in enumerate(runs):
        near = (
            [other for _, other in runs[max(0, index - 2) : index]],
            [other for _, other in runs[index + 1 : index + 2]],
        )
        yield from _by_years(reading, run, *near)
        yield from _in_turn(reading, run)
        yield from _of_bodies(reading, run, near[0])
        yield from _graded(reading, block, run, rows)


def _relation(reading: Reading, whole: _Row, parts: Sequence[_Row], cue: str) -> Relation:
    return Relation(
        kind="sum",
        whole=quantity(reading, *whole),
        parts=tuple(quantity(reading, *part) for part in parts),
        exhaustive=True,
        cue=cue,
    )


def _made(parts: Sequence[_Row]) -> float:
    return round(sum(amount.value for amount, _ in parts), 6)


def _near(parts: Sequence[_Row], whole: Amount) -> bool:
    return abs(_made(parts) - whole.value) <= _FAR * whole.value


def _by_years(reading: Reading, run: _Run, before: Sequence[_Run], after: Sequence[_Run]) -> Iterator[Relation]:
    """Years in a row with one number each, and the number of all of them in the sentence before or behind."""
    listed: list[_Row] = []
    years: list[int] = []
    for segment in run:
        match = _YEAR.match(reading.lower, segment.start, segment.end)
        counts = [a for a in segment.amounts if match is not None and a.start >= match.end()]
        if match is None or len(counts) != 1 or not usable(counts[0]) or counts[0].of is not None:
            if listed:
                return
            continue
        listed.append((counts[0], segment))
        years.append(int(match["year"]))
    if len(listed) < _FEWEST or years != list(range(years[0], years[0] + len(years))):
        return
    told: list[_Row] = []
    for other in (*before, *after):
        for segment in other:
            for amount in segment.amounts:
                if _ALL_YEARS.search(reading.lower, segment.start, amount.start) and _may_be(amount, listed):
                    told.append((amount, segment))
    if any(amount.value == _made(listed) for amount, _ in told) or not told:
        return
    if not any(_OTHER.search(reading.lower, run[0].start, run[-1].end) for _ in told):
        yield _relation(reading, told[-1], listed, "năm")


def _may_be(whole: Amount, parts: Sequence[_Row]) -> bool:
    plain = usable(whole) and whole.of is None and whole.family not in (None, "time")
    people = whole.family in PEOPLE and all(a.family in (*PEOPLE, None) for a, _ in parts)
    alike = people or all(fits(whole, a) for a, _ in parts)
    return plain and alike and _near(parts, whole) and max(a.value for a, _ in parts) < whole.value


_TURN_AT = Words(("lần lượt", "theo thứ tự"))
_TURN = re.compile(r"(?<!\w)(?:lần lượt|theo thứ tự)(?: (?:là|có|được|với|gồm|đạt))*:? ?")
_SEPARATORS = re.compile(r", | và ")


def _in_turn(reading: Reading, run: _Run) -> Iterator[Relation]:
    """``42 trường tại A, B, C, lần lượt là 18, 13 và 12 trường``: as many numbers as names between."""
    if not holds(_TURN_AT, reading.lower, run[0].start, run[-1].end):
        return
    told = _TURN.search(reading.lower, run[0].start, run[-1].end)
    if told is None:
        return
    rows = [(a, s) for s in run for a in s.amounts]
    parts = [row for row in rows if row[0].start >= told.end()]
    before = [row for row in rows if row[0].end <= told.start()]
    if len(before) != 1 or len(parts) < 2 or any(not usable(a) or a.of is not None for a, _ in parts):
        return
    whole = before[0][0]
    unit = parts[-1][0].unit
    if not usable(whole) or whole.of is not None or whole.unit is None or unit not in (None, whole.unit):
        return
    named = reading.text[whole.unit_end : told.start()].strip(" ,")
    if len(_SEPARATORS.findall(named)) + 1 != len(parts) or _OTHER.search(named.lower()):
        return
    if _near(parts, whole):
        yield _relation(reading, before[0], parts, "lần lượt")


_NAMED = re.compile(r"(?<!\w)[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*)+ ?:? ?$")
_BODIES = ("school", "place", "cell", "site")


def _of_bodies(reading: Reading, run: _Run, before: Sequence[_Run]) -> Iterator[Relation]:
    """As many bodies by name as the sentence before counts, each with a number of what they were given together."""
    pieces: list[_Run] = [[]]
    for segment in run:
        if segment.separator == ";" and pieces[-1]:
            pieces.append([])
        pieces[-1].append(segment)
    firsts = [next(((a, s) for s in piece for a in s.amounts), None) for piece in pieces]
    parts = [row for row in firsts if row is not None]
    if len(parts) < _FEWEST or len(parts) != len(pieces) or len({a.unit for a, _ in parts}) != 1:
        return
    if parts[0][0].unit is None or not all(usable(a) and a.of is None for a, _ in parts):
        return
    if not all(_NAMED.search(reading.text, s.start, a.start) for a, s in parts):
        return
    for other in reversed(before):
        rows = [(a, s) for s in other for a in s.amounts if usable(a) and a.of is None]
        bodies = [a for a, _ in rows if a.family in _BODIES and a.value == len(parts)]
        wholes = [row for row in rows if row[0].unit == parts[0][0].unit]
        if bodies and len(wholes) == 1 and _near(parts, wholes[0][0]):
            if not _OTHER.search(reading.lower, other[0].start, wholes[0][0].end):
                yield _relation(reading, wholes[0], parts, ":")
            return


_GRADING = re.compile(r"\W*(?:kết quả )?(?:xếp loại|phân loại|đánh giá|bình xét)(?: [^\d:;.()]{2,40})?: ?$")
_ALONE = re.compile(r"\s*(?:[,.;(]|với |$|trực thuộc)")


def _graded(reading: Reading, block: Block, run: _Run, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Bodies of one noun by their grades, and how many of them the report says that there are."""
    parts = [(a, s) for s in run for a in s.amounts]
    if len(parts) < 2 or len({a.unit for a, _ in parts}) != 1 or parts[0][0].family not in ("cell", "class", "school"):
        return
    if not all(usable(a) and a.of is None for a, _ in parts) or any(s.groups for _, s in parts):
        return
    if not _GRADING.fullmatch(reading.lower, run[0].start, parts[0][0].start):
        return
    unit, made = parts[0][0].unit, _made(parts)
    told: list[_Row] = []
    for other, level in rows:
        if other is block:
            continue
        for segment in level.segments:
            for amount in segment.amounts:
                alone = _ALONE.match(reading.lower, amount.unit_end) is not None
                if amount.unit == unit and usable(amount) and amount.of is None and alone:
                    told.append((amount, segment))
    one = len({a.value for a, _ in told}) == 1 and told[0][0].value != made
    if one and abs(told[0][0].value - made) <= max(1, _MISSED * made):
        yield _relation(reading, told[0], parts, "xếp loại")


#: By so much of them a list of all misses how many there are.
_MISSED = 0.05
