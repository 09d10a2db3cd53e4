"""Automatic numbers of a Word 97-2003 file: its lists, and the levels of each."""

from __future__ import annotations

import struct

from pipelines.readers.numbering import Level, Numbering
from pipelines.readers.signs import bullet_sign, is_symbol_font, symbols
from pipelines.readers.word_binary import WordFile

_FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    22: "decimalZero",
    23: "bullet",
    255: "none",
}
_MAX_LISTS = 5_000


def read_lists(word: WordFile) -> tuple[Numbering, dict[int, str]]:
    """What numbers paragraphs, and of each number that a paragraph names the list in it.

    Raises: struct.error or IndexError where the file is damaged.
    """
    definitions = _definitions(word)
    data = word.location(74)
    ids: dict[int, str] = {}
    numbering = Numbering(None)
    count = min(struct.unpack_from("<I", data, 0)[0], _MAX_LISTS) if len(data) >= 4 else 0
    at = 4 + 16 * count
    for index in range(count):
        list_id, overrides = struct.unpack_from("<I8xB", data, 4 + 16 * index)
        levels = dict(definitions.get(list_id, {}))
        restarts: dict[int, int] = {}
        at += 4
        for _ in range(overrides):
            if at + 8 > len(data):
                break
            start, flags = struct.unpack_from("<II", data, at)
            at += 8
            level = flags & 15
            if flags & 32:
                levels[level], at = _level(data, at, word)
            elif flags & 16:
                restarts[level] = start
        ids[index + 1] = str(index + 1)
        numbering.define(str(index + 1), levels, counts_with=str(list_id), restarts=restarts)
    return numbering, ids


def _definitions(word: WordFile) -> dict[int, dict[int, Level]]:
    """The levels of each list by its own number."""
    data = word.location(73)
    count = min(struct.unpack_from("<H", data, 0)[0], _MAX_LISTS) if len(data) >= 2 else 0
    # The levels stand behind the part, outside of the length that it states.
    table, at = word.table, word.start_of(73) + 2 + 28 * count
    found: dict[int, dict[int, Level]] = {}
    for index in range(count):
        list_id = struct.unpack_from("<I", data, 2 + 28 * index)[0]
        is_simple = data[2 + 28 * index + 26] & 1
        levels: dict[int, Level] = {}
        for number in range(1 if is_simple else 9):
            levels[number], at = _level(table, at, word)
        found[list_id] = levels
    return found


def _level(data: bytes, at: int, word: WordFile) -> tuple[Level, int]:
    """One level, and where the next begins."""
    start, kind, flags = struct.unpack_from("<IBB", data, at)
    follow, characters, paragraphs, restart = data[at + 15], data[at + 24], data[at + 25], data[at + 26]
    look = data[at + 28 + paragraphs : at + 28 + paragraphs + characters]
    at += 28 + characters + paragraphs
    length = struct.unpack_from("<H", data, at)[0]
    raw = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    form = _FORMATS.get(kind, "decimal")
    if form == "bullet":
        font = word.font_of(look)
        text = symbols(raw, font) if is_symbol_font(font) else "".join(map(bullet_sign, raw))
    else:
        text = "".join(f"%{ord(char) + 1}" if char < "\x09" else char for char in raw)
    level = Level(
        start=min(start, 100_000),
        format=form,
        text=text,
        suffix="" if follow == 2 else " ",
        restart=(restart if flags & 8 else None),
        all_decimal=bool(flags & 4),
    )
    return level, at + 2 + 2 * length
