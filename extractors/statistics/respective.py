"""Shares told for several counts at once: ``318 trẻ và 745 học sinh …, chiếm lần lượt 92% và 88,5%``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.document import Document
from extractors._shared.numbers import view_offset
from extractors._shared.scan import Words, holds
from schemas.records import Statistic

_EACH_IN_TURN = Words(("lần lượt", "tương ứng", "tương đương"))
_LEADS = re.compile(
    r"(?<!\w)(?:(?:lần lượt|tương ứng|tương đương)(?: (?:là|với|đạt|chiếm|bằng|tỷ lệ|tỉ lệ|ở mức|lần lượt))*|"
    r"(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ)(?: (?:tỷ lệ|tỉ lệ))? (?:lần lượt|tương ứng)(?: (?:là|với))?):? ?$"
)
#: What may stand between two such shares.
_BETWEEN = re.compile(r"(?:,| và|, và|;) ?")
_SEVERAL = 2


def shared_out(document: Document, sentence: tuple[int, int], records: Sequence[Statistic]) -> list[Statistic]:
    """The records of a sentence, its shares told in turn each with the indicator and level of its count."""
    told = list(records)
    if len(told) < 2 * _SEVERAL or not holds(_EACH_IN_TURN, document.lower, *sentence):
        return told
    spans = [_span(document, record) for record in told]
    for first, record in enumerate(told):
        if record.unit != "%" or not _LEADS.search(document.lower, sentence[0], spans[first][0]):
            continue
        last = first + 1
        while (
            last < len(told)
            and told[last].unit == "%"
            and _BETWEEN.fullmatch(document.text, spans[last - 1][1], spans[last][0])
        ):
            last += 1
        counts = [each for each in told[:first] if each.unit != "%" and each.aspect != "change"][first - last :]
        if last - first < _SEVERAL or len(counts) < last - first:
            continue
        for at, count in enumerate(counts, first):
            told[at] = told[at].model_copy(update={"indicator": count.indicator, "level": count.level})
        break
    return told


def _span(document: Document, record: Statistic) -> tuple[int, int]:
    passage = record.evidence[0]
    return view_offset(document, passage.start), view_offset(document, passage.end - 1) + 1
