"""Who took over a post that is told of the one before: ``Kế nhiệm thầy là cô B``, ``năm 1992 bà B lên thay``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.names import NameMention
from extractors._shared.scan import Words, matches_from, places_of
from extractors.officials.chains import chain_after
from extractors.officials.holdings import Holding
from extractors.officials.links import HONORIFIC, NEXT_NAME
from extractors.officials.posts import Reading

_WHOM = (
    r"(?: (?:sự nghiệp|công việc|trọng trách|vị trí|chức vụ)(?: của)?)?"
    r"(?: (?:ông|bà|thầy|cô|anh|chị|đồng chí|đ/c)(?: giáo)?(?: [^\W\d_]+){0,4}?(?: \([^()\n]{2,40}\))?)?"
)
_YEAR = r"(?:\d{1,2}/)?(?:19|20)\d\d"
#: ``Kế nhiệm thầy A là``, ``Người thay thầy là``, ``Tiếp theo là``.
_SUCCEEDED_BY = re.compile(
    r"(?<!\w)(?:người )?(?:kế nhiệm|kế tục|nối tiếp|tiếp nối|tiếp bước|kế tiếp|thay thế|thay|tiếp quản|"
    r"tiếp theo|tiếp đến|kế thừa|kế vị|kế đến|kế đó|tiếp sau|tiếp đó|tiếp nữa|sau đó|sau nữa|rồi đến|nối gót|"
    r"tiền nhiệm(?: của)?|sau(?= (?:ông|bà|thầy|cô|đồng chí|đ/c) ))"
    rf"{_WHOM} (?:lần lượt )?là {HONORIFIC}|"
    rf"(?<!\w)người (?:kế nhiệm|kế tục|thay thế|kế vị|tiền nhiệm)(?: của)?{_WHOM}(?:, | - | \(){HONORIFIC}|"
    # Without ``là`` somebody's name and nothing more is told: ``; tiếp đó thầy B (2014 - 2020).``
    r"(?<=[,;.(] )(?P<then>tiếp đó|tiếp đến|tiếp theo|tiếp nữa|kế đến|kế đó|kế tiếp|sau đó|sau nữa|rồi đến|rồi) "
    rf"(?=(?:ông|bà|thầy|cô|đồng chí|đ/c|các thầy) ){HONORIFIC}|"
    # The years of the next: ``; từ năm 1985 đến 1994 là cô B``, ``Giai đoạn 1994-2007: thầy C``.
    rf"(?<!\w)(?:(?:từ|giai đoạn) (?:tháng \d{{1,2}}[ /])?(?:năm )?{_YEAR}(?: ?(?:-|đến) ?(?:năm )?(?:{_YEAR}|nay))?)"
    rf"(?: là| ?:) (?=(?:ông|bà|thầy|cô|đồng chí|đ/c) ){HONORIFIC}"
)
#: What is said of somebody who is the next to speak or act, and takes no post.
_ACTS = re.compile(
    r",? (?:đã |sẽ |lên |lần lượt |cũng )*(?:phát biểu|trình bày|báo cáo|tham luận|đọc|thông qua|lên|trao|đại diện|"
    r"thay mặt|chia sẻ|nêu|góp ý|triển khai|công bố|giới thiệu|dạy|dự|tham gia|giải trình|trả lời|đánh giá|khen|tặng|"
    r"hướng dẫn|điều hành|khai mạc|bế mạc|và tập thể|với)(?!\w)"
)
_SPOKEN = re.compile(r"(?<!\w)(?:phát biểu|tham luận|trình bày|đọc|thi đấu|biểu diễn)(?!\w)")
_NAMED_ONLY = re.compile(r" ?(?:[.;\n]|$|\((?:[^()\n]{0,12}\d{2}[^()\n]{0,24}|nay|hiện nay|đến nay)\))")
#: ``đến 1989 bàn giao cho thầy B.`` and no more.
_HANDED_TO = re.compile(
    r"(?<!\w)(?:bàn giao|chuyển giao|giao lại|trao lại|nhường)(?: lại)?"
    r"(?: (?:công việc|nhiệm vụ|chức vụ|trách nhiệm|cương vị|trọng trách))?(?: lại)? cho "
    r"(?=(?:ông|bà|thầy|cô|đồng chí|đ/c) )"
    rf"{HONORIFIC}"
)
_HANDED = Words(("bàn giao", "chuyển giao", "giao lại", "trao lại", "nhường"))
_ENDS = re.compile(r" ?(?:[.,;)\n]|$|\()| (?:kế nhiệm|tiếp quản|phụ trách|đảm nhiệm)")
_SUCCESSION = Words(
    (
        "từ ",
        "giai đoạn ",
        "kế nhiệm",
        "kế tục",
        "kế tiếp",
        "tiếp ",
        "nối tiếp",
        "thay",
        "tiếp nối",
        "kế thừa",
        "kế vị",
        "kế đến",
        "kế đó",
        "nối gót",
        "sau ",
        "rồi",
        "tiền nhiệm",
        "người ",
    )
)
#: ``bà B lên thay``, ``thầy B (1983-1990) về thay cô A`` and no more.
_TAKES_OVER = re.compile(
    r"(?: ?\([^()\n]{4,30}\))?(?: (?:lên|về|đến|sang|được cử|được điều|tiếp tục|đã|vào|ra))*"
    r" (?:kế nhiệm|kế tục|thay|thay thế|thay chân|tiếp quản)"
    rf"{_WHOM}(?= ?(?:[.;(]|$|\n)| từ | cho (?:đến|tới) | đến (?:năm|nay|khi)| năm |, (?:đến|cho|rồi|sau|giữ|từ|và)|"
    r" (?:lãnh đạo|điều hành|quản lý|phụ trách)(?: (?:nhà )?trường)?(?!\w))"
)
#: Whoever is told of a pupil's, a player's or a speaker's place takes no post.
_ELSEWHERE = re.compile(r"(?<!\w)(?:dạy thay|phát biểu|thi thay|cầu thủ|vào sân|thay mặt|thay lời)(?!\w)")
#: The post that somebody has now in whose place another one came: ``thầy A (nay là Phó Trưởng phòng)``.
_HAS_NOW = re.compile(r"(?<!\w)(?:nay|hiện|hiện nay|hiện tại|sau này|về sau)(?: (?:là|làm|giữ chức(?: vụ)?))? $")
#: So far behind the post of the one before.
_REACH = 500


def find_successors(reading: Reading, held: Sequence[Holding]) -> Iterator[Holding]:
    """Those who took over the post of somebody told before them; ``held`` are the posts found so far."""
    lowered = reading.document.lower
    told = (h for h in held if h.post.rank is None and not _HAS_NOW.search(lowered, 0, h.post.start))
    posts = sorted(told, key=lambda h: max(h.name.end, h.post.end))
    if not posts:
        return
    own = {holding.name.start for holding in held}
    for name in _successors(reading):
        before = [h for h in posts if max(h.name.start, h.post.start) < name.start]
        if name.start in own or name.child or not before or name.start - before[-1].post.end > _REACH:
            continue
        last = _replaced(reading, before, name) or _chief(reading, before)
        if not _is_head(last) or _same_person(reading, last, name):
            continue
        yield Holding(name, last.post, name.end, name.start, reading.full_name(name))


def _successors(reading: Reading) -> Iterator[NameMention]:
    """Those told as successors, and who are listed behind them up to one with a post of the own."""
    lowered = reading.document.lower
    for match in matches_from(
        _SUCCEEDED_BY, places_of(_SUCCESSION, lowered, 0, len(lowered)), lowered, 0, len(lowered)
    ):
        name = reading.person_at(match.end())
        start, _ = reading.document.sentence_at(match.start())
        if name is None or not _is_told(lowered, match, name) or _SPOKEN.search(lowered, start, match.start()):
            continue
        while name is not None and not chain_after(reading, name)[0]:
            yield name
            following = NEXT_NAME.match(lowered, name.end)
            name = reading.person_at(following.end()) if following else None
    for match in matches_from(_HANDED_TO, places_of(_HANDED, lowered, 0, len(lowered)), lowered, 0, len(lowered)):
        name = reading.person_at(match.end())
        if name is not None and _ENDS.match(lowered, name.end):
            yield name
    for name in [*reading.names, *reading.short_names]:
        if _TAKES_OVER.match(lowered, name.end):
            start, end = reading.document.sentence_at(name.start)
            if not _ELSEWHERE.search(lowered, start, end):
                yield name


def _is_told(lowered: str, match: re.Match[str], name: NameMention) -> bool:
    """Whether it is said that somebody came next: not to speak, and without ``là`` nothing but the name."""
    if match["then"] is not None and _NAMED_ONLY.match(lowered, name.end) is None:
        return False
    return _ACTS.match(lowered, name.end) is None


def _replaced(reading: Reading, before: Sequence[Holding], name: NameMention) -> Holding | None:
    """The post of the one told in the sentence to leave: ``thầy A chuyển công tác, thầy B về thay``."""
    start, _ = reading.document.sentence_at(name.start)
    for leaver in reversed([*reading.names, *reading.short_names]):
        if start <= leaver.start < name.start:
            own = [h for h in before if _same_person(reading, h, leaver) and not h.post.entry.id.startswith("pho_")]
            if own and _is_head(own[-1]):
                return own[-1]
    return None


def _chief(reading: Reading, before: Sequence[Holding]) -> Holding:
    """Whose post a successor takes: the last told, of a head and the deputies in one sentence that of the head."""
    last = before[-1]
    start, _ = reading.document.sentence_at(last.name.start)
    if not last.post.entry.id.startswith("pho_"):
        return last
    chief = last.post.entry.id.removeprefix("pho_")
    same = [h for h in before if h.name.start >= start and h.post.entry.id == chief]
    return same[-1] if same else last


def _is_head(holding: Holding) -> bool:
    """Whether a post is one that one person has at a time."""
    return not holding.post.entry.id.startswith(("uy_vien", "to_", "ddai_bieu", "thu_ky"))


def _same_person(reading: Reading, holding: Holding, name: NameMention) -> bool:
    one, other = holding.of or holding.name, reading.full_name(name) or name
    text = reading.document.lower
    return text[one.start : one.end] == text[other.start : other.end]
