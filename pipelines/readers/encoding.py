"""Bytes to characters: UTF-8 and UTF-16, and windows-1258 where what comes out can be Vietnamese."""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipelines.readers.limits import UnreadableError
from pipelines.readers.old_encodings import convert, find_encoding, is_unicode, map_lines

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Characters from which an encoding of before Unicode is told.
_SAMPLE = 50_000
_SAVE_AS = "open it in the program that wrote it and save it as UTF-8"
_TONED = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_LETTERS = frozenset(_TONED + _TONED.lower())
_SIGNS = frozenset("\xa0«»“”‘’–—…•·°±²³½¼¾×÷§©®™₫†‰‹›")
_WORD = re.compile(r"[^\W\d_]+")
#: UTF-8 read as a one-byte Western encoding and saved again: ``Trưá»ng``, ``Ä‘``, ``Ã¡``.
_MOJIBAKE = re.compile("á[º»]|Ä[‘\x90]|Æ[°¡]|Ã[\xa0-¿]")
#: Control characters that no text holds; tab, line ends and form feed are fine.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


#: What to tell about a document most of whose letters are set in fonts that `is_old_font` names.
OLD_FONTS = "is written in fonts of before Unicode (TCVN3, VNI); convert it to Unicode first"
_OLD_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:\.?Vn[A-Z]|VNI[-A-Z])")


def is_old_font(name: str) -> bool:
    """Whether a font is one of before Unicode, whose letters are not the ones that are stored: ``.VnTime``."""
    return _OLD_FONT.match(name) is not None


def decode(data: bytes) -> str:
    """The characters of a text file, its byte order mark included.

    Accepts UTF-8, UTF-16 and UTF-32 with a mark, windows-1258 where that gives plausible Vietnamese
    and nothing else, and the encodings of before Unicode (TCVN3, VNI, VISCII, VPS) where one of them
    does, also where their bytes were saved as UTF-8.

    Raises: UnreadableError, whose text names what is wrong with the bytes.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(
                    f"is marked as {encoding.upper()} and breaks that encoding at byte {error.start}; {_SAVE_AS}"
                ) from error
            return _checked(text)
    if _nul_share(data) > 0.2:
        raise UnreadableError(f"looks like UTF-16 without a byte order mark, or binary data; {_SAVE_AS}")
    if b"\0" in data:
        raise UnreadableError("holds binary data and no text; give the report itself")
    try:
        text = _checked(data.decode("utf-8"))
        return _from_old(text) or map_lines(text)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            raise UnreadableError("is cut short in the middle of a letter; fetch the file again") from error
        vietnamese = _vietnamese(data) or _from_old(data.decode("latin-1"))
        if vietnamese is None:
            raise UnreadableError(
                f"is neither UTF-8 (broken at byte {error.start}) nor Vietnamese in windows-1258: "
                f"binary data or an old font encoding (TCVN3, VNI); {_SAVE_AS}"
            ) from error
        return vietnamese


def is_plausible_vietnamese(text: str) -> bool:
    """Whether the letters outside ASCII are those that Vietnamese uses, and some are there.

    A text in another one-byte encoding gives letters (ß, ç, å), marks without a letter to
    stand on, or capitals in the middle of words (``tr­êng``, ``nµo``).
    """
    text = unicodedata.normalize("NFC", text)
    foreign = [char for char in text if not char.isascii() and char not in _LETTERS]
    if any(char not in _SIGNS for char in foreign) or _CONTROL.search(text):
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return False
    odd = sum(1 for word in words if len(word) > 7 or not (word.islower() or word.isupper() or word.istitle()))
    return odd <= len(words) * 0.02


def _vietnamese(data: bytes) -> str | None:
    """The text in windows-1258, None where that gives no plausible Vietnamese."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    return text if is_plausible_vietnamese(text) else None


def _from_old(text: str) -> str | None:
    """The text mapped from an encoding of before Unicode, without its lines that are Unicode; None of others."""
    if text.isascii() or (encoding := find_encoding(text[:_SAMPLE])) is None:
        return None
    lines = text.split("\n")
    return "\n".join(line if is_unicode(line) else convert(line, encoding).text for line in lines)


def _nul_share(data: bytes) -> float:
    sample = data[:65536]
    return sample.count(0) / len(sample) if sample else 0.0


def _checked(text: str) -> str:
    """The text itself, where its characters are those of a text.

    Raises: UnreadableError for control characters, lost letters and doubly encoded text.
    """
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > len(text) * 0.01:
        raise UnreadableError("holds binary data and no text; give the report itself")
    lost = text.count("\ufffd")
    if lost > 3 and lost > len(text) * 0.001:
        raise UnreadableError(f"has lost {lost} letters to an earlier conversion (U+FFFD); find the original file")
    garbled = len(_MOJIBAKE.findall(text))
    if garbled > 5 and garbled > len(text) * 0.02:
        raise UnreadableError(f"was saved through a wrong encoding, its letters are garbled; {_SAVE_AS}")
    return text
