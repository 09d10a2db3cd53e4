"""Shares of the votes of a ballot: ``hợp lệ 32. Kết quả: ông A 30 phiếu (93,8%); bà B 28 phiếu (87,5%)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.quantities import quantity
from extractors.relations.rates import OF_NAMED
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, by_sentence
from extractors.relations.told_bases import follows, pairs
from schemas.relation import Relation

_AT = Words(("hợp lệ",))
#: Right before the number of valid votes.
_VALID = re.compile(r"(?<!không )(?<!\w)(?:phiếu )?hợp lệ(?: là| có)?:? $")
_VOTES = (None, "phiếu")
_LEAST = 2


def find_ballots(reading: Reading, level: Level, known: Iterable[Relation]) -> Iterator[Relation]:
    """The percentages of votes of the valid ones, where at least two beside them follow from these.

    Those that ``known`` has a whole for are left out.
    """
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    rows = [(a, s) for s in level.segments for a in s.amounts]
    valid = [row for row in rows if _VALID.search(reading.lower, row[1].start, row[0].start)]
    if len(valid) != 1 or valid[0][0].of is not None or valid[0][0].percent:
        return
    whole, where = valid[0]
    taken = {r.parts[0].evidence.end for r in known if r.kind == "percentage" and r.exhaustive}
    found = []
    for run in by_sentence(level.segments):
        for index in range(len(run)):
            for share, count in pairs(reading, run, index):
                if count[0].start > whole.end and count[0].unit in _VOTES and count[0].value <= whole.value:
                    found.append((share, count))
    right = [pair for pair in found if follows(pair[1][0].value, whole.value, pair[0][0])]
    if len(right) < _LEAST or len(found) - len(right) > 1:
        return
    for share, count in found:
        part = quantity(reading, *share)
        if part.evidence.end not in taken:
            yield Relation(
                kind="percentage",
                whole=quantity(reading, whole, where),
                parts=(part, quantity(reading, *count)),
                exhaustive=True,
                cue=OF_NAMED,
            )
