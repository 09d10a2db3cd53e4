"""Holders of a title in a further degree, its name left out: ``41 CĐCS vững mạnh xuất sắc, 13 vững mạnh, 3 khá``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.awards.context import Context
from schemas.records import Award

_DEGREE = r"(?:vững mạnh|tiên tiến|mạnh)(?: xuất sắc| tiêu biểu)?|vmxs|xuất sắc|tiêu biểu"
_ENDS = re.compile(rf"(?P<name>.*?) (?:{_DEGREE})$", re.I | re.S)
_FURTHER = re.compile(
    rf"(?:[,;]|,? và) (?P<n>\d{{1,4}})(?: ?/ ?\d{{1,4}})? (?P<how>{_DEGREE})(?= ?[,;.)]| và |$)", re.M
)


def further_degrees(context: Context, end: int, last: int, told: list[Award]) -> Iterator[Award]:
    """The awards of the degrees counted behind a title, which ends at a position and whose holders are counted."""
    document = context.document
    base = next((award for award in told if award.count and not award.recipient), None)
    named = _ENDS.fullmatch(base.title or "") if base else None
    while base and named and (match := _FURTHER.match(document.lower, end, last)):
        yield base.model_copy(
            update={
                "title": f"{named['name']} {document.value(*match.span('how'))}",
                "count": int(match["n"]),
                "participants": None,
                "evidence": (document.evidence(match.start("n"), match.end()),),
            }
        )
        end = match.end()
