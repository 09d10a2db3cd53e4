"""Titles of several years told once: ``GVDG cấp huyện các năm học 2012-2013, 2014-2015`` is held twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.awards.context import Context
from schemas.records import Award

_YEAR = r"(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)\d\d)?"
_YEARS = re.compile(
    rf"[”\"')]* \(?(?:(?:trong|vào|các|hai|ba|0?[23]) )*(?:năm(?: học)? )?(?P<years>{_YEAR}"
    rf"(?:(?:, | và |; (?!năm(?: học)? \d{{4}} [^\W\d_]))(?:năm(?: học)? )?{_YEAR})+)(?![\d/%]| ?[-–]| (?:không"
    rf"|chưa)(?!\w))"
)
_ONE = re.compile(_YEAR)


#: The years before a verb: ``các năm học 2015-2016 và 2016-2017 được công nhận Tập thể Lao động xuất sắc``.
_YEARS_BEFORE = re.compile(
    rf"(?<!\w)(?:(?:các|hai|ba|0?[23]) )?năm(?: học)? (?P<years>{_YEAR}(?:(?:, | và |; )(?:năm(?: học)? )?{_YEAR})+),?"
    r"(?: [^\W\d_]+){0,4}? (?:được|đạt|nhận|đón nhận)(?: (?:ubnd|[^\W\d_]+)){0,6} [\"“]?$",
    re.I,
)
#: Characters that the years and the verb may have.
_BEFORE = 110


def of_each_year(context: Context, span: tuple[int, int], told: Sequence[Award]) -> list[Award]:
    """The awards of a title in a range, one for each of the years right behind or before it; [] for one year."""
    start, end = span
    first = max(context.document.sentence_at(start)[0], start - _BEFORE)
    match = _YEARS.match(context.document.text, end) or (
        _YEARS_BEFORE.search(context.document.text, first, start) if told else None
    )
    if match is None or len({award.period for award in told}) > 1 or any(award.count != 1 for award in told):
        return []
    years = [re.sub(r" ?[-–/] ?", "-", year) for year in _ONE.findall(match["years"])]
    passage = context.document.evidence(*match.span("years"))
    return [
        award.model_copy(update={"period": year, "evidence": (*award.evidence, passage)})
        for award in told
        for year in years
    ]
