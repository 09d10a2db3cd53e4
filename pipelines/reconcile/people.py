"""People: a name, tones included, within a district or an issuer. One name in two districts stays two."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.names import expand, fold, proper
from pipelines.reconcile.places import find_place
from schemas import Official


def person_items(sources: Sequence[Source]) -> list[Item]:
    """One item an official record: people who hold no post are not reconciled."""
    return [_item(source, official) for source in sources for official in source.facts.officials]


def _item(source: Source, official: Official) -> Item:
    district = _district(source, official)
    home = district or source.scope.home
    where = f"the district {proper(district)}" if district else "reports of the same issuer"
    return Item(
        kind="person",
        key=(fold(official.person), home),
        name=official.person,
        report=source.facts.layer.id,
        mentions=source.mentions(official),
        facets=(
            ("posts", official.post),
            ("district", proper(district)),
            ("first_seen", official.as_of or source.facts.report.date),
            ("last_seen", official.as_of or source.facts.report.date),
        ),
        reason=f"same name, tones included, in {where}",
    )


def _district(source: Source, official: Official) -> str | None:
    """The district of the person's body where it names one, else the report's."""
    place = find_place(expand(official.organization)) if official.organization else None
    if place and place.level == "district" and place.name:
        return place.name
    return source.scope.district
