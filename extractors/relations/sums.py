"""Totals and their parts in running text and in lists of items, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_complete, won
from extractors.relations.parts import Part, Parts, categories, fits, read_parts, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading, attribute
from extractors.relations.structure import Level, Segment
from extractors.relations.totals import (
    Sum,
    find_among,
    find_attained,
    find_columns,
    find_listed_columns,
    find_totals_after,
    terms_in,
)
from schemas.relation import Relation

# Beside those who left, those who came: the numbers do not add up, they balance.
_ARRIVED = re.compile(r"(?<!\w)(?:chuyển đến|đến|tuyển|tăng|nhận)(?!\w)")
# In parentheses after a change: its ends, not its parts.
_ENDS = re.compile(r"(?<!\w)(?:từ|còn|năm|so với|xuống|lên|cùng kỳ|trước)(?!\w)")
_NEXT = re.compile(rf"\. (?=[{UPPER}])")
_NEXT_ITEM = re.compile(r"\s*[,;]")
#: A body with its own members, elected beside others or out of them.
_BODY = re.compile(
    r"\s*(?:và )?(?:(?:tiểu |ủy |uỷ )?ban|hội đồng|tổ|thường trực|đoàn (?:chủ tịch|thư ký|đại biểu))(?!\w)[^\d:]*$"
)
_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?số(?: là)? $")
_RESULT_REACH = 12
_ALL = 100
#: So narrow the wholes with which several percentages agree must be.
_CLOSE = 0.1


def find_sums(reading: Reading, level: Level) -> list[Sum]:
    """The totals of a passage with the parts that it states for them, nested ones too.

    Reads ``6 giải (1 nhì: …; 4 giải ba: …)``, ``158 chỉ tiêu. Trong đó … 03 người, … 80 người``,
    ``64 trường. Cụ thể: mầm non 21 trường; …``, ``tham gia 189, đạt 123; không đạt 26``.
    """
    found: list[Sum] = []
    for inner in level.walk():
        found += _in_groups(reading, inner)
        found += _after_words(reading, inner)
        found += _after_colons(reading, inner)
        found += find_attained(reading, inner)
        found += find_totals_after(reading, inner)
        found += find_columns(reading, inner)
        found += find_listed_columns(reading, inner)
        found += find_among(reading, inner)
    return _distinct(found)


def _distinct(sums: list[Sum]) -> list[Sum]:
    """One sum for each whole: the one with most parts, the surest where they are as many."""
    best: dict[int, Sum] = {}
    for found in sums:
        if not found.parts.found:
            continue
        kept = best.get(found.whole.start)
        if kept is None or _rank(found) > _rank(kept):
            best[found.whole.start] = found
    return sorted(best.values(), key=lambda item: item.whole.start)


def _rank(found: Sum) -> tuple[bool, int]:
    return found.exhaustive is True, len(found.parts.found)


def _in_groups(reading: Reading, level: Level) -> Iterator[Sum]:
    for index, segment in enumerate(level.segments):
        for group in segment.groups:
            first = next((a for part in group.segments for a in part.amounts if usable(a)), None)
            if first is None:
                continue
            change = _changed(reading, segment, group, first)
            plain = _before(reading, level.segments[: index + 1], group.start, first)
            if change and plain and _made_of(group, plain[0][0]) < _made_of(group, change[0][0]):
                change = []  # 17 trường, tăng 3 trường (mầm non 5, tiểu học 8, THCS 4)
            before = change + plain
            if before and _tells_share(segment, before[0][0], group):
                continue
            if before and _of_percentage(segment, before[0][1], group):
                continue
            if not before or _far(reading, before[0], group.start) or _of_another_time(reading, before[0][0], group):
                continue
            opener, start = _group_opener(reading, group)
            found = _sum(reading, before, group.segments, (group.start - 1, start), opener)
            both_ways = _ARRIVED.search(reading.lower, group.start, group.end) is not None
            if change and len(found.parts.found) > 1 and not found.parts.some and not both_ways:
                found = replace(found, exhaustive=True)  # what made a change is told in full
            yield found


#: ``tăng 17 giải so với năm trước (197 giải)``, ``11 người (năm học trước có 12)``: a value of another time.
_TIME_BEFORE = re.compile(r"(?<!\w)(?:so với|(?:thấp|cao|ít|nhiều|kém) hơn)(?!\w)[^.;()]*$")
_TIME_OPENS = re.compile(r"\s*(?:của )?(?:năm|cùng kỳ|học k[ỳì]|đầu (?:năm|kỳ)|cuối (?:năm|kỳ)|kỳ trước|trước)(?!\w)")


def _of_another_time(reading: Reading, whole: Amount, group: Level) -> bool:
    """Whether a bracket holds what the count was at another time, and not its parts."""
    compared = _TIME_BEFORE.search(reading.lower, whole.end, max(whole.end, group.start - 1))
    return compared is not None or _TIME_OPENS.match(reading.lower, group.start, group.end) is not None


def _tells_share(segment: Segment, whole: Amount, group: Level) -> bool:
    """Whether a bracket says the count or the base of the percentage before it: ``chiếm 21,4% dân số (116.215)``."""
    inside = [amount for part in group.segments for amount in part.amounts]
    return len(inside) == 1 and any(a.percent and whole.end <= a.start < group.start for a in segment.amounts)


def _of_percentage(segment: Segment, where: Segment, group: Level) -> bool:
    """Whether a bracket tells what a percentage of its clause is made of: ``100% quản lý (5/5 trưởng, 9/9 phó)``."""
    return where is not segment and any(a.percent and a.end <= group.start for a in segment.amounts)


def _made_of(group: Level, whole: Amount) -> float:
    """How far the numbers of a bracket are from making a whole."""
    return abs(sum(part.amounts[0].value for part in group.segments if part.amounts) - whole.value)


def _changed(reading: Reading, segment: Segment, group: Level, part: Amount) -> list[tuple[Amount, Segment]]:
    """The change right before a group, which is then what the group takes apart: ``giảm 28 em (bỏ học 17 em …)``."""
    if _ENDS.search(reading.lower, group.start, group.end):
        return []
    near = [amount for amount in segment.amounts if amount.end <= group.start]
    if not near or not near[-1].change or near[-1].vague or near[-1].percent or near[-1].of is not None:
        return []
    whole = replace(near[-1], change=False)
    return [(whole, segment)] if fits(whole, part) else []


def _group_opener(reading: Reading, group: Level) -> tuple[str, int]:
    segment = group.segments[0]
    for span in segment.own[:1]:
        for term in reading.terms("rel_open", *span):
            if term.start - span[0] <= 3:
                return term.id, term.end
    return "(", group.start


def _after_words(reading: Reading, level: Level) -> Iterator[Sum]:
    for index, segment in enumerate(level.segments):
        for span in segment.own:
            for term in reading.terms("rel_open", *span):
                rest = level.segments[index:]
                first = _first_amount(rest, term.end)
                if first is None:
                    continue
                if index and _BODY.match(reading.lower, span[0], term.start):
                    continue  # Ban Chấp hành gồm 9 đồng chí; Ban Thường vụ gồm 3 đồng chí: each is a whole
                if term.id == "ket_qua" and not _tells_result(reading, term.end, first.start):
                    continue  # what follows is counted anew
                starts_sentence = (
                    term.id != "ket_qua" and term.start - segment.own[0][0] <= 3 and segment.separator == "."
                )
                before = _before(reading, level.segments[: index + 1], term.start, first, over_stop=starts_sentence)
                if before:
                    found = _sum(reading, before, rest, (term.start, term.end), term.id)
                    if term.id != "cu_the" or not _siblings(reading, found):
                        yield found


def _tells_result(reading: Reading, start: int, end: int) -> bool:
    """Whether a list of results begins right after ``kết quả`` or after a colon, in the same clause."""
    if re.search(r";|[^\s:],", reading.text[start:end]):
        return False  # 12 người xếp loại tốt, 19 người xếp loại khá: it belongs to the number before
    return end - start <= _RESULT_REACH or (end - start <= 2 * _RESULT_REACH and ":" in reading.text[start:end])


def _after_colons(reading: Reading, level: Level) -> Iterator[Sum]:
    for index, segment in enumerate(level.segments):
        if segment.separator != ":" or not index:
            continue
        rest = level.segments[index:]
        first = _first_amount(rest, segment.start)
        before = _before(reading, level.segments[:index], segment.start, first) if first else []
        if not segment.amounts and not segment.groups and _NEXT_ITEM.match(reading.text, segment.end):
            continue  # what is listed has no numbers; those that follow count something else
        if before and _adjoins(level.segments, before[0][1], index) and not _far(reading, before[0], segment.start):
            found = _sum(reading, before, rest, (segment.start - 1, segment.start), ":")
            if not _siblings(reading, found):
                yield found


def _adjoins(segments: Sequence[Segment], whole: Segment, index: int) -> bool:
    """Whether nothing but percentages stands between a total and the colon: ``122 giải, chiếm 39,2% …:``."""
    between = segments[segments.index(whole) + 1 : index]
    return all(segment.separator == "," and all(a.percent for a in segment.amounts) for segment in between)


def _first_amount(segments: Sequence[Segment], start: int) -> Amount | None:
    for index, segment in enumerate(segments):
        if index and segment.separator == ".":
            return None
        for amount in segment.amounts:
            if amount.start >= start and usable(amount):
                return amount
    return None


def _before(
    reading: Reading, segments: Sequence[Segment], end: int, part: Amount, *, over_stop: bool = False
) -> list[tuple[Amount, Segment]]:
    """The counts before an offset in its sentence that a number could be a part of, the nearest first."""
    found: list[tuple[Amount, Segment]] = []
    crossed = not over_stop
    for segment in reversed(segments):
        if any(term.id == "khong_ke" for span in segment.own for term in reading.terms("rel_some", *span)):
            continue  # what is counted besides is no whole
        rows = [a for a in segment.amounts if a.end <= end and usable(a)]
        taken = [a for a, b in pairwise(rows) if _AMONG.search(reading.lower, a.end, b.start)]
        wider = [b for a, b in pairwise(rows) if a in taken]  # 38 em trong tổng số 91 em: it is of the 38
        found += [(a, segment) for a in reversed(rows) if a not in wider and fits(a, part)]
        if segment.separator == ".":
            if crossed:
                break
            crossed = True
    return found


def _far(reading: Reading, whole: tuple[Amount, Segment], end: int) -> bool:
    """Whether other words than the counted noun phrase, or a new sentence, stand between a number and its list."""
    if _NEXT.search(reading.text, whole[0].end, end):
        return True
    return end - whole[0].end > 120 or whole[1].end < end - 40


def _counted_twice(reading: Reading, whole: Amount, segment: Segment) -> bool:
    """Whether a slash joins two counts of the same winners: the prizes of ``15 dự án/28 HS`` may go with either."""
    return any(
        a.unit is not None and a.end < whole.start and reading.lower[a.unit_end : whole.start].strip() == "/"
        for a in segment.amounts
    )


def _sum(
    reading: Reading,
    before: list[tuple[Amount, Segment]],
    segments: Sequence[Segment],
    opened: tuple[int, int],
    opener: str,
) -> Sum:
    whole, segment = before[0]
    parts = read_parts(reading, segments, opened[1], whole, closed=opener == "(")
    parts.found = [part for part in parts.found if part.amount.start != whole.start]
    parts.cut(whole.value, closed=opener == "(")
    if opener == "ket_qua" and parts.found and ":" in reading.text[opened[1] : parts.found[0].amount.start]:
        opener = ":"
    complete = is_complete(reading, parts, whole, opener)
    if complete is False and len(before) > 1 and parts.dimension() == "dim_prize" and not parts.some:
        # 88 em đạt giải/126 em dự thi: the prizes are those of the winners.
        winners, where = before[1]
        if won(reading, winners.end, whole.start):
            whole, segment = winners, where
            complete = True if opener in ("(", ":", "gom") else None
    if complete and parts.dimension() == "dim_prize" and _counted_twice(reading, whole, segment):
        complete = None
    cue = opener if opener in ("(", ":") else reading.text[max(opened[0], opened[1] - 20) : opened[1]].strip(" (")
    return Sum(whole, segment, parts, complete, cue, tuple(before[1:3]), opened)


def _siblings(reading: Reading, found: Sum) -> bool:
    """Whether what looks like a whole is the item before: ``1 nhì: Nam Mỹ; 4 giải ba``."""
    dimension = found.parts.dimension()
    own = categories(reading, found.segment, found.whole)
    own = {group: label for group, label in own.items() if not _names_several(reading, found.segment, group)}
    return any(
        own.get(group) not in (None, part.categories[group])
        for part in found.parts.found
        for group in part.categories
        if group == dimension or len({other.categories.get(group) for other in found.parts.found}) == 1
    )


def _names_several(reading: Reading, segment: Segment, group: str) -> bool:
    """Whether a segment counts several categories at once: ``36 cán bộ, giáo viên, nhân viên``."""
    return len({term.id for term in terms_in(reading, segment, group)}) > 1


def relations_of(reading: Reading, found: Sum) -> Iterator[Relation]:
    """The sum itself and the percentages beside its counts."""
    dimension = found.parts.dimension()
    whole = quantity(reading, found.whole, found.segment, last=found.opened[0] if found.opened else None)
    first = found.opened[1] if found.opened and found.opened[1] else None
    parts = tuple(quantity(reading, part.amount, part.segment, first=first) for part in found.parts.found)
    # Prizes of those who took part may be more or fewer than they.
    comparable = found.exhaustive is not False or not found.parts.found or found.parts.some
    disjoint = True if dimension and comparable and not _is_nested(dimension, found.parts) else None
    if comparable and len(found.parts.found) >= _BODIES and all(_is_body(reading, part) for part in found.parts.found):
        disjoint = True  # bodies by their names
    yield Relation(kind="sum", whole=whole, parts=parts, exhaustive=found.exhaustive, disjoint=disjoint, cue=found.cue)
    bases = tuple(quantity(reading, amount, segment) for amount, segment in found.bases)
    shares = [part for part in found.parts.found if part.share is not None]
    if _of_another_whole(found.whole, shares):
        return
    for part in shares:
        if part.amount.of is not None:
            continue  # a ratio has its own whole
        assert part.share is not None
        share = quantity(reading, part.share, part.segment)
        count = quantity(reading, part.amount, part.segment)
        yield Relation(
            kind="percentage",
            whole=whole,
            parts=(share, count, *bases),
            exhaustive=comparable or found.parts.overlap or None,
            cue=found.cue,
        )


#: So many bodies by name share out a whole between them.
_BODIES = 3


_BODY_NAMED = re.compile(
    rf"\s*(?:và )?(?:(?:trong đó|gồm):? )?(?:[Tt]rường|TH|THCS|THPT|MN|MG|[Xx]ã|[Pp]hường) [{UPPER}]"
)


def _is_body(reading: Reading, part: Part) -> bool:
    """Whether a part is a body by its name with a bare number: ``trong đó TH Bình Lâm 19, TH An Hòa 21``."""
    bare = part.named and part.amount.family is None and part.amount.of is None
    return bare and _BODY_NAMED.match(reading.text, part.segment.start) is not None


def _of_another_whole(whole: Amount, parts: Sequence[Part]) -> bool:
    """Whether percentages agree on one whole that is not the one before them: ``408 (69,6%), trong đó 146 (24,9%)``."""
    pairs = [(part.amount.value, part.share) for part in parts if part.share is not None and part.amount.of is None]
    low, high = 0.0, float("inf")
    for count, share in pairs:
        if not 0 < share.value < _ALL or count <= 0:
            return False
        half = 0.5 * 10.0 ** -len(f"{share.value:.6f}".rstrip("0").split(".")[1])
        low, high = max(low, _ALL * count / (share.value + half)), min(high, _ALL * count / (share.value - half))
    return len(pairs) > 1 and low <= high and high - low < _CLOSE * low and not low <= whole.value <= high


def _is_nested(dimension: str, parts: Parts) -> bool:
    return any(attribute(dimension, part.categories[dimension], "nested") for part in parts.found)
