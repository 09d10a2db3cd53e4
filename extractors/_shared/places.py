"""Communes, districts and provinces: what a name is the name of, and which district a report is about.

The table is the one that underthesea ships for the reform of 2025 (every ward with its former
ward, district and province); it is read as data on first use, without importing underthesea.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from extractors._shared.document import Document, once
from extractors._shared.scan import Words, matches_from, places_of
from extractors._shared.view import fold_tone_style, lower

#: Words that stand before the name of an administrative unit, in lower case.
ADMIN_WORDS = (
    "thị trấn|thị xã|thị tứ|thành phố|phường|xã|huyện|quận|tỉnh|ấp|thôn|buôn|bản|làng|xóm|khóm|"
    "khu phố|tổ dân phố|đặc khu"
)
COMMUNE_WORDS = "thị trấn|phường|xã|tt|p"
_PREFIX = re.compile(rf"(?:{ADMIN_WORDS}|tp\.?|tx\.?|tt\.?|h\.|q\.|t\.|p\.|x\.)\s+", re.I)
#: The capitals of Vietnamese, for character classes.
CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_DISTRICT = re.compile(
    rf"(?<!\w)(?i:huyện|quận|thị xã|thành phố|tp\.?|"
    rf"tx\.?)\s(?P<name>[{CAPITAL}][\w'-]*(?:\s[{CAPITAL}][\w'-]*){{,3}})"
)
_DISTRICT_AT = Words(("huyện", "quận", "thị xã", "thành phố", "tp", "tx"))
_NAME_RUN = re.compile(rf"[{CAPITAL}]\w*(?:['-]\w+)?(?:\s[{CAPITAL}]\w*(?:['-]\w+)?)*")


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name for comparison: lower case, tones in one style, one space between syllables."""
    return " ".join(lower(fold_tone_style(name)).replace("’", "'").split())


def bare(name: str) -> str:
    """A place's name without its administrative word (``Xã Định An`` is ``Định An``)."""
    return _PREFIX.sub("", name.strip(), count=1).strip()


@dataclass(frozen=True)
class Gazetteer:
    """Names as folded by `fold`. ``communes`` maps a district to the bare names of its communes.

    Districts and communes are those before the reform of 2025, communes those after it too.
    """

    provinces: frozenset[str]
    districts: frozenset[str]
    wards: frozenset[str]
    communes: dict[str, dict[str, str]]


@cache
def gazetteer() -> Gazetteer:
    """The table of administrative units. Read once a process; empty where underthesea is not installed."""
    spec = find_spec("underthesea")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0], "address", "data", "mapping.json") if folders else None
    if path is None or not path.is_file():
        return Gazetteer(frozenset(), frozenset(), frozenset(), {})
    table = json.loads(path.read_text(encoding="utf-8"))
    rows = table["ward_mapping"]
    units = [*table["province_names"].values(), *table["old_province_names"].values()]
    wards = "\n".join(row["old_ward"] for row in rows)
    communes: dict[str, dict[str, str]] = {}
    districts = _bare_names("\n".join(row["old_district"] for row in rows))
    old = _bare_names(wards)
    for name, key, district in zip(_UNIT.sub("", wards).split("\n"), old, districts, strict=True):
        communes.setdefault(district, {})[key] = name
    new = _bare_names("\n".join(row["new_ward"] for row in rows))
    provinces = _bare_names("\n".join(unit["name"] for unit in units))
    return Gazetteer(frozenset(provinces), frozenset(communes), frozenset((*old, *new)), communes)


_UNIT = re.compile(r"^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu) ", re.I | re.M)


def _bare_names(lines: str) -> list[str]:
    """A column of names, folded and without the word for the unit: all at once, since there are thousands."""
    return _UNIT.sub("", lower(fold_tone_style(lines))).split("\n")


def is_place(name: str) -> bool:
    """Whether a bare name is that of a province, district or commune."""
    table, key = gazetteer(), fold(name)
    return key in table.wards or key in table.districts or key in table.provinces


@once
def find_district(document: Document) -> str | None:
    """The district (folded) that the report names most, where the table knows it; else None."""
    counts: Counter[str] = Counter()
    known = gazetteer().districts
    text = document.text
    places = places_of(_DISTRICT_AT, document.lower, 0, len(text))
    for match in matches_from(_DISTRICT, places, text, 0, len(text)):
        syllables = fold(match["name"]).split()
        for length in range(len(syllables), 0, -1):
            name = " ".join(syllables[:length])
            if name in known:
                counts[name] += 1
                break
    if not counts:
        return None
    best = max(counts.values())
    return next(name for name, count in counts.items() if count == best)


@once
def find_communes(document: Document) -> dict[str, str]:
    """The communes that the report can mean, by folded name: its district's, and those named as such.

    ``xã Định An``, ``các xã, thị trấn: A, B và C`` name communes.
    """
    district = find_district(document)
    found = dict(gazetteer().communes.get(district, {})) if district else {}
    last = 0
    text = document.text
    named = places_of(_COMMUNE_LIST_AT, document.lower, 0, len(text))
    places = sorted((*named, *(_number_before(text, place) for place in named)))
    for match in matches_from(_COMMUNE_LIST, places, text, 0, len(text)):
        for run in _NAME_RUN.finditer(text, match.end(), match.end() + 300):
            gap = text[match.end() if run.start() == match.end() else last : run.start()]
            if run.start() != match.end() and _LIST_GAP.fullmatch(gap) is None:
                break
            last = run.end()
            if " " in run.group(0):
                found.setdefault(fold(run.group(0)), run.group(0))
            if match["plural"] is None:
                break
    return found


def _number_before(text: str, place: int) -> int:
    """Where the number before a word begins; where none stands there, the word itself."""
    if place < 2 or not text[place - 1].isspace() or not text[place - 2].isdecimal():
        return place
    place -= 2
    while place and text[place - 1].isdecimal():
        place -= 1
    return place


_COMMUNE_LIST = re.compile(
    rf"(?<!\w)(?P<plural>(?:[Cc]ác|\d+)\s)?(?:[Tt]hị trấn|[Pp]hường|[Xx]ã)(?:,? (?:và )?(?:thị trấn|phường|"
    rf"xã))*:?\s(?=[{CAPITAL}])"
)
_COMMUNE_LIST_AT = Words(("các", "thị trấn", "phường", "xã"))  # or with a number
_LIST_GAP = re.compile(r"(?:\s?[,;]\s?(?:và\s)?|\svà\s)(?:(?:thị trấn|phường|xã)\s)?")
