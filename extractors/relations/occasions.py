"""Which one of its kind a congress or festival is: ``Đại hội chi bộ lần thứ XIV, nhiệm kỳ 2025-2028``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

#: What opens the cue of ordinals that should be the same.
OCCASION = "lần thứ"
_AT = Words((" lần thứ ",))
_ORDINAL = re.compile(
    r"(?<!\w)(?P<event>(?:đại hội|hội khỏe phù đổng|hội khoẻ phù đổng)(?:(?!đại hội|hội kho)[^.;,:\d\n\"“]){0,70}?)"
    r"\s+lần thứ\s+(?P<n>[ivxl]{1,7}|\d{1,2}),?\s?(?:\(?nhiệm kỳ |\(?năm học |\(?năm |/|- ?|\()"
    r"(?P<year>20\d\d(?:\s?[-–]\s?20\d\d)?)(?!\d)"
)
#: Words that do not tell one congress from another.
_PLAIN = re.compile(r"(?<!\w)(?:đại biểu|đảng viên|đoàn viên|toàn thể|của|các|cấp|long trọng)(?!\w)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
#: Of a branch the name of its school is often left out.
_BRANCH = frozenset(("đại", "hội", "chi", "bộ"))
_NEAR = 2


@dataclass(frozen=True)
class Occasion:
    """An event of a time by its telling words, and which one it is."""

    words: frozenset[str]
    year: str
    ordinal: Quantity


def find_occasions(reading: Reading) -> Iterator[Relation]:
    """Two ordinals of one event of one term or year."""
    if not holds(_AT, reading.lower, 0, len(reading.lower)):
        return
    found = [_occasion(reading, match) for match in _ORDINAL.finditer(reading.lower)]
    for one, other in combinations([occasion for occasion in found if occasion is not None], 2):
        a, b = one.ordinal.value, other.ordinal.value
        if one.year == other.year and a != b and abs(a - b) <= _NEAR and _are_one(one.words, other.words):
            cue = f"{OCCASION} của {'đại hội' if 'đại' in one.words else 'hội khỏe Phù Đổng'}"
            yield Relation(kind="same", whole=None, parts=(one.ordinal, other.ordinal), exhaustive=True, cue=cue)
            return


def _occasion(reading: Reading, match: re.Match[str]) -> Occasion | None:
    value = _value(match["n"])
    words = frozenset(_PLAIN.sub(" ", match["event"].replace("khoẻ", "khỏe")).split())
    if value is None or len(words) <= 2:
        return None  # of which body the congress is stays open
    year = re.sub(r"\s", "", match["year"]).replace("–", "-")
    return Occasion(words, year, reading.quantity(value, match.span("n"), match.span()))


def _are_one(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or (_BRANCH in (one, other) and one >= _BRANCH and other >= _BRANCH)


def _value(ordinal: str) -> int | None:
    """The value of an ordinal in figures or in Roman numerals."""
    if ordinal.isdigit():
        return int(ordinal)
    digits = [_ROMAN[letter] for letter in ordinal]
    return sum(-d if d < max(digits[at:]) else d for at, d in enumerate(digits)) or None
