"""What the rules for schools without their level share about one report: its communes, its persons, its level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors._shared.document import Document
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.names import NameMention, find_names
from extractors._shared.places import CAPITAL, find_communes, find_district
from extractors._shared.scan import matches_at
from extractors.schools.mentions import SchoolMention

#: What a name of two words and more begins with.
TWO_WORDS = re.compile(rf"[{CAPITAL}][\w']* [{CAPITAL}]")
#: A name of two words and more, with its number.
CANDIDATE = re.compile(
    rf"(?<![\w&/.'-])[{CAPITAL}][\w']*(?: [{CAPITAL}][\w']*){{1,4}}(?: (?:[1-9]|I{{1,3}})(?![\w%/.,-]*\d))?"
)


@dataclass(frozen=True)
class Context:
    """What the rules share about one report."""

    document: Document
    explicit: Sequence[SchoolMention]

    @cached_property
    def communes(self) -> dict[str, str]:
        """Communes that the report can mean, by folded name."""
        return find_communes(self.document)

    @cached_property
    def district(self) -> str | None:
        """The district that the report is about, folded."""
        return find_district(self.document)

    @cached_property
    def persons(self) -> list[NameMention]:
        """Persons named in the report."""
        return find_names(self.document)

    @cached_property
    def candidates(self) -> list[re.Match[str]]:
        """The names of two words and more in the whole text, in order."""
        text = self.document.text
        return list(matches_at(CANDIDATE, TWO_WORDS, text, 0, len(text)))

    @cached_property
    def level(self) -> str | None:
        """The one level of which the whole report speaks, by its first headings; None for several."""
        levels: set[str] = set()
        for block in self.document.blocks[:14]:
            if block.end - block.start < 300:
                levels |= {
                    level
                    for _, _, level in find_levels(self.document.text, self.document.lower, block.start, block.end)
                }
        return join_levels(list(levels)) if len(levels) == 1 else None

    def level_at(self, start: int, left: str) -> str | None:
        """The level that holds at an offset: the last named in ``left``, the block's, the report's."""
        near = find_levels(self.document.text[start - len(left) : start], left)
        if near:
            return near[-1][2]
        return self.document.level(self.document.block_at(start)) or self.level
