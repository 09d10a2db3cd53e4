"""The heading of a report: its title and what kind of document it makes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from extractors._shared.document import Block, Document
from extractors._shared.zone_columns import SUBJECT
from extractors._shared.zone_forms import EMPHASIS, forms, pattern, spaced_kinds
from schemas.records import ReportKind


@dataclass(frozen=True)
class Heading:
    """Title, kind, the title's passages, and whether the report is news without a letterhead."""

    title: str | None
    kind: ReportKind
    ranges: tuple[tuple[int, int], ...]
    news: bool


_LETTER = re.compile(r"kính gửi", re.I)
_OPENING_CHARACTERS = 1500
#: The kind told by the symbol of the report's own number, where no line names it.
_KINDS: dict[str, ReportKind] = {
    "BC": "bao_cao", "KH": "ke_hoach", "QĐ": "quyet_dinh", "TB": "thong_bao", "NQ": "nghi_quyet", "CTR": "chuong_trinh"
}  # fmt: skip
_KIND_OF_NUMBER = re.compile(r"(?:Số|SỐ)\s?:\s?[\d.… ]*\s?(?:/\d{4})?[/-]\s?(?P<mark>BC|KH|QĐ|TB|NQ|CTr)(?=[-/])")


def read_heading(document: Document, zones: Mapping[str, Sequence[Block]]) -> Heading:
    """The heading of a document with letterhead, of a letter (its ``V/v``), or of news."""
    titles = list(zones.get("title", []))
    official = bool(zones.get("letterhead") or zones.get("number"))
    if official:
        first = min(b.index for kind in ("letterhead", "number") for b in zones.get(kind, []))
        # What a page prints above the letterhead is the site's title, not the document's.
        inside = [block for block in titles if block.index > first]
        titles = _after_subject(document, inside) or titles
    ranges = tuple(_range(document, block, first=block is titles[0]) for block in titles)
    ranges = tuple((start, end) for start, end in ranges if start < end)
    title = " ".join(document.value(start, end) for start, end in ranges) or None
    kind = _kind(document, titles, official)
    news = not official and kind in ("tin_hoi_nghi", "khac") and "signature" not in zones
    return Heading(title, kind, ranges, news)


def _after_subject(document: Document, blocks: list[Block]) -> list[Block]:
    """The title's blocks in one run: of two runs (a letter's subject, then a heading) the first."""
    run = blocks[:1]
    for block in blocks[1:]:
        if block.index - run[-1].index > 3 and SUBJECT.match(document.text[run[0].start : run[0].end]):
            break
        run.append(block)
    return run


def _range(document: Document, block: Block, *, first: bool) -> tuple[int, int]:
    """A title line without emphasis; the ``first`` without ``V/v``, which opens a letter's subject."""
    start, end = block.start, block.end
    text = document.text
    while start < end and text[start] in EMPHASIS:
        start += 1
    while end > start and text[end - 1] in EMPHASIS:
        end -= 1
    if first and (match := re.match(r"\(?(?:(?:V/v|v/v|V/V)\s?[:.]?|Về\s?:)\s?", text[start:end])):
        start += match.end()
        end -= text[start:end].endswith(")") and match.group(0).startswith("(")
    return start, end


def _kind(document: Document, titles: Sequence[Block], official: bool) -> ReportKind:
    lines = [document.lower[b.start : b.end].strip(EMPHASIS) for b in titles]
    for line in lines[:3]:
        match = pattern("kind").match(line)
        entry = forms("kind_line")[match.group(0)] if match else spaced_kinds().get(line.replace(" ", ""))
        if entry and (official or not _is_meeting_headline(line)):
            return cast(ReportKind, entry.value)
    opening = document.lower[:_OPENING_CHARACTERS]
    if official:
        if symbol := _KIND_OF_NUMBER.search(document.text, 0, _OPENING_CHARACTERS):
            return _KINDS[symbol["mark"].upper()]
        letter = any(SUBJECT.match(document.text[b.start : b.end]) for b in titles) or _LETTER.search(opening)
        return "cong_van" if letter else "khac"
    limit = titles[-1].end if titles else 0
    held = document.terms("held", 0, limit + 700)
    in_title = document.terms("occasion", 0, limit)
    near = document.terms("occasion", limit, limit + 700)
    dated = _DAY_FIRST.search(document.lower, 0, limit + 900)
    attended = dated and _ATTENDED.search(document.lower, limit, limit + 1500)
    return "tin_hoi_nghi" if in_title or (near and held) or attended else "khac"


# News of a ceremony opens with its day and says who came: ``Sáng 18/11, Trường A … Tới dự có đồng chí …``.
_DAY_FIRST = re.compile(
    r"(?:^|[\n-]|, )\W{0,3}(?:vào )?(?:(?:sáng|chiều|tối|trưa)(?: nay)?,? ?(?:ngày )?|ngày )\(?"
    r"\d{1,2}(?:[./-]\d{1,2}| tháng \d{1,2})"
)
_ATTENDED = re.compile(
    r"(?<!\w)(?:(?:tới|đến|cùng|về|tham) dự|tại (?:buổi|lễ|hội|chương trình)|"
    r"(?:buổi |long trọng tổ chức )lễ|bế mạc|khai mạc)(?!\w)"
)


def _is_meeting_headline(line: str) -> bool:
    """``Báo cáo viên …``, ``Kế hoạch nhỏ …``: words that only look like a kind."""
    return line.startswith(("báo cáo viên", "kế hoạch nhỏ", "thông báo nhanh"))
