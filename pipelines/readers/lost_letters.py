"""Letters that an earlier conversion lost: in TCVN3 the ``ư`` is the byte of the soft hyphen, which programs drop.

``Trường`` is then ``Trờng``, ``được`` is ``đợc``, and nobody who reads such a text takes them for other words: no
Vietnamese syllable ends in ``ơng``, ``ơc`` or ``ơu``. A report with many of them gets its letters back, there and in
usual words that without them are others (``ngời``) or none (``sư phạm`` as ``s phạm``); elsewhere nothing is guessed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache

from schemas import Block, Cell, Doubt, Page, PrintedWord, Table, TextLayer, pack_words

_AFTER = "ơờớởỡợƠỜỚỞỠỢ"
#: Where the letter is missing for sure, and where it stands as it should.
_MISSING = re.compile(f"(?<![ưƯ])[{_AFTER}](?=(?:ng|NG|[cCuU])(?![^\\W\\d_]))")
_PRESENT = re.compile(f"[ưƯ][{_AFTER}]")
#: Syllables with a tone and without their letter from which on it was lost, and how many there are for each with it
#: where all were.
_ENOUGH, _NEARLY_ALL = 3, 10
#: What the words of reports with a plain ``ư`` are, where the one without it is no word or does not stand there.
_USUAL = (
    "như; người; mươi; cười; vườn; mượn; lượt; trượt; cướp; ưu tiên; ưu tú; ưu điểm; tối ưu; lưu trữ; lưu ý; lưu ban; "
    "giao lưu; bưu điện; đầu tư; tư tưởng; tư vấn; tư cách; tư liệu; tư pháp; tư thục; tư nhân; thông tư; vật tư; "
    "thứ tư; sư phạm; giáo sư; kỹ sư; luật sư; thư viện; thư ký; văn thư; bí thư; dư luận; số dư; cư trú; dân cư; "
    "đưa vào; đưa ra; chưa được; chưa đạt; chưa thực; chưa đảm; chưa đáp; chưa có; chưa cao; chưa tốt; chưa đủ"
)
#: ``sáng ngời``, ``rạng ngời`` are words of their own.
_NO_PERSON = re.compile(r"(?:sáng|rạng)\s+$", re.IGNORECASE)


def with_lost_letters(layer: TextLayer) -> TextLayer:
    """The layer with the letters that were lost, and its ranges moved by them; the layer itself where none were."""
    places = _places(layer.text)
    return _Mended(layer, places).layer() if places else layer


def filled(text: str) -> str:
    """The text with the letters that are missing for sure."""
    return _MISSING.sub(r"ư\g<0>", text)


def _places(text: str) -> list[int]:
    """Before which characters a letter is missing, in order."""
    missing = {match.start() for match in _MISSING.finditer(text)}
    # "nơng" may be the "nông" of another bad conversion; no letter with a tone was ever mixed up like that.
    if sum(text[place] not in "ơƠ" for place in missing) < _ENOUGH:
        return []
    if len(missing) > _NEARLY_ALL * sum(1 for _ in _PRESENT.finditer(text)):
        pattern, gaps = _usual()
        for match in pattern.finditer(text):
            if match[0].lower() != "ngời" or not _NO_PERSON.search(text, max(match.start() - 8, 0), match.start()):
                missing.update(match.start() + gap for gap in gaps[match[0].lower()])
    return sorted(missing)


@cache
def _usual() -> tuple[re.Pattern[str], dict[str, list[int]]]:
    """A pattern for the usual words without their letter, and before which of their characters it is missing."""
    gaps: dict[str, list[int]] = {}
    for word in _USUAL.split("; "):
        lost, places = "", []
        for char in word:
            if char == "ư":
                places.append(len(lost))
            else:
                lost += char
        gaps[lost] = places
    longest = sorted(gaps, key=len, reverse=True)
    # In capitals they are abbreviations: TH, NH.
    words = "|".join(f"[{word[0]}{word[0].upper()}]{re.escape(word[1:])}" for word in longest)
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])"), gaps


class _Mended:
    """A layer whose text gets letters at some places."""

    def __init__(self, layer: TextLayer, places: list[int]) -> None:
        self._layer = layer
        self._places = array("q", places)

    def layer(self) -> TextLayer:
        """The layer as it becomes."""
        old = self._layer
        # Not a copy: that would keep what the old one has worked out about its words.
        return TextLayer(
            id=old.id,
            file=old.file,
            media_type=old.media_type,
            text=self._text(old.text),
            pages=tuple(map(self._page, old.pages)),
            tables=tuple(map(self._table, old.tables)),
            blocks=tuple(map(self._block, old.blocks)),
            packed_words=pack_words(map(self._word, old.words(0, len(old.text)))),
            doubts=tuple(map(self._doubt, old.doubts)),
            margins=old.margins,
        )

    def _text(self, text: str) -> str:
        pieces, at = [], 0
        for place in self._places:
            pieces.append(text[at:place])
            at = place
            after = text[place : place + 1]
            if not after.isupper():
                pieces.append("ư")
            elif text[place + 1 : place + 2].islower():
                # "Ớc" with its capital in front is "Ước".
                pieces.append("Ư" + after.lower())
                at += 1
            else:
                pieces.append("Ư")
        return "".join(pieces) + text[at:]

    def _range(self, start: int, end: int) -> tuple[int, int]:
        # A letter at the start of a word is part of it, and so is one at its end: "nh" is "như".
        last = bisect_right if end > start else bisect_left
        return start + bisect_left(self._places, start), end + last(self._places, end)

    def _block(self, block: Block) -> Block:
        start, end = self._range(block.start, block.end)
        return replace(block, start=start, end=end)

    def _word(self, word: PrintedWord) -> PrintedWord:
        start, end = self._range(word.start, word.end)
        return word._replace(start=start, end=end)

    def _doubt(self, doubt: Doubt) -> Doubt:
        start, end = self._range(doubt.start, doubt.end)
        return doubt.model_copy(update={"start": start, "end": end})

    def _page(self, page: Page) -> Page:
        # What stands at the end of a page is the next one's.
        start, end = (at + bisect_left(self._places, at) for at in (page.start, page.end))
        return page.model_copy(update={"start": start, "end": end})

    def _table(self, table: Table) -> Table:
        start, end = self._range(table.start, table.end)
        return table.model_copy(update={"start": start, "end": end, "cells": tuple(map(self._cell, table.cells))})

    def _cell(self, cell: Cell) -> Cell:
        start, end = self._range(cell.start, cell.end)
        return replace(cell, start=start, end=end)
