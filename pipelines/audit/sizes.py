"""The sizes of a body, told in prose or in a table: its schools, classes and pupils, of a level or of all.

Of these a report has one number of a time, so that tables and other reports can be held against it whatever the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.relations.counted import LAST_YEAR
from extractors.relations.saying import telling
from pipelines.audit.counts import Count, Time, moment_in, own_time
from pipelines.audit.periods import before
from pipelines.audit.scopes import Measured, moment_of
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Statistic

_KINDS = {
    "trường": "trường", "lớp": "lớp", "nhóm lớp": "lớp", "nhóm, lớp": "lớp", "học sinh": "học sinh", "em": "học sinh",
    "hs": "học sinh", "trẻ": "học sinh", "cháu": "học sinh",
}  # fmt: skip
#: What the name of a size is made of: kinds of things, levels, and words that tell them from nothing.
_PLAIN = frozenset(
    ("trường", "lớp", "nhóm", "lớp_học", "học_sinh", "trẻ", "mầm", "non", "tiểu_học", "thcs", "thpt", "trung_học",
     "cơ", "phổ", "thông", "cấp", "cấp_học", "chia", "loại", "hình", "duy", "trì", "mạng", "lưới", "quy_mô")
)  # fmt: skip
_PARTS = re.compile(r"(?<!\w)(?:nhà trẻ|mẫu giáo|công lập|tư thục|\d)")
#: Beside a number of the year before: ``(năm học trước 486 em)``, ``, năm ngoái là 486``.
_LAST_YEAR = re.compile(r"(?<!\w)năm (?:học )?(?:trước|ngoái)(?: là| có| chỉ có)?:? $", re.I)
_NEAR = 40


@dataclass(frozen=True)
class Size:
    """A number of schools, classes or pupils, of which level (empty: of all) and of what time."""

    view: View
    statistic: Statistic
    kind: str
    level: str
    time: Time
    in_table: bool
    looks_back: bool

    @property
    def facts(self) -> ReportFacts:
        """The report."""
        return self.view.facts

    @property
    def value(self) -> float:
        """The number."""
        return self.statistic.value


@dataclass(frozen=True)
class Move:
    """A change that a report tells of a size, with that size at its own time and the time that it is told against."""

    now: Size
    change: Statistic
    against: Time


def all_sizes(view: View) -> list[Size]:
    """The sizes that a report gives."""
    return [size for statistic in view.facts.statistics if (size := _size(view, statistic)) is not None]


def sizes_of(view: View) -> list[Size]:
    """The sizes that a report gives, without those for which it gives several numbers of one time."""
    found = all_sizes(view)
    values: dict[tuple[str, str, Time], set[float]] = {}
    for size in found:
        values.setdefault((size.kind, size.level, size.time), set()).add(size.value)
    return [size for size in found if len(values[size.kind, size.level, size.time]) == 1]


def kind_of(statistic: Statistic) -> str | None:
    """Whether a statistic counts schools, classes or pupils and nothing narrower."""
    kind = _KINDS.get((statistic.unit or "").lower())
    said = statistic.indicator.lower()
    plain = kind is not None and telling(said) <= _PLAIN and not _PARTS.search(said)
    return kind if plain else None


def _size(view: View, statistic: Statistic) -> Size | None:
    kind = kind_of(statistic) if statistic.aspect == "value" and statistic.evidence else None
    if kind is None or statistic.of is not None or statistic.value_to is not None:
        return None
    at, facts = statistic.evidence[0].start, view.facts
    in_table = any(table.start <= at < table.end for table in facts.layer.tables)
    counted = None if in_table else _counted_at(view, at, statistic)
    if not in_table and counted is None:
        return None  # of a body, planned, rounded: see `find_figures`
    back = counted is not None and (counted.of_last_year or _is_of_last_year(facts, at))
    time = _time(view, statistic, counted, back=back)
    if time is None:
        return None
    return Size(view, statistic, kind, statistic.level or "", time, in_table, back)


def _counted_at(view: View, at: int, statistic: Statistic) -> Count | None:
    """The count of the prose that has a statistic's number."""
    for relation in view.facts.relations:
        if relation.kind == "count" and relation.parts[0].value == statistic.value:
            count = Count(view.facts, relation, relation.parts[0], view.scope)
            passage = count.number.evidence
            if passage.start <= at <= passage.end or at <= passage.start <= statistic.evidence[0].end:
                return None if count.apart else count
    return None


def _is_of_last_year(facts: ReportFacts, at: int) -> bool:
    """Whether a number is told as that of the year before, right behind those words."""
    text = facts.layer.text
    return _LAST_YEAR.search(text, max(0, at - _NEAR), at) is not None


def _time(view: View, statistic: Statistic, counted: Count | None, *, back: bool) -> Time | None:
    facts = view.facts
    moment = moment_of(Measured(facts, statistic))
    if back:
        own = own_time("", facts)
        year = before(own[0], LAST_YEAR) if own is not None else None
        return (year, own[1]) if year is not None and own is not None else None
    if counted is not None:
        return counted.time
    if statistic.period is None or statistic.period == facts.report.period:
        return own_time(moment, facts)
    return moment_in(statistic.period, moment, facts)


#: What a change of a size is told against.
_BASIS = re.compile(
    r"so với (?:cùng kỳ |cuối |thời điểm )*"
    r"(?:(?P<first>đầu năm(?: học)?)|(?P<half>(?:học kỳ|hk) ?(?:i|1)(?!\w))"
    r"|năm (?:học )?(?:(?P<last>trước|ngoái)|(?P<year>(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)))",
    re.I,
)
_STOPS = ("\n", ";", ". ")
_MOVED = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm| đi)?(?!\w).*$", re.I)


def moves_of(view: View) -> Iterator[Move]:
    """The sizes of a report with the changes that it tells of them elsewhere, and of what they are told against."""
    own = own_time("", view.facts)
    sizes = sizes_of(view) if own is not None else []
    for statistic in view.facts.statistics if sizes else ():
        against = _against(view, statistic, own) if statistic.aspect == "change" and statistic.evidence else None
        plain = statistic.model_copy(update={"indicator": _MOVED.sub("", statistic.indicator).strip() or "số"})
        kind = kind_of(plain) if against is not None else None
        if kind is None or against is None:
            continue
        now = [s for s in sizes if (s.kind, s.level, s.time) == (kind, statistic.level or "", own) and not s.looks_back]
        if now and not _is_of_another(view, statistic, now[0].value):
            yield Move(now[0], statistic, against)


def _is_of_another(view: View, change: Statistic, value: float) -> bool:
    """Whether a change stands beside the number that changed, and that is another one: one school's, not all."""
    passage = change.evidence[0]
    return any(
        relation.kind == "change" and relation.whole is not None and relation.whole.value != value
        for relation in view.facts.relations
        if any(part.evidence.start <= passage.start < part.evidence.end for part in relation.parts)
    )


def _against(view: View, statistic: Statistic, own: Time | None) -> Time | None:
    """The time of what a change is told against in its clause; None where it does not say, or names several."""
    text, passage = view.facts.layer.text, statistic.evidence[0]
    first = max(text.rfind(sign, 0, passage.start) for sign in _STOPS)
    ends = [at for sign in _STOPS if (at := text.find(sign, passage.end)) >= 0]
    found = list(_BASIS.finditer(text, first + 1, min(ends, default=len(text))))
    if len(found) != 1 or own is None:
        return None
    match = found[0]
    if match["first"] or match["half"]:
        moment = "first" if match["first"] else "half"
        return (own[0], moment) if own[1] not in (moment, "first") else None
    basis = LAST_YEAR if match["last"] else re.sub(r"\s", "", match["year"]).replace("–", "-")
    year = before(own[0], basis)
    return (year, own[1]) if year is not None and year < own[0] else None
