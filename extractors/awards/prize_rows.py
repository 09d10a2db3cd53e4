"""Rows of a table that count prizes: ``Số học sinh đạt giải cấp tỉnh | 7 | 1 | 2 | 4``, with the levels below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Document
from extractors._shared.grid import Grid, grids
from extractors.awards.contest_names import contests_in
from extractors.awards.context import Context
from extractors.awards.level_totals import BARE_LEVELS
from schemas.records import Award

#: The label of a row that counts prizes or their winners.
_PRIZES = re.compile(
    r"(?:[\d.]+[.)]? |[-+*•] ?)?(?:tổng )?(?:số )?(?:lượt )?(?P<who>học sinh|hs|giáo viên|gv|em|cbgv|đội tuyển)?"
    r"(?: (?:thi )?(?:giỏi|thcs|thpt))?(?: (?:có|được|đạt|đoạt))* ?(?P<what>giải|huy chương)(?! (?:pháp|nhất|nhì|ba"
    r"|tư|khuyến|kk|đặc|thể|vàng|bạc|đồng|quyết|toán))(?!\w)"
)
#: A level that a row's label tells: ``Cấp tỉnh/thành phố``, ``Quốc gia, khu vực một số nước, quốc tế``.
_LEVEL = re.compile(rf"(?:cấp |vòng )?(?P<level>{'|'.join(sorted(BARE_LEVELS, key=len, reverse=True))})(?!\w)")
#: What makes a row or a column one of something else than what was won.
_OTHER = re.compile(
    r"tỷ lệ|tỉ lệ|%|chỉ tiêu|kế hoạch|mục tiêu|dự kiến|(?<!\w)(?:kh|giao)(?!\w)|phấn đấu|đăng ký|so với|tăng|giảm"
    r"|dự thi|điểm|ghi chú|kinh phí|tiền"
)
_COUNT = re.compile(
    r"(?P<n>\d{1,4}(?:\.\d{3})*)(?: ?/ ?(?P<of>\d{1,5}))?(?: (?:giải|em|hs|học sinh|gv))?(?: ?\([\d., ]+%?\))?"
)


@dataclass(frozen=True)
class _Row:
    """What a row counts: its label, the contest that this or the row above names, its level and kind."""

    label: Block
    contest: str | None
    level: str | None
    kind: str
    who: str | None


def extract_prize_rows(context: Context) -> Iterator[Award]:
    """The counts of the rows whose label says that they count prizes, a record for each cell."""
    for grid in grids(context.document):
        if grid.label_col is None:
            continue
        heads = {col: " ".join(grid.header_path(col)).lower() for col in range(grid.shape[1])}
        columns = [
            col
            for col, head in heads.items()
            if col > grid.label_col and not _OTHER.search(head) and "giải" not in head and not _to_come(heads, head)
        ]
        for row, told in _rows(context, grid):
            for col in columns:
                yield from _of_cell(context, grid, (row, col), told)


#: The column of a plan that tells the state from which its years start.
NOW = re.compile(r"hiện nay|hiện tại|hiện trạng|hiện có|thực trạng|năm cơ sở|xuất phát")
_A_YEAR = re.compile(r"(?:đến )?(?:năm(?: học)? )?20\d\d(?: ?- ?20\d\d)?")


def _to_come(heads: dict[int, str], head: str) -> bool:
    """Whether a column is a year of a plan, whose figures are targets: it stands beside one of the present state."""
    return _A_YEAR.fullmatch(head.strip()) is not None and any(NOW.search(other) for other in heads.values())


def counts_prizes(label: str) -> re.Match[str] | None:
    """Whether the label of a row, in lower case, says that the row counts prizes: ``số học sinh đạt giải cấp tỉnh``."""
    return None if _OTHER.search(label) else _PRIZES.match(label)


def _rows(context: Context, grid: Grid) -> Iterator[tuple[int, _Row]]:
    """The rows that count prizes, those of single levels below one of them included."""
    document = context.document
    group: _Row | None = None
    for row in range(grid.header_rows, grid.shape[0]):
        label = grid.cells.get((row, grid.label_col or 0))
        text = grid.text(row, grid.label_col or 0).lower().strip(" :.")
        own = counts_prizes(text) if label else None
        if label and own:
            named = context.named_contest(*grid.span(label)) or _short_contest(document, *grid.span(label))
            contest = document.value(*named) if named else None
            group = _Row(label, contest, _level(context, text[own.end() :]), own["what"], own["who"])
            yield row, group
        elif label and group and not group.level and _LEVEL.match(text):
            yield row, _Row(label, group.contest, _level(context, text), group.kind, group.who)
        else:
            group = None


def _short_contest(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """A contest in short that ends the label of a row: ``Giải HSG tỉnh``; None for none."""
    found = [match.span() for match in contests_in(document.lower, start, end)]
    return found[-1] if found and not document.text[found[-1][1] : end].strip(" :.") else None


def _level(context: Context, text: str) -> str | None:
    match = _LEVEL.search(text)
    level = BARE_LEVELS[match["level"]] if match else None
    return context.city_level if level == "thanh_pho" else level


def _of_cell(context: Context, grid: Grid, place: tuple[int, int], told: _Row) -> Iterator[Award]:
    """The award of one cell; nothing for one that is empty, counts none or tells more than a number."""
    block = grid.cells.get(place)
    match = _COUNT.fullmatch(grid.text(*place).lower().strip())
    count = int(match["n"].replace(".", "")) if match else 0
    if block is None or match is None or not count or block.index == told.label.index:
        return
    document = context.document
    head = " ".join(grid.header_path(place[1]))
    years = [date.iso for date in find_dates(head, head.lower(), 0, len(head)) if date.iso]
    kinds = {"gv": "teacher", "giáo viên": "teacher", "cbgv": "teacher", "đội tuyển": "team", None: None}
    yield Award(
        report=context.report_id,
        evidence=(document.evidence(block.start, block.end), document.evidence(told.label.start, told.label.end)),
        confidence=0.75,
        kind="medal" if told.kind == "huy chương" else "prize",
        prize="giai",
        contest=told.contest,
        level=told.level,  # type: ignore[arg-type]
        count=count,
        participants=int(match["of"]) if match["of"] else None,
        recipient_kind=kinds.get(told.who, "student"),  # type: ignore[arg-type]
        period=years[0] if years else context.period,
    )
