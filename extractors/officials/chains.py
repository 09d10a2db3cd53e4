"""The posts told behind names: ``Tên - chức vụ - chức vụ``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.names import NameMention
from extractors.officials.links import HONORIFIC, NEXT_NAME, OFFICE, PROPOSED, TAKES, YEARS
from extractors.officials.posts import Post, Reading

_PARENTHESIS = r"(?: (?:19|20)\d\d(?= )| ?\((?:[^()\n]{0,12}\d{4}[^()\n]{0,20}|nam|nữ|quê [^()\n]{2,30})\))?"
#: A body that somebody sits on, told like a post before the posts: ``A - Ban Thường vụ Đảng ủy - Hiệu trưởng``.
_SITS_ON = r"(?: ?[-,] ?(?:ban thường vụ|ban chấp hành|btv|bch)(?: [^\W\d_]+){0,4}(?= ?[-,]))?"
#: The years of a post told elsewhere, before another one: ``2001 - 2013, trước đó là``, ``1998 - 2006 (nay là``.
_YEAR = r"(?:\d{1,2}/)?(?:19|20)\d\d"
_TERM = (
    rf"(?: ?[:,(-] ?| )(?:từ )?(?:năm |tháng )?{_YEAR}(?: ?(?:-|đến) ?(?:năm |tháng )?(?:{_YEAR}|nay))?\)?"
    r"(?=[,;]? \(?(?:hiện|nay|trước|sau|từng|nguyên|rồi|kiêm|đồng thời)(?!\w))"
)
#: Why somebody has another post now: ``A, nguyên Hiệu trưởng đã chuyển công tác, nay là``.
_LEFT = (
    r",? (?:đã |vừa |mới )?(?:chuyển (?:công tác|ngành|đi|vùng)|nghỉ (?:hưu|công tác)|thôi (?:giữ chức|nhiệm vụ))"
    r"(?=,? (?:hiện|nay)(?!\w))"
)
_DETAIL = re.compile(
    rf"{_TERM}|{_LEFT}|"
    r"(?: (?=sinh (?:năm|ngày)|phụ trách |(?:niên )?khóa \d)| ?[,;(-] ?)(?:"
    r"(?:niên )?khóa [\d/ –-]{4,13}(?=\)|,| ?[-–] ?[^\W\d])|(?:sinh (?:năm|ngày)|sn(?!\w))[^,;)\n]{0,30}|"
    r"năm sinh[^,;)\n]{0,20}|trình độ[^,;)\n]{0,40}|"
    r"mã số[^,;\n]{0,30}|nam(?=,| -)|nữ(?=,| -)|"
    r"ngày sinh ?:? ?[^,;)\n]{0,20}|giới tính ?:? ?[^,;)\n]{0,6}|đơn vị(?: công tác)? ?: ?[^,;)\n]{3,50}|"
    r"dân tộc:? \w+|quê[^,;)\n]{0,30}|đảng viên|\d\d tuổi|"
    r"(?:nguyên |cựu )?(?:học sinh|sinh viên|học trò)(?: cũ)?[^,;.()\n]{0,45}"
    r"(?=, [^,;.\n]{0,12}(?:giám đốc|chủ tịch|bí thư|"
    r"trưởng |phó ))|"
    r"(?:luật sư|kỹ sư|bác sĩ|nhà báo|doanh nhân|nhà thơ|nhà văn|nhạc sĩ|họa sĩ|nghệ sĩ)(?=,| -)|"
    r"nhà giáo (?:ưu tú|nhân dân)|anh hùng lao động|(?:phó )?giáo sư|"
    r"(?:th\.?s|gs\.ts|tskh|ts|pgs\.ts|pgs|ngưt|ngnd|(?:thạc|tiến) s[ĩỹ](?: [^,;.()\n]{2,30}(?=, ))?)(?!\w)[.,]?|"
    r"phụ trách [^,;.()\n]{3,40}(?=,? kiêm(?!\w))|(?:sđt|đt|điện thoại)[^,;\n]{5,20})\)?"
)
#: Which of those who held a post: ``Hiệu trưởng đầu tiên, nay là Phó Giám đốc Sở``.
_ORDER = re.compile(
    r" (?:đầu tiên|tiên khởi|thứ (?:nhất|hai|ba|tư|năm|sáu|\d))(?: của (?:nhà )?trường)?"
    r"(?=,? (?:nay|hiện|hiện nay|sau|sau này|kiêm|đồng thời|nguyên)(?!\w))"
)
#: Behind a post that a semicolon parts from those before it, in a list of them.
_CLOSED = re.compile(r" ?(?:[,;.:)(\n]|$)| - | (?:kiêm|và|đồng thời)(?!\w)")
#: Whose place is taken, before the post: ``A lên thay thầy B, giữ chức Hiệu trưởng``.
_REPLACING = (
    r"(?: (?:đến|về|lên|được cử|được điều))*(?: ra)? (?:thay(?: thế)?(?: cho)?|nối tiếp|tiếp nối|kế nhiệm|"
    r"kế tục|tiếp bước) "
)
_REPLACED_NAME = r"(?:ông|bà|thầy|cô|đồng chí|đ/c|anh|chị) [^\W\d_]+(?: [^\W\d_]+){0,4}?(?:,| và|(?= làm | giữ ))"
_REPLACED = re.compile(rf"{_REPLACING}(?:{HONORIFIC})$")
_AS = rf"(?:với|trên|trong|ở|dưới|vào|lên|sang) (?:tư cách|{OFFICE})"
_LINKED = (
    r"(?: ?[-+,:;(/] ?| (?=\S))(?:(?:(?:từ|đến) (?:năm |tháng )?[\d/]{4,7},? (?:ông |bà |thầy |cô |đồng chí )?)?"
    r"(?:hiện |hiện nay |hiện tại |nay |trước |trước đây |"
    r"trước đó (?:(?:ông|bà|thầy|cô|đồng chí) (?=là |làm |giữ ))?|"
    r"tiếp tục |tái |vẫn |khi đó |lúc đó |khi ấy |bấy giờ |lúc bấy giờ |từng |đã |vốn |"
    r"đã từng |sau này |sau đó |về sau |sau (?=chuyển |về |được |lên |làm |là )|được cử |được bầu |được giao |"
    r"được phân công |được bổ nhiệm |được suy tôn(?: làm)? |tạm thời |đang |đều |cùng |lần lượt |vừa |"
    r"người |thôi |"
    r"(?:đã )?(?:có|với) (?:hơn |gần )?\d+ năm (?:liền |liên tục |liền kề )?(?=làm |giữ |đảm |là )|"
    r"sau khi [^,;.:()\n]{3,40}? (?=giữ |làm |đảm |là |được )|"
    r"trước (?:khi|lúc) (?:về |nghỉ )?hưu |khi (?:về|nghỉ) hưu |"
    r"(?:để |rồi |lại )?(?:chuyển )?(?:đến|về|sang|lên) )*"
    rf"(?:làm|là|(?:{TAKES})(?: {_AS}| (?:{OFFICE}))?(?: là| của)?(?= )|(?:(?:phụ trách|quản lý|điều hành|lãnh đạo) )?"
    rf"{_AS}(?: là)?|chức vụ ?:?|chức danh ?:?|(?<=nay |iện )|"
    r"được suy tôn|kiêm (?:luôn|cả|thêm)|kiêm(?: nhiệm)?|kiêm giữ chức(?: vụ)?|đồng thời là|"
    r"và) ?)?(?:kiêm |vị |người |một vị |(?:cả )?(?:hai|ba) )?[\"“]? ?"
)
#: The term of a post behind it: ``Bí thư Đảng ủy nhiệm kỳ 2015-2020, Trưởng phòng``.
_OF_TERM = r"(?: nhiệm k[ỳì] \d{4} ?-? ?(?:\d{4})?(?=[,;)]| -))?"
_LINK = re.compile(_OF_TERM + _PARENTHESIS + _SITS_ON + rf"(?:{_REPLACING}{_REPLACED_NAME})?" + _LINKED)
#: ``bà A (văn hóa) kiêm Chủ tịch Công đoàn``.
_LINK_BEHIND_MARK = re.compile(r" ?\([^()\n;]{1,45}\)" + _LINKED)
#: What somebody is at home, in brackets before the role in a committee: ``A (đại diện phụ huynh lớp 5A - Ủy viên)``.
_LINK_IN_MARK = re.compile(r" ?\([^()\n;:]{2,40}? - ")
_APPOINTED = re.compile(
    r",? (?:đến|về|sang) (?:nhận )?(?:công tác|nhiệm vụ)(?: (?:tại|ở) [^;.\n]{3,70}?)?,? (?:và )?"
    rf"(?:(?:{TAKES})(?: (?:{OFFICE}))?|làm) |"
    rf",? (?:tái |tiếp tục )?(?:đắc cử|trúng cử|tái cử|được bầu lại)(?: giữ| vào)?(?: làm| (?:{OFFICE}))? |"
    # Where somebody is from: ``A - Yên Khê - Sơn La làm Hiệu trưởng``, ``do bà B, Sở Nội vụ, làm Trưởng ban``.
    r"(?:(?: - |, )(?!(?:ông|bà|thầy|cô|em|đồng chí|đ/c|anh|chị)(?!\w))[^\n,;.:()-]{3,60}?){1,4},? làm |"
    r"[^.;\n]{0,60}?,? kiêm (?:luôn|cả|thêm)(?: chức(?: vụ)?)? |"
    r"(?:[^.;\n]{0,90}?)(?:bổ nhiệm(?: lại)?|điều động|(?<=được )điều(?= từ| về| đến)|phân công|"
    r"bầu|cử|chỉ định|đề bạt|cất nhắc|suy tôn|điều chuyển|biệt phái|giao|luân chuyển|"
    r"tín nhiệm)(?:(?: vào)? (?=phó |hiệu |bí |chủ |trưởng )|"
    rf"(?:[^.;\n]{{0,90}}?(?:(?:{TAKES})(?: (?:{OFFICE}))?|làm)|[^.;\n]{{0,40}}? là) )|"
    # Where somebody went for it: ``thầy A chuyển về Phòng Giáo dục huyện làm Trưởng phòng``.
    r" (?:đã |được )*(?:chuyển|điều|lên|về|sang)(?: công tác)?(?: về| lên| sang| đến| ra| vào| tại| ở)* "
    r"[^,;.:()\n]{3,60}? (?:làm|giữ chức(?: vụ)?|đảm nhiệm(?: chức vụ)?|nhận nhiệm vụ) "
)
# A form: ``Họ và tên: A. Chức vụ: Hiệu trưởng``.
_FIELD = re.compile(r"[.;,]?[ \n]?(?:[-+] )?(?:chức vụ|chức danh)(?: hiện nay| công tác)? ?: ?")
#: The appointment that follows a post at once.
_THEN = re.compile(
    r",? (?:(?:cho )?(?:đến|tới) khi |trước khi |sau đó |rồi )?(?:(?:nay |đã |vừa |mới )?được |(?:tái |"
    r"tiếp tục )?(?:đắc|trúng|tái) cử |"
    r"(?:đến|về|sang) (?:nhận )?(?:công tác|nhiệm vụ)(?!\w))"
)
#: With this before it a post is of the one named before, whoever follows: ``A làm hiệu trưởng thầy B làm hiệu phó``.
_IS_SAID = re.compile(r"(?<!\w)(?:làm|giữ chức(?: vụ)?) $")
_TAKES = re.compile(rf"làm|(?:{TAKES}) (?:{OFFICE})|đảm nhiệm|đảm nhận|đảm đương|đảm trách")
_JOINED = re.compile(rf"\)?,? (?:và|cùng) {HONORIFIC}")
#: How an entry of a list of people parted by semicolons begins, and the sign before its post.
_ENTRY = re.compile(rf"(?:;|:|(?<!\w)(?:có|gồm)) ?{HONORIFIC}$")
_SPACED_SIGN = re.compile(r", | - ")
#: What may follow a bracket with a post: ``(Giám đốc Sở) làm Tổ trưởng``.
_GOES_ON = re.compile(r", | -| (?:làm|là|kiêm|(?:tạm thời )?giữ|nay|hiện) ")
#: Behind a name, and a mark in brackets, what leads to the post of somebody else.
_ANOTHER = re.compile(r"(?: ?\([^()\n]*\))?\s*(?:và|;)\s*")
_TIGHT = re.compile(rf"(?: là)?(?: ?: ?| )(?:{HONORIFIC})")
#: Between a post and who has it, a form of address behind the sign: ``Chủ tịch Hội - ông A và bà B (Phó Chủ tịch)``.
_BEFORE_NAME = re.compile(rf"{_TIGHT.pattern}|(?: -|,) (?=\w)(?:{HONORIFIC[:-1]}+)")
_PLURAL_HEAD = re.compile(
    r"(?:các|hai|ba|bốn|năm|0?[2-9]|những) (?:đồng chí|đ/c|ông|bà|ông, bà|ông bà|thầy|cô|thầy cô|thầy giáo|"
    r"cô giáo)(?: là)? ?:? ?$"
)
_AND, _AND_ONLY = re.compile(r",? (?:và )?"), re.compile(r" (?:và|cùng) ")
_OTHERS = re.compile(r" (?:của )?(?:(?:các|những) (?!khóa|nhiệm k[ỳì]|thời k[ỳì])|\d+ trường)")
#: The years of the next in a list of heads of which the post is said once: ``1990-1996: thầy A; 1996-2004: cô B``.
_NEXT_TERM = re.compile(rf" ?[;,.] ?{YEARS}(?:là )?{HONORIFIC}")
_YEARS_BEFORE = re.compile(rf"[;,.] ?{YEARS}(?:là )?{HONORIFIC}$")
_BY_YEARS = re.compile(rf"(?:^|[\n;,.:(+-] ?){YEARS}(?:là |do )?{HONORIFIC}$")
#: Posts that many have together, and the signs with which they are said behind the last of them.
_MEMBERS = frozenset({"uy_vien", "thanh_vien", "giam_khao", "to_vien", "uy_vien_ban_chap_hanh"})
_ASIDE = frozenset({"(", "- các", "là", "làm", "- đều là", ", các"})
_AFTER_BRACKET = re.compile(rf"\)?(?:[,;]| và) (?:và )?{HONORIFIC}$")
#: The sign between a given name and its post where no full name helps to tell who is meant.
_SIGNED = re.compile(r" ?(?:[(,]| - |- )")


def find_chains(reading: Reading) -> Iterator[tuple[NameMention, list[Post], int]]:
    """Names in running text with the posts behind them, and where these end; full names first."""
    yield from _chains(reading)
    yield from _chains_of_short_names(reading)


def _chains_of_short_names(reading: Reading) -> Iterator[tuple[NameMention, list[Post], int]]:
    """Given names with the posts behind them: ``thầy Hải kiêm Chủ tịch Công đoàn``."""
    for name in reading.short_names:
        posts, end = chain_after(reading, name)
        if posts:
            yield name, posts, end
    for name in reading.lone_names:
        posts, end = chain_after(reading, name)
        if posts and _SIGNED.match(reading.document.lower, name.end):
            yield name, posts, end


def _chains(reading: Reading) -> Iterator[tuple[NameMention, list[Post], int]]:
    """Names with the chain of posts after them, shared by names that are listed together before it."""
    waiting: list[NameMention] = []
    before: tuple[NameMention, int] | None = None  # the last with posts, and their end
    group: list[tuple[NameMention, int]] = []  # those listed up to it, each with posts in brackets
    term: tuple[Post, int] | None = None  # the post told by years, and where the last who held it is told
    lowered = reading.document.lower
    for name in reading.names:
        if waiting and not (
            NEXT_NAME.fullmatch(lowered, waiting[-1].end, name.start)
            or _NEXT_TERM.fullmatch(lowered, waiting[-1].end, name.start)
        ):
            waiting = []
        posts, end = chain_after(reading, name)
        if not posts and term and _NEXT_TERM.fullmatch(lowered, term[1], name.start):
            yield name, [term[0]], name.end
            term = term[0], name.end
            continue
        if not posts:
            waiting.append(name)
            continue
        yield name, posts, end
        term = (posts[0], end) if _BY_YEARS.search(lowered, max(name.start - 60, 0), name.start) else None
        if before and _JOINED.fullmatch(lowered, before[1], name.start) and _becomes(lowered, posts):
            yield before[0], posts[-1:], end  # ``A (Bí thư Đoàn) và ông B - Chủ tịch Hội làm ủy viên``
        group = [*(group if before and _goes_on(lowered, before, name) else []), (name, end)]
        if len(group) > 1 and _becomes(lowered, posts) and _is_plural(lowered, group[0][0]):
            for other, _ in group[:-1]:
                yield other, posts[-1:], end
        if waiting and not name.child:
            first, gap = waiting[0], lowered[waiting[-1].end : name.start]
            plural = _is_plural(lowered, first)
            together = plural or (len(waiting) == 1 and re.match(r",? (?:và|&|sau (?:đó )?là) ", gap) is not None)
            members = posts[0].entry.id in _MEMBERS and lowered[name.end : posts[0].start].strip() in _ASIDE
            together = (
                together
                or members
                or _share_bracket(lowered, first, name, posts)
                or _YEARS_BEFORE.search(gap) is not None
                or _share_entry(lowered, first, name, posts, end)
            )
            together = together or "lần lượt" in lowered[name.end : posts[0].start]
            together = together and (plural or not _has_own(reading, first, before[1] if before else 0))
            if together:
                for other in waiting:
                    yield other, _of_all(lowered, waiting[-1], name, posts), end
        before = name, end
        waiting = []


def _is_plural(lowered: str, name: NameMention) -> bool:
    """Whether several are told of from a name on: ``các ông bà: A``."""
    return _PLURAL_HEAD.search(lowered, max(name.start - 24, 0), name.start) is not None


def _goes_on(lowered: str, before: tuple[NameMention, int], name: NameMention) -> bool:
    """Whether a name stands behind another with its post in brackets, and has its own in brackets too."""
    one, end = before
    in_brackets = lowered.startswith(" (", one.end) and lowered.startswith(" (", name.end)
    return in_brackets and _AFTER_BRACKET.fullmatch(lowered, end, name.start) is not None


def _of_all(lowered: str, one: NameMention, last: NameMention, posts: list[Post]) -> list[Post]:
    """The posts that those listed before the last have too: not that of a bracket where each has one of the own.

    ``các ông bà: A (Tổ trưởng tổ 1), B (Tổng phụ trách) là ủy viên``.
    """
    own = lowered.startswith(" (", one.end) and lowered.startswith(" (", last.end)
    return [post for post in posts if not own or lowered.find(")", last.end, post.start) >= 0]


def _share_bracket(lowered: str, first: NameMention, last: NameMention, posts: list[Post]) -> bool:
    """Whether a bracket is that of all names since the last: ``A (Chủ tịch), B, C (Phó Chủ tịch)``."""
    of_many = posts[0].entry.id in _MEMBERS or posts[0].entry.id.startswith("pho_")
    opened = lowered.startswith(" (", last.end) and lowered.startswith(")", posts[-1].end)
    after = _AFTER_BRACKET.search(lowered, max(first.start - 24, 0), first.start)
    return of_many and opened and after is not None and after.group(0).startswith(")")


def _share_entry(lowered: str, first: NameMention, last: NameMention, posts: list[Post], end: int) -> bool:
    """Whether deputies are one entry of a list parted by semicolons: ``ông A, Chủ tịch; bà B, bà C, Phó Chủ tịch;``."""
    return (
        len(posts) == 1
        and posts[0].entry.id.startswith("pho_")
        and _SPACED_SIGN.fullmatch(lowered, last.end, posts[0].start) is not None
        and lowered.startswith(";", end)
        and _ENTRY.search(lowered, max(first.start - 40, 0), first.start) is not None
    )


def _has_own(reading: Reading, name: NameMention, told: int) -> bool:
    """Whether a post stands right before a name: ``Phó Hiệu trưởng A và thầy B (Chủ tịch Công đoàn)``.

    Up to ``told`` posts are those of somebody else: ``bà C đắc cử Bí thư, bà A và ông B giữ chức Phó Bí thư``.
    """
    start = max(name.start - 90, 0)
    return any(
        _BEFORE_NAME.fullmatch(reading.document.lower, post.end, name.start) is not None
        for post in reading.posts.values()
        if max(start, told) < post.end <= name.start
    )


def _becomes(lowered: str, posts: list[Post]) -> bool:
    """Whether the last of several posts is the one that somebody gets besides (``làm ủy viên``)."""
    called = posts[-1].entry.id in _MEMBERS and lowered.endswith(" là ", 0, posts[-1].start)
    return len(posts) > 1 and (called or lowered.endswith(" làm ", 0, posts[-1].start))


def chain_after(reading: Reading, name: NameMention) -> tuple[list[Post], int]:
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
        if post is None and not posts and (link := _LINK_IN_MARK.match(lowered, position)):
            post = reading.post_at(link.end())
        if post is None:
            post = _appointed_to(reading, name, end)
        if post is None or _is_proposed(reading, name, position, post):
            break
        if _belongs_to_next(reading, post) and not _IS_SAID.search(lowered, position, post.start):
            break
        if not posts and _ANOTHER.fullmatch(lowered, position, post.start):
            break
        if not posts and _TAKES.search(lowered, position, post.start) and _is_replaced(reading, name):
            break
        if lowered[position : post.start] == " " and posts and _opens_next(reading, post):
            break
        together = re.search(r"cùng |lần lượt ", lowered[position : post.start]) is not None
        others = _OTHERS.match(lowered, post.end) is not None
        others = others or _of_others(reading, post, lowered[position : post.start].strip())
        if ";" in lowered[position : post.start] and not _CLOSED.match(lowered, post.end):
            break  # ``A - Hiệu trưởng; kế toán lập dự toán``
        if " và " in lowered[position : post.start] and lowered.startswith(" gồm", post.end):
            break  # ``Chủ tịch Công đoàn và Thư ký đoàn gồm 02 người``
        if others and not together:
            break  # ``đồng chí A, Hiệu trưởng các trường``: others than A
        posts.append(post)
        end = post.end
        if order := _ORDER.match(lowered, end):
            end = order.end()
        if lowered[end : end + 1] == ")" and _GOES_ON.match(lowered, end + 1):
            end += 1
    return posts, end


def _opens_next(reading: Reading, post: Post) -> bool:
    """Whether a post behind another without a sign is no more of the chain: in small letters, or the next heading."""
    return reading.document.text[post.start].islower() or reading.document.lower[post.end : post.end + 2].strip() == ":"


def _is_replaced(reading: Reading, name: NameMention) -> bool:
    """Whether somebody else takes the place of a person: ``thầy B lên thay cô A, làm Hiệu trưởng``."""
    before = _REPLACED.search(reading.document.lower, max(name.start - 40, 0), name.start)
    return before is not None


def _of_others(reading: Reading, post: Post, sign: str) -> bool:
    """Whether posts told one after the other are those of many: ``; Hiệu trưởng, Chủ tịch Công đoàn 8 trường``.

    Behind a comma, with which a chain goes on too, the last is joined by a word.
    """
    last, lowered = post, reading.document.lower
    joined = {";": _AND, ",": _AND_ONLY}.get(sign)
    while joined and (gap := joined.match(lowered, last.end)) and (following := reading.post_at(gap.end())):
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
    if match is None or PROPOSED.search(lowered[start : match.end()]):
        return None
    return reading.post_at(match.end())


def _is_proposed(reading: Reading, name: NameMention, position: int, post: Post) -> bool:
    """Whether somebody is only proposed for a post: ``đề nghị bổ nhiệm ông A giữ chức vụ Hiệu trưởng``."""
    lowered = reading.document.lower
    start, _ = reading.document.sentence_at(name.start)
    return _TAKES.search(lowered[position : post.start]) is not None and bool(
        PROPOSED.search(lowered[start : name.start])
    )


def _belongs_to_next(reading: Reading, post: Post) -> bool:
    """Whether a name follows a post so closely that the post is that person's."""
    match = _TIGHT.match(reading.document.lower, post.end)
    if match is None or not reading.names_person(match.end()):
        return False
    return (
        post.rank is None
        or match.group(0) == " "
        or post.entry.id == "chuyen_vien"
        or reading.document.lower[post.end : post.end + 2].strip() == ":"
    )
