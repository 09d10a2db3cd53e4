"""The parts of a finding's fingerprint, by which verdicts find their finding again."""

from __future__ import annotations

from dataclasses import dataclass

#: Hexadecimal digits of each of the three parts.
PART = 8


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is said without its numbers, the numbers, and whose finding it is (rule, issuer and time)."""

    words: str
    values: str
    identity: str


def parse_fingerprint(text: str) -> Fingerprint | None:
    """The parts of a fingerprint; None for one of another shape."""
    if len(text) != 3 * PART:
        return None
    return Fingerprint(text[:PART], text[PART : 2 * PART], text[2 * PART :])
