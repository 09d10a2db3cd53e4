"""Counts that stand in figures and in words: ``23 (hai mươi ba) người``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors.relations.reading import Reading
from schemas.relation import Relation

#: Cue of a number given in figures and in words.
IN_WORDS = "số và chữ"
_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_WORD = "|".join([*_DIGITS, "mười", "mươi", "trăm", "linh", "lẻ"])
_SPELLED = re.compile(rf"(?<![\w/.,-])(?P<figure>\d{{1,3}}) ?\((?P<words>(?:{_WORD})(?: (?:{_WORD}))*)\)(?= [^\W\d_])")


_COUNTED = re.compile(r"(?: [^\W\d_]+){1,3}")


def find_spelled(reading: Reading, block: Block) -> Iterator[Relation]:
    """A number whose figures and words differ or agree; of words that make no number nothing."""
    for match in _SPELLED.finditer(reading.lower, block.body, block.end):
        value = parse_words(match["words"].split())
        if value is None:
            continue
        counted = _COUNTED.match(reading.text, match.end(), block.end)
        passage = match.start(), counted.end() if counted else match.end()
        figure = reading.quantity(int(match["figure"]), match.span("figure"), passage)
        words = reading.quantity(value, match.span("words"), passage)
        yield Relation(kind="same", whole=None, parts=(figure, words), exhaustive=True, cue=IN_WORDS)


def parse_words(words: list[str]) -> int | None:
    """The value of a numeral below 1,000 in words: ``hai mươi bốn`` is 24, ``một trăm linh năm`` 105; else None."""
    total = 0
    if "trăm" in words:
        at = words.index("trăm")
        if at != 1 or words[0] not in _DIGITS:
            return None
        total, words = 100 * _DIGITS[words[0]], words[at + 1 :]
        if words[:1] in (["linh"], ["lẻ"]):
            return total + _DIGITS[words[1]] if len(words) == 2 and words[1] in _DIGITS else None
    if not words:
        return total or None
    if words[0] == "mười":
        tens, rest = 10, words[1:]
    elif len(words) > 1 and words[1] == "mươi" and words[0] in _DIGITS:
        tens, rest = 10 * _DIGITS[words[0]], words[2:]
    else:
        tens, rest = 0, words
    if not rest:
        return total + tens
    return total + tens + _DIGITS[rest[0]] if len(rest) == 1 and rest[0] in _DIGITS else None
