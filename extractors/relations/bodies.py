"""Bodies that a list only names, without counting them."""

from __future__ import annotations

import re

from extractors.relations.reading import UPPER, Reading

#: What a member of a list is called where no number counts it: a body by its abbreviation or its name.
_BODY = re.compile(
    rf"\s*(?:và )?(?:[Tt]rường (?=[{UPPER}])|[Tt]rung tâm |[Vv]ăn phòng |[Pp]hòng (?=GD|Giáo)|TT ?GD|GDTX|PTDT)"
)


def names_body(reading: Reading, own: list[tuple[int, int]]) -> bool:
    """Whether a piece of a list without a number is one of the bodies counted, by its name."""
    return bool(own) and _BODY.match(reading.text, *own[0]) is not None
