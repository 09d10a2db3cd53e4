"""Whom a total counts whose label does not say so: ``Tổng số: 9 GV``, ``Đảng viên: Tổng số 24``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.measured import Measured
from extractors.statistics.measures import staff
from extractors.statistics.naming import CLASSIFIERS
from extractors.statistics.wording import noun


def whom_of_total(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    """Whom a bare ``Tổng số`` counts: the noun behind its figure, the label before it, the staff of the passage."""
    unit = noun(measured.unit or "")
    if measured.unit_range and unit.lower() not in CLASSIFIERS:
        return unit
    if labelled := _LABEL.search(document.text, sentence[0], measured.number.start):
        return document.value(*labelled.span("whom"))
    if told := staff(document, block, ""):
        return told
    return "" if unit.lower() in CLASSIFIERS else unit


#: Whom a total counts, as a label before it.
_LABEL = re.compile(
    r"(?:^|(?<=[;.(+*\n-])|(?<=[;.(+*-] )|\A)(?P<whom>[^\W\d_]+(?:[ ,-]{1,2}[^\W\d_]+){0,4}) ?: ?"
    r"(?:[Tt]ổng số|[Tt]ổng cộng|[Tt]ổng) ?:? ?$"
)
