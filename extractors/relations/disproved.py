"""Sums of a table's columns that its rows say are none: the columns before are of another group."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.relation import Relation

#: One row that does not add up is a slip; so many, and more than those that do, tell that the headings were misread.
_LEAST = 2
_HAIR = 1e-6


def are_of_another(sums: Sequence[Relation]) -> bool:
    """Whether most rows of a table miss what one sum of its columns makes: ``Tổng | Trên chuẩn | Đạt chuẩn`` of others.

    The total may count all staff and its neighbours teachers alone, or one grade of a scale has a heading unknown.
    """
    missed = sum(_is_missed(found) for found in sums)
    return missed >= _LEAST and 2 * missed > len(sums)


def _is_missed(found: Relation) -> bool:
    assert found.whole is not None
    made = sum(part.value for part in found.parts)
    return made - found.whole.value > _HAIR or (found.exhaustive is True and found.whole.value - made > _HAIR)
