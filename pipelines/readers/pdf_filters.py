"""Streams of a PDF unpacked, as far as it can be done and never beyond a limit: what a form draws is looked at."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable

#: Bytes of an unpacked stream that are looked at, and of one that is unpacked code by code.
MOST_CONTENT, _MOST_CODED = 20_000_000, 2_000_000
#: Bytes that are unpacked at a time: what stands before damaged ones counts.
_PIECE = 4_096
#: Codes of LZW that stand for no bytes, and how many codes there are.
_CLEAR, _END_OF_DATA, _FIRST, _MOST_CODES = 256, 257, 258, 4_096
#: Length that ends a run-length stream.
_END_OF_RUNS = 128
_GAP = rb"[\s\0]*"
_NAME = rb"/([^\s\0/<>\[\](){}%]+)"
#: What packs a stream: a name or several; and where another object says it.
_FILTER = re.compile(rb"/Filter" + _GAP + rb"(\[[^\]]*\]|/[^\s\0/<>\[\](){}%]+)")
_FILTER_ELSEWHERE = re.compile(rb"/Filter" + _GAP + rb"(?:\d|\[(?:[^\]]*[\s\0\]\[])?\d)")
_LATE = re.compile(rb"/EarlyChange" + _GAP + rb"0(?!\d)")
_PREDICTED = re.compile(rb"/Predictor" + _GAP + rb"(?!1(?!\d))\d")


def unpacked(content: bytes, about: bytes) -> bytes | None:
    """What a stream holds, up to its first damage, given what its object says of it.

    None where that cannot be told: it is packed in a way that is not known here, or too large.
    """
    filters = _FILTER.findall(about)
    if len(filters) > 1 or _FILTER_ELSEWHERE.search(about) is not None:
        return None
    for name in re.findall(_NAME, filters[0]) if filters else ():
        if name in _LZW_NAMES:
            content = from_lzw(content, early=_LATE.search(about) is None)
        elif name in _FILTERS:
            content = _FILTERS[name](content)
        else:
            return None
        if len(content) > (_MOST_CODED if name in _CODED else MOST_CONTENT):
            return None
        if name in _PREDICTABLE and _PREDICTED.search(about) is not None:
            return None
    return content


def inflated(packed: bytes) -> bytes:
    """What zlib packed, up to the first damage."""
    unpacker, found, size = zlib.decompressobj(), [], 0
    for start in range(0, len(packed), _PIECE):
        try:
            found.append(unpacker.decompress(packed[start : start + _PIECE], MOST_CONTENT))
        except zlib.error:
            break
        size += len(found[-1])
        if size > MOST_CONTENT:
            break
    return b"".join(found)


def from_lzw(packed: bytes, *, early: bool = True) -> bytes:
    """What LZW packed, up to the first damage; ``early`` says that codes grow one code too soon, as they usually do."""
    table: list[bytes] = [bytes([byte]) for byte in range(256)] + [b"", b""]
    found = bytearray()
    before, width, bits, held = b"", 9, 0, 0
    for byte in packed[:_MOST_CODED]:
        bits, held = (bits << 8) | byte, held + 8
        if held < width:
            continue
        held -= width
        code = bits >> held
        bits &= (1 << held) - 1
        if code == _END_OF_DATA or len(found) > _MOST_CODED:
            break
        if code == _CLEAR:
            del table[_FIRST:]
            before, width = b"", 9
            continue
        if code < len(table):
            new = table[code]
        elif code == len(table) and before:
            new = before + before[:1]
        else:
            break
        found += new
        if before and len(table) < _MOST_CODES:
            table.append(before + new[:1])
        before = new
        width = min(max((len(table) + early).bit_length(), 9), 12)
    return bytes(found)


def from_run_lengths(packed: bytes) -> bytes:
    """What was packed by the lengths of its runs, up to the first damage."""
    found, at = bytearray(), 0
    packed = packed[:_MOST_CODED]
    while at < len(packed) and packed[at] != _END_OF_RUNS and len(found) <= _MOST_CODED:
        length = packed[at]
        if length < _END_OF_RUNS:
            found += packed[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            found += packed[at + 1 : at + 2] * (257 - length)
            at += 2
    return bytes(found)


def _from_ascii85(packed: bytes) -> bytes:
    try:
        return base64.a85decode(packed.partition(b"~>")[0].strip(), ignorechars=b" \t\n\r\v\f\0")
    except ValueError:
        return b""


def _from_hex(packed: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


_LZW_NAMES = frozenset({b"LZWDecode", b"LZW"})
#: Filters whose bytes may be told as differences from those before.
_PREDICTABLE = _LZW_NAMES | {b"FlateDecode", b"Fl"}
#: Filters that are undone code by code, which takes long.
_CODED = _LZW_NAMES | {b"RunLengthDecode", b"RL"}
_FILTERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"FlateDecode": inflated,
    b"Fl": inflated,
    b"RunLengthDecode": from_run_lengths,
    b"RL": from_run_lengths,
    b"ASCII85Decode": _from_ascii85,
    b"A85": _from_ascii85,
    b"ASCIIHexDecode": _from_hex,
    b"AHx": _from_hex,
    # Says how a stream is encrypted; here it is not any more.
    b"Crypt": bytes,
}
