"""Lists that take a total told before apart, and say so: ``Chia theo nguồn: …``, ``Số hiện có gồm: …``, ``còn lại …``.

The total stands in the sentence before, often with another list of its parts behind it. A list that says how its
total is divided is whole; of one behind ``còn lại`` the sentence tells the most of them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.completeness import reaches_end
from extractors.relations.nearly import is_near
from extractors.relations.parts import PEOPLE, Part, Parts, fits, read_parts, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum

_Row = tuple[Amount, Segment]

_AT = Words(("theo", "gồm", "chiếm", "còn lại"))
#: With what a list opens that divides the total by something.
_BY = re.compile(
    r"\s*(?:(?P<divided>(?:nếu )?(?:chia|phân|cơ cấu)) |(?:phân loại|tính|xét|xếp) )?theo [^:;.()\d]{2,30}: ?"
)
#: With what it opens that says again which total it is of.
_AGAIN = re.compile(
    r"\s*(?:trong |tổng )?số (?P<which>(?:[^\W\d_]+ ){0,3})(?:này |đó |ấy |trên |nói trên )?(?:có|gồm|bao gồm|chia ra)"
    r"(?: có)?:? ?"
)
_THIS = re.compile(r"\s*(?:trong |tổng )?số (?:này|đó|ấy|trên|nói trên) ")
#: The most of a total, before all others.
_MOST = re.compile(r"(?<!\w)chiếm (?:đa số|phần lớn|đông nhất|nhiều nhất|chủ yếu|số đông)(?: với| là|:|,)? $")
_REST = re.compile(r"\s*(?:số |các [^\W\d_]+ )?còn lại(?: là| gồm| có)?:? ")
#: Behind a number that only names: ``cơ sở 1: 329 cháu``.
_LABEL = re.compile(r" ?: ?\d")
_NEAR = 24
#: So many lines above a total may stand.
_LINES = 4
_FAR = 0.1


def find_repartitioned(reading: Reading, level: Level, known: Sequence[Sum]) -> Iterator[Sum]:
    """The sums of lists that name what they divide a total by, or which total they divide.

    ``known`` are the sums read so far: what they found to be a total comes first.
    """
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    known = [one for one in known if one.exhaustive and _holds_all(one)]
    read = {part.amount.start for one in known for part in one.parts.found[:1]}
    for found in _repartitioned(reading, level, known):
        if found.parts.found[0].amount.start not in read:
            yield found


def _holds_all(one: Sum) -> bool:
    """Whether no part is larger than its total: else the list was read of the number next to it."""
    return all(part.amount.value <= one.whole.value for part in one.parts.found)


def find_divided_below(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Sum]:
    """The sums of items that name what they divide a total by, told in the lines above: ``- Theo dân tộc: …``.

    Where one of the counts above is what they make, nothing is wrong; else the one that they all but make is meant.
    """
    for index, (_, level) in enumerate(rows):
        run = next(by_sentence(level.segments), [])
        opened = _BY.match(reading.lower, run[0].start, run[0].end + 1) if run else None
        first = next((a for s in run for a in s.amounts if a.start >= opened.end()), None) if opened else None
        if opened is None or first is None:
            continue
        above = [
            row for _, before in rows[max(0, index - _LINES) : index] for row in _counts(before.segments, ratios=True)
        ]
        for whole, segment in reversed(above):
            if whole.value <= first.value or not fits(whole, first) or whole.family != first.family:
                continue
            parts = _listed(reading, run, opened.end(), whole)
            sure = opened["divided"] is not None
            if parts is not None and (sure or is_near(reading, parts, whole) or _ends(parts) or _with_majority(parts)):
                made = sum(part.amount.value for part in parts.found)
                if not any(other.value == made for other, _ in above):
                    yield Sum(whole, segment, parts, True, "theo", apart=True)
                break


def _repartitioned(reading: Reading, level: Level, known: Sequence[Sum]) -> Iterator[Sum]:
    runs = list(by_sentence(level.segments))
    for index, run in enumerate(runs):
        for at, segment in enumerate(run):
            opened = _BY.match(reading.lower, segment.start, segment.end + 1)
            if opened is not None and (at == 0 or segment.separator == ";"):
                sure = opened["divided"] is not None
                yield from _divided(reading, [*runs[:index], run[:at]], (run[at:], opened.end(), sure), known)
        if index:
            yield from _named_again(reading, runs[index - 1], run)
            yield from _with_rest(reading, runs[index - 1], run)


def _divided(
    reading: Reading,
    before: Sequence[Sequence[Segment]],
    listed: tuple[Sequence[Segment], int, bool],
    known: Sequence[Sum],
) -> Iterator[Sum]:
    run, start, sure = listed
    first = next((a for s in run for a in s.amounts if a.start >= start), None)
    if first is None:
        return
    totals = {(s.whole.start): (s.whole, s.segment) for s in known if s.whole.start < start}
    rows = list(totals.values()) or [row for sentence in reversed(before) for row in _counts(sentence, ratios=True)[:1]]
    for whole, segment in reversed(rows):
        if usable(whole) and fits(whole, first) and whole.end < start and whole.value > first.value:
            parts = _listed(reading, run, start, whole)
            if parts is not None and (sure or is_near(reading, parts, whole) or _ends(parts)):
                yield Sum(whole, segment, parts, True, "theo")
            return


def _listed(reading: Reading, run: Sequence[Segment], start: int, whole: Amount) -> Parts | None:
    parts = read_parts(reading, run, start, whole)
    sure = len(parts.found) > 1 and not (parts.some or parts.overlap or parts.uncounted)
    made = sum(part.amount.value for part in parts.found)
    if any(_LABEL.match(reading.lower, part.amount.end) for part in parts.found):
        return None  # cơ sở 1: 329 cháu
    return parts if sure and abs(made - whole.value) <= _FAR * max(made, whole.value) else None


def _with_majority(parts: Parts) -> bool:
    """Whether peoples are told with the largest one: then they are all told."""
    return "kinh" in {part.categories.get("dim_people") for part in parts.found}


def _ends(parts: Parts) -> bool:
    """Whether a list reaches the end of its scale: ``mầm non …, tiểu học …, THCS …``."""
    dimension = parts.dimension()
    return dimension is not None and reaches_end(dimension, {part.categories[dimension] for part in parts.found})


def _counts(run: Sequence[Segment], *, ratios: bool = False) -> list[_Row]:
    """The counts of a sentence; with ``ratios`` the first numbers of these too: ``248/412 trường; theo bậc học: …``."""
    found = [(a, s) for s in run for a in s.amounts if usable(a) and a.family != "time" and (ratios or a.of is None)]
    return [(replace(a, of=None), s) for a, s in found]


def _named_again(reading: Reading, before: Sequence[Segment], run: Sequence[Segment]) -> Iterator[Sum]:
    """``… hiện có 26.415 giáo viên, còn 2.525 … chưa tuyển. Số hiện có gồm: mầm non 6.120; …``."""
    opened = _AGAIN.match(reading.lower, run[0].start)
    if opened is None:
        return
    which = opened["which"].strip()
    rows = _counts(before)
    if _THIS.match(reading.lower, run[0].start):
        found = rows[-1:]
    else:
        found = [
            (a, s)
            for a, s in rows
            if which and reading.lower[max(0, a.start - _NEAR) : a.start].rstrip().endswith(which)
        ]
    if len(found) == 1:
        parts = _listed(reading, run, opened.end(), found[0][0])
        if parts is not None and (is_near(reading, parts, found[0][0]) or _ends(parts)):
            yield Sum(*found[0], parts, True, "gồm")


def _with_rest(reading: Reading, before: Sequence[Segment], run: Sequence[Segment]) -> Iterator[Sum]:
    """``… 586 học sinh. Học sinh Ca Dong chiếm đa số với 498 em; còn lại 61 em Xơ Đăng, 37 em Kinh``."""
    rows = _counts(run)
    most = next((r for r in rows if _MOST.search(reading.lower, max(r[1].start, r[0].start - 40), r[0].start)), None)
    rest = next((s for s in run if _REST.match(reading.lower, s.start)), None)
    if most is None or rest is None or rest.start < most[0].end:
        return
    others = [row for row in rows if row[0].start >= rest.start]
    alike = [row for row in (most, *others) if row[0].family in PEOPLE]
    wholes = [row for row in _counts(before) if row[0].family in PEOPLE and row[0].value > most[0].value]
    if not others or len(alike) != len(others) + 1 or not wholes:
        return
    whole, segment = wholes[0]
    parts = Parts([Part(a, s, rest=(a is not most[0])) for a, s in alike])
    made = sum(part.amount.value for part in parts.found)
    if abs(made - whole.value) <= _FAR * whole.value:
        yield Sum(whole, segment, parts, True, "còn lại", apart=True)
