"""Which canonical indicator a phrase measures."""

from __future__ import annotations

import re
from functools import cache

from schemas.vocabulary import Indicator, SchoolLevelTerm, vocabulary

#: What may follow the thing counted: the whole that it is of, or how it changed.
_SCOPE = (
    r"(,? (toàn|trên địa bàn|của (toàn )?(huyện|ngành|tỉnh)|trong (toàn )?(huyện|tỉnh)|hiện có|giảm|tăng|so với)"
    r"\b.*)?"
)
_HEAD = r"(tổng số |số lượng |số |tỷ lệ |tỉ lệ |các )*"


@cache
def _patterns() -> tuple[tuple[Indicator, tuple[re.Pattern[str], ...]], ...]:
    names = sorted((form.lower() for term in vocabulary(SchoolLevelTerm) for form in term.forms), key=len, reverse=True)
    level = rf"((,| và| cấp| bậc| khối)*,? ?\b({'|'.join(map(re.escape, names))})\b)*"
    macros = {
        "{pupils}": "(học sinh|hs|em){level}",
        "{teachers}": "(giáo viên|gv){level}",
        "{level}": level,
        "{scope}": _SCOPE,
    }
    compiled = []
    for indicator in vocabulary(Indicator):
        patterns = []
        for pattern in indicator.patterns:
            for name, meaning in macros.items():
                pattern = pattern.replace(name, meaning)
            patterns.append(re.compile(_HEAD + pattern))
        compiled.append((indicator, tuple(patterns)))
    return tuple(compiled)


@cache
def counted_alike(unit: str | None, other: str | None) -> bool:
    """Whether two counted nouns are one: the same, or units of one indicator (``trẻ``, ``cháu``)."""
    if unit is None or other is None:
        return False
    pair = {unit.lower(), other.lower()}
    return len(pair) == 1 or any(pair <= set(entry.units) for entry in vocabulary(Indicator))


@cache
def find_indicator(indicator: str, unit: str | None) -> str | None:
    """The id of the indicator that a statistic measures: ``trường mầm non``, ``trường`` → ``so_truong``.

    Both arguments are in lower case with tones in the new style (``ủy``, ``hòa``). None where no
    indicator fits the whole phrase or several do, and where the unit is none of the indicator's.
    """
    found = [
        entry.id
        for entry, patterns in _patterns()
        if unit in entry.units and any(pattern.fullmatch(indicator) for pattern in patterns)
    ]
    return found[0] if len(found) == 1 else None
