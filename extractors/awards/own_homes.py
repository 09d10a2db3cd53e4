"""Schools that a report calls by their own names alone: ``Nam Mỹ 4 giải``, ``cô A (Nam Mỹ)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors._shared.numbers import view_offset
from extractors._shared.places import bare, fold
from extractors._shared.view import CAPITAL, fold_tone_style
from extractors.awards.context import Context
from schemas.records import Award, School

#: Recipients that are people, unless several prizes are told of one.
_PEOPLE = ("student", "teacher")
#: Behind a name, in brackets or behind a dash at the end of its item.
_HOME = re.compile(
    rf" ?(?:\((?P<home>[{CAPITAL}][^\d,;:()\n]{{2,30}}?(?: \d)?)\)"
    rf"|- (?P<last>[{CAPITAL}][^\d,;:()\n]{{2,30}}?(?: \d)?)(?=\.?$|[,;)]))",
    re.M,
)


def with_own_names(context: Context, awards: Iterable[Award]) -> Iterator[Award]:
    """The awards, of a recipient that is a school's own name the school with it."""
    called = _by_own_name(context)
    for award in awards:
        schools = called.get(fold(award.recipient), []) if award.recipient and not award.school else []
        person = award.recipient_kind in _PEOPLE and (award.count or 0) < 2
        at = view_offset(context.document, award.evidence[0].start) if schools else 0
        school = None if person else _one_of(context, schools, at)
        if school is None:
            yield award
        else:
            yield award.model_copy(update={"school": school.name, "recipient_kind": "school"})


def school_called(context: Context, start: int, end: int) -> School | None:
    """The one school that a range names, in full or by its own name alone; None where it names none or several."""
    named = context.schools_in(start, end)
    if named:
        return named[0][2] if len(named) == 1 else None
    return _one_of(context, _by_own_name(context).get(fold(context.document.text[start:end]), []), start)


def own_home(context: Context, end: int) -> School | None:
    """The school that stands by its own name right behind a person's name that ends at a position; None for none."""
    document = context.document
    match = _HOME.match(document.text, end)
    if match is None:
        return None
    start, stop = match.span("home" if match["home"] else "last")
    return _one_of(context, _by_own_name(context).get(fold(document.text[start:stop]), []), start)


def _by_own_name(context: Context) -> dict[str, list[School]]:
    """The schools of a report by their own names, with and without the word for their commune."""
    called: dict[str, list[School]] = {}
    for school in dict.fromkeys(school for _, _, school in context.schools):
        number = "" if school.ordinal is None else f" {school.ordinal}"
        for name in {fold(fold_tone_style(school.own_name)), fold(bare(school.own_name))}:
            called.setdefault(name + number, []).append(school)
    return called


def _one_of(context: Context, schools: list[School], at: int) -> School | None:
    """The one of several schools of one name that is meant at a position: the one of the level told there."""
    if len(schools) <= 1:
        return schools[0] if schools else None
    level = context.document.level(context.document.block_at(at))
    fitting = [school for school in schools if school.level == level]
    return fitting[0] if len(fitting) == 1 else None
