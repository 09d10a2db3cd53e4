"""People who won together: with one work, or as one group."""

from __future__ import annotations

import re

from extractors._shared.view import fold_tone_style
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.winner import Winner

# One work of several: ``dự án của hai em A và B đạt giải Ba``, ``nhóm tác giả A, B`` is one prize.
_JOINT = re.compile(
    r"(?:(?:dự án|đề tài|sản phẩm|mô hình|nhóm(?: tác giả)?|tác phẩm|giải pháp|tiết mục|cặp đôi)(?! các)(?: (?!các"
    r"|đạt)[^.;:]{0,40}?)?(?:của|do|gồm|:)"
    r"|(?<!\w)nhóm(?: tác giả| học sinh| hs| thí sinh| bạn)?)(?: (?:nhóm|hai|ba|2|3|02|03|tác giả|học sinh|hs|em|thầy"
    r"|cô|các em))*(?: giáo)?(?: thực hiện)? ?:? ?$"
)
#: Between two people of one group.
_AND_MORE = re.compile(r"(?:,| và|;)(?: và)?(?: (?:em|hs|học sinh|bạn|cô|thầy))? ")
_SEVERAL_GROUPS = re.compile(r"(?<!\w)(?:các|những|hai|ba|\d{1,2}) nhóm(?!\w)")


def one_work_before(lowered: str, at: int) -> bool:
    """Whether a work or a group of several stands right before a position: ``dự án của hai em``."""
    return _JOINT.search(lowered[max(0, at - 100) : at]) is not None


def of_one_work(context: Context, atom: Atom, winners: list[Winner]) -> list[Winner]:
    """The winners, those of one work or group as one: a group goes on up to the school where its people are."""
    lowered = context.document.lower
    if len(winners) < 2 or not all(winner.person for winner in winners):
        return winners
    groups: list[list[Winner]] = []
    opened = several = False
    position = max(0, winners[0].start - 60)
    for winner in winners:
        gap = lowered[position : winner.start]
        begins = _JOINT.search(gap) is not None
        goes_on = bool(groups) and opened and _AND_MORE.fullmatch(gap) is not None
        one = atom.count in (None, 1) and not several
        if goes_on and not begins and (one or not groups[-1][-1].school):
            groups[-1].append(winner)
        else:
            several = several or _SEVERAL_GROUPS.search(gap) is not None
            opened = begins or (goes_on and several)
            groups.append([winner])
        position = winner.end
    return [together(context, group) if len(group) > 1 else group[0] for group in groups]


def together(context: Context, group: list[Winner]) -> Winner:
    """The people of a group as one winner, with the school named behind the last of them."""
    text, first, last = context.document.text, group[0], group[-1]
    person = fold_tone_style(last.person or "")  # as the view writes it
    at = text.find(person, last.start, last.end)
    end = at + len(person) if at >= 0 else last.end
    return Winner(first.start, last.end, context.document.value(first.start, end), last.school, last.school_text)
