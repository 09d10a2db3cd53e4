"""Changes whose old value is told by words of an earlier time, and whose new one by what both are values of.

``còn 418 em, giảm 42 em so với đầu năm học 476 em``; ``Ngoại ngữ tăng 0,16 (năm trước 5,32)`` after ``Ngoại ngữ 5,38``;
``So với năm 2023 (93,8%) tỷ lệ chuyên cần tăng 1,2%`` behind ``chuyên cần 95,1%``; lists of years, of which one says by
how much it passes the one before; ``kết nạp 46 đoàn viên, nâng tổng số từ 212 lên 285``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import fits
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.stepping import EARLIER, sign_of
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_Row = tuple[Amount, Segment]

_AT = Words(("tăng", "giảm", "hơn ", "thêm", "bớt", "nâng"))
#: Between a change and the old value: a time right before it, or a bracket with or without one.
_SINCE = re.compile(
    rf"[^\d;.()]{{0,16}}(?<!\w)so với (?:con số |mức |số liệu |"
    rf"thời điểm )?{EARLIER}(?: (?:là|có|đạt|với))*:? "
)
_BRACKET = re.compile(rf"(?: [^\d;.()]{{0,30}})?\(\s*(?:{EARLIER})?(?: ?(?:là|có|đạt|chỉ có|chỉ))*:? ?")
#: The old value in a bracket before the change.
_BEFORE = re.compile(rf"(?<!\w)so với {EARLIER} ?\(\s*(?:là |có |đạt )?$")
_TOLD_SINCE = re.compile(rf"(?<!\w)so với {EARLIER}(?!\w)")
_TIMED = re.compile(rf"(?<!\w){EARLIER}(?!\w)")
_VERB = re.compile(r"(?<!\w)(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|bớt|thêm)(?!\w)")
#: Nothing more is said of those by whom it rose.
_ENDS = re.compile(r"(?: đồng)?\s*(?:so với|năm|cùng kỳ|[(),;.:]|do |vì |và |nên |$)")
#: Between the new value and the change in one sentence nothing else is told.
_PLAIN = re.compile(r"[^\d;.()]{0,24}[,(] ?[^\d;.()]{0,24}")
_OTHER = re.compile(
    r"(?<!\w)(?:trong đó|riêng|kế hoạch|chỉ tiêu|bình quân|dự kiến|phấn đấu|mục tiêu|"
    r"quy định|lần)(?!\w)"
)
_WORD = re.compile(r"\w+")
#: Words of what is told that do not say what it is.
_SILENT = frozenset(
    ("so", "với", "năm", "học", "trước", "ngoái", "tỷ", "tỉ", "lệ", "số", "này", "trường", "nhà", "đã", "và", "của",
     "thì", "có", "là", "đạt", "toàn", "được", "các", "cũng", "trong", "điểm", "bình", "quân", "cùng", "kỳ", "thực",
     "tế", "tổng", "lượng", "kết", "quả", "nay")
)  # fmt: skip
#: What misses its value by more than this is of another thing; so far back values are looked for.
_FAR, _PASSAGES = 0.5, 8


class _Value(NamedTuple):
    """A number told before with the words of its segment, and the last ones before it."""

    row: _Row
    words: frozenset[str]
    label: str


def find_against_old(
    reading: Reading, level: Level, before: Sequence[Level], known: Iterable[Relation]
) -> Iterator[Relation]:
    """The changes of a passage with both values; those ``known`` with an old value are left out.

    ``before`` are the passages where new values may stand. Where any number there is what follows, nothing is said.
    """
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    told = {r.parts[0].evidence.end for r in known if r.kind == "change" and len(r.parts) > 1}
    values = [value for passage in before[-_PASSAGES:] for value in _values(reading, passage)]
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        signs: list[int] = []
        for index, step in enumerate(rows):
            sign = sign_of(reading, step[1], step[0]) or _since(reading, step[0])
            sign = sign or _joined(reading, rows, index, signs)
            signs.append(sign)
            if not sign or quantity(reading, *step).evidence.end in told:
                continue
            old = _old(reading, run, rows, index)
            if old is None or old[0].percent != step[0].percent:
                continue
            new = _new(reading, run, rows, (step, sign), old) or _told(reading, run, values, (step, sign), old)
            if new is not None:
                size = replace(step[0], value=sign * step[0].value)
                yield Relation(
                    kind="change",
                    whole=quantity(reading, replace(new[0], of=None), new[1]),
                    parts=(quantity(reading, size, step[1]), quantity(reading, *old)),
                    exhaustive=True,
                    cue="up" if sign > 0 else "down",
                )
        values += _values(reading, Level(run[0].start, run[-1].end, run))


#: Between two changes of one verb: ``tăng 1 lớp và 37 học sinh``.
_JOINED = re.compile(r"\s*(?:,|và|,? cùng)(?: với)? ")


#: The verb, what is compared with, and the size: ``tăng so với năm học trước 19 em``.
_SINCE_FIRST = re.compile(
    rf"(?<!\w)(?:(?P<up>tăng|cao hơn|nhiều hơn)|(?P<down>giảm|thấp hơn|ít hơn))(?: hơn)? so với {EARLIER}(?: là)? $"
)


def _since(reading: Reading, step: Amount) -> int:
    """The sign of a change whose size stands behind what it is told against."""
    match = _SINCE_FIRST.search(reading.lower, max(0, step.start - 60), step.start)
    if match is None or step.of is not None or step.vague:
        return 0
    return 1 if match["up"] else -1


def _joined(reading: Reading, rows: Sequence[_Row], index: int, signs: Sequence[int]) -> int:
    """The sign of the change right before a number, where it is a change of the same verb that counts another thing."""
    if not index or not signs[-1] or rows[index][0].unit is None or rows[index][0].unit == rows[index - 1][0].unit:
        return 0
    last = rows[index - 1][0]
    return signs[-1] if _JOINED.fullmatch(reading.lower, max(last.end, last.unit_end), rows[index][0].start) else 0


def _all(segment: Segment) -> list[Amount]:
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def _values(reading: Reading, level: Level) -> Iterator[_Value]:
    for run in by_sentence(level.segments):
        for segment in run:
            for amount in _all(segment):
                if not amount.change and amount.of is None and amount.family != "time":
                    said = _WORD.findall(reading.lower[segment.start : amount.start])
                    yield _Value((amount, segment), frozenset(said), " ".join(said))


def _old(reading: Reading, run: Sequence[Segment], rows: Sequence[_Row], index: int) -> _Row | None:
    """The value of the earlier time that words or a bracket put beside a change."""
    lower, (step, segment) = reading.lower, rows[index]
    end = max(step.end, step.unit_end)
    if _ENDS.match(lower, end) is None:
        return None  # cao hơn hè trước 12 em lớp 9 (hè 2005: 139 em)
    since = _TOLD_SINCE.search(lower, run[0].start, step.start) is not None
    for row in rows[index + 1 : index + 3]:
        between = lower[end : row[0].start]
        if not _is_plain(row[0]) or not _alike(row[0], step):
            continue
        opened = _BRACKET.fullmatch(between)
        if _SINCE.fullmatch(between) or (opened and (since or _TIMED.search(between))):
            return row
        group = next((g for g in segment.groups if g.start <= row[0].start < g.end and g.start >= end), None)
        if group is not None and _TIMED.search(lower, group.start, group.end) and row[0].unit == step.unit is not None:
            return row
        break_off = opened is None and "(" not in between
        if break_off:
            return None
    for row in reversed(rows[:index]):
        if _is_plain(row[0]) and _BEFORE.search(lower, run[0].start, row[0].start) and _alike(row[0], step):
            return row
    return None


def _is_plain(amount: Amount) -> bool:
    return not amount.change and not amount.vague and amount.of is None


def _alike(value: Amount, step: Amount) -> bool:
    if value.percent or step.percent:
        return value.percent == step.percent
    return value.family != "time" and (fits(value, step) or fits(step, value))


def _follows(new: float, sign: int, step: float, old: float) -> bool:
    return abs(round(new - old - sign * step, 6)) < 1e-6


def _may_be(new: Amount, change: tuple[_Row, int], old: Amount) -> bool:
    """Whether a value moved as is said, but not by so much."""
    (step, _), sign = change
    moved = sign * (new.value - old.value)
    return moved > 0 and abs(moved - step.value) <= _FAR * max(new.value, old.value)


def _slipped(new: Amount, change: tuple[_Row, int], old: Amount) -> bool:
    (step, _), sign = change
    moved = round(sign * (new.value - old.value), 4)
    follows = round(old.value + sign * step.value, 4), round(new.value - sign * step.value, 4)
    if moved <= 0:
        return False
    return (
        differ_by_slip(moved, step.value, 1)
        or differ_by_slip(follows[0], new.value, 2)
        or differ_by_slip(follows[1], old.value, 2)
    )


def _new(
    reading: Reading, run: Sequence[Segment], rows: Sequence[_Row], change: tuple[_Row, int], old: _Row
) -> _Row | None:
    """The value right before a change in its sentence, where nothing stands between."""
    step = change[0]
    before = [row for row in rows if row[0].end <= step[0].start and row is not old and _is_plain(row[0])]
    before = [row for row in before if _alike(row[0], step[0])]
    if not before or _OTHER.search(reading.lower, run[0].start, max(step[0].end, old[0].end)):
        return None
    if any(_follows(row[0].value, change[1], step[0].value, old[0].value) for row in before):
        return None
    last = before[-1]
    direct = _PLAIN.fullmatch(reading.lower, max(last[0].end, last[0].unit_end), step[0].start) is not None
    named = last[0].unit is not None or last[0].percent or old[0].unit is None
    return last if direct and named and last in rows and _may_be(last[0], change, old[0]) else None


def _told(
    reading: Reading, run: Sequence[Segment], values: Sequence[_Value], change: tuple[_Row, int], old: _Row
) -> _Row | None:
    """The last value told before of what a change is said of."""
    (step, segment), sign = change
    verb = list(_VERB.finditer(reading.lower, segment.start, step.start))
    if not verb:  # the verb of the change before it
        verb = list(_VERB.finditer(reading.lower, run[0].start, step.start))[-1:]
        segment = next((s for s in run if verb and s.start <= verb[0].start() < s.end), segment)
    if not verb or _OTHER.search(reading.lower, run[0].start, max(step.end, old[0].end)):
        return None
    said = _TOLD_SINCE.sub(" ", reading.lower[segment.start : verb[-1].start()])
    said = re.sub(r"\([^()]*\)", " ", said)
    own = frozenset(word for word in _WORD.findall(said) if word not in _SILENT)
    alike = [v for v in values if _is_plain(v.row[0]) and _alike(v.row[0], step) and v.row[0].percent == old[0].percent]
    if any(_follows(v.row[0].value, sign, step.value, old[0].value) for v in alike):
        return None
    if own:
        named = " ".join(_WORD.findall(said))
        alike = [v for v in alike if v.label.endswith(named)] or [v for v in alike if own <= v.words]
        fitting = [v.row for v in alike if _may_be(v.row[0], change, old[0])]
        return fitting[-1] if fitting and alike[-1].row is fitting[-1] else None
    alike = [v for v in alike if v.row[0].unit == step.unit and (step.unit is not None or step.percent)]
    return alike[-1].row if alike and _slipped(alike[-1].row[0], change, old[0]) else None


_YEAR = re.compile(r"\W*(?:năm (?:học )?)?(?P<year>(?:19|20)\d\d)(?: ?[-–] ?(?:19|20)\d\d)? ?(?::|,| có| đạt| trường)")
_LAST = re.compile(r"(?<!\w)(?:năm (?:học )?(?:trước(?: đó| liền kề)?|ngoái)|năm (?:học )?liền trước|kỳ trước)(?!\w)")


def find_yearly(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """``- Năm 2021: 5 giải cấp huyện`` over ``- Năm 2022: 11 giải cấp huyện, nhiều hơn năm trước đó 8 giải``."""
    last: tuple[int, Amount, Segment] | None = None
    for block, level in rows:
        head = _YEAR.match(reading.lower, block.body, block.end)
        first = next(
            ((a, s) for s in level.segments[:2] for a in s.amounts if _is_plain(a) and a.unit is not None), None
        )
        if head is None or first is None:
            last = None
            continue
        year, (new, segment) = int(head["year"]), first
        told = _behind(reading, new), (_behind(reading, last[1]) if last is not None else "")
        if last is not None and year == last[0] + 1 and last[1].unit == new.unit and told[0] == told[1]:
            for where in level.segments:
                for step in where.amounts:
                    sign = sign_of(reading, where, step) if step.start > new.end and step.unit == new.unit else 0
                    since = _LAST.search(reading.lower, new.end, step.start) if sign else None
                    if since is None or ";" in reading.lower[new.end : step.start]:
                        continue
                    size = replace(step, value=sign * step.value)
                    yield Relation(
                        kind="change",
                        whole=quantity(reading, new, segment),
                        parts=(quantity(reading, size, where), quantity(reading, *last[1:])),
                        exhaustive=True,
                        cue="up" if sign > 0 else "down",
                    )
        last = year, new, segment


def _behind(reading: Reading, amount: Amount) -> str:
    """What stands behind a number up to the next sign."""
    return re.split(r"[,;.(]", reading.lower[amount.end : amount.end + 60], maxsplit=1)[0].strip()


_FROM_TO = re.compile(r"[^\d;.()]{0,16}, ?(?:qua đó )?(?:nâng|đưa) (?:tổng số|số|tổng)[^\d;.()]{0,50}(?<!\w)từ $")
_UP_TO = re.compile(r"[^\d;.,()]{0,20}(?<!\w)lên (?:thành )?$")
_CAME = re.compile(r"(?<!\w)(?:kết nạp|tuyển|bổ sung|thêm|xây|mở|thành lập|mua|tiếp nhận|công nhận|phát triển)(?!\w)")


def find_raised_from(reading: Reading, level: Level) -> Iterator[Relation]:
    """``Kết nạp 46 đoàn viên, nâng tổng số đoàn viên từ 212 lên 285``: who came is the change."""
    if not holds(_RAISES, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        rows = [(a, s) for s in run for a in s.amounts]
        for came, old, new in zip(rows, rows[1:], rows[2:], strict=False):
            between = reading.lower[max(came[0].end, came[0].unit_end) : old[0].start]
            then = reading.lower[max(old[0].end, old[0].unit_end) : new[0].start]
            if not _FROM_TO.fullmatch(between) or not _UP_TO.fullmatch(then) or came[0].percent or new[0].percent:
                continue
            if came[0].change or not _CAME.search(reading.lower, run[0].start, came[0].start):
                continue
            if new[0].value <= old[0].value or not _alike(new[0], came[0]):
                continue
            yield Relation(
                kind="change",
                whole=quantity(reading, *new),
                parts=(quantity(reading, *came), quantity(reading, replace(old[0], vague=False), old[1])),
                exhaustive=True,
                cue="up",
            )


_RAISES = Words(("nâng", "đưa"))
