"""One mention of a document, before mentions are joined to records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    """Where a document is named, as a range of the view, and what the passage says about it.

    ``typed`` tells whether the type is printed (else it follows from the number's symbol),
    ``complete`` whether the number has its symbol. ``key`` tells documents without a number apart.
    """

    start: int
    end: int
    doc_type: str
    number: str | None = None
    typed: bool = True
    complete: bool = True
    key: str = ""
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
