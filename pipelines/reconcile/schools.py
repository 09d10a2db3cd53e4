"""Schools: level, own name, ordinal and district make one; a bare name takes its report's district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.names import proper, school_key
from schemas import School


def school_items(sources: Sequence[Source]) -> list[Item]:
    """One item a school record.

    A school of a report that belongs to no district is that of the only district which has a school
    of its level, name and ordinal; where several have one it stays apart, and where none has one it
    is one school over all such reports.
    """
    found = [(source, school, school_key(school)) for source in sources for school in source.facts.schools]
    districts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for source, _, name in found:
        if source.scope.district:
            districts[name].add(source.scope.district)
    return [_item(source, school, name, districts[name]) for source, school, name in found]


def _item(source: Source, school: School, name: tuple[str, ...], candidates: Iterable[str]) -> Item:
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
        reason = "same level, own name and ordinal, in no known district"
    apart = source.scope.home if district is None and known else ""
    return Item(
        kind="school",
        key=(*name, district or "", apart),
        name=school.name,
        report=source.facts.layer.id,
        mentions=source.mentions(school),
        facets=(
            ("level", school.level),
            ("own_name", school.own_name),
            ("ordinal", school.ordinal),
            ("place", school.place),
            ("district", proper(district)),
        ),
        reason=reason,
    )
