"""Who chairs the committee of one event (``Ban Giám khảo``, ``Ban Chỉ đạo``), by several reports about that event.

Also who heads a group of schools in one school year (``Cụm trưởng``), by the papers of the group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.relations.wording import without
from pipelines.audit.counts import own_time, owner_of
from pipelines.audit.findings import normal, sentence
from pipelines.audit.holders import Holder
from pipelines.audit.posts import changed_hands, is_dated
from pipelines.audit.view import View
from pipelines.reconcile.names import fold
from schemas import Official

#: At the head of a key.
COMMITTEE = "committee"
_CHAIR = "trưởng ban"
_NAME = re.compile(r"(?<!\w)ban (?:giám khảo|tổ chức|chỉ đạo|thư ký|chấm thi|coi thi)(?!\w)")
_LEAST_WORDS = 2
#: Heads of groups of schools, who change with the school year, and how a paper's letterhead and title call the group.
_GROUP_HEADS = ("cụm trưởng", "khối trưởng", "trưởng cụm", "trưởng khối")
_GROUP = re.compile(r"(?<!\w)(?:cụm|khối)(?: thi đua| chuyên môn| trường)*(?: số)? (?:\d{1,2}|[ivx]+)(?!\w)")
_HEAD_LINES = 6


def committees_of(view: View) -> Iterator[tuple[str, Holder]]:
    """The chairs of committees of a report, by whose report it is, the committee and the year."""
    for official in view.facts.officials:
        if not official.evidence:
            continue
        if fold(official.post) in _GROUP_HEADS:
            name = _group_of(view)
        elif fold(official.post).startswith(_CHAIR):
            name = _committee_of(view, official)
        else:
            continue
        time = own_time("last", view.facts)
        if name is None or time is None or changed_hands(view.facts, official) or is_dated(view.facts, official):
            continue
        yield "\x1f".join((COMMITTEE, owner_of(view), name, time[0])), Holder(view.facts, official, name)


def _group_of(view: View) -> str | None:
    """The one group of schools that the first lines of a report name."""
    lines = view.facts.layer.text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    named = {match.group() for line in lines for match in _GROUP.finditer(fold(line))}
    return named.pop() if len(named) == 1 else None


def _committee_of(view: View, official: Official) -> str | None:
    """The one committee that the post names, or else its sentence: ``Ban Giám khảo do ông A làm Trưởng ban``."""
    said = fold(official.organization or "") or " ".join(fold(sentence(view.facts, p)) for p in official.evidence)
    named = {match.group() for match in _NAME.finditer(said)}
    return named.pop() if len(named) == 1 else None


def chaired_by_two(items: Sequence[Holder]) -> Iterator[tuple[Holder, Holder]]:
    """The first pair of people who chair one committee by two reports about one event."""
    for first, second in combinations(items, 2):
        people = [fold(holder.official.person) for holder in (first, second)]
        if first.facts is second.facts or people[0] == people[1]:
            continue
        if all(fold(holder.official.post) in _GROUP_HEADS for holder in (first, second)):
            if not (_heads_in(first, second) or _heads_in(second, first)):
                yield first, second
                return
            continue
        if not _are_of_one_event(first, second):
            continue
        # A report that names both tells of two committees, or of a change.
        if people[0] in fold(second.facts.layer.text) or people[1] in fold(first.facts.layer.text):
            continue
        yield first, second
        return


def _heads_in(holder: Holder, other: Holder) -> bool:
    """Whether the other one's report names somebody as the head too: it tells of a change."""
    person = fold(holder.official.person)
    return any(
        fold(official.person) == person and fold(official.post) in _GROUP_HEADS for official in other.facts.officials
    )


def _are_of_one_event(first: Holder, second: Holder) -> bool:
    """Whether one title says what the other one does and maybe more: of two levels each says its own."""
    one, other = (_telling(holder.facts.report.title or "") for holder in (first, second))
    return len(one & other) >= _LEAST_WORDS and (one <= other or other <= one)


def _telling(title: str) -> frozenset[str]:
    return frozenset(word for word in without("title_common", normal(title)).split() if not word.isdigit())
