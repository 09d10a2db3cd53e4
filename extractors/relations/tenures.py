"""Heads of a school one after the other, with their years: ``- Thầy Lò Văn Thắng: 1989 - 2001``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors._shared.view import lower
from extractors.relations.grids import Grid, find_grids
from extractors.relations.reading import LOWER, UPPER, Reading
from schemas.relation import Quantity, Relation

_TITLE = r"(?:(?i:Thầy|Cô|Ông|Bà|Đ/c|ĐC|Đồng chí|Nhà giáo|NGƯT|NGND|ThS|TS)(?: giáo)?[.:]? )*"
_PERSON = rf"(?P<name>[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]*)+)"
_WHEN = r"(?:năm (?:học )?|tháng |ngày )?(?:\d{1,2}[/.-]){0,2}"
#: Years of a term, from the first to the last, who still holds the post with ``nay``.
_SPAN = (
    rf"(?:[Tt]ừ |[Gg]iai đoạn |[Tt]hời kỳ |[Nn]hiệm kỳ )?{_WHEN}(?P<first>(?:19|20)\d\d)"
    r"\s*,?\s*(?:-|–|đến|tới|->|→|nghỉ hưu)\s*"
    rf"(?:{_WHEN}(?P<last>(?:19|20)\d\d)|(?:hiện )?nay)"
)
_POST = r"(?:\s*[,:(–-]?\s*(?:[Hh]iệu trưởng|HT)(?: nhà trường)?)?"
#: One person with the years, in either order.
_ITEM = re.compile(
    rf"{_TITLE}{_PERSON}{_POST}\s*[,:(–-]*\s*{_SPAN}\s*\)?\s*[.;,]?"
    rf"|{_SPAN.replace('?P<first>', '?P<from>').replace('?P<last>', '?P<till>')}\s*[,:–-]\s*"
    rf"{_TITLE}{_PERSON.replace('?P<name>', '?P<named>')}\s*[.;,]?"
)
#: Behind the years of a line: what became of the person, ``, nghỉ hưu``; no years and no other post at the school.
_AFTER = re.compile(r"[^\d;:]{2,70}")
_NO_HEAD = re.compile(r"(?<!\w)(?:phó|quyền|phụ trách|phân hiệu|điểm trường)(?!\w)")
_ITEM_BESIDE = re.compile(_ITEM.pattern.replace(r"\s*[.;,]?|", "|").removesuffix(r"\s*[.;,]?"))
#: The line above says whose years they are; of several posts nothing is known.
_HEADS = re.compile(
    r"(?<!\w)(?P<post>hiệu trưởng|trưởng phòng|giám đốc|bí thư chi bộ|bí thư đảng (?:bộ|ủy)|bí thư đoàn|"
    r"chủ tịch công đoàn|chủ tịch ubnd xã)(?!\w)"
)
_OTHERS = re.compile(r"(?<!\w)(?:phó|ban giám hiệu|lãnh đạo|cán bộ quản lý|quyền|phân hiệu|điểm trường)(?!\w)")
_HEAD_AT = Words(("hiệu trưởng", "trưởng phòng", "giám đốc", "bí thư", "chủ tịch"))
_LEAST = 2
_OPEN_ENDED = 9999
#: Between people of one line, and behind what they were.
_BETWEEN = re.compile(r"\s*[;,.]\s*(?:và |\d{1,2}[.)] ?|[-+•] )?|\s+và\s+")
_NUMBERED = re.compile(r"1[.)] ?")
_LABEL = re.compile(r"[^:;]{4,90}?:\s*")


def find_tenures(reading: Reading) -> Iterator[Relation]:
    """One relation for a list of heads in the order of their years: each part a person, its value the first year.

    Its unit is the last year; a list that is not in order tells of more than one post.
    """
    if not holds(_HEAD_AT, reading.lower, 0, len(reading.lower)):
        return
    yield from _in_lines(reading)
    yield from _in_tables(reading)


def _in_lines(reading: Reading) -> Iterator[Relation]:
    run: list[Quantity] = []
    above: Block | None = None
    for block in [*reading.document.blocks, None]:
        if block is not None and (part := _whole_line(reading, block)) is not None:
            run.append(part)
            continue
        if len(run) >= _LEAST and above is not None and (post := _post_of(reading, above.body, above.end)):
            yield from _tenure(run, post)
        if block is not None:
            yield from _in_one_line(reading, block)
        run, above = [], block


def _whole_line(reading: Reading, block: Block) -> Quantity | None:
    text = reading.text[block.body : block.end].strip()
    match = _ITEM.match(text) if "19" in text or "20" in text else None
    if match is None or not (match.end() == len(text) or _is_of_after(text[match.end() :], match)):
        return None
    return _part(reading, match, block.body, block.end)


def _is_of_after(rest: str, match: re.Match[str]) -> bool:
    """Whether what stands behind the years of a line only tells what became of the person."""
    parted = rest.lstrip().startswith(("- ", "– ", "(")) or match[0].endswith((",", ";", ".", ")"))
    parted = parted or _closes(rest, match)
    return parted and _AFTER.fullmatch(rest) is not None and _NO_HEAD.search(lower(rest)) is None


def _closes(rest: str, match: re.Match[str]) -> bool:
    """Whether the years stand in a bracket that is closed behind what became of the person: ``đến 2007 nghỉ hưu)``."""
    return match[0].count("(") > match[0].count(")") and rest.rstrip(" .;,").endswith(")")


def _part(reading: Reading, match: re.Match[str], start: int, end: int) -> Quantity:
    name, first, last = match["name"] or match["named"], match["first"] or match["from"], match["last"] or match["till"]
    passage = reading.evidence(start, end)
    return Quantity(value=int(first), printed=name, unit=last or str(_OPEN_ENDED), label=name, evidence=passage)


def _in_one_line(reading: Reading, block: Block) -> Iterator[Relation]:
    """People in a row behind a label: ``Các đời Hiệu trưởng: thầy A (2003-2009); cô B (2009-2016)``."""
    label = _LABEL.match(reading.text, block.body, block.end) if block.kind != "cell" else None
    post = _post_of(reading, block.body, label.end()) if label is not None else None
    if label is None or post is None:
        return
    run, at = list[Quantity](), label.end()
    if (numbered := _NUMBERED.match(reading.text, at)) is not None:
        at = numbered.end()
    while (match := _ITEM_BESIDE.match(reading.text, at, block.end)) is not None:
        run.append(_part(reading, match, match.start(), match.end()))
        between = _BETWEEN.match(reading.text, match.end(), block.end)
        if between is None:
            break
        at = between.end()
    if len(run) >= _LEAST:
        yield from _tenure(run, post)


def _tenure(run: list[Quantity], post: str) -> Iterator[Relation]:
    if _in_order(run):
        yield Relation(kind="tenure", whole=None, parts=tuple(run), exhaustive=True, cue=post.capitalize())


def _post_of(reading: Reading, start: int, end: int) -> str | None:
    """The one post that a heading or a label names; None for several, and for deputies."""
    said = reading.lower[start:end]
    posts = {match["post"] for match in _HEADS.finditer(said)}
    return posts.pop() if len(posts) == 1 and _OTHERS.search(said) is None else None


def _in_order(run: list[Quantity]) -> bool:
    """Whether the years rise from one to the next, both the first and the last ones."""
    firsts, lasts = [part.value for part in run], [int(part.unit or 0) for part in run]
    ordered = firsts == sorted(firsts) and lasts == sorted(lasts)
    return ordered and all(first <= last for first, last in zip(firsts, lasts, strict=True))


#: Headings of a table of heads: of whom, with which post, in which years.
_NAME_HEAD = re.compile(r"(?:họ (?:và )?tên|tên|hiệu trưởng|thầy|người giữ chức)(?!\w)[^|]*")
_POST_HEAD = re.compile(r"chức vụ|chức danh")
_YEARS_HEAD = re.compile(r"(?:thời gian|thời kỳ|giai đoạn|nhiệm kỳ|năm|các năm|từ năm)(?!\w).*")
_FROM, _TO = re.compile(r"(?:từ|bắt đầu)(?: năm| tháng)?"), re.compile(r"(?:đến|kết thúc)(?: năm| tháng)?")
_NAME = re.compile(
    rf"(?:(?:Thầy|Cô|Ông|Bà|Đ/c|Đồng chí|NGƯT|NGND|Nhà giáo)[.:]? )*"
    rf"(?P<name>[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]*)+)"
)
_YEAR = r"(?:năm |tháng )?(?:\d{1,2}/)?"
_YEARS = re.compile(
    rf"(?:từ )?{_YEAR}(?P<first>(?:19|20)\d\d)\s*(?:-|–|đến)\s*{_YEAR}(?P<last>(?:19|20)\d\d|(?:hiện )?nay)"
)
#: In a row: who held the post only till it was given.
_ACTING = re.compile(r"(?<!\w)(?:quyền|phụ trách|phân hiệu)(?!\w)")
_LEAST_ROWS = 2


def _in_tables(reading: Reading) -> Iterator[Relation]:
    """Tables of heads: their names, and their years in one column or in two; with a column of posts those rows only."""
    for grid in find_grids(reading):
        heads = [grid.text(0, col) for col in range(grid.cols)]
        posts = [col for col, head in enumerate(heads) if _POST_HEAD.search(head)]
        names = [col for col, head in enumerate(heads) if _NAME_HEAD.fullmatch(head) and col not in posts]
        if not names or not (posts or _is_of_heads(reading, grid, heads[names[0]])):
            continue
        rows = [row for row in range(1, grid.rows) if not posts or grid.text(row, posts[0]) == "hiệu trưởng"]
        run = [part for row in rows if (part := _row(grid, heads, names[0], row)) is not None]
        if len(run) >= _LEAST_ROWS and _in_order(run):
            yield Relation(kind="tenure", whole=None, parts=tuple(run), exhaustive=True, cue="Hiệu trưởng")


def _is_of_heads(reading: Reading, grid: Grid, head: str) -> bool:
    """Whether the heading of the names, or the line above the table, says that they are those of heads."""
    first = grid.blocks[0].index
    if _OTHERS.search(head) is not None:
        return False
    return "hiệu trưởng" in head or (first > 0 and _is_above(reading, first - 1))


def _is_above(reading: Reading, index: int) -> bool:
    above = reading.document.blocks[index]
    return _post_of(reading, above.body, above.end) == "hiệu trưởng"


def _row(grid: Grid, heads: list[str], name: int, row: int) -> Quantity | None:
    """One head with the years of a row; None where the row does not say both, or tells of somebody acting."""
    cell, reading = grid.cells.get((row, name)), grid.reading
    person = _NAME.fullmatch(reading.text[cell.start : cell.end].strip()) if cell is not None else None
    texts = [grid.text(row, col) for col in range(grid.cols)]
    years = _years(heads, texts)
    if cell is None or person is None or years is None or _ACTING.search(" ".join(texts)):
        return None
    last = str(_OPEN_ENDED) if years["last"].endswith("nay") else years["last"]
    found = person["name"]
    evidence = reading.evidence(cell.start, cell.end)
    return Quantity(value=int(years["first"]), printed=found, unit=last, label=found, evidence=evidence)


def _years(heads: list[str], texts: list[str]) -> re.Match[str] | None:
    """The years of a row, of two columns put together."""
    begins = [col for col, head in enumerate(heads) if _FROM.fullmatch(head)]
    ends = [col for col, head in enumerate(heads) if _TO.fullmatch(head)]
    if len(begins) == len(ends) == 1:
        return _YEARS.fullmatch(f"{texts[begins[0]]} - {texts[ends[0]]}")
    columns = [col for col, head in enumerate(heads) if _YEARS_HEAD.fullmatch(head)]
    return _YEARS.fullmatch(texts[columns[0]]) if len(columns) == 1 else None
