"""Sums of money over the items that they are made of: ``1. Ngân sách cấp: 3.214.000.000`` over ``1.1 …`` and ``1.2 …``.

Disclosures of budgets are lines of a label and a number, each below the one that it is a part of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import Part, Parts, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_Row = tuple[Amount, Segment]

#: Behind the number of such a line nothing stands but its unit and a bracket that explains it.
_ENDS = re.compile(r"\s*(?:(?:triệu |nghìn |tỷ )?(?:đồng|đ)(?!\w)|triệu|tỷ)?\s*(?:\([^()]*\)\s*)?[.;,]?\s*")
_LABEL = re.compile(r"[^\W\d_]{2}")
#: Some of it, or what is told of it besides.
_SOME = re.compile(r"(?<!\w)(?:trong đó|riêng|bình quân|tỷ lệ|tỉ lệ|mức|đơn giá|số dư|tồn|còn lại|năm trước)(?!\w)")
#: Fewer is no sum of money in thousands of đồng.
_LEAST, _FAR, _FEW = 1000, 0.05, 2


def find_budgeted(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Sum]:
    """The sum of each line with those right below it in the outline, where they make it or all but make it."""
    below: dict[int, list[tuple[Block, Level]]] = defaultdict(list)
    for block, level in rows:
        if block.parent is not None and block.marker is not None:
            below[block.parent].append((block, level))
    for block, level in rows:
        items = below.get(block.index, [])
        whole = _sum_told(reading, block, level) if len(items) >= _FEW else None
        if whole is None or whole[0].value < _LEAST:
            continue
        told = [_sum_told(reading, *item) for item in items]
        parts = [row for row in told if row is not None and row[0].family == whole[0].family]
        made = sum(a.value for a, _ in parts)
        near = made == whole[0].value or differ_by_slip(made, whole[0].value)
        near = near or abs(made - whole[0].value) <= _FAR * whole[0].value
        if len(parts) == len(items) and near:
            yield Sum(*whole, Parts([Part(a, s) for a, s in parts]), True, "dòng", apart=True)


def _sum_told(reading: Reading, block: Block, level: Level) -> _Row | None:
    """The number of a line that is a label and a sum of money."""
    rows = [(a, s) for s in level.segments for a in s.amounts if not a.percent]
    if len(rows) != 1 or _SOME.search(reading.lower, block.body, block.end) is not None:
        return None
    amount = rows[0][0]
    labelled = _LABEL.search(reading.text, block.body, amount.start) is not None
    ended = _ENDS.fullmatch(reading.lower, amount.end, block.end) is not None
    plain = usable(amount) and amount.of is None and amount.family in (None, "money")
    return rows[0] if labelled and ended and plain else None
