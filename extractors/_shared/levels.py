"""School levels as reports write them, and the level a heading gives to what stands under it."""

from __future__ import annotations

import re

from extractors._shared.scan import WholeWords, at_word_start, matches_from, places_of

#: The levels in the order of the grades; a school of several joins them by ``&`` in this order.
ORDER = ("MN", "TH", "THCS", "THPT", "GDTX", "khac")

_WORDS = (
    ("THCS", "trung học cơ sở|thcs|gdthcs|ptcs|pcgdthcs|pcthcs|cấp 2|cấp ii|phổ thông cơ sở"),
    ("THPT", "trung học phổ thông|thpt|gdthpt|ptth|cấp 3|cấp iii|phổ thông trung học"),
    ("GDTX", "giáo dục thường xuyên|gdtx|gdnn-gdtx|giáo dục nghề nghiệp"),
    ("MN", "mầm non|mẫu giáo|nhà trẻ|gdmn|pcgdmn|pcgdmnt5t|pcgdmntnt|pcgdmnte5t|pcgdmntent|mn|mg"),
    ("TH", "tiểu học|cấp 1|cấp i|gdth|pcgdth|pcgdthđđt|pcgdthđđ|th"),
)
_LEVEL_OF = {word: level for level, words in _WORDS for word in words.split("|")}
_LEVEL = re.compile(rf"(?:{at_word_start(_LEVEL_OF, also='&')})(?!\w)")
#: The pattern begins with one of these; most ranges hold none.
_LEVEL_AT = WholeWords(_LEVEL_OF)
# "th" and "mn" are everyday letters; in lower-case text only the full words count.
_SHORT = {"th", "mn", "mg"}


def find_levels(text: str, lowered: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Every school level named in a range: (start, end, level), in order.

    ``TH``, ``MN`` and ``MG`` count in capitals only.
    """
    found = []
    last = len(lowered) if end is None else end
    for match in matches_from(_LEVEL, places_of(_LEVEL_AT, lowered, start, last), lowered, start, last):
        if match.group(0) in _SHORT and not text[match.start() : match.end()].isupper():
            continue
        found.append((match.start(), match.end(), _LEVEL_OF[match.group(0)]))
    return found


def join_levels(levels: list[str]) -> str | None:
    """``TH&THCS`` for several levels, joint ones among them, in the order of the grades; None for none."""
    return "&".join(sorted({one for level in levels for one in level.split("&")}, key=ORDER.index)) or None
