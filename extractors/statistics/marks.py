"""Marks of papers by which these are told apart, which count nothing."""

from __future__ import annotations

import re

from extractors._shared.numbers import Number

#: The mark that parts papers and those who wrote them: ``bài thi bằng và trên 5 điểm``, ``học sinh đạt dưới 3 điểm``.
_MARK = re.compile(r" điểm(?! (?:trường|lẻ|cầu|thi|trở))(?!\w)")
_AT_MARK = re.compile(
    r"(?<!\w)(?:bằng (?:và|hoặc) (?:trên|dưới|lớn hơn)|(?:trên|dưới|lớn hơn|nhỏ hơn) (?:và|hoặc) bằng"
    r"|(?:bài|bài thi|bài kiểm tra|thí sinh|học sinh|hs|em)(?: đạt| có điểm| được)? (?:từ|trên|dưới)) $"
)


def is_mark(lowered: str, number: Number) -> bool:
    """Whether a number is the mark by which papers are told apart: ``bài thi bằng và trên 5 điểm``."""
    if not _MARK.match(lowered, number.end):
        return False
    shared = lowered.endswith(("trên ", "dưới ", "từ "), 0, number.start) and _SHARE_BEHIND.match(lowered, number.end)
    return bool(shared) or _AT_MARK.search(lowered, max(0, number.start - 40), number.start) is not None


#: The share of those with such a mark: ``bài trên 5 điểm: 85%``.
_SHARE_BEHIND = re.compile(r" điểm(?: trở lên)? ?(?::|đạt|chiếm|là) ?\d[\d.,]* ?%")
