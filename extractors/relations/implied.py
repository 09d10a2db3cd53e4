"""Totals with their parts right behind a comma: ``đoạt 67 giải, 21 giải Nhất, 25 giải Nhì, 21 giải Ba``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_complete
from extractors.relations.parts import Part, Parts, categories, categories_near, fits, group_share, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum

_JOINS = (",", "và")
#: Dimensions of which a list behind a comma takes its total apart; others are told of some only, one after the other.
_SCALES = frozenset(
    (
        "dim_prize", "dim_level", "dim_class", "dim_grade", "dim_finish", "dim_pass", "dim_gender", "dim_goal",
        "dim_state",
    )
)  # fmt: skip
#: Of a list of two the total may be a third thing beside them, unless they are a pair.
_LEAST = 3
_PAIRS = frozenset(("dim_pass", "dim_gender", "dim_goal", "dim_state"))


def find_implied(reading: Reading, level: Level) -> Iterator[Sum]:
    """Totals that no word parts from what they are made of, sentence by sentence.

    The total tells no category of its own, and behind it nothing stands but counts of one scale, each of another
    category of it: ``17 chỉ tiêu, có 8 chỉ tiêu vượt, 9 chỉ tiêu đạt``.
    """
    for run in by_sentence(level.segments):
        for index, segment in enumerate(run[:-2]):
            whole = segment.amounts[-1] if segment.amounts else None
            if whole is None or whole.family is None or whole.of is not None or not usable(whole) or segment.groups:
                continue
            first = run[index + 1].first()
            if first is None or reading.has("rel_open", whole.end, first.start):
                continue  # read with the word that opens the list
            parts = _parts(reading, run[index + 1 :], whole)
            dimension = parts.dimension()
            if dimension not in _SCALES or _is_of(reading, dimension, segment, whole):
                continue
            if len(parts.found) >= _LEAST or dimension in _PAIRS:
                complete = is_complete(reading, parts, whole, "trong_do")
                # Those above their goal are counted among those who met it, unless they come first.
                apart = dimension == "dim_goal" and parts.found[0].categories[dimension] == "above"
                yield Sum(whole, segment, parts, complete, ",", opened=(segment.end, segment.end), apart=apart)


def _is_of(reading: Reading, dimension: str, segment: Segment, whole: Amount) -> bool:
    """Whether what looks like a whole counts one category itself: ``2 giải Nhất, 3 giải Nhì``."""
    if dimension == "dim_prize" and whole.family != "money":
        # Before the number the words of prizes are parts of names: Đồng Sậy, Ba Tơ
        return dimension in categories_near(reading, replace(segment, own=[(whole.end, segment.end)]), whole.end)
    return dimension in categories(reading, segment, whole)


def _parts(reading: Reading, following: Sequence[Segment], whole: Amount) -> Parts:
    """The counts of one thing each that follow a total with commas between them."""
    parts = Parts()
    for segment in following:
        counts = [a for a in segment.amounts if not a.percent]
        if segment.separator not in _JOINS or len(counts) != 1 or not usable(counts[0]) or counts[0].of is not None:
            break
        count = counts[0]
        if count.family not in (None, "prize", whole.family) or not fits(whole, count):
            break
        share = next((a for a in segment.amounts if a.percent and a.start > count.end and not a.change), None)
        parts.some |= any(reading.has("rel_some", *span) for span in segment.own)
        parts.overlap |= any(reading.has("rel_overlap", *span) for span in segment.own)
        labels = categories(reading, segment, count)
        if parts.found and not any(labels.keys() & part.categories.keys() for part in parts.found):
            break
        parts.found.append(Part(count, segment, labels, share or group_share(segment)))
    parts.settle()
    return parts
