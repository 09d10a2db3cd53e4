"""Lines and their markers: what starts a heading, a list item or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.view import CAPITAL

#: Marker styles from the outermost to the innermost, as Nghị định 30/2020 orders them.
PART, ROMAN, NUMBER, ALPHA, BULLET = "part", "roman", "number", "alpha", "bullet"
#: The style of a part told by a capital letter.
LETTER = "letter"

_PART = re.compile(
    r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:(?:THỨ|thứ)\s+(?P<word>\w+)|(?P<roman>(?![CL]\b)[IVXLC]+)|(?P<arabic>\d{1,2})|(?P<letter>[A-Z]))\b[.:]?"
)
#: Of the parts A, B, C, D the third is no hundred.
_ROMAN = re.compile(
    rf"(?P<roman>(?![CL]\b)[IVXLC]{{1,6}})\s?[.)/](?!\w)\s*|(?P<dash>(?![CL]\b)[IVXLC]{{1,6}})\s?[-:]\s+(?=[{CAPITAL}])"
)
#: Behind E only before capitals: ``H. Ea Kar`` is a district, ``Đ. Lê Lợi`` a street.
_LETTER = re.compile(rf"(?P<letter>[A-E]|[F-HĐ](?=\W+[{CAPITAL}]{{2}}))(?:\s?[.)/]\s*|\s?[-:]\s+)(?=[{CAPITAL}])")
_NUMBER = re.compile(
    r"(?P<path>\d{1,2}(?:\.\d{1,2}){0,4})"
    r"(?:[.)/](?![\d])\s*|(?<=\.\d)\s+(?=[^\W\d_])|(?<=\.\d\d)\s+(?=[^\W\d_])"
    rf"|-\s+(?=[{CAPITAL}]|\d[\d.]*(?: ?%| [^\W\d_])))"
)
_COLON = re.compile(r"(?:Điều|Mục|Nội dung|Tiêu chí|Chương trình|Nhiệm vụ)\s+(?P<path>\d{1,2})\s*[.:]\s*")
_ALPHA = re.compile(r"(?P<letter>[a-zđ])\s?[.)]\s*(?=\S)")
#: Signs of bullets that are no punctuation elsewhere.
BULLETS = "•*·●○▪■□▫➢➤✓✔☑♦◆◇❖◦‣⮚★☆►▶▸✦✧➔⇒☞❑❒✿"
_BULLET = re.compile(rf"(?P<sign>[-–—+{BULLETS}])(?![-–—*\d])\s*|(?P<sign2>[-–—+•*·★☆]|_(?=\s+[^\W_]))\s+")
_EMPHASIS = re.compile(r"\*{2,3}(?=\S)|#{1,6}\s+")

#: Ordinals in words, as after ``thứ``, ``hạng`` and ``khóa``.
ORDINALS = {
    "nhất": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True)
class Marker:
    """A list or heading marker. ``style`` tells siblings apart; ``number`` is None for bullets.

    ``length`` counts the characters up to the text proper; ``path`` is the number as printed.
    """

    kind: str
    style: str
    number: int | None
    path: str
    length: int


def roman_value(roman: str) -> int:
    """Value of a Roman number in capitals (``XIV`` is 14)."""
    total = 0
    for char, after in zip(roman, [*roman[1:], " "], strict=True):
        value = _ROMAN_VALUES[char]
        total += -value if _ROMAN_VALUES.get(after, 0) > value else value
    return total


def parse_marker(line: str) -> Marker | None:
    """The marker with which a line starts (``PHẦN I``, ``A.``, ``I.``, ``1.1.``, ``a)``, ``-``, ``•``), or None."""
    offset = 0
    if match := _EMPHASIS.match(line):
        offset = match.end()
        line = line[offset:]
    marker = _part(line) or _roman(line) or _letter(line) or _number(line) or _alpha(line) or _bullet(line)
    if marker is None:
        return Marker(PART, "md", None, "", offset) if offset and line and match and match.group(0)[0] == "#" else None
    return Marker(marker.kind, marker.style, marker.number, marker.path, marker.length + offset)


def _part(line: str) -> Marker | None:
    match = _PART.match(line)
    if not match:
        return None
    if match["word"]:
        number = ORDINALS.get(match["word"].lower())
    elif match["roman"]:
        number = roman_value(match["roman"])
    elif match["arabic"]:
        number = int(match["arabic"])
    else:
        number = ord(match["letter"]) - 64
    return Marker(PART, PART, number, match.group(0).rstrip(".:"), match.end())


def _roman(line: str) -> Marker | None:
    match = _ROMAN.match(line)
    if not match:
        return None
    roman = match["roman"] or match["dash"]
    return Marker(ROMAN, ROMAN, roman_value(roman), roman, match.end())


def _letter(line: str) -> Marker | None:
    match = _LETTER.match(line)
    if not match:
        return None
    letter = match["letter"]
    return Marker(PART, LETTER, "ABCDEFGH".find(letter) + 1 or None, letter, match.end())


def _number(line: str) -> Marker | None:
    if match := _COLON.match(line):
        return Marker(NUMBER, "named", int(match["path"]), match["path"], match.end())
    match = _NUMBER.match(line)
    if not match or match.end() == len(line):
        return None
    path = match["path"]
    return Marker(NUMBER, f"{NUMBER}{path.count('.') + 1}", int(path.rsplit(".", 1)[-1]), path, match.end())


def _alpha(line: str) -> Marker | None:
    match = _ALPHA.match(line)
    if not match:
        return None
    return Marker(ALPHA, ALPHA, "abcdđefghiklmnopqrstuvxyz".find(match["letter"]) + 1, match["letter"], match.end())


def _bullet(line: str) -> Marker | None:
    match = _BULLET.match(line)
    if not match or match.end() == len(line):
        return None
    sign = match["sign"] or match["sign2"]
    return Marker(BULLET, "-" if sign in "-–—" else sign, None, sign, match.end())
