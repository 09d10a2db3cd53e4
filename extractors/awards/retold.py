"""Results of a school that running text tells twice: in the lead or below a picture, and where it is their turn."""

from __future__ import annotations

from collections.abc import Sequence

from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from schemas.records import Award

#: The fewest grades by which two tellings are known as one.
_GRADES = 2


def once_told(context: Context, awards: Sequence[Award]) -> list[Award]:
    """The awards, the results of a school that a later paragraph tells again grade by grade once, with its passage.

    ``Trường A đạt 22 giải: 5 vàng, 5 bạc, 12 đồng`` in the lead and in the text: the same school, contest and
    counts of every grade. Items of lists and rows of tables are statements of their own.
    """
    tellings: dict[tuple[int, str], list[Award]] = {}
    for award in awards:
        if award.kind in ("prize", "medal") and award.count and award.school and _of_school(award):
            block = context.document.block_at(view_offset(context.document, award.evidence[-1].start))
            if block.kind != "cell" and block.marker is None:
                tellings.setdefault((block.index, award.school), []).append(award)
    again: dict[int, Award] = {}
    more: dict[int, tuple[Award, ...]] = {}
    told: list[tuple[str, list[Award]]] = []
    for (_, school), group in sorted(tellings.items(), key=lambda item: item[0][0]):
        same = next((known for name, known in told if name == school and _same(known, group)), None)
        if same is None or len(group) < _GRADES:
            told.append((school, group))
            continue
        for first, repeat in zip(sorted(same, key=_grade), sorted(group, key=_grade), strict=True):
            again[id(repeat)] = first
            more[id(first)] = (*more.get(id(first), ()), repeat)
    return [_with_passages(award, more.get(id(award), ())) for award in awards if id(award) not in again]


def _of_school(award: Award) -> bool:
    return award.recipient is None or award.recipient_kind in ("school", "team", "unit")


def _grade(award: Award) -> tuple[str, str, int]:
    return award.kind, award.prize or "", award.count or 0


def _same(known: Sequence[Award], group: Sequence[Award]) -> bool:
    """Whether two paragraphs tell the same counts of the same grades, in a contest that nothing tells apart."""
    if sorted(map(_grade, known)) != sorted(map(_grade, group)):
        return False
    if sum(award.count or 0 for award in group) <= len(group):
        return False  # "1 giải nhất, 1 giải nhì" is told of many
    pairs = [(a, b) for a in known for b in group]
    return all(
        not (getattr(a, field) and getattr(b, field)) or getattr(a, field) == getattr(b, field)
        for a, b in pairs
        for field in ("contest", "level", "period")
    )


def _with_passages(award: Award, repeats: Sequence[Award]) -> Award:
    passages = tuple(passage for repeat in repeats for passage in repeat.evidence)
    return award.model_copy(update={"evidence": (*award.evidence, *passages)}) if passages else award
