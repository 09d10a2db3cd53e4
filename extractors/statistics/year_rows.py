"""Tables that lost their cells with a school year before each row: ``2019-2020 14 215 2020-2021 14 221``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors._shared.document import Document
from extractors._shared.numbers import Number, parse_numeral
from extractors._shared.scan import digits, matches_from
from extractors._shared.view import CAPITAL
from extractors.statistics.row_reading import Row, Rows

_NUMERAL = r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?"
_YEARS = r"20\d\d ?- ?20\d\d"
_CELL = re.compile(rf" (?!{_YEARS})(?P<n>{_NUMERAL})(?P<share> ?%)?(?![\w/-]|[.,]\d)")
_ROW = re.compile(
    rf"(?P<year>(?<![\w./-]){_YEARS})(?P<cells>(?:{_CELL.pattern.replace('?P<n>', '').replace('?P<share>', '')}){{2,}})"
)
#: The heading of the years, with which the row of headings begins.
_HEADS_BEGIN = re.compile(r"(?<!\w)Năm(?: học)? (?=[^\d])")
#: A heading begins with a capital; behind it go small letters, signs and abbreviations.
_HEAD = re.compile(rf"[{CAPITAL}][^\W\d_]*(?: (?:(?![{CAPITAL}][^\W\d_]*[^\W\d_])[^\W\d_]+|%|(?!SL|TL)[A-ZĐ&]{{2,}}))*")
_COUNT = re.compile(r"sl|số lượng|số hs|số học sinh|số em", re.I)
_SHARE = re.compile(r"(?:tl|t[ỷỉ] lệ|%)(?: ?%)?", re.I)
#: What is told of awards is no statistic.
_WON = re.compile(r"(?<!\w)(?:giải|huy chương|danh hiệu|hsg|gvdg|gvg|cstđ|lđtt|bằng khen|giấy khen)(?!\w)", re.I)
_REACH, _LEAST_ROWS = 300, 2


def find_year_rows(document: Document) -> list[Rows]:
    """The tables of a text whose rows begin with school years, in order; none without as many headings as figures."""
    found: list[Rows] = []
    for rows in _runs(document):
        width = len(rows[0].cells)
        columns = _columns(document, rows[0].start, width)
        if columns and not any(_WON.search(head) for head, _ in columns):
            table = [_with_shares(row, [share for _, share in columns]) for row in rows]
            found.append(Rows(table, [head for head, _ in columns]))
    return found


def _runs(document: Document) -> Iterator[list[Row]]:
    """Rows of as many figures each that follow each other with nothing between."""
    run: list[Row] = []
    last = 0
    text = document.text
    years = [at for at in digits(text, 0, len(text)) if text.startswith("20", at)]
    for match in matches_from(_ROW, years, text, 0, len(text)):
        block = document.block_at(match.start())
        if block.kind in ("cell", "letterhead", "recipients", "signature"):
            continue
        row = Row(
            document.value(*match.span("year")), match.start(), tuple(_numbers(document.text, match)), (block.index,)
        )
        if run and (document.text[last : match.start()].strip() or len(row.cells) != len(run[0].cells)):
            if len(run) >= _LEAST_ROWS:
                yield run
            run = []
        run.append(row)
        last = match.end()
    if len(run) >= _LEAST_ROWS:
        yield run


def _numbers(text: str, row: re.Match[str]) -> Iterator[Number]:
    for match in _CELL.finditer(text, *row.span("cells")):
        yield Number(match.start("n"), match.end(), parse_numeral(match["n"]), percent=match["share"] is not None)


def _with_shares(row: Row, shares: Sequence[bool]) -> Row:
    """A row with the figures of columns of shares told in per cent."""
    cells = [n and n._replace(percent=n.percent or share) for n, share in zip(row.cells, shares, strict=True)]
    return Row(row.label, row.start, tuple(cells), row.blocks)


def _columns(document: Document, start: int, width: int) -> list[tuple[str, bool]]:
    """The headings before the first row and whether their figures are shares; [] where they are not as many.

    Over two rows ``Giỏi Khá`` / ``SL TL% SL TL%`` each heading of the first is that of as many of the second.
    """
    begins = [match.end() for match in _HEADS_BEGIN.finditer(document.text, max(0, start - _REACH), start)]
    if not begins:
        return []
    heads = [match.group(0) for match in _HEAD.finditer(document.text, begins[-1], start)]
    under = [head for head in heads if _COUNT.fullmatch(head) or _SHARE.fullmatch(head)]
    upper = [head for head, _ in groupby(heads) if head not in under]
    if len(under) == width and upper and width % len(upper) == 0:
        each = width // len(upper)
        return [(upper[i // each], _SHARE.fullmatch(head) is not None) for i, head in enumerate(under)]
    return [(head, _SHARE.match(head) is not None) for head in heads] if len(heads) == width else []
