"""Pairs of syllables and signs that recognition takes for others: ``THỊ ĐUA`` is always ``THI ĐUA``.

Listed are only those that no text holds, met in scans of reports; a dictionary would put names and
rare words wrong. What is no syllable at all (``TIEU HỌC``) is written as elsewhere on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipelines.readers.pdf_lines import Word
from pipelines.readers.syllables import is_syllable

_SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơư" + "".join(chr(code) for code in range(0x1EA1, 0x1EFA, 2))
_LARGE = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))
_PAIRS = {
    ("bao", "cao"): ("báo", "cáo"),
    ("bảo", "cao"): ("báo", "cáo"),
    ("bảo", "cáo"): ("báo", "cáo"),
    ("chỉ", "bộ"): ("chi", "bộ"),
    ("chỉ", "phí"): ("chi", "phí"),
    ("chỉ", "đoàn"): ("chi", "đoàn"),
    ("chỉ", "tiết"): ("chi", "tiết"),
    ("chúc", "vụ"): ("chức", "vụ"),
    ("cụm", "trương"): ("cụm", "trưởng"),
    ("dự", "thị"): ("dự", "thi"),
    ("khôi", "thi"): ("khối", "thi"),
    ("thì", "đua"): ("thi", "đua"),
    ("thị", "đua"): ("thi", "đua"),
    ("tỉnh", "thần"): ("tinh", "thần"),
    ("mục", "tiểu"): ("mục", "tiêu"),
    ("trương", "phòng"): ("trưởng", "phòng"),
    ("điêu", "kiện"): ("điều", "kiện"),
    ("đẳng", "viên"): ("đảng", "viên"),
}
#: Where a capital stands behind small letters, or the first of a word behind an abbreviation.
_CAPITAL_INSIDE = re.compile(rf"(?<=[{_SMALL}])(?=[{_LARGE}])|(?<=[{_LARGE}]{{2}})(?=[{_LARGE}][{_SMALL}])")
_LETTERS = re.compile(r"[^\W\d_]+")
#: "(để báo cáo)" as every list of recipients has it, and square metres; their small signs are read as anything.
_SIGNS = (
    (re.compile(r"\((?:h|hb|b)/[cC©e]\)"), "(b/c)"),
    (re.compile(r"(?<=\d)m\?(?=[,.;:)]*$)|^m\?(?=[,.;:)]*$)"), "m²"),
)


def corrected(words: Sequence[Word]) -> list[Word]:
    """The words of a page in their order, listed pairs and signs put right; case and signs around them stay."""
    words = [part for word in words for part in _parted(word)]
    kept = [word._replace(text=_signs(word.text)) for word in words]
    for index in range(1, len(kept)):
        # What stands behind a figure alone is a unit.
        if kept[index].text.startswith("m²") and not kept[index - 1].text[-1].isdigit():
            kept[index] = words[index]
    spellings = _spellings(kept)
    for index in range(len(kept) - 1):
        first, second = kept[index], kept[index + 1]
        left, right = _LETTERS.search(first.text), _LETTERS.search(second.text)
        if left is None or right is None or left.end() < len(first.text) or abs(first.top - second.top) > 1:
            continue
        meant = _PAIRS.get((left[0].lower(), right[0].lower()))
        if meant is None and not is_syllable(left[0]):
            known = spellings.get((_bare(left[0]), right[0].lower()), set())
            meant = (min(known), right[0].lower()) if len(known) == 1 else None
        if meant is not None:
            kept[index] = first._replace(text=first.text[: left.start()] + _as(left[0], meant[0]))
            rest = second.text[: right.start()], second.text[right.end() :]
            kept[index + 1] = second._replace(text=rest[0] + _as(right[0], meant[1]) + rest[1])
    return kept


def _parted(word: Word) -> list[Word]:
    """The syllables of a word that was read without its spaces: ``THAnPhong``; any other word as it is."""
    if word.text[1:].islower() or word.text.isupper() or not _CAPITAL_INSIDE.search(word.text):
        return [word]
    ends = [match.start() for match in _CAPITAL_INSIDE.finditer(word.text)]
    parts = [word.text[start:end] for start, end in pairwise([0, *ends, len(word.text)])]
    bare = [part.rstrip(",.;:)") for part in parts]
    # Names of firms and programs have capitals inside too, and are no Vietnamese.
    if bare[:-1] != parts[:-1] or not all(is_syllable(part) or (part.isupper() and len(part) > 1) for part in bare):
        return [word]
    wide = (word.x1 - word.x0) / len(word.text)
    bounds = [word.x0 + wide * at for at in (0, *ends, len(word.text))]
    return [
        word._replace(text=part, x0=left, x1=right) for part, (left, right) in zip(parts, pairwise(bounds), strict=True)
    ]


def _signs(text: str) -> str:
    for pattern, meant in _SIGNS:
        text = pattern.sub(meant, text)
    return text


def _spellings(words: Sequence[Word]) -> dict[tuple[str, str], set[str]]:
    """The syllables that stand on the page before another one, by their letters without marks and that other one."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for word, after in pairwise(words):
        left, right = _LETTERS.search(word.text), _LETTERS.search(after.text)
        if left is not None and right is not None and left.end() == len(word.text) and is_syllable(left[0]):
            found[_bare(left[0]), right[0].lower()].add(left[0].lower())
    return found


def _bare(text: str) -> str:
    """The letters without their marks, in small."""
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _as(printed: str, meant: str) -> str:
    """A syllable in the case of what is printed."""
    if printed.isupper() and len(printed) > 1:
        return meant.upper()
    return meant.capitalize() if printed[0].isupper() else meant
