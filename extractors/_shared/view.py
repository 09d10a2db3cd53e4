"""A clean reading of a text that remembers where every character came from.

The layer's text is never altered; rules read a view: runs of spaces are one space, lines that
belong together are joined, words printed as one are parted, soft hyphens and zero-width characters
are gone, look-alikes of ``Đ`` and of dashes are one, and tones stand in one place (``uỷ`` reads
``ủy``, ``hoà`` reads ``hòa``).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from extractors._shared.markup import SIGNS, find_marks
from extractors._shared.scan import holds
from extractors._shared.syllables import missing_blanks

#: Capital letters of Vietnamese, for character classes: ``À-Ỹ`` would hold small ones too.
CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

# ``ƣ`` (oi) is what old fonts of theses and PDFs leave of ``ư``.
_LOOKALIKES = dict(zip("ÐƉð–—‑‐−’‘ƣƢ", "ĐĐđ-----''ưƯ", strict=True))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = re.compile(rf"[{_INVISIBLE}]| {{2,}}")

_TONES = {
    "à": "a", "á": "a", "ả": "a", "ã": "a", "ạ": "a",
    "è": "e", "é": "e", "ẻ": "e", "ẽ": "e", "ẹ": "e",
    "ỳ": "y", "ý": "y", "ỷ": "y", "ỹ": "y", "ỵ": "y",
}  # fmt: skip
_TONED = {"o": "òóỏõọ", "u": "ùúủũụ"}
_ORDER = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
# The old style puts the tone on the last vowel of an open syllable in oa, oe, uy; after q the u
# is part of the consonant, and a closed syllable (hoàn) has only one way. The vowel stands before
# the look behind, so that the engine skips to it.
_OLD_STYLE = re.compile(r"([oOuU])(?<![qQ].)([àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ])(?!\w)")


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.group(1), match.group(2)
    plain = _TONES[second.lower()]
    if first.lower() == "u" and plain != "y":
        return match.group(0)
    if first.lower() == "o" and plain == "y":
        return match.group(0)
    toned = _TONED[first.lower()][_ORDER[plain].index(second.lower())]
    return (toned.upper() if first.isupper() else toned) + (plain.upper() if second.isupper() else plain)


def fold_tone_style(text: str) -> str:
    """The text with tones placed in the new style; same length, position by position."""
    return _OLD_STYLE.sub(_move_tone, text)


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets hold."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=4)
def lower_whole(text: str) -> str:
    """The same of the whole text that is being read, worked out once."""
    return lower(text)


class _FromLayer(dict[int, int]):
    """The view's offset at or after each offset of the layer; those of records are asked for again and again."""

    def __init__(self, offsets: array[int]) -> None:
        super().__init__()
        self._offsets = offsets

    def __missing__(self, offset: int) -> int:
        self[offset] = found = bisect_left(self._offsets, offset)
        return found


@dataclass(frozen=True)
class View:
    """``text`` and, for each of its characters, the offset in the layer (``offsets``)."""

    text: str
    offsets: array[int]

    @cached_property
    def lower(self) -> str:
        """The text in lower case, position by position."""
        return lower_whole(self.text)

    @cached_property
    def from_layer(self) -> Mapping[int, int]:
        """The view's offset at or after an offset of the layer."""
        return _FromLayer(self.offsets)

    def to_layer(self, start: int, end: int) -> tuple[int, int]:
        """The layer's half-open range for a non-empty half-open range of the view."""
        return self.offsets[start], self.offsets[end - 1] + 1


_COUNTED = 1 << 17


@cache
def _counted() -> array[int]:
    """The offsets of all but the longest texts: copying a piece of them takes less time than counting it out."""
    return array("I", range(_COUNTED))


class ViewBuilder:
    """Collects pieces of a layer's text into one view."""

    def __init__(self, text: str) -> None:
        self._source = text
        self._dropped = [sign for sign in ("  ", *_INVISIBLE) if sign in text]
        self._marked = any(sign in text for sign in SIGNS)
        self._cuts = missing_blanks(text)
        self._parts: list[str] = []
        self._offsets: array[int] = array("I")
        self._length = 0

    @property
    def length(self) -> int:
        """Characters collected so far."""
        return self._length

    def add(self, start: int, end: int) -> None:
        """Append the piece ``start:end`` of the source, cleaned."""
        marks = find_marks(self._source[start:end]) if self._marked else ()
        last, spaced = start, bool(marks)
        for mark in marks:
            spaced = self._add_plain(last, start + mark.start, spaced=spaced)
            if mark.sign and not (spaced and mark.sign == " "):
                self.join(mark.sign, start + mark.start)
                spaced = mark.sign == " "
            last = start + mark.end
        self._add_plain(last, end, spaced=spaced)

    def _add_plain(self, start: int, end: int, *, spaced: bool) -> bool:
        """Append a piece without markup, behind a space if ``spaced``; whether it ends with one."""
        while spaced and start < end and self._source[start] == " ":
            start += 1
        if start >= end:
            return spaced
        piece = self._source[start:end]
        last = 0
        for match in _DROPPED.finditer(piece) if holds(self._dropped, piece, 0, len(piece)) else ():
            self._copy(piece, start, last, match.start())
            if match.group(0)[0] == " ":
                self._copy(piece, start, match.start(), match.start() + 1)
            last = match.end()
        self._copy(piece, start, last, len(piece))
        return piece.endswith(" ")

    def _copy(self, piece: str, base: int, first: int, last: int) -> None:
        if self._cuts:
            for cut in self._cuts[bisect_right(self._cuts, base + first) : bisect_left(self._cuts, base + last)]:
                self._copy_whole(piece, base, first, cut - base)
                self.join(" ", cut - 1)
                first = cut - base
        self._copy_whole(piece, base, first, last)

    def _copy_whole(self, piece: str, base: int, first: int, last: int) -> None:
        if last > first:
            self._parts.append(piece[first:last])
            start, end = base + first, base + last
            self._offsets.extend(_counted()[start:end] if end <= _COUNTED else range(start, end))
            self._length += last - first

    def join(self, char: str, offset: int) -> None:
        """Append a character of our own (a space or a line end) that stands for ``offset``."""
        self._parts.append(char)
        self._offsets.append(offset)
        self._length += 1

    def build(self) -> View:
        """The view of everything collected."""
        text = "".join(self._parts)
        for sign, plain in _LOOKALIKES.items():
            text = text.replace(sign, plain)
        return View(fold_tone_style(text), self._offsets)
