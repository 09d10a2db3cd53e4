"""Numbers of one report that are the same digits with two neighbours turned: one of them is a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from extractors.relations.figures import Figure
from extractors.relations.grids import TOTAL_ROW, Grid, find_grids, read_column
from extractors.relations.reading import Reading
from extractors.relations.saying import KINDS_OF_TIME, is_bare, narrowing, telling, without_kinds
from extractors.relations.twins import are_turned, same, told_apart
from schemas.records import Record, Report
from schemas.relation import Relation

_LEAST = 100
_LEAST_DIGITS = 3
#: Of smaller counts the words of one sentence must all be those of the other.
_LEAST_WORDED = 10
#: Nouns of pupils, which the noun of a figure tells already.
_PUPILS = frozenset(("học_sinh", "thí_sinh", "trẻ", "học_viên"))
#: As many digits are met by chance so seldom that a number may lack the noun.
_MANY_DIGITS = 4
_CAPTION = 160


def find_turned(reading: Reading, sentences: Sequence[list[Figure]], records: Sequence[Record]) -> Iterator[Relation]:
    """Pairs of numbers with turned digits that count one thing, in two sentences or in a sentence and a table.

    Such pairs hardly ever meet by chance where the noun is the same, so the wording may differ freely; words that tell
    some of a kind from all (girls, a level, a class, a contest) must not stand beside one of both alone.
    """
    figures = [figure for found in sentences for figure in found]
    yield from _in_prose(figures)
    report = next((record for record in records if isinstance(record, Report)), None)
    own = (report.period or (report.date or "")[:4]) if report is not None else ""
    for grid in find_grids(reading):
        yield from _in_table(reading, grid, figures, own)


def _in_prose(figures: Iterable[Figure]) -> Iterator[Relation]:
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        value = figure.amount.value
        if value >= _LEAST_WORDED:
            groups.setdefault("".join(sorted(f"{value:.0f}")), []).append(figure)
    for group in groups.values():
        for first, other in combinations(group, 2):
            if first.sentence != other.sentence and _are_one_count(first, other):
                yield same(first, other)
                break


def _is_long(figure: Figure) -> bool:
    """Whether a number has so many digits, noughts at its end aside, that its noun tells enough."""
    value = figure.amount.value
    return value >= _LEAST and len(f"{value:.0f}".rstrip("0")) >= _LEAST_DIGITS


def _are_one_count(a: Figure, b: Figure) -> bool:
    if not are_turned(a.amount.value, b.amount.value) or told_apart(a, b):
        return False
    money = a.amount.family == "money"  # sums are often round, and much is paid for
    if money or not (_is_long(a) and _is_long(b)):
        of_all = (a.whole or b.whole) and a.amount.value >= _LEAST and not money
        if not of_all and not (_are_worded_alike(a, b) and a.block is not b.block):
            return False
    if (a.moment or "last") != (b.moment or "last"):
        return False  # where nothing is said the end is meant
    if a.times and b.times and not _overlap(a.times, b.times):
        return False
    if not a.noun or (a.noun != b.noun and not _are_staff(a, b) and not (_are_called_alike(a, b) and _is_many(a))):
        # ``1.672 hội viên``, ``1.627 cụ``: nothing but the digits tells that both count one thing.
        bare = [figure for figure in (a, b) if not figure.noun]
        alike = a.whole or b.whole or (narrowing(a.words) == narrowing(b.words) != frozenset())
        return bool(bare) and _is_many(a) and alike and bool(a.words & b.words)
    if a.whole and b.whole:
        return True
    whole, other = (a, b) if a.whole else (b, a)
    if whole.whole and (is_bare(other.words) or other.words <= whole.words):
        return True
    return narrowing(a.words) == narrowing(b.words) and (_is_many(a) or not is_bare(a.words & b.words))


def _is_many(figure: Figure) -> bool:
    """Whether a number has so many digits that the same ones, turned, hardly stand for another thing of that noun."""
    value = figure.amount.value
    return float(value).is_integer() and len(f"{value:.0f}".rstrip("0")) >= _MANY_DIGITS


def _are_called_alike(a: Figure, b: Figure) -> bool:
    """Whether the noun of one is that of the other with a word behind it: ``bản sách`` and ``bản``."""
    shorter, longer = sorted((a.noun, b.noun), key=len)
    return bool(shorter) and longer.startswith(f"{shorter} ")


def _are_worded_alike(a: Figure, b: Figure) -> bool:
    """Whether all that one of both is said to count is said of the other too, and more than its kind."""
    fewer, more = sorted((without_kinds(a.words), without_kinds(b.words)), key=len)
    return bool(fewer) and fewer <= more and narrowing(fewer) == narrowing(more)


def _are_staff(a: Figure, b: Figure) -> bool:
    """Whether both count staff, one by ``người`` behind its name: ``Cán bộ, giáo viên: 1.245 người``."""
    person, staff = sorted((a, b), key=lambda figure: figure.noun != "person")
    if person.noun != "person" or staff.amount.family != "staff":
        return False
    return bool(staff.words) and staff.words <= person.words


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether of two sets of times one lies inside another: ``2022-11`` in ``2022``."""
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _in_table(reading: Reading, grid: Grid, figures: Iterable[Figure], own: str) -> Iterator[Relation]:
    """A figure of the text and the cell that holds its digits turned: the cell's own words are those of the text."""
    cells = {(row, col): grid.value(row, col) for row in range(grid.first, grid.rows) for col in range(1, grid.cols)}
    held = {value for value in cells.values() if value is not None}
    by_digits: dict[str, list[tuple[int, int]]] = {}
    for place, value in cells.items():
        if value is not None and value >= 10:
            by_digits.setdefault(_digits(value), []).append(place)
    if not by_digits:
        return
    times = _times(reading, grid) or frozenset(filter(None, [own]))
    for figure in figures:
        value = figure.amount.value
        places = by_digits.get(_digits(value), [])
        if value in held or figure.moment in ("first", "before") or not _of_one_time(figure.times, times):
            continue
        fitting = [(row, col) for row, col in places if are_turned(value, cells[row, col] or 0)]
        fitting = [(row, col) for row, col in fitting if read_column(grid, col).rate == figure.amount.percent]
        for row, col in fitting:
            if _says(grid, row, col, figure):
                part = grid.quantity(row, col, f"{grid.label(row)}: {read_column(grid, col).heading}")
                label = " ".join(sorted(word.replace("_", " ") for word in _words(grid, row, col)))
                yield Relation(kind="same", whole=None, parts=(figure.quantity, part), exhaustive=True, cue=label)
                break


def _digits(value: float) -> str:
    return "".join(sorted(f"{value:.10g}"))


def _times(reading: Reading, grid: Grid) -> frozenset[str]:
    """The times that the line above a table names."""
    index = grid.blocks[0].index
    before = reading.document.blocks[index - 1] if index else None
    if before is None or before.table is not None or before.end - before.start > _CAPTION:
        return frozenset()
    dates = reading.document.dates_in(before.start, before.end)
    return frozenset(date.iso for date in dates if date.kind in KINDS_OF_TIME and date.iso)


def _of_one_time(said: frozenset[str], above: frozenset[str]) -> bool:
    return not said or _overlap(said, above)


def _is_total(grid: Grid, row: int) -> bool:
    return TOTAL_ROW.fullmatch(grid.label(row)) is not None


def _words(grid: Grid, row: int, col: int) -> frozenset[str]:
    """What a cell counts: the words of its heading and, unless it adds up the others, of its row."""
    own = frozenset[str]() if _is_total(grid, row) else telling(grid.label(row))
    return telling(read_column(grid, col).heading) | own


def _says(grid: Grid, row: int, col: int, figure: Figure) -> bool:
    """Whether a cell counts what a figure does, by all its words; a bare kind of thing only in a total."""
    words = _words(grid, row, col)
    if figure.noun == "pupil":
        words -= _PUPILS - figure.words
    if not words or narrowing(words) != narrowing(figure.words):
        return False
    if is_bare(words) and not _is_total(grid, row):
        return False
    return words <= figure.words
