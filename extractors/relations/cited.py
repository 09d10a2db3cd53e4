"""What each passage says of a document that a report cites more than once: its issuer and its subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.citations.context import read_subject
from extractors.relations.reading import Reading
from schemas.records import Citation, Record
from schemas.relation import Quantity, Relation
from schemas.text import Evidence

_ISSUER = re.compile(r"(?<!\w)(?:của|do)\s+(?P<issuer>[^\d][^;]*?)\s*(?:ban hành|ký)?\s*$", re.I)
_DATE = re.compile(r"[\s,(]*(?:ký )?(?:ngày|tháng|năm)\s.*$", re.I)


#: A bracket between an issuer and the subject.
_NOTE = re.compile(r" ?\([^()\n]{2,40}\)(?= (?:về|v/v)(?!\w))", re.I)


def find_cited(reading: Reading, records: Sequence[Record]) -> Iterator[Relation]:
    """One relation for each numbered document with several passages: the issuers, then the subjects that they print.

    Parts with the label ``issuer`` are passages that name one, with the label ``subject`` those that say what it
    is about; documents of which only one passage says so are left out.
    """
    for record in records:
        if not isinstance(record, Citation) or record.number is None or len(record.evidence) < 2:
            continue
        for label in ("issuer", "subject"):
            parts: list[Quantity] = []
            for passage in record.evidence:
                if label == "subject":
                    parts += _subject(reading, passage)
                elif said := _issuer(passage.quote):
                    parts.append(Quantity(value=0, printed=said, label=label, evidence=passage))
            own = record.issuer if label == "issuer" else record.subject
            if own and parts and own not in {part.printed for part in parts}:
                silent = [p for p in record.evidence if p.start not in [part.evidence.start for part in parts]]
                parts += [Quantity(value=0, printed=own, label=label, evidence=passage) for passage in silent[:1]]
            if len(parts) > 1:
                yield Relation(kind="cited", whole=None, parts=tuple(parts), exhaustive=True, cue=record.number)


def _issuer(quote: str) -> str | None:
    match = _ISSUER.search(" ".join(quote.split()))
    return _DATE.sub("", match["issuer"]).strip(" ,.)") or None if match else None


def _subject(reading: Reading, passage: Evidence) -> Iterator[Quantity]:
    """What stands behind a passage of the layer as the document's subject, the passage with it."""
    offsets = reading.document.view.offsets
    start, end = bisect_left(offsets, passage.start), bisect_left(offsets, passage.end)
    if note := _NOTE.match(reading.text, end):  # của Huyện ủy (tỉnh Sơn La) về …
        end = note.end()
    span = read_subject(reading.document, end, []) if end < len(reading.text) else None
    if span is not None:
        said, whole = reading.document.value(*span), reading.evidence(start, span[1])
        yield Quantity(value=0, printed=said, label="subject", evidence=whole)
