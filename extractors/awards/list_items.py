"""The items of the lists that decisions attach: with a marker, or behind a number that the page sets apart."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.outline import PART
from extractors._shared.view import CAPITAL

#: A number on a line of its own, as columns that were read as lines have it.
BARE_NUMBER = re.compile(r"\(?\d{1,3}[.)]?")
_NUMBERED = re.compile(rf"\(?\d{{1,3}}[.)]?[ \t]+(?=[{CAPITAL}])")


def is_item(block: Block) -> bool:
    """Whether a block may tell a holder: by its bullet or number, not by the letter of a part."""
    return block.kind == "item" or (
        block.marker is not None and block.marker.number is not None and block.marker.kind != PART
    )


def item_start(document: Document, block: Block) -> int | None:
    """Where the text of an item of a list begins; None for a block that is none.

    ``2. Trường A``, ``(2) Ông B``, ``2 Trường A``, and a line behind one that is a number alone.
    """
    if is_item(block):
        return block.body
    if numbered := _NUMBERED.match(document.text, block.start, block.end):
        return numbered.end()
    before = document.blocks[block.index - 1] if block.index else None
    if before is not None and BARE_NUMBER.fullmatch(document.text, before.start, before.end):
        return block.start
    return None
