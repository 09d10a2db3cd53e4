"""Changes told behind what they are told against: ``1.341 trẻ. So với 1.288 trẻ của năm 2016 tăng 53 trẻ``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_AGAINST_AT = Words(("so với",))
_AGAINST = re.compile(r"(?<!\w)so với (?:(?:con )?số |mức )?$")
#: Between the old value and the change, which names the time of the old one.
_THEN = re.compile(
    r"[^.;:()]{0,24}(?:năm (?:học )?(?:trước|ngoái|\d{4}(?: ?- ?\d{4})?)|đầu năm(?: học)?|cùng kỳ[^.;:,()\d]{0,12}|"
    r"học k[ỳì] (?:i|1)|kỳ trước|nhiệm kỳ trước),?(?: thì| đã| nay| năm nay| năm học này)? "
    r"(?P<way>tăng|giảm)(?: thêm| được| đi)? "
)
_ENDS = re.compile(r"\s*(?:[.,;)]|$)")


def find_against(reading: Reading, level: Level) -> Iterator[Relation]:
    """The changes of sentences that begin with what they compare with.

    The new value is the only count before by the noun of the old one, in the same sentence or paragraph.
    """
    if not holds(_AGAINST_AT, reading.lower, level.start, level.end):
        return
    earlier: list[_Row] = []
    for run in by_sentence(level.segments):
        rows = [(amount, segment) for segment in run for amount in segment.amounts]
        for (old, where), (step, segment) in pairwise(rows):
            then = _THEN.fullmatch(reading.lower, max(old.end, old.unit_end), step.start)
            if then is None or not _AGAINST.search(reading.lower, max(0, old.start - 20), old.start):
                continue
            new = _counted(earlier + rows[: rows.index((old, where))], old)
            alone = _ENDS.match(reading.lower, max(step.end, step.unit_end)) is not None
            if new is None or not alone or old.of is not None or step.percent or step.unit not in (None, old.unit):
                continue
            way = 1 if then["way"] == "tăng" else -1
            size = replace(step, value=way * step.value)
            yield Relation(
                kind="change",
                whole=quantity(reading, *new),
                parts=(quantity(reading, size, segment), quantity(reading, replace(old, change=False), where)),
                exhaustive=True,
                cue="up" if way > 0 else "down",
            )
        earlier += rows


def _counted(rows: Sequence[_Row], old: Amount) -> _Row | None:
    """The only count by the noun of an old value; None where there is none, or more than one."""
    alike = [row for row in rows if usable(row[0]) and row[0].of is None and row[0].unit == old.unit is not None]
    return alike[0] if len({row[0].value for row in alike}) == 1 else None
