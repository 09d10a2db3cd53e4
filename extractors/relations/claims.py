"""Numbers that a report gives for one and the same thing: in prose twice, in prose and in a table, in two reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.grids import TOTAL_ROW, Column, Grid, find_grids, read_column
from extractors.relations.reading import Reading
from extractors.relations.saying import (
    KINDS_OF_TIME,
    MOMENT,
    PLANNED,
    WHOLE,
    is_bare,
    is_of_a_body,
    telling,
    without_dates,
)
from extractors.relations.structure import Level
from extractors.relations.time_heads import section_time
from extractors.relations.twins import are_turned
from extractors.relations.years import stands_in_plan
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

_SIGNS = re.compile(r"[;():]|[,.](?!\d)")
_STOPS = re.compile(r"[;.](?!\d)")
_OPENS = re.compile(r"(?<!\w)(?:và|với|trong đó|gồm|bao gồm|so với|cùng|nhưng|nên|còn lại|do)(?!\w)")
_LONGEST = 90
_REACH = 160


@dataclass(frozen=True)
class Claim:
    """One number: what its words say, of what time (empty: the report's own), at its beginning or end, and where.

    ``whole``: that it counts all there are. ``about``: of a table cell the words around it, which prose may add.
    """

    value: int | float
    percent: bool
    words: frozenset[str]
    when: str
    moment: str
    whole: bool
    quantity: Quantity
    block: int
    about: frozenset[str] | None = None


def find_claims(reading: Reading, rows: Iterable[tuple[Block, Level]], records: Sequence[Record]) -> Iterator[Relation]:
    """What is said twice in a report, and what another report may say as well.

    Only numbers whose words, time and scope can be told; plans, bounds and changes are left out.
    """
    report = next((record for record in records if isinstance(record, Report)), None)
    own = (report.period if report is not None else None) or ""
    title = telling((report.title or "").lower()) if report is not None else frozenset[str]()
    prose = [claim for block, level in rows for claim in _in_block(reading, block, level, own)]
    cells = list(_in_tables(reading, own, title))
    yield from _said_twice(prose)
    yield from _in_prose_and_table(prose, cells)
    for claim in [*prose, *(cell for cell in cells if cell.when and cell.whole)]:
        if claim.words and (claim.whole or not is_bare(claim.words)):
            label = f"{claim.moment} {' '.join(sorted(claim.words))}{' %' if claim.percent else ''}".strip()
            part = claim.quantity.model_copy(update={"label": label})
            yield Relation(kind="claim", whole=None, parts=(part,), exhaustive=True, cue=claim.when)


def _said_twice(claims: Sequence[Claim]) -> Iterator[Relation]:
    """Numbers of all there are of a kind, said in two blocks: ``toàn trường có 640 học sinh``."""
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if claim.whole and not claim.percent:
            groups.setdefault((claim.words, claim.when, claim.moment), []).append(claim)
    for group in groups.values():
        if len({claim.value for claim in group}) > 1 and len({claim.block for claim in group}) == len(group):
            yield _same(group)


def _same(claims: Sequence[Claim]) -> Relation:
    what = " ".join(sorted(word.replace("_", " ") for word in claims[0].words))
    return Relation(kind="same", whole=None, parts=tuple(c.quantity for c in claims), exhaustive=True, cue=what)


def _in_prose_and_table(prose: Sequence[Claim], cells: Sequence[Claim]) -> Iterator[Relation]:
    """A number of the text and the cells that may hold it: their heading and row say nothing that the text does not."""
    for claim in prose:
        if is_bare(claim.words) and not claim.whole:
            continue
        fitting = [
            cell
            for cell in cells
            if cell.about is not None
            and cell.percent == claim.percent
            and cell.when == claim.when
            and (cell.moment or "last") == (claim.moment or "last")
            and cell.words
            and cell.words <= claim.words
            and (claim.words - cell.words <= cell.about or _is_turned_rate(claim, cell))
        ]
        if all(cell.value != claim.value for cell in fitting):
            yield from (_same([claim, cell]) for cell in fitting)


#: Fewer digits are turned by chance.
_LEAST_DIGITS = 3


def _is_turned_rate(claim: Claim, cell: Claim) -> bool:
    """Whether two percentages have the same digits with two neighbours turned: 98,87 and 98,78."""
    long = len(f"{cell.value:g}".replace(".", "")) >= _LEAST_DIGITS
    return cell.percent and long and not is_bare(cell.words) and are_turned(claim.value, cell.value)


def _in_block(reading: Reading, block: Block, level: Level, own: str) -> Iterator[Claim]:
    if block.kind in ("cell", "junk", "caption", "recipients") or is_of_a_body(reading, block):
        return
    if stands_in_plan(reading, block):
        return
    dates = [d for d in reading.document.dates_in(block.body, block.end) if d.kind in KINDS_OF_TIME and d.iso]
    amounts = sorted((a for inner in level.walk() for s in inner.segments for a in s.amounts), key=lambda a: a.start)
    for start, end in reading.document.sentences(block):
        inside = [a for a in amounts if start <= a.start < end]
        made: list[Claim | None] = []
        for index, amount in enumerate(inside):
            before = inside[index - 1] if index else None
            made.append(_claim(reading, (start, end), amount, before, made, dates, own))
        for claim, amount in zip(made, inside, strict=True):
            if claim is not None and _is_counted(reading, amount):
                yield replace(claim, block=block.index)


_COPULA = re.compile(r"(?:(?<!\w)(?:là|có|đạt|còn|với|được|gồm|số|chiếm)|:)\s*$")
_MOVES = re.compile(r"(?<!\w)(?:từ|lên|xuống|đến|thứ|khối|lớp|nhóm|tuổi)\s*$")


def _is_counted(reading: Reading, amount: Amount) -> bool:
    """Whether a number counts a noun behind it or is said of one before it; else it may only name something."""
    before = reading.lower[max(0, amount.start - 12) : amount.start]
    if _MOVES.search(before):
        return False
    return amount.percent or amount.unit is not None or _COPULA.search(before) is not None


def _claim(
    reading: Reading,
    sentence: tuple[int, int],
    amount: Amount,
    before: Amount | None,
    made: Sequence[Claim | None],
    dates: list[DateMention],
    own: str,
) -> Claim | None:
    lower, (start, end) = reading.lower, sentence
    if amount.change or amount.vague or amount.of is not None or amount.family in ("money", "time"):
        return None
    if amount.family != "prize" and not lower[amount.start].isdigit():
        return None  # a number in words announces a list
    floor = max(start, before.end if before is not None else start, before.unit_end if before is not None else start)
    signs = list(_SIGNS.finditer(lower, floor, amount.start))
    opening = signs[-1].end() if signs else floor
    ends = [m.start() for m in (_SIGNS.search(lower, amount.end, end), _OPENS.search(lower, amount.unit_end, end)) if m]
    stop = min([*ends, end, amount.end + _LONGEST])
    head = _head(reading, start, opening)
    bracketed = lower.rfind("(", start, amount.start) > lower.rfind(")", start, amount.start)
    clause = lower[max(start, opening - _REACH) : opening] if bracketed else ""
    near = lower[(head[0] if head else opening) : stop] + clause
    if (
        PLANNED.search(near)
        or reading.has("rel_target", opening, stop)
        or reading.has("rel_some", opening, amount.start)
    ):
        return None
    said = without_dates(reading, opening, amount.start, dates) + " " + without_dates(reading, amount.end, stop, dates)
    if re.search(r"\d", re.sub(r"(?:khối|lớp|mức độ) \d+", "", said)):
        return None
    words = telling(said)
    host = _host(made, amount)
    led = telling(without_dates(reading, *head, dates)) if head else frozenset[str]()
    if bracketed and is_bare(words):
        words |= host.words if host is not None else led
    elif before is None or not led:
        words |= led if amount.percent or is_bare(words) else frozenset()
    elif not WHOLE.search(lower, opening, stop) and not words & led:
        return None  # of several numbers behind a label each is said of something else
    when = _when(reading, (start, opening, stop), dates, own, bracketed)
    if when is None or not words:
        return None
    told = f"{lower[head[0] : head[1]]} {lower[opening:stop]}" if head else lower[opening:stop]
    moment = MOMENT.search(told)
    goes_on = before is not None and _goes_on(lower, before, amount)
    name = (moment.lastgroup or "") if moment else host.moment if host is not None and (bracketed or goes_on) else ""
    whole = WHOLE.search(lower, opening, stop) is not None or name in ("first", "last")
    whole = whole or (host is not None and host.whole and (bracketed or goes_on))
    return Claim(amount.value, amount.percent, words, when, name, whole, _quantity(reading, opening, amount, stop), 0)


def _host(made: Sequence[Claim | None], amount: Amount) -> Claim | None:
    """The claim that a number in brackets goes on with: the last one in the same unit, else the last one."""
    alike = [claim for claim in made if claim is not None and claim.quantity.unit == amount.unit]
    return alike[-1] if alike else made[-1] if made else None


def _goes_on(lower: str, before: Amount, amount: Amount) -> bool:
    """Whether a number only goes on from the one before: ``18 lớp với 556 học sinh``, ``18 lớp, 556 học sinh``."""
    return re.fullmatch(r"\s*(?:,|với|và|/)\s*(?:tổng số )?", lower[before.unit_end : amount.start]) is not None


def _head(reading: Reading, start: int, opening: int) -> tuple[int, int] | None:
    """The label before a colon in the same clause: ``Học sinh: cuối năm 387 em``, ``Điểm chuẩn: Toán 38; Văn 37``."""
    colon = reading.lower.rfind(":", start, opening)
    if colon < 0 or reading.lower[colon + 1 : colon + 2].isdigit():
        return None
    first = max((m.end() for m in _STOPS.finditer(reading.lower, start, colon)), default=start)
    first = max(first, reading.lower.rfind("(", first, colon) + 1)
    if colon - first > _LONGEST or re.search(r"\d", reading.lower[first:colon]):
        return None
    return first, colon


def _when(
    reading: Reading, places: tuple[int, int, int], dates: list[DateMention], own: str, bracketed: bool
) -> str | None:
    """The time that a number is of: the one named beside it, else the report's own; None where it is not known."""
    start, opening, stop = places
    inside = [d for d in dates if opening <= d.start < stop]
    if not inside and bracketed:
        inside = [d for d in dates if d.end <= opening and opening - d.end <= 3]
    if not inside and not bracketed:
        before = [d for d in dates if start <= d.start < opening]
        inside = [d for d in before if "so với" not in reading.lower[max(start, d.start - 24) : d.start]][-1:]
    if len({d.iso for d in inside}) > 1:
        return None
    if not inside:
        earlier = {d.iso for d in dates if d.start < start}
        return section_time(reading, start, own) if all(iso and own.startswith(iso) for iso in earlier) else None
    iso = inside[0].iso or ""
    return "" if own and own.startswith(iso) else iso


def _quantity(reading: Reading, opening: int, amount: Amount, stop: int) -> Quantity:
    first = max(opening, amount.start - _LONGEST)
    while first < amount.start and reading.text[first] in " :,;.-(":
        first += 1
    unit = "%" if amount.percent else amount.unit
    return reading.quantity(amount.value, (amount.start, amount.end), (first, max(stop, amount.end)), unit=unit)


def _in_tables(reading: Reading, own: str, title: frozenset[str]) -> Iterator[Claim]:
    for grid in find_grids(reading):
        yield from _in_table(reading, grid, _caption(reading, grid.blocks[0]), own, title)


def _caption(reading: Reading, first: Block) -> Block | None:
    before = reading.document.blocks[first.index - 1] if first.index else None
    return before if before is not None and before.table is None and before.end - before.start <= _REACH else None


def _in_table(reading: Reading, grid: Grid, caption: Block | None, own: str, title: frozenset[str]) -> Iterator[Claim]:
    columns = [read_column(grid, col) for col in range(grid.cols)]
    heads = [telling(column.heading) for column in columns]
    above = telling(reading.lower[caption.start : caption.end]) if caption is not None else frozenset[str]()
    about = frozenset[str]().union(above, title, *heads)
    dated = reading.document.dates_in(caption.start, caption.end) if caption is not None else []
    dated = [d for d in dated if not _OF_DOCUMENT.search(reading.lower, max(0, d.start - _LONGEST), d.start)]
    times = {d.iso for d in dated if d.kind in KINDS_OF_TIME and d.iso}
    other = not all(iso and own.startswith(iso) for iso in times)
    if not times and (caption is None or not _OF_SOME.search(reading.lower, caption.start, caption.end)):
        yield from _by_year_columns(grid, columns, own)
    for row in range(grid.first, grid.rows):
        label = grid.label(row) or grid.text(row, 0)
        total = TOTAL_ROW.fullmatch(label) is not None
        year = _YEAR_ROW.fullmatch(grid.text(row, 0).strip())
        if not total and not year and other:
            continue
        when = "" if not year else re.sub(r"\s", "", year["year"]).replace("–", "-")
        when = "" if own and own.startswith(when) else when
        told = frozenset[str]() if total or year else telling(label)
        for column, head in zip(columns[1:], heads[1:], strict=True):
            value = grid.value(row, column.index)
            if value is None or not head | told or (other and not year):
                continue
            moment = MOMENT.search(column.heading)
            yield Claim(
                value,
                column.rate,
                head | told,
                when,
                (moment.lastgroup or "") if moment else "",
                total or year is not None,
                _of_cell(grid, row, column.index, f"{label}: {column.heading}"),
                grid.cells[row, column.index].index,
                about | told,
            )


#: Before a date: the number of a document, which was issued then.
_OF_DOCUMENT = re.compile(r"\d[^\W\d_]?(?:/\d{4})?[/-][^\W\d_][^\s,;()]*,? (?:ngày )?$")
#: Above a table: its numbers are those of some.
_OF_SOME = re.compile(r"(?<!\w)(?:lớp|khối|môn|cấp|tổ|điểm trường|trường [^\W\d_]+ học)(?!\w)")


def _by_year_columns(grid: Grid, columns: Sequence[Column], own: str) -> Iterator[Claim]:
    """The cells below headings that are years, of rows that say what they count: ``Số học sinh | 487 | 496 | 503``."""
    years = [(column, match) for column in columns[1:] if (match := _YEAR_ROW.fullmatch(column.heading.strip()))]
    for row in range(grid.first, grid.rows) if len(years) > 1 else ():
        label = grid.label(row)
        told = telling(label.split("(")[0])
        for column, match in years:
            value = grid.value(row, column.index)
            if value is None or not told or TOTAL_ROW.fullmatch(label):
                continue
            when = re.sub(r"\s", "", match["year"]).replace("–", "-")
            when = "" if own and own.startswith(when) else when
            cell = _of_cell(grid, row, column.index, f"{label}: {column.heading}")
            index = grid.cells[row, column.index].index
            yield Claim(value, "%" in label, told, when, "", True, cell, index, told)


_YEAR_ROW = re.compile(r"(?:năm (?:học )?)?(?P<year>(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)")


def _of_cell(grid: Grid, row: int, col: int, label: str) -> Quantity:
    """A cell's number, with its row up to it as the passage."""
    cell = grid.quantity(row, col, label)
    first = grid.cells.get((row, 0))
    if first is None or first.start >= grid.cells[row, col].end:
        return cell
    return cell.model_copy(update={"evidence": grid.reading.evidence(first.start, grid.cells[row, col].end)})
