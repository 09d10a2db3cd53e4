"""Bands of marks or ages that lie end to end: ``9-10 điểm 12,5%; 7-8 điểm 33,5%; 5-6 điểm 41%; dưới 5 điểm 13%``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.numbers import parse_numeral
from extractors._shared.scan import Words, holds
from extractors.relations.grids import Grid, find_grids
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_N = r"\d{1,3}(?:[.,]\d{1,2})?(?![\d%/]| ?%|[.,]\d)"
_OF = r"(?: (?:điểm|tuổi|triệu|giờ|buổi|ngày|năm))?"
#: A stretch of a scale: from one number to another, or what lies under or over one.
_BAND = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?:từ |trên )?(?P<lo>{_N}){_OF}(?: ?[-–] ?| đến | tới )(?:dưới |cận |hết |dưới mức )?(?P<hi>{_N}){_OF}"
    rf"|(?:dưới|nhỏ hơn|thấp hơn|<|kém) ?(?P<under>{_N}){_OF}"
    rf"|(?:từ |đạt )?(?P<from>{_N}){_OF} trở (?P<way>lên|xuống)"
    rf"|(?:trên|hơn|>|≥) ?(?P<over>{_N}){_OF}"
    rf"|(?:điểm )(?P<top>10|20|100)(?!\d)"
    rf")"
)
_SHARE = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[.,]\d{1,2})? ?%")
_COUNT = re.compile(r"(?<![\d.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\d%/]|[.,]\d| ?%| ?(?:điểm|tuổi|năm)(?!\w))")
_HOLDS = Words(("dưới ", "trở xuống", "nhỏ hơn ", "thấp hơn ", "<"))
#: What stands around a percentage that is no share of those told by bands.
_OTHER = re.compile(r"(?<!\w)(?:tăng|giảm|trong đó|so với|kế hoạch|chỉ tiêu)(?!\w)")
#: The highest marks that there are, and the widest gap between two bands that leave nobody out: 7-8 and 9-10.
_TOPS, _GAP = (10.0, 20.0, 100.0), 1.0
_ALL, _FAR_OFF, _LEAST = 100.0, 12.0, 3
#: So near the counts of all bands must come to a total before them.
_FEW, _SLIP = 2, 0.05
#: So far from its band a percentage may stand.
_NEAR = 40


@dataclass(frozen=True)
class _Band:
    """A stretch of a scale and where its words stand."""

    low: float
    high: float
    start: int
    end: int


def find_bands(reading: Reading, blocks: Sequence[Block]) -> Iterator[Relation]:
    """The percentages of all bands of a scale, told in one sentence or one to each item or row of a table."""
    if not holds(_HOLDS, reading.lower, 0, len(reading.lower)):
        return
    yield from _in_tables(reading)
    items: list[Block] = []
    for block in blocks:
        if block.kind in ("cell", "junk"):
            continue
        if items and not _is_next(block, items[-1]):
            yield from _in_items(reading, items)
            items = []
        yield from _in_block(reading, block)
        if reading.text.find("%", block.body, block.end) >= 0:
            items.append(block)
    yield from _in_items(reading, items)


def _in_block(reading: Reading, block: Block) -> Iterator[Relation]:
    """The bands of one of its sentences, or of several together."""
    if not holds(_HOLDS, reading.lower, block.body, block.end):
        return
    yield from _counts(reading, block)
    if reading.text.count("%", block.body, block.end) < _LEAST:
        return
    sentences = [span for span in reading.document.sentences(block) if reading.text.find("%", *span) >= 0]
    found = [one for span in sentences for one in _relation(reading, _pairs(reading, *span))]
    yield from found or (_relation(reading, _pairs(reading, block.body, block.end)) if len(sentences) > 1 else ())


def _is_next(block: Block, last: Block) -> bool:
    styles = [one.marker.style if one.marker is not None else None for one in (block, last)]
    return block.index == last.index + 1 and styles[0] == styles[1]


def _in_items(reading: Reading, items: Sequence[Block]) -> Iterator[Relation]:
    if len(items) < _LEAST:
        return
    found = [_pairs(reading, block.body, block.end) for block in items]
    # The line above may tell something else of the same form.
    for first in range(len(found) - _LEAST + 1):
        run = found[first:]
        if all(len(one) == 1 for one in run):
            yield from _relation(reading, [pair for one in run for pair in one])
            return


def _counts(reading: Reading, block: Block) -> Iterator[Relation]:
    """A total against the counts of all bands: ``45 người: dưới 30 tuổi 8, từ 31 đến 45 tuổi 27, trên 45 tuổi 10``."""
    for start, end in reading.document.sentences(block):
        pairs = _pairs(reading, start, end, _COUNT)
        if len(pairs) < _LEAST or not _lie_end_to_end([band for band, _ in pairs]):
            continue
        first = min(band.start for band, _ in pairs)
        told = [m for m in _COUNT.finditer(reading.lower, block.body, first) if m.end() <= first]
        parts = tuple(part for _, part in pairs)
        made = sum(part.value for part in parts)
        wholes = [(float(parse_numeral(m[0])), m.span()) for m in told]
        near = [row for row in wholes if abs(row[0] - made) <= max(_FEW, _SLIP * row[0])]
        if near:
            value, span = min(reversed(near), key=lambda row: row[0] != made)
            opened = max(reading.document.sentence_at(span[0])[0], span[0] - _NEAR)  # it may be a sentence before
            whole = reading.quantity(int(value), span, (opened, span[1]))
            yield Relation(kind="sum", whole=whole, parts=parts, exhaustive=True, disjoint=True, cue="khoảng")


def _pairs(reading: Reading, start: int, end: int, number: re.Pattern[str] = _SHARE) -> list[tuple[_Band, Quantity]]:
    """Each band of a passage with its number, which stands behind it or, with each of them, before it."""
    shares = list(number.finditer(reading.lower, start, end))
    bands = [band for match in _BAND.finditer(reading.lower, start, end) if (band := _band(match)) is not None]
    shares = [s for s in shares if not any(b.start <= s.start() < b.end for b in bands)]
    if not shares or not bands or _OTHER.search(reading.lower, bands[0].start, end):
        return []
    stops = [*(band.start for band in bands[1:]), end]
    behind = [_shares_in(reading, shares, band.end, stop) for band, stop in zip(bands, stops, strict=True)]
    if all(behind) and all(len(found) == 1 for found in behind[:-1]):
        return [(band, _quantity(reading, band, found[0])) for band, found in zip(bands, behind, strict=True)]
    starts = [start, *(band.end for band in bands[:-1])]
    before = [_shares_in(reading, shares, first, band.start) for first, band in zip(starts, bands, strict=True)]
    if all(before) and all(len(found) == 1 for found in before[1:]):
        return [(band, _quantity(reading, band, found[-1])) for band, found in zip(bands, before, strict=True)]
    return []


def _shares_in(reading: Reading, shares: Sequence[re.Match[str]], start: int, end: int) -> list[re.Match[str]]:
    """The percentages between two places, where the nearer one to either is near."""
    found = [share for share in shares if start <= share.start() and share.end() <= end]
    near = found and (found[0].start() - start <= _NEAR or end - found[-1].end() <= _NEAR)
    return found if near else []


def _quantity(reading: Reading, band: _Band, share: re.Match[str]) -> Quantity:
    value = parse_numeral(share[0].rstrip(" %"))
    place = min(band.start, share.start()), max(band.end, share.end())
    return reading.quantity(value, share.span(), place, unit="%" if share[0].endswith("%") else None)


def _band(match: re.Match[str]) -> _Band | None:
    def number(name: str) -> float:
        return float(parse_numeral(match[name].replace(".", ",")))

    infinite = float("inf")
    if match["top"]:
        low = high = number("top")
    elif match["lo"]:
        low, high = number("lo"), number("hi")
    elif match["under"]:
        low, high = -infinite, number("under")
    elif match["from"]:
        low, high = (number("from"), infinite) if match["way"] == "lên" else (-infinite, number("from"))
    else:
        low, high = number("over"), infinite
    return _Band(low, high, *match.span()) if low <= high else None


def _relation(reading: Reading, pairs: Sequence[tuple[_Band, Quantity]]) -> Iterator[Relation]:
    if len(pairs) < _LEAST or not _lie_end_to_end([band for band, _ in pairs]):
        return
    parts = tuple(part for _, part in pairs)
    if abs(sum(part.value for part in parts) - _ALL) <= _FAR_OFF:
        yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue="khoảng")


def _lie_end_to_end(bands: Sequence[_Band]) -> bool:
    """Whether bands leave nobody out, from the lowest of all to the highest."""
    rows = sorted(bands, key=lambda band: (band.low, band.high))
    if rows[0].low > 0 or not (rows[-1].high == float("inf") or rows[-1].high in _TOPS):
        return False
    return all(0 <= above.low - below.high <= _GAP for below, above in pairwise(rows))


def _in_tables(reading: Reading) -> Iterator[Relation]:
    """Tables whose rows or columns are bands."""
    for grid in find_grids(reading):
        for column in range(1, grid.cols):
            rows = [row for row in range(grid.first, grid.rows) if _is_share(grid, row, column)]
            yield from _of_cells(reading, grid, [(grid.label(row) or grid.text(row, 0), row, column) for row in rows])
        for row in range(grid.first, grid.rows):
            columns = [column for column in range(1, grid.cols) if _is_share(grid, row, column)]
            heads = [" ".join(grid.text(head, column) for head in range(grid.first)) for column in columns]
            yield from _of_cells(reading, grid, [(head, row, col) for head, col in zip(heads, columns, strict=True)])


def _is_share(grid: Grid, row: int, column: int) -> bool:
    return grid.value(row, column) is not None and (
        "%" in grid.text(row, column) or any("%" in grid.text(head, column) for head in range(grid.first))
    )


def _of_cells(reading: Reading, grid: Grid, cells: Sequence[tuple[str, int, int]]) -> Iterator[Relation]:
    pairs = []
    for label, row, column in cells:
        match = _BAND.search(label)
        band = _band(match) if match is not None else None
        if band is None:
            continue
        block = grid.cells[row, column]
        pairs.append((_Band(band.low, band.high, block.start, block.end), grid.quantity(row, column, label)))
    yield from _relation(reading, pairs)
