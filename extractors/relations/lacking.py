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
        if whole is None:
            continue
        if _says_once(reading, sentence, whole):
            yield Level(sentence[0].start, sentence[-1].end, _plain(sentence))
            continue
        if not whole.change or len(amounts) < _LEAST or len(words) != 1 or None in words:
            continue
        if all(a.change or a.family == whole.family for a in amounts) and not any(s.groups for s in run):
            yield Level(run[0].start, run[-1].end, _plain(run))


def _says_once(reading: Reading, sentence: Sequence[Segment], whole: Amount) -> bool:
    """Whether one word is said of the total and some of its parts: ``số thiếu là 389: mầm non thiếu 203, TH 186``."""
    at, where = next((at, s) for at, s in enumerate(sentence) if whole in s.amounts)
    listed = sentence[at + 1 :]
    if len(listed) < _LEAST - 1 or listed[0].separator != ":" or where.groups or where.amounts != [whole]:
        return False
    if any(len(s.amounts) != 1 or s.groups or s.amounts[0].family not in (None, whole.family) for s in listed):
        return False
    words = {_word(reading, s.amounts[0]) for s in listed if s.amounts[0].change}
    said = {match[0] for match in _SAID.finditer(reading.lower, where.start, whole.start)}
    return len(words) == 1 and words <= said


_SAID = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS)})(?!\w)")


def _word(reading: Reading, amount: Amount) -> str | None:
    match = _BEFORE.search(reading.lower, max(0, amount.start - _REACH), amount.start)
    return match["word"] if match is not None else None


def _plain(run: Sequence[Segment]) -> list[Segment]:
    """Copies of segments whose changes are counts."""
    return [
        Segment(s.start, s.separator, s.end, list(s.own), [replace(a, change=False) for a in s.amounts]) for s in run
    ]
