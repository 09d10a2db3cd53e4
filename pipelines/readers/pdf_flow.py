"""From the lines of a page to columns and paragraphs, by geometry alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import pstdev

from pipelines.readers.pdf_lines import Line, Word, is_hyphenated

#: What begins a list item, so that a line with it starts a paragraph.
_MARKER = re.compile(r"(?:[-–—+•*▪➢✓●○]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVXLC]{1,6})[.)/])(?=\s)")
#: A number or sign that opens a line and stands apart from its text.
_LABEL = re.compile(r"(?:[-–—+•*▪➢✓●○]|\(?(?:(?:\d{1,3}|[A-Z]|[IVXLC]{1,6})(?:\.\d{1,2})*|[a-zđ])[.)/:]{0,2}|S?TT)$")
_SENTENCE_END = re.compile(r"[.;:!?…][\"”»)]*$")
_NUMBER = re.compile(r"[\d.,%/()\s–-]+$")


@dataclass(frozen=True)
class Column:
    """Lines to be read in a row.

    ``running`` is True for text over the whole width, ``narrow`` for a side of a letterhead or
    signature block.
    """

    lines: tuple[Line, ...]
    running: bool = False
    narrow: bool = False


def find_columns(lines: Sequence[Line]) -> list[Column]:
    """The lines of a page in reading order: running text, and side by side blocks one after the other."""
    columns: list[Column] = []
    running: list[Line] = []
    at = 0
    while at < len(lines):
        end, gutter = _side_by_side(lines, at)
        if gutter is None:
            running.append(lines[at])
            at += 1
            continue
        above = _count_above(running, lines[at:end], gutter)
        if len(running) > above:
            columns.append(Column(tuple(running[: len(running) - above]), running=True))
        running = []
        columns.extend(_split(lines[at - above : end], gutter))
        at = end
    if running:
        columns.append(Column(tuple(running), running=True))
    return columns


def _side_by_side(lines: Sequence[Line], at: int) -> tuple[int, tuple[float, float] | None]:
    """End of the block of two columns that begins at a line, and the empty strip between them.

    None without such a block. It begins where a line has a hole of two letters' width, or where
    the next line stands beside it; it goes on as long as a strip stays empty, and ends with its
    last line that has something on both sides or, on the left, follows closely.
    """
    gutter = _widest_gap(lines[at], 2.0)
    if gutter is None and at + 1 < len(lines):
        gutter = _strip_between(lines[at], lines[at + 1]) or _narrow_gap(lines[at], lines[at + 1])
    if gutter is None:
        return at, None
    end, scan = at + 1, at + 1
    left_bottom = lines[at].bottom
    while scan < len(lines):
        line = lines[scan]
        shrunk = _shrink(gutter, line)
        if shrunk is None or line.top - lines[scan - 1].bottom > 8 * line.size:
            break
        left, right = line.x0 < gutter[0], line.x1 > gutter[1]
        close = line.top - left_bottom < 0.6 * line.size
        gutter = shrunk
        scan += 1
        if (left and right) or (left and close) or _strip_between(lines[scan - 2], line) is not None:
            end = scan
        if left:
            left_bottom = line.bottom
    return end, gutter


def _count_above(running: Sequence[Line], block: Sequence[Line], gutter: tuple[float, float]) -> int:
    """How many of the lines right above a block belong to its right side: close to it and centered over it."""
    right = [word for line in block for word in line.words if word.x0 >= gutter[1] - 1]
    middle = (min(word.x0 for word in right) + max(word.x1 for word in right)) / 2 if right else 0.0
    below, count = block[0].top, 0
    for line in reversed(running):
        centered = abs((line.x0 + line.x1) / 2 - middle) < 2 * line.size
        if line.x0 < gutter[1] - 1 or not centered or below - line.bottom > 0.6 * line.size:
            break
        below, count = line.top, count + 1
    return count


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Empty strips of a line at least half a letter's size wide, both margins included."""
    return [(-1e9, line.x0), *line.holes(), (line.x1, 1e9)]


def _widest_gap(line: Line, least: float) -> tuple[float, float] | None:
    """The widest strip between words, not that behind a list's number; None where none is so many letter sizes wide."""
    holes = line.holes()
    if holes and _is_labelled(line):
        holes = [hole for hole in holes if hole[0] != line.words[0].x1]
    if not holes:
        return None
    widest = max(holes, key=lambda gap: gap[1] - gap[0])
    return widest if widest[1] - widest[0] >= least * line.size else None


def _is_mixed(before: Line, line: Line) -> bool:
    """Whether a good part of one line is as high as the other: where a font lacks letters, another one's stand in."""

    def share(size: float, words: Sequence[Word]) -> float:
        return sum(abs(word.bottom - word.top - size) <= 0.1 * size for word in words) / len(words)

    return max(share(before.size, line.words), share(line.size, before.words)) >= 0.3


def _is_labelled(line: Line) -> bool:
    """Whether a line begins with the number or sign of a list, behind which there is no border of columns."""
    return len(line.words) > 1 and _LABEL.match(line.words[0].text) is not None and line.words[1].text[0].isalpha()


def _narrow_gap(line: Line, below: Line) -> tuple[float, float] | None:
    """The hole of a line that is narrow, but wider than its spaces and right above a wide one."""
    hole = _widest_gap(line, 1.0)
    wide = _widest_gap(below, 2.0) if hole is not None else None
    if hole is None or wide is None or hole[0] >= wide[1] or wide[0] >= hole[1]:
        return None
    spaces = sorted(word.x0 - before.x1 for before, word in pairwise(line.words))
    return hole if hole[1] - hole[0] > 3 * max(spaces[len(spaces) // 2], 0.1 * line.size) else None


def _shrink(gutter: tuple[float, float], line: Line) -> tuple[float, float] | None:
    """What of a strip a line leaves empty, None where it leaves too little."""
    for gap in _gaps(line):
        left, right = max(gutter[0], gap[0]), min(gutter[1], gap[1])
        if right - left >= 0.5 * line.size:
            return left, right
    return None


def _strip_between(line: Line, other: Line) -> tuple[float, float] | None:
    """The strip between two lines that stand beside each other at slightly different heights."""
    overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
    if overlap < 0.25 * min(line.size, other.size):
        return None
    left, right = sorted((line, other), key=lambda each: each.x0)
    return (left.x1, right.x0) if right.x0 - left.x1 >= 0.5 * line.size else None


def _split(lines: Sequence[Line], gutter: tuple[float, float]) -> list[Column]:
    """The two sides of a block as columns, or its lines as they are where they are rows of a list."""
    columns: list[Column] = []
    beside: list[Line] = []
    for group in [*_spaced_groups(lines), None]:
        if group is not None and not _is_rows(group, gutter):
            beside += group
            continue
        if beside and _is_list(beside, gutter):
            columns.append(Column(tuple(beside), running=True))
        else:
            for side in (_side(beside, gutter, left=True), _side(beside, gutter, left=False)):
                if side:
                    columns.append(Column(tuple(side), narrow=_is_narrow(side)))
        beside = []
        columns.extend(Column((Line(line.words, spread=True),), narrow=True) for line in group or ())
    return columns


def _spaced_groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in groups between which there is more than a line's distance."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.top - groups[-1][-1].bottom < 0.35 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _side(lines: Sequence[Line], gutter: tuple[float, float], *, left: bool) -> list[Line]:
    sides = [tuple(word for word in line.words if (word.x1 <= gutter[0] + 1) == left) for line in lines]
    return [Line(words) for words in sides if words]


def _is_list(lines: Sequence[Line], gutter: tuple[float, float]) -> bool:
    """Whether what stands on the left are the numbers and signs of a list, and on the right its items."""
    left = [[word for word in line.words if word.x1 <= gutter[0] + 1] for line in lines]
    return (
        any(left)
        and all(len(words) <= 1 for words in left)
        and all(_LABEL.match(words[0].text) for words in left if words)
    )


def _is_rows(lines: Sequence[Line], gutter: tuple[float, float]) -> bool:
    """Whether the two sides belong together line by line: figures on the right, or aligned columns."""
    left, right = _side(lines, gutter, left=True), _side(lines, gutter, left=False)
    if right and left and sum(_NUMBER.match(line.text) is not None for line in right) * 2 >= len(right):
        return True
    if len(left) != len(lines) or len(right) != len(lines):
        return False
    counted = sum(line.words[0].text.isdecimal() and _is_labelled(line) for line in left)
    if counted >= 2 and counted >= len(lines) - 1:  # rows that are numbered, perhaps below a heading
        return True
    if len(lines) < 4:
        return False
    aligned = all(pstdev(line.x0 for line in side) < 3 for side in (left, right))
    edge = max(line.x1 for line in left)
    filled = sum(line.x1 > edge - 1.5 * line.size for line in left)
    # Columns of running text are full lines with a narrow strip between them.
    return aligned and (filled * 2 < len(left) or gutter[1] - gutter[0] > 4 * left[0].size)


def _is_narrow(side: Sequence[Line]) -> bool:
    """Whether a side is a letterhead or a signature, whose lines are no running text."""
    edge = max(line.x1 for line in side)
    filled = sum(line.x1 > edge - 2.5 * line.size for line in side)
    return len(side) < 8 or filled * 3 < len(side) * 2


def find_paragraphs(column: Column, edge: float) -> list[tuple[Line, ...]]:
    """Lines of a column grouped into paragraphs; ``edge`` is where its lines are wrapped."""
    paragraphs: list[list[Line]] = []
    for line in column.lines:
        if paragraphs and continues(paragraphs[-1], line, edge=edge, narrow=column.narrow):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [tuple(paragraph) for paragraph in paragraphs]


def usual_end(ends: Sequence[float]) -> float:
    """Where lines are wrapped, given where each ends: what a tenth of them reach. 0 without any."""
    ordered = sorted(ends)
    return ordered[min(int(len(ordered) * 0.9), len(ordered) - 1)] if ordered else 0.0


def continues(
    paragraph: Sequence[Line], line: Line, *, edge: float, narrow: bool = False, new_page: bool = False
) -> bool:
    """Whether a line goes on with the paragraph before it.

    It does where the line before is full (the next word would not have fitted), nothing but a
    line's distance lies between them, and indentation, capitals and list signs do not speak
    against it. On a new page, distance and position say nothing.
    """
    before = paragraph[-1]
    if abs(before.size - line.size) > 0.15 * before.size and not _is_mixed(before, line):
        return False
    if not new_page and line.top - before.bottom > 0.9 * line.size:
        return False
    if is_hyphenated(before.text, line.text):
        return True
    space = 0.25 * line.size
    if before.x1 + space + (line.words[0].x1 - line.words[0].x0) < edge - 0.1 * line.size:
        return False
    is_item = _MARKER.match(line.text) is not None
    begins_low = line.text[0].islower() and not is_item
    if narrow:
        # A lone syllable under the widest line is what did not fit; two may be a line of their own.
        lone = len(line.words) == 1 and line.text.isalpha() and line.text.isupper() and before.text.isupper()
        return begins_low or (lone and before.x1 > edge - 1)
    # One abbreviation alone is no heading in capitals.
    if before.text.isupper() != line.text.isupper() and not begins_low and min(len(before.words), len(line.words)) > 1:
        return False
    indent = 0.0 if new_page else line.x0 - paragraph[0].x0
    settled = len(paragraph) > 1 and abs(line.x0 - before.x0) < 2 and abs(before.x0 - paragraph[0].x0) > 3
    if is_item:
        return settled and not new_page
    if not _SENTENCE_END.search(before.text):
        return begins_low or indent < 3 or settled or _MARKER.match(paragraph[0].text) is not None
    if new_page:
        return begins_low
    return settled or indent < -3 or (indent > 3 and len(paragraph) == 1 and bool(_MARKER.match(paragraph[0].text)))
