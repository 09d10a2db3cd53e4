"""From a text layer to its view and blocks: lines joined, markers read, the outline built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors._shared.document import Block
from extractors._shared.markup import find_breaks, without_marks
from extractors._shared.outline import ALPHA, BULLET, BULLETS, LETTER, NUMBER, PART, ROMAN, Marker, parse_marker
from extractors._shared.view import CAPITAL, View, ViewBuilder
from schemas.text import Cell, TextLayer

# Leftovers of a page that say nothing: camera and upload names, hashes, how often it was read, lone signs.
_JUNK = re.compile(
    r"(?:IMG|DSC|DSCN|DSCF|PXL|VID|Screenshot|image|z)[_ -]?\d[\w.()-]*|[\w-]+\.(?:jpe?g|png|gif|bmp|mp4|docx?|pdf)|"
    r"[\d.,]+ ?(?:lượt )?(?:xem|đọc|truy cập|views?)|(?:(?:số )?lượt|đã) (?:xem|đọc|truy cập)(?: lần)? ?:? ?[\d.,]+|"
    r"(?=\w*\d)[0-9a-f]{10,}|\d{6,}(?:_\w+)*|untitled|[.\s_*=~…|-]+|\\?",
    re.I,
)
_CAPTION = re.compile(r"\(\s?(?=.{12}).*[^\d\s].*\)\.?")
_TERMINAL = (".", ";", ":", "!", "?", "…", "/")
# With these a sentence goes on, however short the line before is.
_LEADS_ON = re.compile(r"(?:ngày|năm|tháng|của|và|số) (?=\w)|sau:")
#: A line of the letterhead cut in two, as pages print that were made from office documents.
SPLIT = re.compile(
    r"(?:ỦY\nBAN NHÂN DÂN|UỶ\nBAN NHÂN DÂN|BỘ\n[A-ZĐ].+|SỞ\nGIÁO DỤC.*|PHÒNG\nGIÁO DỤC.*|"
    r"(?:ỦY|UỶ) BAN NHÂN\nDÂN|CỘNG H(?:ÒA|OÀ) XÃ HỘI\nCHỦ NGHĨA VIỆT NAM|"
    r"CỘNG\nH(?:ÒA|OÀ) XÃ HỘI.*|Số:\n\d+\s?[/-].*|[A-ZĐ][^\W\d_]{1,6}\n[^\W\d_a-z][^\W\d_]*, ngày .*|"
    r"Số: ?\d+\n ?/.*|[^\W\d_a-z][\w .]{2,20},\nngày .*|"
    r"(?:Căn cứ|Thực hiện|Theo) (?:Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị|Kế hoạch|Công văn)\n.+)"
)
# The number of a row in a list without signs between its columns.
#: Words that end no line of their own: ``… Thông tư số``, ``… Quyết định số 12/QĐ-UBND ngày``.
_LEFT_OPEN = re.compile(r"(?<!\w)(?:số|ngày|tháng|của|và|các|những|theo|tại|cho|với|từ|trong|do|được|việc|bằng)$")
_SHORT_LINE = 30
#: The same in long lines: a person half named, a post or body without its name, a comma.
_LEFT_OPEN_LONG = re.compile(
    rf"(?<!\w)(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Tt]hầy(?: giáo)?|[Cc]ô(?: giáo)?|[Đđ]/c)(?: [{CAPITAL}][^\W\d_]*){{0,2}}$|"
    r"(?<!\w)(?:[Tt]rưởng phòng|UBND|HĐND|huyện|xã|tỉnh|phường|quận|thành phố|thị xã|[Tt]rường|THCS|THPT|[Tt]iểu học|"
    r"[Mm]ầm non|Sở|Phòng|[Cc]ông đoàn)$|, ?$"
)
_LONG_LINE = 40
_ROW = re.compile(r"\d{1,3}(?= (?:[-–] ?)?[^\W\d_a-z])")
_SEMANTIC_HEAD_LIMIT = 140


class _Line(NamedTuple):
    start: int
    end: int
    gap: int  # blank lines before it
    cell: Cell | None = None
    table: int | None = None


def build(layer: TextLayer) -> tuple[View, tuple[Block, ...]]:
    """The view of a layer and its blocks with markers and parents. Zones are set elsewhere."""
    builder = ViewBuilder(layer.text)
    drafts: list[tuple[int, _Line]] = []
    for group in _paragraphs(layer):
        if drafts:
            builder.join("\n", max(group[0].start - 1, 0))
        drafts.append((builder.length, group[0]))
        for number, line in enumerate(group):
            if number:
                builder.join(" ", line.start - 1)
            builder.add(line.start, line.end)
    view = builder.build()
    ends = [start - 1 for start, _ in drafts[1:]] + [builder.length] * bool(drafts)
    outline = _Outline(view)
    for (start, line), end in zip(drafts, ends, strict=True):
        outline.add(start, end, line)
    return view, tuple(outline.blocks)


def _lines(layer: TextLayer) -> Iterator[_Line]:
    """Non-empty lines outside tables, and the cells of tables, in the order of the text."""
    tables = sorted(enumerate(layer.tables), key=lambda item: item[1].start)
    position = 0
    for number, table in tables:
        yield from _plain_lines(layer.text, position, table.start)
        for cell in sorted(table.cells, key=lambda cell: (cell.start, cell.row, cell.col)):
            text = layer.text[cell.start : cell.end]
            if stripped := text.strip():
                start = cell.start + text.index(stripped)
                yield _Line(start, start + len(stripped), 0, cell, number)
        position = max(position, table.end)
    yield from _plain_lines(layer.text, position, len(layer.text))


def _plain_lines(text: str, start: int, end: int) -> Iterator[_Line]:
    gap, position = 0, start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        shown = False
        for first, last in _shown_lines(text, position, stop):
            line = text[first:last]
            stripped = line.strip(" \u00ad\u200b\ufeff")
            if stripped and _plain(stripped):
                first += line.index(stripped)
                yield _Line(first, first + len(stripped), gap)
                gap, shown = 0, True
        gap += not shown
        position = stop + 1


def _shown_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the lines that a line of the source shows: several, where tags of paragraphs part them."""
    if text.find("<", start, end) < 0:
        yield start, end
        return
    position = start
    for first, last in find_breaks(text[start:end]):
        yield position, start + first
        position = start + last
    yield position, end


def _paragraphs(layer: TextLayer) -> Iterator[list[_Line]]:
    """Lines grouped into paragraphs: wrapped lines and sentences cut in the middle are joined."""
    lines = list(_lines(layer))
    width = _wrap_width([line for line in lines if line.cell is None])
    group: list[_Line] = []
    for line in lines:
        if group and _continues(layer.text, group, line, width):
            group.append(line)
            continue
        if group:
            yield group
        group = [line]
    if group:
        yield group


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which the text is wrapped, or None where a line is a paragraph."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 12 or lengths[-1] > 140:
        return None
    adjacent = sum(line.gap == 0 for line in lines)
    width = lengths[int(len(lengths) * 0.95)]
    return width if width >= 50 and adjacent > len(lengths) * 0.4 else None


def _plain(line: str) -> str:
    """A line without soft hyphens and markup."""
    return without_marks(line.replace("\u00ad", "") if "\u00ad" in line else line).strip()


#: A line of a chronicle begins with its year, and so does the next one: ``Năm học 2016-2017: …``, ``- 2010: …``.
_YEAR_OPENS = re.compile(
    r"(?:[Tt]ừ )?(?:[Nn]ăm(?: học)? )?(?:19|20)\d\d(?: ?(?:[-–/]|đến(?: năm)?) ?(?:19|20)?\d\d)? ?[:–-] "
)


#: So does one of a programme, with what comes in it: ``Khai mạc: …``, ``Báo cáo tóm tắt: …``.
_LABEL_OPENS = re.compile(rf"[{CAPITAL}][^.,;:()\n]{{2,40}}: (?=\S)")


def _continues(text: str, group: list[_Line], line: _Line, width: int | None) -> bool:
    before = group[-1]
    if before.cell is not None or line.cell is not None or line.gap > 3:
        return False
    previous, current = _plain(text[before.start : before.end]), _plain(text[line.start : line.end])
    if line.gap == 0 and SPLIT.fullmatch(f"{previous}\n{current}"):
        return True
    if _is_closed(previous) or _JUNK.fullmatch(previous) or _JUNK.fullmatch(current):
        return False
    if line.gap and previous.endswith(")"):
        return False
    if parse_marker(current) is not None:
        return False
    if _YEAR_OPENS.match(current) and _YEAR_OPENS.match(_plain(text[group[0].start : group[0].end])):
        return False
    if _LABEL_OPENS.match(current) and _LABEL_OPENS.match(_plain(text[group[0].start : group[0].end])):
        return False
    if current[0].islower() and (before.end - group[0].start > 40 or (line.gap == 0 and _LEADS_ON.match(current))):
        return True
    if line.gap == 0 and len(previous) > _SHORT_LINE and _LEFT_OPEN.search(previous):
        return True
    if line.gap == 0 and len(previous) > _LONG_LINE and current[0].isupper() and _LEFT_OPEN_LONG.search(previous):
        return True
    if (row := _ROW.match(current)) and (above := _ROW.match(previous)) and int(row[0]) == int(above[0]) + 1:
        return False
    wrapped = width is not None and line.gap == 0 and len(previous) >= 0.8 * width
    return wrapped and previous.isupper() == current.isupper()


def _is_closed(line: str) -> bool:
    """Whether a line ends with a sign that closes a sentence, in quotes, brackets or emphasis or without."""
    plain = line.rstrip("*")
    return line.rstrip('"”»)').endswith(_TERMINAL) or (plain != line and plain.endswith("."))


def _kind(text: str, marker: Marker | None) -> str:
    """``heading``, ``item`` or ``paragraph`` by the marker and the look of the text."""
    short = len(text) <= _SEMANTIC_HEAD_LIMIT
    if marker is None:
        return "heading" if short and (text.endswith(":") or (text.isupper() and len(text) > 3)) else "paragraph"
    if marker.kind in (PART, ROMAN):
        return "heading"
    if marker.kind in (NUMBER, ALPHA) and short and not text.endswith((".", ";")):
        return "heading"
    return "item"


def _is_caption(text: str) -> bool:
    """Whether one bracket holds a whole line: ``(Ông A phát biểu)``, and not ``(Hưng Yên) Ngày 12/12 … (97%).``.

    A bracket of several sentences tells something: ``(Đôi nét về trường: … Năm học này: 27 lớp.)``.
    """
    if not text.startswith("(") or _CAPTION.fullmatch(text) is None:
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at >= len(text) - 2 and not (at > _LONGEST_CAPTION and ". " in text)
    return True


#: Beyond so many signs several sentences are no caption.
_LONGEST_CAPTION = 200


#: How deep a marker stands where no context says otherwise.
_RANK = {PART: 0, ROMAN: 1, NUMBER: 3, ALPHA: 8, BULLET: 9}


class _Outline:
    """The blocks added so far, with their parents.

    Markers are nested as they come: a style already open closes what was opened under it, a new
    one opens under the last. Text without a marker stands under the last head that is open.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.blocks: list[Block] = []
        self._open: list[tuple[str, int, int]] = []  # style, rank, index

    def add(self, start: int, end: int, line: _Line) -> None:
        """Reads a range of the view, which begins with this line, as the next block."""
        text, index = self.view.text[start:end], len(self.blocks)
        if line.cell is not None:
            self.blocks.append(Block(index, start, end, start, "cell", None, self._last, line.table, line.cell))
            return
        if _JUNK.fullmatch(text) or _is_caption(text):
            kind = "junk" if _JUNK.fullmatch(text) else "caption"
            self.blocks.append(Block(index, start, end, start, kind, gap_before=line.gap))
            return
        marker = parse_marker(text)
        length = marker.length if marker else 0
        kind = _kind(text[length:], marker)
        if marker is None and kind == "paragraph":
            while self._open and self._open[-1][0] in _BULLET_STYLES and not self._is_head(self._open[-1][2]):
                self._open.pop()
            parent = self._last
        else:
            style, rank = _style(marker)
            if style == LETTER:
                rank = self._rank_of_letters()
            if marker is not None and self._begins_anew(style, marker, kind):
                style, rank = f"{style}'", rank + 1
            self._close(style, rank, bullet=marker is not None and marker.kind == BULLET)
            parent = self._last
            self._open.append((style, rank, index))
        self.blocks.append(Block(index, start, end, start + length, kind, marker, parent, gap_before=line.gap))

    def _begins_anew(self, style: str, marker: Marker, kind: str) -> bool:
        """Whether a numbered line belongs to a list that begins anew right below a heading numbered as it is."""
        if marker.kind != NUMBER or marker.number is None:
            return False
        last = {open_style: self.blocks[index] for open_style, _, index in self._open}
        if (before := last.get(f"{style}'")) is not None and before.marker is not None:
            return kind != "heading" and marker.number == (before.marker.number or 0) + 1
        head = last.get(style)
        below = head is not None and head.index == len(self.blocks) - 1 and head.kind == "heading"
        return below and marker.number == 1 and kind == "item"

    @property
    def _last(self) -> int | None:
        return self._open[-1][2] if self._open else None

    def _rank_of_letters(self) -> int:
        """``A.`` stands over ``I.``, unless it comes below one."""
        styles = {style: rank for style, rank, _ in self._open}
        return styles.get(LETTER, _RANK[ROMAN] + 1 if ROMAN in styles else _RANK[PART])

    def _close(self, style: str, rank: int, *, bullet: bool) -> None:
        """Closes what a block of this style does not stand under."""
        styles = [open_style for open_style, _, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]
        elif not bullet:
            while self._open and self._open[-1][1] >= rank:
                self._open.pop()

    def _is_head(self, index: int) -> bool:
        block = self.blocks[index]
        text = self.view.text[block.body : block.end]
        return text.endswith(":") or (len(text) < 60 and not text.endswith((".", ";")))


_BULLET_STYLES = frozenset(f"-_+{BULLETS}")


def _style(marker: Marker | None) -> tuple[str, int]:
    if marker is None:
        return "head", _RANK[ALPHA]
    rank = _RANK[marker.kind]
    if marker.kind == NUMBER and marker.style[-1].isdigit():
        rank += int(marker.style[-1]) - 1
    return marker.style, rank
