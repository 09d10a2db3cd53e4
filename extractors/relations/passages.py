"""Paragraphs full of figures, by which copied text is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from extractors._shared.document import Block
from extractors.relations.reading import Reading
from extractors.relations.structure import Level
from schemas.relation import Quantity, Relation

_MIN_FIGURES = 2
_MIN_WORDS, _SHORT_WORDS = 18, 12
_HUNDREDS = 100
#: A sentence alone is told to be copied by more figures than a paragraph is.
_MANY_FIGURES = 3
_WORD = re.compile(r"\w+")


def find_passage(reading: Reading, block: Block, level: Level) -> Iterator[Relation]:
    """The paragraph of a block, where it is long enough and states at least two counts or shares of its own.

    Beside it its sentences that state at least three, printed as ``sentence``. A shorter item tells enough by more
    figures, one of them in the hundreds.
    """
    if block.kind in ("cell", "junk", "caption") or block.end - block.body < 4 * _SHORT_WORDS:
        return
    amounts = [a for inner in level.walk() for s in inner.segments for a in s.amounts if a.family != "time"]
    if len({a.start for a in amounts}) < _MIN_FIGURES:
        return
    full = len({a.start for a in amounts}) > _MANY_FIGURES and max(a.value for a in amounts) >= _HUNDREDS
    words = _WORD.finditer(reading.text, block.body, block.end)
    if next(islice(words, (_SHORT_WORDS if full else _MIN_WORDS) - 1, None), None) is None:
        return
    part = Quantity(value=len(amounts), printed="", evidence=reading.evidence(block.body, block.end))
    yield Relation(kind="passage", whole=None, parts=(part,), exhaustive=True)
    sentences = list(reading.document.sentences(block))
    for start, end in sentences if len(sentences) > 1 else ():
        inside = {a.start for a in amounts if start <= a.start < end}
        if len(inside) >= _MANY_FIGURES and len(_WORD.findall(reading.text, start, end)) >= _MIN_WORDS:
            part = Quantity(value=len(inside), printed="sentence", evidence=reading.evidence(start, end))
            yield Relation(kind="passage", whole=None, parts=(part,), exhaustive=True)
