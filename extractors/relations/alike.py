"""Lists of pieces of one form, and the total beside them that they make but for a slip.

``920 triệu đồng: bàn ghế 265 triệu đồng, thiết bị 310 triệu đồng, …``; ``64 bài báo, trong nước 58, quốc tế 8``;
``thành thạo 26, cơ bản 47, lúng túng 9 (80 phiếu)``; ``2.145 em (năm 2015: 520; 2016: 470; …)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.relations.amounts import Amount
from extractors.relations.nearly import are_had_besides
from extractors.relations.parts import Part, Parts, categories, fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_JOINS = (",", ";", "và")
_LISTED, _PAIR = 3, 2
#: A total that a slip tells from its parts has two digits at least, and is so much off at most.
_DIGITS, _FAR, _LEAST = 2, 0.35, 10
#: Told of each, of a plan, or of what was before: no part of what is there.
_OTHER = re.compile(
    r"(?<!\w)(?:mỗi|bình quân|trung bình(?= (?:mỗi|một|là|đạt|có))|kế hoạch|chỉ tiêu|so với|cao nhất|"
    r"thấp nhất|năm (?:học )?trước|cùng kỳ|"
    r"trở lên|từ \d|dự kiến|phấn đấu|trong khi|thêm|còn lại|mức(?! độ)|trong số|riêng|ngoài ra|lần lượt|"
    r"mệnh giá|đơn giá|(?<!đánh )giá|tăng|giảm|nữ|đảng viên|dân tộc|khác nhau)(?!\w)"
)
#: Before a list that may tell only some: then it has so many parts, and misses its total by little.
_SOME, _MANY, _MINUTE = re.compile(r"\s*trong (?:số )?đó(?: có| gồm)? ?:? ?"), 4, 15
#: Right before a total whose parts follow: ``Trong 241 trung tâm, hoạt động tốt 88, …``.
_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")
_WORD = re.compile(r"\w+")
#: Before a total that is told as reckoned: no rounding of what is then listed.
_RECKONED = re.compile(r"(?<!\w)ước(?: tính| khoảng| tổng| là)* ?$")
#: Words with which labels of anything begin or end.
_COMMON = frozenset(
    ("có", "là", "được", "đạt", "với", "và", "của", "gồm", "cho", "các", "những", "số", "trường", "thì", "ở", "tại")
)
#: Words that tell who gave what: a total says nothing of it.
_GIVEN = frozenset(("góp", "hộ", "trợ", "cấp", "tặng", "đối", "trí"))


def find_alike(reading: Reading, level: Level, known: Iterable[Relation]) -> Iterator[Relation]:
    """The totals beside lists of pieces of one form that miss them by a slip; not those that ``known`` tells already.

    The total stands right before the list, with a colon, a bracket or a comma between; or alone in a bracket behind.
    Where a sentence has a number that the list does make, nothing is said.
    """
    sums = [relation for relation in known if relation.kind == "sum" and relation.whole is not None]
    told = {(r.whole.value, r.whole.evidence.start) for r in sums if r.whole is not None and r.exhaustive}
    for run in by_sentence(level.segments):
        for total, parts in (*_in_run(reading, run, ()), *_in_brackets(reading, run)):
            whole = quantity(reading, *total)
            if (whole.value, whole.evidence.start) in told:
                continue
            yield Relation(
                kind="sum",
                whole=whole,
                parts=tuple(quantity(reading, part.amount, part.segment) for part in parts.found),
                exhaustive=True,
                cue=":",
            )


def _in_brackets(reading: Reading, run: Sequence[Segment]) -> Iterator[tuple[_Row, Parts]]:
    for segment in run:
        for group in segment.groups:
            before = [(a, segment) for a in segment.amounts if a.end <= group.start]
            yield from _in_run(reading, group.segments, before[-1:])


def _in_run(reading: Reading, run: Sequence[Segment], opened: Sequence[_Row]) -> Iterator[tuple[_Row, Parts]]:
    """The lists of one sentence or bracket with their totals; ``opened`` is the number before the bracket."""
    for first, last in _slices(reading, run):
        pieces = [segment for segment in run[first:last] if segment.amounts]
        parts = Parts([Part(_count(s), s, categories(reading, s, _count(s))) for s in pieces])  # type: ignore[arg-type]
        before = [(a, s) for s in run[:first] for a in s.amounts]
        inside = [(a, s) for group in pieces[-1].groups for s in group.segments for a in s.amounts]
        rows = [*opened, *before, *inside]
        made = sum(part.amount.value for part in parts.found)
        if any(amount.value == made for amount, _ in rows):
            continue
        behind = inside if len(inside) == 1 and not any(s.groups for s in pieces[:-1]) else []
        close = opened if not first else _nearest(reading, before, len(pieces))
        close = [row for row in close if run[first].start - row[0].end <= _REACH]
        for total in (*close, *behind):
            if _may_be_total(reading, total, parts, run[first], bracketed=total in (*opened, *behind)):
                yield total, parts
                break


#: So far behind a total its list begins.
_REACH = 140
#: Between a total and how many there were: ``52 giáo viên đạt trong số 64 giáo viên dự thi``.
_OUT_OF = re.compile(r"[^\d,;.:()]{0,60}(?<!\w)(?:trong|trên)(?: tổng)? số ")


def _nearest(reading: Reading, before: Sequence[_Row], pieces: int) -> list[_Row]:
    """The number right before a list, with the one that is told out of it; what so many share, not how many they are.

    ``214 đảng viên sinh hoạt ở 4 chi bộ: chi bộ Mầm non 52, …``.
    """
    near = list(before[-1:])
    if len(before) > 1 and before[-1][0].value == pieces and before[-1][0].unit not in (None, before[-2][0].unit):
        return [before[-2]]
    if len(before) > 1 and _OUT_OF.fullmatch(reading.lower, before[-2][0].unit_end, before[-1][0].start):
        near.append(before[-2])
    return near


def _slices(reading: Reading, run: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """The longest stretches of a sentence whose pieces have one form; one without numbers is a label's beginning."""
    first = 0
    while first < len(run):
        if (count := _count(run[first])) is None:
            first += 1
            continue
        form, last = _form(reading, run[first], count), first + 1
        while last < len(run) and run[last].separator in _JOINS:
            amount = _count(run[last])
            if run[last].amounts and (amount is None or _form(reading, run[last], amount) != form):
                break
            last += 1
        while last > first and not run[last - 1].amounts:
            last -= 1
        counted = sum(bool(s.amounts) for s in run[first:last])
        if counted >= _PAIR:
            yield first, last
        if counted > _PAIR and run[first + 1].separator == "," and run[first + 1].amounts:
            yield first + 1, last  # the first of them may be the total of the others
        first = last


def _count(segment: Segment) -> Amount | None:
    """The one number of a piece, a count or a sum of money; percentages behind it are passed over."""
    counts = [a for a in segment.amounts if not a.percent]
    if len(counts) != 1 or counts[0].change or counts[0].vague or counts[0].of is not None:
        return None
    return counts[0] if usable(counts[0]) and counts[0].family != "time" else None


def _form(reading: Reading, segment: Segment, amount: Amount) -> tuple[bool, str | None, bool]:
    """Whether a label stands before the number, what is counted, and whether it is counted by a noun."""
    before = reading.lower[segment.start : amount.start].strip(" :–-")
    return bool(before), amount.family, amount.unit is not None


def _label(reading: Reading, row: _Row) -> list[str]:
    amount, segment = row
    return _WORD.findall(reading.lower[segment.start : amount.start]) or _WORD.findall(
        reading.lower[max(amount.end, amount.unit_end) : segment.head_end]
    )


def _may_be_total(reading: Reading, total: _Row, parts: Parts, first: Segment, *, bracketed: bool) -> bool:
    whole, where = total
    if whole.vague and _RECKONED.search(reading.lower, max(0, whole.start - 24), whole.start):
        whole = replace(whole, vague=False)
    values = [part.amount.value for part in parts.found]
    made = sum(values)
    if not usable(whole) or whole.of is not None or whole.family == "time" or max(values) >= whole.value:
        return False
    if not all(fits(whole, part.amount) and _agree(whole, part.amount) for part in parts.found):
        return False
    unit = _last_digit(reading, whole)
    if whole.value < _LEAST * unit or not differ_by_slip(made / unit, whole.value / unit, _DIGITS):
        return False
    if abs(made - whole.value) > _FAR * whole.value:
        return False
    some = _SOME.match(reading.lower, first.start, first.end)
    if some is not None and (len(values) < _MANY or _MINUTE * abs(made - whole.value) > whole.value):
        return False
    head = max(reading.lower.rfind(":", first.start, parts.found[0].amount.start) + 1, first.start)
    if _OTHER.search(reading.lower, some.end() if some else head, parts.found[-1].segment.end):
        return False
    if are_had_besides(reading, parts, whole) or reading.has("rel_open", where.start, whole.start):
        return False
    labels = [_label(reading, (part.amount, part.segment)) for part in parts.found]
    own = _label(reading, total)
    labelled = _form(reading, first, parts.found[0].amount)[0]
    told_more = bool(reading.lower[whole.unit_end : where.head_end].strip()) if whole.unit is not None else True
    if not labelled and first.separator == "," and told_more:
        return False  # Đã trồng 120 cây xoan, 80 cây keo, 45 cây phượng
    if not labelled and _form(reading, where, whole) == _form(reading, first, parts.found[0].amount):
        return False  # 13 trường mầm non, 11 trường THCS, 1 trường TH&THCS
    if len({" ".join(label) for label in labels}) < len(labels) or not all(labels):
        return False
    if _GIVEN & set(own) and all(_GIVEN & set(label) for label in labels):
        return False  # dân góp 96 triệu đồng, huyện hỗ trợ 45 triệu đồng, xã hỗ trợ 41 triệu đồng
    dimension = parts.dimension()
    scaled = dimension is not None and dimension not in categories(reading, where, whole)
    shared = _shared(labels, own)
    among = first.separator == "," and _AMONG.search(reading.lower, where.start, whole.start) is not None
    if bracketed or some is not None or first.separator == ":" or among:
        return len(values) >= _LISTED or scaled or shared
    if first.separator not in (",", "và"):
        return False
    bare = whole.unit is not None and all(part.amount.unit is None for part in parts.found)
    return shared or (scaled and len(values) >= _LISTED) or (bare and labelled)


_NUMERAL = re.compile(r"(?P<whole>\d+(?:\.\d{3})*)(?:,(?P<part>\d+))?")


def _last_digit(reading: Reading, amount: Amount) -> float:
    """What one of a number's last digit stands for: 100.000 of ``18,5 triệu``."""
    match = _NUMERAL.match(reading.text, amount.start, amount.end)
    printed = float(match["whole"].replace(".", "") + (match["part"] or "")) if match is not None else 0.0
    return amount.value / printed if printed else 1.0


def _agree(whole: Amount, part: Amount) -> bool:
    """Whether a part counts its whole's noun, or tells only a number."""
    return part.unit is None or part.unit == whole.unit or part.family == whole.family


def _shared(labels: Sequence[Sequence[str]], own: Sequence[str]) -> bool:
    """Whether all labels begin or end with one word that the total's label does not begin or end with."""
    for at in (0, -1):
        words = {label[at] for label in labels}
        if len(words) == 1 and not words & _COMMON and (not own or own[at] not in words):
            return True
    return False
