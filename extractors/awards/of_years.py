"""Titles of several years told once: ``GVDG cấp huyện các năm học 2012-2013, 2014-2015`` is held twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.awards.context import Context
from schemas.records import Award

_YEAR = r"(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)\d\d)?"
_YEARS = re.compile(
    rf"[”\"')]* \(?(?:(?:trong|vào|các|hai|ba|0?[23]) )*(?:năm(?: học)? )?(?P<years>{_YEAR}"
    rf"(?:(?:, | và |; )(?:năm(?: học)? )?{_YEAR})+)(?![\d/%]| ?[-–]| (?:không|chưa)(?!\w))"
)
_ONE = re.compile(_YEAR)


def of_each_year(context: Context, end: int, told: Sequence[Award]) -> list[Award]:
    """The awards of a title that ends at a position, one for each of the years right behind it; [] for one year."""
    match = _YEARS.match(context.document.text, end)
    if match is None or len({award.period for award in told}) > 1 or any(award.count != 1 for award in told):
        return []
    years = [re.sub(r" ?[-–/] ?", "-", year) for year in _ONE.findall(match["years"])]
    passage = context.document.evidence(end, match.end())
    return [
        award.model_copy(update={"period": year, "evidence": (*award.evidence, passage)})
        for award in told
        for year in years
    ]
