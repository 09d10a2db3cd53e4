"""Sentences that count what is lacking, or all by how much it rose: ``thiếu 14 giáo viên: mầm non thiếu 5, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence

_WORDS = ("thiếu", "thừa", "dôi dư", "dôi", "tăng", "giảm")
_AT = Words(_WORDS)
#: Right before each of the numbers the same word stands.
_BEFORE = re.compile(rf"(?<!\w)(?P<word>{'|'.join(_WORDS)})(?: thêm| đi| là| còn)?:? $")
_REACH = 16
_LEAST = 3


def lacking(reading: Reading, level: Level) -> Iterator[Level]:
    """The sentences of a passage all of whose numbers are changes by one word, with these read as plain counts.

    A total of what is lacking is then one like any other, and so are its parts.
    """
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    for sentence in by_sentence(level.segments):
        last = max((index for index, s in enumerate(sentence) if any(a.change for a in s.amounts)), default=-1)
        run = sentence[: last + 1]
        amounts = [a for s in run for a in s.amounts if not a.percent]
        words = {_word(reading, a) for a in amounts if a.change}
        whole = amounts[0] if amounts else None
        if len(amounts) < _LEAST or whole is None or not whole.change or len(words) != 1 or None in words:
            continue
        if all(a.change or a.family == whole.family for a in amounts) and not any(s.groups for s in run):
            yield Level(run[0].start, run[-1].end, _plain(run))


def _word(reading: Reading, amount: Amount) -> str | None:
    match = _BEFORE.search(reading.lower, max(0, amount.start - _REACH), amount.start)
    return match["word"] if match is not None else None


def _plain(run: Sequence[Segment]) -> list[Segment]:
    """Copies of segments whose changes are counts."""
    return [
        Segment(s.start, s.separator, s.end, list(s.own), [replace(a, change=False) for a in s.amounts]) for s in run
    ]
