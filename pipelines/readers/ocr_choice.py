"""Whether the text that a page stores is its text, or the page has to be recognised from its picture."""

from __future__ import annotations

import re

from pipelines.readers.pdf_page import Sheet
from pipelines.readers.syllables import vietnamese_share

#: A page takes seconds to recognise.
MAX_SCANNED_PAGES = 300
#: Letters on a scanned page up to which they may be a signature's stamp.
_STAMP = 100
#: Share of letters that the file does not name, above which the text is lost.
_LOST = 0.2
#: Words with letters outside ASCII from which their being Vietnamese is told, and the share of such words that is
#: too small for Vietnamese: recognition that took the page for English leaves less.
_ENOUGH_WORDS = 10
_SAMPLE = 200
_TOO_PLAIN = 0.2
#: A letter that the file does not name.
_UNNAMED = re.compile("[\ue000-\uf8ff\ufffd]")


def looks_unread(sheet: Sheet) -> bool:
    """Whether the words of a page are probably not what it prints.

    None or a stamp only on a picture, letters without names, words that are no Vietnamese; of a
    picture with text behind it also words without the letters of Vietnamese.
    """
    letters = sheet.letters
    if not letters:
        return sheet.is_drawn
    if sheet.is_drawn and letters < _STAMP:
        return True
    if _lost(sheet) > letters * _LOST:
        return True
    sample = sheet.words[:_SAMPLE]
    share, words = vietnamese_share(" ".join(word.text for word in sample))
    if words >= _ENOUGH_WORDS and share < 0.5:
        return True
    names = sum(word.text.isalpha() for word in sample)
    return sheet.is_drawn and names >= _ENOUGH_WORDS and words < names * _TOO_PLAIN


def better_read(stored: Sheet, recognised: Sheet) -> Sheet:
    """The page as stored or as recognised: whichever has more Vietnamese words; a page without any stays as stored."""
    letters = stored.letters
    if letters < _STAMP or _lost(stored) > letters * _LOST:
        return recognised
    return recognised if _vietnamese_words(recognised) > _vietnamese_words(stored) else stored


def _lost(sheet: Sheet) -> int:
    return len(_UNNAMED.findall(sheet.text))


def _vietnamese_words(sheet: Sheet) -> float:
    share, words = vietnamese_share(sheet.text)
    return share * words
