"""Scales told otherwise than one category beside its number: down the rows of a table, or ``lần lượt là`` in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors._shared.lexicon import load_lexicon
from extractors._shared.scan import Words, holds
from extractors._shared.view import lower
from extractors.relations.completeness import is_whole_scale
from extractors.relations.grids import TOTAL_ROW, Column, Grid, find_grids, read_column
from extractors.relations.parts import common_dimension
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading, attribute, dimensions
from extractors.relations.structure import Level, by_sentence
from schemas.relation import Relation

_ALL, _FAR_OFF = 100, 12
_LEAST = 2
#: Numbers without a sign are percentages where they come so near to 100.
_NEAR = 5
_IN_TURN_AT = Words(("lần lượt", "tương ứng", "theo thứ tự"))
_IN_TURN = re.compile(r"(?<!\w)(?:lần lượt|tương ứng|theo thứ tự)(?: (?:là|đạt|chiếm|với|tỷ lệ|tỉ lệ|các mức))*:? ?")
#: So far before these words what is told in turn may begin.
_REACH = 160


def find_row_scales(reading: Reading) -> Iterator[Relation]:
    """Columns of percentages whose rows are a whole scale: ``Giỏi 22,5 / Khá 48,3 / Trung bình 27,1 / Yếu 2,1``."""
    for grid in find_grids(reading):
        columns = [read_column(grid, col) for col in range(grid.cols)]
        labels = {row: _labels(grid, row) for row in range(grid.first, grid.rows)}
        for column in columns[1:]:
            yield from _down(grid, column, labels)
        yield from _unsigned(grid, columns)


def _unsigned(grid: Grid, columns: list[Column]) -> Iterator[Relation]:
    """Rows over the columns of a whole scale that hold percentages without their sign, as their decimals show."""
    for dimension in dimensions():
        group = [column for column in columns if dimension in column.labels and not column.rate and not column.total]
        found = {column.labels[dimension] for column in group}
        if len(found) != len(group) or not is_whole_scale(dimension, found):
            continue
        if not all(attribute(dimension, column.labels[dimension], "shares") for column in group):
            continue
        for row in range(grid.first, grid.rows):
            cells = [column for column in group if not grid.is_blank(row, column.index)]
            values = [grid.value(row, column.index) for column in cells]
            told = [value for value in values if value is not None]
            decimals = sum(not float(value).is_integer() for value in told)
            if len(told) == len(cells) and decimals >= _LEAST and abs(sum(told) - _ALL) <= _NEAR:
                parts = tuple(grid.quantity(row, c.index, f"{grid.label(row)}: {c.heading}") for c in cells)
                yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue=dimension)


def _labels(grid: Grid, row: int) -> dict[str, str]:
    """The category of a row by dimension; none of a total, nor of one that holds several categories."""
    label = grid.label(row)
    if not label or TOTAL_ROW.fullmatch(label) or "trở lên" in label:
        return {}
    block = next((grid.cells.get((row, col)) for col in range(grid.cols) if grid.text(row, col) == label), None)
    found = grid.reading.categories(block.start, block.end) if block is not None else []
    several = {term.group for term in found if sum(other.group == term.group for other in found) > 1}
    mixed = any(attribute(term.group, term.id, "mixed") for term in found)
    shared = [t for t in found if t.group not in several and attribute(t.group, t.id, "shares")]
    return {} if mixed else {term.group: term.id for term in shared}


def _down(grid: Grid, column: Column, labels: dict[int, dict[str, str]]) -> Iterator[Relation]:
    run: list[int] = []
    for row in [*labels, grid.rows]:
        own = labels.get(row, {})
        goes_on = bool(own) and (not run or common_dimension([labels[r] for r in run] + [own]) is not None)
        if not goes_on:
            yield from _scale(grid, column, run, labels)
            run = []
        if own:
            run.append(row)


def _scale(grid: Grid, column: Column, run: Sequence[int], labels: dict[int, dict[str, str]]) -> Iterator[Relation]:
    dimension = common_dimension([labels[row] for row in run])
    if dimension is None or not is_whole_scale(dimension, {labels[row][dimension] for row in run}):
        return
    cells = [row for row in run if not grid.is_blank(row, column.index)]
    if len(cells) < _LEAST or any(grid.value(row, column.index) is None for row in cells):
        return
    if not column.rate and not all(grid.signed(row, column.index) for row in cells):
        return  # counts; among rows of counts the percentages have their sign
    parts = tuple(grid.quantity(row, column.index, f"{grid.label(row)}: {column.heading}") for row in cells)
    if abs(sum(part.value for part in parts) - _ALL) <= _FAR_OFF:
        yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue=column.heading)


_AND = re.compile(r"[,;]| và ")


@cache
def _scale_forms() -> dict[str, dict[str, str]]:
    """The categories of each scale by their forms: written in a row, two may look like one that holds both."""
    groups = load_lexicon("extractors.relations")
    return {
        group: {
            lower(form): entry.id
            for entry in groups[group]
            for form in entry.forms
            if entry.attributes.get("shares") and "," not in form
        }
        for group in dimensions()
    }


def _category(piece: str, forms: dict[str, str], *, whole: bool) -> str | None:
    """The category that a piece is; of the first one, which other words stand before, that with which it ends."""
    if whole:
        return forms.get(piece)
    fitting = [form for form in forms if piece == form or piece.endswith(f" {form}")]
    return forms[max(fitting, key=len)] if fitting else None


def find_in_turn(reading: Reading, level: Level) -> Iterator[Relation]:
    """``đạt mức Tốt, Khá, Đạt, Chưa đạt lần lượt là 32,1%; 45,6%; 20,0%; 2,3%``: the categories, then the shares."""
    if not holds(_IN_TURN_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        told = _IN_TURN.search(reading.lower, run[0].start, run[-1].end)
        if told is None:
            continue
        listed = [(s, a) for s in run for a in s.amounts if a.start >= told.end()]
        shares = [row for row in listed if row[1].percent and not row[1].change and not row[1].vague]
        if len(shares) < _LEAST or len(shares) != len(listed):
            continue
        named = _AND.split(reading.lower[max(run[0].start, told.start() - _REACH) : told.start()].strip())
        pieces = [piece.strip() for piece in named[-len(shares) :]]
        for group, forms in _scale_forms().items():
            own = [_category(piece, forms, whole=bool(index)) for index, piece in enumerate(pieces)]
            ids = {one for one in own if one is not None}
            if len(ids) == len(shares) and is_whole_scale(group, ids):
                parts = tuple(quantity(reading, amount, segment) for segment, amount in shares)
                if abs(sum(part.value for part in parts) - _ALL) <= _FAR_OFF:
                    yield Relation(
                        kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue="lần lượt"
                    )
                break
