"""Votes, which are cast and never wanted, though it be on a goal."""

from __future__ import annotations

import re

from extractors._shared.numbers import Number
from extractors._shared.scan import holds, words_in

#: How a meeting voted on a goal: ``huy động 98% trẻ ra lớp - đồng ý 36/38, 2 ý kiến khác``.
_VOTED = re.compile(
    r"(?<!\w)(?:đồng ý|nhất trí|tán thành|phản đối|biểu quyết|giơ tay|trúng cử|đắc cử)"
    r"(?: (?:cao|là|với|đạt|có|thông qua|tỷ lệ|số|thẻ|được))* ?:? ?$|\d (?:phiếu|ý kiến) \($"
)
_VOTED_WORDS = words_in("phiếu|ý kiến|đồng ý|nhất trí|tán thành|phản đối|biểu quyết|giơ tay|trúng cử|đắc cử")
_VOTES = re.compile(r" (?:phiếu|ý kiến|lượt ý kiến)(?! (?:khảo sát|hỏi|liên lạc))(?!\w)")
_VOTE_REACH = 40


def is_vote(lowered: str, before: str, end: int) -> bool:
    """Whether a number that ends at ``end`` counts votes, which are cast and never wanted."""
    if _VOTES.match(lowered, end):
        return True
    if before.endswith(_BALLOT_ENDS) and _BALLOTS.search(before):
        return True
    first = max(0, len(before) - _VOTE_REACH)
    return holds(_VOTED_WORDS, before, first, len(before)) and _VOTED.search(before, first) is not None


#: Ballots by what became of them: ``bỏ phiếu kín đề nghị khen (phát ra 12, thu về 12, hợp lệ 11)``.
_BALLOTS = re.compile(r"(?<!\w)phiếu(?!\w).*(?<!\w)(?:phát ra|thu về|thu vào|hợp lệ)(?: là| có)?:? ?$")
_BALLOT_ENDS = tuple(
    f"{word}{end}" for word in ("phát ra", "thu về", "thu vào", "hợp lệ") for end in (" ", ": ", " là ", " có ")
)
#: Those who voted otherwise than the others before them: ``41/42 nhất trí các khoản thu, 01 không nhất trí``.
_AGAINST = re.compile(r" (?:người )?(?:không|chưa) (?:nhất trí|đồng ý|tán thành|biểu quyết|tín nhiệm)(?!\w)")
_FOR = re.compile(r"\d (?:[^\W\d_]+ ){0,3}?(?:nhất trí|đồng ý|tán thành)(?!\w)[^.]*$")


def is_vote_against(lowered: str, start: int, number: Number) -> bool:
    """Whether a number counts those who did not agree with what the others did, in a sentence from ``start`` on."""
    if not _AGAINST.match(lowered, number.end) or not holds(_VOTED_WORDS, lowered, start, number.start):
        return False
    return _FOR.search(lowered, start, number.start) is not None
