"""The order of the Vietnamese alphabet, which no database knows without a locale."""

from __future__ import annotations

import unicodedata

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
#: Level, falling, asking, tumbling, rising, heavy: the order of dictionaries.
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

Key = tuple[tuple[tuple[tuple[int, int], ...], tuple[int, ...]], ...]


def alphabetical(name: str) -> Key:
    """A key that sorts names as Vietnamese dictionaries do: syllable by syllable, the letters before the tones.

    ``Dung`` < ``Đào`` < ``Lại`` < ``Lê``; digits and signs come first, numbers by their size.
    """
    return tuple(_syllable(word) for word in name.lower().split())


def _syllable(word: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    if word.isdecimal():
        return ((0, int(word)),), ()
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word):
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", marks.replace(tone, ""))
        letters.append((1, _LETTERS[letter]) if letter in _LETTERS else (0, ord(char)))
        tones.append(_TONES[tone])
    return tuple(letters), tuple(tones)
