"""Totals of one line that the next one takes apart: ``- Tổng số CBGV: 38 (nữ 30)`` over ``Trong đó: CBQL 03; …``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_of_some, is_pair
from extractors.relations.counts_before import first_amount
from extractors.relations.parts import fits, usable
from extractors.relations.reading import Reading
from extractors.relations.splits import is_close
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.sums import sum_of
from extractors.relations.totals import Sum

#: The words that open such a line; a result (``kết quả``) is counted anew.
_OPENERS = ("trong_do", "gom", "chia_ra")
#: So far from the beginning of the line they may stand.
_HEAD = 3


def find_opened_below(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Sum]:
    """The sums of lines that take the line above apart.

    They begin with ``trong đó``, ``gồm`` or ``chia ra``, or tell a pair that all but makes what is called a total:
    ``Tổng số CBGV: 31`` over ``Biên chế 24, hợp đồng 7``. The line above is not the head of a list, and tells one
    total outside its brackets that fits the parts.
    """
    for (above, before), (block, level) in pairwise(rows):
        if block.index != above.index + 1 or not before.segments or not level.segments:
            continue
        opened = [t for t in reading.terms("rel_open", block.body, block.end) if t.id in _OPENERS][:1]
        told = opened and opened[0].start - block.body <= _HEAD
        start, opener = (opened[0].end, opened[0].id) if told else (block.body, ":")
        first = first_amount(level.segments, start)
        whole = _total(reading, above, before, first) if first is not None else None
        if whole is None:
            continue
        run = next(by_sentence(level.segments))
        found = sum_of(reading, [whole], run, (opened[0].start if told else block.body, start), opener)
        if len(found.parts.found) > 1 and (told or _is_pair(reading, found)):
            yield found


def _total(reading: Reading, above: Block, before: Level, first: Amount) -> tuple[Amount, Segment] | None:
    """The one count of the last sentence above that the first part fits."""
    if reading.text[above.body : above.end].rstrip().endswith(":"):
        return None
    last = list(by_sentence(before.segments))[-1]
    told = [(a, s) for s in last for a in s.amounts if usable(a) and a.of is None and a.family != "time"]
    told = [row for row in told if fits(row[0], first) and not is_of_some(reading, *row)]
    return told[0] if len(told) == 1 else None


def _is_pair(reading: Reading, found: Sum) -> bool:
    """Whether both of a pair come near to what is called a total."""
    dimension, whole = found.parts.dimension(), found.whole
    labels = {part.categories[dimension] for part in found.parts.found} if dimension is not None else set()
    totalled = reading.has("rel_total", found.segment.start, whole.start)
    made = sum(part.amount.value for part in found.parts.found)
    return totalled and is_pair(labels) and is_close(made, whole.value)
