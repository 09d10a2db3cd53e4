"""Counts of several passages or reports that are of one thing, in other words too, and of one body and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.relations.counted import LAST_YEAR, Telling
from extractors.relations.saying import is_bare, narrowing
from pipelines.audit.periods import before, school_year
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, fold
from pipelines.reconcile.places import ReportScope
from schemas import Finding
from schemas.relation import Quantity, Relation

_YEAR = re.compile(r"(?:19|20)\d\d")
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)-(?:19|20)\d\d(/HK[12])?")


#: A year or school year, and its beginning, middle or end.
Time = tuple[str, str]


@dataclass(frozen=True)
class Count:
    """One count of a report, or the change of one (``relation`` of the kind ``step``)."""

    facts: ReportFacts
    relation: Relation
    number: Quantity
    scope: ReportScope | None = None
    then: Time | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """What it counts."""
        return frozenset(self.number.label.split())

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Those of its words that only say what kind of thing is counted."""
        return frozenset(word for word in self.words if is_bare(frozenset((word,))))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Those that say more."""
        return self.words - self.kinds

    @cached_property
    def told(self) -> Telling:
        """What its report tells of it."""
        return Telling.read(self.relation.cue)

    @property
    def of_last_year(self) -> bool:
        """Whether it is told beside this year's number as that of the year before."""
        return self.told.when == LAST_YEAR

    @property
    def whole(self) -> bool:
        """Whether it counts all there are."""
        return self.told.whole

    @cached_property
    def apart(self) -> frozenset[str]:
        """The class, contest or body that it is of: ``lớp 7``."""
        return self.told.apart

    @property
    def sentence(self) -> str:
        """What tells its sentence from others of its report."""
        return self.told.sentence

    @property
    def paragraph(self) -> str:
        """What tells its paragraph from others of its report."""
        return self.told.paragraph

    @cached_property
    def time(self) -> Time | None:
        """The year or school year that it is of, and its beginning, middle or end; None where that is not known."""
        if self.then is not None:
            return self.then
        said, moment = self.told.when, self.told.moment
        if moment == "before":
            return None
        if said == LAST_YEAR:
            own = own_time(moment, self.facts)
            year = before(own[0], LAST_YEAR) if own is not None else None
            return (year, own[1]) if year is not None and own is not None else None
        return moment_in(said, moment, self.facts) if said else own_time(moment, self.facts)


def own_time(moment: str, facts: ReportFacts) -> Time | None:
    """The time of a report and where in it a number stands that names none itself."""
    report = facts.report
    date, period = report.date or "", report.period or ""
    if not period:
        period = school_year(date) or ""
    if "/2" in period or not period:
        return None
    match = _SCHOOL_YEAR.fullmatch(period)
    if match is None:
        usual = "first" if report.kind in PLANS else "last"
        return (period, moment or usual) if _YEAR.fullmatch(period) else moment_in(period, moment, facts)
    year = period.partition("/")[0]
    if date[:7] > f"{year[5:]}-12":
        return None  # long over at the report's own date: a leftover
    if moment:
        return year, moment
    if report.kind in PLANS:
        return year, "first"
    if match[2]:
        return year, "half" if match[2] == "/HK1" else "last"
    return year, _moment_of(date, year) if date else "last"


#: What is said in a plan is how things are when it is made.
PLANS = ("ke_hoach", "chuong_trinh", "nghi_quyet")


def _moment_of(day: str, year: str) -> str:
    """Where in a school year a day lies; before it, its beginning, and behind it, its end."""
    first = int(year[:4])
    if not day[5:7] or day[:7] > f"{first + 1}-02":
        return "last"
    return "first" if day[:7] <= f"{first}-11" else "half"


def moment_in(said: str, moment: str, facts: ReportFacts) -> Time | None:
    """The time that a number names itself, in the terms of its report: a day lies in its year or school year."""
    match = _SCHOOL_YEAR.fullmatch(said)
    if match is not None:
        year, date = said.partition("/")[0], facts.report.date or ""
        half = "half" if match[2] == "/HK1" else "last"
        if not match[2] and date and f"{year[:4]}-07" <= date[:7] <= f"{year[5:]}-06":
            half = _moment_of(date, year)
        return year, moment or half
    if _YEAR.fullmatch(said):
        return said, moment or "last"
    if len(said) >= len("2020-05") and said[4] == "-":
        if _YEAR.fullmatch(facts.report.period or ""):
            return said[:4], moment or "last"
        year = school_year(said) or ""
        return (year, moment or _moment_of(said, year)) if year else None
    return None


def counts_of(facts: ReportFacts, scope: ReportScope | None = None) -> Iterator[Count]:
    """The counts of a report whose time is known."""
    for relation in facts.relations:
        if relation.kind == "count":
            count = Count(facts, relation, relation.parts[0], scope)
            if count.time is not None:
                yield count
    for step, against in steps_of(facts, scope):
        for old in step.relation.parts[1:]:
            yield Count(facts, step.relation, old, scope, against)


def steps_of(facts: ReportFacts, scope: ReportScope | None = None) -> Iterator[tuple[Count, Time]]:
    """The changes of a report, each with the time of what it is told against."""
    for relation in facts.relations:
        if relation.kind == "step" and relation.whole is not None:
            count = Count(facts, relation, relation.whole, scope)
            against = against_of(count)
            if against is not None:
                yield count, against


def against_of(count: Count) -> Time | None:
    """The time of what a change is told against; None where that is not known."""
    if count.time is None:
        return None
    (year, moment), basis = count.time, count.relation.parts[0].label
    if basis in ("first", "half"):
        return (year, basis) if moment != basis else None
    earlier = before(year, basis)
    return (earlier, moment) if earlier is not None and earlier < year else None


_SCHOOL = re.compile(
    r"(?<!\w)trường (?:mầm non|mẫu giáo|tiểu học|trung học|thcs|thpt|phổ thông|ptdt|chuyên|th)(?!\w).*"
)
_COMMUNE = re.compile(r"(?<!\w)(?:xã(?! hội)|phường|thị trấn) [^\W\d_]+ [^\W\d_]+")
#: A group of schools: the line over it says whose it is.
_GROUP = re.compile(r"(?:cụm|khối|tổ|nhóm)(?!\w)")
_ALL_OF_IT = re.compile(r"(?<!\w)toàn tỉnh(?!\w)")


def owner_of(view: View) -> str:
    """Whose the counts of a report are: a school's by its name, a commune's, else those of the place it comes from."""
    report, scope = view.facts.report, view.scope
    issuer = fold(expand(report.issuer or ""))
    title = fold(expand(report.title or ""))
    if school := _SCHOOL.search(issuer):
        return school.group() if school.start() == 0 else f"{scope.home}\x1e{issuer}"
    named = [s for s in view.facts.schools if any(fold(expand(v)) in title for v in (s.name, *s.variants))]
    if len(named) == 1:
        return fold(expand(named[0].name))
    if (not issuer or _GROUP.match(issuer)) and (head := letterhead(view.facts.layer.text)):
        return head
    if commune := _COMMUNE.search(issuer) or _COMMUNE.search(title):
        return commune.group()
    if scope.district is None and scope.province and _ALL_OF_IT.search(fold(view.facts.layer.text)):
        return f"tỉnh {scope.province}"
    return scope.home


_BODY = re.compile(
    r"(?:phòng|sở|trường|ubnd|ủy ban|uỷ ban|đảng ủy|chi bộ|công đoàn|hội|trung tâm|cụm) [^\n]{4,70}", re.I
)


def letterhead(text: str) -> str | None:
    """The body in the first lines of a report whose issuer is not known: ``PHÒNG GD&ĐT DI LINH``."""
    lines = [line.strip() for line in text.split("\n", 3)[:2]]
    heads = [line for line in lines if line.isupper() and _BODY.match(line) and not _NEWS.search(line)]
    return fold(expand(" ".join(heads))) if heads else None


_NEWS = re.compile(r"(?<!\w)(?:tổ chức|tổng kết|sơ kết|hội nghị|lễ|triển khai|năm học|khai giảng)(?!\w)", re.I)


def are_neighbours(one: Count, other: Count) -> bool:
    """Whether nothing speaks against two counts being of one place."""
    if one.scope is None or other.scope is None:
        return True
    provinces = {one.scope.province, other.scope.province} - {None}
    if len(provinces) > 1:
        return False  # two districts of one name
    towns = {fold(count.facts.report.place or "") for count in (one, other)}
    if len(towns) == 1 and "" not in towns:
        return True
    places = [(scope.district, scope.province) for scope in (one.scope, other.scope)]
    return all(a is None or b is None or a == b for a, b in zip(*places, strict=True))


def are_of_one(one: Count, other: Count) -> bool:
    """Whether the words of two counts of one noun and time can only mean the same thing."""
    if not are_neighbours(one, other) or not are_of_a_kind(one, other):
        return False
    a, b = one.telling, other.telling
    if not a or not b:
        return a == b and one.whole and other.whole
    return a == b or ((a <= b or b <= a) and len(a & b) >= 2)


def are_of_a_kind(one: Count, other: Count) -> bool:
    """Whether two counts have one noun and nothing tells them apart: a level, girls, a class."""
    if one.number.unit != other.number.unit:
        return False
    if one.apart != other.apart and one.apart and other.apart:
        return False
    if narrowing(one.words) != narrowing(other.words):
        return False
    if one.number.unit == "person" and not _alike(one, other):
        return False
    return one.kinds <= other.kinds or other.kinds <= one.kinds


def _alike(one: Count, other: Count) -> bool:
    """Whether two counts of people are of the same kinds of people, or one does not say of which."""
    return one.kinds == other.kinds or not one.kinds or not other.kinds


def shows(finding: Finding, *counts: Count) -> bool:
    """Whether a finding already has the passages of some counts."""
    return all(
        any(
            operand.report == count.facts.layer.id
            and operand.start < count.number.evidence.end
            and count.number.evidence.start < operand.end
            for operand in finding.operands
        )
        for count in counts
    )
