"""The administrative map with time: provinces, districts and communes, when each held, and what it became.

The wards of the reform of 1 July 2025 come from the table that ships with underthesea; earlier changes from
``place_changes.yml``. Names are without their unit (``Nam Trực``), folded for comparison by `names.fold`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pipelines.errors import UsageError
from pipelines.reconcile.names import fold
from schemas.vocabulary import PlaceChange, vocabulary

Level = Literal["province", "district", "commune"]
#: First day on which there were no districts any more, and the last day of the districts.
REFORM = "2025-07-01"
LAST_DAY = "2025-06-30"
_UNIT = re.compile(r"^(Thành phố|Tỉnh|Thị xã|Thị trấn|Quận|Huyện|Phường|Xã|Đặc khu)\s+", re.I)


class Unit(NamedTuple):
    """One place while it held. ``since`` and ``until`` are its first and last day; None where not known or open.

    ``name`` is folded and without its unit word; ``unit`` is that word, lower case, where known.
    ``district`` and ``province`` are what it lay in, folded; empty where it is such itself or none held.
    """

    level: Level
    name: str
    unit: str
    district: str
    province: str
    since: str | None
    until: str | None

    def held_on(self, day: str | None) -> bool:
        """Whether the place existed on a day (cut short: at its beginning); a day of None is any."""
        return day is None or ((self.since or "") <= day and (self.until is None or day <= self.until))


def _order(unit: Unit) -> tuple[str, ...]:
    return tuple(part or "" for part in unit)


class Gazetteer:
    """All known units by name, and what they became."""

    def __init__(self, units: Iterable[Unit], became: dict[Unit, tuple[Unit, ...]]) -> None:
        self._by_name: dict[tuple[Level, str], list[Unit]] = defaultdict(list)
        self._within: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._became = became
        self._former: dict[Unit, set[Unit]] = defaultdict(set)
        for unit in sorted(set(units), key=_order):
            self._by_name[unit.level, unit.name].append(unit)
            if unit.level == "commune":
                self._within[unit.district, unit.province].add(unit.name)
        for old, new in became.items():
            for unit in new:
                self._former[unit].add(old)

    def read(
        self,
        name: str,
        level: Level,
        *,
        on: str | None = None,
        district: str | None = None,
        province: str | None = None,
    ) -> list[Unit]:
        """The readings of a bare name on a day, within a district and a province where they are known.

        ``Nam Mỹ`` of a report of Nam Trực in 2019 is one commune, without its district several.
        """
        return [
            unit
            for unit in self._by_name.get((level, fold(name)), ())
            if unit.held_on(on)
            and (not district or unit.district == fold(district))
            and (not province or unit.province == fold(province))
        ]

    def became(self, unit: Unit) -> tuple[Unit, ...]:
        """What a unit became when it ended; empty where it still holds or that is not known."""
        return self._became.get(unit, ())

    def former(self, unit: Unit) -> tuple[Unit, ...]:
        """What a unit was made of, by name."""
        return tuple(sorted(self._former.get(unit, ()), key=_order))

    def province_of(self, district: str, *, on: str | None = None) -> str | None:
        """The only province that had a district of this name; None where there are none or several."""
        found = {unit.province for unit in self.read(district, "district", on=on)}
        return found.pop() if len(found) == 1 else None

    def district_of(self, commune: str, province: str | None, *, on: str) -> str | None:
        """The only district in which a commune of that day lies or, after the reform, lay; else None."""
        found: set[str] = set()
        for unit in self.read(commune, "commune", on=on, province=province):
            found |= {unit.district} if unit.district else {old.district for old in self.former(unit) if old.district}
        return found.pop() if len(found) == 1 else None

    def communes(self, district: str, province: str | None = None) -> frozenset[str]:
        """The folded names of the communes of a district; of all districts of that name without a province."""
        within = {
            name
            for (other, of_province), names in self._within.items()
            if other == fold(district) and (province is None or of_province == fold(province))
            for name in names
        }
        return frozenset(within)


def _table() -> Path:
    """The table of wards in the installed underthesea, whose own code (a second to load) is not needed."""
    spec = find_spec("underthesea")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("the package underthesea is not installed; install it with pip install underthesea==9.5.0")
    return Path(spec.submodule_search_locations[0], "address", "data", "mapping.json")


@cache
def gazetteer() -> Gazetteer:
    """The map. Takes about half a second the first time."""
    rows = json.loads(_table().read_text(encoding="utf-8"))["ward_mapping"]
    lasting = {_split(row["new_province"])[1] for row in rows}
    became: dict[Unit, set[Unit]] = defaultdict(set)
    for row in rows:
        for old, new in _changes(row, lasting):
            became[old] |= {new} - {old}
    units = {unit for old, new in became.items() for unit in (old, *new)}
    for old, new in list(_earlier(units)):
        units |= {old, new}
        became[old].add(new)
    return Gazetteer(units, {old: tuple(sorted(new, key=_order)) for old, new in became.items()})


def _changes(row: dict[str, Any], lasting: set[str]) -> Iterator[tuple[Unit, Unit]]:
    """What one row of the table tells of its ward, its district and its province: before and after the reform.

    A province whose name lasts is one before and after.
    """
    province_unit, province = _split(row["old_province"])
    district_unit, district = _split(row["old_district"])
    ward_unit, ward = _split(row["old_ward"])
    new_unit, new_ward = _split(row["new_ward"])
    new_province_unit, new_province = _split(row["new_province"])
    new = Unit("commune", new_ward, new_unit, "", new_province, REFORM, None)
    yield Unit("commune", ward, ward_unit, district, province, None, LAST_DAY), new
    yield Unit("district", district, district_unit, "", province, None, LAST_DAY), new
    ended = Unit("province", province, province_unit, "", "", None, None if province in lasting else LAST_DAY)
    yield ended, Unit("province", new_province, new_province_unit, "", "", None, None)


def _earlier(units: set[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """The changes before the reform, as far as ``place_changes.yml`` knows them."""
    known = {(unit.level, unit.name, unit.province): unit for unit in units}
    for change in vocabulary(PlaceChange):
        province = fold(change.province or "")
        last = _day_before(change.since)
        old = Unit(change.level, fold(change.forms[0]), "", "", province, None, last)
        for name in change.into:
            new = known.get((change.level, fold(name), province))
            yield old, new or Unit(change.level, fold(name), "", "", province, change.since, None)


def _day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@cache
def _split(full: str) -> tuple[str, str]:
    """The unit word and the folded name: ``Huyện Nam Trực`` → huyện, nam trực; ``Quận 1`` → quận, 1."""
    match = _UNIT.match(full)
    return (fold(match.group(1)), fold(full[match.end() :])) if match else ("", fold(full))
