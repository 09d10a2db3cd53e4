"""Documents: type, number, issuer and year make one, since numbering begins anew each January."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.names import body_symbols, document_type, expand, find_body, fold, proper, symbols
from pipelines.reconcile.places import find_place
from schemas import Citation
from schemas.vocabulary import Body

_SEPARATORS = re.compile(r"[-/.,_\s]+")
#: The body whose symbol (TW) stands for Bộ Chính trị and Ban Bí thư too.
_PARTY = "trung_uong"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A document number taken apart: ``29-NQ/TW`` and ``29/NQ-TW`` are the same.

    ``serial`` is without leading zeros; ``type_symbol`` is None where none is printed; ``rest`` is the
    body's symbol (its id where known) and what follows it; ``year`` is the year in the number.
    """

    serial: str
    type_symbol: str | None
    rest: tuple[str, ...]
    body: Body | None
    year: str | None


#: A serial number with the symbol of the type right behind it; one letter only marks it: ``12a``.
_GLUED = re.compile(r"(\d+)([^\W\d_]{2,})")


def parse_number(number: str) -> Number:
    """The parts of a printed number; separators, case and leading zeros do not matter."""
    tokens = [token for token in _SEPARATORS.split(fold(number).replace("&", "")) if token]
    serial, *others = tokens or [""]
    if (glued := _GLUED.fullmatch(serial)) is not None and glued[2] in symbols():
        serial, others = glued[1], [glued[2], *others]  # 17QĐ-TC/UB
    year = next((token for token in others if _YEAR.fullmatch(token)), None)
    others = [token for token in others if token != year]
    type_symbol = next((token for token in others if token in symbols()), None)
    if type_symbol:
        others.remove(type_symbol)
    body = next((body_symbols()[token] for token in others if token in body_symbols()), None)
    rest = tuple(body_symbols()[token].id if token in body_symbols() else token for token in others)
    return Number(serial.lstrip("0") or serial, type_symbol, rest, body, year)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A citation with what identifies its document. ``place`` and ``year`` are None while unknown."""

    source: Source
    citation: Citation
    identity: tuple[str, ...]
    level: str | None
    place: str | None
    year: str | None
    own: tuple[str, ...] = ()
    body: Body | None = None
    notes: tuple[str, ...] = ()

    @property
    def near(self) -> str:
        """Where a document of an unnamed local body is looked for."""
        return self.source.scope.home


def document_items(sources: Sequence[Source]) -> list[Item]:
    """One item for each citation that identifies a document by a number or a name.

    A citation that leaves the issuer or the year out joins the only document that it fits: the
    issuer among those cited in the same district, the year among the same number of the same issuer.
    """
    mentions = [
        replace(_mention(source, citation), own=_own_key(source, citation))
        for source in sources
        for citation in source.facts.citations
        if citation.number or citation.subject
    ]
    mentions = _fill(mentions, _issuer_group, _with_issuer)
    mentions = _fill(mentions, _serial_group, _with_symbol)
    mentions = _fill(mentions, _year_group, _with_year)
    return [_item(mention) for mention in mentions]


def _mention(source: Source, citation: Citation) -> _Mention:
    issuer = expand(citation.issuer) if citation.issuer else None
    year = citation.date[:4] if citation.date else None
    if citation.number is None:
        # A document that is only named is its issuer's; without one it is the district's.
        body = find_body(issuer) if issuer else _body_in_front(expand(_own_name(citation)))
        named = (_type(citation.doc_type, None), "", expand(_own_name(citation)))
        return _placed(source, citation, named, body, issuer, year)
    number = parse_number(citation.number)
    identity = (_type(citation.doc_type, number.type_symbol), number.serial, *number.rest)
    body = number.body or (find_body(issuer) if issuer else None)
    return replace(_placed(source, citation, identity, body, issuer, number.year or year), body=body)


def _own_key(source: Source, citation: Citation) -> tuple[str, ...]:
    """What identifies the document by the citing report alone."""
    mention = _mention(replace(source, scope=source.own), citation)
    place = f"?{source.own.home}" if mention.place is None else mention.place
    return (*mention.identity, mention.level or "", place, mention.year or "")


def _own_name(citation: Citation) -> str:
    """The subject without the type before it and the year behind it: ``Luật Giáo dục năm 2019`` → ``Giáo dục``."""
    subject = " ".join((citation.subject or "").split())
    if citation.date:
        subject = re.sub(rf"\s*(?:năm\s+)?{citation.date[:4]}$", "", subject)
    if fold(subject).startswith(f"{fold(citation.doc_type)} "):
        return " ".join(subject.split()[len(citation.doc_type.split()) :])
    return subject


def _body_in_front(name: str) -> Body | None:
    """The body of the centre with which a document's name begins: ``Trung ương 4 khóa XII``."""
    body = find_body(name)
    is_first = body is not None and any(name.startswith(expand(form)) for form in body.forms)
    return body if body is not None and is_first and body.level == "central" else None


def _type(name: str, symbol: str | None) -> str:
    """The type of a document: its symbol's, unless the name may bear the symbol too."""
    known = symbols().get(symbol or "", ())
    named = document_type(name)
    if not known or (named and named in known):
        return named.id if named else fold(name)
    return known[0].id


def _placed(
    source: Source,
    citation: Citation,
    identity: tuple[str, ...],
    body: Body | None,
    issuer: str | None,
    year: str | None,
) -> _Mention:
    """The mention with the place of its issuer, as far as the issuer or the symbol tells."""
    scope = source.scope
    place = find_place(issuer) if issuer else None
    level = body.level if body else None
    named = document_type(citation.doc_type)
    if level == "central" or (named and named.central and identity[0] == named.id):
        return _Mention(source, citation, identity, "central", "", year)
    if level in (None, "local", "school") and place:
        level = place.level
    name = place.name if place and place.level == level else None
    if name is None and level == "district":
        name = scope.district
    if name is None and level == "province":
        name = scope.province
    return _Mention(source, citation, identity, level if level not in ("local", "school") else None, name, year)


def _issuer_group(mention: _Mention) -> tuple[str, ...]:
    return mention.identity


def _with_issuer(mention: _Mention, others: Sequence[_Mention]) -> _Mention:
    if mention.place is not None:
        return mention
    fitting = {
        (other.level, other.place)
        for other in others
        if other.place is not None
        and mention.level in (None, other.level)
        and (mention.level == "province" or other.near == mention.near)
        and (mention.year is None or other.year in (None, mention.year))
    }
    if len(fitting) == 1:
        level, place = fitting.pop()
        note = "the issuer is the only one of that number cited in the district"
        return replace(mention, level=level, place=place, notes=(*mention.notes, note))
    return replace(mention, place=f"?{mention.near}")


def _serial_group(mention: _Mention) -> tuple[str, ...]:
    return mention.identity[:2]


def _with_symbol(mention: _Mention, others: Sequence[_Mention]) -> _Mention:
    """The mention with the number of the only document that its bare serial fits: ``Thông tư 58``."""
    if len(mention.identity) > 2 or not mention.citation.number:
        return mention
    fitting = {
        (other.identity, other.level, other.place): other
        for other in others
        if len(other.identity) > 2
        and other.citation.number
        and (other.level == "central" or other.near == mention.near)
        and mention.level in (None, other.level)
        and (mention.year is None or other.year in (None, mention.year))
        and _may_be_one(mention.body, other.body)
    }
    if len(fitting) != 1:
        return mention
    identity, level, place = next(iter(fitting))
    note = f"{mention.citation.number} is the beginning of one number only"
    return replace(mention, identity=identity, level=level, place=place, notes=(*mention.notes, note))


def _may_be_one(one: Body | None, other: Body | None) -> bool:
    """Whether two bodies may issue one document: TW is the symbol of all the party's central bodies."""
    return one is None or other is None or one == other or any(body.id == _PARTY for body in (one, other))


def _year_group(mention: _Mention) -> tuple[str, ...]:
    return (*mention.identity, mention.level or "", mention.place or "")


def _with_year(mention: _Mention, others: Sequence[_Mention]) -> _Mention:
    years = {other.year for other in others if other.year}
    if mention.year or len(years) != 1:
        return mention
    note = "cited without a date, and only one document of that number has one"
    return replace(mention, year=years.pop(), notes=(*mention.notes, note))


def _fill(
    mentions: Sequence[_Mention],
    group: Callable[[_Mention], tuple[str, ...]],
    resolve: Callable[[_Mention, Sequence[_Mention]], _Mention],
) -> list[_Mention]:
    """The mentions, each completed from those of its group."""
    groups: dict[tuple[str, ...], list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[group(mention)].append(mention)
    return [resolve(mention, groups[group(mention)]) for mention in mentions]


def _item(mention: _Mention) -> Item:
    citation = mention.citation
    place = mention.place if mention.place and not mention.place.startswith("?") else None
    parts = ["same number" if citation.number else "same name", "type"]
    parts += ["issuer"] if place or mention.level == "central" else ["district of the citing report"]
    parts += ["year"] if mention.year else []
    name = f"{citation.doc_type} {citation.number or _own_name(citation)}"
    return Item(
        kind="document",
        key=(*mention.identity, mention.level or "", mention.place or "", mention.year or ""),
        own=mention.own,
        name=name,
        report=mention.source.facts.layer.id,
        mentions=mention.source.mentions(citation, name),
        facets=(
            ("doc_type", citation.doc_type),
            ("number", citation.number),
            ("date", citation.date),
            ("year", mention.year),
            ("issuer", citation.issuer),
            ("place", proper(place)),
            ("subject", citation.subject),
        ),
        reason="; ".join((", ".join(parts), *mention.notes)),
        day=citation.date or mention.source.facts.report.date,
    )
