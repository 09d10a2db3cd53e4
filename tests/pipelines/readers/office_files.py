"""Old office files made at test time, byte by byte: compound files, Word 97 documents, Excel 97 workbooks."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams; each is filled up with zeros to a size that stands in sectors."""
    chains: list[tuple[int, int]] = []  # first sector and size
    body = b""
    table: list[int] = []
    for data in streams.values():
        data = data.ljust(4096, b"\0")
        count = -(-len(data) // _SECTOR)
        first = len(table)
        chains.append((first, len(data)))
        table += [*range(first + 1, first + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE, start=_END, size=0)]
    for number, (name, (start, size)) in enumerate(zip(streams, chains, strict=True), 1):
        # A list of right neighbours is a tree too.
        entries.append(_entry(name, 2, right=number + 1 if number < len(streams) else _FREE, start=start, size=size))
    directory = b"".join(entries)
    directory += b"\0" * (-len(directory) % _SECTOR)
    directory_start, count = len(table), len(directory) // _SECTOR
    table += [*range(directory_start + 1, directory_start + count), _END]
    fat_count = 1
    while (len(table) + fat_count) > fat_count * 128:
        fat_count += 1
    fat_start = len(table)
    table += [_FAT] * fat_count
    fat = b"".join(struct.pack("<I", entry) for entry in table).ljust(fat_count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, fat_count, directory_start, 0, 4096, _END, 0, _END, 0)
    places = [*range(fat_start, fat_start + fat_count), *[_FREE] * 109][:109]
    return header + struct.pack("<109I", *places) + body + directory + fat


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int, size: int) -> bytes:
    stored = name.encode("utf-16-le") + b"\0\0"
    head = stored.ljust(64, b"\0") + struct.pack("<HBB", len(stored), kind, 1)
    return head + struct.pack("<III", _FREE, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)


@dataclass
class Par:
    """A paragraph: runs of font, text and further properties; its own properties, and the mark that ends it."""

    runs: list[tuple[str, str, bytes]]
    properties: bytes = b""
    mark: str = "\r"
    style: int = 0


def par(text: str, font: str = "Times New Roman", **options: object) -> Par:
    """A paragraph of one run."""
    return Par([(font, text, b"")], **options)  # type: ignore[arg-type]


IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)
HIDDEN = struct.pack("<HB", 0x083C, 1)
DELETED = struct.pack("<HB", 0x0800, 1)
SPECIAL = struct.pack("<HB", 0x0855, 1)


def row_end(edges: Sequence[int], flags: Sequence[int] = ()) -> Par:
    """The end of a table row whose cells have these borders."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in [*flags, *[0] * len(edges)][: len(edges) - 1])
    body = struct.pack("<B", len(edges) - 1) + struct.pack(f"<{len(edges)}h", *edges) + cells
    return Par([], ROW_END + struct.pack("<HH", 0xD608, len(body) + 1) + body, "\x07")


def list_item(text: str, number: int = 1, level: int = 0) -> Par:
    """A paragraph of a list."""
    return par(text, properties=struct.pack("<HBHH", 0x260A, level, 0x460B, number))


@dataclass
class Doc:
    """A Word 97 document: its body, footnotes and text boxes."""

    body: list[Par]
    footnotes: list[Par] = field(default_factory=list)
    headers: list[Par] = field(default_factory=list)
    boxes: list[Par] = field(default_factory=list)
    #: Levels of the one list that there is: format, text (``\\0`` stands for the number), first number.
    levels: list[tuple[int, str, int]] = field(default_factory=list)
    default_font: str = "Times New Roman"

    def streams(self, *, wide: bool = False, flags: int = 0x0200, version: int = 0x00C1) -> dict[str, bytes]:
        """The streams of its compound file; ``wide`` stores two bytes a character."""
        stories = [self.body, self.footnotes, self.headers, [], [], [], self.boxes, []]
        fonts = list(dict.fromkeys([self.default_font, *(f for story in stories for p in story for f, _, _ in p.runs)]))
        text, characters, paragraphs, counts = "", [], [], []
        width = 2 if wide else 1
        for story in stories:
            start = len(text)
            for paragraph in story:
                for font, printed, extra in [*paragraph.runs, (self.default_font, paragraph.mark, b"")]:
                    number = fonts.index(font)
                    grpprl = struct.pack("<HHHH", 0x4A4F, number, 0x4A51, number) + extra
                    characters.append((1024 + width * len(text), grpprl))
                    text += printed
                properties = struct.pack("<H", paragraph.style) + paragraph.properties
                paragraphs.append((1024 + width * (len(text) - 1), properties))
            counts.append(len(text) - start)
        stored = text.encode("utf-16-le") if wide else text.encode("cp1252", "surrogateescape")
        main = bytearray(1024) + stored
        main += b"\0" * (-len(main) % _SECTOR)
        end = 1024 + len(stored)
        # The marks alone tell where paragraphs end: each starts where the one before ends.
        begins = [1024, *(fc + width for fc, _ in paragraphs)]
        chpx, main = _pages(main, [fc for fc, _ in characters] + [end], [bytes([len(g)]) + g for _, g in characters], 1)
        papx, main = _pages(main, begins, [_sized(g) for _, g in paragraphs], 13)
        parts = {
            1: _styles(),
            12: chpx,
            13: papx,
            15: struct.pack("<HH", len(fonts), 0) + b"".join(map(_font, fonts)),
            33: b"\2" + struct.pack("<I", 16) + _piece(len(text), wide),
        }
        if self.levels:
            parts[73], parts[74] = self._lists()
        table = b""
        for index, part in sorted(parts.items()):
            stated = 30 if index == 73 else len(part)  # the levels stand behind the list of lists
            struct.pack_into("<II", main, 154 + 8 * index, len(table), stated)
            table += part
        struct.pack_into("<HH", main, 0, 0xA5EC, version)
        struct.pack_into("<H", main, 10, flags)
        struct.pack_into("<8I", main, 76, *counts)
        return {"WordDocument": bytes(main), "1Table": table}

    def build(self, **options: object) -> bytes:
        """The file."""
        return compound_file(self.streams(**options))  # type: ignore[arg-type]

    def _lists(self) -> tuple[bytes, bytes]:
        definitions = struct.pack("<H", 1) + struct.pack("<II18sBB", 77, 0, b"", len(self.levels) == 1, 0)
        levels = b""
        for kind, text, first in [
            *self.levels,
            *[(255, "", 1)] * (9 - len(self.levels) if len(self.levels) > 1 else 0),
        ]:
            stored = text.encode("utf-16-le")
            levels += struct.pack("<IBB9sBIIBBBB", first, kind, 0, b"", 1, 0, 0, 0, 0, 0, 0)
            levels += struct.pack("<H", len(text)) + stored
        use = struct.pack("<I", 1) + struct.pack("<IIIBBBB", 77, 0, 0, 0, 0, 0, 0) + struct.pack("<I", 0xFFFFFFFF)
        return definitions + levels, use


def _pages(main: bytearray, bounds: list[int], values: list[bytes], step: int) -> tuple[bytes, bytearray]:
    """The list of the pages of properties, and the stream with them at its end."""
    starts, numbers = [], []
    for first in range(0, len(values), 5):
        starts.append(bounds[first])
        numbers.append(len(main) // _SECTOR)
        main += _page(bounds[first : first + 6], values[first : first + 5], step)
    return struct.pack(f"<{2 * len(numbers) + 1}I", *starts, bounds[-1], *numbers), main


def _page(bounds: list[int], values: list[bytes], step: int) -> bytes:
    """A page of properties: bounds, then pointers, the values from the end."""
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = 510
    for number, value in enumerate(values):
        at = (at - len(value)) // 2 * 2
        page[at : at + len(value)] = value
        page[4 * len(bounds) + step * number] = at // 2
    page[511] = len(values)
    assert at > 4 * len(bounds) + step * len(values), "too much for one page"
    return bytes(page)


def _sized(papx: bytes) -> bytes:
    if len(papx) % 2:
        return bytes([(len(papx) + 1) // 2]) + papx
    return bytes([0, len(papx) // 2]) + papx


def _piece(length: int, wide: bool) -> bytes:
    start = 1024 if wide else 0x40000000 | 2048
    return struct.pack("<II", 0, length) + struct.pack("<HIH", 0, start, 0)


def _font(name: str) -> bytes:
    stored = name.encode("utf-16-le") + b"\0\0"
    return bytes([39 + len(stored)]) + b"\0" * 39 + stored


def _styles() -> bytes:
    """Normal, and a heading of the first level that is based on it."""
    header = struct.pack("<HHHHHHHHH", 2, 10, 1, 2, 2, 0, 0, 0, 0)
    out = struct.pack("<H", len(header)) + header
    for name, base, outline in (("Normal", 0xFFF, b""), ("heading 1", 0, struct.pack("<HB", 0x2640, 0))):
        papx = struct.pack("<H", 0) + outline
        papx_part = struct.pack("<H", len(papx)) + papx + b"\0" * (len(papx) % 2)
        body = struct.pack("<HHHHH", 0, 1 | base << 4, 2, 0, 0) + struct.pack("<H", len(name))
        body += name.encode("utf-16-le") + b"\0\0" + papx_part + struct.pack("<H", 0)
        out += struct.pack("<H", len(body)) + body
    return out


@dataclass
class Xls:
    """An Excel 97 workbook of one sheet: cells by place, a text or a number with its font and format."""

    cells: dict[tuple[int, int], tuple[str | float, str, str]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first and last row, first and last column
    hidden_rows: tuple[int, ...] = ()
    name: str = "Biểu 1"

    def build(self) -> bytes:
        """The file."""
        looks = list(dict.fromkeys((font, code) for _, font, code in self.cells.values()))
        fonts = list(dict.fromkeys(font for font, _ in looks))
        codes = list(dict.fromkeys(code for _, code in looks))
        head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(0x0042, b"\xb0\x04")
        # There is no font of number 4.
        for font in [*["Arial"] * 5, *fonts]:
            head += _record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + _text(font, 1))
        for number, code in enumerate(codes):
            head += _record(0x041E, struct.pack("<H", 164 + number) + _text(code, 2))
        for font, code in looks:
            form = struct.pack("<HHH14x", 6 + fonts.index(font), 164 + codes.index(code), 1)
            head += _record(0x00E0, form)
        sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        for row in self.hidden_rows:
            sheet += _record(0x0208, struct.pack("<HHHHHHI", row, 0, 1, 0, 0, 0, 0x20))
        for (row, col), (value, font, code) in sorted(self.cells.items()):
            place = struct.pack("<HHH", row, col, looks.index((font, code)))
            if isinstance(value, str):
                sheet += _record(0x0204, place + _text(value, 2))
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
        if self.merged:
            ranges = b"".join(struct.pack("<HHHH", *merge) for merge in self.merged)
            sheet += _record(0x00E5, struct.pack("<H", len(self.merged)) + ranges)
        sheet += _record(0x000A, b"")
        bound = _record(0x0085, struct.pack("<IBB", 0, 0, 0) + _text(self.name, 1))
        start = len(head) + len(bound) + 4
        head += _record(0x0085, struct.pack("<IBB", start, 0, 0) + _text(self.name, 1)) + _record(0x000A, b"")
        return compound_file({"Workbook": head + sheet})


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _text(text: str, count_bytes: int) -> bytes:
    return struct.pack("<B" if count_bytes == 1 else "<H", len(text)) + b"\1" + text.encode("utf-16-le")
