"""Pairs of syllables that recognition takes for others: ``THỊ ĐUA`` is always ``THI ĐUA``.

Listed are only pairs that no text holds, met in scans of reports; a dictionary would put names and
rare words wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.readers.pdf_lines import Word

_PAIRS = {
    ("bao", "cao"): ("báo", "cáo"),
    ("bảo", "cao"): ("báo", "cáo"),
    ("bảo", "cáo"): ("báo", "cáo"),
    ("chỉ", "bộ"): ("chi", "bộ"),
    ("chỉ", "phí"): ("chi", "phí"),
    ("chỉ", "đoàn"): ("chi", "đoàn"),
    ("chỉ", "tiết"): ("chi", "tiết"),
    ("chúc", "vụ"): ("chức", "vụ"),
    ("dự", "thị"): ("dự", "thi"),
    ("khôi", "thi"): ("khối", "thi"),
    ("thì", "đua"): ("thi", "đua"),
    ("thị", "đua"): ("thi", "đua"),
    ("tỉnh", "thần"): ("tinh", "thần"),
    ("trương", "phòng"): ("trưởng", "phòng"),
}
_LETTERS = re.compile(r"[^\W\d_]+")


def corrected(words: Sequence[Word]) -> list[Word]:
    """The words of a page in their order, listed pairs put right; case and signs around them stay."""
    kept = list(words)
    for index in range(len(kept) - 1):
        first, second = kept[index], kept[index + 1]
        left, right = _LETTERS.search(first.text), _LETTERS.search(second.text)
        if left is None or right is None or left.end() < len(first.text) or abs(first.top - second.top) > 1:
            continue
        meant = _PAIRS.get((left[0].lower(), right[0].lower()))
        if meant is not None:
            kept[index] = first._replace(text=first.text[: left.start()] + _as(left[0], meant[0]))
            rest = second.text[: right.start()], second.text[right.end() :]
            kept[index + 1] = second._replace(text=rest[0] + _as(right[0], meant[1]) + rest[1])
    return kept


def _as(printed: str, meant: str) -> str:
    """A syllable in the case of what is printed."""
    if printed.isupper() and len(printed) > 1:
        return meant.upper()
    return meant.capitalize() if printed[0].isupper() else meant
