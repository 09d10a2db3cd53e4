"""The words of a page of a PDF with their boxes, from PDFium's characters.

Most words take two calls, for the boxes of their first and last letter. A word that cannot be one
(too wide, over two lines, across a ruling, with marks of their own) is taken letter by letter.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.readers.limits import UnreadableError
from pipelines.readers.old_encodings import convert, encoding_of_font
from pipelines.readers.pdf_lines import Word
from pipelines.readers.syllables import is_syllable

if TYPE_CHECKING:
    from pipelines.readers.pdf_page import Frame
    from pipelines.readers.pdf_rulings import Ruling

_MAX_PAGE_CHARACTERS = 300_000
_FONT_SAMPLE = 41
#: PDFium's marks: a hyphen at the end of a line, a letter that the font does not name.
_HYPHEN, _UNNAMED = "\x02", "\ufffe"
_TOKEN = re.compile(r"\S+")
#: Letters that need a look of their own: marks that may stand alone, control characters, private ones.
_ODD = re.compile("[\x00-\x1f\x7f\u0300-\u036f\ue000-\uf8ff\ufffe\uffff]")


class _Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def read_words(text_page: pdfium.PdfTextPage, frame: Frame, rulings: Sequence[Ruling]) -> Iterator[Word]:
    """The words in the order of the file: broken at blanks, and where the next letter stands elsewhere.

    Letters that the file does not name become U+FFFD; those of fonts of before Unicode become
    what they print. What stands beside the page, and what is printed twice in one place, is left out.

    Raises: UnreadableError.
    """
    count = text_page.count_chars()
    if count > _MAX_PAGE_CHARACTERS:
        raise UnreadableError(f"holds {count} characters on one page, which no report does; it is not read")
    text = _page_text(text_page, count)
    boxes = _Boxes(text_page, frame)
    uprights = sorted((ruling.x0, ruling.top, ruling.bottom) for ruling in rulings if ruling.x0 == ruling.x1)
    old_fonts = _has_old_fonts(text_page, count)
    highest, lowest = min((top for _, top, _ in uprights), default=0.0), max((end for *_, end in uprights), default=0.0)
    plain = _ODD.search(text.replace("\r\n", "  ")) is None
    seen: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        token = match[0]
        first = boxes.get(start)
        last = first if end == start + 1 else boxes.get(end - 1)
        beside = uprights if first is not None and first[3] > highest and first[1] < lowest else ()
        if first is None or last is None or not _is_plain(token, first, last, beside, plain=plain):
            found = _by_letters(boxes, token, start, beside)
        else:
            name = token if token.isascii() else unicodedata.normalize("NFC", token)
            found = [Word(name, first[0], min(first[1], last[1]), last[2], max(first[3], last[3]))]
        for word in found:
            if word.x1 < 0 or word.x0 > frame.width or word.bottom < 0 or word.top > frame.height:
                continue
            # Bold is often faked by printing twice on nearly the same place.
            places = seen[word.text, round(word.top)]
            if places and any(abs(word.x0 - x) < 1.5 for x in places):
                continue
            places.append(word.x0)
            yield _in_unicode(word, text_page, start) if old_fonts else word


def _page_text(text_page: pdfium.PdfTextPage, count: int) -> str:
    """The text of a page, one character for each that PDFium counts."""
    text = str(text_page.get_text_range()) if count else ""
    if len(text) == count and not _ODD.search(text.replace("\r\n", "  ")):
        return text
    codes = [pdfium_c.FPDFText_GetUnicode(text_page.raw, index) for index in range(count)]
    # Halves of characters beyond 16 bits are put together letter by letter.
    return "".join(chr(code or 0xFFFE) for code in codes)


class _Boxes:
    """Boxes of characters by their index; each reaches over the height of the line."""

    def __init__(self, text_page: pdfium.PdfTextPage, frame: Frame) -> None:
        self._page = text_page.raw
        self._rect = pdfium_c.FS_RECTF()
        self._reference = ctypes.byref(self._rect)
        self._frame = frame

    def get(self, index: int) -> tuple[float, float, float, float] | None:
        """x0, top, x1, bottom; None where PDFium knows none."""
        if not pdfium_c.FPDFText_GetLooseCharBox(self._page, index, self._reference):
            return None
        rect = self._rect
        return self._frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _is_plain(
    token: str,
    first: tuple[float, float, float, float],
    last: tuple[float, float, float, float],
    uprights: Sequence[tuple[float, float, float]],
    *,
    plain: bool,
) -> bool:
    """Whether a token is one word for sure, given the boxes of its first and last letter."""
    size = max(first[3] - first[1], 1.0)
    count = len(token)
    if count > 1 and not 0.2 * size * count < last[2] - first[0] < 1.1 * size * count:
        return False
    if abs(first[3] - last[3]) > 0.3 * size or not (plain or _ODD.search(token) is None):
        return False
    if not uprights:
        return True
    middle = (first[1] + first[3]) / 2
    return not any(first[0] + 1 < x < last[2] - 1 and top < middle < bottom for x, top, bottom in uprights)


def _by_letters(boxes: _Boxes, token: str, start: int, uprights: Sequence[tuple[float, float, float]]) -> list[Word]:
    words: list[Word] = []
    run: list[_Char] = []
    seen: set[tuple[str, int, int]] = set()
    for char in _chars(boxes, token, start):
        key = (char.text, round(char.x0), round(char.top))
        if key in seen and not unicodedata.combining(char.text):
            continue
        seen.add(key)
        if run and _is_elsewhere(run[-1], char, uprights):
            words.append(_word(run))
            run = []
        run.append(char)
    if run:
        words.append(_word(run))
    return words


def _chars(boxes: _Boxes, token: str, start: int) -> Iterator[_Char]:
    high = 0
    for index, letter in enumerate(token, start=start):
        code = ord(letter)
        # Characters beyond 16 bits come as two halves on some platforms.
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            letter, high = (chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"), 0
        letter = {_HYPHEN: "-", _UNNAMED: "\ufffd"}.get(letter, letter)
        box = boxes.get(index)
        if box is not None and unicodedata.category(letter) != "Cc":
            yield _Char(letter, *box)


def _is_elsewhere(before: _Char, char: _Char, uprights: Sequence[tuple[float, float, float]]) -> bool:
    if unicodedata.combining(char.text):
        return False
    size = max(before.bottom - before.top, 1.0)
    apart = char.x0 - before.x1
    if apart > 0.3 * size or apart < -1.5 * size or abs(char.bottom - before.bottom) > 0.6 * size:
        return True
    left, right, middle = (before.x0 + before.x1) / 2, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return any(left < x < right and top < middle < bottom for x, top, bottom in uprights)


def _word(run: Sequence[_Char]) -> Word:
    text = unicodedata.normalize("NFC", "".join(char.text for char in run))
    solid = [char for char in run if not unicodedata.combining(char.text)] or run
    return Word(
        text,
        min(char.x0 for char in solid),
        min(char.top for char in solid),
        max(char.x1 for char in solid),
        max(char.bottom for char in solid),
    )


def _font_name(text_page: pdfium.PdfTextPage, index: int) -> str:
    """The name of the font of a character, empty where there is none."""
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    if not pdfium_c.FPDFText_GetFontInfo(text_page.raw, index, buffer, 128, flags):
        return ""
    return buffer.value.decode("utf-8", "replace")


def _has_old_fonts(text_page: pdfium.PdfTextPage, count: int) -> bool:
    """Whether a sample of the characters holds some set in fonts of before Unicode."""
    return any(encoding_of_font(_font_name(text_page, index)) is not None for index in range(0, count, _FONT_SAMPLE))


def _in_unicode(word: Word, text_page: pdfium.PdfTextPage, index: int) -> Word:
    """The word as its font prints it: letters of a font of before Unicode stand for others."""
    encoding = encoding_of_font(_font_name(text_page, index))
    if encoding is None:
        return word
    # PDFium takes the byte of a soft hyphen, which TCVN3 prints as ư, for a mark of its own.
    text = word.text.replace("\ufffd", "\xad")
    if len(text) > 1 and text.endswith("-") and is_syllable(last := convert(text[:-1] + "\xad", encoding).text):
        return word._replace(text=last)
    return word._replace(text=unicodedata.normalize("NFC", convert(text, encoding).text))
