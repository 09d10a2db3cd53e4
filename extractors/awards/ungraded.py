"""Prizes of no said grade or number that somebody named won (``em A đạt giải cấp tỉnh``), and prizes of two levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import Words, matches_from, places_of
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.winner import Winner
from extractors.awards.winners import named_before
from schemas.records import Award

_GIAI_AT = Words(("giải",))
_OF_LEVEL = re.compile(
    r"(?:(?<=đạt )|(?<=đoạt )|(?<=giành )|(?<=giành được ))giải (?:cao )?(?=(?:cấp (?:trường|cụm|xã|huyện|quận|thị xã"
    r"|thành phố|tỉnh|khu vực|bộ|quốc gia|quốc tế)|quốc gia|quốc tế|toàn quốc|khu vực|châu á)(?!\w))"
)
#: Between who won it and the verb: what says of others that they won.
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:có|nhiều|các|những|một số|học trò|đội|tuyển|bồi dưỡng|hướng dẫn|dạy|giúp|đưa|trao|khi|nếu|không|chưa"
    r"|cùng|tặng|để|từng)(?!\w)|[;:]"
)
_FAR = 100
_CLAUSE = re.compile(r"[;.(:\n]")
_TWO = 2


def ungraded(context: Context, block: Block, atoms: Sequence[Atom]) -> Iterator[tuple[Atom, Winner]]:
    """The prizes that a block tells only by their level, with the person who won each."""
    lowered = context.document.lower
    for match in matches_from(
        _OF_LEVEL, places_of(_GIAI_AT, lowered, block.body, block.end), lowered, block.body, block.end
    ):
        atom = Atom(match.start(), match.end() - 1, "prize", "giai", None)
        if any(other.start < atom.end and atom.start < other.end for other in atoms):
            continue
        if context.is_wish(block, atom.start, atom.end):
            continue
        winners = named_before(context, block, atom)
        if not winners or not all(winner.person for winner in winners):
            continue
        last = winners[-1].end
        if atom.start - last < _FAR and last < atom.start and not _OF_OTHERS.search(lowered, last, atom.start):
            yield from ((atom, winner) for winner in winners)


def at_each_level(context: Context, block: Block, atom: Atom, award: Award) -> Iterator[Award]:
    """The award, once for each of two levels told behind it: ``giải Nhất … cấp huyện và cấp tỉnh``."""
    document = context.document
    stop = _CLAUSE.search(document.text, atom.end, block.end)
    end = stop.start() if stop else block.end
    next_one = next((other.start for other in context.atoms(block.body, block.end) if other.start >= atom.end), end)
    terms = document.terms("level", atom.end, min(end, next_one))
    if atom.count is not None or len(terms) != _TWO or document.lower[terms[0].end : terms[1].start] != " và ":
        yield award
        return
    for term in terms:
        yield award.model_copy(update={"level": context.level_of(term)})


def with_entrants(awards: Sequence[Award]) -> Iterator[Award]:
    """The awards of a block, the grades into which a total is broken down out of as many as the total."""
    whole: Award | None = None
    left = 0
    for award in awards:
        if award.prize == "giai" and award.count and award.participants:
            whole, left = award, award.count
        elif whole and award.prize == "giai":
            whole = None
        elif whole and _is_part(award, whole, left):
            left -= award.count or 0
            award = award.model_copy(update={"participants": whole.participants})
        yield award


def _is_part(award: Award, whole: Award, left: int) -> bool:
    same = (award.kind, award.contest, award.level) == (whole.kind, whole.contest, whole.level)
    same = same and award.recipient == whole.recipient
    return same and award.participants is None and 0 < (award.count or 0) <= left
