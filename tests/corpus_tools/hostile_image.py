"""Pictures that want to crash, hang or fill the memory, for ``corpus/hostile``."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

_LETTERS = "Báo cáo".encode()


def image_files() -> Iterator[tuple[str, bytes, str | None]]:
    """Name, bytes, and a word of the refusal; an empty word where it may be read or refused."""
    noise = Image.frombytes("L", (300, 300), random.Random(1).randbytes(90_000))
    for kind in ("jpg", "png", "tiff"):
        stream = io.BytesIO()
        noise.save(stream, {"jpg": "JPEG", "png": "PNG", "tiff": "TIFF"}[kind])
        yield f"image-cut.{kind}", stream.getvalue()[: len(stream.getvalue()) // 3], "damaged"
    yield "image-only-head.jpg", b"\xff\xd8\xff\xe0", "damaged"
    yield "image-only-head.png", b"\x89PNG\r\n\x1a\n", "damaged"
    yield "image-only-head.tiff", b"II*\0\x08\0\0\0", "damaged"
    yield "image-empty.png", png(400, 300, zlib.compress((b"\0" + b"\xff" * 400) * 300)), "empty"
    yield "image-one-point.png", png(1, 1, zlib.compress(b"\0\0")), "too small"
    yield "image-a-line.png", png(30_000, 2, zlib.compress((b"\0" + bytes(30_000)) * 2)), "too small"
    yield "image-lying-size.png", png(60_000, 60_000, zlib.compress(_LETTERS)), "points"
    yield "image-bomb.png", png(20_000, 20_000, zlib.compress(bytes(2_501) * 20_000, 9), bits=1), "points"
    words = b"a\0\0" + zlib.compress(bytes(90_000_000), 9)
    yield "image-text-bomb.png", png(9, 9, zlib.compress(bytes(10) * 9), words), ""
    yield "image-page-loop.tiff", tiff(1, next_at=8), ""
    yield "image-many-pages.tiff", tiff(400), "pages"
    yield "image-far-strips.tiff", tiff(1, strips_at=2**31), "damaged"


def png(width: int, height: int, data: bytes, text: bytes = b"", *, bits: int = 8) -> bytes:
    """A grey PNG of that size with any packed data, and a packed text where there is one."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0))
    words = chunk(b"zTXt", text) if text else b""
    return b"\x89PNG\r\n\x1a\n" + head + words + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def tiff(pages: int, *, next_at: int | None = None, strips_at: int = 0) -> bytes:
    """A TIFF of pages of 16 by 16 points; the last one is followed by the page at an offset."""
    out = b"II*\0" + struct.pack("<I", 8)
    for page in range(pages):
        tags = ((256, 16), (257, 16), (258, 8), (259, 1), (262, 1), (273, strips_at), (277, 1), (278, 16), (279, 256))
        start = len(out)
        end = start + 2 + 12 * len(tags) + 4
        out += struct.pack("<H", len(tags))
        out += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        out += struct.pack("<I", end if page < pages - 1 else next_at or 0)
    return out + bytes(256)
