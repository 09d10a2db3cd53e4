"""How the numbers of a report hang together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.document import Block, Document
from extractors.relations.reading import UPPER, Reading
from extractors.relations.structure import Level, parse_level
from extractors.relations.sums import find_sums, relations_of
from schemas.records import Record
from schemas.relation import Relation

# A number may end a sentence; after a word that numbers something it does not.
_STOP_AFTER_NUMBER = re.compile(rf"(?<=\d)\.(?= [{UPPER}])(?<!Điều \d\.)(?<!dung \d\.)(?<!Phần \d\.)")


def find_relations(document: Document, records: Sequence[Record]) -> list[Relation]:
    """The relations of a report's numbers, decided by wording and layout, before any arithmetic."""
    reading = Reading(document)
    found: list[Relation] = []
    for block in document.blocks:
        if block.kind in ("cell", "junk"):
            continue
        level = _level(reading, block)
        for total in find_sums(reading, level):
            found += relations_of(reading, total)
    return found


def _level(reading: Reading, block: Block) -> Level:
    stops = {end for _, end in reading.document.sentences(block)}
    stops |= {match.start() + 1 for match in _STOP_AFTER_NUMBER.finditer(reading.text, block.body, block.end)}
    return parse_level(reading, block.body, block.end, sorted(stops))
