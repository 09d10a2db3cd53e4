"""The level of a figure that stands beside another: in its bracket, behind its stroke, as its change."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.numbers import view_offset
from extractors.statistics.counting import Counted
from extractors.statistics.wording import names_level, noun
from schemas.records import Statistic

#: Whose the change is, where it is another's than that of the figure before.
_OF_ALL = re.compile(r"[;.:]|(?<!\w)(?:toàn|cả|chung|tổng|ngành|bù trừ|riêng)(?!\w)")


def in_own_words(document: Document, start: int, position: int, phrase: str) -> str:
    """A phrase on kindergartens with the word by which the list before a number calls them.

    ``mẫu giáo 8 lớp - 183 cháu`` are ``trẻ mẫu giáo``; ``start`` is where the sentence begins.
    """
    if not phrase.endswith(" mầm non") or "mầm non" in document.lower[start:position]:
        return phrase
    said = [*_SMALL_ONES.finditer(document.lower, start, position)]
    return f"{phrase.removesuffix('mầm non')}{document.lower[slice(*said[-1].span())]}" if said else phrase


_SMALL_ONES = re.compile(r"(?<!\w)(?:mẫu giáo|nhà trẻ)(?!\w)(?! và (?:mẫu giáo|nhà trẻ))")


def beside(
    document: Document,
    before: Statistic,
    found: Counted,
    there: tuple[int, int],
    level: str | None,
    *,
    of_report: str | None,
    aside: bool,
    sign: int,
) -> str | None:
    """The level of a number with that of the figure ``before`` it, where it tells of the same.

    ``there`` is from where its sentence begins to where its phrase ends, ``level`` what it has by itself, ``of_report``
    that of the report; ``aside`` tells that it stands in a bracket and ``sign`` that of a change.
    """
    start = found.number.start
    if aside and (level is None or (level == "GDTX" and before.level)):
        level = before.level  # "Tiểu học: 282 trường (279 công lập, 03 ngoài công lập)"
    if aside and before.level and found.unit_range is None:
        bracket = document.text.rfind("(", there[0], start)
        if not names_level(document.text[bracket:start]):
            level = before.level  # "mầm non đạt 71% (tăng 3%), tiểu học 78%"
    if level in (None, of_report) and document.text[start - 1] == "/":
        level = before.level  # "Tiểu học: 282 trường (…)/4.143 lớp"
    if sign and before.level and before.aspect != "change" and noun(before.unit or "") == noun(found.unit or ""):
        end = view_offset(document, before.evidence[0].end - 1)
        between = document.lower[end:start]
        if not (names_level(document.text[end : there[1]]) or _OF_ALL.search(between)):
            level = before.level  # "1.036 trẻ vào lớp 1, tăng 41 trẻ"
    return level
