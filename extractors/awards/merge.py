"""What one award says that others say better: a count whose winners are all named gives only the named ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.view import fold_tone_style, lower
from schemas.records import Award

#: How far apart, in characters, a count of prizes and its named winners may stand.
_NEAR = 700
#: A number that the report states: ``01 giải Nhì``, ``một giải nhì``; a prize without one is counted by nobody.
_COUNTED = re.compile(r"\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?= (?:giải|huy|em|học|thầy|cô))", re.I)
_WORD = re.compile(r"\w+")


def without_told_counts(awards: Sequence[Award], others: Sequence[Award]) -> list[Award]:
    """The awards without the counts whose holders or winners are all named, here or in ``others``.

    Of titles the named holders may stand anywhere (in the list behind a decision), of prizes in the
    passages around the count, in the same contest as far as both say one.
    """
    named = [award for award in (*awards, *others) if award.recipient and award.count == 1]
    counts = [
        a for a in awards if a.count and not a.recipient and not a.school and _COUNTED.search(a.evidence[0].quote)
    ]
    told = {id(count) for count in counts if len(_holders(count, named)) == count.count}
    return [award for award in awards if id(award) not in told]


def _holders(count: Award, named: Sequence[Award]) -> list[Award]:
    fitting = [award for award in named if award.kind == count.kind and award.prize == count.prize]
    if count.kind == "title":
        same = [award for award in fitting if _one_title(count, award)]
        kinds = [award for award in same if _is_body(award) == (count.recipient_kind in ("unit", "school", "team"))]
        return kinds if count.recipient_kind else same
    return [
        award
        for award in fitting
        if count.kind != "rank"
        and (not award.contest or not count.contest or _alike(award.contest, count.contest))
        and min(abs(a.start - b.start) for a in award.evidence for b in count.evidence) < _NEAR
    ]


def _one_title(count: Award, award: Award) -> bool:
    """Whether both name one title; the count may leave out the level or the giver."""
    short, long = set(_words(count.title)), set(_words(award.title))
    return short <= long or long <= short


def _is_body(award: Award) -> bool:
    return award.recipient_kind in ("unit", "school", "team")


def _alike(one: str, other: str) -> bool:
    a, b = set(_words(one)), set(_words(other))
    return len(a & b) * 2 >= min(len(a), len(b))


def _words(text: str | None) -> list[str]:
    return _WORD.findall(lower(fold_tone_style(text or "")))
