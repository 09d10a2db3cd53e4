"""What each passage says of a document that a report cites more than once: its issuer and its subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.citations.context import read_subject
from extractors.relations.reading import Reading
from schemas.records import Citation, Record
from schemas.relation import Quantity, Relation

_ISSUER = re.compile(r"(?<!\w)(?:của|do)\s+(?P<issuer>[^\d][^;]*?)\s*(?:ban hành|ký)?\s*$", re.I)
_DATE = re.compile(r"[\s,(]*(?:ký )?(?:ngày|tháng|năm)\s.*$", re.I)


def find_cited(reading: Reading, records: Sequence[Record]) -> Iterator[Relation]:
    """One relation for each numbered document with several passages: the issuers, then the subjects that they print.

    Parts with the label ``issuer`` are passages that name one, with the label ``subject`` those that say what it
    is about; documents of which only one passage says so are left out.
    """
    for record in records:
        if not isinstance(record, Citation) or record.number is None or len(record.evidence) < 2:
            continue
        for label in ("issuer", "subject"):
            parts = []
            for passage in record.evidence:
                said = _issuer(passage.quote) if label == "issuer" else _subject(reading, passage.end)
                if said:
                    parts.append(Quantity(value=0, printed=said, label=label, evidence=passage))
            own = record.issuer if label == "issuer" else record.subject
            if own and parts and own not in {part.printed for part in parts}:
                silent = [p for p in record.evidence if p not in [part.evidence for part in parts]]
                parts += [Quantity(value=0, printed=own, label=label, evidence=passage) for passage in silent[:1]]
            if len(parts) > 1:
                yield Relation(kind="cited", whole=None, parts=tuple(parts), exhaustive=True, cue=record.number)


def _issuer(quote: str) -> str | None:
    match = _ISSUER.search(" ".join(quote.split()))
    return _DATE.sub("", match["issuer"]).strip(" ,.)") or None if match else None


def _subject(reading: Reading, end: int) -> str | None:
    """What stands after a passage of the layer as the document's subject."""
    offsets = reading.document.view.offsets
    position = bisect_left(offsets, end)
    if position >= len(reading.text):
        return None
    span = read_subject(reading.document, position, [])
    return reading.document.value(*span) if span else None
