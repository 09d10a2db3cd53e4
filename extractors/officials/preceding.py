"""Posts told before those who hold them: ``Trưởng phòng Tên``, ``Hiệu trưởng: A, B``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.names import NameMention
from extractors.officials.chains import chain_after
from extractors.officials.links import HONORIFIC, NEXT_NAME, OFFICE, TAKES, YEARS
from extractors.officials.posts import Post, Reading

_FIRST_OF_THEM = r"(?:(?:người )?đầu tiên|lần lượt)(?: là| có| do| thuộc về| gồm)? "
#: Which of many holders of a post is meant: those of all times, of a time told before, or of now.
_TIME = r"(?:đời|thời kỳ|thời kì|giai đoạn|nhiệm kỳ|nhiệm kì|khóa|thế hệ)"
_WHEN = (
    rf"(?:đầu tiên của (?:nhà )?trường|(?:của (?:nhà )?trường )?(?:qua )?(?:các|mọi|từng) {_TIME}|"
    rf"(?:(?:trong|ở|của|vào|suốt) )?{_TIME} (?:này|đó|ấy|đầu|trước|nói trên|bấy giờ)|"
    r"đương nhiệm|hiện (?:nay|giờ|tại|thời|hành)|bây giờ|"
    r"(?:kể )?từ (?:đó|ấy|đây|ngày đầu|khi thành lập|ngày thành lập)(?: đến nay| tới nay| trở đi)?|"
    r"tiên khởi|sáng lập|lâu nhất|trẻ nhất|duy nhất|cuối cùng|đầu tiên|nữ đầu tiên|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|tám|\d+)|(?:lúc|khi|hồi|thời) (?:đó|ấy|này|bấy giờ)|bấy giờ|đương thời|mới|"
    r"thay (?:cho |thế )?(?:ông|bà|thầy|cô|đồng chí|đ/c) [^\W\d_]+(?: [^\W\d_]+){0,3}?(?= là)|"
    r"tiền nhiệm|nhiệm k[ỳì] [\d -]{4,11}|"
    r"giai đoạn [\d -]{4,11}|"
    r"từ (?:năm )?\d{4}"
    r"(?:(?: ?- ?| (?:cho )?(?:đến|tới) )(?:năm |tháng )?(?:\d{4}|nay)| nay| trở đi|[^:\n]{0,14}(?= ?:))?|"
    r"năm học [\d -]{9,11})"
)
_NAME_AFTER = re.compile(
    r"(?: của (?:nhà )?trường(?= ?:| [^\W\d_]))?(?: các (?:tổ|khối|khoa|nhóm)(?: chuyên môn)?(?= lần lượt| là|:))?"
    rf"(?: {_WHEN})?(?: \([^()\n]{{3,30}}\))?"
    r"(?P<link> ?: ?| (?:bao )?gồm(?: có)?: ?|"
    r" (?:bao )?gồm(?: có)? (?=(?:(?:các|\d+) )?(?:đồng chí|đ/c|ông|bà|thầy|cô) )|"
    r"(?: (?:vẫn|hiện|hiện nay|nay|cũng|khi ấy|lúc ấy|lúc này|lần lượt))? là:? |"
    r" có (?:các )?(?=(?:đồng chí|đ/c|ông|bà|thầy|cô) )| - |, |"
    r" đối với (?=(?:đồng chí|đ/c|ông|bà|thầy|cô) )|"
    r" \(| (?=\S))"
    rf"(?:do |(?<=: ){YEARS}|(?<=: )\d{{1,2}}[.)] |{_FIRST_OF_THEM})?(?P<honorific>{HONORIFIC})"
)
_IN_BRACKET = re.compile(rf"(?: (?:có )?trình độ [^,;.()\n]{{2,25}})?(?P<link> \()(?P<honorific>{HONORIFIC})")
_EARLIER = re.compile(
    r"(?:, | - | kiêm (?:nhiệm )?|, kiêm | đồng thời là |, đồng thời là |"
    r" là (?:các |những )?(?:đồng chí |đ/c |ông |bà |thầy |cô )?)$"
)
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|hai|ba|bốn|năm|0?[2-9]) (?:(?:đồng chí|đ/c|nhà giáo|ông|bà|thầy|cô|giáo|vị),? (?:và )?){0,4}$"
)
#: So far before a post it is said that it is that of several.
_COUNT = 32
#: Before a post it is said who else is told of behind it: ``Giúp việc cho Hiệu trưởng có ông A``.
_BESIDE = re.compile(
    r"(?<!\w)(?:giúp việc|hỗ trợ|trợ giúp|phụ giúp|giúp|cùng đi|đi cùng|cùng|tháp tùng|bên cạnh|ngoài|thay mặt|"
    r"tham mưu)(?: cho| với)? (?:đồng chí |đ/c |ông |bà |thầy |cô )?$"
)
#: Roles in committees and juries, whose lists give the members' own posts besides.
COMMITTEE = frozenset(
    {"uy_vien", "thanh_vien", "thu_ky", "truong_ban", "pho_truong_ban", "pho_truong_ban_thuong_truc", "giam_khao"}
    | {"to_vien", "uy_vien_thuong_truc", "uy_vien_ban_chap_hanh", "uy_vien_ban_thuong_vu"}
)
_MEMBERS_END = re.compile(r"[;\n]|(?<![;:,] \d)(?<![;:,] \d\d)\.(?=\s[^\W\d_]{2})|\.$")
_BRACKET = re.compile(r"[()]")
_ADDRESS = re.compile(rf" ?(?:\d{{1,2}}[.)] {HONORIFIC}|(?=[^\W\d_]){HONORIFIC[:-1]}+)")
_COUNTED = re.compile(r"\d+ $")
_MANY = re.compile(r"(?:các|những|nhiều|\d+) $")
#: Somebody else's post, in whose name one acts or signs: ``thừa ủy quyền của Thủ tướng, Phó Chủ tịch … trao``.
_IN_NAME_OF = re.compile(
    r"(?:ủy quyền (?:của )?|thay mặt |đại diện (?:cho )?)(?:[^,;.:()]{3,40} và )?$|(?<!\w)k\.?/?t[./]? ?$"
)
_SENTENCE_START = re.compile(r"(?:^|[.;]\s|\n)$")
#: Around posts and names that are a clause of their own.
_CLAUSE_START = re.compile(r"(?:^|\n|[;:.] ?|[-+*•] )$")
_CLAUSE_END = re.compile(r" ?(?:[;.\n]|$)")
_TAKEN = re.compile(rf"(?<!\w)(?:làm|(?:{TAKES})(?: (?:{OFFICE}))?) $")
#: What is decided of a post: ``miễn nhiệm chức vụ Hiệu trưởng đối với ông A``.
_DECIDED = re.compile(
    r"(?<!\w)(?:miễn nhiệm|bãi nhiệm|bổ nhiệm(?: lại)?|cách chức|cho thôi|thôi giữ|kéo dài)(?!\w)[^.;:]{0,50}$"
)
#: A post besides that of the list: ``Hiệu trưởng: A (1990-1996), B (1996-2004; nay là Phó Trưởng phòng)``.
_BESIDES = re.compile(r"(?<!\w)(?:kiêm|nay là|hiện là|hiện nay là|sau là|sau này là|về sau là|sau làm|nay làm)(?!\w)")
_TAKES_TOO = re.compile(r" (?:làm|giữ|đảm nhiệm|đảm nhận) ")
#: Occupations of which a school has one each, and where they are listed: ``gồm: kế toán A, văn thư B``.
_OCCUPATION = re.compile(r"(?:kế toán|văn thư|thủ quỹ)(?: trưởng)? ")
_IN_LIST = re.compile(r"(?:[:,;(]| và) $")
#: A count of more than one.
_MORE = re.compile(r"(?:các|những|nhiều|0?[2-9]|\d\d(?<!0\d)) $")
#: A form of address before a post, as before a name: ``đ/c Hiệu trưởng (Lê Thanh Sơn)``.
_ADDRESSED = re.compile(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|thầy|cô) $")


def posts_before(reading: Reading, claimed: set[int]) -> Iterator[tuple[NameMention, Post]]:
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
        counted = _SEVERAL.search(lowered, max(post.start - _COUNT, 0), post.start) is not None
        several = (
            ":" in match["link"]
            or any(word in match["link"] for word in ("là", "có", "gồm"))
            or counted
            or match["honorific"].startswith("các ")
            or _deputies(reading, post, name)
        )
        holders = [name, *(_next_holders(reading, name, counted=counted) if several else ())]
        if (":" in match["link"] or "gồm" in match["link"]) and post.entry.id in COMMITTEE:
            holders = _members(reading, name)
        for holder in holders:
            yield holder, post
        if match["link"] in (" ", " - ", ", ") or ":" in match["link"]:
            for earlier, shared in _earlier_posts(reading, post, claimed, tight=":" not in match["link"]):
                for holder in holders if shared else holders[:1]:
                    yield holder, earlier


def _deputies(reading: Reading, post: Post, name: NameMention) -> bool:
    """Whether deputies are listed behind one word for all: ``; Phó Hiệu trưởng Lê Văn Tám, Chu Thị Mai.``."""
    lowered = reading.document.lower
    if not post.entry.id.startswith("pho_") or not _CLAUSE_START.search(lowered, max(post.start - 3, 0), post.start):
        return False
    end = name.end
    while (following := NEXT_NAME.match(lowered, end)) and (other := reading.person_at(following.end())):
        if chain_after(reading, other)[0]:
            return False
        end = other.end
    return end > name.end and _CLAUSE_END.match(lowered, end) is not None


def _members(reading: Reading, first: NameMention) -> list[NameMention]:
    """Everybody listed after ``Ủy viên:``, with the posts that they hold elsewhere between the names."""
    lowered = reading.document.lower
    ends = (match for match in _MEMBERS_END.finditer(lowered, first.end) if not _goes_on(reading, match))
    end = next(ends, None)
    stop = min(end.start() if end else len(lowered), reading.document.block_at(first.start).end)
    stop = _bracket_end(lowered, first.end, stop)
    for post in reading.posts.values():
        if first.end < post.start < stop and reading.document.lower[post.end : post.end + 2].lstrip().startswith(":"):
            stop = post.start
    return [first, *(name for name in reading.names if first.start < name.start < stop and not name.child)]


def _bracket_end(text: str, start: int, stop: int) -> int:
    """Where a bracket ends that was opened before a place; ``stop`` where none was."""
    depth = 0
    for sign in _BRACKET.finditer(text, start, stop):
        depth += 1 if sign.group(0) == "(" else -1
        if depth < 0:
            return sign.start()
    return stop


def _goes_on(reading: Reading, end: re.Match[str]) -> bool:
    """Whether a semicolon stands between two of the listed: ``Ủy viên: bà A, Hiệu trưởng; ông B, chuyên viên``."""
    named = _ADDRESS.match(reading.document.lower, end.end())
    return end.group(0) == ";" and named is not None and named.end() in reading.name_at


def _next_holders(reading: Reading, name: NameMention, *, counted: bool) -> Iterator[NameMention]:
    """Who is listed after the first holder of a post, up to one with a post of another list.

    Where the holders are ``counted``, a post in brackets is a further one: ``hai Phó Chủ tịch là A (…) và B (…)``.
    """
    lowered, end = reading.document.lower, name.end
    while following := NEXT_NAME.match(lowered, end):
        other = reading.person_at(following.end())
        if other is None:
            return
        own, chain_end = chain_after(reading, other)
        besides = counted and lowered.startswith(" (", other.end)
        if own and not besides and not _BESIDES.search(lowered, other.end, own[0].start):
            return
        yield other
        end = chain_end if own else other.end


def _earlier_posts(reading: Reading, post: Post, claimed: set[int], *, tight: bool) -> Iterator[tuple[Post, bool]]:
    """The posts of a chain that ends in names, and whether all of them hold it.

    ``Bí thư Chi bộ, Hiệu trưởng nhà trường Tên``; ``cụm trưởng là các đ/c Hiệu trưởng: Tên, Tên``.
    """
    by_end = {other.end: other for other in reading.posts.values() if other.rank != "heading" and other.rank != "sign"}
    first = post
    while gap := _EARLIER.search(reading.document.lower, max(first.start - 24, 0), first.start):
        other = by_end.get(gap.start())
        shared = " là " in gap.group(0)
        besides = " kiêm " in gap.group(0) or "đồng thời" in gap.group(0)
        if other is not None and other.rank == "staff" and other.entry.id not in COMMITTEE and not besides:
            return
        label = other is not None and reading.document.block_at(other.start).body == other.start
        joined = gap.group(0) == " - "  # ``Hiệu trưởng - Chủ tịch hội đồng: ông A``
        if other is None or other.start in claimed or not (tight or shared or label or besides or joined):
            return
        if _IN_NAME_OF.search(reading.document.lower, max(other.start - 70, 0), other.start):
            return
        yield other, shared
        first = other


def _may_precede(reading: Reading, post: Post, match: re.Match[str]) -> bool:
    """Whether a post before a name is said of it: tight, or with ``:``, ``là`` or an honorific between."""
    link, honorific = match["link"], match["honorific"]
    beside = not link.isspace() and _BESIDE.search(reading.document.lower, max(post.start - _COUNT, 0), post.start)
    if beside and any(word in link for word in (" là", " có", " gồm", ":")):
        return False
    if post.entry.id == "nhan_vien" and link in (" ", " - ") and _opens(reading, post):
        return True
    if link == " " and not honorific and _OCCUPATION.match(reading.document.lower, post.start):
        return _IN_LIST.search(reading.document.lower, max(post.start - 4, 0), post.start) is not None
    if post.rank == "staff" and link == " (" and honorific and _is_one(reading, post, match.end()):
        return True
    if post.entry.id in ("giao_vien", "nhan_vien", "can_bo") and _MANY.search(
        reading.document.lower, max(post.start - 10, 0), post.start
    ):
        return False
    if post.entry.id == "thanh_vien" and _COUNTED.search(reading.document.lower, max(post.start - 10, 0), post.start):
        return False  # ``gồm 04 thành viên: …`` counts them
    if post.rank in ("staff", "heading", "sign"):
        return (
            ":" in link
            or "gồm" in link
            or (link == " là " and bool(honorific) and post.rank == "staff")
            or (post.entry.id == "chuyen_vien" and link == " ")
        )
    if link == " đối với ":
        return _DECIDED.search(reading.document.lower, max(post.start - 60, 0), post.start) is not None
    if link == " (":
        addressed = _ADDRESSED.search(reading.document.lower, max(post.start - 14, 0), post.start)
        return bool(honorific) or addressed is not None
    if link == ", ":
        addressed = _ADDRESSED.search(reading.document.lower, max(post.start - 14, 0), post.start)
        if addressed is not None and honorific.strip() == addressed.group(0).strip():
            return False  # ``đồng chí Phó Hiệu trưởng, đồng chí A``: two people
        before = reading.document.lower[max(post.start - 4, 0) : post.start]
        # ``thừa ủy quyền của Chủ tịch nước, đồng chí …``: the post is somebody else's.
        taken = _TAKEN.search(reading.document.lower, max(post.start - 30, 0), post.start)
        name = reading.person_at(match.end()) if taken else None
        if name is not None and (chain_after(reading, name)[0] or _TAKES_TOO.match(reading.document.lower, name.end)):
            return False  # ``tiếp tục giữ chức Chủ tịch, ông A làm …``: that of the one before
        chained = before.endswith(", ") and any(p.end == post.start - 2 for p in reading.posts.values())
        return bool(honorific) and (chained or not before.endswith(("- ", ", ", "của ")))
    if link == " - ":
        before = reading.document.text[max(post.start - 1, 0) : post.start]
        if before in ("", "\n", "(") or reading.document.block_at(post.start).body == post.start or honorific:
            return True
        # ``Bí thư Đoàn phường – Lê Văn Tám;``: nothing is told of the name behind it.
        name = reading.person_at(match.end())
        return name is not None and not chain_after(reading, name)[0]
    return True


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
