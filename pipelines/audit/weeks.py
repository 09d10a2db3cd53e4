"""Two people whom two reports of a few days name in one post, without a word of a handover."""

from __future__ import annotations

from pipelines.audit.holders import APPOINTED, Holder
from pipelines.audit.persons import day_of
from pipelines.audit.posts import HERE, is_acting
from pipelines.reconcile.names import fold, toneless

#: A post that is not said to have changed hands hardly did so in as many days.
_DAYS = 20
#: Names that differ in one syllable are rather those of one person, for so long.
_DAYS_OF_SLIP, _SYLLABLES = 60, 3
#: Of what is not held for years, such as the chair of one event, more may be had within days.
_FOR_YEARS = ("hieu_truong", "truong_phong", "giam_doc", "bi_thu", "chu_tich")


def named_within_weeks(key: str, first: Holder, second: Holder) -> bool:
    """Whether two reports written within some days give one lasting post to two people.

    Who is in the other report with another post has been moved or promoted; who only acts in a post, or whose name
    differs in tones alone, is left alone.
    """
    role = key.partition("\x1f")[0]
    days = [day_of(holder.facts.report.date or "") for holder in (first, second)]
    if role not in _FOR_YEARS or HERE in key or key.endswith(APPOINTED) or days[0] is None or days[1] is None:
        return False
    within = _DAYS_OF_SLIP if _alike(first, second) else _DAYS
    if not 0 < abs((days[0] - days[1]).days) <= within or any(h.day != h.facts.report.date for h in (first, second)):
        return False
    if any(is_acting(holder.official) for holder in (first, second)):
        return False
    people = [toneless(holder.official.person) for holder in (first, second)]
    if people[0] == people[1]:
        return False
    return not (_is_in(first, second) or _is_in(second, first))


def _alike(first: Holder, second: Holder) -> bool:
    """Whether two names have as many syllables, three at least, and all but one of them."""
    one, other = (fold(holder.official.person).split() for holder in (first, second))
    apart = sum(a != b for a, b in zip(one, other, strict=False))
    return len(one) == len(other) >= _SYLLABLES and apart == 1


def _is_in(holder: Holder, other: Holder) -> bool:
    """Whether the other one's report names somebody too."""
    person = fold(holder.official.person)
    return any(fold(official.person) == person for official in other.facts.officials) or person in fold(
        other.facts.layer.text
    )
