"""Zones of a document: letterhead, motto, number, dateline, title, recipients, signature, byline.

Layouts read: Nghị định 30/2020/NĐ-CP, Party documents (Hướng dẫn 36-HD/VPTW), letters with ``V/v``,
pages that print a title above the letterhead, and news without one; with the two columns of a
letterhead one after the other in any order, in cells of a table, or flattened into one line.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.dates import find_dates
from extractors._shared.document import Block
from extractors._shared.lexicon import Entry
from extractors._shared.outline import BULLET
from extractors._shared.scan import Words, holds, words_in
from extractors._shared.view import View
from extractors._shared.zone_columns import HEAD_BLOCKS, HEAD_CHARACTERS, SUBJECT, split_columns
from extractors._shared.zone_forms import LINE, Lines, forms, is_number_line, pattern, spaced_kinds, tells_event
from extractors._shared.zone_tail import DATELINE, NOTE, Tail
from schemas.text import TextLayer

_TITLE_LINES = 6
#: A head without motto and number: its bodies stand in the first lines, its title some lines below.
_PLAIN_HEAD, _BODIES, _BODY_LENGTH, _ABOVE_TITLE = 10, 3, 70, 4
_PLACE = re.compile(r"(?:tỉnh|huyện|thành phố|tp\.?|quận|thị xã|xã|phường|thị trấn)\s")
_DATE_ONLY = re.compile(
    r"(?:thứ \w+|chủ nhật)?[\s,|-]*(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.{0,25}|\d{4}-\d\d-\d\d(?:[T ].{0,20})?|"
    r"(?:[^.\d]{0,40}\s)?(?:cập nhật|ngày đăng|đăng lúc|đăng ngày).{0,60}|"
    r"[^.\d]{0,40}(?:thứ \w+|chủ nhật),? (?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.{0,25}",
    re.I,
)
#: What a page prints around its text: buttons, counters, players.
#: A label with its figure, which is no part of a title: ``Tổng chi: 79.125.000 đồng``, ``Khối 6: 4 lớp``.
_FIGURE = re.compile(
    r"(?!năm|ngày|số |kỳ|khóa|lần|tháng|đợt)[^\W\d_][^:]{2,60}: ?"
    r"\d[\d.,]*(?:/\d[\d.]*)?(?: ?%| [^\W\d_]+)?(?:[ .;,(]|$)"
)
#: What a sentence counts, of which a title has one at most: ``Tặng quà cho 50 học sinh nghèo``.
_COUNTED = re.compile(
    r"\d ?(?:%|học sinh|em|hs|nữ|lớp|trường|giáo viên|gv|cán bộ|đồng chí|đ/c|người|trẻ|cháu|đảng viên|đoàn viên|"
    r"phòng|nhóm|xã|điểm trường|triệu|tỷ|đồng)(?!\w)"
)
_FRAME = re.compile(
    r"A- A A\+.*|.*(?:tăng tương phản|giảm tương phản).*|lượt xem.{0,20}|đọc bài viết|chia sẻ.{0,40}|in trang.{0,20}|"
    r"bình luận.{0,12}|skip to .*|nghe đọc bài.*|\d+:\d\d / \d+:\d\d|trang chủ.{0,40}|• ?:?|tin liên quan|"
    r"cỡ chữ.{0,20}|gốc|facebook|zalo|bản in",
    re.I,
)
#: Each of them holds one of these, in small letters; most lines hold none.
_FRAME_WORDS = Words(
    words_in(
        "a- a a|tương phản|lượt xem|đọc bài viết|chia sẻ|in trang|bình luận|skip to|nghe đọc bài|/|trang chủ|•|"
        "tin liên quan|cỡ chữ|gốc|facebook|zalo|bản in"
    )
)


def mark_zones(layer: TextLayer, view: View, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, with ``kind`` set to the zone where one stands in letterhead, signature and the like.

    Lines into which two columns were flattened are split, so there may be more blocks than before.
    """
    parts = split_columns(layer, view, blocks)
    tail = Tail(view, parts, {})
    tail.mark()
    head = _Head(view, parts, tail.kinds)
    head.mark()
    return tuple(
        replace(part, kind=kind) if (kind := head.kinds.get(part.index, part.kind)) != part.kind else part
        for part in parts
    )


class _Head(Lines):
    """Marks letterhead, motto, number, dateline and title."""

    def mark(self) -> None:
        """Gives the zones of the head to the lines that have none yet."""
        limit = [b.index for b in self.blocks[:HEAD_BLOCKS] if b.start < HEAD_CHARACTERS]
        for index in limit:
            if kind := self._anchor(index):
                self.kinds.setdefault(index, kind)
        anchors = [i for i in limit if self.kinds.get(i) in ("motto", "number", "dateline")]
        anchors = [i for n, i in enumerate(anchors) if n == 0 or i - anchors[n - 1] <= 8]
        if not any(self.kinds[i] in ("motto", "number") for i in anchors) or anchors[0] > 25:
            for index in anchors:
                if self.kinds[index] == "motto":
                    del self.kinds[index]
            if not self._mark_plain_letterhead():
                self._mark_headline()
            return
        for index in limit:
            if index > anchors[-1] and self.kinds.get(index) in ("motto", "number", "dateline"):
                del self.kinds[index]
        first, last = self._mark_letterhead(anchors[0], anchors[-1])
        for index in range(first):
            if self.blocks[index].kind in ("paragraph", "heading") and len(self.text(index)) <= LINE:
                self.kinds.setdefault(index, "title")
        if not self._mark_subject(first, last):
            self._mark_title(first, last)

    def _anchor(self, index: int) -> str | None:
        if self.blocks[index].kind in ("junk", "caption"):
            return None
        text, lowered = self.text(index), self.lowered(index)
        if len(text) > 120:
            return None
        if pattern("motto").fullmatch(lowered):
            needs_capitals = "capitals" in forms("motto")[lowered].attributes
            return "motto" if text.isupper() or not needs_capitals else None
        if is_number_line(text) and index < 40:
            return "number"
        if len(text) < 90 and DATELINE.fullmatch(text.rstrip(".")) and self._is_dateline(index):
            return "dateline"
        return None

    def _is_dateline(self, index: int) -> bool:
        block = self.blocks[index]
        dates = find_dates(self.view.text, self.view.lower, block.start, block.end)
        blank = re.search(r"ngày\s?[.…_\s]*tháng", self.lowered(index))
        return bool(blank) or (len(dates) == 1 and dates[0].kind in ("day", "month", "year", "partial"))

    def _mark_letterhead(self, first: int, last: int) -> tuple[int, int]:
        """Marks the lines of issuing bodies around the anchors; returns the range of the whole head."""
        for index in range(first, last + 1):
            if index not in self.kinds and self._is_body_line(index):
                self.kinds[index] = "letterhead"
        while first and (self.blocks[first - 1].kind == "junk" or self._is_body_line(first - 1)):
            first -= 1
            if self.blocks[first].kind != "junk":
                self.kinds[first] = "letterhead"
        has_body = any(self.kinds.get(i) == "letterhead" for i in range(first, last + 1))
        while not has_body and last + 1 < len(self.blocks) and last - first < 20:
            if self.blocks[last + 1].kind != "junk" and not self._is_body_line(last + 1):
                break
            last += 1
            if self.blocks[last].kind != "junk":
                self.kinds[last] = "letterhead"
        return first, last

    def _mark_plain_letterhead(self) -> bool:
        """Marks the bodies over a title where the head has neither motto nor number; False where there are none.

        ``PHÒNG GD&ĐT TÂN LỄ`` / ``TRƯỜNG THCS TÂN LỄ`` / ``BIÊN BẢN``; a headline tells what happens as well.
        """
        shown = (b.index for b in self.blocks[:_PLAIN_HEAD] if b.kind != "junk" and not self._is_frame(b))
        first = next(shown, None)
        if first is None or not pattern("body").match(self.lowered(first)):
            return False  # most pages
        lines = [first, *shown]
        bodies: list[int] = []
        for index in lines[:_BODIES]:
            begins = pattern("body").match(self.lowered(index)) or (bodies and _PLACE.match(self.lowered(index)))
            plain = len(self.text(index)) <= _BODY_LENGTH and not tells_event(self.lowered(index))
            if index in self.kinds or not (begins and plain and self._is_body_line(index)):
                break
            bodies.append(index)
        below = [i for i in lines if bodies and i > bodies[-1] and not NOTE.fullmatch(self.text(i))]
        if not below or not all(self.text(index).isupper() for index in bodies[: len(bodies) - 1]):
            return False
        if _DATE_ONLY.fullmatch(self.text(below[0])):
            self.kinds.setdefault(below[0], "dateline")
        dated = self.kinds.get(below[0]) == "dateline"
        titled = [index for index in below[:_ABOVE_TITLE] if self._kind_line(index)]
        if not titled and not (len(bodies) > 1 and (dated or self.text(below[0]).isupper())):
            return False
        if titled and titled[0] != below[0] and not dated and len(bodies) == 1:
            return False
        for index in bodies:
            self.kinds[index] = "letterhead"
        if titled:
            self._mark_lines(titled[0])
        else:
            self._mark_title(bodies[0], below[0] if dated else bodies[-1])
        return True

    def _is_body_line(self, index: int) -> bool:
        block, text, lowered = self.blocks[index], self.text(index), self.lowered(index)
        if (
            block.kind in ("junk", "caption")
            or not 2 <= len(text) <= 110
            or (text.endswith((".", ";")) and not (text.isupper() and text.endswith(".")))
            or text[0].isdigit()
        ):
            return False
        if self._kind_line(index) or SUBJECT.match(text) or pattern("opening").match(lowered) or NOTE.fullmatch(text):
            return False
        if block.marker is not None and block.marker.kind != BULLET:
            return False
        if text.isupper():
            return "SỐ:" not in text
        return len(text) <= 70 and bool(pattern("body").match(lowered)) and text.count(" ") <= 10 and ":" not in text

    def _kind_line(self, index: int) -> Entry | None:
        """The kind that a line names, if it is a line of that sort (``BÁO CÁO``, ``B Á O C Á O``)."""
        text, lowered = self.text(index), self.lowered(index)
        if self.blocks[index].marker is not None or len(text) > LINE or text.endswith(":"):
            return None
        if match := pattern("kind").match(lowered):
            if text.isupper() or match.end() == len(lowered) or text[: match.end()].isupper():
                return forms("kind_line")[match.group(0)]
            return None
        spaced = lowered.replace(" ", "")
        return spaced_kinds().get(spaced) if len(lowered) > 1.5 * len(spaced) else None

    def _mark_subject(self, first: int, last: int) -> bool:
        """Marks a letter's ``V/v`` lines as its title; False where there are none."""
        for index in range(first, min(last + 4, len(self.blocks))):
            if index in self.kinds and self.kinds[index] != "letterhead":
                continue
            text = self.text(index)
            if not SUBJECT.match(text) or len(text) > 2 * LINE or self._kind_before(first, index):
                continue
            self.kinds[index] = "title"
            for follower in range(index + 1, min(index + 5, len(self.blocks))):
                line = self.text(follower)
                if follower in self.kinds and self.kinds[follower] != "letterhead":
                    break
                if self.blocks[follower].kind == "junk" or pattern("opening").match(self.lowered(follower)):
                    break
                if self.blocks[follower].marker or len(line) > 90 or (line.isupper() and not text.isupper()):
                    break
                self.kinds[follower] = "title"
            return True
        return False

    def _kind_before(self, first: int, index: int) -> bool:
        return any(self._kind_line(i) for i in range(first, index))

    def _mark_title(self, first: int, last: int) -> None:
        candidates = [*range(last + 1, min(last + 8, len(self.blocks))), *range(first, last + 1)]
        for index in candidates:
            if self.kinds.get(index) in (None, "letterhead", "title") and self._kind_line(index):
                self._mark_lines(index)
                return
        for index in range(last + 1, min(last + 5, len(self.blocks))):
            block = self.blocks[index]
            if block.kind != "junk" and index not in self.kinds:
                named = pattern("kind").match(self.lowered(index)) and not self.text(index).endswith((".", ":"))
                if block.marker is None and (self.text(index).isupper() or named):
                    self._mark_lines(index)
                return

    def _mark_lines(self, index: int) -> None:
        """Marks a title's lines, from its first on: up to the legal bases, a numbered head or prose."""
        self.kinds[index] = "title"
        marked, ruled = index, False
        for follower in range(index + 1, min(index + 2 + _TITLE_LINES, len(self.blocks))):
            block = self.blocks[follower]
            if block.kind == "junk":
                ruled = ruled or marked > index
                continue
            if _DATE_ONLY.fullmatch(self.text(follower)):
                self.kinds.setdefault(follower, "dateline")
                return
            if follower in self.kinds or ruled or block.cell is not None or not self._goes_on(marked, follower, index):
                return
            self.kinds[follower] = "title"
            marked = follower

    def _goes_on(self, before: int, index: int, first: int) -> bool:
        block, text, lowered = self.blocks[index], self.text(index), self.lowered(index)
        previous = self.text(before)
        if block.marker is not None or block.kind == "caption" or text.startswith("(") or len(text) > 2 * LINE:
            return False
        if pattern("opening").match(lowered) or text.endswith((":", ";", ",")):
            return False
        if (before > first and _FIGURE.match(lowered)) or len(_COUNTED.findall(lowered)) > 1:
            return False
        if before > first and (previous.endswith((".", ";", ":")) or (text.isupper() and not previous.isupper())):
            return False
        if before > first and self._is_authority(index, first):
            return False
        if before > first and len(text) <= 80 and not text.endswith(".") and self._has_period(index):
            return True
        if before > first and not text.isupper() and (previous.isupper() or text.endswith(".") or len(text) > LINE):
            return text[0].islower()
        kind = pattern("kind").match(self.lowered(first))
        if before == first and kind and kind.end() < len(previous) and text.endswith(".") and not text.isupper():
            return False  # the kind line tells its subject itself, and a sentence follows
        sentence = text.endswith(".") and (len(text) > LINE or bool(re.search(r"\.\s[^\W\d_a-z]", text)))
        return not sentence

    def _is_authority(self, index: int, first: int) -> bool:
        """``HIỆU TRƯỞNG TRƯỜNG …``, ``ỦY BAN NHÂN DÂN TỈNH …``: who decides, between subject and legal bases."""
        if not self.text(index).isupper():
            return False
        decides = self.lowered(first).startswith(("quyết định", "nghị quyết", "chỉ thị"))
        body = pattern("body").match(self.lowered(index))
        return bool(pattern("post").match(self.lowered(index)) or (decides and body))

    def _has_period(self, index: int) -> bool:
        block = self.blocks[index]
        dates = find_dates(self.view.text, self.view.lower, block.start, block.end)
        return bool(dates) and dates[0].kind != "day" and dates[-1].end > block.end - 30

    def _is_frame(self, block: Block) -> bool:
        told = holds(_FRAME_WORDS, self.view.lower, block.start, block.end)
        return told and _FRAME.fullmatch(self.text(block.index)) is not None

    def _mark_headline(self) -> None:
        """The title of a page without letterhead: a kind line with its subject, or a headline."""
        prose = [
            b.index for b in self.blocks[:16] if b.kind not in ("junk", "caption", "cell") and not self._is_frame(b)
        ]
        for index in prose[:6]:
            if self.kinds.get(index) is None and self._kind_line(index) and self.text(index).isupper():
                self._mark_lines(index)
                return
        for index in prose[:4]:
            text = self.text(index)
            if _DATE_ONLY.fullmatch(text):
                self.kinds[index] = "dateline"
                continue
            if (
                len(text) > 2 * LINE
                or (text.endswith((".", ":", ";")) and not text.isupper())
                or self.blocks[index].marker is not None
            ):
                return
            self.kinds[index] = "title"
            for follower in prose[prose.index(index) + 1 : prose.index(index) + 5]:
                line = self.text(follower)
                if _DATE_ONLY.fullmatch(line):
                    self.kinds[follower] = "dateline"
                    return
                upper = text.isupper() and line.isupper() and self.blocks[follower].marker is None
                if not upper or line.endswith(":") or self.blocks[follower].gap_before > 2:
                    return
                self.kinds[follower] = "title"
            return
