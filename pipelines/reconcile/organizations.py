"""Bodies: the normalised name within the place that it serves. ``Phòng GD&ĐT`` is its district's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.names import expand, find_body, fold, proper
from pipelines.reconcile.places import Place, ReportScope, after_body, split_place
from schemas import Citation, Evidence, Official, Record, Report


def organization_items(sources: Sequence[Source]) -> list[Item]:
    """One item for each record that names a body: a post's, a report's issuer, a cited document's issuer."""
    return [item for source in sources for item in _items(source)]


def _items(source: Source) -> Iterator[Item]:
    for record in source.facts.records:
        name = _body_of(record)
        if name:
            yield _item(source, record, name)


def _body_of(record: Record) -> str | None:
    if isinstance(record, Official):
        return record.organization
    return record.issuer if isinstance(record, (Report, Citation)) else None


def _item(source: Source, record: Record, name: str) -> Item:
    body, own = locate_body(source.scope, name), locate_body(source.own, name)
    if body.level == "central":
        reason = "same name, one of its kind in the country"
    elif body.place:
        reason = f"same name, abbreviations written out, of the same place ({proper(body.place)})"
    else:
        reason = "same name, abbreviations written out, in reports of the same issuer or district"
    return Item(
        kind="organization",
        key=body.key,
        own=own.key,
        name=name,
        report=source.facts.layer.id,
        mentions=source.mentions(record, name, _passages(source, record, name)),
        facets=(("level", body.level or None), ("place", proper(body.place))),
        reason=reason,
        day=source.facts.report.date,
    )


@dataclass(frozen=True, slots=True)
class LocatedBody:
    """A body by its expanded name without its place, its level (empty where unknown) and its place.

    ``place`` is None where neither the name nor the report says it; ``home`` then tells it from
    bodies of the same name elsewhere. Bodies of the centre have neither.
    """

    head: str
    level: str
    place: str | None
    home: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two bodies one: many districts have a commune of one name."""
        where = f"{self.place}, {self.home}" if self.place and self.level == "commune" else self.place or self.home
        return self.head, self.level, where


def locate_body(scope: ReportScope, name: str) -> LocatedBody:
    """The body of a name in a report: ``UBND huyện`` is that of the report's own district."""
    full = expand(name)
    body = find_body(full)
    split = split_place(full)
    if split:
        head, place = split
        level = place.level if body is None or body.level == "local" else body.level
        return LocatedBody(head or full, level, _own_place(scope, place), scope.home)
    if body is None:
        # A body that the vocabulary does not know (Tổ Toán) is taken for the issuer's own.
        return LocatedBody(full, "", None, scope.issuer or scope.home)
    if body.level == "central":
        return LocatedBody(full, "central", None, "")
    if body.level in ("district", "province"):
        rest = after_body(full, body)
        head = fold(full[: len(full) - len(rest)]) if rest else full
        own = scope.district if body.level == "district" else scope.province
        return LocatedBody(head, body.level, rest or own, scope.home)
    return LocatedBody(full, body.level if body.level == "school" else "", None, scope.home)


def _own_place(scope: ReportScope, place: Place) -> str | None:
    """The folded name of a place; a bare ``huyện`` or ``tỉnh`` is the report's own."""
    own = {"district": scope.district, "province": scope.province}.get(place.level)
    is_own = place.name and own and own.startswith(f"{place.name} (")
    return own if is_own or not place.name else place.name


def _passages(source: Source, record: Record, name: str) -> tuple[Evidence, ...]:
    """Where the name stands in the record's passages; the passages themselves where it is only implied."""
    words = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    found = [
        source.facts.layer.evidence(passage.start + match.start(), passage.start + match.end())
        for passage in record.evidence
        for match in words.finditer(passage.quote)
    ]
    return tuple(found) or record.evidence
