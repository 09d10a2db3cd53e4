"""Schools: level, own name, ordinal and district make one; a bare name takes its report's district."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.reconcile.gazetteer import gazetteer
from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.linkage import Comparison, Profile
from pipelines.reconcile.names import expand, fold, proper, school_key, spelled, toneless
from pipelines.reconcile.places import split_place
from schemas import School
from schemas.vocabulary import PlaceUnit, vocabulary

#: Weights in bits; `SchoolProfile.compare` says what they are for.
_SAME_PLACE_NAME, _TONELESS = 8.0, 0.0
_UNIVERSITY, _GIFTED = "khac", "chuyên "

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class SchoolProfile:
    """What tells a school from its neighbours. ``home`` is its district, or what stands for it."""

    level: str
    name: str
    ordinal: str
    home: str

    @property
    def is_partial(self) -> bool:
        """Never: a school without a district is completed by its key."""
        return False

    def blocks(self) -> Iterable[Hashable]:
        """One block a level, ordinal, district and name without tones and unit."""
        return (("school", self.level, self.ordinal, self.home, toneless(without_unit(self.name))),)

    def compare(self, other: Profile, /) -> Comparison:
        """Same level, ordinal and district; same own name but for the word of its commune (thị trấn): same, +8.

        Another tone makes another name (Nam Hùng, Nam Hưng); a name without any tone is unsure.
        """
        assert isinstance(other, SchoolProfile)
        place = ("same level and ordinal", "same district")
        one, another = without_unit(self.name), without_unit(other.name)
        if one == another:
            return Comparison("same", _SAME_PLACE_NAME, (*place, "same own name but for the word of its commune"))
        if one == toneless(one) or another == toneless(another):
            reason = "same letters, but one is written without tones, and tones decide"
            return Comparison("unsure", _TONELESS, (*place, reason))
        return Comparison("different", _TONELESS, (*place, "tones differ"))

    def joined(self, other: Profile, /) -> SchoolProfile:
        """The profile itself: both are alike in what counts."""
        return self

    def conflict(self, other: Profile, /) -> str | None:
        """None: what speaks against one school is in the comparison."""
        return None


@cache
def _units() -> re.Pattern[str]:
    forms = {expand(form) for unit in vocabulary(PlaceUnit) if unit.level == "commune" for form in unit.forms} | {"tt"}
    return re.compile(rf"^(?:{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})\s+(?=\w)")


@cache
def without_unit(name: str) -> str:
    """A folded own name without the word for its commune: ``thị trấn gò quao`` → ``gò quao``."""
    return _units().sub("", name)


# --- abbreviated names -----------------------------------------------------------------------------


@cache
def _chunks(name: str) -> tuple[str, ...]:
    """The letters and syllables of an abbreviated name: ``VHHNam`` → v, h, h, nam; empty where it is none."""
    words = re.split(r"[\s.]+", name.strip(" ."))
    chunks: list[str] = []
    for letter in "".join(word[:1].upper() + word[1:] for word in words):
        if letter.isupper() or not chunks:
            chunks.append(letter)
        else:
            chunks[-1] += letter
    is_short = sum(len(chunk) == 1 for chunk in chunks) >= 2 or len(words) < len(chunks)
    if not is_short or not name.replace(" ", "").replace(".", "").isalpha():
        return ()
    return tuple(fold(chunk) for chunk in chunks)


def write_out(name: str, full_names: Iterable[str]) -> str | None:
    """The only one of the full names that an abbreviated name stands for: ``VHHNam`` → ``Vĩnh Hòa Hưng Nam``.

    Single letters stand for syllables that begin so, the rest is written out. None where the name is
    no abbreviation, or none or several of the names fit.
    """
    chunks = _chunks(name)
    if not chunks:
        return None
    fitting = {
        fold(full): full for full in sorted(full_names) if full != name and _stands_for(chunks, fold(full).split())
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _stands_for(chunks: Sequence[str], syllables: Sequence[str]) -> bool:
    return len(chunks) == len(syllables) and all(
        syllable.startswith(chunk) if len(chunk) == 1 else syllable == chunk
        for chunk, syllable in zip(chunks, syllables, strict=True)
    )


# --- the schools of the reports --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A school record with its key: by its own report, and with what other reports tell."""

    source: Source
    school: School
    own: Key
    key: Key
    note: str | None = None


def school_items(sources: Sequence[Source]) -> list[Item]:
    """One item a school record.

    A school of a report that belongs to no district is that of the only district which has a school
    of its level, name and ordinal; where several have one it stays apart, and where none has one it
    is one school over the reports of its province. An abbreviated commune (``VHHNam 2``) is written out
    by the names in its report or the communes of its district, else by the district's other reports.
    Schools of one name in two communes of one district are two where reports say which commune.
    """
    found = _find(sources)
    districts: dict[Key, set[str]] = defaultdict(set)
    communes: dict[tuple[Key, str], set[str]] = defaultdict(set)
    for one in found:
        district = one.source.scope.district
        if district and not _reach(one):
            districts[one.key].add(district)
            communes[one.key, district] |= _commune(one)
    return [_item(one, districts[one.key], communes) for one in found]


def _find(sources: Sequence[Source]) -> list[_Found]:
    local: dict[str | None, set[str]] = defaultdict(set)
    for source in sources:
        local[source.scope.district] |= set(_place_names(source))
    found = []
    for source in sources:
        near = set(_place_names(source))
        for school in source.facts.schools:
            own = key = _key(school, school.own_name)
            note = None
            full = write_out(school.own_name, near)
            if full is None and source.own.district and _chunks(school.own_name):
                near |= gazetteer().communes(source.own.district, source.own.province)
                full = write_out(school.own_name, near)
            if full is not None:
                own = key = _key(school, full)
                note = f"{school.own_name} stands for {full} by the names of its report or the communes of its district"
            elif source.scope.district and (full := write_out(school.own_name, local[source.scope.district])):
                key = _key(school, full)
                note = f"{school.own_name} stands for {full}, the only such name in the district"
            found.append(_Found(source, school, own, key, note))
    return found


def _key(school: School, own_name: str) -> Key:
    level, _, ordinal = school_key(school)
    return level, spelled(expand(own_name)), ordinal


def _place_names(source: Source) -> Iterable[str]:
    """The names of schools and communes in a report, for writing out the short ones."""
    for school in source.facts.schools:
        yield school.own_name
        if school.place:
            yield school.place


def _commune(found: _Found) -> set[str]:
    """The commune that a record gives its school, where that is not just the school's name."""
    place = spelled(expand(found.school.place)) if found.school.place else ""
    return {place} if place and without_unit(place) != without_unit(found.key[1]) else set()


def _reach(found: _Found) -> str | None:
    """Beyond its district, where a school is the only one of its name; None for those that are not.

    A university has no namesake in the country, a school for the gifted (``chuyên``) and the province's
    boarding school (``PTDTNT tỉnh``) none in the province.
    """
    level, name, _ = found.key
    if level == _UNIVERSITY:
        return "cả nước"
    place = split_place(name)
    is_provincial = name.startswith(_GIFTED) or (place and place[1].name is None and place[1].level == "province")
    if not is_provincial:
        return None
    scope = found.source.scope
    return f"tỉnh {scope.province}" if scope.province else scope.home


def _item(found: _Found, candidates: Iterable[str], communes: Mapping[tuple[Key, str], set[str]]) -> Item:
    source, school, name = found.source, found.school, found.key
    known = sorted(candidates)
    district = source.scope.district
    if district:
        reason = f"same level, own name and ordinal in the district {proper(district)}"
    elif len(known) == 1:
        district = known[0]
        reason = (
            f"the report names no district, and only {proper(known[0])} has a school of this level, name and ordinal"
        )
    elif known:
        several = ", ".join(map(str.title, known))
        reason = f"the report names no district, and {several} each have a school of this name: kept apart"
    else:
        reason = "same level, own name and ordinal in one province or one issuer's reports, in no known district"
    apart = ""
    reach = _reach(found)
    if reach:
        district, apart, reason = None, reach, f"same level and own name, one of its kind in {reach.title()}"
    elif district is None:
        # Many provinces have a Trường PTDTNT tỉnh.
        apart = source.scope.home if known else source.scope.province or source.scope.home
    commune = ""
    if district and len(communes.get((name, district), ())) > 1:
        commune = next(iter(_commune(found)), f"?{source.facts.layer.id}")
        reason += ", told from its namesakes by the commune"
    home = f"{district or apart}/{commune}" if commune else district or apart
    day = source.facts.report.date
    return Item(
        kind="school",
        key=(*name, district or "", apart, commune),
        own=(*found.own, source.own.district or "", "" if source.own.district else source.own.home),
        name=school.name,
        report=source.facts.layer.id,
        mentions=source.mentions(school, school.name),
        facets=(
            ("level", school.level),
            ("own_name", school.own_name),
            ("ordinal", school.ordinal),
            ("place", school.place),
            ("district", proper(district)),
        ),
        reason="; ".join((reason, found.note)) if found.note else reason,
        profile=SchoolProfile(*name, home),
        day=day,
    )
