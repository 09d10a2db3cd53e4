"""Who holds which post, in prose: ``Tên - chức vụ - chức vụ``, ``Trưởng phòng Tên``, ``Hiệu trưởng: A, B``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.names import NameMention
from extractors.officials.posts import Post, Reading

_HONORIFIC = (
    r"(?:(?:các |hai |ba |\d+ )?(?:đồng chí|đ/c|đ\.c|đc|ông|bà|anh|chị|thầy giáo|cô giáo|thầy|cô|nhà giáo ưu tú|"
    r"nhà giáo|ngưt|ngnd|"
    r"th\.?s|ts|pgs|gs|bs|thạc sĩ|tiến sĩ|bác sĩ|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy)[.:]{0,2} ?)*"
)
_PARENTHESIS = r"(?: ?\((?:[^()\n]{0,12}\d{4}[^()\n]{0,20}|nam|nữ)\))?"
_DETAIL = re.compile(
    r"(?: (?=sinh (?:năm|ngày))| ?[,;(-] ?)(?:sinh (?:năm|ngày)[^,;)\n]{0,30}|năm sinh[^,;)\n]{0,20}|"
    r"trình độ[^,;)\n]{0,40}|"
    r"mã số[^,;\n]{0,30}|nam(?=,| -)|nữ(?=,| -)|"
    r"dân tộc:? \w+|quê[^,;\n]{0,30}|đảng viên|(?:th\.?s|ts|pgs\.ts|pgs|ngưt|ngnd|thạc sĩ|tiến sĩ)(?!\w)[.,]?|"
    r"(?:sđt|đt|điện thoại)[^,;\n]{5,20})\)?"
)
_LINK = re.compile(
    rf"{_PARENTHESIS}(?: ?[-,:;(/] ?| (?=\S))(?:(?:hiện |hiện nay |đang |đều |cùng |lần lượt )*"
    r"(?:làm|là|giữ chức(?: vụ| danh)?|giữ cương vị|đảm nhiệm(?: chức vụ| chức danh)?|đảm nhận(?: chức vụ)?|"
    r"chức vụ ?:?|chức danh ?:?|"
    r"kiêm(?: nhiệm)?|kiêm giữ chức(?: vụ)?|đồng thời là|với cương vị(?: là)?|trên cương vị|trong cương vị|"
    r"và) ?)?(?:kiêm )?"
)
_APPOINTED = re.compile(
    r"(?:[^.;\n]{0,90}?)(?:bổ nhiệm(?: lại)?|điều động|phân công|bầu|cử|luân chuyển|"
    r"tín nhiệm)(?:(?: vào)? (?=phó |hiệu |bí |chủ |trưởng )|"
    r"[^.;\n]{0,40}?(?:giữ chức(?: vụ| danh)?|làm|đảm nhiệm(?: chức vụ)?|đảm nhận(?: chức vụ)?|là) )"
)
# A form: ``Họ và tên: A. Chức vụ: Hiệu trưởng``.
_FIELD = re.compile(r"[.;,]?[ \n]?(?:[-+] )?(?:chức vụ|chức danh)(?: hiện nay| công tác)? ?: ?")
_TAKES = re.compile(r"giữ chức|làm|đảm nhiệm|đảm nhận")
_PROPOSED = re.compile(r"(?<!\w)(?:đề nghị|đề xuất|giới thiệu|quy hoạch|dự kiến|ứng cử|xin ý kiến)(?!\w)[^.;\n]*$")
_NAME_AFTER = re.compile(
    r"(?: (?:qua các thời kỳ|các thời kỳ|đương nhiệm|hiện nay|đầu tiên|lúc đó|khi đó|bấy giờ|hiện tại|mới|"
    r"tiền nhiệm|nhiệm kỳ [\d -]{4,11}|"
    r"giai đoạn [\d -]{4,11}|từ (?:năm )?\d{4}[^:\n]{0,14}|đầu tiên của (?:nhà )?trường|"
    r"năm học [\d -]{9,11}))?(?: \([^()\n]{3,30}\))?"
    rf"(?P<link> ?: ?| là:? | - |, | (?=\S))(?:do )?(?P<honorific>{_HONORIFIC})"
)
_NEXT_NAME = re.compile(
    rf"{_PARENTHESIS}(?P<link> ?[,;] ?(?:và |rồi (?:đến )?|tiếp (?:đó|theo) là |sau đó là |kế tiếp là )?| và |"
    rf" rồi đến | & )(?P<honorific>{_HONORIFIC})"
)
_CLOSING = re.compile(rf"(?:{_PARENTHESIS})\)?")
_TIGHT = re.compile(rf"(?: |: ?| ?: )(?:{_HONORIFIC})")
_PLURAL_HEAD = re.compile(
    r"(?:các|hai|ba|bốn|năm|0?[2-9]|những) (?:đồng chí|đ/c|ông|bà|ông, bà|ông bà|thầy|cô|thầy cô|thầy giáo|"
    r"cô giáo)(?: là)? ?:? ?$"
)


_HEAD_OPENING = re.compile(
    r"(?:danh sách |các |đồng chí |thầy |cô |nhà giáo |đã |từng |giữ |chức vụ |thế hệ |làm |là |thầy, cô |"
    r"thầy cô giáo |ông |bà )*"
)
_HEAD_REST = re.compile(
    r"(?:của (?:nhà )?trường|qua (?:các|từng) thời k[ỳì]|các thời k[ỳì]|từ .{0,30}|nhà trường|đương nhiệm|"
    r"tiền nhiệm|\(.*\)|\s)*"
)


@dataclass(frozen=True)
class Holding:
    """A name, a post given with it and where the posts end. Holdings of one ``chain`` are different posts."""

    name: NameMention
    post: Post
    end: int
    chain: int


def find_holdings(reading: Reading) -> list[Holding]:
    """Every name in running text with each post that stands with it, in order of the names."""
    found: list[Holding] = []
    claimed: set[int] = set()
    for name, posts, end in _chains(reading):
        claimed.update(post.start for post in posts)
        found.extend(Holding(name, post, end, name.start) for post in posts)
    for name, post in _posts_before(reading, claimed):
        own = [holding.post.entry.id for holding in found if holding.name == name]
        # ``bổ nhiệm 02 hiệu trưởng: bà A - Hiệu trưởng trường B`` says her post once, the second time in full.
        if post.entry.id not in own:
            found.append(Holding(name, post, name.end, name.start))
    return sorted(found, key=lambda holding: (holding.name.start, holding.post.start))


def _chains(reading: Reading) -> Iterator[tuple[NameMention, list[Post], int]]:
    """Names with the chain of posts after them, shared by names that are listed together before it."""
    waiting: list[NameMention] = []
    lowered = reading.document.lower
    for name in reading.names:
        if waiting and not _NEXT_NAME.fullmatch(lowered, waiting[-1].end, name.start):
            waiting = []
        posts, end = _chain_after(reading, name)
        if not posts:
            waiting.append(name)
            continue
        yield name, posts, end
        if waiting and not name.child:
            first, gap = waiting[0], lowered[waiting[-1].end : name.start]
            plural = _PLURAL_HEAD.search(lowered[max(first.start - 24, 0) : first.start]) is not None
            together = plural or (len(waiting) == 1 and re.match(r",? (?:và|&) ", gap) is not None)
            if together:
                for other in waiting:
                    yield other, posts, end
        waiting = []


def _chain_after(reading: Reading, name: NameMention) -> tuple[list[Post], int]:
    """The posts that follow a name, and where they end: ``- HUV - Phó Chủ tịch UBND huyện``."""
    lowered, posts, end = reading.document.lower, list[Post](), name.end
    while len(posts) < 6:
        position = end
        while detail := _DETAIL.match(lowered, position):
            position = detail.end()
        link = _FIELD.match(lowered, position) or _LINK.match(lowered, position)
        post = reading.post_at(link.end()) if link else None
        if post is None and link and (bare := re.match(r" ?[-,:;(] ?| ", lowered[position : position + 3])):
            post = reading.post_at(position + bare.end())
        if post is None and not posts:
            post = _appointed_to(reading, name)
        if post is None or _belongs_to_next(reading, post, posts) or _is_proposed(reading, name, position, post):
            break
        if lowered[position : post.start].strip() in ("và", ";") and not posts:
            break
        if lowered[position : post.start] == " " and posts and reading.document.text[post.start].islower():
            break
        if lowered.startswith((" các ", " những ", " của các "), post.end):
            break  # ``đồng chí A, Hiệu trưởng các trường``: others than A
        posts.append(post)
        end = post.end
        if lowered[end : end + 1] == ")" and lowered[end + 1 : end + 3] in (", ", " -"):
            end += 1
    return posts, end


def _appointed_to(reading: Reading, name: NameMention) -> Post | None:
    """The post after ``được bổ nhiệm giữ chức vụ``; None where it is only proposed."""
    lowered = reading.document.lower
    block = reading.document.block_at(name.start)
    following = next((other.start for other in reading.names if other.start > name.start), block.end)
    match = _APPOINTED.match(lowered, name.end, min(block.end, following))
    start, _ = reading.document.sentence_at(name.start)
    if match is None or _PROPOSED.search(lowered[start : match.end()]):
        return None
    return reading.post_at(match.end())


def _is_proposed(reading: Reading, name: NameMention, position: int, post: Post) -> bool:
    """Whether somebody is only proposed for a post: ``đề nghị bổ nhiệm ông A giữ chức vụ Hiệu trưởng``."""
    lowered = reading.document.lower
    start, _ = reading.document.sentence_at(name.start)
    return _TAKES.search(lowered[position : post.start]) is not None and bool(
        _PROPOSED.search(lowered[start : name.start])
    )


def _belongs_to_next(reading: Reading, post: Post, posts: list[Post]) -> bool:
    """Whether a name follows a post so closely that the post is that person's."""
    match = _TIGHT.match(reading.document.lower, post.end)
    if match is None or match.end() not in reading.name_at:
        return False
    return (
        post.rank is None
        or post.entry.id == "chuyen_vien"
        or reading.document.lower[post.end : post.end + 2].strip() == ":"
    )


def _posts_before(reading: Reading, claimed: set[int]) -> Iterator[tuple[NameMention, Post]]:
    """Posts that stand before their holder, or before all who held them one after the other."""
    lowered = reading.document.lower
    for post in reading.posts.values():
        if post.start in claimed:
            continue
        match = _NAME_AFTER.match(lowered, post.end)
        name = reading.name_at.get(match.end()) if match else None
        if match is None or name is None or not _may_precede(reading, post, match):
            continue
        yield name, post
        for earlier in _earlier_posts(reading, post, claimed) if match["link"] == " " else ():
            yield name, earlier
        several = (
            ":" in match["link"] or "là" in match["link"] or lowered[max(post.start - 4, 0) : post.start] == "các "
        )
        while several and (following := _NEXT_NAME.match(lowered, name.end)):
            name = reading.name_at.get(following.end())
            if name is None or _chain_after(reading, name)[0]:
                break
            yield name, post


def _earlier_posts(reading: Reading, post: Post, claimed: set[int]) -> Iterator[Post]:
    """The posts of a chain that ends in a name: ``Bí thư Chi bộ, Hiệu trưởng nhà trường Tên``."""
    by_end = {other.end: other for other in reading.posts.values() if other.rank is None}
    first = post
    while True:
        gap = next(
            (g for g in (", ", " - ", " kiêm ", ", kiêm ") if reading.document.lower.endswith(g, 0, first.start)), None
        )
        other = by_end.get(first.start - len(gap)) if gap else None
        if other is None or other.start in claimed:
            return
        yield other
        first = other


def _may_precede(reading: Reading, post: Post, match: re.Match[str]) -> bool:
    """Whether a post before a name is said of it: tight, or with ``:``, ``là`` or an honorific between."""
    link, honorific = match["link"], match["honorific"]
    if post.rank in ("staff", "heading", "sign"):
        return ":" in link or (post.entry.id == "chuyen_vien" and link == " ")
    if link == ", ":
        before = reading.document.lower[max(post.start - 2, 0) : post.start]
        return bool(honorific) and before not in ("- ", ", ")
    if link == " - ":
        before = reading.document.text[max(post.start - 1, 0) : post.start]
        return before in ("", "\n", "(") or reading.document.block_at(post.start).body == post.start or bool(honorific)
    return True


def find_listed(reading: Reading, held: set[int]) -> list[Holding]:
    """Names below a heading that is a post: ``Hiệu trưởng qua các thời kỳ:`` and a name a line."""
    document, found = reading.document, list[Holding]()
    heads: dict[int, Post | None] = {}
    for block in document.blocks:
        if block.parent is None or block.cell is not None or block.kind in ("junk", "caption"):
            continue
        if block.parent not in heads:
            heads[block.parent] = _heading_post(reading, block.parent)
        post = heads[block.parent]
        if post is None:
            continue
        opening = re.compile(rf"(?:[\d./ -]{{4,24}}:? ?)?{_HONORIFIC}").match(document.lower, block.body)
        name = reading.name_at.get(opening.end()) if opening else None
        if name is not None and name.start not in held:
            found.append(Holding(name, post, name.end, name.start))
    return found


def _heading_post(reading: Reading, index: int) -> Post | None:
    """The post of which a heading speaks, where it speaks of nothing else."""
    block = reading.document.blocks[index]
    text = reading.document.lower[block.body : block.end].rstrip()
    listed = text.endswith(":") or text.startswith(("các ", "danh sách "))
    if not listed or len(text) > 110 or block.kind not in ("heading", "item", "paragraph", "title"):
        return None
    opening = _HEAD_OPENING.match(reading.document.lower, block.body)
    post = reading.post_at(opening.end()) if opening else None
    if post is None or post.rank is not None:
        return None
    rest = reading.document.lower[post.end : block.end].strip(" :.")
    return post if _HEAD_REST.fullmatch(rest) else None
