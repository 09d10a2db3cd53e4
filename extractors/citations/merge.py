"""Mentions joined to records: one for each distinct type, number and date of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.citations.mention import Mention
from extractors.citations.numbers import number_key


@dataclass
class Group:
    """The mentions of one document; ``first`` decides its place among the records."""

    doc_type: str
    number: str | None
    key: str
    date: str | None
    complete: bool = True
    mentions: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Where the document is first met."""
        return min(mention.start for mention in self.mentions)


def join_mentions(mentions: Sequence[Mention]) -> list[Group]:
    """The documents in the order in which they are first met.

    Dated mentions make the records; undated ones join the nearest record before with their type
    and number, else the nearest after, and so do dates of which a part was left blank. A number
    without its symbol joins the one complete number of its type that it fits.
    """
    groups: list[Group] = []
    for mention in sorted(mentions, key=_order):
        group = _home(mention, groups)
        if group is None:
            group = Group(mention.doc_type, mention.number, _key(mention), mention.date, mention.complete)
            groups.append(group)
        group.mentions.append(mention)
    return sorted(groups, key=lambda group: group.first)


def _order(mention: Mention) -> tuple[bool, bool, int, int]:
    """Complete numbers first, of these the full dates, so that there is something to join."""
    return not mention.complete, not mention.typed, 10 - len(mention.date or ""), mention.start


def _key(mention: Mention) -> str:
    return number_key(mention.number) if mention.number else mention.key


def _home(mention: Mention, groups: list[Group]) -> Group | None:
    same = [group for group in groups if _same_document(mention, group)]
    dated = [group for group in same if group.date == mention.date] if mention.date else []
    if not dated and mention.date:
        # A blank day or a mere year does not contradict the full date.
        dated = [group for group in same if group.date is None or group.date.startswith(mention.date)]
        if dated and not mention.complete:
            return dated[0]
        dated = [group for group in dated if group.date is not None]
    fitting = dated if mention.date else same
    if not mention.complete and len({group.key for group in fitting}) > 1:
        return None
    before = [group for group in fitting if any(m.start < mention.start for m in group.mentions)]
    if before:
        return max(before, key=lambda group: max(m.start for m in group.mentions if m.start < mention.start))
    return min(fitting, key=lambda group: group.first, default=None)


def _same_document(mention: Mention, group: Group) -> bool:
    if (mention.number is None) != (group.number is None):
        return False
    # ``Thông tư liên tịch số 20/2014/TTLT-…`` is called ``Thông tư 20`` afterwards.
    shortened = not mention.complete and group.doc_type.startswith(f"{mention.doc_type} ")
    if mention.doc_type != group.doc_type and mention.typed and not shortened:
        return False
    if mention.number is None:
        return _same_name(mention.key, group.key)
    if number_key(mention.number) == group.key:
        return True
    return not mention.complete and group.complete and _fits(mention.number, group.key)


def _same_name(left: str, right: str) -> bool:
    """``plenum 4`` is ``plenum 4 12`` (of the twelfth term) where the term is left out."""
    if left.startswith("plenum") and right.startswith("plenum"):
        return f"{left} ".startswith(f"{right} ") or f"{right} ".startswith(f"{left} ")
    return left == right


def _fits(short: str, full: str) -> bool:
    """Whether ``05`` or ``116/2020`` is the beginning of a complete number."""
    head = re.match(r"(\d+)[a-zđ]?(?:[/-]((?:19|20)\d\d))?", full)
    wanted = re.match(r"(\d+)(?:/(\d{4}))?", short)
    if not head or not wanted or int(head[1]) != int(wanted[1]):
        return False
    return wanted[2] is None or wanted[2] == head[2]
