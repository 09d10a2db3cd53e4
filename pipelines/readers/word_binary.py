"""The structures of a Word 97-2003 file (.doc): its text in pieces, fonts, styles and properties.

Source: [MS-DOC], the published description of the format. Only what a reader of the text needs is
read; every count that the file states is checked against the bytes that are there.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from pipelines.readers.signs import bullet_sign
from pipelines.readers.word_formats import (
    CHARACTER_STYLE,
    DELETED,
    FONT_ASCII,
    FONT_OTHER,
    HIDDEN,
    SPECIAL,
    SYMBOL,
    CharacterFormat,
    ParagraphFormat,
    is_on,
    properties,
    to_int,
    with_properties,
)

#: Bound on chains of styles, which a hostile file may make endless.
_MAX_CHAIN = 12
_PAGE = 512


class WordFile:
    """A Word file taken apart. Offsets into the text are called cp, offsets into the stream fc."""

    def __init__(self, main: bytes, table: bytes) -> None:
        """``main`` is the stream WordDocument, ``table`` the table stream that it names.

        Raises: struct.error, IndexError or ValueError where the file is damaged.
        """
        self._main = main
        self._table = table
        self._pieces = list(self._read_pieces())
        self.text = "".join(self._piece_text(fc, count, wide) for _, count, fc, wide in self._pieces)
        counts = [self._number(76 + 4 * index) for index in range(8)]
        #: Numbers of characters of the body, footnotes, headers, (macros), comments, endnotes, text boxes.
        self.body, self.footnotes, self.headers, _, self.comments, self.endnotes, self.boxes = (
            *counts[:3],
            *counts[3:7],
        )
        self._fonts = self._read_fonts()
        self._styles = self._read_styles()

    def location(self, index: int) -> bytes:
        """A part of the table stream, by its number in the list that the file begins with."""
        start, length = struct.unpack_from("<II", self._main, 154 + 8 * index)
        if start + length > len(self._table):
            raise ValueError("a part lies outside of the file")
        return self._table[start : start + length]

    def start_of(self, index: int) -> int:
        """Where in the table stream a part begins, for those with more behind them than they state."""
        return self._number(154 + 8 * index)

    @property
    def table(self) -> bytes:
        """The whole table stream."""
        return self._table

    def header_bounds(self) -> list[int]:
        """Where in the text of the headers each of them begins, and where the last ends."""
        data = self.location(11)
        bounds = struct.unpack_from(f"<{len(data) // 4}I", data, 0)
        return sorted(min(bound, self.headers) for bound in bounds)

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The range of text in parts whose bytes lie together: cp from, cp to, and the fc of the first."""
        index = max(bisect_right(self._piece_starts, start) - 1, 0)
        for first, count, fc, wide in self._pieces[index:]:
            if first >= end:
                break
            low, high = max(start, first), min(end, first + count)
            if low < high:
                yield low, high, fc + (low - first) * (2 if wide else 1)

    def runs(self, start: int, end: int, style: int) -> Iterator[tuple[str, CharacterFormat]]:
        """The range of text in runs of one format; ``style`` is that of its paragraph."""
        base = self._style_format(style)
        starts, grpprls = self._characters
        for low, high, fc in self.spans(start, end):
            width = 2 if self._is_wide(low) else 1
            at = low
            while at < high:
                here = fc + (at - low) * width
                index = bisect_right(starts, here) - 1
                stop = starts[index + 1] if index + 1 < len(starts) else here + (high - at) * width
                upto = min(high, at + max((stop - here + width - 1) // width, 1))
                grpprl = grpprls[index] if index >= 0 else b""
                yield self.text[at:upto], self._formatted(base, grpprl)
                at = upto

    def paragraph(self, cp: int) -> ParagraphFormat:
        """The format of the paragraph whose mark stands at a cp."""
        for _, _, fc in self.spans(cp, cp + 1):
            starts, papxs = self._paragraphs
            index = bisect_right(starts, fc) - 1
            return self._paragraph_format(papxs[index]) if index >= 0 else ParagraphFormat()
        return ParagraphFormat()

    # --- text ------------------------------------------------------------------------------------

    def _read_pieces(self) -> Iterator[tuple[int, int, int, bool]]:
        """First cp, number of characters, fc, and whether each takes two bytes, of every piece."""
        clx = self.location(33)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise ValueError("the table of pieces is missing")
        size = struct.unpack_from("<I", clx, at + 1)[0]
        plc = clx[at + 5 : at + 5 + size]
        count = (len(plc) - 4) // 12
        starts = struct.unpack_from(f"<{count + 1}I", plc, 0)
        total = 0
        for index in range(count):
            fc = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
            length = starts[index + 1] - starts[index]
            wide = not fc & 0x40000000
            fc = fc if wide else (fc & 0x3FFFFFFF) // 2
            total += length
            if length < 0 or total > len(self._main) or fc + length * (2 if wide else 1) > len(self._main):
                raise ValueError("a piece lies outside of the file")
            yield starts[index], length, fc, wide

    def _piece_text(self, fc: int, count: int, wide: bool) -> str:
        if wide:
            text = self._main[fc : fc + 2 * count].decode("utf-16-le", "surrogatepass")
            # A pair of surrogates is one character here and two there: offsets would drift apart.
            return text if len(text) == count else _one_for_one(self._main[fc : fc + 2 * count])
        return "".join(map(_CP1252.__getitem__, self._main[fc : fc + count]))

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [first for first, *_ in self._pieces]

    def _is_wide(self, cp: int) -> bool:
        return self._pieces[max(bisect_right(self._piece_starts, cp) - 1, 0)][3]

    # --- fonts and styles ------------------------------------------------------------------------

    def _read_fonts(self) -> list[str]:
        data = self.location(15)
        fonts: list[str] = []
        at = 4
        while at < len(data):
            size = data[at] + 1
            name = data[at + 40 : at + size].decode("utf-16-le", "replace")
            fonts.append(name.split("\0", 1)[0])
            at += size
        return fonts

    def font_of(self, grpprl: bytes) -> str:
        """The font that a list of properties sets; empty where it sets none."""
        return self._apply(CharacterFormat(), grpprl).font

    def _font(self, number: int) -> str:
        return self._fonts[number] if 0 <= number < len(self._fonts) else ""

    def _read_styles(self) -> list[tuple[int, bytes, bytes] | None]:
        """Of each style the one it is based on and its properties of paragraphs and of characters."""
        data = self.location(1)
        header = struct.unpack_from("<H", data, 0)[0]
        count, base_size = struct.unpack_from("<HH", data, 2)
        self._default_font = self._font(struct.unpack_from("<H", data, 14)[0]) if header >= 18 else ""
        styles: list[tuple[int, bytes, bytes] | None] = []
        at = 2 + header
        for _ in range(count):
            if at + 2 > len(data):
                break
            size = struct.unpack_from("<H", data, at)[0]
            styles.append(_style(data[at + 2 : at + 2 + size], base_size) if size else None)
            at += 2 + size
        return styles

    def _chain(self, style: int) -> list[tuple[int, bytes, bytes]]:
        """The style and those it is based on, the base first."""
        chain: list[tuple[int, bytes, bytes]] = []
        for _ in range(_MAX_CHAIN):
            found = self._styles[style] if 0 <= style < len(self._styles) else None
            if found is None:
                break
            chain.append(found)
            style = found[0]
        return chain[::-1]

    def _style_format(self, style: int) -> CharacterFormat:
        if style not in self._style_formats:
            found = CharacterFormat(font=self._default_font)
            for _, _, characters in self._chain(style):
                found = self._formatted(found, characters)
            self._style_formats[style] = found
        return self._style_formats[style]

    @cached_property
    def _style_formats(self) -> dict[int, CharacterFormat]:
        return {}

    @cached_property
    def _format_cache(self) -> dict[tuple[CharacterFormat, bytes], CharacterFormat]:
        return {}

    def _formatted(self, base: CharacterFormat, grpprl: bytes) -> CharacterFormat:
        if not grpprl:
            return base
        key = (base, grpprl)
        if key not in self._format_cache:
            self._format_cache[key] = self._apply(base, grpprl)
        return self._format_cache[key]

    def _apply(self, base: CharacterFormat, grpprl: bytes) -> CharacterFormat:
        found = base
        ascii_font = other_font = None
        for code, operand in properties(grpprl):
            if code == CHARACTER_STYLE:
                for _, _, characters in self._chain(to_int(operand))[-_MAX_CHAIN:]:
                    found = self._apply(found, characters) if characters != grpprl else found
            elif code == FONT_ASCII:
                ascii_font = self._font(to_int(operand))
            elif code == FONT_OTHER:
                other_font = self._font(to_int(operand))
            elif code == HIDDEN:
                found = replace(found, is_hidden=is_on(operand, base.is_hidden))
            elif code == DELETED:
                found = replace(found, is_deleted=bool(operand[0]))
            elif code == SPECIAL:
                found = replace(found, is_special=bool(operand[0]))
            elif code == SYMBOL:
                own, code_point = struct.unpack_from("<HH", operand)
                found = replace(found, symbol=bullet_sign(chr(code_point), self._font(own)))
        # Letters outside ASCII are drawn in the second font; where only one is set, both are.
        font = other_font or ascii_font
        return replace(found, font=font) if font else found

    # --- properties ------------------------------------------------------------------------------

    @cached_property
    def _characters(self) -> tuple[list[int], list[bytes]]:
        starts: list[int] = []
        grpprls: list[bytes] = []
        for page in self._pages(12):
            count = page[511]
            bounds = struct.unpack_from(f"<{count + 1}I", page, 0)
            for index in range(count):
                at = 2 * page[4 * (count + 1) + index]
                starts.append(bounds[index])
                grpprls.append(page[at + 1 : at + 1 + page[at]] if at else b"")
        return _sorted(starts, grpprls)

    @cached_property
    def _paragraphs(self) -> tuple[list[int], list[bytes]]:
        starts: list[int] = []
        papxs: list[bytes] = []
        for page in self._pages(13):
            count = page[511]
            bounds = struct.unpack_from(f"<{count + 1}I", page, 0)
            for index in range(count):
                at = 2 * page[4 * (count + 1) + 13 * index]
                starts.append(bounds[index])
                papxs.append(_papx(page, at) if at else b"")
        return _sorted(starts, papxs)

    def _pages(self, index: int) -> Iterator[bytes]:
        plc = self.location(index)
        count = (len(plc) - 4) // 8
        for number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count > 0 else ():
            page = self._main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            if len(page) < _PAGE:
                raise ValueError("a page of properties lies outside of the file")
            yield page

    def _paragraph_format(self, papx: bytes) -> ParagraphFormat:
        if papx not in self._paragraph_cache:
            style = struct.unpack_from("<H", papx, 0)[0] if len(papx) >= 2 else 0
            found = ParagraphFormat(style=style)
            for _, paragraphs, _ in self._chain(style):
                found = with_properties(found, paragraphs)
            self._paragraph_cache[papx] = with_properties(found, papx[2:])
        return self._paragraph_cache[papx]

    @cached_property
    def _paragraph_cache(self) -> dict[bytes, ParagraphFormat]:
        return {}

    def _number(self, offset: int) -> int:
        return int(struct.unpack_from("<I", self._main, offset)[0])


_CP1252 = [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]


def _one_for_one(data: bytes) -> str:
    units = struct.unpack(f"<{len(data) // 2}H", data)
    return "".join(chr(unit) if not 0xD800 <= unit < 0xE000 else "\ufffd" for unit in units)


def _sorted(starts: list[int], values: list[bytes]) -> tuple[list[int], list[bytes]]:
    order = sorted(range(len(starts)), key=starts.__getitem__)
    return [starts[index] for index in order], [values[index] for index in order]


def _style(data: bytes, base_size: int) -> tuple[int, bytes, bytes] | None:
    if len(data) < 10:
        return None
    kind_and_base, parts = struct.unpack_from("<HH", data, 2)
    at = base_size + 2 + 2 * (struct.unpack_from("<H", data, base_size)[0] + 1)
    found: list[bytes] = []
    for _ in range(parts & 15):
        if at + 2 > len(data):
            break
        size = struct.unpack_from("<H", data, at)[0]
        found.append(data[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    base = kind_and_base >> 4
    if kind_and_base & 15 == 1:
        paragraph = found[0][2:] if found else b""
        return base, paragraph, found[1] if len(found) > 1 else b""
    return base, b"", found[0] if found and kind_and_base & 15 == 2 else b""


def _papx(page: bytes, at: int) -> bytes:
    size = page[at]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if size == 0 else page[at + 1 : at + 2 * size]
