"""Which district and province a report, a body or a document belongs to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Literal

from pipelines.facts import ReportFacts
from pipelines.reconcile.gazetteer import LAST_DAY, gazetteer
from pipelines.reconcile.names import expand, find_body, fold, school_key
from schemas.vocabulary import Body, PlaceUnit, vocabulary

#: How far from the top of a report its letterhead reaches.
_LETTERHEAD = 300
Level = Literal["province", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its level and folded name; ``name`` is None where only the level is said."""

    level: Level
    name: str | None


@dataclass(frozen=True, slots=True)
class ReportScope:
    """Where a report comes from, as far as it says so. Names are folded; ``issuer`` is expanded.

    ``is_above`` says that the issuer is a province's or the country's.
    """

    report: str
    issuer: str | None
    district: str | None
    province: str | None
    is_above: bool = False

    @property
    def home(self) -> str:
        """What the bare names in the report belong to: its district or province, else its issuer, else itself."""
        if self.is_above and self.province:
            return f"tỉnh {self.province}"
        return self.district or self.issuer or self.report


def own_scopes(reports: Sequence[ReportFacts]) -> dict[str, ReportScope]:
    """The scope of every report by its own text."""
    return {facts.layer.id: _scope(facts) for facts in reports}


def report_scopes(
    reports: Sequence[ReportFacts], own: Mapping[str, ReportScope] | None = None
) -> dict[str, ReportScope]:
    """The scope of every report; ``own`` are those by their own texts, where they are known already.

    A report that names no district takes that of its issuer's other reports, else that of its
    schools, and one that names no province that of its district, where these know exactly one.
    """
    scopes = dict(own or own_scopes(reports))
    of_issuer = _only((scope.issuer, scope.district) for scope in scopes.values())
    of_school = _only(
        (school_key(school), scopes[facts.layer.id].district) for facts in reports for school in facts.schools
    )
    # Provinces merged when districts ended: what a later report says of its province held for no district.
    dated = [scopes[facts.layer.id] for facts in reports if _has_districts(facts)]
    of_district = _only((scope.district, scope.province) for scope in dated)
    for facts in reports:
        scope = scopes[facts.layer.id]
        if scope.district is None and not _is_above_district(scope.issuer):
            theirs = {of_school[key] for key in map(school_key, facts.schools) if key in of_school}
            district = of_issuer.get(scope.issuer) or (theirs.pop() if len(theirs) == 1 else None)
            scope = replace(scope, district=district)
        if scope.province is None and _has_districts(facts):
            scope = replace(scope, province=of_district.get(scope.district))
        scopes[facts.layer.id] = scope
    return _tell_twins(scopes, {facts.layer.id for facts in reports if _has_districts(facts)})


def _tell_twins(scopes: Mapping[str, ReportScope], dated: Collection[str]) -> dict[str, ReportScope]:
    """The scopes with districts of one name told apart by the provinces that their reports name.

    ``dated`` are the reports of the time when there were districts; a later one that names the province which
    its district's went into means that district.
    """
    provinces: dict[str, set[str]] = defaultdict(set)
    for report, scope in scopes.items():
        if scope.district and scope.province and report in dated:
            provinces[scope.district].add(_last_name(scope.province))
    return {report: _told_apart(scope, provinces.get(scope.district or "", set())) for report, scope in scopes.items()}


def _told_apart(scope: ReportScope, provinces: Collection[str]) -> ReportScope:
    """The scope with its district told by its province, where several provinces have one of that name."""
    if not scope.district or not scope.province or len(provinces) < 2:
        return scope
    own = _last_name(scope.province)
    fitting = [own] if own in provinces else [name for name in provinces if own in _became(name)]
    return replace(scope, district=told_by_province(scope.district, fitting[0])) if len(fitting) == 1 else scope


def _last_name(province: str) -> str:
    """The name of a province before the last reform: Hà Tây has been Hà Nội since 2008."""
    ended = [unit for unit in gazetteer().read(province, "province") if unit.until and unit.until < LAST_DAY]
    names = {new.name for unit in ended for new in gazetteer().became(unit)}
    lives_on = any(unit not in ended for unit in gazetteer().read(province, "province"))
    return names.pop() if len(names) == 1 and not lives_on else province


def _became(province: str) -> set[str]:
    return {new.name for unit in gazetteer().read(province, "province") for new in gazetteer().became(unit)}


def _has_districts(facts: ReportFacts) -> bool:
    """Whether there were districts at the date of a report; one without a date is taken for older."""
    ends = [unit.until for unit in vocabulary(PlaceUnit) if unit.level == "district" and unit.until]
    return not ends or (facts.report.date or "") <= max(ends)


def _only(pairs: Iterable[tuple[Hashable, str | None]]) -> dict[Hashable, str]:
    """The value of every key that has one value only; None counts neither as a key nor as a value."""
    values: dict[Hashable, set[str]] = defaultdict(set)
    for key, value in pairs:
        if key is not None and value is not None:
            values[key].add(value)
    return {key: next(iter(found)) for key, found in values.items() if len(found) == 1}


def _scope(facts: ReportFacts) -> ReportScope:
    issuer = expand(facts.report.issuer) if facts.report.issuer else None
    votes = _votes(facts.layer.text)
    is_above = _is_above_district(issuer)
    province = (_province(facts, issuer) if is_above else None) or _winner(votes["province"])
    district = None if is_above else _district(facts, issuer, votes["district"])
    if district is None and not is_above:
        district = _district_of_commune(facts, issuer, province)
    if district and province is None and _has_districts(facts):
        province = gazetteer().province_of(district)
    if district and province and len({unit.province for unit in gazetteer().read(district, "district")}) > 1:
        district = told_by_province(district, province)
    return ReportScope(report=facts.layer.id, issuer=issuer, district=district, province=province, is_above=is_above)


def told_by_province(district: str, province: str) -> str:
    """A district whose name several provinces have: ``châu thành (kiên giang)``."""
    return f"{district} ({province})"


def _province(facts: ReportFacts, issuer: str | None) -> str | None:
    """The province of a province's body: by its name, else by its dateline, be that the province or its seat."""
    body = find_body(issuer) if issuer else None
    place = find_place(issuer) if issuer else None
    if place and place.level == "province" and place.name:
        return place.name
    rest = after_body(issuer, body) if issuer and body and body.level == "province" else ""
    for name in (rest, expand(facts.report.place or "")):
        found = split_place(name)
        bare = found[1].name if found else name
        if bare and gazetteer().read(bare, "province"):
            return bare
        if bare and (seat := gazetteer().province_of(bare)):
            return seat
    return rest or None


def _district_of_commune(facts: ReportFacts, issuer: str | None, province: str | None) -> str | None:
    """The district in which the issuing commune lies, or lay before districts ended, where the map knows one."""
    place = find_place(issuer) if issuer else None
    if place is None or place.level != "commune" or place.name is None or facts.report.date is None:
        return None
    return gazetteer().district_of(place.name, province, on=facts.report.date)


def _is_above_district(issuer: str | None) -> bool:
    """Whether an expanded issuer is a province's or the country's: its reports speak of many districts."""
    if issuer is None:
        return False
    place = find_place(issuer)
    body = find_body(issuer)
    if place is not None and (body is None or body.level == "local"):
        return place.level == "province"
    return body is not None and body.level in ("central", "province")


def _district(facts: ReportFacts, issuer: str | None, votes: Counter[str]) -> str | None:
    """The district that a report comes from: by its letterhead, its dateline, then its text."""
    dateline = expand(facts.report.place) if facts.report.place else None
    for text in (dateline, issuer, _superior(facts)):
        place = find_place(text) if text else None
        if place and place.level == "district" and place.name:
            return place.name
    body = find_body(issuer) if issuer else None
    if body and body.level == "district" and issuer:
        rest = after_body(issuer, body)
        # A dateline repeats the office's place in proper case and tones, a letterhead may be in bare capitals.
        if dateline and (find_place(dateline) is None):
            return dateline
        if rest:
            return rest
    winner = _winner(votes)
    if winner is None and dateline and find_place(dateline) is None and (body is None or body.level != "school"):
        return dateline
    return winner


def _superior(facts: ReportFacts) -> str | None:
    """The body at the head of the letterhead, above the issuer: ``UBND HUYỆN CẦN GIUỘC`` over a school."""
    lines = [line.split("   ")[0].strip() for line in facts.layer.text[:_LETTERHEAD].split("\n") if line.strip()]
    if not lines or not facts.report.issuer or not lines[0].isupper() or lines[0] in (facts.report.title or ""):
        return None
    name = expand(lines[0])
    body = find_body(name)
    heads = tuple(fold(expand(form)) for form in body.forms) if body is not None else ()
    return name if heads and fold(name).startswith(heads) else None


def after_body(name: str, body: Body) -> str:
    """What follows the body in an expanded name: the place, where one is named."""
    ends = [name.rfind(expand(form)) + len(expand(form)) for form in body.forms if expand(form) in name]
    return fold(name[max(ends) :]) if ends else ""


@cache
def _unit_pattern() -> re.Pattern[str]:
    """Finds a unit and what follows it in an expanded name."""
    parts = []
    for unit in vocabulary(PlaceUnit):
        names = "|".join(re.escape(expand(form)) for form in unit.forms)
        barred = "|".join(re.escape(fold(word)) for word in unit.not_before)
        guard = rf"(?!\s+(?:{barred})(?!\w))" if barred else ""
        parts.append(rf"(?P<{unit.id}>(?<!\w)(?:{names})(?!\w){guard})")
    return re.compile(rf"(?:{'|'.join(parts)})(?:\s+(?P<name>[^,;.()]+))?")


def find_place(text: str) -> Place | None:
    """The place that an expanded name ends in: ``phòng nội vụ huyện suối mây``; None where it names none.

    Of several the first counts: the others are what it lies in.
    """
    found = split_place(text)
    return found[1] if found else None


@cache
def split_place(text: str) -> tuple[str, Place] | None:
    """What stands before the place that an expanded name ends in, and the place; None without one."""
    match = _unit_pattern().search(text)
    if match is None:
        return None
    unit = next(unit for unit in vocabulary(PlaceUnit) if match.group(unit.id))
    name = match.group("name")
    inner = _unit_pattern().search(name) if name else None
    if inner and name:
        name = name[: inner.start()]
    name = fold(name) if name else None
    level: Level = "province" if name in [fold(other) for other in unit.names] else unit.level
    return fold(text[: match.start()]), Place(level=level, name=name or None)


@cache
def _named_pattern() -> re.Pattern[str]:
    """Finds a unit and the words after it in running text."""
    forms = sorted((form for unit in vocabulary(PlaceUnit) for form in unit.forms), key=len, reverse=True)
    spelled = "|".join(rf"[{form[0]}{form[0].upper()}]{re.escape(form[1:])}" for form in forms)
    return re.compile(rf"(?<!\w)(?P<unit>{spelled})(?P<name>(?: +[^\W\d_]+){{1,3}})")


def _votes(text: str) -> dict[str, Counter[str]]:
    """How often a text names each place, by level. Capitals tell where a name ends."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for match in _named_pattern().finditer(text):
        name = " ".join(takewhile(str.istitle, match.group("name").split()))
        place = find_place(expand(f"{match.group('unit')} {name}")) if name else None
        if place and place.name:
            votes[place.level][place.name] += 1
    return votes


def _winner(votes: Counter[str]) -> str | None:
    """The name with most votes; None where there is none or a tie."""
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
