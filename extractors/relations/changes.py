"""Changes with the values that they lead from and to: ``còn 21 trường, giảm 12 trường so với năm trước (33)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.stepping import (
    EARLIER,
    Row,
    amounts_in,
    apart,
    are_alike,
    fits_step,
    has_become,
    is_base,
    is_beside,
    is_narrowed,
    is_new,
    is_of_month,
    is_old,
    is_part,
    is_plain,
    is_plain_or_from,
    is_step,
    of_one_kind,
    of_one_thing,
    shut_in,
    sign_of,
    tells_time,
    without_parts,
    year_against,
    year_in,
)
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_REACH = 90
# What may stand between the two ends of "from .. to ..".
_TO = re.compile(
    r"[^;.()]{0,40}?(?<!\w)(?:(?P<up>lên|tăng lên|lên thành)|(?P<down>xuống|xuống còn|còn|giảm còn))[^;.()\d]{0,16}$"
)
_YEAR = re.compile(r"(?:năm học |năm )((?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?)")
_LAST = re.compile(r"(?:so với )?(?:cùng kỳ )?(?:năm học trước|năm trước|năm ngoái|cùng kỳ)(?!\w)")
_THEN = re.compile(
    r"(?: (?:do|vì|sau|qua) [^,;.()\d]{1,40})?[ ,;]*(?:và |nay |hiện |nên |đến nay |toàn (?:huyện|ngành|trường|tỉnh) )*"
    r"(?:còn|còn lại|xuống còn|lên|nay còn|hiện còn|đạt|thành)(?: lại| là| có)? ?"
)
_BESIDE = re.compile(r"\($|(?:là|có|đạt|:|với|(?:con )?số|mức) $|\((?:là |có |năm (?:học )?trước:? |năm ngoái:? )?$")
#: The old value alone in a bracket behind the change: ``cao hơn … 1,4% (năm 2018 đạt 95,8%)``.
_OLD_BESIDE = re.compile(rf"\s*\({EARLIER}(?: (?:là|có|đạt))?:? ")
_BARE_BESIDE = re.compile(r"\s*\( ?(?:là |có |đạt )?")
_CLOSES = re.compile(
    r"[^\W\d_ ]{0,8}(?: [^\W\d_]+){0,2}(?: của (?:cùng kỳ )?(?:năm (?:học )?)?(?:trước|ngoái|\d{4}(?: ?- ?\d{4})?))?"
    r"\s*(?:\)|[,;.]|$)"
)


def find_changes(reading: Reading, level: Level) -> Iterator[Relation]:
    """The changes of a passage, sentence by sentence, where the wording says which numbers they join.

    A change by percent of a count, or among percentages, leaves open whether points or a share of the old
    value are meant; the caller allows for both. Changes whose end is not named are skipped.
    """
    for inner in level.walk():
        yield from _series(reading, inner.segments)
        earlier: list[Row] = []
        for run in by_sentence(inner.segments):
            rows = [(amount, segment) for segment in run for amount in amounts_in(segment)]
            rows.sort(key=lambda row: row[0].start)
            yield from _from_to(reading, rows)
            for index, (amount, segment) in enumerate(rows):
                sign = sign_of(reading, segment, amount)
                found = _stated(reading, rows, index, sign) if sign else _compared(reading, rows, index)
                if sign and (found is None or len(found.parts) == 1):
                    found = _since(reading, rows, index, sign, earlier) or found
                if found is not None:
                    yield found
            earlier += rows


def _series(reading: Reading, segments: Sequence[Segment]) -> Iterator[Relation]:
    """Years in a row with their changes: ``năm học 2019-2020: 437 em; năm học 2020-2021: 466 em (tăng 29)``."""
    before: tuple[int, Segment] | None = None
    for segment in segments:
        first = segment.first()
        year = year_in(reading.lower, segment.start, first.start) if first is not None else None
        if first is None or year is None or not is_plain(first):
            before = None if segment.separator == "." else before
            continue
        inside = [a for group in segment.groups for part in group.segments for a in part.amounts]
        step = inside[0] if len(inside) == 1 and inside[0].change and not inside[0].percent else None
        terms = reading.terms("rel_step", first.end, step.start) if step is not None else []
        old, amount = (_counted(s, step) for s in (before[1], segment)) if step and before else (None, None)
        if step and terms and before and before[0] == year - 1 and old and amount and are_alike(old, amount):
            way = 1 if terms[-1].id == "up" else -1
            yield Relation(
                kind="change",
                whole=quantity(reading, amount, segment),
                parts=(
                    quantity(reading, replace(step, value=way * step.value), segment),
                    quantity(reading, old, before[1]),
                ),
                exhaustive=True,
                cue="up" if way > 0 else "down",
            )
        before = year, segment


def _counted(segment: Segment, step: Amount) -> Amount | None:
    """The number of a year that a change is one of: of ``16 lớp với 512 em (tăng 14 em)`` the second."""
    alike = [a for a in segment.amounts if a.family == step.family is not None]
    return next((a for a in alike or segment.amounts[:1] if is_plain(a)), None)


def _from_to(reading: Reading, rows: Sequence[Row]) -> Iterator[Relation]:
    """``từ 72% lên 80%``, ``giảm từ 664 em xuống còn 661 em``: the direction that the words give."""
    for (old, where), (new, place) in pairwise(rows):
        if old.of is not None or new.of is not None or not are_alike(old, new) or new.start - old.end > _REACH:
            continue
        if new.vague or "trở lên" in reading.lower[old.end : new.start] or _bound(reading, new):
            continue
        if not re.search(r"(?<!\w)từ (?:mức |tỷ lệ )?$", reading.lower[max(0, old.start - 14) : old.start]):
            continue
        between = _TO.search(reading.lower[max(old.end, old.unit_end) : new.start])
        if between is None:
            continue
        yield Relation(
            kind="change",
            whole=quantity(reading, new, place),
            parts=(quantity(reading, replace(new, value=0), place), quantity(reading, old, where)),
            exhaustive=True,
            cue="up" if between["up"] else "down",
        )
        # The size behind it: từ 4 em xuống 2 em, … giảm 50%; từ 72% lên 80% (tăng 8%).
        for step, where_step in rows[rows.index((new, place)) + 1 :][:1]:
            sign = sign_of(reading, where_step, step)
            alone = not new.percent or _SAID_ALONE.match(reading.lower, step.end) is not None
            if sign and step.percent and alone and step.start - new.end <= _REACH:
                yield Relation(
                    kind="change",
                    whole=quantity(reading, new, place),
                    parts=(
                        quantity(reading, replace(step, value=sign * step.value), where_step),
                        quantity(reading, old, where),
                    ),
                    exhaustive=True,
                    cue="up" if sign > 0 else "down",
                )


def _noun_before(reading: Reading, segment: Segment, step: Amount) -> str | None:
    """The counted noun last named before a change in its clause: ``đoàn viên lại tăng 87 người``."""
    named = reading.terms("rel_unit", segment.start, step.start)
    return reading.lower[named[-1].start : named[-1].end] if named else None


#: A size of which nothing more is said: not ``tăng 5% so với kế hoạch``.
_SAID_ALONE = re.compile(r"\s*(?:[),;]|\.(?!\d)|$)")


def _bound(reading: Reading, amount: Amount) -> bool:
    """Whether a number is only a bound, however far the word stands: ``còn dưới 3%``."""
    return any(term.id == "before" for term in reading.terms("rel_approx", amount.start - 8, amount.start))


#: Both ends of a change in its own bracket.
_OWN_ENDS = re.compile(r" ?\(từ (?:[^\W\d_]+ ){0,3}\d")
_COMPARED = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?: nhẹ| mạnh| ít| nhiều)? so với (?:mức |con số |số )?$")


def _compared(reading: Reading, rows: Sequence[Row], index: int) -> Relation | None:
    """``5.884 cháu, giảm so với 6.079 cháu của năm trước``: the direction between two values."""
    amount, segment = rows[index]
    match = _COMPARED.search(reading.lower[max(0, amount.start - 40) : amount.start])
    before = [row for row in rows[:index] if is_plain(row[0]) and are_alike(row[0], amount)]
    if match is None or amount.of is not None or not before or amount.start - before[-1][0].end > _REACH:
        return None
    new, where = before[-1]
    return Relation(
        kind="change",
        whole=quantity(reading, new, where),
        parts=(quantity(reading, replace(new, value=0), where), quantity(reading, amount, segment)),
        exhaustive=True,
        cue="up" if match["way"] == "tăng" else "down",
    )


def _stated(reading: Reading, rows: Sequence[Row], index: int, sign: int) -> Relation | None:
    """The relation of one stated change; None where its end cannot be told."""
    step, segment = rows[index]
    before = [row for row in rows[:index] if step.start - row[0].end <= _REACH * 2 and not is_step(reading, row[0])]
    outside = [row for row in before if not shut_in(reading.lower[row[0].end : step.start])]
    if not outside and _OWN_ENDS.match(reading.lower, max(step.end, step.unit_end)):
        before = []  # Giỏi tăng 1,7% (từ 17,2% lên 18,9%), Yếu giảm 0,8% (từ 5,2% xuống 4,4%)
    before = [
        row
        for at, row in enumerate(before)
        if row in outside
        or not outside
        or is_old(reading.lower, row[0])
        or is_base(reading.lower, row[0])
        or (at and is_beside(reading.lower, before[at - 1][0], row[0]))
    ]
    before = [row for row in before if row in outside or not _is_of_another(reading, rows, row)]
    after = [row for row in rows[index + 1 :] if row[0].start - step.end <= _REACH and not row[0].change]
    new, old = _ends(reading, (step, sign, segment), before, after)
    if new is None or not _ends_here(reading, step, after, (old[0], new[0]) if old is not None else (new[0],)):
        return None
    text = reading.lower[step.end : min(len(reading.lower), step.end + _REACH)]
    if _PLANNED.match(text) or (old is not None and _JOINED.search(reading.lower[: old[0].start][-_REACH:])):
        return None
    change = quantity(reading, replace(step, value=sign * step.value), segment)
    parts = [change.model_copy(update={"label": _basis(text)})]
    if old is not None:
        parts.append(quantity(reading, *old))
    return Relation(
        kind="change",
        whole=quantity(reading, *new),
        parts=tuple(parts),
        exhaustive=True if old is not None else None,
        cue="up" if sign > 0 else "down",
    )


def _is_of_another(reading: Reading, rows: Sequence[Row], row: Row) -> bool:
    """Whether a value in brackets is what an earlier change is told against: ``giảm 0,1% so với năm trước (0,45%)``."""
    at = rows.index(row)
    return at > 0 and is_step(reading, rows[at - 1][0])


#: Before an old value that is not all there was: ``từ 13 lớp và 8 lớp của hai trường``.
_JOINED = re.compile(r"(?<!\w)từ \d[\d.]*(?: [^\W\d_]+){0,3},? và $")
#: Told against a plan or others, a size is none of what lies between the two values.
_PLANNED = re.compile(
    r"[^;.()\d]{0,16}so với (?:kế hoạch|chỉ tiêu|mục tiêu|nghị quyết|bình quân|mặt bằng|cả nước)(?!\w)"
)
_THIS_YEAR = re.compile(r"(?<!\w)(?:năm học này|năm nay|năm này|như vậy|theo đó|đến nay|hiện nay|nay)(?!\w)")


def _since(reading: Reading, rows: Sequence[Row], index: int, sign: int, earlier: Sequence[Row]) -> Relation | None:
    """``… có 1.326 em. Năm học 2020-2021 có 1.310 em, như vậy năm học này tăng 16 em``: the new value stands before."""
    step, segment = rows[index]
    # Between both other things may be told by nouns of their own: 1.794 đoàn viên/52 cơ sở; đến nay giảm 3 cơ sở
    old = next((r for r in reversed(rows[:index]) if r[0].family != "time" and fits_step(r[0], step)), None)
    if old is None or not is_plain(old[0]) or not fits_step(old[0], step) or step.percent:
        return None
    if old is not rows[index - 1] and old[0].unit != _noun_before(reading, segment, step):
        return None
    since = _SINCE.search(reading.lower, rows[0][1].start, old[0].start)
    if not since and not _THIS_YEAR.search(reading.lower, old[0].end, step.start):
        return None
    if not _ends_here(reading, step, rows[index + 1 :], ()):
        return None
    year = year_in(reading.lower, reading.document.sentence_at(old[0].start)[0], old[0].start)
    counted = [row for row in earlier if is_plain(row[0]) and are_alike(row[0], old[0])]
    new = without_parts(reading, counted, step)[-1] if counted else None
    exact = [row for row in counted if abs(row[0].value - old[0].value - sign * step.value) < _EXACT]
    new = exact[-1] if exact else new
    if year is None or new is None or (since and new[0].unit != old[0].unit != step.unit):
        return None
    other = year_in(reading.lower, max(0, new[0].start - _REACH), new[0].start)
    if other is not None and other <= year:
        return None
    change = quantity(reading, replace(step, value=sign * step.value), segment)
    return Relation(
        kind="change",
        whole=quantity(reading, *new),
        parts=(change, quantity(reading, *old)),
        exhaustive=True,
        cue="up" if sign > 0 else "down",
    )


_EXACT = 1e-6
#: The old value in a bracket behind what is compared with: ``So với năm học 2020-2021 (690 em) giảm 11 em``.
_SINCE = re.compile(r"(?<!\w)so với [^;.()]{4,40}\($")


_OPEN = re.compile(r"(?: đồng)?\s*(?:so với|[(),;.]|do |vì |sau |qua |nên |còn |lên |xuống |và |nay |tương|$)")


def _ends_here(reading: Reading, step: Amount, after: Sequence[Row], known: Sequence[Amount]) -> bool:
    """Whether a step counts what its values count, and is the only one: ``tăng 5 trường đạt chuẩn`` does not."""
    at = max(step.end, step.unit_end)
    if _OPEN.match(reading.lower, at, at + 12) is None:
        return False
    for other, _ in after:
        between = reading.lower[at : other.start]
        if (
            other not in known
            and fits_step(other, step)
            and re.fullmatch(r"[^.;()]{0,25}(?:,|và) [^.;()\d]{0,20}", between)
            and not reading.has("rel_open", at, other.start)
        ):
            return False  # giảm 2 em chuyển trường, 2 em bỏ học
    return True


#: Right behind a value, its change in a bracket of its own: what another clause tells is not what it was.
_OWN_SIZE = re.compile(r" ?\((?:tăng|giảm|thêm|bớt)(?: [^\W\d_]+){0,2} ")


#: Behind a number a noun of its own that is not known: ``còn 4 phòng, 5 khoa, giảm 2 phòng``.
_OWN_NOUN = re.compile(r" (?!lên|xuống|nay|nữa|rồi)[^\W\d_]+,")


def _ends(
    reading: Reading, stated: tuple[Amount, int, Segment], before: Sequence[Row], after: Sequence[Row]
) -> tuple[Row | None, Row | None]:
    """The new and the old value of a change with its sign; (None, None) where the wording leaves that open."""
    step, sign, where = stated
    fitting = [row for row in before if is_plain_or_from(reading, row[0]) and fits_step(row[0], step)]
    fitting = without_parts(reading, fitting, step)
    fitting = [row for row in fitting if not _OWN_NOUN.match(reading.lower, row[0].end) or row[0].unit is not None]
    against = year_against(reading, where, step)
    following = [row for row in after if is_plain(row[0]) and fits_step(row[0], step)]
    lower = reading.lower
    last = fitting[-1] if fitting and "." not in lower[fitting[-1][0].unit_end : step.start] else None
    if last is not None and _OWN_SIZE.fullmatch(lower, max(last[0].end, last[0].unit_end), step.start):
        fitting = [row for row in fitting if ";" not in lower[row[0].end : last[0].start]]
    # More than one number in the bracket are what the change is made of.
    shut = lower.find(")", step.end)
    if len(following) > 1 and following[0][0].end < following[1][0].start < shut:
        following = []
    beside = following[0] if following and not apart(lower[step.end : following[0][0].start]) else None
    if beside is not None and is_part(reading, step, beside[0]):
        beside = None
    if beside is not None:
        between = lower[max(step.end, step.unit_end) : beside[0].start]
        closes = _CLOSES.match(lower, max(beside[0].end, beside[0].unit_end)) is not None
        if re.search(r"(?<!\w)so với(?!\w)", between) and _BESIDE.search(between) and closes:
            return last, (beside if last is not None else None)
        if last is not None and closes and _OLD_BESIDE.fullmatch(between):
            return last, beside
        # thấp hơn năm trước 1,1% (98,5%)
        bare = _BARE_BESIDE.fullmatch(between) is not None and tells_time(reading, where, step)
        if last is not None and closes and bare and are_alike(last[0], beside[0]):
            return last, beside
        if last is not None and _THEN.fullmatch(between):
            return (None, None) if is_narrowed(reading, last, step) else (beside, last)
    if last is None:
        return None, None
    if where is not last[1] and not of_one_kind(reading, last, (step, where)):
        return None, None  # từ 15 lên 18 giải, trong đó giải Nhất tăng 1
    if against is not None and (dated := _of_year(lower, fitting, against)) is not None:
        return (last, dated) if dated is not last else (None, None)
    first = fitting[-2] if len(fitting) > 1 else None
    if first is not None and are_alike(first[0], last[0]) and of_one_thing(reading, first, last):
        if is_beside(lower, first[0], last[0]):
            return first, last
        if is_base(lower, first[0]):
            return last, first
        dated_back = is_old(lower, first[0]) or is_of_month(lower, first[0])
        if has_become(lower, first[0], last[0]) or (dated_back and is_new(lower, first[0].end, last[0])):
            return last, first
        if is_old(lower, last[0], since=first[0].end):
            return first, last
        years = (
            year_in(lower, max(0, first[0].start - _REACH), first[0].start),
            year_in(lower, first[0].end, last[0].start),
        )
        # A year before the second value alone dates it back where the direction says so too.
        rises = first[0].value > last[0].value
        if years[1] is not None and ((years[0] or years[1]) > years[1] or (years[0] is None and rises == (sign > 0))):
            return first, last
        if years[0] is not None and years[1] == years[0] + 1 and not _OTHERWISE.search(lower[step.end : step.end + 40]):
            return last, first
    if _far(lower, last[0], step):
        return None, None
    return last, None


def _of_year(lower: str, rows: Sequence[Row], year: int) -> Row | None:
    """The value before which a year is named."""
    begins = [max(0, rows[0][0].start - _REACH), *(max(a.end, a.unit_end) for a, _ in rows)]
    return next((r for r, at in zip(rows, begins, strict=False) if year_in(lower, at, r[0].start) == year), None)


def _far(lower: str, amount: Amount, step: Amount) -> bool:
    return re.search(r"[;:]", lower[amount.unit_end : step.start]) is not None


_OTHERWISE = re.compile(r"so với (?!năm (?:học )?trước(?!\w))")


def _basis(text: str) -> str:
    """What a change is compared with, by the words after it."""
    head = re.split(r"[;.]", text, maxsplit=1)[0]
    if "so với" not in head:
        return ""
    head = head[head.index("so với") :]
    if match := _YEAR.search(head):
        return re.sub(r"\s", "", match.group(1))
    return "last" if _LAST.search(head) else "other"
