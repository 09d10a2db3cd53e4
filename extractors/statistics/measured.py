"""A number on its way to an indicator: what is known of it before it is worded."""

from __future__ import annotations

from dataclasses import dataclass

from extractors._shared.numbers import Number


@dataclass(frozen=True)
class Measured:
    """A number and what is known of it before its indicator is worded.

    ``unit`` is the counted noun, ``unit_range`` where it stands behind the number (None where it was
    said before); ``parent`` is the indicator of the whole of which the number is said to be a part,
    ``previous`` that of the number before it, ``sign`` that of a change,
    ``subject`` the noun that the numbers of the block count until another is named, ``alike`` the
    indicator of the last number of the same unit in the block, ``staff`` those of whom the passage speaks,
    ``share`` where the percentage before it ends, in whatever block, and its indicator.
    """

    number: Number
    unit: str | None
    unit_end: int
    unit_range: tuple[int, int] | None
    parent: str | None
    previous: str | None
    level: str | None
    sign: int = 0
    subject: str | None = None
    alike: str | None = None
    staff: str | None = None
    share: tuple[int, str] | None = None
