"""Who holds which post, in lists: a heading that is the post (``Hiệu trưởng qua các thời kỳ:``), a name a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.names import NameMention
from extractors.officials.holdings import Holding
from extractors.officials.links import HONORIFIC, OFFICE, PROPOSED, TAKES, YEARS
from extractors.officials.posts import Post, Reading
from extractors.officials.preceding import COMMITTEE

_HEAD_OPENING = re.compile(
    r"(?:[a-zđ][.)] |[ivx]+[.)/-] |\d{1,2}[.)/-] ?)?(?:danh sách |lịch sử |các |những |\d{1,2} |đồng chí |"
    r"đ/c |thầy |cô |"
    r"nhà giáo |(?:nhà )?trường (?=(?:đã )?(?:có|qua|trải) )|có |qua |trải qua |đã |từng |được |đời |vị |người |"
    r"giữ |cương vị |chức vụ |chức danh |đảm nhiệm |thế hệ |làm |là |thầy, cô |"
    r"thầy cô giáo |ông |bà )*"
)
#: What says that a post is that of many, one after the other.
_ALL_OF_THEM = r"(?:qua )?(?:các|từng|mọi) (?:thời k[ỳì]|nhiệm k[ỳì]|giai đoạn|khóa)|tiền nhiệm"
_HEAD_REST = re.compile(
    rf"(?:của (?:nhà )?trường|{_ALL_OF_THEM}|từ .{{0,30}}|từ (?:khi|ngày|năm) .{{0,40}}|nhà trường|đương nhiệm|"
    r"(?:đã )?(?:từng )?(?:công tác|lãnh đạo|phụ trách|quản lý)(?: (?:tại|ở) (?:nhà )?trường)?|"
    r"\(.*\)|\s)*"
)
#: Roles of their own, which those listed as members have in the same committee.
_IN_COMMITTEE = COMMITTEE | {"chu_tich", "pho_chu_tich", "to_truong", "to_pho", "truong_ddoan"}
_COMMITTEE_BODY = re.compile(r" (?:ban |hội đồng|giám khảo|tổ chức|chỉ đạo|tiểu ban)")
#: Before the post that closes a sentence on many who held it one after the other.
_HELD = re.compile(
    rf"(?<!\w)(?:sau đây|sau|dưới đây|lần lượt|từng|thay nhau|kế tiếp nhau|nối tiếp nhau|qua \d+ đời|các đời)"
    rf"(?:,? (?:đã|từng|được|cùng|và))*,? ?(?:(?:{TAKES})(?: (?:{OFFICE}))?|làm|là|{OFFICE})? $"
)
_CLOSES = re.compile(rf"(?: của (?:nhà )?trường| nhà trường| {_ALL_OF_THEM}|,? (?:gồm|đó là|là))*\s?:\s*")
_OVER_TIME = re.compile(rf"(?<!\w)(?:{_ALL_OF_THEM})")
_ENTRY_END = re.compile(r" ?(?:$|\n|[(:,;.]|- )")
#: The next of several in one line, each with the years.
_NEXT_ENTRY = re.compile(rf" ?\([^()\n]{{4,45}}\)(?: ?[,;] ?(?:và )?| - | và ){HONORIFIC}")
_LISTED = re.compile(rf"{YEARS}?(?:mời )?{HONORIFIC}")


def find_listed(reading: Reading, held: dict[int, list[Post]]) -> list[Holding]:
    """Names below a heading that is a post: ``Hiệu trưởng qua các thời kỳ:`` and a name a line.

    ``held`` are the posts that a name has of its own.
    """
    document, found = reading.document, list[Holding]()
    heads: dict[tuple[int, bool], Post | None] = {}
    above: int | None = None  # the last line that is no entry of a list of names
    for block in document.blocks:
        if block.cell is not None or block.kind in ("junk", "caption"):
            continue
        opening = _LISTED.match(document.lower, block.body)
        name = reading.name_at.get(opening.end()) if opening else None
        alone = name is not None and _ENTRY_END.match(document.text, name.end, block.end + 1) is not None
        listed = name is not None and (alone or block.marker is not None or document.text[block.body].isdigit())
        if name is None or not listed:
            above = block.index
            continue
        post = None
        for head in (block.parent, above):
            if head is None:
                continue
            key = head, block.marker is not None
            if key not in heads:
                heads[key] = heading_post(reading, head, marked=key[1])
            post = post or heads[key]
        if post is None:
            continue
        for one in (name, *_beside(reading, name, block)):
            if not any(_is_said(reading, post, other) for other in held.get(one.start, [])):
                found.append(Holding(one, post, one.end, one.start))
    return found


def _beside(reading: Reading, first: NameMention, block: Block) -> Iterator[NameMention]:
    """Who else is listed in the line of one: ``Thầy A (1980 - 1996), cô B (1996 - 2004)``."""
    name = first
    while following := _NEXT_ENTRY.match(reading.document.lower, name.end, block.end):
        other = reading.name_at.get(following.end())
        if other is None or _ENTRY_END.match(reading.document.text, other.end, block.end + 1) is None:
            return
        yield other
        name = other


def _told_post(reading: Reading, block: Block) -> Post | None:
    """The post that those listed below a sentence held: ``… các thầy cô sau đây đã giữ chức vụ Hiệu trưởng:``."""
    lowered = reading.document.lower
    inside = [p for p in reading.posts.values() if block.body < p.start < block.end and p.rank is None]
    last = max(inside, key=lambda post: post.start, default=None)
    if last is None or not _CLOSES.fullmatch(lowered, last.end, block.end):
        return None
    start, _ = reading.document.sentence_at(last.start)
    told = _HELD.search(lowered, max(start, block.start), last.start)
    return last if told and not PROPOSED.search(lowered, start, last.start) else None


def _last_post(reading: Reading, block: Block) -> Post | None:
    """The role in a committee that closes a block with a colon, behind another: ``… Thành viên đoàn:``."""
    inside = [p for p in reading.posts.values() if block.body < p.start < block.end and p.entry.id in COMMITTEE]
    last = max(inside, key=lambda post: post.start, default=None)
    closes = last is not None and reading.document.lower[last.end : block.end].strip() == ":"
    return last if closes and last and reading.document.text[last.start].isupper() else None


def _is_said(reading: Reading, heading: Post, own: Post) -> bool:
    """Whether a name's own post says what its heading does: the same, or a role in the same committee."""
    body = reading.document.lower[own.body_start : own.end]
    in_committee = own.entry.id in _IN_COMMITTEE and (not body or _COMMITTEE_BODY.match(body) is not None)
    return heading.entry.id == own.entry.id or (heading.entry.id in COMMITTEE and in_committee)


def heading_post(reading: Reading, index: int, *, marked: bool) -> Post | None:
    """The post of which a heading speaks, where it speaks of nothing else.

    ``marked`` tells that what stands below is numbered or bulleted: then a bare post is a heading too, as it is
    where it has a number of its own (``II. Phó Hiệu trưởng``).
    """
    block = reading.document.blocks[index]
    text = reading.document.lower[block.body : block.end].rstrip()
    if text.endswith(":") and (told := _told_post(reading, block)):
        return told
    listed = text.endswith(":") or text.startswith(("các ", "những ", "danh sách ")) or _OVER_TIME.search(text)
    if (
        not (listed or marked or block.marker is not None)
        or len(text) > 110
        or block.kind not in ("heading", "item", "paragraph", "title")
    ):
        return None
    opening = _HEAD_OPENING.match(reading.document.lower, block.body)
    post = _last_post(reading, block) or (reading.post_at(opening.end()) if opening else None)
    if post is None or (
        post.rank is not None and not (post.entry.id in COMMITTEE and text.endswith(":") and "danh sách" not in text)
    ):
        return None
    if post.start == block.body and post.end == block.end:
        return post  # of what is listed, or of a numbered section
    rest = reading.document.lower[post.end : block.end].strip(" :.")
    return post if listed and _HEAD_REST.fullmatch(rest) else None
