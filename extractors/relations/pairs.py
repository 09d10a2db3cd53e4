"""Lists of pairs against two counts, and lists told for each of several groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.relations.reading import Reading
from extractors.relations.totals import Sum

_FEWEST = 2
#: A column of pairs misses its count by no more than this share of it; further off it is that of another one.
_NEAR = 0.1
#: What stands behind it is told once and counted several times.
_FOR_EACH = re.compile(r"(?<!\w)(?:mỗi|từng|nào cũng|nào đều|nào thì cũng)(?!\w)")
_REACH = 60


def of_pairs(found: Sum) -> Iterator[Sum]:
    """``11 lớp, 386 học viên (lớp 10: 5/182; lớp 11: 3/109; …)``: the first numbers make one count, the second another.

    A sum of anything else is given back as it is.
    """
    pairs = [part.amount for part in found.parts.found]
    if len(pairs) < _FEWEST or any(amount.of is None for amount in pairs) or found.whole.of is not None:
        yield found
        return
    made = [sum(a.value for a in pairs), sum(a.of or 0 for a in pairs)]
    misses = [abs(one - found.whole.value) for one in made]
    second = misses[1] < misses[0]
    yield _of_second(found) if second else found
    for whole, where in found.bases[:1]:
        other = made[not second]
        if whole.of is None and where is found.segment and abs(other - whole.value) <= _NEAR * whole.value:
            sibling = replace(found, whole=whole, segment=where, bases=())
            yield sibling if second else _of_second(sibling)


def _of_second(found: Sum) -> Sum:
    parts = [replace(p, amount=replace(p.amount, value=p.amount.of or 0, of=None)) for p in found.parts.found]
    return replace(found, parts=replace(found.parts, found=parts))


def told_for_each(reading: Reading, found: Sum) -> bool:
    """Whether parts are those of each of several groups: ``mỗi bảng 1 giải Nhất, 2 giải Nhì, tất cả 12 giải``.

    Of money one such part is enough: ``4,2 triệu đồng (giải Nhì 2 triệu; mỗi giải Ba 1,1 triệu)``.
    """
    if len(found.parts.found) < _FEWEST:
        return False
    if found.whole.family == "money" and is_price_list(reading, found):
        return True
    others = found.parts.found[1:] if found.whole.family == "money" else []
    if any(_FOR_EACH.search(reading.lower, part.segment.start, part.amount.start) for part in others):
        return True
    first = found.parts.found[0].amount.start
    start = max(found.whole.end if found.whole.end < first else 0, first - _REACH)
    start = max([start, *(reading.lower.rfind(sign, start, first) for sign in (".", ";"))])
    return _FOR_EACH.search(reading.lower, start, first) is not None


#: What one winner gets, right before the amount: ``giải Nhất 500.000 đồng``, ``Mức 2 triệu đồng: …``.
_PRICE = re.compile(
    r"(?<!\w)(?:mức|giải (?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt|phụ))(?: (?:thưởng|là|trị giá|tiền))* ?:? ?$"
)


def is_price_list(reading: Reading, found: Sum) -> bool:
    """Whether amounts below a sum tell what one of each grade gets, and do not come near it."""
    parts = found.parts.found
    priced = sum(_PRICE.search(reading.lower, part.segment.start, part.amount.start) is not None for part in parts)
    made = sum(part.amount.value for part in parts)
    return priced >= _FEWEST and abs(made - found.whole.value) > _NEAR * found.whole.value
