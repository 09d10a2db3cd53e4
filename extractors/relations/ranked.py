"""Places in a ranking and by how many they rose or fell: ``xếp thứ 21, tăng 5 bậc so với năm trước (thứ 28)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.stepping import EARLIER
from schemas.relation import Quantity, Relation

_UNIT = r"(?:thứ )?(?:bậc|hạng|bực|vị trí|thứ bậc)"
_UNIT_AT = Words(("bậc", "hạng", "bực", "vị trí"))
_UP = r"tăng|tiến|vươn|nâng|lên|thăng|cải thiện|cao hơn|vượt|nhảy|leo|nhích|bật|vọt|trèo"
_DOWN = r"giảm|tụt|xuống|lùi|hạ|sụt|rớt|rơi|trượt|mất|thấp hơn|kém"
#: By how many places: ``tăng 5 bậc``, ``tụt xuống 3 hạng``, ``vươn lên được 4 bậc``.
_STEP = re.compile(
    rf"(?<!\w)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: (?:thêm|lên|xuống|được|mất|đi|hẳn|tới|đến))* "
    rf"(?P<n>\d{{1,2}}) {_UNIT}(?! [iv1-4]{{1,3}}(?!\w))"
)
#: One place: ``thứ 21/63``, ``hạng 4``, ``vị trí số 7``, ``vị thứ 12``.
_PLACE = (
    r"(?:(?:xếp|đứng|ở|giữ|là|vị) )*(?:vị trí|vị thứ|thứ hạng|thứ|hạng)(?: thứ| số)? "
    r"(?P<{}>\d{{1,3}})(?:/\d{{1,3}})?(?![\d.,]?\d)"
)
_NEW = re.compile(rf"(?<!\w){_PLACE.format('new')}")
#: The old place behind the change, and the old and the new one of ``từ … lên …``.
_OLD = re.compile(
    rf"[^.;\d]{{0,20}}(?:so với )?(?:{EARLIER})?(?: (?:là|xếp))? ?[(,:]?[^.;()\d]{{0,24}}{_PLACE.format('old')}"
)
_FROM = re.compile(
    rf"(?<!\w)từ {_PLACE.format('old')}[^.;()\d]{{0,40}}(?:lên|xuống|đến|tới|còn)(?: xếp)? {_PLACE.format('new')}"
)
_REACH = 110


def find_ranked(reading: Reading) -> Iterator[Relation]:
    """The changes of a place with both places, in one sentence; a rise makes the number of a place smaller."""
    if not holds(_UNIT_AT, reading.lower, 0, len(reading.lower)):
        return
    for block in reading.document.prose():
        for start, end in reading.document.sentences(block):
            for step in _STEP.finditer(reading.lower, start, end):
                places = _ends(reading, step, start, end)
                if places is not None:
                    yield _change(reading, step, *places)


def _ends(reading: Reading, step: re.Match[str], start: int, end: int) -> tuple[Quantity, Quantity] | None:
    """The new and the old place around a change; None where it is not told between two places."""
    lower, first = reading.lower, max(start, step.start() - _REACH)
    moves = [match for match in _FROM.finditer(lower, first, min(end, step.end() + _REACH)) if _is_apart(match, step)]
    if len(moves) == 1:
        return _place(reading, moves[0], "new"), _place(reading, moves[0], "old")
    new = list(_NEW.finditer(lower, first, step.start()))
    old = _OLD.match(lower, step.end(), end)
    if len(new) == 1 and old is not None and not _STEP.search(lower, step.end(), old.end()):
        return _place(reading, new[0], "new"), _place(reading, old, "old")
    return None


def _is_apart(match: re.Match[str], step: re.Match[str]) -> bool:
    return match.end() <= step.start() or step.end() <= match.start()


def _place(reading: Reading, match: re.Match[str], name: str) -> Quantity:
    return reading.quantity(int(match[name]), match.span(name), match.span(), unit=RANK)


#: The unit of places.
RANK = "bậc"


def _change(reading: Reading, step: re.Match[str], new: Quantity, old: Quantity) -> Relation:
    way = -1 if step["up"] else 1
    size = reading.quantity(way * int(step["n"]), step.span("n"), step.span(), unit=RANK)
    return Relation(kind="change", whole=new, parts=(size, old), exhaustive=True, cue="up" if step["up"] else "down")
