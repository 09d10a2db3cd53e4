"""Encodings of before Unicode (TCVN3, VNI, VISCII, VPS): what their bytes stand for, with a map back.

Sources: TCVN 5712:1993 (TCVN3 is its third set), RFC 1456 (VISCII); the tables of VNI and VPS as
their keyboard drivers print them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from pipelines.readers.lost_letters import filled
from pipelines.readers.syllables import vietnamese_share

Encoding = Literal["TCVN3", "VNI", "VISCII", "VPS"]
ENCODINGS: tuple[Encoding, ...] = ("TCVN3", "VNI", "VISCII", "VPS")

_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
#: Bytes of TCVN3 from A1 on; a space is a byte that stands for itself.
_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ "
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ  ỀỂỄỐỒỔỖýỷỵỚỜỞ ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ àáâảãạă èéêẽìí ĩẴĐòóôõ Ơụùúủ ỶẼỳ"
)
_VPS_CONTROLS = {
    0x02: "Ạ", 0x03: "Ặ", 0x04: "Ậ", 0x05: "Ẹ", 0x06: "Ệ", 0x10: "Ị", 0x11: "Ọ", 0x12: "Ộ",
    0x13: "Ợ", 0x14: "Ụ", 0x15: "Ự", 0x19: "Ỵ", 0x1C: "Ẫ", 0x1D: "Ữ",
}  # fmt: skip
#: Marks that VNI sets behind a letter, as small letters of windows-1252: the tone, with or without a roof or bow.
_VNI_TONES = dict(zip("øûõùï", _TONES, strict=True))
_VNI_ROOFS = {"â": "", **dict(zip("àåãáä", _TONES, strict=True))}
_VNI_BOWS = {"ê": "", **dict(zip("èúüéë", _TONES, strict=True))}
_VNI_LETTERS = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}
#: Code points that PDF readers and Word put in the place of a byte's own.
_STAND_INS = {
    "\u2212": "\xad",
    "\u2219": "\xb7",
    "\u03bc": "\xb5",
    "\u20ab": "\xfe",
    "\u0152": "\x8c",
    "\u02c9": "\xaf",
}
_FONTS: tuple[tuple[re.Pattern[str], Encoding], ...] = (
    (re.compile(r"\.?vn(?!i[- ])[a-z]", re.IGNORECASE), "TCVN3"),
    (re.compile(r"vni[-\s_]", re.IGNORECASE), "VNI"),
    (re.compile(r"(?:VI|HeoMay|UHoai)[ -][A-Z]|viscii", re.ASCII), "VISCII"),
    (re.compile(r"VPS[ -]", re.IGNORECASE), "VPS"),
)
_SUBSET = re.compile(r"[A-Z]{6}\+")
#: Fonts whose names look like those of TCVN3 and whose letters are others or Unicode.
_NO_TCVN3 = re.compile(r"vntimes new|vn(?:u|\s)", re.IGNORECASE)
#: A word as old encodings look like that nobody mapped: signs and capitals inside of it.
_ODD_WORD = re.compile(
    "[a-zà-öø-ÿ][\xa1-\xb9\xbb-\xbf\xd7\xf7]|[\xa1-\xb9\xbb-\xbf\xd7\xf7][a-zà-öø-ÿ]|[a-z][À-ÖØ-Þ]|[\x80-\x9f]"
)
_LETTER = re.compile("[A-Za-z]")
#: Words with letters outside ASCII that a text must have for its encoding to be told from them.
_ENOUGH_WORDS = 4


@dataclass(frozen=True)
class Converted:
    """A text in Unicode; ``origins[i]`` is where in the source the character ``i`` begins."""

    text: str
    origins: Sequence[int]


def encoding_of_font(name: str) -> Encoding | None:
    """The encoding that a font's name stands for, None of a Unicode font.

    ``.VnTime``, ``.VnArialH`` (TCVN3), ``VNI-Times`` (VNI), ``VI Times`` (VISCII), ``VPS Times`` (VPS), each also
    with the prefix of a subset in a PDF (``ABCDEF+.VnTime``).
    """
    name = _SUBSET.sub("", name.strip(), count=1)
    for pattern, encoding in _FONTS:
        if pattern.match(name) and not (encoding == "TCVN3" and _NO_TCVN3.match(name)):
            return encoding
    return None


def convert(text: str, encoding: Encoding) -> Converted:
    """The text in Unicode (NFC), of bytes that were read as windows-1252 or ISO 8859-1.

    A letter that the encoding does not have stays as it is. Capitals that only the font draws
    (``.VnTimeH``) stay as they are stored, as do those of Word's "all caps".
    """
    if encoding == "VNI":
        return _convert_vni(text)
    table = _table(encoding)
    # One character for one: every letter has a byte of its own.
    return Converted("".join(table.get(char, char) for char in text), range(len(text)))


def is_unicode(text: str) -> bool:
    """Whether a text holds letters that only Vietnamese in Unicode has, and that no byte of an old encoding gives."""
    return any("\u1ea0" <= char <= "\u1ef9" or char in "ĂăĐđĨĩŨũƠơƯư" for char in text)


def find_encoding(text: str) -> Encoding | None:
    """The encoding in which a text without fonts is Vietnamese, None where it is fine as it is or nothing fits.

    ``text`` are bytes read as windows-1252 or ISO 8859-1: ``Tr­êng TiÓu häc`` is TCVN3.
    """
    # Signs that stand alone ("12 m² ± 3°") are letters in one encoding or the other and say nothing.
    text = " ".join(word for word in text.split() if not word.isascii() and _LETTER.search(word))
    as_is, words = vietnamese_share(text)
    if words < _ENOUGH_WORDS or as_is > 0.5:
        return None
    # Of TCVN3 the soft hyphen may be lost, which is a letter.
    shares = {name: vietnamese_share(filled(convert(text, name).text))[0] for name in ENCODINGS}
    best = max(ENCODINGS, key=lambda name: shares[name])
    return best if shares[best] > 0.8 and shares[best] > as_is + 0.3 else None


def map_lines(text: str) -> str:
    """The text with those of its lines mapped that are no Vietnamese as they stand and are in an old encoding.

    Passages come into a report from older files, pasted without their font.
    """
    if not _ODD_WORD.search(text):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _ODD_WORD.search(line) and not is_unicode(line) and (encoding := find_encoding(line)):
            lines[number] = convert(line, encoding).text
    return "\n".join(lines)


#: Fewer words of an old encoding prove nothing.
_ODD_WORDS = 10


def looks_garbled(text: str) -> bool:
    """Whether the words of a text hold signs and capitals inside, as those of an old encoding do that nobody mapped.

    Texts in other languages are not garbled; fewer than ten such words prove nothing.
    """
    if sum(1 for _ in islice(_ODD_WORD.finditer(text), _ODD_WORDS)) < _ODD_WORDS:
        return False  # nearly every text, which need not be taken apart
    words = [word for word in re.findall(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f\u2010-\u205e]+", text) if not word.isascii()]
    odd = sum(1 for word in words if _ODD_WORD.search(word))
    return odd >= _ODD_WORDS and odd > len(words) * 0.3


@cache
def _table(encoding: Encoding) -> dict[str, str]:
    """What each character stands for, of the encodings with one byte a letter; of VNI its letters and marks."""
    table: dict[str, str] = {}
    if encoding == "TCVN3":
        table = _from(0xA1, _TCVN3)
    elif encoding == "VISCII":
        table = _from(0x80, _VISCII) | {chr(code): char for code, char in _VISCII_CONTROLS.items()}
    elif encoding == "VPS":
        table = _from(0x80, _VPS) | {chr(code): char for code, char in _VPS_CONTROLS.items()}
    stand_ins = {sign: table[char] for sign, char in _STAND_INS.items() if char in table}
    return stand_ins | table


def _from(first: int, letters: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for code, letter in enumerate(letters, first):
        if letter == " ":
            continue
        table[chr(code)] = letter
        # The same byte where it was read as windows-1252, which has signs of its own from 80 to 9F.
        table[bytes([code]).decode("cp1252", "ignore") or chr(code)] = letter
    return table


def _convert_vni(text: str) -> Converted:
    out: list[str] = []
    origins: list[int] = []
    at = 0
    while at < len(text):
        letter, length = _vni_letter(text, at)
        out.append(letter)
        origins.append(at)
        at += length
    return Converted("".join(out), origins)


def _vni_letter(text: str, at: int) -> tuple[str, int]:
    """The letter at a place, and of how many characters it is made."""
    char = text[at]
    small = char.lower()
    base = _VNI_LETTERS.get(small, small)
    mark = text[at + 1].lower() if at + 1 < len(text) else ""
    if small in "aeioôuöy" and mark:
        parts = None
        if mark in _VNI_TONES:
            parts = base + _VNI_TONES[mark]
        elif mark in _VNI_ROOFS and small in "aeo":
            parts = base + "\u0302" + _VNI_ROOFS[mark]
        elif mark in _VNI_BOWS and small == "a":
            parts = base + "\u0306" + _VNI_BOWS[mark]
        if parts is not None:
            letter = unicodedata.normalize("NFC", parts)
            return (letter.upper() if char.isupper() else letter), 2
    return (base.upper() if char.isupper() else base), 1
