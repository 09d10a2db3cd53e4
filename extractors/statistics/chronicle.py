"""Texts that tell year by year, of which none is still to come."""

from __future__ import annotations

import re

from extractors._shared.document import Document

_YEAR_HEAD = re.compile(r"\W{0,3}năm(?: học)? (?P<year>(?:19|20)\d\d)(?: ?- ?(?:19|20)\d\d)?(?=[:,])")
_YEARS = 3


def is_chronicle(document: Document) -> bool:
    """Whether at least three blocks of a report open with years of their own: ``+ Năm 2003-2004: có 12 lớp``."""
    opened = (_YEAR_HEAD.match(document.lower, block.start, block.end) for block in document.blocks)
    return len({match["year"] for match in opened if match}) >= _YEARS
