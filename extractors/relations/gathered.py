"""Changes told against values that stand together: ``So với năm trước (27 lớp, 1.003 em) trường tăng 1 lớp và 33 em``.

The new values stand before, in the same sentence or an earlier one of the paragraph; which belongs to which is told by
what they count. Also ``Năm 2021 trao 160 suất. Như vậy, năm nay tăng 25 suất``, where the old values have a sentence of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.stepping import EARLIER, Row, is_new, is_old, is_plain, sign_of
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Quantity, Relation

_AT = Words(("tăng", "giảm", "nhiều hơn", "ít hơn", "thêm", "bớt"))
#: Right before a bracket that holds old values.
_SINCE = re.compile(rf"(?<!\w)(?:so với|hơn) [^;.()\d]{{2,50}}(?:\d[\d/ -]*)?[^;.()\d]{{0,12}}$|(?<!\w){EARLIER}:? ?$")
#: What a bracket of old values begins with.
_DATED = re.compile(rf"\(?\s*(?:số liệu )?(?:{EARLIER})(?!\w)")
#: Right before an old value without brackets, and what may stand behind it.
_AGAINST = re.compile(r"(?<!\w)so với (?:con số |mức |tổng số |số )?$")
#: The old values have been told in the sentence before.
_SUMS_UP = re.compile(r"\s*(?:như vậy|vậy|tức là|nghĩa là|do đó|theo đó|tính ra|so với năm đó)[ ,]")
_IN_YEAR = re.compile(rf"\s*(?:vào |trong )?(?:{EARLIER})(?!\w)")
#: The next size is of the same verb.
_JOINED = re.compile(r"\s*(?:,|và|,? cùng)(?: với)? ")
#: Told of some, or against something else.
_OTHER = re.compile(
    r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|bình quân|mặt bằng|trong đó|riêng|dự kiến|phấn đấu|sẽ)(?!\w)"
)
_ENDS = re.compile(r"(?: đồng)?\s*(?:[.,;)]|so với|$|và |nhưng |còn )")
_REACH, _NOUN = 60, 30
#: So many passages back the values may stand.
_PASSAGES = 8
#: A value that is another thing's lies farther from what follows.
_CLOSE = 0.15


class _Step(NamedTuple):
    """The size of a change, its sign, and the noun that it counts."""

    row: Row
    sign: int
    noun: str | None


def find_gathered(
    reading: Reading, level: Level, before: Sequence[Level], known: Sequence[Relation]
) -> Iterator[Relation]:
    """The changes of sentences that gather old values; ``before`` are the passages where the new ones may stand.

    Where several values could be the new one, only that of which the change is right, or all but right. Changes of
    which both ends are ``known`` are left out.
    """
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    told = [relation.parts[0] for relation in known if relation.kind == "change" and len(relation.parts) > 1]
    sentences = [list(_outside(run)) for passage in before[-_PASSAGES:] for run in by_sentence(passage.segments)]
    for run in by_sentence(level.segments):
        rows = list(_outside(run))
        steps = [step for step in _steps(reading, run) if not _is_told(reading, step, told)]
        if steps:
            old = _old(reading, run, sentences[-1] if sentences else ())
            old = old or _once(reading, steps, rows, sentences)
            yield from _changes(reading, steps, old, [*(row for sentence in sentences for row in sentence), *rows])
        sentences.append(rows)


def _is_told(reading: Reading, step: _Step, told: Sequence[Quantity]) -> bool:
    size = quantity(reading, *step.row)
    first, last = size.evidence.start, size.evidence.end
    return any(q.printed == size.printed and q.evidence.start < last and first < q.evidence.end for q in told)


def _outside(segments: Sequence[Segment]) -> Iterator[Row]:
    for segment in segments:
        yield from ((amount, segment) for amount in segment.amounts)


def _steps(reading: Reading, run: Sequence[Segment]) -> list[_Step]:
    """The sizes of changes in a sentence, with those that a verb shares: ``tăng 3 lớp và 45 em``."""
    found: list[_Step] = []
    for row in _outside(run):
        amount, segment = row
        sign = sign_of(reading, segment, amount)
        if not sign and found and _is_joined(reading, found[-1].row[0], amount):
            sign = found[-1].sign
        if sign and not amount.percent and _ENDS.match(reading.lower, max(amount.end, amount.unit_end)):
            found.append(_Step(row, sign, _noun(amount) or _noun_before(reading, segment, amount)))
    return found


def _is_joined(reading: Reading, last: Amount, amount: Amount) -> bool:
    same = _noun(last) is not None and _noun(amount) is not None and _noun(last) != _noun(amount)
    return same and _JOINED.fullmatch(reading.lower, max(last.end, last.unit_end), amount.start) is not None


def _noun(amount: Amount) -> str | None:
    """What a number counts, one word for all that mean the same."""
    if amount.family in ("any", "topic", None):
        return amount.unit
    return "person" if amount.family in PEOPLE else amount.family if amount.family == "money" else amount.unit


def _noun_before(reading: Reading, segment: Segment, step: Amount) -> str | None:
    """The noun before a size that has none: ``số giải tăng 32``."""
    named = reading.terms("rel_unit", max(segment.start, step.start - _NOUN), step.start)
    nouns = [reading.lower[term.start : term.end] for term in named]
    return next((noun for noun in reversed(nouns) if noun not in _TIMES), None)


_TIMES = ("năm", "năm học", "học kỳ", "kỳ", "tháng", "tuần", "ngày", "lần", "đợt")


def _old(reading: Reading, run: Sequence[Segment], last: Sequence[Row]) -> list[Row]:
    """The old values that a sentence gathers, else those of the sentence before where it only sums up."""
    found: list[Row] = []
    for segment in run:
        for group in segment.groups:
            since = _SINCE.search(reading.lower, max(run[0].start, group.start - _REACH), group.start - 1)
            if since is not None or _DATED.match(reading.lower, group.start):
                found += _outside(group.segments)
        found += [
            (a, segment) for a in segment.amounts if _AGAINST.search(reading.lower, max(0, a.start - 24), a.start)
        ]
    if found:
        return found
    opens = reading.document.sentence_at(last[0][0].start)[0] if last else None
    if opens is not None and _SUMS_UP.match(reading.lower, run[0].start) and _IN_YEAR.match(reading.lower, opens):
        return list(last)
    return [row for row in _outside(run) if _is_old(reading, row[0], run[0].start)]


def _is_old(reading: Reading, amount: Amount, since: int) -> bool:
    near = max(since, amount.start - _NOUN)
    return is_old(reading.lower, amount, since) and not is_new(reading.lower, near, amount)


def _once(reading: Reading, steps: Sequence[_Step], rows: Sequence[Row], sentences: Sequence[list[Row]]) -> list[Row]:
    """The sentence to which several changes lead back, as one of them tells: ``16 lớp, 602 em, tăng 8 lớp, 276 em``."""
    first, last = steps[0].row[0].start, steps[-1].row[0].end
    said = reading.lower[last : last + _REACH], reading.lower[max(0, first - _REACH) : first]
    if len(steps) < _SEVERAL or not any("so với" in words for words in said):
        return []
    for old in reversed(sentences):
        for step in steps:
            for value in old:
                same = is_plain(value[0]) and _same(step.noun, _noun(value[0]))
                new = [row for row in rows if row[0].start < first and same and _is_new(reading, row[0], value[0])]
                follows = value[0].value + step.sign * step.row[0].value
                if any(row[0].value == follows for row in new):
                    return [row for row in old if row[0].value != step.row[0].value]
    return []


_SEVERAL = 2


def _changes(reading: Reading, steps: Sequence[_Step], olds: Sequence[Row], rows: Sequence[Row]) -> Iterator[Relation]:
    taken = {row[0].start for row in olds} | {step.row[0].start for step in steps}
    for step in steps:
        size, where = step.row
        old = [row for row in olds if is_plain(row[0]) and (step.noun is None or _same(_noun(row[0]), step.noun))]
        old = old or ([row for row in olds if is_plain(row[0])] if len(olds) == len(steps) == 1 else [])
        if len(old) != 1 or old[0][0].percent or _OTHER.search(reading.lower, *sorted((old[0][0].end, size.start))):
            continue
        new = [
            row
            for row in rows
            if row[0].start < min(size.start, old[0][0].start) or row[0].start < size.start
            if row[0].start not in taken and _is_new(reading, row[0], old[0][0])
        ]
        best = _best([row for row in new if sign_of(reading, row[1], row[0]) == 0], old[0][0].value, step)
        if best is None:
            continue
        change = quantity(reading, replace(size, value=step.sign * size.value), where)
        yield Relation(
            kind="change",
            whole=quantity(reading, *best),
            parts=(change, quantity(reading, *old[0])),
            exhaustive=True,
            cue="up" if step.sign > 0 else "down",
        )


def _is_new(reading: Reading, amount: Amount, old: Amount) -> bool:
    """Whether a number may be what an old one has become, by what both count: those who won prizes count these."""
    value = amount if amount.of is None else replace(amount, of=None)
    if not is_plain(value) or amount.percent or amount.value == old.value:
        return False
    won = old.family == "prize" and _WON.match(reading.lower, max(amount.end, amount.unit_end)) is not None
    return won or _same(_noun(amount), _noun(old))


def _same(one: str | None, other: str | None) -> bool:
    """Whether two nouns are one, though one of them may say more: ``suất``, ``suất học bổng``."""
    return one is not None and other is not None and (one.startswith(other) or other.startswith(one))


_WON = re.compile(r" (?:dự thi |đã |học sinh )*(?:đạt|đoạt|giành|có)(?: được)? (?:các )?(?:giải|huy chương)(?!\w)")


def _best(rows: Sequence[Row], old: float, step: _Step) -> Row | None:
    """The value to which a change leads, or would but for a slip in one of the three numbers."""
    size = step.row[0].value
    follows = old + step.sign * size
    for row in reversed(rows):
        if row[0].value == follows:
            return row
    for row in reversed(rows):
        new = row[0].value
        moved = step.sign * (new - old)
        if moved <= 0 or abs(new - follows) > _CLOSE * max(new, follows):
            continue
        if (
            differ_by_slip(moved, size, 1)
            or differ_by_slip(new, follows, 2)
            or differ_by_slip(old, new - step.sign * size, 2)
        ):
            return row
    return None
