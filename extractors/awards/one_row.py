"""Grades counted in one row are of one contest and level: ``4 giải Nhất, 7 giải Nhì và 12 giải Ba cấp tỉnh``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Document
from schemas.records import Award

#: Between two counts of a row.
_JOINED = re.compile(r"\s*(?:[,;+–-]|và|, và)?\s*(?:có\s+)?")


def as_one_row(document: Document, awards: Sequence[Award]) -> list[Award]:
    """The awards, those counted side by side with the contest and the level that the others of their row have."""
    found: list[Award] = []
    for row in _rows(document, awards):
        levels, contests = ({getattr(one, name) for one in row} - {None} for name in ("level", "contest"))
        update = {"level": next(iter(levels), None)} if len(levels) == 1 else {}
        if len(contests) == 1:
            update["contest"] = next(iter(contests))
        found += [
            one.model_copy(update={name: value for name, value in update.items() if getattr(one, name) is None})
            for one in row
        ]
    return found


def _rows(document: Document, awards: Sequence[Award]) -> Iterator[list[Award]]:
    """The awards in runs of counts without winners of their own, with nothing but signs between them."""
    row: list[Award] = []
    for award in awards:
        if row and _goes_on(document, row[-1], award):
            row.append(award)
            continue
        yield row
        row = [award]
    yield row


def _goes_on(document: Document, one: Award, other: Award) -> bool:
    counted = all(a.recipient is None and a.prize not in (None, "giai") for a in (one, other))
    between = document.layer.text[one.evidence[-1].end : other.evidence[0].start]
    return counted and one.kind == other.kind and one.prize != other.prize and _JOINED.fullmatch(between) is not None
