"""What a Word 97-2003 file says about characters and paragraphs, in lists of codes and operands.

Source: [MS-DOC], the published description of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

#: Properties of characters, paragraphs and table rows, by their codes.
FONT_ASCII, FONT_OTHER, CHARACTER_STYLE, HIDDEN, DELETED, SPECIAL, SYMBOL = (
    *(0x4A4F, 0x4A51, 0x4A30, 0x083C, 0x0800, 0x0855, 0x6A09),
)
_STYLE, _IN_TABLE, _ROW_END, _DEPTH, _OUTLINE, _LIST_LEVEL, _LIST, _ROW, _HEADING_ROW = (
    *(0x4600, 0x2416, 0x2417, 0x6649, 0x2640, 0x260A, 0x460B, 0xD608, 0x3404),
)
_CHANGED_TABS = 0xC615
_OPERAND_BYTES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


@dataclass(frozen=True)
class CharacterFormat:
    """What a run of characters is: ``symbol`` is its sign where it stands for one of a symbol font."""

    font: str = ""
    is_hidden: bool = False
    is_deleted: bool = False
    is_special: bool = False
    symbol: str = ""


@dataclass(frozen=True)
class ParagraphFormat:
    """What a paragraph is. ``depth`` counts the tables around it; ``list`` is the number of its list, 0 without one.

    ``edges`` and ``merges`` describe the cells of a row that ends here: their borders from left to right in
    twentieths of a point, and for each cell its flags.
    """

    style: int = 0
    depth: int = 0
    ends_row: bool = False
    outline: int | None = None
    list: int = 0
    list_level: int = 0
    is_heading_row: bool = False
    edges: tuple[int, ...] = ()
    merges: tuple[int, ...] = ()


def properties(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Codes and operands of a list of properties; what is cut off at the end is left out."""
    at = 0
    while at + 2 < len(grpprl):
        code = struct.unpack_from("<H", grpprl, at)[0]
        at += 2
        kind = code >> 13
        if kind == 6:
            if code == _ROW:
                if at + 2 > len(grpprl):
                    return
                size = struct.unpack_from("<H", grpprl, at)[0] + 1
            elif code == _CHANGED_TABS and grpprl[at] == 255:
                return  # its length does not say how long it is, and nothing behind it matters
            else:
                size = grpprl[at] + 1
        else:
            size = _OPERAND_BYTES[kind]
        operand = grpprl[at : at + size]
        if len(operand) < size:
            return
        yield code, operand
        at += size


def with_properties(found: ParagraphFormat, grpprl: bytes) -> ParagraphFormat:
    """The format of a paragraph, changed by a list of properties."""
    changes: dict[str, object] = {}
    for code, operand in properties(grpprl):
        if code == _IN_TABLE:
            changes["depth"] = max(int(changes.get("depth", found.depth)), operand[0] and 1)  # type: ignore[call-overload]
        elif code == _DEPTH:
            changes["depth"] = min(to_int(operand), 50)
        elif code == _ROW_END:
            changes["ends_row"] = bool(operand[0])
        elif code == _OUTLINE:
            changes["outline"] = operand[0] if operand[0] < 9 else None
        elif code == _LIST:
            changes["list"] = to_int(operand)
        elif code == _LIST_LEVEL:
            changes["list_level"] = min(operand[0], 8)
        elif code == _HEADING_ROW:
            changes["is_heading_row"] = bool(operand[0])
        elif code == _ROW:
            changes.update(_row(operand))
    return replace(found, **changes) if changes else found  # type: ignore[arg-type]


def _row(operand: bytes) -> Mapping[str, object]:
    """Borders and merges of the cells of a row."""
    count = min(operand[2], 63)
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    first = 3 + 2 * (count + 1)
    merges = []
    for index in range(count):
        at = first + 20 * index
        merges.append(struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0)
    return {"edges": tuple(edges), "merges": tuple(merges)}


def is_on(operand: bytes, style: bool) -> bool:
    """Whether a switch is on; it may say that it is as in the style, or the contrary."""
    return {0: False, 1: True, 0x80: style, 0x81: not style}.get(operand[0], style)


def to_int(operand: bytes) -> int:
    """A number."""
    return int.from_bytes(operand, "little")
