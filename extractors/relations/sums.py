"""Totals and their parts in running text and in lists of items, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.apportioned import find_apportioned, find_beside
from extractors.relations.behind import find_totals_behind
from extractors.relations.brackets import (
    by_halves,
    by_years,
    is_size_of_all,
    makes_up,
    of_another_time,
    of_other_levels,
    of_percentage,
    taken_apart,
    tells_share,
)
from extractors.relations.closed import find_closed
from extractors.relations.completeness import is_complete, is_of_some, won
from extractors.relations.counts_before import counted_twice, counts_before, first_amount, or_change, told_of
from extractors.relations.grouped import find_grouped
from extractors.relations.implied import find_implied
from extractors.relations.lacking import lacking
from extractors.relations.left_over import find_left_over, find_thus_left
from extractors.relations.nearly import in_same_unit, is_all_but_made
from extractors.relations.next_sentence import find_totals_next
from extractors.relations.pairs import of_pairs, told_for_each
from extractors.relations.parts import Parts, categories, fits, read_parts, usable
from extractors.relations.reading import UPPER, Reading
from extractors.relations.reasons import find_reasons
from extractors.relations.slips import differ_by_slip
from extractors.relations.splits import are_opposed, find_splits, is_close
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import (
    Sum,
    find_among,
    find_attained,
    find_columns_before,
    find_out_of,
    find_totals_after,
    terms_in,
)

# Beside those who left, those who came: the numbers do not add up, they balance.
_ARRIVED = re.compile(r"(?<!\w)(?:chuyển đến|đến|tuyển|tăng|nhận)(?!\w)")
_GONE = re.compile(r"(?<!\w)(?:chuyển đi|bỏ học|nghỉ học|thôi học|giảm|ra trường|nghỉ hưu|nghỉ việc)(?!\w)")
# In parentheses after a change: its ends, not its parts.
_ENDS = re.compile(r"(?<!\w)(?:từ(?! trần)|còn|năm|so với|xuống|lên|cùng kỳ|trước)(?!\w)")
_WHAT_IS_LEFT = re.compile(r"\s*(?:và )?(?:số |phần )?còn(?!\w)")
_NEXT = re.compile(rf"\. (?=[{UPPER}])")
_EACH = re.compile(r"(?<!\w)mỗi [^\d.;]*$")
_NEXT_ITEM = re.compile(r"\s*[,;]")
#: A body with its own members, elected beside others or out of them.
_BODY = re.compile(
    r"\s*(?:và )?(?:(?:tiểu |ủy |uỷ )?ban|hội đồng|tổ|thường trực|đoàn (?:chủ tịch|thư ký|đại biểu))(?!\w)[^\d:]*$"
)
_RESULT_REACH = 12
_RESULTS = 3
_SLIP = 0.05
_LARGE = 1000


def find_sums(reading: Reading, level: Level) -> list[Sum]:
    """The totals of a passage with the parts that it states for them, nested ones too.

    Reads ``6 giải (1 nhì: …; 4 giải ba: …)``, ``158 chỉ tiêu. Trong đó … 03 người, … 80 người``,
    ``64 trường. Cụ thể: mầm non 21 trường; …``, ``tham gia 189, đạt 123; không đạt 26``.
    """
    found: list[Sum] = []
    for inner in (*level.walk(), *lacking(reading, level)):
        found += _in_groups(reading, inner)
        found += _after_words(reading, inner)
        found += _after_colons(reading, inner)
        found += find_attained(reading, inner)
        found += find_totals_after(reading, inner)
        found += find_totals_behind(reading, inner)
        found += find_totals_next(reading, inner)
        found += find_columns_before(reading, inner)
        found += find_among(reading, inner)
        found += find_out_of(reading, inner)
        found += find_left_over(reading, inner)
        found += find_thus_left(reading, inner)
        found += find_implied(reading, inner)
        found += find_reasons(reading, inner)
        found += find_splits(reading, inner)
        found += find_closed(reading, inner)
        found += find_grouped(reading, inner)
        found = [pair for one in found if not told_for_each(reading, one) for pair in of_pairs(one)]
        found += find_apportioned(reading, inner)
        found += find_beside(reading, inner, found)
    return _distinct([one for one in found if not _is_compared(reading, one)])


#: Right before a number that others are only compared with: ``giảm 3 trường so với 11 trường trước sắp xếp``.
_COMPARED = re.compile(r"(?<!\w)so với (?:con số |mức |tổng số |số )?$")


def _is_compared(reading: Reading, found: Sum) -> bool:
    """Whether the whole is only what others are compared with, and its parts do not make it."""
    made = sum(part.amount.value for part in found.parts.found)
    near = max(0, found.whole.start - 24), found.whole.start
    return made != found.whole.value and _COMPARED.search(reading.lower, *near) is not None


def _distinct(sums: list[Sum]) -> list[Sum]:
    """One sum for each whole: the one with most parts, the surest where they are as many.

    Parts that are a whole division by themselves stand beside those of another one: ``32 đảng viên (chính thức 30, dự
    bị 2), chia 3 tổ: …``.
    """
    best: dict[tuple[int, int], Sum] = {}
    divisions = [{one.whole.start, *(part.amount.start for part in one.parts.found)} for one in sums if one.apart]
    divided = {(one.whole.start, part.amount.start) for one in sums if one.apart for part in one.parts.found}
    for found in sums:
        if not found.parts.found:
            continue
        starts = {part.amount.start for part in found.parts.found}
        if not found.apart and any(division <= starts for division in divisions):
            continue  # 45 giáo viên, trong đó 12 người ở 2 điểm: A 7, B 5: a part with its own parts
        again = any((found.whole.start, part.amount.start) in divided for part in found.parts.found)
        key = found.whole.start, found.parts.found[0].amount.start if again else -1
        kept = best.get(key)
        if kept is None or _rank(found) > _rank(kept):
            best[key] = found
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
            plain = counts_before(reading, level.segments[: index + 1], group.start, first)
            if change and plain and _made_of(group, plain[0][0]) < _made_of(group, change[0][0]):
                change = []  # 17 trường, tăng 3 trường (mầm non 5, tiểu học 8, THCS 4)
            before = change + plain
            if before and tells_share(segment, before[0][0], group):
                continue
            if (
                before
                and of_percentage(segment, before[0][1], group)
                and not (_group_opener(reading, group)[0] == "trong_do" and taken_apart(before[0][0], group))
                and not makes_up(before[0][0], group)
            ):
                continue
            if before and before[0][1] is not segment and _WHAT_IS_LEFT.match(reading.lower, segment.start):
                continue  # trường chi 7 triệu, còn lại (11 triệu) phụ huynh góp
            if before and of_other_levels(reading, *before[0], group):
                continue
            if is_size_of_all(reading, group):
                continue  # 32 trường còn lại của toàn huyện (47 trường)
            if not before or _far(reading, before[0], group.start) or of_another_time(reading, before[0][0], group):
                continue
            opener, start = _group_opener(reading, group)
            if before[0][0].family == "money" and opener == "(" and _is_alone(group):
                continue  # 920.000đ (mức lương 1.150.000đ): what it is reckoned on
            found = sum_of(reading, before, group.segments, (group.start - 1, start), opener)
            both_ways = _ARRIVED.search(reading.lower, group.start, group.end) is not None
            if both_ways and _GONE.search(reading.lower, group.start, group.end) is not None and not change:
                continue  # cuối năm 508 em (chuyển đi 6 em, chuyển đến 2 em): why it is another number than before
            yearly = by_years(reading, group) and len(found.parts.found) == sum(
                part.separator != ":" for part in group.segments
            )
            if (change or yearly) and len(found.parts.found) > 1 and not found.parts.some and not both_ways:
                found = replace(found, exhaustive=True)  # what made a change, or each year, is told in full
            yield found


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
    alone = sum(len(inner.amounts) for inner in group.segments) == 1
    if alone and part.unit == whole.unit and not reading.text[group.start : part.start].strip():
        return []  # còn thiếu 12 trường (264 trường): what it would come to
    return [(whole, segment)] if fits(whole, part) else []


def _is_alone(group: Level) -> bool:
    return sum(len(segment.amounts) for segment in group.segments) == 1


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
                first = first_amount(rest, term.end)
                if first is None:
                    continue
                if index and _BODY.match(reading.lower, span[0], term.start):
                    continue  # Ban Chấp hành gồm 9 đồng chí; Ban Thường vụ gồm 3 đồng chí: each is a whole
                if term.id == "ket_qua" and not _tells_result(reading, term.end, first.start):
                    continue  # what follows is counted anew
                starts_sentence = term.start - segment.own[0][0] <= 3 and segment.separator == "."
                if term.id == "ket_qua":
                    starts_sentence = starts_sentence and _goes_on(reading, level.segments[:index], rest, first)
                before = counts_before(
                    reading, level.segments[: index + 1], term.start, first, over_stop=starts_sentence
                )
                before = or_change(level.segments[: index + 1], term.start, rest, first, before)
                if before:
                    found = sum_of(reading, before, _behind_groups(rest), (term.start, term.end), term.id)
                    if term.id == "ket_qua" and starts_sentence and not _nearly_all(reading, found):
                        continue
                    if term.id != "cu_the" or not _siblings(reading, found):
                        yield found


def _behind_groups(rest: Sequence[Segment]) -> Sequence[Segment]:
    """The parts of a list without the number of its groups: ``chia thành 3 bảng: bảng A 22 tiết mục, …``."""
    if len(rest) < _RESULTS or rest[1].separator != ":" or len(rest[0].amounts) != 1:
        return rest
    run = next(by_sentence(rest[1:]))
    counted = sum(bool(segment.amounts) for segment in run)
    return rest[1:] if counted == rest[0].amounts[0].value else rest


def _goes_on(reading: Reading, before: Sequence[Segment], rest: Sequence[Segment], first: Amount) -> bool:
    """Whether the results behind a stop are those of the count right before it: ``… 21 cơ sở. Kết quả: 15 cơ sở đạt``.

    That and all results count things by the same noun.
    """
    counts = before[-1].amounts if before else ()
    told = [amount for amount in counts if amount.of is None] or counts
    listed = [amount for segment in next(by_sentence(rest)) for amount in segment.amounts]
    if len(told) != 1 or len(listed) < _RESULTS:
        return False
    last = told[0]
    return last.unit is not None and all(usable(a) and a.of is None and a.unit == last.unit for a in listed)


#: A result of those who did not win; whoever tells these tells them all.
_FAILED = Words(
    ("chưa đạt", "không đạt", "chưa được", "không được", "bỏ thi", "bỏ cuộc", "vắng", "trượt", "hỏng", "không dự thi")
)


def _nearly_all(reading: Reading, found: Sum) -> bool:
    """Whether results of bodies, or with those who failed, come so near to all that only a slip leaves one out."""
    made = sum(part.amount.value for part in found.parts.found)
    told = found.whole.family in ("school", "place", "cell", "class")
    told = told or any(holds(_FAILED, reading.lower, p.amount.end, p.segment.end) for p in found.parts.found)
    return told and abs(made - found.whole.value) <= max(1, found.whole.value * _SLIP)


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
        first = first_amount(rest, segment.start)
        before = counts_before(reading, level.segments[:index], segment.start, first) if first else []
        if first is not None:
            before = told_of(reading, level.segments[index - 1], rest, first, before)
        if not segment.amounts and not segment.groups and _NEXT_ITEM.match(reading.text, segment.end):
            continue  # what is listed has no numbers; those that follow count something else
        if before and _EACH.search(reading.lower, level.segments[0].start, before[0][0].start):
            continue  # thưởng mỗi dự án: loại A: 1.000.000 đồng – loại B: 800.000 đồng
        if before and _adjoins(level.segments, before[0][1], index) and not _far(reading, before[0], segment.start):
            found = sum_of(reading, before, rest, (segment.start - 1, segment.start), ":")
            if not _siblings(reading, found):
                yield found


def _adjoins(segments: Sequence[Segment], whole: Segment, index: int) -> bool:
    """Whether a total and the colon have only percentages and changes between them: ``122 giải, chiếm 39,2% …:``."""
    between = segments[segments.index(whole) + 1 : index]
    return all(segment.separator == "," and all(a.percent or a.change for a in segment.amounts) for segment in between)


def _far(reading: Reading, whole: tuple[Amount, Segment], end: int) -> bool:
    """Whether other words than the counted noun phrase, or a new sentence, stand between a number and its list."""
    if _NEXT.search(reading.text, whole[0].end, end):
        return True
    return end - whole[0].end > 120 or whole[1].end < end - 40


def sum_of(
    reading: Reading,
    before: list[tuple[Amount, Segment]],
    segments: Sequence[Segment],
    opened: tuple[int, int],
    opener: str,
) -> Sum:
    """The sum of the parts that segments name for the likeliest of the counts ``before`` them.

    ``opened`` is where the words that open the list stand, ``opener`` what they are.
    """
    whole, segment = next((row for row in before if not is_of_some(reading, *row)), before[0])
    parts = read_parts(reading, segments, opened[1], whole, closed=opener == "(")
    parts.found = [part for part in parts.found if part.amount.start != whole.start]
    in_same_unit(reading, parts, whole)
    parts.cut(whole.value, closed=opener == "(")
    if opener == "ket_qua" and parts.found and ":" in reading.text[opened[1] : parts.found[0].amount.start]:
        opener = ":"
    halves = by_halves(reading, [part.segment for part in parts.found], whole)
    complete = True if halves else is_complete(reading, parts, whole, opener)
    made = sum(part.amount.value for part in parts.found)
    if complete and made != whole.value:
        # 29 đảng viên trên tổng số 31: the parts may be those of all.
        alike = ((a, s) for a, s in before[1:3] if a.value == made and (s is segment or a.family == whole.family))
        whole, segment = next(alike, (whole, segment))
    elif complete is None and (
        is_all_but_made(reading, parts, whole, opener) or (is_close(made, whole.value) and are_opposed(reading, parts))
    ):
        complete = True
    others = complete is False and made != whole.value
    if others and len(before) > 1 and parts.dimension() == "dim_prize" and not parts.some:
        # 88 em đạt giải/126 em dự thi: the prizes are those of the winners.
        winners, where = before[1]
        if won(reading, winners.end, whole.start):
            whole, segment = winners, where
            complete = True if opener in ("(", ":", "gom") else None
    if complete and parts.dimension() == "dim_prize" and (other := counted_twice(reading, whole, segment)):
        # The prizes may go with either; with neither they go only by a slip.
        complete = None if made in (whole.value, other.value) else True
        whole = min((whole, other), key=lambda counted: abs(counted.value - made))
    complete = True if complete is None and _is_misprinted(parts, whole) else complete
    cue = opener if opener in ("(", ":") else reading.text[max(opened[0], opened[1] - 20) : opened[1]].strip(" (")
    return Sum(whole, segment, parts, complete, cue, tuple(before[1:3]), opened)


def _is_misprinted(parts: Parts, whole: Amount) -> bool:
    """Whether parts of a large number make it but for one digit: some of them only would hardly do so by chance."""
    made = sum(part.amount.value for part in parts.found)
    return len(parts.found) > 2 and whole.value >= _LARGE and differ_by_slip(made, whole.value)


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
