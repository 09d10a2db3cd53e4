"""Posts told of somebody a sentence or more behind the name: ``Năm 1983 thầy về làm Hiệu trưởng``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors._shared.names import NameMention
from extractors.officials.holdings import Holding
from extractors.officials.links import PROPOSED
from extractors.officials.posts import Post, Reading

#: With what a post is taken up.
_TAKEN_UP = re.compile(
    r"(?<!\w)(?:làm|giữ chức(?: vụ| danh)?|giữ cương vị|giữ nhiệm vụ|đảm nhiệm(?: chức vụ| chức danh)?|"
    r"đảm nhận(?: chức vụ)?|trở thành|được bổ nhiệm|được đề bạt|được bầu|được cử|được giao)(?: làm|"
    r" giữ chức(?: vụ)?| là)? $"
)
#: Who is told of already, as the subject of a later sentence.
_AGAIN = re.compile(
    r"(?<!các )(?<!những )(?<!hai )(?<!của )(?<!cho )(?<!với )(?<!\w)(?:thầy|cô|ông|bà|anh|chị)(?= (?:[^\W\d_]|$))"
)
#: What joins the next post of the same life: ``(1996-2004), Hiệu trưởng``.
_NEXT = re.compile(
    r"(?: ?\([^()\n]{4,30}\)| (?:từ |vào )?(?:năm |tháng )?[\d/]{4,7}(?: ?(?:-|đến) ?(?:năm )?\d{4})?)?"
    r"(?:[,;] (?:kiêm (?:nhiệm )?|(?:rồi |sau đó |tiếp đó |và )?"
    r"(?:(?:từ |đến |tới |sang )?(?:năm |tháng )?[\d/]{4,7},? )?"
    r"(?:(?:được )?(?:bổ nhiệm |đề bạt |cử |bầu )?(?:làm|là|giữ chức(?: vụ)?) )?)| kiêm (?:nhiệm )?| rồi (?:làm )?)"
)
_REACH = 320
#: As far behind the name of the only person told of before, whose portrait a report is.
_PORTRAIT = 1500


def find_careers(reading: Reading, held: Sequence[Holding]) -> Iterator[Holding]:
    """Posts that a pronoun's person took up; ``held`` are those found so far."""
    document, lowered = reading.document, reading.document.lower
    claimed = {holding.post.start for holding in held}
    people = sorted([*reading.names, *reading.short_names], key=lambda name: name.start)
    starts = [name.start for name in people]
    for post in reading.posts.values():
        number = bisect_left(starts, post.start) - 1
        if post.start in claimed or number < 0 or post.rank in ("heading", "sign"):
            continue
        taken = _TAKEN_UP.search(lowered, max(post.start - 40, 0), post.start)
        if taken is None:
            continue
        name = people[number]
        near = post.start - name.end <= _REACH
        near = near and document.block_at(name.start).index == document.block_at(post.start).index
        if name.child or not (near or _is_portrait(reading, people[: number + 1], taken.start())):
            continue
        sentence, _ = document.sentence_at(taken.start())
        if not _is_told(lowered[name.end if near else sentence : taken.start()]):
            continue
        for one in (post, *_following(reading, post)):
            if one.start not in claimed:
                yield Holding(name, one, one.end, name.start, reading.full_name(name))


def _is_portrait(reading: Reading, people: Sequence[NameMention], end: int) -> bool:
    """Whether those named before a post are one person, of whom the post's own sentence speaks by a pronoun."""
    document = reading.document
    named = {document.lower[one.start : one.end] for one in (reading.full_name(name) or name for name in people)}
    start, _ = document.sentence_at(end)
    told = _AGAIN.search(document.lower[start:end]) is not None
    return told and len(named) == 1 and end - people[-1].end <= _PORTRAIT


def _is_told(between: str) -> bool:
    """Whether the words up to where a post is taken up speak of one person again, and of nobody else."""
    again = list(_AGAIN.finditer(between))
    own_sentence = re.search(r"[.;\n]", between) is None
    goes_on = (
        own_sentence and re.search(r"(?<!\w)(?:rồi|sau đó|tiếp đó|về sau|sau này)(?!\w)[^,]*$", between) is not None
    )
    if not again and not goes_on:
        return False
    return (
        PROPOSED.search(between) is None
        and re.search(r"(?<!\w)(?:do|không|chưa|xin|muốn|mong|em|con)(?!\w)", between) is None
    )


def _following(reading: Reading, post: Post) -> Iterator[Post]:
    """The posts that go on behind one: ``làm tổ trưởng tại A (1996-2004), Hiệu trưởng B (2004-2012)``."""
    while (gap := _NEXT.match(reading.document.lower, post.end)) and (following := reading.post_at(gap.end())):
        tight = (
            reading.document.lower[following.end : following.end + 1] == " " and following.end + 1 in reading.name_at
        )
        if tight:
            return
        yield following
        post = following
