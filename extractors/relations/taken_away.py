"""What was there, what was taken away and what is left, told step by step: ``152 hồ sơ. Loại 11 hồ sơ; còn lại 141``.

Also what is needed, what is there and what is lacking, and two numbers that are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip, is_plausible_rest
from extractors.relations.stepping import of_one_thing
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_STEPS_AT = Words(("còn", "dự thi", "có mặt", "tham dự", "hiến", "tiêm", "đi được"))
#: Right before a number: so many are taken away.
_TAKEN = re.compile(
    r"(?<!\w)(?:(?:bị |phải |đã |tự |xin )?(?:loại(?: bỏ| thêm| ra| khỏi danh sách)?|trừ(?: đi)?|bỏ thi|vắng(?: mặt)?|"
    r"rút(?: lui| hồ sơ)?|trả lại|hủy|gạch tên|miễn đánh giá|chưa đủ điều kiện|không đủ điều kiện|không hợp lệ|"
    r"không tham gia|không dự thi|không đến|nghỉ thi))(?: có| là)?:? $"
)
#: Behind a number with its noun: these are taken away.
_LEAVING = re.compile(
    r"(?: [^\d,;.:()]{1,48}?)? (?:nên|vì vậy|do đó|được)? ?"
    r"(?:miễn đánh giá|miễn xếp loại|"
    r"không (?:thuộc diện|phải|xếp loại|đánh giá|dự thi|được xét|hợp lệ|đủ điều kiện)|"
    r"chưa (?:đánh giá|xếp loại|đủ điều kiện)|bỏ thi|vắng(?: mặt)?|bị loại|"
    r"rút (?:lui|hồ sơ|tên)|xin rút|nghỉ (?:hưu|việc|học)|thôi (?:việc|học)|bỏ học|chuyển (?:trường|đi|công tác)|"
    r"phạm quy|(?:bị )?hỏng|được tuyển thẳng)(?!\w)"
)
#: Right before a number: so many are left.
_LEFT = re.compile(r"(?<!\w)(?:còn(?: lại)?|số còn lại|nay còn)(?: là| có| đúng)?:? $")
_LEFT_SURE = re.compile(r"(?<!\w)(?:còn lại|số còn lại)(?: là| có)?:? $")
_LEFT_BEHIND = re.compile(r" còn lại(?!\w)")
#: Of those who had signed up: so many came.
_CAME = re.compile(
    r"(?<!\w)(?:thực (?:tế )?dự(?: thi)?|dự thi|có mặt|tham dự|thực thi|thực tế tham gia|"
    r"(?:được )?(?:hiến|tiêm)(?: được)?(?: máu| chủng)?)(?: là| có)?:? $"
)
_SIGNED = re.compile(r"(?<!\w)(?:đăng ký|đăng kí|triệu tập|danh sách)(?: [^\W\d_]+){0,3}(?: là| có)?:? $")
_SIGNED_BEHIND = re.compile(r"[^\d,;.:()]{0,24}(?<!\w)(?:đăng ký|đăng kí|được triệu tập)(?!\w)")
#: Those of whom more is said are only some of what is left, and so are those who lack something.
_LACKING = re.compile(r"(?: [^\W\d_]+)? (?:phải|chưa|không|bị|cần|chờ|đang|yếu|kém|thiếu)(?!\w)")
#: Between the steps nothing else is counted, and no part or other time told.
_OTHER = re.compile(
    r"(?<!\w)(?:trong đó|gồm|riêng|mỗi|bình quân|năm (?:học )?(?:trước|ngoái)|kế hoạch|dự kiến|phấn đấu|sẽ|bổ sung|"
    r"tiếp nhận|chuyển đến|thêm mới|tăng|từng|lần lượt)(?!\w)"
)
_REACH = 220
_NEAR = 48
_TOO_FAR = 0.3
_LEAST = 5


def find_taken_away(reading: Reading, level: Level) -> Iterator[Relation]:
    """Three numbers in a row of one noun: what was there, what was taken from it, and what is left.

    ``còn lại`` and those who came of those who signed up are all that is left. Behind a mere ``còn`` some may be left
    out: then the number must be that of all but for a slip.
    """
    if not holds(_STEPS_AT, reading.lower, level.start, level.end):
        return
    rows = _counts(reading, level)
    for first, second, third in zip(rows, rows[1:], rows[2:], strict=False):
        if _is_taken(reading, first, second, third):
            parts = quantity(reading, *second), quantity(reading, *third)
            yield Relation(
                kind="sum", whole=quantity(reading, *first), parts=parts, exhaustive=True, disjoint=True, cue="còn lại"
            )


def _counts(reading: Reading, level: Level) -> list[_Row]:
    """The counts of a passage outside its brackets, without times, percentages and what tells a place."""
    rows = [(a, s) for s in level.segments for a in s.amounts]
    return [(a, s) for a, s in rows if a.family != "time" and not a.percent]


def _is_taken(reading: Reading, first: _Row, second: _Row, third: _Row) -> bool:
    (whole, where), (out, _), (rest, _) = first, second, third
    if not all(float(a.value).is_integer() and a.of is None and not a.vague for a in (whole, out, rest)):
        return False
    if whole.change or rest.change or whole.value < _LEAST or out.value >= whole.value:
        return False
    if rest.start - whole.end > _REACH or not (_alike(whole, out) and _alike(whole, rest)):
        return False
    if not of_one_thing(reading, first, third):
        return False
    before, behind = _before(reading, first, out), max(out.end, out.unit_end)
    taken = _TAKEN.search(reading.lower, before, out.start) or _LEAVING.match(reading.lower, behind, rest.start)
    if taken is None or _OTHER.search(reading.lower, max(whole.end, whole.unit_end), rest.start):
        return False
    late = max(rest.end, rest.unit_end)
    signed = _SIGNED.search(reading.lower, max(where.start, whole.start - _NEAR), whole.start) or _SIGNED_BEHIND.match(
        reading.lower, max(whole.end, whole.unit_end), out.start
    )
    came = signed is not None and _CAME.search(reading.lower, behind, rest.start) is not None
    sure = came or _LEFT_SURE.search(reading.lower, behind, rest.start) is not None
    sure = sure or _LEFT_BEHIND.match(reading.lower, late) is not None
    if not sure and _LEFT.search(reading.lower, behind, rest.start) is None:
        return False
    miss = abs(whole.value - out.value - rest.value)
    sure = sure and rest.value < whole.value
    if not sure and (_LACKING.match(reading.lower, late) or miss > max(2, _TOO_FAR * whole.value)):
        return not miss or differ_by_slip(whole.value - out.value, rest.value, 2)
    return is_plausible_rest(whole.value, whole.value - out.value, rest.value)


def _before(reading: Reading, first: _Row, amount: Amount) -> int:
    return max(first[0].end, first[0].unit_end, amount.start - _NEAR)


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers may count one thing; records of people are counted as these too."""
    kinds = {one.family, other.family}
    papers = one.unit in _PAPERS and other.family in PEOPLE
    return papers or fits(one, other) or fits(other, one) or "any" in kinds


#: Somebody hands in one of these.
_PAPERS = ("hồ sơ", "bộ", "bộ hồ sơ", "đơn", "phiếu đăng ký", "lượt đăng ký")


_LACKING_AT = Words(("thiếu", "hụt", "thừa", "dôi", "vượt"))
#: Right before a number: so many are needed.
_NEEDED = re.compile(
    r"(?<!\w)(?:cần(?: có| tới| đến| phải có)?|phải có|nhu cầu(?: [^\W\d_]+){0,4}(?: là| cần)?|"
    r"(?:theo )?định mức(?: [^\W\d_]+){0,4}|(?:được )?giao(?: [^\W\d_]+){0,3}|biên chế (?:được )?giao)(?: là)?:? $"
)
#: Right before a number: so many are there.
_THERE = re.compile(
    r"(?<!\w)(?:hiện có|hiện tại có|đang có|mới có|chỉ có|thực có|có mặt|hiện nay có|tổng số hiện có|"
    r"(?:số )?(?:được )?giao(?: năm \d{4})?|đã có|mới được giao|có)(?: là| mới| chỉ)*:? $"
)
_SHORT = re.compile(
    r"(?<!\w)(?:(?P<under>(?:còn |như vậy |vậy |đang )?(?:thiếu|hụt))|(?P<over>thừa|dôi(?: dư)?|vượt))(?: là| mất)?:? $"
)
#: A size of which nothing more is said.
_ALONE = re.compile(r"\s*(?:[,;)]|\.(?!\d)|$|so với (?:nhu cầu|định mức|biên chế|chỉ tiêu|quy định))")
_TWICE = 3


def find_lacking_counts(reading: Reading, level: Level) -> Iterator[Relation]:
    """``cần 412 giáo viên, hiện có 380, còn thiếu 32``: the need is what is there and the lack."""
    if not holds(_LACKING_AT, reading.lower, level.start, level.end):
        return
    rows = _counts(reading, level)
    for first, second, third in zip(rows, rows[1:], rows[2:], strict=False):
        (need, where), (there, _), (step, end) = first, second, third
        if not usable(need) or not usable(there) or step.vague or step.of is not None or step.percent:
            continue
        short = _SHORT.search(reading.lower, max(there.end, step.start - _NEAR), step.start)
        told = (
            short is not None
            and _NEEDED.search(reading.lower, max(where.start, need.start - _NEAR), need.start)
            and _THERE.search(reading.lower, _before(reading, first, there), there.start)
            and _ALONE.match(reading.lower, max(step.end, step.unit_end))
        )
        if not told or short is None or step.start - need.end > _REACH or None is not need.of is not there.of:
            continue
        if not of_one_thing(reading, first, second) or not of_one_thing(reading, first, third):
            continue
        if not (_alike(need, there) and _alike(need, step)) or _OTHER.search(reading.lower, need.end, step.start):
            continue
        sign = 1 if short["over"] else -1
        gap = sign * (there.value - need.value)
        if gap <= 0 or not gap / _TWICE <= step.value <= gap * _TWICE:
            continue
        size = quantity(reading, step, end).model_copy(update={"value": step.value})
        less, more = (second, first) if short["under"] else (first, second)
        yield Relation(
            kind="sum",
            whole=quantity(reading, *more),
            parts=(quantity(reading, *less), size),
            exhaustive=True,
            cue=short.group().strip(" :"),
        )


_ADDED_AT = Words(("cộng", "gộp", " + "))
#: Between two numbers that are put together, and before what they make.
_PLUS = re.compile(
    r"(?: [^\d,;.:()]{1,40}?)? (?:cộng(?: thêm| với)?|gộp (?:với|thêm)|cùng với|thêm vào)"
    r"(?: số)? (?:[^\d,;.:()]{1,12} )?"
)
_MAKES = re.compile(
    r"(?: [^\d,;.:()]{1,40}?)?,? ?(?:thành ra|thành|(?:nâng )?tổng(?: cộng| số)?(?: lên)?|vị chi|tất cả|nên có|là)"
    r"(?: là| có| lên| thành| được)* "
)
#: The old and the new ones in a bracket behind their sum: ``39 (cũ 35 + mới 4)``.
_IN_BRACKET = re.compile(r"\s*\(\s*(?:[^\W\d_]+ ?){0,3}:? ?")
_PLUS_SIGN = re.compile(r"(?: [^\W\d_]+){0,3} ?\+ ?(?:[^\W\d_]+ ){0,3}")
_LABEL = re.compile(r"[^\W\d_]")
_CLOSED = re.compile(r"(?: [^\W\d_]+){0,3}\s*\)")


def find_put_together(reading: Reading, level: Level, known: Iterable[Relation]) -> Iterator[Relation]:
    """Two numbers that words or a plus put together, and the number that they make, unless ``known`` has them."""
    if not holds(_ADDED_AT, reading.lower, level.start, level.end):
        return
    sums = [relation for relation in known if relation.kind == "sum" and relation.exhaustive]
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        for first, second, third in zip(rows, rows[1:], rows[2:], strict=False):
            if not all(
                usable(a) and a.of is None and a.family not in ("time", "money") for a, _ in (first, second, third)
            ):
                continue
            found = _sum_of(reading, first, second, third)
            if found is not None:
                whole, parts = found
                values = [part[0].value for part in parts]
                if any(
                    r.whole and (r.whole.value, [p.value for p in r.parts]) == (whole[0].value, values) for r in sums
                ):
                    continue
                yield Relation(
                    kind="sum",
                    whole=quantity(reading, *whole),
                    parts=tuple(quantity(reading, *part) for part in parts),
                    exhaustive=True,
                    cue="cộng",
                )


def _all(segment: Segment) -> list[Amount]:
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def _sum_of(reading: Reading, first: _Row, second: _Row, third: _Row) -> tuple[_Row, Sequence[_Row]] | None:
    """Which of three numbers in a row the other two make; None where the words do not say so."""
    lower = reading.lower
    ends = [max(a.end, a.unit_end) for a, _ in (first, second, third)]
    if not (_alike(first[0], second[0]) and _alike(first[0], third[0])):
        return None
    if _PLUS.fullmatch(lower, ends[0], second[0].start) and _MAKES.fullmatch(lower, ends[1], third[0].start):
        return third, (first, second)
    if (
        _IN_BRACKET.fullmatch(lower, ends[0], second[0].start)
        and _PLUS_SIGN.fullmatch(lower, ends[1], third[0].start)
        and _CLOSED.match(lower, ends[2])
        and _LABEL.search(lower, ends[0], second[0].start)  # those of bare numbers may be some: 3 ca, 173 em (64 + 58)
    ):
        return first, (second, third)
    return None
