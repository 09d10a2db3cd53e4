"""What the rules for schools without their level share about one report: its communes, its persons, its level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors._shared.document import Block, Document
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
#: A line that says a level, and how long it may be: ``B. Cấp tiểu học (2 cụm)``.
_LEVEL_LINE = re.compile(
    r"(?:[a-h]|[ivx]+|\d{1,2})?[.)/-]* ?(?:các trường |cấp(?: học)? |bậc(?: học)? |khối |ngành(?: học)? )"
    r"(?P<level>[^():.;,\d]{2,24}?)(?: ?\([^()\n]{1,25}\))? ?[:.]?$"
)
_LINE = 60
#: So many schools tell of which level a list of winners is.
_FEW = 3


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
        return self.level_of(self.document.block_at(start))

    def level_of(self, block: Block) -> str | None:
        """The level under which a block stands: its line's or heading's, else that of the whole report."""
        line = self._level_lines[block.index]
        if line is not None and (block.parent is None or block.parent < line[0]):
            return line[1]
        level = self.document.level(block)
        if level is None and line is not None and block.parent is not None:
            over = self.document.blocks[block.parent]  # ``Giải Ba:`` under ``Khối tiểu học:``
            level = line[1] if over.marker is None and over.end - over.start < _LINE else None
        return level or self.level

    @cached_property
    def _level_lines(self) -> list[tuple[int, str] | None]:
        """For each block the last line above it that is nothing but a level, as index and level.

        ``B. Cấp tiểu học (2 cụm)`` is not always set as a heading.
        """
        document, found = self.document, list[tuple[int, str] | None]()
        last: tuple[int, str] | None = None
        for block in document.blocks:
            if block.kind == "heading" and (block.marker is not None or document.level(block) is not None):
                last = None
            found.append(last)
            if block.end - block.start < _LINE and block.cell is None:
                line = _LEVEL_LINE.match(document.lower, block.start, block.end)
                levels = find_levels(document.text, document.lower, *line.span("level")) if line else []
                last = (block.index, levels[0][2]) if len(levels) == 1 else last
        return found

    def level_of_winners(self, block: Block) -> str | None:
        """The level of nearly all schools named before a block in its part of the report; None where mixed."""
        heads = (one.start for one in self.document.blocks[: block.index] if self.document.level(one) is not None)
        first = max(heads, default=0)
        before = Counter(mention.level for mention in self.explicit if first <= mention.start < block.start)
        if not before:
            return None
        level, count = before.most_common(1)[0]
        return level if count >= _FEW and count * 4 >= before.total() * 3 and "&" not in level else None
