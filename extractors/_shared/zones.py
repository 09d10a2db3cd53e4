"""Zones of an administrative document (Nghị định 30/2020/NĐ-CP): which block is what."""

from __future__ import annotations

from extractors._shared.document import Block
from extractors._shared.view import View
from schemas.text import TextLayer


def mark_zones(layer: TextLayer, view: View, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, with ``kind`` set to the zone where one stands in letterhead, signature and the like."""
    return blocks
