"""Numbers of rooms over a list in which some are counted and each of the others is named: ``5 phòng gồm Vật lý, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.announced import TOGETHER
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading
from extractors.relations.structure import Level, Segment
from schemas.relation import Quantity, Relation

#: What is counted and named by what it serves for.
_UNITS = ("phòng", "phòng học", "phòng bộ môn", "phòng chức năng", "tổ", "tổ chuyên môn", "câu lạc bộ", "đội tuyển")
_AT = Words(("phòng", "tổ ", "câu lạc bộ", "đội tuyển"))
_OPENS = re.compile(
    r"(?: (?!và |trong |với |của |cho |đã |còn |thiếu )[^\W\d_]+){0,4}?,? ?"
    r"(?:(?:gồm có|bao gồm|gồm|đó là|là)(?: các)? ?:? ?|: ?|\()"
)
_PIECE = re.compile(
    rf"(?:(?P<n>0?\d{{1,2}}) (?P<noun>phòng|tổ|câu lạc bộ|đội)(?: [^\W\d_]+){{1,5}}"
    rf"|(?P<named>(?:phòng|tổ|câu lạc bộ|đội|nhà|văn phòng|hội trường|thư viện)(?: [^\W\d_]+){{0,5}})"
    rf"|(?P<name>[{UPPER}][^\W\d_]+(?: [^\W\d_]+){{0,3}}))(?: ?\([^()\d]*\))?"
)
_AND = re.compile(r" (?:và|cùng) (?=\d|[^\W\d_])")
_MORE = re.compile(r"(?<!\w)(?:khác|còn lại|v\.v)(?!\w)")
_END = re.compile(r"[.;)](?!\d)|$|\n")
_NEAR, _LEAST = 2, 3


def find_mixed(reading: Reading, level: Level) -> Iterator[Relation]:
    """Counts whose list counts some of its members and names each of the others, behind a colon or ``gồm``.

    What is named is one; a part that is counted has the value of its count.
    """
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    for segment in level.segments:
        for amount in segment.amounts:
            if amount.unit in _UNITS and usable(amount) and amount.of is None and amount.value > 1:
                yield from _mixed(reading, level, segment, amount)


def _mixed(reading: Reading, level: Level, segment: Segment, amount: Amount) -> Iterator[Relation]:
    opened = _OPENS.match(reading.lower, amount.unit_end, level.end)
    if opened is None:
        return
    end = _END.search(reading.text, opened.end(), level.end)
    last = end.start() if end is not None else level.end
    if TOGETHER.search(reading.lower, opened.end(), last) or _MORE.search(reading.lower, opened.end(), last):
        return
    pieces = _pieces(reading, opened.end(), last)
    read = [_PIECE.fullmatch(reading.text, *piece) or _PIECE.fullmatch(reading.lower, *piece) for piece in pieces]
    counted = [match for match in read if match is not None and match["n"]]
    if len(read) < _LEAST or None in read or not counted or len(counted) == len(read):
        return
    parts = [_part(reading, match) for match in read if match is not None]
    made = sum(part.value for part in parts)
    if abs(made - amount.value) <= _NEAR:
        whole = quantity(reading, amount, segment, last=opened.end())
        yield Relation(kind="list", whole=whole, parts=tuple(parts), exhaustive=True, cue=MIXED)


#: The cue of such lists.
MIXED = "mixed"


def _pieces(reading: Reading, start: int, end: int) -> Sequence[tuple[int, int]]:
    """What commas and a last ``và`` part, without the blanks around it."""
    cuts = [m.span() for m in re.finditer(r",(?!\d)", reading.text[start:end])]
    ands = [m.span() for m in _AND.finditer(reading.text[start:end])]
    cuts = sorted({*cuts, *(span for span in ands[-1:] if not cuts or span[0] > cuts[-1][1])})
    begins, stops = [0, *(stop for _, stop in cuts)], [*(first for first, _ in cuts), end - start]
    found = []
    for first, last in zip(begins, stops, strict=True):
        text = reading.text[start + first : start + last]
        lead = len(text) - len(text.lstrip())
        if reading.lower.startswith("và ", start + first + lead):
            lead += 3
        found.append((start + first + lead, start + last - (len(text) - len(text.rstrip()))))
    return found


def _part(reading: Reading, match: re.Match[str]) -> Quantity:
    thing = reading.thing(*match.span())
    return thing.model_copy(update={"value": int(match["n"])}) if match["n"] else thing


def without_mixed(found: Sequence[Relation], mixed: Sequence[Relation]) -> list[Relation]:
    """The relations without sums of a whole of which only the counted members were read."""
    wholes = {relation.whole.evidence.start for relation in mixed if relation.whole is not None}
    return [r for r in found if r.kind != "sum" or r.whole is None or r.whole.evidence.start not in wholes]
