"""Who took over a post that is told of the one before: ``Kế nhiệm thầy là cô B``, ``năm 1992 bà B lên thay``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.names import NameMention
from extractors._shared.scan import Words, matches_from, places_of
from extractors.officials.chains import HONORIFIC, NEXT_NAME, chain_after
from extractors.officials.holdings import Holding
from extractors.officials.posts import Reading

_WHOM = r"(?: (?:ông|bà|thầy|cô|anh|chị|đồng chí|đ/c)(?: giáo)?(?: [^\W\d_]+){0,4}?(?: \([^()\n]{2,40}\))?)?"
#: ``Kế nhiệm thầy A là``, ``Người thay thầy là``, ``Tiếp theo là``.
_SUCCEEDED_BY = re.compile(
    r"(?<!\w)(?:người )?(?:kế nhiệm|kế tục|nối tiếp|tiếp nối|tiếp bước|kế tiếp|thay thế|thay|tiếp quản|"
    r"tiếp theo|tiếp đến)"
    rf"{_WHOM} (?:lần lượt )?là {HONORIFIC}"
)
_SUCCESSION = Words(("kế nhiệm", "kế tục", "kế tiếp", "tiếp ", "nối tiếp", "thay", "tiếp nối", "người "))
#: ``bà B lên thay``, ``thầy B (1983-1990) về thay cô A`` and no more.
_TAKES_OVER = re.compile(
    r"(?: ?\([^()\n]{4,30}\))?(?: (?:lên|về|đến|sang|được cử|được điều|tiếp tục|đã|vào|ra))*"
    r" (?:kế nhiệm|kế tục|thay|thay thế|thay chân|tiếp quản)"
    rf"{_WHOM}(?= ?(?:[.;(]|$|\n)| từ | cho (?:đến|tới) | đến (?:năm|nay|khi)| năm |, (?:đến|cho|rồi|sau|giữ|từ|và))"
)
#: Whoever is told of a pupil's, a player's or a speaker's place takes no post.
_ELSEWHERE = re.compile(r"(?<!\w)(?:dạy thay|phát biểu|thi thay|cầu thủ|vào sân|thay mặt|thay lời)(?!\w)")
#: So far behind the post of the one before.
_REACH = 500


def find_successors(reading: Reading, held: Sequence[Holding]) -> Iterator[Holding]:
    """Those who took over the post of somebody told before them; ``held`` are the posts found so far."""
    posts = sorted((h for h in held if h.post.rank is None), key=lambda h: max(h.name.end, h.post.end))
    if not posts:
        return
    own = {holding.name.start for holding in held}
    for name in _successors(reading):
        before = [h for h in posts if max(h.name.start, h.post.start) < name.start]
        if name.start in own or name.child or not before or name.start - before[-1].post.end > _REACH:
            continue
        last = before[-1]
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
        while name is not None and not chain_after(reading, name)[0]:
            yield name
            following = NEXT_NAME.match(lowered, name.end)
            name = reading.person_at(following.end()) if following else None
    for name in reading.names:
        if _TAKES_OVER.match(lowered, name.end):
            start, end = reading.document.sentence_at(name.start)
            if not _ELSEWHERE.search(lowered, start, end):
                yield name


def _is_head(holding: Holding) -> bool:
    """Whether a post is one that one person has at a time."""
    return not holding.post.entry.id.startswith(("uy_vien", "to_", "ddai_bieu"))


def _same_person(reading: Reading, holding: Holding, name: NameMention) -> bool:
    one, other = holding.of or holding.name, reading.full_name(name) or name
    text = reading.document.lower
    return text[one.start : one.end] == text[other.start : other.end]
