"""Word 6 and 95 (.doc): the text alone, one byte a letter; encodings are told by content, fonts are not read."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.runs import OldFonts
from schemas import TextLayer

_COMPLEX, _ENCRYPTED = 0x0004, 0x0100
_INSTRUCTION = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")
_PARAGRAPH_ENDS = re.compile("[\r\x07\x0c]")
_SIGNS = str.maketrans(
    {"\x0b": "\n", "\t": " ", "\x1e": "-", "\x1f": "\xad", **{chr(code): None for code in (1, 2, 5, 8)}}
)
#: Share of control characters above which the bytes are no text of this kind.
_MOST_CONTROLS = 0.02


def read_word_95(main: bytes, *, sha256: str, file: str) -> TextLayer | None:
    """The layer of the body, a line a paragraph or table cell; None where the bytes are no such text.

    ``main`` is the stream WordDocument.
    """
    try:
        flags = struct.unpack_from("<H", main, 10)[0]
        if flags & _ENCRYPTED:
            return None
        count = struct.unpack_from("<I", main, 0x34)[0]
        text = "".join(_pieces(main) if flags & _COMPLEX else _plain(main, count))[:count]
    except (struct.error, IndexError, ValueError):
        return None
    text = _INSTRUCTION.sub("", text).translate(_SIGNS)
    controls = sum(char < " " and char not in "\n\r\x07\x0c" for char in text)
    if not text.strip() or controls > len(text) * _MOST_CONTROLS:
        return None
    builder = LayerBuilder()
    fonts = OldFonts([("", text)])
    for paragraph in _PARAGRAPH_ENDS.split(text):
        builder.add(fonts.join([("", paragraph)]))
    return builder.build(sha256=sha256, file=file, media_type="application/msword")


def _plain(main: bytes, count: int) -> Iterator[str]:
    start = struct.unpack_from("<I", main, 0x18)[0]
    yield _decoded(main[start : start + count])


def _pieces(main: bytes) -> Iterator[str]:
    """The pieces of a document that was saved fast, in the order of the text."""
    start, size = struct.unpack_from("<II", main, 0x160)
    clx = main[start : start + size]
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("the table of pieces is missing")
    table = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table, 0)
    for index in range(count):
        offset = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)[0]
        length = bounds[index + 1] - bounds[index]
        if length < 0 or offset + length > len(main):
            raise ValueError("a piece lies outside of the file")
        yield _decoded(main[offset : offset + length])


def _decoded(data: bytes) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
