"""When a found record is the record of the gold: comparison of values and the measures by type.

Values are compared with case, tone placement, outer punctuation and usual abbreviations folded
away. Tones themselves are kept: Hùng is not Hưng.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas import canonical_text

Row = Mapping[str, Any]
#: Ranges of the report's text.
Spans = Sequence[tuple[int, int]]

# Each value is compared with many others.
_REMEMBERED = 20_000
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORDS = re.compile(r"[\w\u0300-\u036f]+")
_OUTER = re.compile(r"^[^\w]+|[^\w\u0300-\u036f]+$")
_EDUCATION = re.compile(r"gd\s*(?:&|và|-)?\s*đt")
_LONG_FORMS = {
    "ubnd": "ủy ban nhân dân",
    "huv": "huyện ủy viên",
    "tuv": "tỉnh ủy viên",
    "bch": "ban chấp hành",
    "btv": "ban thường vụ",
    "ubkt": "ủy ban kiểm tra",
    "tw": "trung ương",
    "hđnd": "hội đồng nhân dân",
    "thcs": "trung học cơ sở",
    "gv": "giáo viên",
    "hs": "học sinh",
    "cbql": "cán bộ quản lý",
    "mttq": "mặt trận tổ quốc",
    "tp": "thành phố",
    "gvcn": "giáo viên chủ nhiệm",
    "cstđ": "chiến sĩ thi đua",
    "hsg": "học sinh giỏi",
    "kk": "khuyến khích",
}
_SHORT = re.compile(rf"\b({'|'.join(_LONG_FORMS)})\b((?<=tp)\.)?")
_UNITS = {"hs": "học sinh", "em": "học sinh", "gv": "giáo viên", "đồng chí": "người", "đ/c": "người"}
_UNITS["trường học"] = "trường"


def fold(value: object) -> str:
    """A value as it is compared: lower case, one space, the tone of a syllable behind its letters."""
    return "" if value is None else _fold(str(value))


@lru_cache(maxsize=_REMEMBERED)
def _fold(value: str) -> str:
    words = []
    for word in unicodedata.normalize("NFD", value.lower()).split():
        letters = "".join(char for char in word if char not in _TONES)
        words.append(letters + "".join(sorted(char for char in word if char in _TONES)))
    return _OUTER.sub("", " ".join(words))


def expand(value: object) -> str:
    """`fold` after writing the usual abbreviations out (``GD&ĐT``, ``UBND``, ``GV``)."""
    return _expand(str(value or ""))


@lru_cache(maxsize=_REMEMBERED)
def _expand(value: str) -> str:
    text = unicodedata.normalize("NFC", value.lower())
    text = _EDUCATION.sub("giáo dục và đào tạo", text)
    return fold(_SHORT.sub(lambda match: _LONG_FORMS[match[1]], text))


def likeness(left: object, right: object) -> float:
    """Share of common words of two values among all their words, 1 where both are empty."""
    ours, theirs = word_set(str(left or "")), word_set(str(right or ""))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0


@lru_cache(maxsize=_REMEMBERED)
def word_set(value: str) -> frozenset[str]:
    """The words of a text as they are compared: folded, abbreviations written out."""
    return frozenset(_WORDS.findall(_expand(value)))


def number(value: object) -> float | None:
    """A value as a number with four decimals, None where it is none."""
    try:
        return round(float(value), 4)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def symbol(value: object) -> str:
    """The number of a document without blanks and dots, its dashes all alike."""
    text = unicodedata.normalize("NFC", str(value or ""))
    return re.sub(r"[\s.]+", "", text).lower().replace("–", "-")


def own_name(row: Row) -> str:
    """What tells a school from its neighbors, folded."""
    return fold(row.get("own_name")).removeprefix("tt ").lstrip()


def quoted_spans(row: Row, text: str) -> Spans:
    """Everywhere that a gold record's quote stands in the text, white space of any kind and length alike."""
    words = canonical_text(row.get("quote") or "").split()
    if not words or not text:
        return []
    return [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]


@dataclass(frozen=True)
class Gold:
    """A gold record with the places of its quote. ``sure`` is False where people may disagree."""

    row: Row
    spans: Spans
    sure: bool


@dataclass(frozen=True)
class Found:
    """An extracted record with the places of its evidence."""

    row: Row
    spans: Spans


#: How well a found record fits a gold one: 0 for not at all, more for better.
Similarity = Callable[[Gold, Found], float]


def _near(gold: Gold, found: Found) -> bool:
    """Whether the passages overlap. A quote that is not in the text decides nothing."""
    return not gold.spans or any(a < d and c < b for a, b in found.spans for c, d in gold.spans)


def _person(gold: Gold, found: Found) -> float:
    return float(fold(gold.row["person"]) == fold(found.row.get("person")))


def _person_and_post(gold: Gold, found: Found) -> float:
    if not _person(gold, found):
        return 0.0
    ours, theirs = gold.row["post"], found.row.get("post")
    if expand(ours) == expand(theirs):
        return 2.0
    alike = likeness(ours, theirs)
    return 1 + alike if alike >= 0.6 else 0.0


def _school_name(gold: Gold, found: Found) -> float:
    return float(own_name(gold.row) == own_name(found.row))


def _school(gold: Gold, found: Found) -> float:
    same = all(str(gold.row.get(key) or "") == str(found.row.get(key) or "") for key in ("level", "ordinal"))
    return 2.0 if same and _school_name(gold, found) else 0.0


def _award(gold: Gold, found: Found) -> float:
    ours, theirs = gold.row, found.row
    if ours.get("kind") != theirs.get("kind") or str(ours.get("prize") or "") != str(theirs.get("prize") or ""):
        return 0.0
    if ours.get("kind") == "title" and likeness(ours.get("title"), theirs.get("title")) < 0.5:
        return 0.0
    if number(ours.get("count") or 1) != number(theirs.get("count") or 1) or not _near(gold, found):
        return 0.0
    score = 1.0
    for key in ("recipient", "school"):
        if ours.get(key):
            score += 0.4 * (likeness(ours[key], theirs.get(key)) >= 0.5)
        else:
            score += 0.2 * (not theirs.get(key))
    score += 0.3 * (ours.get("level") == theirs.get("level"))
    return score + 0.3 * likeness(ours.get("contest"), theirs.get("contest"))


def _award_in_full(gold: Gold, found: Found) -> float:
    score = _award(gold, found)
    ours, theirs = gold.row, found.row
    for key, least in (("recipient", 0.5), ("school", 0.5), ("contest", 0.3)):
        if ours.get(key) and likeness(ours[key], theirs.get(key)) < least:
            return 0.0
    return 0.0 if ours.get("level") and ours["level"] != theirs.get("level") else score


def _statistic(gold: Gold, found: Found) -> float:
    ours, theirs = gold.row, found.row
    value, other = number(ours.get("value")), number(theirs.get("value"))
    if value is None or other is None or abs(value) != abs(other):
        return 0.0
    if (ours.get("unit") == "%") != (theirs.get("unit") == "%") or number(ours.get("of")) != number(theirs.get("of")):
        return 0.0
    if not _near(gold, found):
        return 0.0
    same_unit = likeness(_unit(ours.get("unit")), _unit(theirs.get("unit"))) > 0
    return 1 + likeness(ours.get("indicator"), theirs.get("indicator")) + 0.2 * same_unit


def _statistic_in_full(gold: Gold, found: Found) -> float:
    score = _statistic(gold, found)
    ours, theirs = gold.row, found.row
    if number(ours.get("value")) != number(theirs.get("value")):
        return 0.0
    if (ours.get("aspect") or "value") != (theirs.get("aspect") or "value"):
        return 0.0
    if ours.get("level") and ours["level"] != theirs.get("level"):
        return 0.0
    return score if likeness(ours.get("indicator"), theirs.get("indicator")) >= 0.3 else 0.0


def _unit(value: object) -> str:
    unit = unicodedata.normalize("NFC", str(value or "").strip().lower())
    return _UNITS.get(unit, unit)


def _citation_number(gold: Gold, found: Found) -> float:
    if gold.row.get("number"):
        return float(symbol(gold.row["number"]) == symbol(found.row.get("number")))
    return float(not found.row.get("number") and _near(gold, found))


def _citation(gold: Gold, found: Found) -> float:
    if not _citation_number(gold, found) or fold(gold.row.get("doc_type")) != fold(found.row.get("doc_type")):
        return 0.0
    return 2.0 if (gold.row.get("date") or None) == (found.row.get("date") or None) else 0.0


@dataclass(frozen=True)
class Measure:
    """One way to count the records of a type.

    ``distinct_by`` is the field whose equal values count once. ``strict`` measures ask for more
    than the soft one of the same type. ``fields`` are compared on the pairs that it finds.
    """

    type: str
    name: str
    similarity: Similarity
    distinct_by: str | None = None
    strict: bool = False
    fields: tuple[str, ...] = ()


MEASURES = (
    Measure("official", "person", _person, distinct_by="person"),
    Measure(
        "official",
        "person+post",
        _person_and_post,
        strict=True,
        fields=("post", "role", "organization", "activity", "as_of"),
    ),
    Measure("school", "name", _school_name, distinct_by="own_name"),
    Measure("school", "level+name+ordinal", _school, strict=True, fields=("name", "level", "own_name", "place")),
    Measure(
        "award",
        "core",
        _award,
        fields=(
            "title",
            "contest",
            "level",
            "count",
            "participants",
            "recipient",
            "recipient_kind",
            "school",
            "period",
        ),
    ),
    Measure("award", "full", _award_in_full, strict=True),
    Measure(
        "statistic", "core", _statistic, fields=("indicator", "value", "unit", "aspect", "level", "place", "period")
    ),
    Measure("statistic", "full", _statistic_in_full, strict=True),
    Measure("citation", "number", _citation_number, distinct_by="number"),
    Measure(
        "citation",
        "type+number+date",
        _citation,
        strict=True,
        fields=("doc_type", "number", "date", "issuer", "subject"),
    ),
)


def fields_of(record_type: str) -> tuple[str, ...]:
    """The fields of a record type that are scored."""
    return next(measure.fields for measure in MEASURES if measure.type == record_type and measure.fields)


def _award_at_all(gold: Gold, found: Found) -> float:
    return float(number(gold.row.get("count") or 1) == number(found.row.get("count") or 1) and _near(gold, found))


def _statistic_at_all(gold: Gold, found: Found) -> float:
    value, other = number(gold.row.get("value")), number(found.row.get("value"))
    return float(value is not None and other is not None and abs(value) == abs(other) and _near(gold, found))


#: Whether a found record is at least about the same thing as a gold one, whatever it says of it: what soft
#: scores and confusions are counted on.
ABOUT: Mapping[str, Similarity] = {
    "official": _person,
    "school": _school_name,
    "award": _award_at_all,
    "statistic": _statistic_at_all,
    "citation": _citation_number,
}
#: Closed fields of which is told what was taken for what; ``kind/prize`` is both in one.
CONFUSABLE: Mapping[str, tuple[str, ...]] = {
    "report": ("kind",),
    "official": ("activity",),
    "school": ("level",),
    "award": ("kind/prize", "level"),
    "statistic": ("aspect", "level"),
}
REPORT_FIELDS = ("title", "kind", "number", "issuer", "place", "date", "period", "signers", "recipients")
#: Two texts of the same words in another order are alike, yet not the same.
_NEVER_ALL = 0.99
_EXACT = frozenset({"kind", "prize", "level", "date", "as_of", "period", "activity", "aspect", "recipient_kind"})
_FIGURES = frozenset({"count", "participants", "value", "of", "ordinal"})


def same_value(field: str, ours: object, theirs: object) -> bool:
    """Whether two values of a field agree, abbreviations written out: what a strict score counts."""
    return common(field, ours, theirs) == 1.0


def common(field: str, ours: object, theirs: object) -> float:
    """How much two values of a field have in common, 0..1: of texts the share of words, else all or nothing."""
    if field in _EXACT:
        return float(ours == theirs)
    if field in _FIGURES:
        return float(number(ours) == number(theirs))
    if field == "number":
        return float(symbol(ours) == symbol(theirs))
    return 1.0 if expand(ours) == expand(theirs) else min(likeness(ours, theirs), _NEVER_ALL)
