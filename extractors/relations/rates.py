"""Ratios ``a/b`` and the percentages that stand beside counts and ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.relations.amounts import HOLIDAYS, Amount
from extractors.relations.capped import is_capped
from extractors.relations.exceeded import is_beside_plan, may_exceed, repeats_more, says_more
from extractors.relations.out_of_told import is_rated, is_told_of
from extractors.relations.parts import categories, fits, group_share, usable
from extractors.relations.quantities import passage, quantity
from extractors.relations.reached import each_reached, share_explained
from extractors.relations.reading import Reading, attribute
from extractors.relations.restated import is_plain_share, restates, share_after
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from schemas.relation import Relation

#: Cue of percentages whose whole is not stated but is the sum of the counts of a scale.
OF_SUM = "sum"
#: Cue of percentages that name their whole themselves, whatever stands before.
OF_NAMED = "named"

#: Cue of percentages whose whole words of their sentence tell.
TOLD = "told"

#: Cue of percentages that are only bounds: ``trên 96%``.
AT_LEAST = "trên"

_REACH, _ALL = 90, 100
# Ratios that are dates where no counted noun follows: 20/11, 8/3, 26/3.
_MAX_DAY, _MAX_MONTH = 31, 12
#: A count is no further from its whole than this share of it, where it exceeds it by a slip.
_ALIKE = 0.25
_DAY_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|dịp|đợt|trước|đến|từ|hạn|sáng|chiều|chào mừng|kỷ niệm|lễ|phong trào|quốc tế)(?!\w)[^.;,:]{0,16}$"
)
# Between a percentage and the total of which it is one: ``20,7% so với tổng số``.
_TOTAL_REACH = 10
#: Behind two numbers stands what they are counted by, or a third one: ``52/35 giáo viên/lớp``, ``1.150 / 1.208 / 105``.
_PER_UNIT = re.compile(r"\s?/\s?[^\W_]")


def find_ratios(reading: Reading, level: Level) -> Iterator[Relation]:
    """Ratios (``142/150 em``) and the percentages that stand beside counts and ratios."""
    for inner in level.walk():
        for index, segment in enumerate(inner.segments):
            for amount in segment.amounts:
                if amount.of is not None and not amount.percent:
                    yield from _ratio(reading, inner.segments, index, amount)
                    yield from _rate_of_ratio(reading, inner.segments, index, amount)
                elif amount.percent and not amount.change and not amount.vague and amount.value > 0:
                    yield from _lone(reading, inner.segments, segment, amount)
            yield from _rate_of_count(reading, inner.segments, index)


def may_be_day(ratio: Amount) -> bool:
    """Whether a ratio without a noun may be a day of the year: ``20/11``."""
    return ratio.family is None and ratio.value <= _MAX_DAY and (ratio.of or 0) <= _MAX_MONTH


#: Nouns that also end what is said of those counted.
_NEVER_COUNTED = ("topic", "time", "any")


def _of_two_kinds(reading: Reading, amount: Amount) -> bool:
    """Whether the nouns before and behind ``a/b`` count two things: ``Phòng học: 24/18 lớp``."""
    before = reading.terms("rel_unit", max(0, amount.start - 18), amount.start)
    if not before or before[-1].id in _NEVER_COUNTED:
        return False  # hoàn thành chương trình 341/338 cháu
    near = re.fullmatch(r" ?:? ?", reading.lower[before[-1].end : amount.start])
    return near is not None and amount.family is not None and before[-1].id != amount.family


def _ratio(reading: Reading, segments: Sequence[Segment], index: int, amount: Amount) -> Iterator[Relation]:
    assert amount.of is not None
    segment = segments[index]
    share = share_after(reading, segments, index, amount) if amount.value > amount.of else None
    rated = share is not None and is_rated(reading, segment, amount, share[0])
    beside = amount.family is None and (rated or is_told_of(reading, _sentence_of(segments, index), amount))
    unclear = (may_be_day(amount) and not beside) or (amount.value > amount.of and _is_day(reading, amount))
    voted = _VOTED.match(reading.lower, amount.unit_end) is not None
    unclear = unclear or (amount.value > amount.of and not voted and _of_two_kinds(reading, amount))
    ends = amount.end, amount.unit_end or amount.end  # 52/35 giáo viên/lớp
    if unclear or any(_PER_UNIT.match(reading.lower, end) for end in ends) or amount.family in ("time", "money"):
        return
    near = _sentence_of(segments, index) if amount.value > amount.of else [segment]
    target = any(reading.has("rel_target", *span) for part in near for span in part.own)
    target = target or (amount.value > amount.of and (may_exceed(reading, near) or is_beside_plan(reading, amount)))
    target = target or says_more(reading, amount)
    # Of those present no more can agree, whatever target they vote on.
    target = target and not voted
    labelled = _is_labelled(reading, segment, amount)
    told = beside or amount.family is not None or labelled or _is_one_of_several(segments, index)
    told = told or _have_passed(reading, segment, amount)
    certain = False if target else (True if told and not amount.vague else None)
    part = quantity(reading, amount, segment)
    if rated and share is not None and not labelled:  # it tells that this is a ratio
        part = part.model_copy(update={"evidence": reading.evidence(*_with_share(reading, segment, amount, share[0]))})
    yield Relation(
        kind="ratio", whole=part.model_copy(update={"value": amount.of}), parts=(part,), exhaustive=certain, cue="/"
    )


def _with_share(reading: Reading, segment: Segment, ratio: Amount, share: Amount) -> tuple[int, int]:
    """The passage of a ratio up to the percentage beside it."""
    closed = reading.text.startswith(")", share.end)
    return passage(reading, segment, ratio)[0], share.end + closed


_VOTED = re.compile(
    r"\s*(?:có mặt |dự họp |tham dự )?(?:đã |đều )?(?:nhất trí|đồng ý|tán thành|biểu quyết|bỏ phiếu)(?!\w)"
)


def _is_labelled(reading: Reading, segment: Segment, amount: Amount) -> bool:
    """Whether a label with a counted noun stands before a ratio that is no date: ``Trẻ được khám: 402/398``."""
    labelled = reading.lower[segment.start : amount.start].rstrip().endswith(":")
    alike = amount.of is not None and amount.of > _MAX_DAY and abs(amount.value - amount.of) <= _ALIKE * amount.of
    return labelled and alike and reading.has("rel_unit", segment.start, amount.start)


#: What is said of pupils right before how many of all passed.
_PASSING = re.compile(
    r"(?<!\w)(?:tốt nghiệp|đỗ|đậu|lên lớp|hoàn thành chương trình|trúng tuyển|"
    r"chuyển lớp)(?: [^\W\d_]+){0,4}(?: 20\d\d)?"
    r"(?: (?:đạt|là|có|được|với|tỷ lệ|tỉ lệ|kết quả))*:? $"
)


def _have_passed(reading: Reading, segment: Segment, amount: Amount) -> bool:
    """Whether a ratio without a noun, and no date, counts those who passed: ``thi tốt nghiệp năm 2021 đạt 370/368``."""
    alike = amount.of is not None and amount.of > _MAX_DAY and amount.value <= (1 + _ALIKE) * amount.of
    return alike and _PASSING.search(reading.lower, segment.start, amount.start) is not None


def _is_one_of_several(segments: Sequence[Segment], index: int) -> bool:
    """Whether another ratio of the sentence is out of as many: ``cho học sinh 152/175; cho giáo viên 177/175``."""
    ratios = [a.of for s in _sentence_of(segments, index) for a in s.amounts if a.of is not None and not a.percent]
    return any(ratios.count(a.of) > 1 and a.of > _MAX_DAY for a in segments[index].amounts if a.of is not None)


def _sentence_of(segments: Sequence[Segment], index: int) -> list[Segment]:
    """The segments of the sentence in which one stands."""
    first = next((i for i in range(index, 0, -1) if segments[i].separator == "."), 0)
    last = next((i for i in range(index + 1, len(segments)) if segments[i].separator == "."), len(segments))
    return list(segments[first:last])


def _is_day(reading: Reading, amount: Amount) -> bool:
    """Whether a number over a smaller one may be a day of the year: ``chào mừng 20/11 trường tổ chức …``."""
    if amount.value > _MAX_DAY or (amount.of or 0) > _MAX_MONTH:
        return False
    known = (int(amount.value), int(amount.of or 0)) in HOLIDAYS
    return known or _DAY_BEFORE.search(reading.lower, max(0, amount.start - 30), amount.start) is not None


def _lone(reading: Reading, segments: Sequence[Segment], segment: Segment, amount: Amount) -> Iterator[Relation]:
    """A percentage of people or bodies, which nothing can lift over 100."""
    graded = any(attribute(g, label, "shares") for g, label in categories(reading, segment, amount).items())
    around = _sentence_of(segments, segments.index(segment))
    counted = is_capped(reading, around[0].start, amount)
    said = around[0].start, around[-1].end
    target = reading.has("rel_target", *said) or reading.has("rel_change", *said)
    # Up to 100 there is nothing to say about a percentage that stands alone.
    rounded = any("làm tròn" in reading.lower[slice(*span)] for part in around for span in part.own)
    target = target or may_exceed(reading, around) or repeats_more(reading, amount)
    if (counted or graded) and not target and not rounded and amount.value > _ALL:
        yield Relation(kind="ratio", whole=None, parts=(quantity(reading, amount, segment),), exhaustive=True, cue="%")


def _rate_of_ratio(reading: Reading, segments: Sequence[Segment], index: int, ratio: Amount) -> Iterator[Relation]:
    segment = segments[index]
    share = share_after(reading, segments, index, ratio) or _share_behind(reading, segments, index, ratio)
    share = share or _bound_after(reading, segments, index, ratio) or _share_before(reading, segment, ratio)
    share = share or share_explained(reading, segments, index, ratio)
    if share is None or share[0].value > 100:
        return
    if each_reached(reading, ratio, share[0]):
        return
    part = quantity(reading, ratio, segment)
    whole = part.model_copy(update={"value": ratio.of})
    rate = quantity(reading, share[0], share[1])
    against = any("so với" in reading.lower[max(first, ratio.start) : last] for first, last in segment.own)
    cue = AT_LEAST if share[0].vague else "%"
    yield Relation(kind="percentage", whole=whole, parts=(rate, part), exhaustive=None if against else True, cue=cue)


#: Between a percentage and the ratio that says again what it says.
_THAT_IS = re.compile(r"\s*,? ?(?:với|tương ứng(?: với)?|tương đương|tức(?: là)?|hay|bằng)(?: là)? ")
#: What misses its ratio by more points says something else of it, unless by a slip.
_NEAR_POINTS = 1.5


def _share_before(reading: Reading, segment: Segment, ratio: Amount) -> tuple[Amount, Segment] | None:
    """The percentage right before a ratio: ``97,6% với 402/412 em``."""
    before = [a for a in segment.amounts if a.end <= ratio.start][-1:]
    if not before or not is_plain_share(before[0]) or not ratio.of:
        return None
    told = _THAT_IS.fullmatch(reading.lower, before[0].end, ratio.start)
    return (before[0], segment) if told and _is_near(reading, ratio, before[0]) else None


def _is_near(reading: Reading, ratio: Amount, share: Amount) -> bool:
    """Whether a percentage is what a ratio comes to, or misses it as by a slip."""
    if not ratio.of:
        return False
    follows = _ALL * ratio.value / ratio.of
    places = len(reading.text[share.start : share.end].rstrip("% ").partition(",")[2])
    return abs(follows - share.value) <= _NEAR_POINTS or differ_by_slip(round(follows, places), share.value, 2)


def _share_behind(
    reading: Reading, segments: Sequence[Segment], index: int, ratio: Amount
) -> tuple[Amount, Segment] | None:
    """The percentage behind the rest of what a ratio is said of: ``37/41 đơn vị loại tốt và xuất sắc (90,2%)``."""
    for segment in segments[index + 1 :]:
        if segment.separator not in (",", "và") or reading.has("rel_open", segment.start, segment.head_end):
            return None
        if segment.amounts:
            first = segment.amounts[0]
            clause = reading.text.find(",", ratio.unit_end or ratio.end, first.start) >= 0
            if clause and not _is_near(reading, ratio, first):
                return None  # vào lớp 6 1.466/1.481 em, vào lớp 10 và học nghề đạt 53,7%
            return (first, segment) if restates(reading, ratio, first, segment) else None
        if segment.groups:
            share = group_share(segment)
            return (share, segment) if share is not None and share.start - ratio.end <= _REACH else None
    return None


_ABOVE = re.compile(r"[ ,]{0,2}(?:đạt |chiếm )?(?:tỷ lệ |tỉ lệ )?(?:đạt )?trên $")


def _bound_after(
    reading: Reading, segments: Sequence[Segment], index: int, ratio: Amount
) -> tuple[Amount, Segment] | None:
    """The bound that says again what a ratio says: ``149/155 em, đạt tỷ lệ trên 96%``."""
    for segment in segments[index : index + 2]:
        later = [a for a in segment.amounts if a.start > ratio.end]
        if later and later[0].percent and later[0].vague and not later[0].change and later[0].of is None:
            above = _ABOVE.fullmatch(reading.lower, max(ratio.end, ratio.unit_end), later[0].start)
            return (later[0], segment) if above is not None else None
    return None


def _rate_of_count(reading: Reading, segments: Sequence[Segment], index: int) -> Iterator[Relation]:
    """``Có 150 em dự thi, 142 em đạt (94,67%)``: the whole is who took part, the total, or what it names itself."""
    segment = segments[index]
    counts = [a for a in segment.amounts if usable(a) and a.of is None]
    if not counts:
        return
    share = share_after(reading, segments, index, counts[-1])
    if share is None:
        return
    if named := _whole_after(reading, share, counts[-1]):
        yield Relation(
            kind="percentage",
            whole=quantity(reading, *named),
            parts=(quantity(reading, share[0], share[1]), quantity(reading, counts[-1], segment)),
            exhaustive=True,
            cue=OF_NAMED,
        )
        return
    wholes: list[tuple[Amount, Segment]] = []
    for position in range(index - 1, -1, -1):
        before = segments[position]
        if segments[position + 1].separator == ".":
            break
        wholes += [(a, before) for a in before.amounts if usable(a) and fits(a, counts[-1]) and a.of is None]
    wholes = [row for row in wholes if not _is_another_grade(reading, *row, counts[-1], segment)]
    marked = [
        row for row in wholes if any(reading.has("rel_enter", *s) or reading.has("rel_total", *s) for s in row[1].own)
    ]
    if not marked and wholes and _AMONG.search(reading.lower, wholes[-1][1].start, wholes[-1][0].start):
        # Trong 3.450 lao động, 1.518 người đã qua đào tạo, đạt 44%
        parts = quantity(reading, share[0], share[1]), quantity(reading, counts[-1], segment)
        if len(wholes) == 1 and len(counts) == 1:
            base = quantity(reading, *wholes[0])
            yield Relation(kind="percentage", whole=base, parts=parts, exhaustive=True, cue="trong")
        return
    if not marked and _is_graded(reading, wholes, segment, counts):
        base = quantity(reading, *wholes[0])
        yield Relation(
            kind="percentage",
            whole=base,
            parts=(quantity(reading, share[0], share[1]), quantity(reading, counts[-1], segment)),
            exhaustive=True,
            cue="%",
        )
        return
    won = any(reading.has(group, *span) for span in segment.own for group in ("rel_won", "dim_pass", "rel_scale"))
    own_total = any(reading.has("rel_enter", *span) or reading.has("rel_total", *span) for span in segment.own)
    if not marked or not won or own_total:
        return
    whole = marked[0]
    others = tuple(quantity(reading, amount, where) for amount, where in wholes if amount is not whole[0])
    yield Relation(
        kind="percentage",
        whole=quantity(reading, *whole),
        parts=(quantity(reading, share[0], share[1]), quantity(reading, counts[-1], segment), *others),
        exhaustive=True,
        cue="%",
    )


def _is_another_grade(reading: Reading, whole: Amount, where: Segment, count: Amount, segment: Segment) -> bool:
    """Whether a count is that of another grade of the scale: ``724 em xếp loại tốt, …; 49 em xếp loại khá (6,33%)``."""
    grades, labels = categories(reading, where, whole), categories(reading, segment, count)
    return any(
        attribute(group, label, "shares") and labels.get(group, label) != label for group, label in grades.items()
    )


_COUNTED = re.compile(r"(?<!\w)(?:có|với|là|:) $")


def _is_graded(
    reading: Reading, wholes: Sequence[tuple[Amount, Segment]], segment: Segment, counts: Sequence[Amount]
) -> bool:
    """Whether one grade of the only count before is told: ``Lớp Lá có 32 trẻ, bình thường 30 trẻ (93,8%)``."""
    if len(wholes) != 1 or len(counts) != 1:
        return False
    whole, where = wholes[0]
    if whole.unit is None or whole.unit != counts[0].unit or len(where.amounts) > 2 or where.groups:
        return False
    labels = categories(reading, segment, counts[0])
    graded = any(attribute(group, label, "shares") for group, label in labels.items())
    return graded and _COUNTED.search(reading.lower, where.start, whole.start) is not None


_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")


def _whole_after(reading: Reading, share: tuple[Amount, Segment], count: Amount) -> tuple[Amount, Segment] | None:
    """The whole that a percentage itself names: ``chiếm 20,7% tổng số giải Nhất toàn thành phố (58 giải)``."""
    amount, segment = share
    for group in segment.groups:
        amounts = [(a, part) for part in group.segments for a in part.amounts]
        if group.start < amount.end or len(amounts) != 1 or not usable(amounts[0][0]) or not fits(amounts[0][0], count):
            continue
        before = reading.terms("rel_total", amount.end, group.start)
        beside = group.start - amount.end <= _BESIDE and reading.has("rel_total", group.start, amounts[0][0].start)
        if amounts[0][0].of is None and (beside or any(t.start - amount.end <= _TOTAL_REACH for t in before)):
            return amounts[0]
    base = _BASE.match(reading.lower, amount.end, min(len(reading.lower), amount.end + _REACH))
    base = base or _BASE_BARE.match(reading.lower, amount.end, min(len(reading.lower), amount.end + _REACH))
    if base is None or (base["of"].startswith("so với") and not _PLAN.match(base["of"])):
        return None
    known = [(a, segment) for a in segment.amounts] + [
        (a, part) for group in segment.groups for part in group.segments for a in part.amounts
    ]
    named = [row for row in known if row[0].start == base.start("n") and usable(row[0]) and row[0].of is None]
    return named[0] if named and fits(named[0][0], count) and named[0][0].value * _MOST >= count.value else None


#: What a percentage is of, with its size in a bracket: ``đạt 96,4% chỉ tiêu lớp 10 (1.240)``.
_BASE = re.compile(r" (?P<of>[^\d,;.:()%]{4,40}(?:lớp \d+ )?)\((?P<n>\d[\d.]*)(?: [^\W\d_]+(?: [^\W\d_]+)?)?\)")
#: The same without a bracket: ``chiếm 25,0% tổng số 48 đoàn viên``.
_BASE_BARE = re.compile(
    r" (?P<of>(?:trong |của |trên )?tổng số |(?:trong|trên) (?:số )?(?=\d))"
    r"(?:[^\d,;.:()%]{0,24} )?(?P<n>\d[\d.]*) (?=[^\W\d_])"
)
_PLAN = re.compile(r"so với (?:kế hoạch|chỉ tiêu|dự toán|nghị quyết)")
_BESIDE = 2
#: A result may exceed its plan so far.
_MOST = 1.5
