"""Changes whose old value stands beside them and whose new one does not: another way to say one, or a sentence before.

``2.298 lượt, tăng 6,2% so với năm 2017 (2.164 lượt), tức là tăng 144 lượt``; ``Toàn tỉnh có 486.310 học sinh. So với
năm học trước (489.022 học sinh) giảm 2.172 học sinh``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.scan import Words, holds
from extractors.relations.figures import Figure
from extractors.relations.reading import Reading
from extractors.relations.saying import is_bare, narrowing
from schemas.relation import Quantity, Relation

_STEPS = Words(("tăng", "giảm", "nhiều hơn", "ít hơn"))
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
#: What a percentage of change comes to in numbers.
_AGAIN = re.compile(
    rf"(?<!\w)(?:tức(?: là)?|tương đương|tương ứng|hay|nghĩa là)(?: với)?(?: (?:đã )?(?P<way>tăng|giảm))?(?: thêm)? "
    rf"(?P<step>{_NUMBER})(?![\d%,/]| ?%|\.\d)"
)
#: The old value in a bracket before the change: ``So với cùng kỳ (cả tỉnh là 489.022 học sinh) giảm 2.172 học sinh``.
_SINCE = re.compile(
    rf"so với (?:[^()\d.;]|\d{{4}}| i+(?!\w)){{3,60}}\([^()\d]{{0,40}}(?P<old>{_NUMBER}) [^()\d]{{2,30}}\),? "
    rf"(?:đã )?(?P<way>tăng|giảm)(?: thêm| đi)? (?P<step>{_NUMBER})(?![\d%,/]| ?%|\.\d)"
)
_REACH = 60


def find_moved(reading: Reading, sentences: Sequence[list[Figure]], known: Sequence[Relation]) -> Iterator[Relation]:
    """The changes of a report that a neighbour in its sentence or the sentence before makes whole."""
    for relation in known:
        if relation.kind == "change" and relation.exhaustive and len(relation.parts) > 1:
            yield from _again(reading, relation)
    for index, found in enumerate(sentences):
        block, start = found[0].block, found[0].sentence
        stop = next((fs[0].sentence for fs in sentences[index + 1 :] if fs[0].block is block), block.end)
        if (
            not holds(_STEPS, reading.lower, start, stop)
            or (match := _SINCE.search(reading.lower, start, stop)) is None
        ):
            continue
        old = next((f for f in found if f.amount.start == match.start("old")), None)
        before = [f for fs in sentences[:index] if fs[0].block is block for f in fs if f.sentence < start]
        new = [f for f in before if old is not None and f.noun == old.noun and f.whole and is_bare(f.words)]
        if old is None or narrowing(old.words) or len({f.amount.value for f in new}) != 1:
            continue
        yield _relation(reading, new[0].quantity, match, old.quantity)


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


def _relation(
    reading: Reading, new: Quantity, match: re.Match[str], old: Quantity, *, up: bool | None = None
) -> Relation:
    up = match["way"] == "tăng" if up is None else up
    value = int(match["step"].replace(".", "")) * (1 if up else -1)
    step = reading.quantity(value, match.span("step"), (match.start("step"), match.end("step")))
    return Relation(kind="change", whole=new, parts=(step, old), exhaustive=True, cue="up" if up else "down")
