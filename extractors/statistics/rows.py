"""Statistics of tables that lost their cells: every figure of a row under its heading and beside its label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Document, Found
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number, Ranges, view_offset
from extractors.statistics.counted import counted_unit
from extractors.statistics.nested_rows import nested
from extractors.statistics.report_levels import report_level
from extractors.statistics.row_reading import TOTAL, YEARS, Row, Rows
from extractors.statistics.schooling import level_of_grade
from extractors.statistics.status import Outlook
from extractors.statistics.table_labels import level_of_grades, shares_below, under_prizes
from extractors.statistics.wording import grade_of, graded, identify, with_level, with_subject
from schemas.records import Award, Report, Statistic

_RATE = re.compile(r"t[ỷỉ] lệ(?!\w)", re.I)
_LONGEST_HEADING = 10
_BRACKET = re.compile(r" ?\([^()]*(?:tỷ lệ|tỉ lệ)[^()]*\)", re.I)
_WHOLE = re.compile(r"(?:tổng|số) ", re.I)
_NUMBER_OF = re.compile(r"^(?:tổng số|số lượng|số) (?=\w)|(?<= )(?:chia )?theo(?:,)? ", re.I)


def extract_rows(document: Document, found: Found, tables: list[Rows]) -> Iterator[Statistic]:
    """One record for every figure of the tables that no award has taken."""
    report = next((r for r in found.get("report", ()) if isinstance(r, Report)), None)
    outlook, level = (
        Outlook.of(document, report),
        (report_level(document, found) or _level_of_all(tables) or level_of_grades(document)),
    )
    taken = Ranges([
        (view_offset(document, e.start), view_offset(document, e.end - 1) + 1)
        for award in found.get("award", ())
        if isinstance(award, Award)
        for e in award.evidence
    ])  # fmt: skip
    for table in (nested(document, table) for table in tables):
        section, again = "", _told_again(table)
        caption = _percent_caption(document, table)
        if under_prizes(document, table.rows[0].blocks[0]):
            continue
        for place, row in enumerate(table.rows):
            graded = grade_of(row.label.split("(")[0].strip()) is not None
            section = section if graded else row.label
            if any(place in others for others in again.values()):
                continue
            phrase = _phrase(document, row, section if graded else "")
            honours = bool(document.terms("title", row.start, row.start + len(row.label)))
            figures: list[tuple[Number, str, list[Number | None]]] = [(number, "", []) for number in row.shares]
            if not honours:
                figures += [
                    (n, table.head(row, index), [table.rows[other].cells[index] for other in again.get(place, ())])
                    for index, n in enumerate(row.cells)
                    if n is not None
                ]
            for figure, head, others in figures:
                number = figure._replace(percent=True) if shares_below(caption, figure.value) else figure
                if taken.touch(number.start, number.end):
                    continue
                block = document.block_at(number.start)
                if YEARS.fullmatch(row.label):
                    phrase, head = _measured_in(document, number, head, level), row.label
                whole = _WHOLE.match(row.label) is not None
                record = _record(document, number, (phrase, head), (outlook, block), level=level, whole=whole)
                more = [document.evidence(n.start, n.end) for n in others if n is not None]
                yield _as_told(record, row, number).model_copy(update={"evidence": (*record.evidence, *more)})


def _percent_caption(document: Document, table: Rows) -> str:
    """The line above a table that says in what its figures are: ``Xếp loại hai mặt (%)``; "" where none does."""
    first = table.rows[0].blocks[0]
    for block in reversed(document.blocks[max(0, first - _NEAR) : first]):
        said = document.value(block.body, block.end) if block.end > block.body else ""
        if shares_below(said, 0):
            return said
    return ""


#: As many lines above its first row the caption of a table may stand, over its headings.
_NEAR = 3


def _told_again(table: Rows) -> dict[int, list[int]]:
    """The rows that only repeat a whole before its shares by grade, by the row that told it first.

    ``Số học sinh 953 194 187`` / ``Chăm học, chăm làm 953 194 187`` / ``Tốt 79,9% 79,4% 76,5%``.
    """
    first: dict[tuple[float | None, ...], int] = {}
    told = [first.setdefault(tuple(c and c.value for c in row.cells), at) for at, row in enumerate(table.rows)]
    again: dict[int, list[int]] = {}
    leads = False  # whether the row below tells shares, or leads to such rows itself
    for at, row in reversed(list(enumerate(table.rows))):
        shares = any(cell.percent for cell in row.cells if cell)
        repeats = leads and told[at] != at and not _WHOLE.match(row.label)
        if repeats and _WHOLE.match(table.rows[told[at]].label):
            again.setdefault(told[at], []).insert(0, at)
        leads = shares or repeats
    return again


def _as_told(record: Statistic, row: Row, number: Number) -> Statistic:
    """The record with the unit and the period that its row tells."""
    told = {"unit": None if number.percent else row.unit, "period": row.period}
    known = {name: value for name, value in told.items() if value}
    return record.model_copy(update=known) if known else record


def _measured_in(document: Document, number: Number, head: str, level: str | None) -> str:
    """What a column measures in a table with a row for each year: a grade with what is graded."""
    block = document.block_at(number.start)
    if grade_of(head):
        return graded(document, block, number.start, head, None)
    return with_level(_NUMBER_OF.sub("", head), document.level(block) or level)


def _own_level(label: str) -> str | None:
    """The level that a row's label tells by the name of a school; None for several or none."""
    return levels.pop() if len(levels := {level for _, _, level in find_levels(label, label.lower())}) == 1 else None


def _level_of_all(tables: list[Rows]) -> str | None:
    """The one level of all the grades that the tables name: ``THCS`` of ``Khối lớp 6`` to ``Khối lớp 9``."""
    named = [said.lower() for table in tables for said in (*table.heads, *(row.label for row in table.rows))]
    levels = {level for said in named if (level := level_of_grade(said))}
    return levels.pop() if len(levels) == 1 else None


def _record(
    document: Document,
    number: Number,
    words: tuple[str, str],
    seen: tuple[Outlook, Block],
    *,
    level: str | None,
    whole: bool,
) -> Statistic:
    """One figure of a row; ``words`` are what its row and its column say."""
    phrase, head = words
    outlook, block = seen
    year = YEARS.search(head)
    said = with_subject(f"{phrase} {'' if year else head}".strip())
    unit = "%" if number.percent else counted_unit([], phrase, "")
    return Statistic(
        report=document.layer.id,
        evidence=(document.evidence(number.start, number.end),),
        confidence=0.7,
        indicator=said or "số liệu",
        indicator_id=identify(said, unit),
        value=number.value,
        unit=unit,
        # The whole is what it is, also where its parts are promised.
        aspect="target" if outlook.wants(document, block) and not whole else "value",
        level=level_of_grade(f"{head} {phrase}".lower()) or _own_level(phrase) or document.level(block) or level,
        period=year.group(0).replace(" ", "") if year else outlook.period,
    )


def _phrase(document: Document, row: Row, section: str) -> str:
    """``học sinh hạnh kiểm Tốt``: a grade under what is graded, a bare label under the heading above its table."""
    label = _NUMBER_OF.sub("", _BRACKET.sub("", row.label)).strip(" ,")
    if row.whole:
        return label
    if section:
        return f"{_NUMBER_OF.sub('', _BRACKET.sub('', section)).strip(' ,')} {label}"
    above = next(document.ancestors(document.blocks[row.blocks[0]]), None)
    if above is None or above.kind != "heading" or above.marker is None:
        return label
    heading = _NUMBER_OF.sub("", document.value(*document.head(above))).strip()
    if _WHOLE.match(row.label) and _RATE.match(heading):
        return label  # "Tổng số giáo viên" under "Tỷ lệ giáo viên/lớp"
    if TOTAL.fullmatch(label) and len(heading.split()) <= _LONGEST_HEADING:
        return heading
    return label if len(heading.split()) > 5 or heading.lower() in label.lower() else f"{heading} {label}"
