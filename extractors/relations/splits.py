"""Pairs of counts that exclude each other and leave nobody out: ``tự nấu 41, suất ăn sẵn 23``, ``đủ 30, chưa đủ 4``.

What excludes what is listed (``opposed`` in ``wording.yml``), is one of two categories of the lexicon, or says
``không``, ``chưa`` of what the other is. A total before such a pair is then all of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, takewhile
from typing import NamedTuple

from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower
from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_pair
from extractors.relations.parts import Part, Parts, categories, fits, group_share, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import NEITHER, Sum

#: So far a pair may be from its total: further off it is of another one, unless by a slip of one digit.
_FAR, _FEW, _LEAST, _DIGIT = 0.1, 2, 5, 10
_Row = tuple[Amount, Segment]
_JOINS, _SHORT = (",", ";", "và", "."), 40
#: Words of a label that say nothing of who is counted.
_SILENT = frozenset(
    ("có", "là", "còn", "thì", "mà", "và", "được", "đã", "chiếm", "đạt", "gồm", "số", "các", "những", "trong", "đó",
     "với", "em", "người", "học", "sinh", "cháu", "trẻ", "hộ", "trường", "lớp", "phòng", "bộ", "đồng", "chí", "phiếu",
     "mẫu", "cái", "chiếc", "hồ", "sơ", "cô", "thầy", "viên", "cán", "giáo", "lượt", "suất", "quyển", "cuốn", "bản",
     "loại")
)  # fmt: skip
_NOT = re.compile(r"(?<!\w)(?:không|chưa|chẳng|phi|ngoài) (?P<of>[^\d,;:()%]{2,40})")
_WORD = re.compile(r"[^\W\d_]+")


def find_splits(reading: Reading, level: Level) -> Iterator[Sum]:
    """Totals with the two kinds of what they count that follow in their sentence, one behind the other."""
    for run in _runs(level.segments):
        listed = [_only(segment) for segment in run]
        for index, first in enumerate(listed[:-1]):
            before = [(a, s) for s in run[: index + 1] for a in s.amounts if first and a.end <= first.start]
            if not before or not any(usable(a) for a, _ in before):
                continue
            counted: Iterator[Segment] = (s for s in run[index + 1 :] if s.amounts)
            counted = takewhile(lambda s: s.separator in _JOINS and _only(s) is not None, counted)
            following = list(islice(counted, _FEW))
            if run[index].separator == "," and any(s.separator == ";" for s in following[:1]):
                continue  # Văn 404 em dự thi, vắng 6 em; Toán 391 em dự thi
            for last in range(len(following), 0, -1):
                rows = [run[index], *following[:last]]
                parts = Parts([_part(reading, s, a) for s in rows if (a := _only(s)) is not None])
                if (opposed := are_opposed(reading, parts)) or _leaves(reading, parts):
                    yield from _of_total(reading, before, parts, sure=opposed)
                    break


def _runs(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The sentences of a passage; those that are nothing but a label and its number go together.

    ``Đăng ký: 613. Bỏ thi: 8. Dự thi: 605.``
    """
    together: list[Segment] = []
    for run in by_sentence(segments):
        bare = len(run) == 1 and len(run[0].amounts) == 1 and run[0].end - run[0].start <= _SHORT
        if not bare:
            if together:
                yield together
            yield run
            together = []
        else:
            together = [*together, *run]
    if together:
        yield together


def _only(segment: Segment) -> Amount | None:
    """The last count of a segment that may be a part; what stands before it there may be its total."""
    counts = [a for a in segment.amounts if not a.percent and a.family != "time"]
    grouped = any(not a.percent for g in segment.groups for s in g.segments for a in s.amounts)
    if not counts or grouped or len(counts) > _FEW:
        return None
    last = counts[-1]
    return last if usable(last) and last.of is None else None


def _part(reading: Reading, segment: Segment, amount: Amount) -> Part:
    share = next((a for a in segment.amounts if a.percent and a.start > amount.end and not a.change), None)
    return Part(amount, segment, categories(reading, segment, amount), share or group_share(segment))


def _of_total(reading: Reading, before: Sequence[_Row], parts: Parts, *, sure: bool) -> Iterator[Sum]:
    """The sum of the one count before a pair that it makes; the nearest that it all but makes where none is.

    The total is none of both itself: ``Toán: hoàn thành 126, chưa hoàn thành 5; Tiếng Việt: hoàn thành 125, …``.
    """
    first = parts.found[0].amount
    rows = [
        (a, s)
        for a, s in reversed(before)
        if usable(a)
        and a.of is None
        and a.family != "time"
        and fits(a, first)
        and max(p.amount.value for p in parts.found) < a.value
    ]
    rows = [row for row in rows if not _is_beside(reading, row, parts)]
    made = sum(part.amount.value for part in parts.found)
    row = next((row for row in rows if row[0].value == made), None)
    row = row or next((row for row in rows if (is_close if sure else _is_slip)(made, row[0].value)), None)
    if row is None or _are_three(row, before, made):
        return
    if not _is_one_of_two(reading, row, [*before, *((p.amount, p.segment) for p in parts.found)]):
        yield Sum(*row, parts, True, "", opened=(max(row[0].end, row[0].unit_end), 0), apart=True)


#: Of a scale each grade is told beside the others.
_GRADED = ("dim_grade", "dim_finish")


def _is_beside(reading: Reading, row: _Row, parts: Parts) -> bool:
    """Whether a number counts another grade of the scale of both: ``Khá 243 em, Đạt 239 em, Chưa đạt 21 em``."""
    own = categories(reading, row[1], row[0])
    told = [part.categories for part in parts.found]
    return any(
        group in own and all(own[group] != labels.get(group, own[group]) for labels in told) for group in _GRADED
    )


def _are_three(row: _Row, before: Sequence[_Row], made: float) -> bool:
    """Whether the total is made with numbers that stand between: ``12 chỉ tiêu: vượt 1, đạt 8, chưa đạt 3``."""
    between = [a.value for a, _ in before if a.start >= row[0].end and not a.percent]
    return row[0].value in (made + sum(between), *(made + value for value in between)) and made != row[0].value


def _is_one_of_two(reading: Reading, row: _Row, rows: Sequence[_Row]) -> bool:
    """Whether a number is one of a pair itself, with any other of the numbers around."""
    if _CALLED.search(reading.lower, row[1].start, row[0].start):
        return False
    own = _whole(reading, row)
    others = [_part(reading, s, a) for a, s in rows if a is not row[0]]
    return any(are_opposed(reading, Parts([own, other])) for other in others)


def _whole(reading: Reading, row: _Row) -> Part:
    """A number as a part, without what already calls the next one: ``cả thảy 74 thì chuyên chiếm 52``."""
    amount, segment = row
    end = segment.end if segment.amounts[-1] is amount else max(amount.end, amount.unit_end)
    own = [(first, min(last, end)) for first, last in segment.own if first < end]
    return _part(reading, replace(segment, own=own, end=end, groups=[]), amount)


def is_close(made: float, whole: float) -> bool:
    """Whether parts miss their whole by so little, or by one digit, that they can only be meant to make it."""
    near = abs(made - whole) <= max(1, _FAR * whole)
    return whole >= _LEAST and (near or (abs(made - whole) < whole / 2 and differ_by_slip(made, whole, _FEW)))


#: All those of whom some came, whatever they are called to: ``đăng ký dự thi 312, dự thi 305, vắng 7``.
_CALLED = re.compile(
    r"(?<!\w)(?:đăng k[ýí]|đk|tổng(?: số)?|triệu tập|danh sách|phải có|đúng ra|theo kế hoạch|được giao)(?!\w)"
)


def _is_slip(made: float, whole: float) -> bool:
    return differ_by_slip(made, whole, _FEW) and abs(made - whole) < _DIGIT


def are_opposed(reading: Reading, parts: Parts) -> bool:
    """Whether two parts exclude each other by what they are called; a third one may be who says neither."""
    labels = [_label(reading, part) for part in parts.found]
    if len(labels) == _FEW + 1:
        neither = [at for at, label in enumerate(labels) if NEITHER.search(label) and at == len(labels) - 1]
        if not neither:
            return False
        labels = labels[:-1]
    elif parts.dimension() is not None and is_pair({p.categories[parts.dimension() or ""] for p in parts.found}):
        return True
    if len(labels) != _FEW:
        return False
    one, other = labels
    return _is_listed(one, other) or _denies(one, other) or _denies(other, one)


#: What was done with so many, before those that are left: ``11 tuổi: 198; đã hoàn thành 190, còn 8 em``.
_DONE = re.compile(r"(?:trong đó |thì |nay |hiện |mới |đều )*(?:đã|mới|được|cuối khóa|kết quả)(?!\w)")
_LEFT = re.compile(r"(?:và |nhưng |hiện |nay )?(?:số )?còn(?: lại)?(?!\w)")


def _leaves(reading: Reading, parts: Parts) -> bool:
    """Whether a second part is told as what the first one leaves."""
    labels = [_label(reading, part) for part in parts.found]
    return len(labels) == _FEW and _DONE.match(labels[0]) is not None and _LEFT.match(labels[1]) is not None


def _label(reading: Reading, part: Part) -> str:
    """What a part is called, before its number and behind it, without its brackets."""
    amount = part.amount
    after = max((max(a.end, a.unit_end) for a in part.segment.amounts if a.end <= amount.start), default=0)
    next_one = min((a.start for a in part.segment.amounts if a.start >= amount.end), default=part.segment.end)
    spans = [(max(first, after), min(last, next_one)) for first, last in part.segment.own]
    said = " ".join(reading.lower[first:last] for first, last in spans if last > first)
    return " ".join(said.split())


def _denies(one: str, other: str) -> bool:
    """Whether a label says not to be what another one is: ``chưa đủ`` beside ``đủ bằng cấp``."""
    match = _NOT.search(other)
    if match is None or _NOT.search(one) is not None:
        return False
    said = [word for word in _WORD.findall(match["of"]) if word not in _SILENT]
    return bool(said) and set(said) <= set(_WORD.findall(one))


def _is_listed(one: str, other: str) -> bool:
    for left, right in _opposed():
        if (left.names(one) and right.names(other)) or (left.names(other) and right.names(one)):
            return not any(left.names(label) and right.names(label) for label in (one, other))
    return False


class _Side(NamedTuple):
    """The forms of one side of a pair: those of several words, and those of one, which are all that a label says."""

    long: re.Pattern[str]
    short: frozenset[str]

    def names(self, label: str) -> bool:
        """Whether a label is of this side."""
        if self.long.search(label) is not None:
            return True
        words = _WORD.findall(label)
        return [word for word in words if word not in _SILENT or word in self.short] in [[word] for word in self.short]


@cache
def _opposed() -> tuple[tuple[_Side, _Side], ...]:
    entries = load_lexicon("extractors.relations", "wording.yml")["opposed"]
    return tuple((_side(entry.forms), _side(entry.attributes["against"].split(" | "))) for entry in entries)


def _side(forms: Sequence[str]) -> _Side:
    folded = sorted((lower(fold_tone_style(form)) for form in forms), key=len, reverse=True)
    long = "|".join(re.escape(form) for form in folded if " " in form) or "(?!)"
    pattern = rf"(?<!\w)(?<!phi )(?<!ngoài )(?<!không )(?<!chưa )(?:{long})(?!\w)"
    return _Side(re.compile(pattern), frozenset(form for form in folded if " " not in form))
