"""How the numbers of a report hang together."""

from __future__ import annotations

from collections.abc import Sequence

from extractors._shared.document import Document
from schemas.records import Record
from schemas.relation import Relation


def find_relations(document: Document, records: Sequence[Record]) -> list[Relation]:
    """The relations of a report."""
    return []
