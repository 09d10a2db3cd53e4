"""Parts told with their wholes or shares: ``54 học sinh đỗ/60 học sinh dự thi``, ``9,5% (168) học sinh``."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors._shared.document import Document
from extractors._shared.numbers import Number, find_numbers, parse_numeral
from extractors.statistics.won import counts_awards
from extractors.statistics.wording import noun

#: Finds the range of the noun that a number counts.
Unit = Callable[[Number], tuple[int, int] | None]
#: What may be said of the part, and the whole.
_WHOLE = re.compile(r"(?: [^\W\d_]+){0,6} ?/ ?(?P<of>\d{1,3}(?:\.\d{3})+|\d+)(?= [^\W\d_])")


def named_whole(unit_of: Unit, document: Document, number: Number) -> int | float | None:
    """The whole of a number that counts a part of the same noun; None where another noun or an award is counted."""
    part = unit_of(number)
    match = part and _WHOLE.match(document.text, part[1])
    if not part or not match or counts_awards(document.lower, number, part, match.start("of")):
        return None
    unit = unit_of(Number(match.start("of"), match.end("of"), 0))
    same = unit and noun(document.lower[slice(*unit)]) == noun(document.lower[slice(*part)])
    whole = parse_numeral(match["of"])
    return whole if same and number.value <= whole else None


def is_whole(unit_of: Unit, document: Document, sentence: tuple[int, int], number: Number) -> bool:
    """Whether a number was told with its part: the second of ``54 học sinh đỗ/60 học sinh dự thi``."""
    if not document.text.endswith(("/", "/ "), 0, number.start):
        return False
    before = [each for each in find_numbers(document.text, *sentence) if each.end < number.start]
    return bool(before) and before[-1].of is None and named_whole(unit_of, document, before[-1]) is not None


def behind_share(unit_of: Unit, document: Document, number: Number) -> tuple[int, int] | None:
    """The noun behind a count in the brackets of its share: ``9,5% (168) học sinh đạt loại giỏi``; None for others."""
    text = document.text
    if not text.endswith(("% (", "%("), 0, number.start) or not text.startswith(")", number.end):
        return None
    return unit_of(Number(number.start, number.end + 1, number.value))


#: What stands behind the first and the second factor of a product that is told with what it comes to.
_TIMES_BEFORE = re.compile(r"[x×*] ?$")
_TIMES = re.compile(r"(?: ?(?![x×])[^\W\d_]+){0,4} ?=")
_TIMES_BEHIND = re.compile(r"(?: ?(?![x×](?!\w))[^\W\d_]+){0,4} ?[x×*] ?\d[\d.,]*(?: ?[^\W\d_]+){0,4} ?=")


def is_factor(document: Document, number: Number) -> bool:
    """Whether a number is a factor (``5 quyển x 35 em = 175 quyển``) or the one of a price (``đồng/1 em``)."""
    text = document.text
    before = text[max(0, number.start - 2) : number.start]
    line_end = text.find("\n", number.end)
    if before[-1:] == "/" and before[:1].isalpha() and number.value == 1 and number.of is None:
        return True
    if text.find("=", number.end, line_end if line_end >= 0 else len(text)) < 0:
        return False  # most lines
    behind = _TIMES if _TIMES_BEFORE.search(text, max(0, number.start - 3), number.start) else _TIMES_BEHIND
    return behind.match(document.lower, number.end) is not None
