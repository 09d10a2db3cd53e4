"""What several grades of a scale come to together, and what is left of a whole: ``khá trở lên``, ``số còn lại``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_whole_scale
from extractors.relations.parts import Part, categories, common_dimension, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.restated import share_after
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Quantity, Relation

#: The grades of each scale from the highest to the lowest; those in one place are the same under two rules.
_SCALES = {
    "dim_grade": (("xuat_sac",), ("gioi", "tot"), ("kha",), ("tb", "dat"), ("yeu", "chua_dat"), ("kem", "yeu_kem")),
    "dim_finish": (("htxs",), ("htt",), ("ht",), ("cht",)),
}
_TOGETHER = Words(("trở lên", "khá, giỏi", "khá giỏi", "tốt, khá", "khá và giỏi", "giỏi, khá", "khá, tốt"))
_FROM = re.compile(
    r"(?<!\w)(?P<from>hoàn thành tốt|hoàn thành|khá|trung bình|tb|giỏi|tốt|đạt)(?: nhiệm vụ)? trở lên|"
    r"(?<!\w)(?P<two>khá,? (?:và )?(?:giỏi|tốt)|(?:giỏi|tốt),? (?:và )?khá)(?!\w)(?! trở)"
)
_LOWEST = {
    "hoàn thành tốt": ("dim_finish", "htt"), "hoàn thành": ("dim_finish", "ht"), "khá": ("dim_grade", "kha"),
    "trung bình": ("dim_grade", "tb"), "tb": ("dim_grade", "tb"), "giỏi": ("dim_grade", "gioi"),
    "tốt": ("dim_grade", "tot"), "đạt": ("dim_grade", "dat"),
}  # fmt: skip
_LEFT_AT = Words(("còn lại",))
_LEFT = re.compile(r"\s*(?:số |[^\W\d_]+ )?còn lại(?: là| có)?:? $")
_REACH = 60
_LEAST = 3


def find_grades_together(reading: Reading, level: Level) -> Iterator[Relation]:
    """Percentages and counts of several grades against the counts of each in the sentence before or the same one."""
    if not holds(_TOGETHER, reading.lower, level.start, level.end):
        return
    scale: tuple[str, list[Part]] | None = None
    for run in by_sentence(level.segments):
        scale = _scale(reading, run) or scale
        if scale is None:
            continue
        for match in _FROM.finditer(reading.lower, run[0].start, run[-1].end):
            rows = [(a, s) for s in run for a in s.amounts if 0 <= a.start - match.end() <= _REACH]
            if not rows or rows[0][0].change or rows[0][0].vague or rows[0][0].of is not None:
                continue
            if match.end() < scale[1][-1].amount.end or re.search(
                r"[;.]", reading.lower[match.end() : rows[0][0].start]
            ):
                continue
            if parts := _top(scale, match["from"]):
                yield from _together(reading, rows[0], parts, scale[1])


def _scale(reading: Reading, run: Sequence[Segment]) -> tuple[str, list[Part]] | None:
    """The whole scale that a sentence counts, with its dimension."""
    for dimension in _SCALES:
        parts = []
        for segment in run:
            counts = [a for a in segment.amounts if usable(a) and a.of is None]
            label = categories(reading, segment, counts[-1]).get(dimension) if counts else None
            if label is not None and any(label in grade for grade in _SCALES[dimension]):
                parts.append(Part(counts[-1], segment, {dimension: label}))
        found = {part.categories[dimension] for part in parts}
        if (
            len(parts) >= _LEAST
            and common_dimension([p.categories for p in parts])
            and is_whole_scale(dimension, found)
        ):
            return dimension, parts
    return None


def _top(scale: tuple[str, list[Part]], lowest: str | None) -> list[Part]:
    """The parts of a scale from a grade up; of ``khá, giỏi`` these two, where nothing stands above."""
    dimension, parts = scale
    wanted, grade = _LOWEST[lowest] if lowest else ("dim_grade", "kha")
    if wanted != dimension:
        return []
    ranks = {name: rank for rank, names in enumerate(_SCALES[dimension]) for name in names}
    if lowest is None and any(ranks[part.categories[dimension]] == 0 for part in parts):
        return []
    return [part for part in parts if ranks[part.categories[dimension]] <= ranks[grade]]


def _together(
    reading: Reading, row: tuple[Amount, Segment], top: Sequence[Part], scale: Sequence[Part]
) -> Iterator[Relation]:
    amount, segment = row
    if not amount.percent:
        if usable(amount) and amount.family is not None and len(top) > 1:
            parts = tuple(quantity(reading, part.amount, part.segment) for part in top)
            whole = quantity(reading, amount, segment)
            yield Relation(kind="sum", whole=whole, parts=parts, exhaustive=True, disjoint=True, cue="trở lên")
        return
    parts = (quantity(reading, amount, segment), _sum(reading, top))
    yield Relation(kind="percentage", whole=_sum(reading, scale), parts=parts, exhaustive=True, cue="trở lên")


def _sum(reading: Reading, parts: Sequence[Part]) -> Quantity:
    """Several counts as one number."""
    first = quantity(reading, parts[0].amount, parts[0].segment)
    return first.model_copy(
        update={
            "value": sum(part.amount.value for part in parts),
            "printed": " + ".join(reading.document.value(part.amount.start, part.amount.end) for part in parts),
            "evidence": reading.evidence(parts[0].amount.start, parts[-1].amount.end),
        }
    )


def find_left_rates(reading: Reading, level: Level, before: Level | None) -> Iterator[Relation]:
    """``640 phòng, trong đó kiên cố 520 phòng (81,3%). Số còn lại 120 phòng, tỷ lệ 18,8%``: of the whole taken apart.

    The whole is a count before that the one right before it and what is left make, in this paragraph or the last one.
    """
    if not holds(_LEFT_AT, reading.lower, level.start, level.end):
        return
    segments = level.segments
    earlier = before.segments if before is not None else []
    for index, segment in enumerate(segments):
        counts = [a for a in segment.amounts if usable(a) and a.of is None]
        if len(counts) != 1 or not _LEFT.fullmatch(reading.lower, segment.start, counts[0].start):
            continue
        share = share_after(reading, segments, index, counts[0])
        known = [(a, s) for s in (*earlier, *segments[:index]) for a in s.amounts if usable(a) and a.of is None]
        if share is None or len(known) < 2:
            continue
        whole, other = known[-2], known[-1]
        if whole[0].value == other[0].value + counts[0].value:
            parts = (quantity(reading, *share), quantity(reading, counts[0], segment))
            yield Relation(
                kind="percentage", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue="còn lại"
            )
