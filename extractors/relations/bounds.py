"""Numbers that cannot exceed one another though no sign joins them: a place among so many, ballots, who passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block
from extractors._shared.scan import holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Quantity, Relation

#: ``xếp thứ 21/19 đoàn``, ``đứng thứ 9 trên 8 trường``: a place among those counted behind it.
_RANK = re.compile(
    r"(?<!\w)(?:xếp|đứng|đạt|vị) (?:vị )?(?:thứ|hạng)(?: hạng)? (?P<place>\d{1,3})"
    r"(?: ?/ ?| trên (?:tổng số )?| trong (?:tổng )?số )(?P<size>\d{1,3}) (?=[^\W\d_])"
)
_RANKED = ("school", "place", "cell", "pupil", "person", "class", "staff")
_RANK_WORDS = ("thứ", "hạng")
#: ``Phiếu phát ra 117, thu về 115, hợp lệ 114``: each of them out of the one before.
_BALLOTS = re.compile(
    r"(?<!\w)(?:phát ra|thu về|hợp lệ)(?:(?: là|:|:? có)? (?P<count>\d{1,4}))(?![\d.,/]\d)(?! ?%)(?: phiếu)?"
)
_STEPS = ("phát ra", "thu về", "hợp lệ")
#: Who was examined, and how many of them passed.
_EXAMINED = re.compile(r"(?<!\w)(?:dự thi|dự kiểm tra|được kiểm tra|khảo sát|kiểm tra|dự xét|được xét)(?!\w)")
_PASSED = re.compile(r"(?<!\w)(?:đạt|đỗ|đậu|đạt yêu cầu|đạt giải|đoạt giải)(?: được| giải)?:? $")
_PEOPLE = ("pupil", "staff", "person")


def find_bounds(reading: Reading, level: Level) -> Iterator[Relation]:
    """Ratios whose two numbers stand apart; each is complete, since none of them can exceed its whole."""
    if holds(("phát ra",), reading.lower, level.start, level.end):
        yield from _ballots(reading, level)
    yield from _passed(reading, level)


def find_ranks(reading: Reading, block: Block) -> Iterator[Relation]:
    """Places among so many; the two numbers of ``thứ 14/12`` are no amounts by themselves."""
    if not holds(_RANK_WORDS, reading.lower, block.body, block.end):
        return
    for match in _RANK.finditer(reading.lower, block.body, block.end):
        noun = reading.term_at("rel_unit", match.end(), min(block.end, match.end() + 40))
        if noun is None or noun.id not in _RANKED:
            continue
        first, last = (match.start(), noun.end)
        size = reading.quantity(int(match["size"]), match.span("size"), (match.start("size"), last))
        span = (match.start("place"), match.end("size"))
        place = reading.quantity(int(match["place"]), span, (first, last))
        yield Relation(kind="ratio", whole=size, parts=(place,), exhaustive=True, cue="rank")


def _ballots(reading: Reading, level: Level) -> Iterator[Relation]:
    for start, end in _sentences(level):
        found: list[tuple[int, Quantity]] = []
        for match in _BALLOTS.finditer(reading.lower, start, end):
            step = next(index for index, word in enumerate(_STEPS) if match[0].startswith(word))
            count = reading.quantity(int(match["count"]), match.span("count"), match.span())
            if found and found[-1][0] == step - 1:
                yield Relation(kind="ratio", whole=found[-1][1], parts=(count,), exhaustive=True, cue="apart")
            found.append((step, count))


def _sentences(level: Level) -> Iterator[tuple[int, int]]:
    for run in by_sentence(level.segments):
        yield run[0].start, run[-1].end


def _passed(reading: Reading, level: Level) -> Iterator[Relation]:
    """``Khảo sát 410 học sinh lớp 5: đạt 403 em``: those who passed out of those examined, in one sentence."""
    for run in by_sentence(level.segments):
        rows = [(amount, segment) for segment in run for amount in segment.amounts]
        if len(rows) < 2 or not _EXAMINED.search(reading.lower, run[0].start, run[-1].end):
            continue
        if any(reading.has("rel_target", s.start, s.end) or reading.has("rel_some", s.start, s.end) for s in run):
            continue
        (whole, where), (part, place) = rows[0], rows[1]
        if _are_examined(reading, rows[0], run) and _is_passed(reading, part, whole):
            made = quantity(reading, part, place)
            yield Relation(
                kind="ratio", whole=quantity(reading, whole, where), parts=(made,), exhaustive=True, cue="apart"
            )


def _are_examined(reading: Reading, row: tuple[Amount, Segment], run: Sequence[Segment]) -> bool:
    amount, _ = row
    if amount.family not in _PEOPLE or not usable(amount) or amount.of is not None:
        return False
    near = reading.lower[run[0].start : amount.start]
    behind = reading.lower[amount.unit_end : amount.unit_end + 24]
    return _EXAMINED.search(near) is not None or _EXAMINED.match(behind.lstrip()) is not None


def _is_passed(reading: Reading, part: Amount, whole: Amount) -> bool:
    if part.family not in _PEOPLE or not usable(part) or part.of is not None:
        return False
    return _PASSED.search(reading.lower, max(whole.end, part.start - 24), part.start) is not None
