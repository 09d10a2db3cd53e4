"""Schools whose level stands in a bracket behind them: ``các trường: Hoa Sen, Nam Hà (mầm non); Tân Lễ (tiểu học)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.levels import find_levels
from extractors._shared.scan import Words, places_of
from extractors.schools.below import COMMUNES, NOUN, PERSONS
from extractors.schools.context import Context
from extractors.schools.items import is_person, read_items
from extractors.schools.mentions import SchoolMention

_LEVELS = ("mầm non", "mẫu giáo", "tiểu học", "thcs", "thpt", "mn", "mg", "th", "trung học cơ sở")
_STAGES = ("", "cấp ", "bậc ", "khối ", "bậc học ", "cấp học ", "ngành học ")
_BRACKETS = Words(tuple(f"({stage}{level})" for stage in _STAGES for level in _LEVELS))
#: Behind what the names of a group begin: the sign or words nearest before the bracket.
_OPENS = re.compile(
    r"(?:[:;]|\),?|(?<!\w)(?:là|gồm|gồm có|như|có|trường|đơn vị)(?! là| gồm| có)) ?(?:và )?(?:các )?(?:trường )?(?=\S)"
)
#: How far before a bracket the names of its group may begin.
_REACH = 200


def find_bracketed(context: Context) -> Iterator[SchoolMention]:
    """The names of each group that a bracket closes with their level, where the sentence speaks of schools."""
    document = context.document
    for start in places_of(_BRACKETS, document.lower, 0, len(document.text)):
        close = document.text.index(")", start)
        levels = find_levels(document.text, document.lower, start, close)
        first, _ = document.sentence_at(start - 1)
        head = document.lower[first:start]
        if not levels or NOUN.search(head) is None:
            continue
        for opened in reversed(list(_OPENS.finditer(document.lower, max(first, start - _REACH), start))):
            items = [item for item in read_items(context, opened.end(), levels[0][2]) if item.end < start]
            if not items or items[-1].end + 1 != start:
                continue
            between = document.lower[first : opened.end()]
            if not _of_others(between) and not any(is_person(context, item) for item in items):
                yield from items
            break


def _of_others(head: str) -> bool:
    """Whether the last noun before a group tells of communes or people, not of schools."""
    nouns = [match.end() for match in NOUN.finditer(head)]
    others = [match.end() for pattern in (COMMUNES, PERSONS) for match in pattern.finditer(head)]
    return not nouns or (bool(others) and others[-1] > nouns[-1])
