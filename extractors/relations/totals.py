"""Totals told without words that open a list: beside both of a pair, behind their parts, before a bracket of pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors._shared.document import Term
from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_pair, is_whole_scale
from extractors.relations.nearly import is_near, is_slip
from extractors.relations.parts import Part, Parts, categories, fits, usable
from extractors.relations.reading import Reading, attribute
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence


@dataclass(frozen=True)
class Sum:
    """A whole with its parts, before it becomes relations. ``bases`` are other wholes around it."""

    whole: Amount
    segment: Segment
    parts: Parts
    exhaustive: bool | None
    cue: str
    bases: tuple[tuple[Amount, Segment], ...] = ()
    opened: tuple[int, int] | None = None  # where the words that open the list stand
    apart: bool = False  # no part is counted in another one, whatever they are called


#: Who says neither yes nor no is the third of them.
NEITHER = re.compile(r"(?<!\w)(?:(?:ý kiến )?khác|không (?:có )?ý kiến|phiếu trắng|bỏ phiếu trắng|phân vân)(?!\w)")
#: Who is called to a meeting, and may be there or not.
_CALLED = ("person", "staff", "pupil")
_PAIRED = (
    ("dim_pass", ("pass", "fail")),
    ("dim_gender", ("nam", "nu")),
    ("dim_attend", ("present", "absent")),
    ("dim_ballot", ("valid", "invalid")),
    ("dim_right", ("right", "wrong")),
    ("dim_literacy", ("literate", "illiterate")),
)


def find_attained(reading: Reading, level: Level) -> Iterator[Sum]:
    """Those who took part against those who passed and who did not; all against men and women."""
    for run in by_sentence(level.segments):
        rows = [(segment, amount) for segment in run for amount in segment.amounts if usable(amount)]
        for dimension, (first, second) in _PAIRED:
            named = [categories(reading, segment, amount).get(dimension) for segment, amount in rows]
            for index, name in enumerate(named):
                if name != second or rows[index][0].amounts[-1] is not rows[index][1] or "blank" in named:
                    continue
                if any(NEITHER.search(reading.lower, s.start, s.end) for s, _ in rows[index + 1 : index + 2]):
                    continue  # tán thành 29, không tán thành 8, ý kiến khác 3
                if found := _pair(reading, rows[: index + 1], named[: index + 1], dimension, first):
                    yield found


def _pair(
    reading: Reading,
    rows: list[tuple[Segment, Amount]],
    named: list[str | None],
    dimension: str,
    first: str,
) -> Sum | None:
    """The whole of the last row and of the only one before it with the other category."""
    at = next((i for i in range(len(rows) - 2, -1, -1) if named[i] == first and _alone(rows[i])), None)
    if at is None or at != len(rows) - 2:
        return None
    if dimension in ("dim_attend", "dim_gender") and any(a.family not in (*_CALLED, None) for _, a in rows[at:]):
        return None  # 8/8 trường có đội nam, 7/8 trường có đội nữ
    other_segment, other = rows[at]
    parts = Parts([Part(a, s, {dimension: str(name)}) for (s, a), name in zip(rows[at:], named[at:], strict=True)])
    cue = " / ".join(reading.lower[t.start : t.end] for s, _ in rows[at:] for t in terms_in(reading, s, dimension)[:1])
    for whole_segment, whole in reversed(rows[:at]):
        # What is looked through was handed in; who is called may stay away.
        called = dimension in ("dim_ballot", "dim_right") or (dimension == "dim_attend" and whole.family in _CALLED)
        if dimension in ("dim_attend", "dim_gender") and whole.family not in (*_CALLED, None):
            continue  # 27 trường tham gia, … nam 1.268, nữ 872
        if dimension == "dim_literacy" and not is_near(reading, parts, whole):
            continue  # those of all ages
        if (called or _is_whole(reading, whole_segment)) and fits(whole, other):
            if whole_segment is other_segment and not _before_whole(reading, whole_segment, whole):
                continue
            return Sum(whole, whole_segment, parts, True, cue, opened=(min(other.start, other_segment.end), 0))
        if named[rows.index((whole_segment, whole))] == first:
            return None
    if other.of is not None and dimension != "dim_literacy":
        whole = Amount(other.start, other.end, other.of, family=other.family, unit=other.unit, unit_end=other.unit_end)
        return Sum(whole, other_segment, parts, True, cue)
    return None


def _alone(row: tuple[Segment, Amount]) -> bool:
    return row[0].amounts[-1] is row[1]


def _before_whole(reading: Reading, segment: Segment, whole: Amount) -> bool:
    return reading.has("rel_total", segment.start, whole.start)


def terms_in(reading: Reading, segment: Segment, dimension: str) -> list[Term]:
    """The terms of a group on a segment's own text."""
    return [term for span in segment.own for term in reading.terms(dimension, *span)]


def find_totals_after(reading: Reading, level: Level) -> Iterator[Sum]:
    """A total that follows its parts: ``3 giải Nhất, 5 giải Nhì, tổng 8 giải``."""
    for run in by_sentence(level.segments):
        for index, segment in enumerate(run):
            amount = segment.first()
            if index < 2 or amount is None or not usable(amount) or amount.of is not None:
                continue
            if not any(t.end <= amount.start for t in terms_in(reading, segment, "rel_total")):
                continue
            parts, skipped = Parts(), False
            for before in reversed(run[:index]):
                part = before.first()
                if part is not None and parts.found and parts.found[0].segment.separator == ":":
                    break  # đến từ 5 xã: …: it announces the list
                if part is None and parts.found and not before.groups:
                    skipped = True  # áo phao và dụng cụ 65 triệu đồng: more of the label of the next one
                    continue
                if part is not None and part.change and parts.found and not _are_all(parts, amount):
                    part = replace(part, change=False)  # dôi ra 6 hiệu trưởng, 8 phó, 11 nhân viên, cộng 25 người
                if part is None or len(before.amounts) > 1 or not usable(part) or not _may_hold(amount, part):
                    break
                parts.found.insert(0, Part(part, before, categories(reading, before, part)))
            made = sum(part.amount.value for part in parts.found)
            near = made / _NEAR < amount.value < made * _NEAR or differ_by_slip(made, amount.value, 2)
            close, few = near, 2 if _at_sites(reading, parts, amount) else _SPENT
            near = near and (len(parts.found) >= few or (len(parts.found) > 1 and makes(parts, amount)))
            across = near and parts.dimension() is None and _cuts_across(reading, run[: index + 1], amount)
            if across or (skipped and not makes(parts, amount)):
                continue
            bronze = amount.family == "prize" and parts.dimension() == "dim_prize"
            paid = not bronze and "money" in {amount.family, *(part.amount.family for part in parts.found)}
            if paid and parts.dimension() in _REWARDED:
                continue  # Nhất 1 triệu, Nhì 700.000, …; tổng 16.300.000đ: what each winner gets
            worded = amount.family == "money" or _ADDS.fullmatch(reading.lower, segment.start, amount.start)
            bare = len(parts.found) > _SPENT and is_near(reading, parts, amount)
            # Two prizes or grades of a longer scale are some of those told together in the end.
            scale = parts.dimension() is not None and (close or len(parts.found) > few or _is_pair(parts))
            if scale or (near and (worded or bare or _at_sites(reading, parts, amount))):
                yield Sum(amount, segment, parts, True, "tổng")


def _is_pair(parts: Parts) -> bool:
    """Whether parts are two categories of which everybody has one."""
    return is_pair({part.categories[parts.dimension() or ""] for part in parts.found})


def _are_all(parts: Parts, whole: Amount) -> bool:
    """Whether parts are all of their whole already."""
    return sum(part.amount.value for part in parts.found) == whole.value


def _at_sites(reading: Reading, parts: Parts, whole: Amount) -> bool:
    """Whether each part is told of a site of the school: ``điểm chính 8 lớp, điểm Nà Pán 3 lớp; cả trường 11``."""
    alike = all(part.amount.unit == whole.unit is not None for part in parts.found)
    return alike and all(reading.has("rel_site", p.segment.start, p.amount.start) for p in parts.found)


#: What is counted together by these may be of several kinds: ``46 phòng học, 9 nhà vệ sinh; tổng cộng 55 hạng mục``.
_TOGETHER = ("hạng mục", "công trình", "suất")


def _may_hold(whole: Amount, part: Amount) -> bool:
    return fits(whole, part) or (whole.unit in _TOGETHER and part.family in ("room", "any", "topic", "site", "school"))


def _cuts_across(reading: Reading, run: list[Segment], whole: Amount) -> bool:
    """Whether some of the numbers of a sentence count the same ones again, as sums of money do not, or are not all."""
    # Words of people tell rooms and gifts apart: phòng ở bán trú.
    things = whole.family == "money" or whole.unit in _TOGETHER
    groups = ("rel_some",) if things else ("rel_overlap", "rel_some")
    across = [t for s in run for group in groups for t in reading.terms(group, s.start, s.end)]
    across = [t for t in across if not reading.text.startswith(":", t.end)]  # Dân tộc: Kinh 320 em, Mông 85 em
    return any(reading.lower[t.start : t.end] not in _TRADES for t in across)


def makes(parts: Parts, whole: Amount) -> bool:
    """Whether parts make their whole, or but for a slip."""
    made = sum(part.amount.value for part in parts.found)
    return made == whole.value or differ_by_slip(made, whole.value)


#: To whom so much each is paid: a grade of prize, a body or a person.
_REWARDED = ("dim_prize", "dim_honoured")
#: Sums of money told one after the other and then together, at least so many.
_SPENT = 3
#: What may be taught as well as mastered.
_TRADES = ("tin học", "ngoại ngữ")
#: Nothing else is said of a total that only adds up: ``cộng 209 học viên``.
_ADDS = re.compile(r"\s*(?:và )?(?:(?:tổng )?cộng|tổng(?: số)?)(?: (?:chi|thu|là|được|có|chung))*:? ")
_NEAR = 1.2
_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")
_GO_ON = re.compile(r"(?<!\w)(?:thì|có|đã có|này|đó)(?!\w)|[^\d]*,")


def find_among(reading: Reading, level: Level) -> Iterator[Sum]:
    """``Trong 35 người được đánh giá có 12 người loại tốt, 19 người khá, …``: those told among a number.

    They are all of them where their grades make a whole scale.
    """
    for run in by_sentence(level.segments):
        rows = [(segment, amount) for segment in run for amount in segment.amounts]
        if len(rows) < 2 or not usable(rows[0][1]) or rows[0][1].family is None:
            continue
        segment, whole = rows[0]
        if _AMONG.search(reading.lower, segment.start, whole.start) is None:
            continue
        if (
            _GO_ON.search(reading.lower, whole.unit_end, rows[1][1].start) is None
            or "(" in reading.text[whole.end : rows[1][1].start]
        ):
            continue
        parts = Parts()
        for where, amount in rows[1:]:
            if not usable(amount) or amount.unit not in (None, whole.unit) or amount.of is not None:
                break
            parts.overlap |= reading.has("rel_overlap", where.start, where.end)
            parts.found.append(Part(amount, where, categories(reading, where, amount)))
        anew = (
            next((s.start for s in run if s.separator == ";" and s.start > parts.found[0].amount.end), None)
            if parts.found
            else None
        )
        if anew is not None and sum(p.amount.end < anew for p in parts.found) >= _SPENT:
            # … lớp 8 bỏ 70, lớp 9 bỏ 41; nữ chiếm non nửa, 83 em
            parts.found = [p for p in parts.found if p.amount.end < anew]
        dimension = parts.dimension()
        found = {part.categories[dimension] for part in parts.found} if dimension is not None else set()
        whole_scale = dimension is not None and is_whole_scale(dimension, found)
        excluding = dimension is not None and not any(attribute(dimension, label, "nested") for label in found)
        made = excluding and is_slip(reading, parts, whole, sum(p.amount.value for p in parts.found))
        listed = len(parts.found) >= _SPENT and dimension is None and not parts.overlap
        made = made or (listed and is_slip(reading, parts, whole, sum(p.amount.value for p in parts.found)))
        complete = True if whole_scale or made else None
        if parts.found and not any(reading.has("rel_some", s.start, s.end) for s in run):
            yield Sum(whole, segment, parts, complete, "trong")


_OUT_OF = re.compile(r"[^\d,;:()]{0,40}(?<!\w)(?:trên|trong) tổng số $")


def find_out_of(reading: Reading, level: Level) -> Iterator[Sum]:
    """``tốt 12 người, khá 33 người, trung bình 4 người trên tổng số 49 người``: a whole scale, and then all of them."""
    for run in by_sentence(level.segments):
        last = run[-1]
        if len(run) < 2 or len(last.amounts) != 2 or not all(usable(a) and a.of is None for a in last.amounts):
            continue
        count, whole = last.amounts
        alike = whole.family == count.family is not None
        if not alike or _OUT_OF.fullmatch(reading.lower, count.unit_end, whole.start) is None:
            continue
        parts = Parts([Part(count, last, categories(reading, last, count))])
        for segment in reversed(run[:-1]):
            amount = segment.amounts[0] if len(segment.amounts) == 1 else None
            if amount is None or not usable(amount) or amount.of is not None or amount.unit != count.unit:
                break
            parts.found.insert(0, Part(amount, segment, categories(reading, segment, amount)))
        dimension = parts.dimension()
        if dimension and is_whole_scale(dimension, {part.categories[dimension] for part in parts.found}):
            yield Sum(whole, last, parts, True, "trên tổng số")


def _is_whole(reading: Reading, segment: Segment) -> bool:
    return any(reading.has("rel_enter", *span) or reading.has("rel_total", *span) for span in segment.own)


def find_columns_before(reading: Reading, level: Level) -> Iterator[Sum]:
    """``nhà trẻ 120 cháu/5 nhóm, mẫu giáo 385 cháu/12 lớp; tổng cộng 505 cháu/17 nhóm, lớp``: the totals come last.

    All pieces of the sentence count the same kinds of things in the same order.
    """
    for run in by_sentence(level.segments):
        last, families = run[-1], [a.family for a in run[-1].amounts]
        if len(run) < _PIECES or len(set(families)) < 2 or None in families or last.groups:
            continue
        if not any(t.end <= last.amounts[0].start for t in terms_in(reading, last, "rel_total")):
            continue
        pieces = [s for s in run[:-1] if s.amounts]
        counted = [a for s in (*pieces, last) for a in s.amounts]
        if len(pieces) < 2 or any([a.family for a in s.amounts] != families for s in pieces):
            continue
        labels = [categories(reading, s, s.amounts[0]) for s in pieces]
        if not all(usable(a) and a.of is None for a in counted) or any(
            reading.has("rel_some", s.start, s.end) for s in run
        ):
            continue
        for column, whole in enumerate(last.amounts):
            parts = Parts([Part(s.amounts[column], s, own) for s, own in zip(pieces, labels, strict=True)])
            if parts.dimension() is not None:
                yield Sum(whole, last, parts, True, "tổng")


#: Two pieces and their totals.
_PIECES = 3
