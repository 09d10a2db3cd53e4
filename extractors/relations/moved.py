"""Changes said once more in numbers: ``2.298 lượt, tăng 6,2% so với năm 2017 (2.164 lượt), tức là tăng 144 lượt``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
#: What a percentage of change comes to in numbers.
_AGAIN = re.compile(
    rf"(?<!\w)(?:tức(?: là)?|tương đương|tương ứng|hay|nghĩa là)(?: với)?(?: (?:đã )?(?P<way>tăng|giảm))?(?: thêm)? "
    rf"(?P<step>{_NUMBER})(?![\d%,/]| ?%|\.\d)"
)
_REACH = 60


def find_moved(reading: Reading, known: Sequence[Relation]) -> Iterator[Relation]:
    """The sizes in numbers of changes by percent whose both values are known."""
    for relation in known:
        if relation.kind == "change" and relation.exhaustive and len(relation.parts) > 1:
            yield from _again(reading, relation)


def _again(reading: Reading, known: Relation) -> Iterator[Relation]:
    """The size of a change in numbers behind its percentage, both of the same two values."""
    step, old = known.parts[:2]
    assert known.whole is not None
    if "%" not in step.printed or "%" in old.printed:
        return
    end = max(step.evidence.end, old.evidence.end)
    match = _AGAIN.search(reading.lower, end, min(len(reading.lower), end + _REACH))
    if match is None or re.search(r"[.;\n](?!\d)", reading.lower[end : match.start()]):
        return
    if (match["way"] or "") not in ("", "tăng" if step.value > 0 else "giảm"):
        return
    yield _relation(reading, known.whole, match, old, up=step.value > 0)


def _relation(reading: Reading, new: Quantity, match: re.Match[str], old: Quantity, *, up: bool) -> Relation:
    value = int(match["step"].replace(".", "")) * (1 if up else -1)
    step = reading.quantity(value, match.span("step"), (match.start("step"), match.end("step")))
    return Relation(kind="change", whole=new, parts=(step, old), exhaustive=True, cue="up" if up else "down")
