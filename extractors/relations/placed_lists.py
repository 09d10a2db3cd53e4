"""Winners announced by a number and named by places: ``tặng cờ 5 trường: nhất - MN An; nhì - MN Bình, MG Cúc``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import WholeWords, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.pieces import chunks, trimmed
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level
from schemas.relation import Relation

_FAMILIES = {"pupil", "staff", "person", "school", "site", "place", "cell", "any", "prize"}
_PLACES = WholeWords(("nhất", "nhì"))
_PLACE = re.compile(
    r"(?:(?:và )?(?:đồng )?(?:giải|hạng|loại|cờ|xếp) )?"
    r"(?:đặc biệt|xuất sắc|thứ (?:nhất|nhì|ba|tư)|nhất|nhì|ba|tư|khuyến khích|kk|a|b|c)"
    r"(?: (?:toàn đoàn|thuộc về|gồm|là|cho|có|được trao cho))*(?: ?[:–-] ?| )"
    r"(?:(?:các|hai|ba|bốn|\d) (?=trường|đơn vị|em|học sinh|đội|thầy|cô))?"
)
#: Between the number and the first place.
_OPENS = re.compile(r"[^.;:()\d]{0,60}:\s*")
_PIECE = re.compile(r"[^;]+")
_END = re.compile(r"\.(?=\s|$)|\n")
#: One winner: its name begins with a capital, behind what it is called.
_WINNER = re.compile(
    rf"(?:(?:trường|đơn vị|đội|em|học sinh|thầy|cô|chi đội|chi đoàn|liên đội|lớp|xã|phường|huyện|tổ) )*"
    rf"[{UPPER}][{UPPER}{LOWER}\d&.'’/-]*(?: [{UPPER}\d(][{UPPER}{LOWER}\d&.'’()/-]*| (?:số|xã|thị|trấn|chuyên|và) )*"
    r"[^,;]{0,24}"
)
#: What is said of those who won, and of those among whom they did.
_WON = re.compile(r"(?<!\w)(?:giải|cờ|thưởng|khen|tặng|trao|đoạt|vinh danh|xướng|thắng)(?!\w)")
_ENTERED = re.compile(r"(?<!\w)(?:dự thi|tham gia|tham dự|tranh tài|trong (?:số )?\d+)(?!\w)")
_LEAST = 3


def find_placed_lists(reading: Reading, level: Level) -> Iterator[Relation]:
    """Counts with a colon and the names of those counted behind it, under the place of each."""
    if not holds(_PLACES, reading.lower, level.start, level.end):
        return
    for segment in level.segments:
        for amount in segment.amounts:
            if usable(amount) and amount.of is None and amount.family in _FAMILIES and amount.value >= _LEAST:
                names = _named(reading, level, amount)
                if len(names) >= _LEAST:
                    parts = tuple(reading.thing(*name) for name in names)
                    whole = quantity(reading, amount, segment)
                    yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue=":")


def _named(reading: Reading, level: Level, amount: Amount) -> list[tuple[int, int]]:
    """The winners under all places; none where there is one place only, or a piece is something else."""
    opened = _OPENS.match(reading.lower, max(amount.end, amount.unit_end), level.end)
    said = reading.lower[max(level.start, amount.start - 40) : opened.end()] if opened is not None else ""
    if opened is None or not _WON.search(said) or _ENTERED.search(said):
        return []
    stop = _END.search(reading.text, opened.end(), level.end)
    end = stop.start() if stop is not None else level.end
    found: list[tuple[int, int]] = []
    places = 0
    for start, last in trimmed(reading, (m.span() for m in _PIECE.finditer(reading.text, opened.end(), end))):
        place = _PLACE.match(reading.lower, start, last)
        if place is None:
            return []
        winners = list(trimmed(reading, chunks(reading, place.end(), last, ",")))
        winners = [(first + 3 * reading.lower.startswith("và ", first), stop) for first, stop in winners]
        if not winners or not all(_WINNER.fullmatch(reading.text, *winner) for winner in winners):
            return []
        found += winners
        places += 1
    return found if places > 1 else []
