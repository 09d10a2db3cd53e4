"""Lists whose pieces each count several things, with their totals before: ``12 lớp, 437 em. Khối 6: 4 lớp, 131 em; …``.

A piece is of one class, level, age or kind; all pieces count the same things in the same order, each thing is a
column, and what stands before the list gives the totals. Pieces may stand in a sentence, in a bracket or in lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.completeness import reaches_end
from extractors.relations.parts import Part, Parts, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import Sum

_Row = tuple[Amount, Segment]

#: What pieces are told apart by.
_KINDS = ("dim_class", "dim_level", "dim_age", "dim_owner")
#: So many pieces at least, so near before them their totals, and so far off a column may be.
_FEWEST, _REACH, _FAR = 2, 260, 0.1
_SIGNS = ("", ".")
_IN_DETAIL = re.compile(r"\s*(?:cụ thể|trong đó|chia ra|gồm|bao gồm)[,: ]")


class _Piece(NamedTuple):
    """A piece of a list: its counts outside brackets, and the category that it names of each kind."""

    rows: tuple[_Row, ...]
    named: dict[str, str]
    goes_on: bool = False  # opens a paragraph that tells in detail what the one before told: ``Cụ thể, …``

    @property
    def families(self) -> tuple[str | None, ...]:
        return tuple(amount.family for amount, _ in self.rows)


def find_columned(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Sum]:
    """The totals of lists of several columns, where one column agrees or the list reaches the end of its scale."""
    pieces = [piece for _, level in rows for piece in _pieces(reading, level)]
    yield from _tables(pieces)
    for _, level in rows:
        for segment in level.segments:
            for group in segment.groups:
                inside = list(_pieces(reading, group))
                whole = tuple((a, segment) for a in segment.amounts if a.end < group.start)
                before = tuple((a, s) for s in level.segments if s.end <= segment.start for a in s.amounts)
                if len(inside) > 1:
                    yield from _tables([_Piece((*before[-2:], *whole), {}), *inside])


def _pieces(reading: Reading, level: Level) -> Iterator[_Piece]:
    run: list[Segment] = []
    for segment in level.segments:
        opens = segment.separator in _SIGNS or (_counts(run) and _names(reading, segment))
        if opens and run:
            yield _piece(reading, run)
            run = []
        run.append(segment)
    if run:
        yield _piece(reading, run)


def _counts(run: Sequence[Segment]) -> bool:
    return any(segment.amounts for segment in run)


def _names(reading: Reading, segment: Segment) -> bool:
    last = segment.amounts[0].start if segment.amounts else segment.end
    return any(term.group in _KINDS for term in reading.categories(segment.start, last))


def _piece(reading: Reading, run: Sequence[Segment]) -> _Piece:
    rows = tuple((a, s) for s in run for a in s.amounts if a.family != "time" and not a.percent)
    last = rows[0][0].start if rows else run[-1].end
    named: dict[str, str] = {}
    for term in reading.categories(run[0].start, last):
        if term.group in _KINDS:
            named.setdefault(term.group, term.id)
    return _Piece(rows, named, _IN_DETAIL.match(reading.lower, run[0].start) is not None)


def _tables(pieces: Sequence[_Piece]) -> Iterator[Sum]:
    first = 0
    while first < len(pieces):
        last = first + 1
        while last < len(pieces) and _goes_on(pieces[first:last], pieces[last]):
            last += 1
        if last - first >= _FEWEST and pieces[first].rows and (len(pieces[first].rows) > 1 or pieces[first].goes_on):
            yield from _columns(pieces[:first], pieces[first:last])
        first = max(last, first + 1) if last - first > 1 else first + 1


def _goes_on(run: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece counts what those before it do, of another category of the same kind."""
    if piece.families != run[0].families or None in piece.families or len(set(piece.families)) < len(piece.families):
        return False
    if not all(usable(amount) and amount.of is None for amount, _ in (*run[0].rows, *piece.rows)):
        return False
    kinds = [kind for kind in _KINDS if all(kind in one.named for one in (*run, piece))]
    return any(piece.named[kind] not in {one.named[kind] for one in run} for kind in kinds)


def _columns(before: Sequence[_Piece], table: Sequence[_Piece]) -> Iterator[Sum]:
    start = table[0].rows[0][0].start
    near = [row for piece in before[-3:] for row in piece.rows if start - row[0].end <= _REACH]
    kind = next(kind for kind in _KINDS if all(kind in piece.named for piece in table))
    found: list[tuple[_Row, Parts, bool]] = []
    for column, family in enumerate(table[0].families):
        wholes = [row for row in near if row[0].family == family and usable(row[0]) and row[0].of is None]
        parts = Parts([Part(*piece.rows[column], {kind: piece.named[kind]}) for piece in table])
        made = sum(part.amount.value for part in parts.found)
        exact = [row for row in wholes if row[0].value == made]
        close = [row for row in wholes if abs(row[0].value - made) <= _FAR * max(made, row[0].value)]
        if exact or close:
            found.append(((exact or close)[-1], parts, bool(exact)))
    agrees = any(exact for _, _, exact in found)
    if agrees or reaches_end(kind, {piece.named[kind] for piece in table}):
        for (whole, segment), parts, _ in found:
            yield Sum(whole, segment, parts, True, ":")
