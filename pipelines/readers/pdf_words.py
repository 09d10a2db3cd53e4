"""The words of a page of a PDF with their boxes, from PDFium's characters.

Most words take two calls, for the boxes of their first and last letter, which are asked for all at
once. A word that cannot be one (too wide, over two lines, across a ruling, with marks of their own)
is taken letter by letter.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.readers.limits import UnreadableError
from pipelines.readers.old_encodings import Encoding, convert, encoding_of_font
from pipelines.readers.pdf_lines import Word
from pipelines.readers.signs import bullet_sign
from pipelines.readers.syllables import is_syllable

if TYPE_CHECKING:
    from pipelines.readers.pdf_page import Box, Frame
    from pipelines.readers.pdf_rulings import Ruling

_MAX_PAGE_CHARACTERS = 300_000
_FONT_SAMPLE = 41
#: PDFium's marks: a hyphen at the end of a line, a letter that the font does not name.
_HYPHEN, _UNNAMED = "\x02", "\ufffe"
_TOKEN = re.compile(r"\S+")
#: From this angle on (in radians), letters are no text of the page: scans are skewed by less.
_SLANTED = 0.2
#: Letters that need a look of their own: marks that may stand alone, control characters, private ones.
_ODD = re.compile("[\x00-\x1f\x7f\u0300-\u036f\ue000-\uf8ff\ufffe\uffff]")


class _Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def read_words(text_page: pdfium.PdfTextPage, frame: Frame, rulings: Sequence[Ruling]) -> list[Word]:
    """The words in the order of the file: broken at blanks, and where the next letter stands elsewhere.

    Letters that the file does not name become U+FFFD; those of fonts of before Unicode become
    what they print. What stands beside the page, what is printed twice in one place, and what runs
    slanted over the page is left out.

    Raises: UnreadableError.
    """
    count = text_page.count_chars()
    if count > _MAX_PAGE_CHARACTERS:
        raise UnreadableError(f"holds {count} characters on one page, which no report does; it is not read")
    text = _page_text(text_page, count)
    words, starts = _found_words(text, _Boxes(text_page, frame), rulings)
    fonts = _Fonts(text_page)
    # A sample tells whether the page holds any old font at all.
    if any(fonts.encoding(index) is not None for index in range(0, count, _FONT_SAMPLE)):
        words = [_in_unicode(word, fonts.encoding(start)) for word, start in zip(words, starts, strict=True)]
    return _printed_once(words, frame)


def _printed_once(words: Sequence[Word], frame: Frame) -> list[Word]:
    """The words that stand on the page; bold is often faked by printing twice on nearly the same place."""
    if not words:
        return []
    texts, lefts, tops, rights, bottoms, *_ = zip(*words, strict=True)
    width, height = frame.width, frame.height
    if min(rights) < 0 or max(lefts) > width or min(bottoms) < 0 or max(tops) > height:
        inside = [w for w in words if w.x1 >= 0 and w.x0 <= width and w.bottom >= 0 and w.top <= height]
        if len(inside) < len(words):
            return _printed_once(inside, frame)
    # A page has hundreds of words and hardly one of them twice in a line: those are counted, the others kept unseen.
    keys = list(zip(texts, map(round, tops), strict=True))
    often = Counter(keys)
    if len(often) == len(words):
        return list(words)
    places: dict[tuple[str, int], list[float]] = {}
    kept = []
    for word, key in zip(words, keys, strict=True):
        if often[key] > 1:
            before = places.setdefault(key, [])
            if any(abs(word.x0 - x) < 1.5 for x in before):
                continue
            before.append(word.x0)
        kept.append(word)
    return kept


#: Makes a tuple with names in half the time that its class takes, which counts the fields.
_new = tuple.__new__


def _found_words(text: str, boxes: _Boxes, rulings: Sequence[Ruling]) -> tuple[list[Word], list[int]]:
    """The words of a page's text, and where each, or what it is cut from, starts in the text."""
    uprights = sorted((ruling.x0, ruling.top, ruling.bottom) for ruling in rulings if ruling.x0 == ruling.x1)
    highest, lowest = min((top for _, top, _ in uprights), default=0.0), max((end for *_, end in uprights), default=0.0)
    plain = _ODD.search(text.replace("\r\n", "  ")) is None
    composed = unicodedata.is_normalized("NFC", text)
    spans = [match.span() for match in _TOKEN.finditer(text)]
    ends = iter(boxes.all([index for start, end in spans for index in (start, end - 1)]))
    words: list[Word] = []
    starts: list[int] = []
    for (start, end), first, last in zip(spans, ends, ends, strict=True):
        token = text[start:end]
        beside = uprights if first is not None and first[3] > highest and first[1] < lowest else ()
        if first is not None and last is not None and (plain or _ODD.search(token) is None):
            x0, top, _, bottom = first
            _, other_top, x1, other_bottom = last
            count = end - start
            size = bottom - top if bottom - top > 1.0 else 1.0
            if (
                (count == 1 or 0.2 * size * count < x1 - x0 < 1.1 * size * count)
                and abs(bottom - other_bottom) <= 0.3 * size
                and not (beside and _is_crossed(first, x1, beside))
            ):
                name = token if composed else unicodedata.normalize("NFC", token)
                # Comparisons, not calls, for a page has hundreds of words.
                if other_top < top:
                    top = other_top
                if other_bottom > bottom:
                    bottom = other_bottom
                words.append(_new(Word, (name, x0, top, x1, bottom, None, None, None)))
                starts.append(start)
                continue
        if boxes.is_slanted(start):
            continue
        found = _by_letters(boxes, token, start, beside)
        words += found
        starts += [start] * len(found)
    return words, starts


def _is_crossed(first: Box, end: float, uprights: Sequence[tuple[float, float, float]]) -> bool:
    """Whether an upright line parts a word, given the box of its first letter and where it ends."""
    middle = (first[1] + first[3]) / 2
    return any(first[0] + 1 < x < end - 1 and top < middle < bottom for x, top, bottom in uprights)


def _page_text(text_page: pdfium.PdfTextPage, count: int) -> str:
    """The text of a page, one character for each that PDFium counts."""
    text = str(text_page.get_text_range()) if count else ""
    if len(text) == count and not _ODD.search(text.replace("\r\n", "  ")):
        return text
    codes = [pdfium_c.FPDFText_GetUnicode(text_page.raw, index) for index in range(count)]
    # Halves of characters beyond 16 bits are put together letter by letter.
    return "".join(chr(code or 0xFFFE) for code in codes)


def _loose_box_function() -> Callable[[int, int, int], int]:
    """PDFium's function for the box of a character, taking addresses: half the time of what checks each argument."""
    address = ctypes.cast(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(address or 0)


_loose_box = _loose_box_function()
_RECT_BYTES = ctypes.sizeof(pdfium_c.FS_RECTF)


class _Boxes:
    """Boxes of characters by their index; each reaches over the height of the line."""

    def __init__(self, text_page: pdfium.PdfTextPage, frame: Frame) -> None:
        self._raw = text_page.raw
        self._page = ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0
        self._frame = frame

    def all(self, wanted: Sequence[int]) -> list[Box | None]:
        """Of each character x0, top, x1, bottom; None where PDFium knows none."""
        rects = ctypes.create_string_buffer(_RECT_BYTES * len(wanted))
        page, start = self._page, ctypes.addressof(rects)
        known = [
            _loose_box(page, index, address)
            for index, address in zip(wanted, range(start, start + len(rects), _RECT_BYTES), strict=True)
        ]
        boxes: list[Box | None] = [*self._frame.boxes(struct.iter_unpack("4f", rects))]
        return boxes if all(known) else [box if is_known else None for box, is_known in zip(boxes, known, strict=True)]

    def is_slanted(self, index: int) -> bool:
        """Whether a character runs across the page, as those of a watermark do, neither along nor up nor down."""
        angle = float(pdfium_c.FPDFText_GetCharAngle(self._raw, index))
        return angle >= 0 and _SLANTED < angle % (math.pi / 2) < math.pi / 2 - _SLANTED


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
    for letter, box in zip(token, boxes.all(range(start, start + len(token))), strict=True):
        code = ord(letter)
        # Characters beyond 16 bits come as two halves on some platforms.
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            letter, high = (chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"), 0
        letter = {_HYPHEN: "-", _UNNAMED: "\ufffd"}.get(letter, letter)
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
    if len(text) == 1:  # the sign of a list, in a font of signs
        text = bullet_sign(text)
    solid = [char for char in run if not unicodedata.combining(char.text)] or run
    return Word(
        text,
        min(char.x0 for char in solid),
        min(char.top for char in solid),
        max(char.x1 for char in solid),
        max(char.bottom for char in solid),
    )


class _Fonts:
    """Names of the fonts of characters by their index, and what they stand for."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self._page = text_page.raw
        self._buffer, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def encoding(self, index: int) -> Encoding | None:
        """The encoding of before Unicode of a character's font; None of any other font, and where there is none."""
        if not pdfium_c.FPDFText_GetFontInfo(self._page, index, self._buffer, 128, self._flags):
            return None
        return _encoding(self._buffer.value)


@lru_cache(maxsize=1_000)
def _encoding(name: bytes) -> Encoding | None:
    return encoding_of_font(name.decode("utf-8", "replace"))


def _in_unicode(word: Word, encoding: Encoding | None) -> Word:
    """The word as its font prints it: letters of a font of before Unicode stand for others."""
    if encoding is None:
        return word
    # PDFium takes the byte of a soft hyphen, which TCVN3 prints as ư, for a mark of its own.
    text = word.text.replace("\ufffd", "\xad")
    if len(text) > 1 and text.endswith("-") and is_syllable(last := convert(text[:-1] + "\xad", encoding).text):
        return word._replace(text=last)
    return word._replace(text=unicodedata.normalize("NFC", convert(text, encoding).text))
