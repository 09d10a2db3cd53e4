"""Who holds which post, in prose: ``Tên - chức vụ - chức vụ``, ``Trưởng phòng Tên``, ``Hiệu trưởng: A, B``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.names import NameMention
from extractors.officials.posts import Post, Reading

#: Titles and forms of address before a name, as many as stand there.
HONORIFIC = (
    r"(?:(?:các |hai |ba |\d+ )?(?:đồng chí|đ/c|đ\.c|đc|ông|bà|cụ|anh|chị|thầy giáo|cô giáo|thầy|cô|nhà giáo ưu tú|"
    r"nhà giáo nhân dân|nhà giáo|liệt sĩ|nghệ sĩ ưu tú|ngưt|ngnd|nsưt|nsnd|"
    r"th\.?s|tskh|ts|pgs|gs|bs|cn\.|ks\.|thạc sĩ|tiến sĩ|bác sĩ|đại tá|thượng tá|trung tá|"
    r"thiếu tá|đại úy|thượng úy)(?!(?<=[^\W\d_])[^\W\d_])[.:]{0,2} ?)*"
)
_PARENTHESIS = r"(?: (?:19|20)\d\d(?= )| ?\((?:[^()\n]{0,12}\d{4}[^()\n]{0,20}|nam|nữ|quê [^()\n]{2,30})\))?"
#: A body that somebody sits on, told like a post before the posts: ``A - Ban Thường vụ Đảng ủy - Hiệu trưởng``.
_SITS_ON = r"(?: ?[-,] ?(?:ban thường vụ|ban chấp hành|btv|bch)(?: [^\W\d_]+){0,4}(?= ?[-,]))?"
#: What a name is marked with in a list: its years, subject or school, or where somebody is sent.
_MARK = r"(?: ?\([^()\n;]{1,45}\)| (?:về|đến|sang) [^,;.()\n]{3,40}?(?= ?[,;]))?"
_DETAIL = re.compile(
    r"(?: (?=sinh (?:năm|ngày))| ?[,;(-] ?)(?:sinh (?:năm|ngày)[^,;)\n]{0,30}|năm sinh[^,;)\n]{0,20}|"
    r"trình độ[^,;)\n]{0,40}|"
    r"mã số[^,;\n]{0,30}|nam(?=,| -)|nữ(?=,| -)|"
    r"dân tộc:? \w+|quê[^,;)\n]{0,30}|đảng viên|\d\d tuổi|"
    r"nhà giáo (?:ưu tú|nhân dân)|anh hùng lao động|(?:phó )?giáo sư|"
    r"(?:th\.?s|gs\.ts|tskh|ts|pgs\.ts|pgs|ngưt|ngnd|thạc s[ĩỹ]|tiến s[ĩỹ])(?!\w)[.,]?|"
    r"(?:sđt|đt|điện thoại)[^,;\n]{5,20})\)?"
)
_LINKED = (
    r"(?: ?[-+,:;(/] ?| (?=\S))(?:(?:(?:từ|đến) (?:năm |tháng )?[\d/]{4,7},? (?:ông |bà |thầy |cô |đồng chí )?)?"
    r"(?:hiện |hiện nay |hiện tại |nay |tiếp tục |vẫn |khi đó |lúc đó |khi ấy |bấy giờ |lúc bấy giờ |từng |đã |"
    r"đã từng |sau này |sau đó |về sau |được cử |được bầu |được giao |"
    r"được phân công |được bổ nhiệm |tạm thời |đang |đều |cùng |lần lượt |vừa |người |thôi |"
    r"(?:chuyển )?(?:đến|về|sang) )*"
    r"(?:làm|là|giữ chức(?: vụ| danh)?|giữ cương vị|giữ nhiệm vụ|giữ vai trò|giữ|nhận nhiệm vụ|"
    r"phụ trách|đảm nhiệm(?: chức vụ| chức danh| vị trí)?|"
    r"đảm nhận(?: chức vụ| vị trí)?|giữ vị trí|với vai trò|chức vụ ?:?|chức danh ?:?|"
    r"kiêm(?: nhiệm)?|kiêm giữ chức(?: vụ)?|đồng thời là|với cương vị(?: là)?|trên cương vị|trong cương vị|"
    r"và) ?)?(?:kiêm )?[\"“]? ?"
)
_LINK = re.compile(_PARENTHESIS + _SITS_ON + _LINKED)
#: ``bà A (văn hóa) kiêm Chủ tịch Công đoàn``.
_LINK_BEHIND_MARK = re.compile(r" ?\([^()\n;]{1,45}\)" + _LINKED)
_APPOINTED = re.compile(
    r",? (?:tái |tiếp tục )?(?:đắc cử|trúng cử)(?: giữ)?(?: chức(?: vụ| danh)?| vào chức| làm)? |"
    r"(?:[^.;\n]{0,90}?)(?:bổ nhiệm(?: lại)?|điều động|(?<=được )điều(?= từ| về| đến)|phân công|"
    r"bầu|cử|chỉ định|giao|luân chuyển|tín nhiệm)(?:(?: vào)? (?=phó |hiệu |bí |chủ |trưởng )|"
    r"[^.;\n]{0,40}?(?:giữ chức(?: vụ| danh)?|làm|đảm nhiệm(?: chức vụ)?|đảm nhận(?: chức vụ)?|là) )"
)
# A form: ``Họ và tên: A. Chức vụ: Hiệu trưởng``.
_FIELD = re.compile(r"[.;,]?[ \n]?(?:[-+] )?(?:chức vụ|chức danh)(?: hiện nay| công tác)? ?: ?")
#: The appointment that follows a post at once.
_THEN = re.compile(r",? (?:(?:nay |đã |vừa |mới )?được |(?:tái |tiếp tục )?(?:đắc|trúng) cử )")
_TAKES = re.compile(r"giữ chức|làm|đảm nhiệm|đảm nhận")
_PROPOSED = re.compile(r"(?<!\w)(?:đề nghị|đề xuất|giới thiệu|quy hoạch|dự kiến|ứng cử|xin ý kiến)(?!\w)[^.;\n]*$")
#: The years before a name in a list of heads: ``1994 - 2004:``, ``Từ năm 2016 đến nay:``.
YEARS = (
    r"(?:(?:từ |giai đoạn |năm |tháng )*[\d./]{4,10} ?"
    r"(?:(?:-|đến|tới)(?: năm| tháng)* ?(?:[\d./]{4,10}|nay|hết)?)?(?: nay)? ?[:,.-]* ?)"
)
_FIRST_OF_THEM = r"(?:(?:người )?đầu tiên|lần lượt)(?: là| có)? "
_NAME_AFTER = re.compile(
    r"(?: (?:đầu tiên của (?:nhà )?trường|qua các thời kỳ|các thời kỳ|(?:qua )?các nhiệm kỳ|đương nhiệm|hiện nay|"
    r"đầu tiên|lúc (?:đó|ấy|này|bấy giờ)|khi (?:đó|ấy)|bấy giờ|đương thời|hiện tại|mới|"
    r"tiền nhiệm|nhiệm kỳ [\d -]{4,11}|"
    r"giai đoạn [\d -]{4,11}|từ (?:năm )?\d{4}[^:\n]{0,14}|"
    r"năm học [\d -]{9,11}))?(?: \([^()\n]{3,30}\))?"
    rf"(?P<link> ?: ?| là:? | - |, | \(| (?=\S))(?:do |(?<=: ){YEARS}|{_FIRST_OF_THEM})?(?P<honorific>{HONORIFIC})"
)
_IN_BRACKET = re.compile(rf"(?: (?:có )?trình độ [^,;.()\n]{{2,25}})?(?P<link> \()(?P<honorific>{HONORIFIC})")
_NEXT_NAME = re.compile(
    rf"{_MARK}(?P<link> ?[,;] ?(?:và |rồi (?:đến )?|sau là |tiếp (?:đó|theo|đến) là |sau đó là |kế tiếp là )?"
    rf"(?:{YEARS})?| và | rồi đến | sau là | sau đó là | & )(?P<honorific>{HONORIFIC})"
)
_JOINED = re.compile(rf"\)?,? (?:và|cùng) {HONORIFIC}")
_EARLIER = re.compile(r"(?:, | - | kiêm |, kiêm | là (?:các |những )?(?:đồng chí |đ/c |ông |bà |thầy |cô )?)$")
#: What may follow a bracket with a post: ``(Giám đốc Sở) làm Tổ trưởng``.
_GOES_ON = re.compile(r", | -| (?:làm|là|kiêm|(?:tạm thời )?giữ|nay|hiện) ")
_TIGHT = re.compile(rf"(?: là)?(?: |: ?| ?: )(?:{HONORIFIC})")
_PLURAL_HEAD = re.compile(
    r"(?:các|hai|ba|bốn|năm|0?[2-9]|những) (?:đồng chí|đ/c|ông|bà|ông, bà|ông bà|thầy|cô|thầy cô|thầy giáo|"
    r"cô giáo)(?: là)? ?:? ?$"
)


#: A post that somebody had before: ``Hiệu trưởng: ông A (Hiệu trưởng cũ Trường B)``.
_FORMER = re.compile(r"(?<!\w)(?:cũ|tiền nhiệm)(?!\w)")
_AND = re.compile(r",? (?:và )?")
_OTHERS = re.compile(r" (?:của )?(?:(?:các|những) (?!khóa|nhiệm kỳ|thời kỳ)|\d+ trường)")


#: The years of the next in a list of heads of which the post is said once: ``1990-1996: thầy A; 1996-2004: cô B``.
_NEXT_TERM = re.compile(rf" ?[;,.] ?{YEARS}(?:là )?{HONORIFIC}")
_YEARS_BEFORE = re.compile(rf"[;,.] ?{YEARS}(?:là )?{HONORIFIC}$")
#: Posts that many have together, and the signs with which they are said behind the last of them.
_MEMBERS = frozenset({"uy_vien", "thanh_vien", "giam_khao", "to_vien", "uy_vien_ban_chap_hanh"})
_ASIDE = frozenset({"(", "- các", "là", "làm", "- đều là", ", các"})
#: The sign between a given name and its post where no full name helps to tell who is meant.
_SIGNED = re.compile(r" ?(?:[(,]| - |- )")
_SEVERAL = re.compile(r"(?<!\w)(?:các|hai|ba|bốn|năm|0?[2-9]) $")
#: Roles in committees and juries, whose lists give the members' own posts besides.
_COMMITTEE = frozenset(
    {"uy_vien", "thanh_vien", "thu_ky", "truong_ban", "pho_truong_ban", "pho_truong_ban_thuong_truc", "giam_khao"}
    | {"to_vien", "uy_vien_thuong_truc", "uy_vien_ban_chap_hanh", "uy_vien_ban_thuong_vu"}
)
_MEMBERS_END = re.compile(r"[;\n]|\.(?=\s[^\W\d_]{2})|\.$")
_COUNTED = re.compile(r"\d+ $")
_MANY = re.compile(r"(?:các|những|nhiều|\d+) $")
#: Somebody else's post, in whose name one acts: ``thừa ủy quyền của Thủ tướng Chính phủ, Phó Chủ tịch … trao``.
_IN_NAME_OF = re.compile(r"(?:ủy quyền (?:của )?|thay mặt |đại diện (?:cho )?)(?:[^,;.:()]{3,40} và )?$")
_SENTENCE_START = re.compile(r"(?:^|[.;]\s|\n)$")


@dataclass(frozen=True)
class Holding:
    """A name, a post given with it and where the posts end. Holdings of one ``chain`` are different posts.

    Of a given name (``cô Mai``) ``of`` is where the report names the person in full.
    """

    name: NameMention
    post: Post
    end: int
    chain: int
    of: NameMention | None = None


def find_holdings(reading: Reading) -> list[Holding]:
    """Every name in running text with each post that stands with it, in order of the names."""
    found: list[Holding] = []
    claimed: set[int] = set()
    lowered = reading.document.lower
    for name, posts, end in [*_chains(reading), *_chains_of_short_names(reading)]:
        claimed.update(post.start for post in posts)
        found.extend(Holding(name, post, end, name.start, reading.full_name(name)) for post in posts)
    for name, post in _posts_before(reading, claimed):
        own = [h.post.entry.id for h in found if h.name == name and not _FORMER.search(lowered, h.post.start, h.end)]
        # ``bổ nhiệm 02 hiệu trưởng: bà A - Hiệu trưởng trường B`` says her post once, the second time in full.
        if post.entry.id not in own:
            found.append(Holding(name, post, name.end, name.start, reading.full_name(name)))
    return sorted(found, key=lambda holding: (holding.name.start, holding.post.start))


def _chains_of_short_names(reading: Reading) -> Iterator[tuple[NameMention, list[Post], int]]:
    """Given names with the posts behind them: ``thầy Hải kiêm Chủ tịch Công đoàn``."""
    for name in reading.short_names:
        posts, end = _chain_after(reading, name)
        if posts:
            yield name, posts, end
    for name in reading.lone_names:
        posts, end = _chain_after(reading, name)
        if posts and _SIGNED.match(reading.document.lower, name.end):
            yield name, posts, end


def _chains(reading: Reading) -> Iterator[tuple[NameMention, list[Post], int]]:
    """Names with the chain of posts after them, shared by names that are listed together before it."""
    waiting: list[NameMention] = []
    before: tuple[NameMention, int] | None = None  # the last with posts, and their end
    lowered = reading.document.lower
    for name in reading.names:
        if waiting and not (
            _NEXT_NAME.fullmatch(lowered, waiting[-1].end, name.start)
            or _NEXT_TERM.fullmatch(lowered, waiting[-1].end, name.start)
        ):
            waiting = []
        posts, end = _chain_after(reading, name)
        if not posts:
            waiting.append(name)
            continue
        yield name, posts, end
        if before and _JOINED.fullmatch(lowered, before[1], name.start) and _becomes(lowered, posts):
            yield before[0], posts[-1:], end  # ``A (Bí thư Đoàn) và ông B - Chủ tịch Hội làm ủy viên``
        before = name, end
        if waiting and not name.child:
            first, gap = waiting[0], lowered[waiting[-1].end : name.start]
            plural = _PLURAL_HEAD.search(lowered[max(first.start - 24, 0) : first.start]) is not None
            together = plural or (len(waiting) == 1 and re.match(r",? (?:và|&|sau (?:đó )?là) ", gap) is not None)
            members = posts[0].entry.id in _MEMBERS and lowered[name.end : posts[0].start].strip() in _ASIDE
            together = together or members or _YEARS_BEFORE.search(gap) is not None
            if together:
                for other in waiting:
                    yield other, posts, end
        waiting = []


def _becomes(lowered: str, posts: list[Post]) -> bool:
    """Whether the last of several posts is the one that somebody gets besides (``làm ủy viên``)."""
    called = posts[-1].entry.id in _MEMBERS and lowered.endswith(" là ", 0, posts[-1].start)
    return len(posts) > 1 and (called or lowered.endswith(" làm ", 0, posts[-1].start))


def _chain_after(reading: Reading, name: NameMention) -> tuple[list[Post], int]:
    """The posts that follow a name, and where they end: ``- HUV - Phó Chủ tịch UBND huyện``."""
    lowered, posts, end = reading.document.lower, list[Post](), name.end
    while len(posts) < 6:
        position = end
        while detail := _DETAIL.match(lowered, position):
            position = detail.end()
        link = _FIELD.match(lowered, position) or _LINK.match(lowered, position)
        post = reading.post_at(link.end()) if link else None
        if post is None and link and (bare := re.match(r" ?[-+,:;(] ?| ", lowered[position : position + 3])):
            post = reading.post_at(position + bare.end())
        if post is None and not posts and (link := _LINK_BEHIND_MARK.match(lowered, position)):
            post = reading.post_at(link.end())
        if post is None:
            post = _appointed_to(reading, name, end)
        if post is None or _belongs_to_next(reading, post, posts) or _is_proposed(reading, name, position, post):
            break
        if lowered[position : post.start].strip() in ("và", ";") and not posts:
            break
        if lowered[position : post.start] == " " and posts and reading.document.text[post.start].islower():
            break
        together = re.search(r"cùng |lần lượt ", lowered[position : post.start]) is not None
        others = _OTHERS.match(lowered, post.end) is not None
        others = others or (lowered[position : post.start].strip() == ";" and _of_others(reading, post))
        if " và " in lowered[position : post.start] and lowered.startswith(" gồm", post.end):
            break  # ``Chủ tịch Công đoàn và Thư ký đoàn gồm 02 người``
        if others and not together:
            break  # ``đồng chí A, Hiệu trưởng các trường``: others than A
        posts.append(post)
        end = post.end
        if lowered[end : end + 1] == ")" and _GOES_ON.match(lowered, end + 1):
            end += 1
    return posts, end


def _of_others(reading: Reading, post: Post) -> bool:
    """Whether posts told one after the other are those of many: ``Hiệu trưởng, Chủ tịch Công đoàn 8 trường``."""
    last, lowered = post, reading.document.lower
    while (gap := _AND.match(lowered, last.end)) and (following := reading.post_at(gap.end())):
        last = following
    return last is not post and _OTHERS.match(lowered, last.end) is not None


def _appointed_to(reading: Reading, name: NameMention, end: int) -> Post | None:
    """The post after ``được bổ nhiệm giữ chức vụ``; None where it is only proposed.

    ``end`` is where the name or the posts behind it end: after posts the appointment follows at once.
    """
    lowered = reading.document.lower
    if end > name.end and not _THEN.match(lowered, end):
        return None
    block = reading.document.block_at(name.start)
    following = next((other.start for other in reading.names if other.start > name.start), block.end)
    match = _APPOINTED.match(lowered, end, min(block.end, following))
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
        name = reading.person_at(match.end()) if match else None
        if name is None and (bracket := _IN_BRACKET.match(lowered, post.end)):
            match, name = bracket, reading.person_at(bracket.end())
        if match is None or name is None or not _may_precede(reading, post, match):
            continue
        several = (
            ":" in match["link"]
            or "là" in match["link"]
            or _SEVERAL.search(lowered, max(post.start - 8, 0), post.start) is not None
        )
        holders = [name, *(_next_holders(reading, name) if several else ())]
        if ":" in match["link"] and post.entry.id in _COMMITTEE:
            holders = _members(reading, name)
        for holder in holders:
            yield holder, post
        if match["link"] == " " or ":" in match["link"]:
            for earlier, shared in _earlier_posts(reading, post, claimed, tight=match["link"] == " "):
                for holder in holders if shared else holders[:1]:
                    yield holder, earlier


def _members(reading: Reading, first: NameMention) -> list[NameMention]:
    """Everybody listed after ``Ủy viên:``, with the posts that they hold elsewhere between the names."""
    end = _MEMBERS_END.search(reading.document.lower, first.end)
    stop = min(end.start() if end else len(reading.document.lower), reading.document.block_at(first.start).end)
    for post in reading.posts.values():
        if first.end < post.start < stop and reading.document.lower[post.end : post.end + 2].lstrip().startswith(":"):
            stop = post.start
    return [first, *(name for name in reading.names if first.start < name.start < stop and not name.child)]


def _next_holders(reading: Reading, name: NameMention) -> Iterator[NameMention]:
    """Who is listed after the first holder of a post, up to one with a post of another list."""
    lowered, end = reading.document.lower, name.end
    while following := _NEXT_NAME.match(lowered, end):
        other = reading.person_at(following.end())
        if other is None:
            return
        own, chain_end = _chain_after(reading, other)
        if own and "kiêm" not in lowered[other.end : own[0].start]:
            return
        yield other
        end = chain_end if own else other.end


def _earlier_posts(reading: Reading, post: Post, claimed: set[int], *, tight: bool) -> Iterator[tuple[Post, bool]]:
    """The posts of a chain that ends in names, and whether all of them hold it.

    ``Bí thư Chi bộ, Hiệu trưởng nhà trường Tên``; ``cụm trưởng là các đ/c Hiệu trưởng: Tên, Tên``.
    """
    by_end = {other.end: other for other in reading.posts.values() if other.rank is None}
    first = post
    while gap := _EARLIER.search(reading.document.lower, max(first.start - 24, 0), first.start):
        other = by_end.get(gap.start())
        shared = " là " in gap.group(0)
        if other is None or other.start in claimed or not (tight or shared):
            return
        if _IN_NAME_OF.search(reading.document.lower, max(other.start - 70, 0), other.start):
            return
        yield other, shared
        first = other


def _may_precede(reading: Reading, post: Post, match: re.Match[str]) -> bool:
    """Whether a post before a name is said of it: tight, or with ``:``, ``là`` or an honorific between."""
    link, honorific = match["link"], match["honorific"]
    if post.entry.id == "nhan_vien" and link in (" ", " - ") and _opens(reading, post):
        return True
    if post.rank == "staff" and link == " (" and honorific and _is_one(reading, post, match.end()):
        return True
    if post.entry.id in ("giao_vien", "nhan_vien", "can_bo") and _MANY.search(
        reading.document.lower, max(post.start - 10, 0), post.start
    ):
        return False
    if post.entry.id == "thanh_vien" and _COUNTED.search(reading.document.lower, max(post.start - 10, 0), post.start):
        return False  # ``gồm 04 thành viên: …`` counts them
    if post.rank in ("staff", "heading", "sign"):
        return ":" in link or (post.entry.id == "chuyen_vien" and link == " ")
    if link == " (":
        addressed = _ADDRESSED.search(reading.document.lower, max(post.start - 14, 0), post.start)
        return bool(honorific) or addressed is not None
    if link == ", ":
        before = reading.document.lower[max(post.start - 4, 0) : post.start]
        # ``thừa ủy quyền của Chủ tịch nước, đồng chí …``: the post is somebody else's.
        taken = _TAKEN.search(reading.document.lower, max(post.start - 20, 0), post.start)
        name = reading.person_at(match.end()) if taken else None
        if name is not None and _chain_after(reading, name)[0]:
            return False  # ``tiếp tục giữ chức Chủ tịch, ông A làm …``: that of the one before
        chained = before.endswith(", ") and any(p.end == post.start - 2 for p in reading.posts.values())
        return bool(honorific) and (chained or not before.endswith(("- ", ", ", "của ")))
    if link == " - ":
        before = reading.document.text[max(post.start - 1, 0) : post.start]
        return before in ("", "\n", "(") or reading.document.block_at(post.start).body == post.start or bool(honorific)
    return True


_TAKEN = re.compile(r"(?<!\w)(?:giữ|giữ chức|giữ chức vụ|giữ vị trí|làm|đảm nhiệm|đảm nhận) $")
#: A count of more than one.
_MORE = re.compile(r"(?:các|những|nhiều|0?[2-9]|\d\d(?<!0\d)) $")
#: A form of address before a post, as before a name: ``đ/c Hiệu trưởng (Lê Thanh Sơn)``.
_ADDRESSED = re.compile(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|thầy|cô) $")


def _is_one(reading: Reading, post: Post, start: int) -> bool:
    """Whether one is counted and a bracket holds the name and nothing else: ``01 nhân viên y tế (cô A)``."""
    name, lowered = reading.person_at(start), reading.document.lower
    many = _MORE.search(lowered, max(post.start - 8, 0), post.start)
    return name is not None and lowered.startswith(")", name.end) and many is None


def _opens(reading: Reading, post: Post) -> bool:
    """Whether a post with a capital opens a sentence or item."""
    document = reading.document
    before = document.text[max(post.start - 2, 0) : post.start]
    at_start = document.block_at(post.start).body == post.start or _SENTENCE_START.search(before) is not None
    return at_start and document.text[post.start].isupper()
