"""What labels that name but a level count: ``Toàn huyện có 47 trường. Chia ra: MN 15, TH 21, THCS 11``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.naming import is_level_label
from schemas.records import Statistic

_LEVEL = (
    r"(?:(?:cấp|bậc|khối|ngành học|giáo dục) )?(?:mầm non|mẫu giáo|nhà trẻ|mn|mg|tiểu học|thcs|thpt|th|gdtx|"
    r"trung học cơ sở|trung học phổ thông)"
)
#: A sentence that goes on with parts of what the one before it counts.
_PARTS = re.compile(
    rf"\W{{0,3}}(?:chia ra|phân ra|trong đó|bao gồm|gồm(?: có)?|cụ thể|chi tiết)(?: là)? ?:? ?{_LEVEL} ?:? ?\d"
)
#: An item whose label is but a level.
_ITEM = re.compile(rf"\W{{0,3}}{_LEVEL} ?[:=–-] ?(?:có |đạt )?\d")
#: Nouns made whole that a level makes whole as well: ``trường học`` is ``trường MN``.
_WHOLES = {"trường học": "trường", "lớp học": "lớp"}
_SHARES = re.compile(r"t[ỷỉ] lệ ", re.I)


class LevelLists:
    """The count or rate that a list of levels parts; of a sentence, or of the line that opens the list."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._last: Statistic | None = None
        self._of_block: dict[int, tuple[Statistic, ...]] = {}
        self._index = -1
        self._parted: tuple[Statistic, ...] = ()

    def enter(self, block: Block) -> None:
        """Go on to a block."""
        self._index, self._last = block.index, None

    def begin(self, block: Block, start: int) -> None:
        """Go on to a sentence that begins at ``start``."""
        self._parted = ()
        if _PARTS.match(self.document.lower, start):
            self._parted = self._of_block.get(block.index, ())
        elif _ITEM.match(self.document.lower, start) and (above := self._opener(block)) is not None:
            self._parted = self._of_block.get(above, ())

    def _opener(self, block: Block) -> int | None:
        """The line that opens the list of which a block is an item: the paragraph above with a colon at its end."""
        if block.parent is None:
            return None
        above = self.document.blocks[block.parent]
        return above.index if self.document.text[above.start : above.end].rstrip().endswith(":") else None

    def count(self, record: Statistic) -> None:
        """Take what a figure measures for what later labels may part: a count and its share."""
        if record.aspect != "change" and record.level is None:
            self._of_block[self._index] = (*self._of_block.get(self._index, ())[-1:], record)

    def told(self, phrase: str, unit: str | None) -> tuple[str, str | None]:
        """A phrase that is but a level with what the list parts, and the unit; both unchanged for others."""
        if not self._parted or unit not in (None, "%") or not is_level_label(phrase.lower()):
            return phrase, unit
        same = [each for each in self._parted if (each.unit == "%") == (unit == "%")]
        whole = same[-1] if same else self._parted[-1]
        named = whole.indicator if unit == "%" else _SHARES.sub("", whole.indicator)
        return f"{_WHOLES.get(named, named)} {phrase}", unit or (whole.unit if whole.unit != "%" else None)
