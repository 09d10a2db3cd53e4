"""A count taken up again by what was done: ``kiểm tra 12 chi bộ``, and later ``qua 14 chi bộ được kiểm tra``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.scan import WholeWords, matches_from, places_of
from extractors.relations.reading import Reading
from extractors.relations.saying import PLANNED
from extractors.relations.years import stands_in_plan
from schemas.relation import Quantity, Relation

#: What bodies do to things that they count.
_VERBS = (
    "kiểm tra", "giám sát", "thanh tra", "kết nạp", "tổ chức", "khảo sát", "bồi dưỡng", "tập huấn", "khen thưởng",
    "sửa chữa", "thăm lớp", "dự giờ", "hỗ trợ", "tuyển dụng", "thành lập", "luân chuyển", "bổ nhiệm", "xây mới",
)  # fmt: skip
_DONE_AT = WholeWords(_VERBS)
_DONE = "|".join(_VERBS)
_ACTIVE = re.compile(rf"(?P<verb>{_DONE})(?: được)? (?P<n>\d{{1,4}}) (?=[^\W\d_])")
_RESUMED_AT = WholeWords(("qua", "việc", "trong số", "cả", "tất cả"))
_THINGS = r"(?P<things>[^\W\d_]+(?: [^\W\d_]+){0,3}?)"
_RESUMED = re.compile(
    rf"(?:qua|cả|tất cả|trong số) (?P<a>\d{{1,4}}) {_THINGS} (?:đã )?được (?P<passive>{_DONE})(?!\w)|"
    rf"việc (?P<active>{_DONE})(?: được)? (?P<b>\d{{1,4}}) (?=[^\W\d_])"
)
#: Some of them, or those of a part of the time; what is done once more counts anew.
_SOME = re.compile(
    r"(?<!\w)(?:riêng|trong đó|thêm|bổ sung|quý|tháng|học k[ỳì]|hk|đợt|lần|tuần|năm học trước|năm trước|khối|lớp \d|"
    r"phấn đấu|dự kiến|theo|tiếp tục|đột xuất|chuyên đề(?= \d))(?!\w)"
)
_ENDS = re.compile(r"[;:()]|[.,](?!\d)")
_REACH = 60
#: With what the cue of such pairs begins.
RESUMED = "số đã"
_FAR = 0.35


@dataclass(frozen=True)
class _Done:
    """So many things of one noun to which something was done, and the passage that says so."""

    verb: str
    noun: str
    value: int
    quantity: Quantity
    span: tuple[int, int]


def find_resumed(reading: Reading) -> Iterator[Relation]:
    """Counts that words take up again with another number, where the report states what was done only once before.

    ``Qua 14 chi bộ được kiểm tra`` and ``việc kết nạp 264 đoàn viên`` speak of all that were told; where any other
    passage counts as many to which the same was done, or only some of them, nothing follows.
    """
    resumed = list(_resumed(reading))
    if not resumed:
        return
    stated = list(_stated(reading))
    for again in resumed:
        same = [one for one in stated if (one.verb, one.noun) == (again.verb, again.noun)]
        apart = [one for one in same if not one.span[0] <= again.span[0] < one.span[1]]
        before = [one for one in apart if one.span[1] <= again.span[0]]
        if len(before) == len(apart) == 1 and _are_near(before[0].value, again.value):
            cue = f"{RESUMED} {again.verb} {again.noun}"
            yield Relation(
                kind="same", whole=None, parts=(before[0].quantity, again.quantity), exhaustive=True, cue=cue
            )


def _are_near(one: int, other: int) -> bool:
    """Whether two numbers are no more apart than one miswritten or counted anew."""
    return one != other and abs(one - other) <= _FAR * max(one, other)


def _resumed(reading: Reading) -> Iterator[_Done]:
    for block in reading.document.prose():
        for match in matches_from(
            _RESUMED, places_of(_RESUMED_AT, reading.lower, block.body, block.end), reading.lower, block.body, block.end
        ):
            name = "a" if match["a"] else "b"
            done = _done(reading, match, name, match["passive"] or match["active"], block.end)
            if done is not None and (name == "b" or match["things"].startswith(done.noun)):
                yield done


def _stated(reading: Reading) -> Iterator[_Done]:
    for block in reading.document.prose():
        if stands_in_plan(reading, block):
            continue
        for match in matches_from(
            _ACTIVE, places_of(_DONE_AT, reading.lower, block.body, block.end), reading.lower, block.body, block.end
        ):
            if reading.lower.endswith("việc ", block.body, match.start()):
                continue
            if (done := _done(reading, match, "n", match["verb"], block.end)) is not None:
                yield done


def _done(reading: Reading, match: re.Match[str], name: str, verb: str, end: int) -> _Done | None:
    """What a match says; None where it tells a plan, or some of what was done."""
    noun = reading.term_at("rel_unit", match.end(name) + 1, end)
    if noun is None:
        return None
    opening = max(
        (m.end() for m in _ENDS.finditer(reading.lower, max(0, match.start() - _REACH), match.start())), default=0
    )
    opening = max(opening, match.start() - _REACH, 0)
    stop = _ENDS.search(reading.lower, noun.end, end)
    last = min(stop.start() if stop else end, noun.end + _REACH)
    if PLANNED.search(reading.lower, opening, match.start(name)) or _SOME.search(reading.lower, opening, last):
        return None
    value = int(match[name])
    quantity = reading.quantity(
        value, match.span(name), (match.start(), noun.end), unit=reading.lower[noun.start : noun.end]
    )
    return _Done(verb, reading.lower[noun.start : noun.end], value, quantity, (match.start(), noun.end))
